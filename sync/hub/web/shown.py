"""Amounts, counts and times as a person reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from pos.clock import from_utc_text
from pos.money import Currency, minor_digits
from sync.hub.web.words import Language, say

AMOUNT_MAX_MINOR = 99_999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How things look to one person: language, currency, the organisation's clock."""

    language: Language
    currency: Currency
    zone: tzinfo
    now: datetime

    def money(self, minor: int) -> str:
        """Return `25,00 €` in French, `€25.00` in English."""
        value = Decimal(minor).scaleb(-minor_digits(self.currency))
        return format_currency(value, self.currency, locale=self.language)

    def typed(self, minor: int) -> str:
        """Return an amount as somebody would type it: `25,00`."""
        digits = minor_digits(self.currency)
        value = Decimal(minor).scaleb(-digits)
        pattern = "0." + "0" * digits if digits else "0"
        return format_decimal(value, pattern, locale=self.language, group_separator=False)

    def number(self, count: int) -> str:
        return format_decimal(count, locale=self.language)

    def share(self, rate_bp: int) -> str:
        """Return basis points as a rate: `5,5 %`."""
        value = format_decimal(Decimal(rate_bp).scaleb(-2), locale=self.language)
        return f"{value} %" if self.language == "fr" else f"{value}%"

    def ago(self, utc_text: str | None) -> str:
        """Return how long ago that was: within a day in words, before it as a date and time."""
        if not utc_text:
            return say(self.language, "ago.never")
        moment = from_utc_text(utc_text)
        age = self.now - moment
        if age < timedelta(minutes=1):
            return say(self.language, "ago.now")
        if age < timedelta(hours=1):
            return say(self.language, "ago.minutes", n=age // timedelta(minutes=1))
        if age < timedelta(hours=10):
            return say(self.language, "ago.hours", n=age // timedelta(hours=1))
        return self.moment(utc_text)

    def until(self, utc_text: str) -> int:
        """Return the minutes until then, begun ones counted; 0 or less: it is over."""
        return -((self.now - from_utc_text(utc_text)) // timedelta(minutes=1))

    def moment(self, utc_text: str) -> str:
        """Return date and time at the organisation."""
        local = from_utc_text(utc_text).astimezone(self.zone)
        return format_datetime(local, "short", locale=self.language)

    def moment_or_text(self, text: str) -> str:
        """Return a time as people read it, and anything else as it is."""
        try:
            return self.moment(text)
        except ValueError:
            return text

    def day(self, iso: str) -> str:
        """Return a business date with its weekday: `samedi 18 juillet 2026`."""
        return format_date(date.fromisoformat(iso), "full", locale=self.language)


def read_amount(text: str, currency: Currency) -> int | None:
    """Return the minor units of what was typed, with comma or point; None if it is no amount."""
    cleaned = re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")
    # Not whatever Decimal takes: 1e999999 is an amount to it, and too large for its arithmetic.
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{0,4})?|\.[0-9]{1,4}", cleaned):
        return None
    scaled = Decimal(cleaned).scaleb(minor_digits(currency))
    if scaled != scaled.to_integral_value() or not 0 <= scaled <= AMOUNT_MAX_MINOR:
        return None
    return int(scaled)

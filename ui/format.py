"""Money, counts and times as a person reads and types them."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal

from pos.money import Currency, Money, minor_digits

AMOUNT_MAX_MINOR = 99_999_999


@lru_cache(maxsize=4096)
def money(amount: Money, language: str) -> str:
    """Return `25,00 €` in French, `€25.00` in English."""
    digits = minor_digits(amount.currency)
    value = Decimal(amount.minor).scaleb(-digits)
    return format_currency(value, amount.currency, locale=language)


@lru_cache(maxsize=4096)
def short_money(amount: Money, language: str) -> str:
    """Return the amount without cents where there are none: `25 €`."""
    whole, cents = divmod(amount.minor, 10 ** minor_digits(amount.currency))
    if cents:
        return money(amount, language)
    return format_currency(
        Decimal(whole), amount.currency, _whole(language), locale=language, currency_digits=False
    )


def typed_sum(typed: str, currency: Currency, language: str) -> str:
    """Return digits as they were typed, with the currency's sign where the language has it.

    Thousands are set apart, as on the keys beside them: 5000 and 500 are told apart at a glance.
    """
    if not typed:
        return ""
    digits = len(typed) - len(typed.lstrip("0123456789"))
    grouped = format_decimal(int(typed[:digits] or "0"), locale=language) + typed[digits:]
    return format_currency(
        Decimal(0), currency, _whole(language), locale=language, currency_digits=False
    ).replace("0", grouped)


@lru_cache
def _whole(language: str) -> str:
    """Return the language's own pattern for amounts, without its decimals."""
    return str(Locale.parse(language).currency_formats["standard"].pattern).replace(".00", "")


def parse_amount(text: str, currency: Currency) -> Money | None:
    """Return the amount that was typed, with comma or point; None if it is not one."""
    cleaned = text.replace("\xa0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    # Not whatever Decimal takes: 1e999999 is an amount to it, and too large for its arithmetic.
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{0,4})?|\.[0-9]{1,4}", cleaned):
        return None
    scaled = Decimal(cleaned).scaleb(minor_digits(currency))
    if scaled != scaled.to_integral_value() or not 0 <= scaled <= AMOUNT_MAX_MINOR:
        return None
    return Money(int(scaled), currency)


def day(moment: datetime, language: str) -> str:
    """Return the date as people read it: `18 juil. 2026`."""
    return format_date(moment, "medium", locale=language)


def clock_time(moment: datetime, language: str) -> str:
    """Return the local wall clock's hours and minutes."""
    return format_time(moment, "short", locale=language)

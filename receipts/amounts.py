"""Amounts, rates and moments, as the people of a language write them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from babel.dates import format_datetime
from babel.numbers import format_currency, format_decimal

from pos.money import Money, minor_digits
from receipts.characters import NO_BREAK_SPACE
from receipts.messages import Messages


def amount_text(amount: Money, messages: Messages) -> str:
    """Return an amount without its currency, such as `1 234,50`."""
    digits = minor_digits(amount.currency)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _whole(format_decimal(_decimal(amount), format=pattern, locale=messages.locale))


def money_text(amount: Money, messages: Messages) -> str:
    """Return an amount with its currency, such as `1 234,50 €`."""
    return _whole(format_currency(_decimal(amount), amount.currency, locale=messages.locale))


def rate_text(rate_bp: int, messages: Messages) -> str:
    """Return a tax rate, such as `5,5 %`."""
    percent = Decimal(rate_bp).scaleb(-2).normalize()
    return _whole(f"{format_decimal(percent, format='0.##', locale=messages.locale)} %")


def moment_text(local_time: str, messages: Messages) -> str:
    """Return a local date and time (ISO 8601 in) to the second."""
    moment = datetime.fromisoformat(local_time).replace(tzinfo=None)
    return _whole(format_datetime(moment, "medium", locale=messages.locale))


def _decimal(amount: Money) -> Decimal:
    return Decimal(amount.minor).scaleb(-minor_digits(amount.currency))


def _whole(text: str) -> str:
    """Keep an amount or a date in one piece where a line wraps."""
    return text.replace(" ", NO_BREAK_SPACE)

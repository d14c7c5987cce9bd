"""An amount while it is being typed."""

from __future__ import annotations

from pos.money import Currency, Money
from ui import format as text_of
from ui import wording

TYPED_MAX = 9


class TypedAmount:
    """Digits and a comma, as they were typed; the screens show their language's decimal sign."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, char: str) -> bool:
        """Take a digit or a decimal sign; say whether it fits."""
        char = "," if char == "." else char
        fits = len(self.text) < TYPED_MAX and not (char == "," and "," in self.text)
        if fits:
            typed = (self.text + char).lstrip("0") or "0"
            self.text = "0" + typed if typed.startswith(",") else typed
        return fits

    def erase(self) -> None:
        """Take the last typed sign back."""
        self.text = self.text[:-1]

    def clear(self) -> None:
        """Forget what was typed."""
        self.text = ""

    @property
    def shown(self) -> str:
        """Return what was typed, with the decimal sign of the screens' language."""
        return self.text.replace(",", wording.decimal_sign())

    def amount(self, currency: Currency) -> Money | None:
        """Return what was typed as money, nothing as zero; None if it is no amount."""
        return text_of.parse_amount(self.text or "0", currency)

    def said(self, currency: Currency, language: str) -> str:
        """Return the amount that was typed, as the keys say it; "" if it is none."""
        amount = self.amount(currency)
        return text_of.short_money(amount, language) if amount and amount.minor else ""

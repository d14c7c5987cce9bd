"""What a country decides: dated data, no code per country.

Everything here is engineering data gathered from public texts, not legal advice; each entry names
its source where one is known (see `docs/`).
"""

from __future__ import annotations

from datetime import date

import msgspec

from pos.domain.tender import CashRounding
from pos.money import Currency, Money


class DatedRate(msgspec.Struct, frozen=True):
    """A tax rate from a day on; `None` as the rate ends the class."""

    since: date
    rate_bp: int | None


class DatedText(msgspec.Struct, frozen=True):
    """A text, such as a legal reference, from a day on."""

    since: date
    text: str


class RegistrationNumber(msgspec.Struct, frozen=True, kw_only=True):
    """How the country's company and VAT numbers are called."""

    registration: str  # SIRET
    vat_number: str  # N° TVA


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of one country for a till."""

    code: str  # ISO 3166, two letters
    currency: Currency
    time_zone: str  # IANA, used when the stand names none
    languages: tuple[str, ...]  # of receipts, the default first
    rates: dict[str, tuple[DatedRate, ...]]  # by tax class, oldest first
    numbers: RegistrationNumber
    cash_limit_minor: int | None = None  # per debt, payer resident or professional
    cash_rounding: CashRounding | None = None
    notes_minor: tuple[int, ...] = ()  # notes in use, smallest first, for the cash keys
    legal_references: dict[str, tuple[DatedText, ...]] = msgspec.field(default_factory=dict)

    @property
    def cash_limit(self) -> Money | None:
        """Return the most that one debt may be paid in cash; None without a limit."""
        if self.cash_limit_minor is None:
            return None
        return Money(self.cash_limit_minor, self.currency)

    def rate_bp(self, tax_class: str, on: date) -> int | None:
        """Return the rate of a class on a business date in basis points; None if it has none."""
        dated = [rate for rate in self.rates.get(tax_class, ()) if rate.since <= on]
        return dated[-1].rate_bp if dated else None

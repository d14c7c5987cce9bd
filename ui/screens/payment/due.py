"""What is still due of a basket, by each way to pay it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.countries import Country
from pos.domain.basket import Basket
from pos.domain.tender import CASH, Method, Settlement, Tender, rounded_for_cash, settle
from pos.money import Money
from ui.screens.payment.cash import quick_amounts


@dataclass(frozen=True, slots=True)
class Due:
    """A basket, what was taken for it, and the rules of the country."""

    basket: Basket
    tenders: Sequence[Tender]
    country: Country

    @property
    def settlement(self) -> Settlement:
        """Return where the payment stands."""
        return settle(self.basket.total, self.tenders, self.country.cash_rounding)

    def by(self, method: Method) -> Money:
        """Return what remains, rounded if it is to be paid in cash."""
        paid = Money(sum(t.amount.minor for t in self.tenders), self.basket.currency)
        remaining = self.basket.total - paid
        if method != CASH:
            return remaining if remaining.minor > 0 else Money(0, remaining.currency)
        if any(t.method == CASH for t in self.tenders):
            return self.settlement.still_due
        due = rounded_for_cash(remaining, self.country.cash_rounding)
        return due if due.minor > 0 else Money(0, due.currency)

    @property
    def rest(self) -> Money:
        """Return what is left to pay, as the payment says it; below zero, what goes back."""
        settlement = self.settlement
        if settlement.is_settled:
            return -settlement.change
        return self.by("card")

    def quick(self) -> list[Money]:
        """Return the amounts of the quick cash keys; none where nothing is due."""
        due = self.by(CASH)
        if not due.minor and self.tenders:
            return []
        return quick_amounts(due, self.country.notes_minor)

"""Views of presenters: they remember what they were told to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.ids import VariantId
from receipts.copy import ReceiptCopy
from ui.screens.checkout.cards import Card
from ui.screens.rows import BasketText, Notice, PaymentText


class FakeCheckoutView:
    """The checkout's page and the basket beside it."""

    def __init__(self) -> None:
        self.categories: tuple[str, ...] = ()
        self.category = ""
        self.cards: tuple[Card, ...] = ()
        self.left: dict[VariantId, int] = {}
        self.is_from_start = False
        self.says_nothing_found = False
        self.nothing_found_for = ""
        self.basket = BasketText()
        self.quantity = ""
        self.notice: Notice | None = None
        self.search: str | None = None  # what the field was told to say

    def show_categories(self, names: Sequence[str], selected: str) -> None:
        self.categories, self.category = tuple(names), selected

    def show_tiles(
        self, cards: Sequence[Card], left: Mapping[VariantId, int], *, from_start: bool
    ) -> None:
        self.cards, self.left, self.is_from_start = tuple(cards), dict(left), from_start
        self.says_nothing_found = False

    def show_nothing_found(self, words: str) -> None:
        self.says_nothing_found, self.nothing_found_for = True, words

    def show_basket(self, basket: BasketText) -> None:
        self.basket = basket

    def show_left(self, left: Mapping[VariantId, int]) -> None:
        self.left = dict(left)

    def show_quantity(self, text: str) -> None:
        self.quantity = text

    def show_notice(self, notice: Notice | None) -> None:
        self.notice = notice

    def show_search(self, words: str) -> None:
        self.search = words

    def names(self) -> list[str]:
        """Return the names on the cards."""
        return [card.name for card in self.cards]

    def lines(self) -> list[tuple[str, str, str]]:
        """Return quantity, name and amount of each line of the basket."""
        return [(row.quantity, row.name, row.amount) for row in self.basket.rows]


class FakePaymentView:
    """The payment's page."""

    def __init__(self) -> None:
        self.payment = PaymentText()
        self.notice: Notice | None = None
        self.references_cleared = 0

    def show_payment(self, payment: PaymentText) -> None:
        self.payment = payment

    def show_notice(self, notice: Notice | None) -> None:
        self.notice = notice

    def clear_reference(self) -> None:
        self.references_cleared += 1

    def tenders(self) -> list[tuple[str, str]]:
        """Return method and amount of what was taken."""
        return [(tender.method, tender.amount) for tender in self.payment.tenders]


class FakeDoneView:
    """The page of a finished sale."""

    def __init__(self) -> None:
        self.change: tuple[str, str, str] | None = None  # the amount, what was received, which
        self.paid: tuple[str, str] | None = None
        self.can_print = True
        self.receipts: list[ReceiptCopy] = []
        self.notice: Notice | None = None
        self.is_busy = False
        self.is_issued = False

    def show_change(self, amount: str, received: str, detail: str) -> None:
        self.change, self.paid = (amount, received, detail), None

    def show_paid(self, amount: str, detail: str) -> None:
        self.change, self.paid = None, (amount, detail)

    def show_ways(self, *, can_print: bool) -> None:
        self.can_print = can_print

    def show_receipt(self, copy: ReceiptCopy) -> None:
        self.receipts.append(copy)

    def show_notice(self, notice: Notice | None) -> None:
        self.notice = notice

    def show_issued(self) -> None:
        self.is_issued = True

    def show_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy

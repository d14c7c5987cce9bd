"""The money of a payment: what was taken for the basket, and what goes back. No Qt."""

from __future__ import annotations

import msgspec

from pos.domain.tender import CASH, TakenSoFar, Tender
from pos.ids import BasketId, SaleId, uuid7
from ui.screens.payment.kept import KeptMoney
from ui.screens.till_access import TillAccess


class MoneyTaken:
    """What was taken for the basket in progress, what goes back of emptied ones, and their keeping.

    The sale's id is made with the first basket's payment, so that whatever is pressed twice is one
    sale; it comes back with the money after a power cut.
    """

    def __init__(self, till: TillAccess) -> None:
        self.kept = KeptMoney(till)
        self.sale_id = SaleId("")
        self.tenders: list[Tender] = []
        self.on_terminal: Tender | None = None
        self._paid_for = BasketId("")
        self._owed: dict[BasketId, TakenSoFar] = {}  # of emptied baskets; goes back

    def begin(self, basket_id: BasketId) -> None:
        """Begin to take money for a basket; what was taken for it before still counts."""
        if basket_id != self._paid_for:
            self._paid_for, self.sale_id = basket_id, SaleId(uuid7())
            self.tenders, self.on_terminal = [], None

    def go_on_with(self, taken: TakenSoFar) -> None:
        """Go on with what was taken before the till stopped, or the window was built anew."""
        self._paid_for, self.sale_id = taken.basket_id, taken.sale_id
        self.tenders, self.on_terminal = list(taken.tenders), taken.on_terminal
        self.kept.keep_anew(taken)

    @property
    def so_far(self) -> TakenSoFar:
        """Return what was taken so far for the basket in progress."""
        return TakenSoFar(
            basket_id=self._paid_for,
            sale_id=self.sale_id,
            tenders=tuple(self.tenders),
            on_terminal=self.on_terminal,
        )

    def add(self, tender: Tender) -> None:
        """Add a tender; cash stays last: what remains for it is what is rounded where coins are."""
        cash = [taken for taken in self.tenders if taken.method == CASH]
        others = [taken for taken in self.tenders if taken.method != CASH]
        (cash if tender.method == CASH else others).append(tender)
        self.tenders = others + cash

    def keep(self) -> None:
        """Have the disk keep what was taken, when it changed."""
        self.kept.keep(self.so_far)

    def sold(self, basket_id: BasketId) -> None:
        """Count nothing any more: it was taken for good, and nothing goes back."""
        self.tenders = []
        self.kept.forget(basket_id)

    # What goes back ----------------------------------------------------------------------------

    @property
    def owed(self) -> tuple[TakenSoFar, ...]:
        """Return what has to be given back, of each emptied basket."""
        return tuple(self._owed.values())

    def let_go(self) -> TakenSoFar:
        """Count nothing for this basket any more, and return what was taken for it."""
        taken = self.so_far
        self.tenders, self.on_terminal = [], None
        return taken

    def owe(self, taken: TakenSoFar) -> None:
        """Keep what was taken for a basket that nobody buys, until it was given back."""
        owed = msgspec.structs.replace(taken, is_owed=True)
        self._owed[owed.basket_id] = owed
        self.kept.keep(owed)

    def given_back(self, basket_id: BasketId) -> None:
        """Forget what was owed: somebody has read that it goes back."""
        owed = self._owed.pop(basket_id, None)
        if owed is not None:
            self.kept.keep(TakenSoFar(basket_id=basket_id, sale_id=owed.sale_id))

    def take_again(self, basket_id: BasketId) -> bool:
        """Count again what was to be given back of this basket; say whether there was any."""
        owed = self._owed.pop(basket_id, None)
        if owed is not None:
            self.go_on_with(msgspec.structs.replace(owed, is_owed=False))
        return owed is not None

"""What was taken, on its way to the disk: asked for again until the disk agrees. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from pos.commands import SaveTenders
from pos.domain.tender import TakenSoFar
from pos.ids import BasketId
from ui.screens.till_access import TillAccess


class KeptMoney:
    """Has the disk keep what was taken for each basket; it counts as kept once the disk did."""

    def __init__(self, till: TillAccess) -> None:
        self._till = till
        self._on_disk: dict[BasketId, TakenSoFar] = {}
        self._asked: dict[BasketId, TakenSoFar] = {}
        self._missed: dict[BasketId, TakenSoFar] = {}
        self.failed: Callable[[], None] = lambda: None

    @property
    def unsaved(self) -> tuple[TakenSoFar, ...]:
        """Return what the disk has not confirmed yet."""
        return tuple((self._asked | self._missed).values())

    def keep(self, taken: TakenSoFar) -> None:
        """Have the disk keep this, unless it does or is about to."""
        basket_id = taken.basket_id
        self._missed.pop(basket_id, None)  # this is newer
        nothing = TakenSoFar(basket_id=basket_id, sale_id=taken.sale_id)
        before = self._asked.get(basket_id) or self._on_disk.get(basket_id, nothing)
        if taken != before:
            self._ask(taken)

    def keep_anew(self, taken: TakenSoFar) -> None:
        """Have the disk keep this, or that nothing is taken any more, whatever it has.

        Another window may have been told that it did not, and is gone.
        """
        self._missed.pop(taken.basket_id, None)
        self._ask(taken)

    def again(self) -> None:
        """Ask once more for what the disk did not take."""
        missed, self._missed = self._missed, {}
        for taken in missed.values():
            self._ask(taken)

    def forget(self, basket_id: BasketId) -> None:
        """Leave a basket alone that is sold: the sale has taken its money along."""
        for known in (self._on_disk, self._asked, self._missed):
            known.pop(basket_id, None)

    def _ask(self, taken: TakenSoFar) -> None:
        self._asked[taken.basket_id] = taken
        self._till.execute(
            SaveTenders(taken=taken),
            done=lambda _nothing: self._done(taken),
            refused=lambda _refused: None,
            settled=lambda: self._settled(taken),
            troubled=lambda _trouble: self._troubled(taken),
        )

    def _done(self, taken: TakenSoFar) -> None:
        if taken.basket_id in self._asked:
            self._on_disk[taken.basket_id] = taken

    def _troubled(self, taken: TakenSoFar) -> None:
        if self._asked.get(taken.basket_id) is taken:
            self._missed[taken.basket_id] = taken
            self.failed()

    def _settled(self, taken: TakenSoFar) -> None:
        if self._asked.get(taken.basket_id) is taken:
            del self._asked[taken.basket_id]

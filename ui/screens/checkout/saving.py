"""The basket in progress, on its way to the disk: asked for again until the disk agrees. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from pos.commands import SaveBasket
from pos.domain.basket import Basket
from ui.screens.till_access import TillAccess


class KeptBasket:
    """Has the disk keep the newest basket; an older one is of no use to anybody."""

    def __init__(self, till: TillAccess) -> None:
        self._till = till
        self._newest: Basket | None = None
        self._on_disk: Basket | None = None
        self._is_missed = False
        self.failed: Callable[[], None] = lambda: None

    @property
    def is_saved(self) -> bool:
        """Say whether the disk has the newest basket."""
        return self._on_disk is self._newest

    def keep(self, basket: Basket) -> None:
        """Have the disk keep this basket, in place of the one before."""
        self._newest, self._is_missed = basket, False
        self._till.execute(
            SaveBasket(basket=basket),
            done=lambda _nothing: self._done(basket),
            refused=lambda _refused: None,
            troubled=lambda _trouble: self._troubled(basket),
        )

    def again(self, *, is_locked: bool) -> None:
        """Ask once more for what the disk did not take.

        Args:
            is_locked: it is being sold: behind its sale it would come back and be sold twice.
        """
        if self._newest is None or not self._is_missed:
            return
        if is_locked:
            self.failed()  # until that is over
        else:
            self.keep(self._newest)

    def forget(self) -> None:
        """Leave a basket alone that is sold."""
        self._newest = self._on_disk = None
        self._is_missed = False

    def _done(self, basket: Basket) -> None:
        if basket is self._newest:
            self._on_disk = basket

    def _troubled(self, basket: Basket) -> None:
        if basket is self._newest:
            self._is_missed = True
            self.failed()

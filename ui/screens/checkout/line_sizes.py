"""The sizes that stand under the basket line that was opened. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos.domain.catalogue import VariantOnSale
from pos.ids import VariantId
from pos.reports.catalogue import SizeKey, Tile, TileOf
from ui.screens.checkout.cards import Card, cards_of, split
from ui.screens.rows import LineSize
from ui.screens.till_access import TillAccess

SIZES_MAX = 12  # with the line's own; three rows of keys


class LineSizes:
    """What one line may be changed to; asked of the till when it is opened, never waited for.

    A line that a scan has made the current one is not opened: the next customer's pieces follow,
    and the list stays short.
    """

    def __init__(self, till: TillAccess, told: Callable[[Sequence[SizeKey]], None]) -> None:
        self._till = till
        self._told = told
        self._asked = 0
        self._tile: Tile | None = None
        self.line: VariantId | None = None  # the one that was opened

    def open(self, variant: VariantOnSale) -> None:
        """Ask for the sizes of a line; those of another one go."""
        self.line = variant.variant_id
        if self._tile is not None and self._tile.product_id != variant.product_id:
            self._tile = None
        self._asked += 1
        asked = self._asked
        question = TileOf(product_id=variant.product_id)
        self._till.ask(question, done=lambda tile: self._here(asked, tile))

    def stay_with(self, variant_id: VariantId | None) -> None:
        """Belong to the line that the open one has become; to none if it is no size of its card."""
        sizes = split(self._tile) if self._tile is not None else []
        cards = [{key.variant.variant_id for key in keys} for _, keys, _ in sizes]
        is_open = any({self.line, variant_id} <= card for card in cards)
        self.line = variant_id if is_open else None

    def close_unless(self, current: VariantId | None) -> None:
        """Close the sizes of a line that is not the current one any more."""
        if current != self.line:
            self.line = None

    def text(
        self, current: VariantId | None, left: Callable[[VariantId], int], language: str
    ) -> tuple[LineSize, ...]:
        """Return the sizes of the current line, its own among them; none if it is the only one.

        Args:
            current: the variant of the line whose stepper is open.
            left: how many pieces of a variant can still be taken.
            language: of prices.
        """
        if current is None or current != self.line:
            return ()
        card = self._card(current, language)
        if card is None or len(card.keys) < 2:
            return ()
        shown = _shown(card.keys, current)
        return tuple(
            LineSize(key, label, left(variant), price, is_own=variant == current)
            for key, label, price in zip(card.keys, card.labels, card.prices, strict=True)
            if (variant := key.variant.variant_id) in shown
        )

    def _here(self, asked: int, tile: Tile | None) -> None:
        if asked == self._asked:  # nobody opened another line meanwhile
            self._tile = tile
            self._told(tile.keys if tile is not None else ())

    def _card(self, variant_id: VariantId, language: str) -> Card | None:
        cards = cards_of(self._tile, language) if self._tile is not None else []
        for card in cards:
            if any(key.variant.variant_id == variant_id for key in card.keys):
                return card
        return None


def _shown(keys: Sequence[SizeKey], own: VariantId) -> frozenset[VariantId]:
    """Return what is shown of a card with many sizes: the own one, and those with stock first."""
    best = sorted(keys, key=lambda key: (key.variant.variant_id != own, key.on_hand <= 0))
    return frozenset(key.variant.variant_id for key in best[:SIZES_MAX])

"""What a person should look at: large numbers, and pieces that the records do not have."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pos.domain.basket import Basket
from pos.reports.catalogue import SizeKey
from ui import wording
from ui.screens.rows import Notice

QUANTITY_ASKED = 20
"""Pieces that are typed for one article without a question; a slip is far above it."""

Pieces = tuple[SizeKey, int]


def is_asked_first(quantity: int, left: int) -> bool:
    """Say whether a typed number is asked about before it is in the basket.

    What is sold out is not: the one piece is in the hand, so the record is wrong.
    """
    return quantity > QUANTITY_ASKED or 0 < left < quantity


class Doubts:
    """Numbers that are not in the basket before somebody says yes; pieces that may go out again."""

    def __init__(self, large: Sequence[Pieces] = (), unrecorded: Sequence[Pieces] = ()) -> None:
        self._large = list(large)
        self._unrecorded = list(unrecorded)

    @property
    def large(self) -> tuple[Pieces, ...]:
        """Return what waits for a yes, the oldest first."""
        return tuple(self._large)

    @property
    def unrecorded(self) -> tuple[Pieces, ...]:
        """Return what was scanned into the basket though none was left."""
        return tuple(self._unrecorded)

    def ask(self, key: SizeKey, quantity: int, left: int) -> None:
        """Ask about a number; `left` is what the records have beside the basket.

        The same article again is asked about once, with the newer number.
        """
        variant_id = key.variant.variant_id
        self._large = [one for one in self._large if one[0].variant.variant_id != variant_id]
        self._large.append((msgspec.structs.replace(key, on_hand=max(left, 0)), quantity))

    def tell(self, key: SizeKey, quantity: int) -> None:
        """Tell that these pieces are in the basket though none was left."""
        self._unrecorded.append((key, quantity))

    def take_large(self) -> Pieces | None:
        """Return the number that is asked about, and ask no more."""
        return self._large.pop(0) if self._large else None

    def take_unrecorded(self) -> tuple[Pieces, ...]:
        """Return what is told about, and tell no more."""
        told, self._unrecorded = tuple(self._unrecorded), []
        return told

    def forget(self) -> None:
        """Take what is shown as answered with no: a number is dropped, pieces stay."""
        if self._large:
            self._large.pop(0)
        else:
            self._unrecorded = []

    def clear(self) -> None:
        """Forget everything: the next customer has nothing to do with it."""
        self._large, self._unrecorded = [], []

    def follow(self, basket: Basket) -> bool:
        """Tell no more of what is not in the basket any more; say whether anything went."""
        kept = [
            one for one in self._unrecorded if basket.quantity_of(one[0].variant.variant_id) > 0
        ]
        has_gone = len(kept) < len(self._unrecorded)
        self._unrecorded = kept
        return has_gone

    def notice(self) -> Notice | None:
        """Return what is said now: the oldest question, else what is in the basket unrecorded."""
        if self._large:
            key, quantity = self._large[0]
            text = wording.so_many(quantity, key.variant.label, key.on_hand)
            return Notice(text, action=wording.add_so_many(quantity))
        if self._unrecorded:
            labels = dict.fromkeys(key.variant.label for key, _ in self._unrecorded)
            text = wording.sold_out(", ".join(labels))
            return Notice(text, action=wording.take_out(), is_trouble=True)
        return None

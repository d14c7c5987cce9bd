"""What one window's checkout hands over to the one that is built in its place."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.basket import Basket
from pos.ids import VariantId
from ui.screens.checkout.doubts import Pieces
from ui.screens.checkout.in_progress import Past


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that was scanned, with its quantity; or words that were submitted, with none."""

    candidates: tuple[str, ...]
    quantity: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutMemory:
    """A basket, how it came to be what it is, and what was begun."""

    basket: Basket
    current: VariantId | None
    past: tuple[Past, ...]
    quantity: str
    words: str
    category: str
    large: tuple[Pieces, ...]
    unrecorded: tuple[Pieces, ...]
    late: tuple[Pieces, ...]
    asked: tuple[Asked, ...]
    is_saved: bool = True
    opened: VariantId | None = None  # the line that was opened with its sizes

"""The basket in progress: a value, the line that was touched last, and the way back. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pos.domain.basket import LINES_MAX, QUANTITY_MAX, Basket, BasketLine
from pos.domain.catalogue import VariantOnSale
from pos.ids import BasketId, VariantId, uuid7
from pos.money import Currency
from ui import wording
from ui.screens.checkout.basket_text import basket_text, undo_text
from ui.screens.rows import BasketText, Notice

UNDO_MAX = 100


@dataclass(frozen=True, slots=True)
class Past:
    """A basket before a change, and the line that was current then."""

    basket: Basket
    current: VariantId | None


class BasketInProgress:
    """The basket as it stands; undo is keeping the old ones."""

    def __init__(self, currency: Currency) -> None:
        self._currency = currency
        self.basket = self._new()
        self.current: VariantId | None = None
        self.past: list[Past] = []

    def go_on_with(
        self, basket: Basket, current: VariantId | None, past: Sequence[Past] = ()
    ) -> None:
        """Go on with a basket of another window, or of before the till stopped."""
        self.basket, self.current, self.past = basket, current, list(past)

    def begin(self) -> None:
        """Begin an empty basket; nothing of the one before comes back."""
        self.basket = self._new()
        self.past, self.current = [], None

    def put(self, variant: VariantOnSale, quantity: int) -> int:
        """Put in as many pieces as fit, and return how many; their line is the current one."""
        fits = min(quantity, self.basket.room_for(variant.variant_id))
        if fits > 0:
            changed = self.basket.add(variant, fits)
            self._remember()
            self.basket, self.current = changed, variant.variant_id
        return fits

    def full(self, variant: VariantOnSale, left_out: int) -> Notice:
        """Say why so many pieces of a variant were not put in."""
        if self.basket.quantity_of(variant.variant_id):
            text = wording.line_full(variant.label, QUANTITY_MAX, left_out)
        else:
            text = wording.basket_full(LINES_MAX)
        return Notice(text, is_trouble=True)

    @property
    def current_line(self) -> BasketLine | None:
        """Return the line that was touched last."""
        lines = self.basket.lines
        return next((line for line in lines if line.variant.variant_id == self.current), None)

    def change(self, basket: Basket) -> None:
        """Have this basket; where the current line went, the last one is it."""
        self._remember()
        self.basket = self._or_new(basket)
        if self.current is not None and not basket.quantity_of(self.current):
            self.current = basket.lines[-1].variant.variant_id if basket.lines else None

    def swap(self, variant: VariantOnSale) -> Notice | None:
        """Have another variant in the place of the current line's; say why where that is wrong.

        Nothing is swapped by halves: the pieces of a line that do not fit into the other one stay.
        """
        line = self.current_line
        if line is None:
            return None
        old_id, new_id = line.variant.variant_id, variant.variant_id
        if not self.basket.can_swap(old_id, new_id):
            return self.full(variant, line.quantity)
        changed = self.basket.with_variant(old_id, variant)
        if changed != self.basket:
            self._remember()
            self.basket, self.current = changed, new_id
        return None

    def undo(self) -> bool:
        """Go back to the basket before the last change; say whether there was one."""
        if not self.past:
            return False
        past = self.past.pop()
        self.basket, self.current = self._or_new(past.basket), past.current
        return True

    def choose(self, place: int) -> None:
        """Make a line the current one."""
        self.current = self.basket.lines[place].variant.variant_id

    def step(self, by: int) -> bool:
        """Move to a line up or down, and stop at the ends; say whether there is any line."""
        lines = [line.variant.variant_id for line in self.basket.lines]
        if lines:
            place = lines.index(self.current) + by if self.current in lines else len(lines) - 1
            self.current = lines[max(0, min(place, len(lines) - 1))]
        return bool(lines)

    def text(self, levels: Mapping[str, int], language: str) -> BasketText:
        """Return the basket in words, with what undo would take back."""
        text = basket_text(self.basket, levels, current=self.current, language=language)
        before = self.past[-1].basket if self.past else None
        undo, what = undo_text(self.basket, before) if before is not None else ("", "")
        return replace(text, can_undo=bool(self.past), undo=undo, undo_what=what)

    def _remember(self) -> None:
        self.past.append(Past(self.basket, self.current))
        del self.past[:-UNDO_MAX]

    def _or_new(self, basket: Basket) -> Basket:
        """Return a basket, or a new one: what is scanned after an emptied one is not its money's.

        The same id would let what was taken for the customer who went pay for the next.
        """
        return basket if basket.lines else self._new()

    def _new(self) -> Basket:
        return Basket(basket_id=BasketId(uuid7()), currency=self._currency)

"""What is being sold, before payment: a value; undo is keeping the old one."""

from __future__ import annotations

import msgspec

from pos.domain.catalogue import VariantOnSale
from pos.ids import BasketId, VariantId
from pos.money import Currency, Money, total

QUANTITY_MAX = 999
LINES_MAX = 200
PRICE_MAX_MINOR = 10**12  # a full basket of these still fits into 64 bits


class BasketLine(msgspec.Struct, frozen=True, kw_only=True):
    """Some pieces of one variant, with price and tax class as they were when it was added.

    A catalogue change takes effect between baskets, never in one.
    """

    variant: VariantOnSale
    quantity: int

    @property
    def amount(self) -> Money:
        """Return what the line costs, tax included."""
        return self.variant.price * self.quantity

    def is_sellable_in(self, currency: Currency) -> bool:
        """Say whether this is a line that a till of this currency can sell."""
        price = self.variant.price
        is_priced = price.currency == currency and 0 <= price.minor <= PRICE_MAX_MINOR
        return is_priced and 1 <= self.quantity <= QUANTITY_MAX


class Basket(msgspec.Struct, frozen=True, kw_only=True):
    """Lines in the order in which they came; one line a variant."""

    basket_id: BasketId
    currency: Currency
    lines: tuple[BasketLine, ...] = ()

    @property
    def total(self) -> Money:
        """Return what the customer has to pay, tax included."""
        return total((line.amount for line in self.lines), self.currency)

    @property
    def pieces(self) -> int:
        """Return how many pieces there are."""
        return sum(line.quantity for line in self.lines)

    def quantity_of(self, variant_id: VariantId) -> int:
        """Return how many pieces of a variant are in the basket; 0 if none."""
        return next((ln.quantity for ln in self.lines if ln.variant.variant_id == variant_id), 0)

    def room_for(self, variant_id: VariantId) -> int:
        """Return how many more pieces of a variant fit in: a basket has so many lines too."""
        there = self.quantity_of(variant_id)
        return QUANTITY_MAX - there if there or len(self.lines) < LINES_MAX else 0

    def add(self, variant: VariantOnSale, quantity: int = 1) -> Basket:
        """Return the basket with more pieces of a variant, at most `QUANTITY_MAX` of it.

        Who adds asks for `room_for` before, and says what does not fit.
        """
        assert quantity > 0
        there = self.quantity_of(variant.variant_id)
        if there:
            return self.with_quantity(variant.variant_id, there + quantity)
        line = BasketLine(variant=variant, quantity=min(quantity, QUANTITY_MAX))
        return msgspec.structs.replace(self, lines=(*self.lines, line))

    def with_quantity(self, variant_id: VariantId, quantity: int) -> Basket:
        """Return the basket with this many pieces of a variant that is in it; 0 removes it."""
        wanted = min(quantity, QUANTITY_MAX)
        lines = tuple(
            msgspec.structs.replace(line, quantity=wanted)
            if line.variant.variant_id == variant_id
            else line
            for line in self.lines
        )
        kept = tuple(line for line in lines if line.quantity > 0)
        return msgspec.structs.replace(self, lines=kept)

    def with_variant(self, variant_id: VariantId, wanted: VariantOnSale) -> Basket:
        """Return the basket with another variant in the place of one that is in it.

        As many pieces of it; where it has a line already, that line comes to this place, with its
        price as it was.  At most `QUANTITY_MAX` of it: who swaps asks `can_swap` before.
        """
        moved = self.quantity_of(variant_id)
        if not moved or variant_id == wanted.variant_id:
            return self
        there = [line for line in self.lines if line.variant.variant_id == wanted.variant_id]
        swapped = BasketLine(
            variant=there[0].variant if there else wanted,
            quantity=min(moved + sum(line.quantity for line in there), QUANTITY_MAX),
        )
        lines = tuple(
            swapped if line.variant.variant_id == variant_id else line
            for line in self.lines
            if line not in there
        )
        return msgspec.structs.replace(self, lines=lines)

    def can_swap(self, variant_id: VariantId, wanted: VariantId) -> bool:
        """Say whether all pieces of a variant that is in it fit in as another variant."""
        return self.quantity_of(variant_id) + self.quantity_of(wanted) <= QUANTITY_MAX

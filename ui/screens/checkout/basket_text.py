"""From a basket to what its panel says."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.basket import Basket, BasketLine
from pos.ids import VariantId
from ui import format as text_of
from ui import wording
from ui.screens.rows import BasketRow, BasketText


def basket_text(
    basket: Basket, levels: Mapping[str, int], *, current: VariantId | None, language: str
) -> BasketText:
    """Return a basket in words.

    Args:
        basket: what is being sold.
        levels: pieces on this stand by variant id; a line of more than that is marked.
        current: the variant whose stepper is open.
        language: of amounts.
    """
    ids = [line.variant.variant_id for line in basket.lines]
    return BasketText(
        rows=tuple(_row(line, levels, language) for line in basket.lines),
        current=ids.index(current) if current in ids else -1,
        pieces=wording.pieces(basket.pieces) if ids else "",
        total=text_of.money(basket.total, language),
    )


def _row(line: BasketLine, levels: Mapping[str, int], language: str) -> BasketRow:
    level = levels.get(line.variant.variant_id, line.quantity)
    return BasketRow(
        name=line.variant.name,
        detail=_detail(line, language),
        quantity=f"{line.quantity} ×",
        amount=text_of.money(line.amount, language),
        is_oversold=level < line.quantity,
    )


def _detail(line: BasketLine, language: str) -> str:
    """Return the size, the other options, and the unit price where it is not the amount.

    The size comes first: a narrow basket cuts the end, and a wrong size has to be seen.
    """
    each = wording.each(text_of.money(line.variant.price, language))
    return " · ".join((*reversed(line.variant.options), *([each] if line.quantity > 1 else [])))


def undo_text(now: Basket, before: Basket) -> str:
    """Return what going back to an older basket does: a line comes back, or goes off again."""
    was = {line.variant.variant_id: line for line in before.lines}
    for line in now.lines:
        old = was.get(line.variant.variant_id)
        if old is None or old.quantity < line.quantity:
            more = line.quantity - (old.quantity if old is not None else 0)
            return wording.undo_takes_off(_named(line, more))
    there = {line.variant.variant_id: line.quantity for line in now.lines}
    for line in before.lines:
        less = line.quantity - there.get(line.variant.variant_id, 0)
        if less > 0:
            return wording.undo_puts_back(_named(line, less))
    return ""


def _named(line: BasketLine, quantity: int) -> str:
    count = f"{quantity} × " if quantity > 1 else ""
    return count + " ".join((line.variant.name, *line.variant.options[-1:])).strip()

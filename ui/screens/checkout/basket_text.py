"""From a basket to what its panel says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pos.domain.basket import Basket, BasketLine
from pos.ids import VariantId
from ui import format as text_of
from ui import wording
from ui.screens.rows import BasketRow, BasketText

_SIZE = re.compile(r"\d?X*[SML]|\d{1,3}([-/]\d{1,3})?|[A-Z]{1,3}/[A-Z]{1,3}", re.IGNORECASE)
"""S, XXL, 3XL, 42, 36-38, S/M."""


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
    size, others = size_first(line.variant.options)
    is_many, price = line.quantity > 1, line.variant.price
    each = (wording.each(text_of.money(price, language)),) if is_many else ()
    return BasketRow(
        name=line.variant.name,
        detail=" · ".join((*filter(None, (size, *others)), *each)),
        quantity=f"{line.quantity} ×",
        amount=text_of.money(line.amount, language),
        is_oversold=level < line.quantity,
        size=size,
        options=" · ".join(others),
        each=text_of.short_money(price, language) if is_many else "",
        warning=_warning(level, line.quantity),
    )


def _warning(level: int, quantity: int) -> str:
    if level >= quantity:
        return ""
    return wording.only_left(level) if level > 0 else wording.none_left()


def size_first(options: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the size, and the other options in the order of the tile.

    A wrong size has to be seen. Options have no names here: the size is what looks like one, else
    the last option, as nearly every catalogue has it.
    """
    places = [at for at, option in enumerate(options) if _SIZE.fullmatch(option.strip())]
    place = places[-1] if places else len(options) - 1
    others = tuple(option for at, option in enumerate(options) if at != place and option)
    return (options[place] if options else ""), others


def undo_text(now: Basket, before: Basket) -> tuple[str, str]:
    """Return what going back to an older basket takes back, and of which article."""
    was = {line.variant.variant_id: line for line in before.lines}
    if swapped := _swapped(now, before):
        return wording.undo_changed(), swapped
    for line in now.lines:
        old = was.get(line.variant.variant_id)
        if old is None or old.quantity < line.quantity:
            more = line.quantity - (old.quantity if old is not None else 0)
            return wording.undo_added(), _named(line, more)
    there = {line.variant.variant_id: line.quantity for line in now.lines}
    for line in before.lines:
        less = line.quantity - there.get(line.variant.variant_id, 0)
        if less > 0:
            return wording.undo_removed(), _named(line, less)
    return "", ""


def _swapped(now: Basket, before: Basket) -> str:
    """Return which size became which, if that is the whole change; else "".

    All pieces of one line are another size's now, and nothing else moved.
    """
    gone = [ln for ln in before.lines if not now.quantity_of(ln.variant.variant_id)]
    more = [ln for ln in now.lines if ln.quantity > before.quantity_of(ln.variant.variant_id)]
    if len(gone) != 1 or len(more) != 1 or now.pieces != before.pieces:
        return ""
    options = zip(gone[0].variant.options, more[0].variant.options, strict=False)
    changed = [f"{old} → {new}" for old, new in options if old != new]
    return " ".join((gone[0].variant.name, *changed))


def _named(line: BasketLine, quantity: int) -> str:
    count = f"{quantity} × " if quantity > 1 else ""
    size, _others = size_first(line.variant.options)
    return count + f"{line.variant.name} {size}".strip()

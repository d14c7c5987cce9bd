"""How head office looks things up: products, variants, the stock of stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from pos.domain.catalogue import Product
from sync.hub.store.tables import barcode, moved, product, variant
from sync.hub.store.upserting import chunks

WORDS_MAX = 6


class VariantFound(NamedTuple):
    """A variant by the name that people know it by."""

    variant_id: str
    label: str
    sku: str
    price_minor: int


class Shelf(NamedTuple):
    """A variant and how many pieces of it each stand has."""

    variant_id: str
    label: str
    levels: dict[str, int]  # by stand; a stand where it never was is missing

    @property
    def total(self) -> int:
        return sum(self.levels.values())


def products_found(
    connection: Connection, asked: str, *, start: int, limit: int
) -> tuple[int, list[Product]]:
    """Return how many products fit, and some of them by name."""
    condition = _fits(asked)
    count = connection.execute(select(func.count()).select_from(product).where(condition))
    rows = connection.scalars(
        select(product.c.body)
        .where(condition)
        .order_by(product.c.name, product.c.product_id)
        .offset(start)
        .limit(limit)
    )
    return count.scalar_one(), [_product(body) for body in rows]


def product_of(connection: Connection, product_id: str) -> Product | None:
    body = connection.scalar(select(product.c.body).where(product.c.product_id == product_id))
    return None if body is None else _product(body)


def _product(body: bytes) -> Product:
    return msgspec.json.decode(body, type=Product)


def _fits(asked: str) -> ColumnElement[bool]:
    """Every word stands in name, artist or category; or it is an SKU or a barcode."""
    words = asked.lower().split()[:WORDS_MAX]
    in_text = [
        or_(
            *(
                func.lower(column).contains(word, autoescape=True)
                for column in (product.c.name, product.c.artist, product.c.category)
            )
        )
        for word in words
    ]
    by_sku = select(variant.c.product_id).where(variant.c.sku == asked)
    by_code = (
        select(variant.c.product_id)
        .join_from(variant, barcode, barcode.c.variant_id == variant.c.variant_id)
        .where(barcode.c.code == asked)
    )
    is_code = or_(product.c.product_id.in_(by_sku), product.c.product_id.in_(by_code))
    return or_(and_(*in_text), is_code) if words else product.c.product_id.is_not(None)


def variants_found(connection: Connection, asked: str, limit: int) -> list[VariantFound]:
    """Return variants of the products that fit."""
    _, products = products_found(connection, asked, start=0, limit=limit)
    found = [_found(one, at) for one in products for at in range(len(one.variants))]
    return found[:limit]


def _found(one: Product, at: int) -> VariantFound:
    variant_ = one.variants[at]
    return VariantFound(
        variant_id=variant_.variant_id,
        label=" · ".join((one.name, *variant_.options)),
        sku=variant_.sku,
        price_minor=variant_.price.minor,
    )


def labels_of(connection: Connection, variant_ids: Collection[str]) -> dict[str, str]:
    """Return what people call these variants; those that nobody here knows are left out."""
    labels: dict[str, str] = {}
    for some in chunks(variant_ids):
        bodies = connection.scalars(
            select(product.c.body).where(
                product.c.product_id.in_(
                    select(variant.c.product_id).where(variant.c.variant_id.in_(some))
                )
            )
        )
        for one in map(_product, bodies):
            for at in range(len(one.variants)):
                found = _found(one, at)
                labels[found.variant_id] = found.label
    return {one: labels[one] for one in variant_ids if one in labels}


def shelves(
    connection: Connection, asked: str, stand: str, *, start: int, limit: int
) -> tuple[int, list[Shelf]]:
    """Return how many products fit of which anything ever moved, and the stock of some of them."""
    was_moved = select(variant.c.product_id).join_from(
        variant, moved, moved.c.variant_id == variant.c.variant_id
    )
    if stand:
        was_moved = was_moved.where(moved.c.stand == stand)
    condition = and_(_fits(asked), product.c.product_id.in_(was_moved))
    count = connection.execute(select(func.count()).select_from(product).where(condition))
    bodies = connection.scalars(
        select(product.c.body)
        .where(condition)
        .order_by(product.c.name, product.c.product_id)
        .offset(start)
        .limit(limit)
    )
    found = [_found(one, at) for one in map(_product, bodies) for at in range(len(one.variants))]
    return count.scalar_one(), _with_levels(connection, found, stand)


def _with_levels(connection: Connection, found: Sequence[VariantFound], stand: str) -> list[Shelf]:
    levels: dict[str, dict[str, int]] = {one.variant_id: {} for one in found}
    for some in chunks(levels):
        sums = (
            select(moved.c.stand, moved.c.variant_id, func.sum(moved.c.pieces).label("pieces"))
            .where(moved.c.variant_id.in_(some))
            .group_by(moved.c.stand, moved.c.variant_id)
        )
        if stand:
            sums = sums.where(moved.c.stand == stand)
        for row in connection.execute(sums):
            levels[row.variant_id][row.stand] = int(row.pieces)
    return [
        Shelf(one.variant_id, one.label, levels[one.variant_id])
        for one in found
        if levels[one.variant_id]
    ]

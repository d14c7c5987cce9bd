"""Products, staff, stands and pictures, as head office decides them; tills hear what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy import Connection, Row, delete, func, or_, select

from pos.domain.catalogue import Product, ProductsApplied
from pos.domain.feed import ProductListed, StaffListed, StandListed
from pos.ids import OperatorCode
from sync.hub.store import aliases, feed_store
from sync.hub.store.tables import alias, barcode, picture, product, staff, stand, variant
from sync.hub.store.upserting import chunks, insert_into, put

PRODUCT_BYTES_MAX = 512 * 1024
"""Of a product on the wire; 2 048 variants, the shop's own bound, stay below unless they have
long names."""

PAGE_MAX = 500

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Product)


class ProductTooLarge(Exception):
    """A product that would not fit into a page of the feed."""


def products_by_id(connection: Connection, product_ids: Collection[str]) -> dict[str, Product]:
    """Return these products as far as they are here."""
    found: dict[str, Product] = {}
    for some in chunks(product_ids):
        rows = connection.execute(
            select(product.c.product_id, product.c.body).where(product.c.product_id.in_(some))
        )
        found.update((row.product_id, _decoder.decode(row.body)) for row in rows)
    return found


def product_with_handle(connection: Connection, handle: str) -> Product | None:
    """Return the product with this handle."""
    body = connection.scalar(select(product.c.body).where(product.c.handle == handle).limit(1))
    return None if body is None else _decoder.decode(body)


def page_of_products(
    connection: Connection,
    *,
    words: str = "",
    after: str = "",
    limit: int = 50,
) -> list[Product]:
    """Return products by id, those with `words` in name, artist or handle; go on behind one."""
    query = (
        select(product.c.body)
        .where(product.c.product_id > after)
        .order_by(product.c.product_id)
        .limit(min(limit, PAGE_MAX))
    )
    if words:
        like = [
            column.icontains(words, autoescape=True)
            for column in (product.c.name, product.c.artist, product.c.handle)
        ]
        query = query.where(or_(*like))
    return [_decoder.decode(body) for body in connection.scalars(query)]


def products_by_number(connection: Connection, *, offset: int, limit: int) -> list[Product]:
    """Return products on sale in a fixed order, by place."""
    query = select(product.c.body).where(product.c.is_on_sale).order_by(product.c.product_id)
    return [_decoder.decode(one) for one in connection.scalars(query.offset(offset).limit(limit))]


def products_in(connection: Connection, category: str) -> list[Product]:
    """Return the products of a category."""
    query = select(product.c.body).where(product.c.category == category)
    return [_decoder.decode(body) for body in connection.scalars(query)]


def count(connection: Connection) -> tuple[int, int]:
    """Return how many products and variants there are."""
    products = connection.execute(select(func.count()).select_from(product)).scalar_one()
    variants = connection.execute(select(func.count()).select_from(variant)).scalar_one()
    return products, variants


def owners_of_barcodes(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """Return whose these barcodes are; free ones are left out."""
    owners: dict[str, str] = {}
    for some in chunks(codes):
        rows = connection.execute(select(barcode).where(barcode.c.code.in_(some)))
        owners.update((row.code, row.variant_id) for row in rows)
    return owners


def products_of_variants(
    connection: Connection, variant_ids: Collection[str]
) -> dict[str, Product]:
    """Return by variant the product that it belongs to, or belonged to last."""
    homes: dict[str, str] = {}
    for some in chunks(variant_ids):
        rows = connection.execute(
            select(variant.c.variant_id, variant.c.product_id).where(variant.c.variant_id.in_(some))
        )
        homes.update((row.variant_id, row.product_id) for row in rows)
    products = products_by_id(connection, set(homes.values()))
    return {one: products[home] for one, home in homes.items() if home in products}


def put_products(connection: Connection, products: Sequence[Product], at: str) -> ProductsApplied:
    """Add or change products and tell the tills; what is as it was stays silent.

    Raises:
        ProductTooLarge: one has more variants or words than a page of the feed has room for.
    """
    before = _locked(connection, [one.product_id for one in products])
    changed = [one for one in products if before.get(one.product_id) != one]
    if not changed:
        return ProductsApplied()
    bodies = [_encoder.encode(one) for one in changed]
    if max(map(len, bodies)) > PRODUCT_BYTES_MAX:
        raise ProductTooLarge
    put(
        connection,
        product,
        [_product_row(one, body, at) for one, body in zip(changed, bodies, strict=True)],
    )
    _keep_variants(connection, changed)
    feed_store.put(connection, [ProductListed(product=one) for one in changed])
    _explain_names(connection, changed, at)
    counts = [_counted(one, before.get(one.product_id)) for one in changed]
    return ProductsApplied(
        products_added=sum(one.product_id not in before for one in changed),
        products_changed=sum(one.product_id in before for one in changed),
        variants_added=sum(added for added, _changed in counts),
        variants_changed=sum(other for _added, other in counts),
    )


def locked_product(connection: Connection, product_id: str) -> Product | None:
    """Return a product, and let nobody else change it until the transaction ends."""
    return _locked(connection, [product_id]).get(product_id)


def _locked(connection: Connection, product_ids: Collection[str]) -> dict[str, Product]:
    """Return products, and let nobody else change them until the transaction ends."""
    found: dict[str, Product] = {}
    for some in chunks(product_ids):
        rows = connection.execute(
            select(product.c.product_id, product.c.body)
            .where(product.c.product_id.in_(some))
            .order_by(product.c.product_id)  # always in one order, so that nobody waits in a ring
            .with_for_update()
        )
        found.update((row.product_id, _decoder.decode(row.body)) for row in rows)
    return found


def _product_row(one: Product, body: bytes, at: str) -> dict[str, int | str | bytes]:
    return {
        "product_id": one.product_id,
        "handle": one.handle,
        "name": one.name,
        "artist": one.artist,
        "category": one.category,
        "body": body,
        "is_on_sale": one.on_sale,
        "changed_at": at,
    }


def _keep_variants(connection: Connection, products: Sequence[Product]) -> None:
    """Keep what products are looked up by; a variant that is gone keeps its name."""
    rows: list[dict[str, int | str | bytes]] = [
        {
            "variant_id": one.variant_id,
            "product_id": home.product_id,
            "sku": one.sku,
            "price_minor": one.price.minor,
        }
        for home in products
        for one in home.variants
    ]
    put(connection, variant, rows)
    homes = select(variant.c.variant_id).where(
        variant.c.product_id.in_([home.product_id for home in products])
    )
    connection.execute(delete(barcode).where(barcode.c.variant_id.in_(homes)))
    codes: dict[str, str] = {
        code: one.variant_id for home in products for one in home.variants for code in one.barcodes
    }
    put(connection, barcode, [{"code": k, "variant_id": v} for k, v in codes.items()])


def _explain_names(connection: Connection, products: Sequence[Product], at: str) -> None:
    """Explain names of tills by what has just come, if any are open."""
    if connection.scalar(select(alias.c.other_id).limit(1)) is None:
        return
    ids = [one.variant_id for home in products for one in home.variants]
    aliases.forget_known(connection, ids, at)
    aliases.match_by_barcode(connection, at)
    aliases.tell_how_many(connection, at)


def _counted(new: Product, old: Product | None) -> tuple[int, int]:
    """Return how many variants of a product are new, and how many others."""
    before = {one.variant_id: (at, one) for at, one in enumerate(old.variants)} if old else {}
    added = sum(one.variant_id not in before for one in new.variants)
    same = sum(before.get(one.variant_id) == (at, one) for at, one in enumerate(new.variants))
    return added, len(new.variants) - added - same


def put_staff(connection: Connection, people: Sequence[StaffListed]) -> int:
    """Add or change people and tell the tills; return how many did change."""
    before = {one.code: one for one in all_staff(connection)}
    changed = [one for one in people if before.get(one.code) != one]
    put(connection, staff, [msgspec.structs.asdict(one) for one in changed])
    feed_store.put(connection, changed)
    return len(changed)


def all_staff(connection: Connection) -> list[StaffListed]:
    """Return everybody who works here, or did and is not forgotten."""
    rows = connection.execute(select(staff).order_by(staff.c.code))
    return [
        StaffListed(
            code=OperatorCode(row.code),
            name=row.name,
            role=row.role,
            pin_hash=row.pin_hash,
            is_active=row.is_active,
        )
        for row in rows
    ]


def put_stands(connection: Connection, stands: Sequence[StandListed]) -> int:
    """Add or change stands and tell the tills; return how many did change."""
    before = {one.stand: one for one in all_stands(connection)}
    changed = [one for one in stands if before.get(one.stand) != one]
    put(connection, stand, [msgspec.structs.asdict(one) for one in changed])
    feed_store.put(connection, changed)
    return len(changed)


def all_stands(connection: Connection) -> list[StandListed]:
    """Return the stands."""
    return [_stand(row) for row in connection.execute(select(stand).order_by(stand.c.stand))]


def _stand(row: Row[tuple[object, ...]]) -> StandListed:
    return StandListed(stand=row.stand, name=row.name, is_active=row.is_active)


def put_picture(connection: Connection, body: bytes, media_type: str) -> str:
    """Keep a picture and return how a product names it: `sha256:` and its digest."""
    digest = hashlib.sha256(body).digest()
    statement = insert_into(connection, picture).on_conflict_do_nothing(index_elements=["digest"])
    connection.execute(statement.values(digest=digest, body=body, media_type=media_type))
    return f"sha256:{digest.hex()}"


def picture_with(connection: Connection, digest: bytes) -> tuple[bytes, str] | None:
    """Return a picture and its media type."""
    row = connection.execute(
        select(picture.c.body, picture.c.media_type).where(picture.c.digest == digest)
    ).first()
    return None if row is None else (bytes(row.body), row.media_type)

"""What is for sale, found by code, by words or by category."""

# long: each question about the catalogue stands beside its answer

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from pos.domain.catalogue import Product, Variant, VariantOnSale
from pos.domain.search import search_words
from pos.ids import ProductId, VariantId
from pos.money import Currency, Money
from pos.reports.question import Question
from pos.reports.reader import Reader

TILES_PAGE_MAX = 60


class SizeKey(msgspec.Struct, frozen=True, kw_only=True):
    """One variant as a key on its tile, with the number left on this stand."""

    variant: VariantOnSale
    on_hand: int


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One product as a tile; its keys are its variants in the catalogue's order."""

    product_id: ProductId
    name: str
    artist: str
    category: str
    keys: tuple[SizeKey, ...]
    option_names: tuple[str, ...] = ()

    @property
    def on_hand(self) -> int:
        """Return how many pieces are left over all sizes; what is below zero counts as none."""
        return sum(max(key.on_hand, 0) for key in self.keys)


class TilePage(msgspec.Struct, frozen=True, kw_only=True):
    """Some tiles, and whether there are more behind them."""

    tiles: tuple[Tile, ...]
    more: bool


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Exactly one variant has this code."""

    code: str
    key: SizeKey


class Unknown(msgspec.Struct, frozen=True, kw_only=True):
    """No variant has this code."""

    code: str


class Ambiguous(msgspec.Struct, frozen=True, kw_only=True):
    """Several variants share this SKU; a person has to choose."""

    code: str
    keys: tuple[SizeKey, ...]


class FindByCode(Question[Found | Unknown | Ambiguous], frozen=True, kw_only=True):
    """Which variant is meant by a scanned or typed code?

    `candidates` are readings of one scan, most plausible first; the first that is known wins.
    """

    candidates: tuple[str, ...]


class Tiles(Question[TilePage], frozen=True, kw_only=True):
    """Which products match these words in this category?

    Empty words or category match everything. Words match beginnings of words in names, artists,
    categories, options, SKUs and barcodes; accents and capitals do not matter.
    """

    words: str = ""
    category: str = ""
    offset: int = 0
    limit: int = TILES_PAGE_MAX


class TileOf(Question[Tile | None], frozen=True, kw_only=True):
    """How does the tile of this product look now? None if it is not on sale."""

    product_id: ProductId


class CategoryOnSale(msgspec.Struct, frozen=True, kw_only=True):
    """A category of which something is on sale."""

    name: str


class Categories(Question[tuple[CategoryOnSale, ...]], frozen=True, kw_only=True):
    """Which categories are there, in the catalogue's order?"""


class KeysOf(Question[tuple[SizeKey, ...]], frozen=True, kw_only=True):
    """How do these variants stand now? Unknown ones are left out."""

    variant_ids: tuple[VariantId, ...]


class ExistingProducts(Question[dict[ProductId, Product]], frozen=True, kw_only=True):
    """Which of these products does the catalogue have, and as what?"""

    product_ids: tuple[ProductId, ...]


class BarcodeOwners(Question[dict[str, VariantId]], frozen=True, kw_only=True):
    """Whose are these barcodes? Free ones are left out."""

    barcodes: tuple[str, ...]


class TaxClassesOf(Question[dict[str, frozenset[str]]], frozen=True, kw_only=True):
    """How are the products of these categories taxed? Categories without products are left out."""

    categories: tuple[str, ...]


class VariantsWithStock(Question[frozenset[VariantId]], frozen=True, kw_only=True):
    """Of which of these variants did anything ever move on this stand?"""

    variant_ids: tuple[VariantId, ...]


class CatalogueSize(msgspec.Struct, frozen=True, kw_only=True):
    """How much is in the catalogue."""

    products: int
    variants: int


class CountCatalogue(Question[CatalogueSize], frozen=True, kw_only=True):
    """How much is in the catalogue?"""


_KEY_COLUMNS = """
    variant.variant_id, variant.product_id, variant.number, product.name, variant.options,
    variant.price_minor, variant.currency, product.tax_class, variant.sku,
    (SELECT code FROM barcode WHERE barcode.variant_id = variant.variant_id
     ORDER BY position LIMIT 1),
    product.artist, product.category,
    coalesce((SELECT sum(on_hand) FROM stock_level
              WHERE stock_level.variant_id = variant.variant_id AND stand = ?1), 0)
    + coalesce((SELECT pieces FROM other_level
                WHERE other_level.variant_id = variant.variant_id AND stand = ?1), 0)
"""


def find_by_code(question: FindByCode, reader: Reader, stand: str) -> Found | Unknown | Ambiguous:
    """Look for a barcode first, then for an SKU, reading by reading."""
    for code in question.candidates:
        if keys := _by_barcode(code, reader, stand) or _by_sku(code, reader, stand):
            if len(keys) == 1:
                return Found(code=code, key=keys[0])
            return Ambiguous(code=code, keys=keys)
    return Unknown(code=question.candidates[0])


def _by_barcode(code: str, reader: Reader, stand: str) -> tuple[SizeKey, ...]:
    """Find by barcode; scanners add or drop the zero that makes a UPC-A an EAN-13."""
    spellings = [code]
    if code.isdecimal() and len(code) == 12:
        spellings.append("0" + code)
    if code.isdecimal() and len(code) == 13 and code.startswith("0"):
        spellings.append(code[1:])
    for spelling in spellings:
        rows = reader.rows(
            f"SELECT {_KEY_COLUMNS} FROM barcode AS scanned JOIN variant USING (variant_id)"  # noqa: S608 -- our own column list
            " JOIN product USING (product_id) WHERE scanned.code = ?",
            stand,
            spelling,
        )
        if rows:
            return tuple(_key(row) for row in rows)
    return ()


def _by_sku(code: str, reader: Reader, stand: str) -> tuple[SizeKey, ...]:
    rows = reader.rows(
        f"SELECT {_KEY_COLUMNS} FROM variant JOIN product USING (product_id)"  # noqa: S608 -- our own column list
        " WHERE sku <> '' AND sku = ? COLLATE NOCASE AND listed = 1 LIMIT 10",
        stand,
        code,
    )
    return tuple(_key(row) for row in rows)


def tiles(question: Tiles, reader: Reader, stand: str) -> TilePage:
    """Return one page of tiles in the catalogue's order."""
    source, number = "product", "number"
    where, values = ["on_sale = 1"], []
    if words := search_words(question.words):
        # The index of words yields its rows in order, and is left as soon as the page is full:
        # CROSS JOIN keeps it in front (https://sqlite.org/optoverview.html#crossjoin).
        source = "product_search CROSS JOIN product ON number = product_search.rowid"
        number = "product_search.rowid"
        where.append("product_search MATCH ?")
        values.append(" AND ".join(f'"{word}"*' for word in words))
    elif question.words.strip():
        return TilePage(tiles=(), more=False)  # only signs: nothing has such a word
    if question.category:
        where.append("category = ?")
        values.append(question.category)
    limit = min(question.limit, TILES_PAGE_MAX)
    products = reader.rows(
        f"SELECT product_id, name, artist, category, option_names FROM {source}"  # noqa: S608 -- fixed conditions
        f" WHERE {' AND '.join(where)} ORDER BY {number} LIMIT ? OFFSET ?",
        *values,
        limit + 1,
        question.offset,
    )
    return TilePage(
        tiles=_tiles_of(products[:limit], reader, stand),
        more=len(products) > limit,
    )


def tile_of(question: TileOf, reader: Reader, stand: str) -> Tile | None:
    """Return one product with all its keys, if it is on sale."""
    products = reader.rows(
        "SELECT product_id, name, artist, category, option_names FROM product"
        " WHERE product_id = ? AND on_sale = 1",
        question.product_id,
    )
    return next(iter(_tiles_of(products, reader, stand)), None)


def _tiles_of(products: Sequence[tuple[Any, ...]], reader: Reader, stand: str) -> tuple[Tile, ...]:
    keys = _keys_by_product([row[0] for row in products], reader, stand)
    return tuple(
        Tile(
            product_id=product_id,
            name=name,
            artist=artist,
            category=category,
            keys=tuple(keys.get(product_id, ())),
            option_names=tuple(json.loads(option_names)),
        )
        for product_id, name, artist, category, option_names in products
    )


def _keys_by_product(
    product_ids: list[ProductId], reader: Reader, stand: str
) -> dict[ProductId, list[SizeKey]]:
    rows = reader.rows(
        f"SELECT {_KEY_COLUMNS} FROM json_each(?) AS wanted"  # noqa: S608 -- our own column list
        " JOIN variant ON variant.product_id = wanted.value AND listed = 1"
        " JOIN product USING (product_id) ORDER BY wanted.key, variant.position",
        stand,
        json.dumps(product_ids),
    )
    keys: dict[ProductId, list[SizeKey]] = {}
    for row in rows:
        key = _key(row)
        keys.setdefault(key.variant.product_id, []).append(key)
    return keys


def keys_of(question: KeysOf, reader: Reader, stand: str) -> tuple[SizeKey, ...]:
    """Return the keys in the order asked for."""
    rows = reader.rows(
        f"SELECT {_KEY_COLUMNS} FROM json_each(?) AS wanted"  # noqa: S608 -- our own column list
        " JOIN variant ON variant.variant_id = wanted.value"
        " JOIN product USING (product_id) ORDER BY wanted.key",
        stand,
        json.dumps(question.variant_ids),
    )
    return tuple(_key(row) for row in rows)


def _key(row: tuple[Any, ...]) -> SizeKey:
    variant = VariantOnSale(
        variant_id=row[0],
        product_id=row[1],
        number=row[2],
        name=row[3],
        options=tuple(json.loads(row[4])),
        price=Money(row[5], Currency(row[6])),
        tax_class=row[7],
        sku=row[8],
        barcode=row[9] or "",
        artist=row[10],
        category=row[11],
    )
    return SizeKey(variant=variant, on_hand=row[12])


def categories(_question: Categories, reader: Reader, _stand: str) -> tuple[CategoryOnSale, ...]:
    """Return the categories of what is on sale, first come first.

    Hops from one category to the next in the index instead of reading all products: this is
    asked at each start.
    """
    rows = reader.rows(
        "WITH RECURSIVE hop (one) AS ("
        " SELECT min(category) FROM product WHERE category > ''"
        " UNION ALL SELECT (SELECT min(category) FROM product WHERE category > hop.one) FROM hop"
        " WHERE hop.one IS NOT NULL)"
        " SELECT one, (SELECT number FROM product WHERE category = hop.one AND on_sale = 1"
        " ORDER BY number LIMIT 1) AS first FROM hop WHERE first IS NOT NULL ORDER BY first"
    )
    return tuple(CategoryOnSale(name=name) for name, _first in rows)


def existing_products(
    question: ExistingProducts, reader: Reader, _stand: str
) -> dict[ProductId, Product]:
    """Return the products as they were last given, without unlisted variants."""
    rows = reader.rows(
        "SELECT product_id, handle, name, artist, category, description, tax_class,"
        " option_names, picture, on_sale FROM json_each(?) AS wanted"
        " JOIN product ON product_id = wanted.value",
        json.dumps(question.product_ids),
    )
    variants = _variants_by_product([row[0] for row in rows], reader)
    return {
        row[0]: Product(
            product_id=row[0],
            handle=row[1],
            name=row[2],
            variants=tuple(variants.get(row[0], ())),
            artist=row[3],
            category=row[4],
            description=row[5],
            tax_class=row[6],
            option_names=tuple(json.loads(row[7])),
            picture=row[8],
            on_sale=bool(row[9]),
        )
        for row in rows
    }


def tax_classes_of(
    question: TaxClassesOf, reader: Reader, _stand: str
) -> dict[str, frozenset[str]]:
    """Return the tax classes that a till's products have, by category."""
    rows = reader.rows(
        "SELECT DISTINCT category, tax_class FROM json_each(?) AS wanted"
        " JOIN product ON category = wanted.value",
        json.dumps(question.categories),
    )
    found: dict[str, set[str]] = {}
    for category, tax_class in rows:
        found.setdefault(category, set()).add(tax_class)
    return {category: frozenset(classes) for category, classes in found.items()}


def _variants_by_product(
    product_ids: list[ProductId], reader: Reader
) -> dict[ProductId, list[Variant]]:
    rows = reader.rows(
        "SELECT product_id, variant_id, options, price_minor, currency, sku,"
        " (SELECT json_group_array(code) FROM (SELECT code FROM barcode"
        "  WHERE barcode.variant_id = variant.variant_id AND is_own = 0 ORDER BY position))"
        " FROM json_each(?) AS wanted JOIN variant ON product_id = wanted.value AND listed = 1"
        " ORDER BY product_id, position",
        json.dumps(product_ids),
    )
    variants: dict[ProductId, list[Variant]] = {}
    for product_id, variant_id, options, price_minor, currency, sku, codes in rows:
        variant = Variant(
            variant_id=variant_id,
            options=tuple(json.loads(options)),
            price=Money(price_minor, currency),
            sku=sku,
            barcodes=tuple(json.loads(codes)),
        )
        variants.setdefault(product_id, []).append(variant)
    return variants


def barcode_owners(question: BarcodeOwners, reader: Reader, _stand: str) -> dict[str, VariantId]:
    """Return the owners of codes that came with the catalogue; the till's own codes give way."""
    rows = reader.rows(
        "SELECT code, variant_id FROM json_each(?) AS wanted"
        " JOIN barcode ON code = wanted.value AND is_own = 0",
        json.dumps(question.barcodes),
    )
    return dict(rows)


def variants_with_stock(
    question: VariantsWithStock, reader: Reader, stand: str
) -> frozenset[VariantId]:
    """Return the variants that have a stock history."""
    rows = reader.rows(
        "SELECT variant_id FROM json_each(?1) AS wanted"
        " CROSS JOIN stock_level ON stand = ?2 AND variant_id = wanted.value"
        " UNION SELECT variant_id FROM json_each(?1) AS wanted"
        " CROSS JOIN other_level ON variant_id = wanted.value AND stand = ?2",
        json.dumps(question.variant_ids),
        stand,
    )
    return frozenset(row[0] for row in rows)


def count_catalogue(_question: CountCatalogue, reader: Reader, _stand: str) -> CatalogueSize:
    """Count what is on sale."""
    ((products, variants),) = reader.rows(
        "SELECT (SELECT count(*) FROM product), (SELECT count(*) FROM variant WHERE listed = 1)"
    )
    return CatalogueSize(products=products, variants=variants)

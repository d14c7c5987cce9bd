"""Keeping what came down: products, variants, barcodes, and the words to find them by."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from pos.domain.catalogue import Product, ProductsApplied, Variant
from pos.domain.search import index_text
from pos.ids import VariantId, internal_barcode


class CatalogueStore:
    """Adds and updates products inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, product: Product) -> ProductsApplied:
        """Add a product or bring it up to date; variants it no longer has are unlisted."""
        number, is_new, is_changed = self._keep_product(product)
        before = {} if is_new else self._variant_rows(product)
        added = changed = 0
        for position, variant in enumerate(product.variants):
            row = _variant_row(product, position, variant)
            *old, codes = before.pop(variant.variant_id, (None,))
            if not old:
                added += 1
            elif (*old, codes) != (*row, variant.barcodes):
                changed += 1
            else:
                continue
            is_new_here = self._keep_variant(variant, row)
            if not old or codes != variant.barcodes:
                self._keep_barcodes(variant, is_new=is_new_here)
        for variant_id in before:
            self._db.execute("UPDATE variant SET listed = 0 WHERE variant_id = ?", [variant_id])
        touched = is_new or is_changed or bool(added or changed or before)
        if touched:
            self._index_words(number, product, is_new=is_new)
        return ProductsApplied(
            products_added=int(is_new),
            products_changed=int(touched and not is_new),
            variants_added=added,
            variants_changed=changed,
        )

    def _keep_product(self, product: Product) -> tuple[int, bool, bool]:
        """Return the product's number, whether it is new, and whether its own row changed."""
        row = (
            product.handle,
            product.name,
            product.artist,
            product.category,
            product.description,
            product.tax_class,
            msgspec.json.encode(product.option_names).decode(),
            product.picture,
            int(product.on_sale),
        )
        old = self._db.execute(
            "SELECT number, handle, name, artist, category, description, tax_class,"
            " option_names, picture, on_sale FROM product WHERE product_id = ?",
            [product.product_id],
        ).fetchone()
        if old is not None and tuple(old[1:]) == row:
            return old[0], False, False
        if old is not None:
            self._db.execute(
                "UPDATE product SET handle = ?, name = ?, artist = ?, category = ?,"
                " description = ?, tax_class = ?, option_names = ?, picture = ?, on_sale = ?"
                " WHERE number = ?",
                [*row, old[0]],
            )
            return old[0], False, True
        added = self._db.execute(
            "INSERT INTO product (product_id, handle, name, artist, category, description,"
            " tax_class, option_names, picture, on_sale) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [product.product_id, *row],
        )
        assert added.lastrowid is not None, "a row that was written has a number"
        return added.lastrowid, True, False

    def _variant_rows(self, product: Product) -> dict[str, tuple[object, ...]]:
        rows = self._db.execute(
            "SELECT variant_id, product_id, position, options, price_minor, currency, sku,"
            " (SELECT json_group_array(code) FROM (SELECT code FROM barcode"
            "  WHERE barcode.variant_id = variant.variant_id AND is_own = 0 ORDER BY position))"
            " FROM variant WHERE product_id = ? AND listed = 1",
            [product.product_id],
        )
        return {row[0]: (*row[1:-1], tuple(msgspec.json.decode(row[-1]))) for row in rows}

    def _keep_variant(self, variant: Variant, row: tuple[object, ...]) -> bool:
        """Write a variant's row; say whether there was none, not even an unlisted one."""
        added = self._db.execute(
            "INSERT INTO variant (variant_id, product_id, position, options, price_minor,"
            " currency, sku, listed) VALUES (?, ?, ?, ?, ?, ?, ?, 1)"
            " ON CONFLICT (variant_id) DO NOTHING",
            [variant.variant_id, *row],
        )
        if added.rowcount:
            return True
        self._db.execute(
            "UPDATE variant SET product_id = ?, position = ?, options = ?, price_minor = ?,"
            " currency = ?, sku = ?, listed = 1 WHERE variant_id = ?",
            [*row, variant.variant_id],
        )
        return False

    def _keep_barcodes(self, variant: Variant, *, is_new: bool) -> None:
        if not is_new:
            self._db.execute(
                "DELETE FROM barcode WHERE variant_id = ? AND is_own = 0", [variant.variant_id]
            )
        for position, code in enumerate(variant.barcodes):
            self._give_barcode(variant.variant_id, code, position)
        if not variant.barcodes:
            self._give_own_barcode(variant.variant_id)

    def _give_barcode(self, variant_id: VariantId, code: str, position: int) -> None:
        """Let a variant have a code; the one that had it before gets a code of ours."""
        row = [code, variant_id, position]
        added = self._db.execute(
            "INSERT INTO barcode VALUES (?, ?, ?, 0) ON CONFLICT (code) DO NOTHING", row
        )
        if added.rowcount:
            return
        (before,) = self._db.execute(
            "SELECT variant_id FROM barcode WHERE code = ?", [code]
        ).fetchone()
        self._db.execute("INSERT OR REPLACE INTO barcode VALUES (?, ?, ?, 0)", row)
        if before != variant_id:
            self._give_own_barcode(before)

    def _give_own_barcode(self, variant_id: VariantId) -> None:
        """Give a variant without any code one of the in-store range, the next free one."""
        has_one = self._db.execute(
            "SELECT 1 FROM barcode WHERE variant_id = ?", [variant_id]
        ).fetchone()
        attempt = 0
        while not has_one:
            cursor = self._db.execute(
                "INSERT INTO barcode VALUES (?, ?, 99, 1) ON CONFLICT (code) DO NOTHING",
                [internal_barcode(variant_id, attempt), variant_id],
            )
            has_one, attempt = cursor.rowcount, attempt + 1

    def _index_words(self, number: int, product: Product, *, is_new: bool) -> None:
        words = [product.name, product.artist, product.category]
        for variant in product.variants:
            words += [*variant.options, variant.sku, *variant.barcodes]
        text = index_text(words)
        row = None
        if not is_new:
            row = self._db.execute(
                "SELECT words FROM product_search WHERE rowid = ?", [number]
            ).fetchone()
        if row == (text,):
            return  # most changes are of prices, and to index is most of the work
        if row is not None:
            self._db.execute("DELETE FROM product_search WHERE rowid = ?", [number])
        self._db.execute("INSERT INTO product_search (rowid, words) VALUES (?, ?)", [number, text])


def _variant_row(product: Product, position: int, variant: Variant) -> tuple[object, ...]:
    return (
        product.product_id,
        position,
        msgspec.json.encode(variant.options).decode(),
        variant.price.minor,
        variant.price.currency,
        variant.sku,
    )

"""The first pass of an import: everything that can be known before anything changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from pos.domain.catalogue import STANDARD, Product, ProductsApplied
from pos.ids import ProductId
from pos.importers.barcode_conflicts import BarcodeConflicts
from pos.importers.import_request import AnsweringTill, ImportOptions, Watcher, added_up, pages
from pos.importers.notices import Notice, NotInFile, QuantityDiffers, RowProblem, RowWarning
from pos.importers.product_draft import ParsedProduct
from pos.importers.shopify_columns import Column
from pos.importers.shopify_products import ProductFile
from pos.reports.catalogue import (
    CountCatalogue,
    ExistingProducts,
    KeysOf,
    TaxClassesOf,
    Tiles,
    VariantsWithStock,
)


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What the first pass found."""

    products: int
    variants: int
    bad_rows: int
    warnings: int
    expected: ProductsApplied
    quantities_left: int
    not_in_file: int
    taken: frozenset[int]  # lines of rows whose barcode is taken
    sha256: str


class FileCheck:
    """Reads a file, compares it with the till, and tells the watcher what it finds."""

    def __init__(self, till: AnsweringTill, options: ImportOptions, watcher: Watcher) -> None:
        self._till = till
        self._options = options
        self._watcher = watcher
        self._conflicts = BarcodeConflicts(till)
        self._products = self._variants = 0
        self._warnings = 0
        self._quantities_left = 0
        self._existing = 0
        self._expected = ProductsApplied()

    def say(self, notice: Notice) -> None:
        """Hand a notice on, and count it; what was decided already is not asked about again."""
        if isinstance(notice, RowWarning) and notice.kind == "looks_like_books":
            known = self._till.ask(TaxClassesOf(categories=(notice.value,)))
            if known.get(notice.value, frozenset()) - {STANDARD}:
                return
        self._warnings += isinstance(notice, RowWarning)
        self._watcher.notice(notice)

    def run(self, file: ProductFile, size: int) -> Checked:
        """Check a file of `size` bytes, which was opened with `say`.

        Raises:
            UnreadableFile: the file as a whole is not right.
        """
        for page in pages(file.products()):
            self._check_page(page)
            self._watcher.progress("check", file.bytes_read, size)
        taken = frozenset(self._taken_lines(file))
        missing = sum(1 for _ in self._tell_of_missing(file))
        return Checked(
            products=self._products - self._conflicts.products_lost,
            variants=self._variants - len(taken),
            bad_rows=file.bad_rows + len(taken),
            warnings=self._warnings,
            expected=self._expected,
            quantities_left=self._quantities_left,
            not_in_file=missing,
            taken=taken,
            sha256=file.sha256,
        )

    def _check_page(self, page: Sequence[ParsedProduct]) -> None:
        ids = tuple(parsed.product.product_id for parsed in page)
        existing = self._till.ask(ExistingProducts(product_ids=ids))
        self._existing += len(existing)
        self._products += len(page)
        self._variants += sum(len(parsed.product.variants) for parsed in page)
        self._conflicts.look_at(page)
        for parsed in page:
            change = expected_change(parsed, existing)
            self._expected = added_up(self._expected, change)
        self._compare_stock(page)

    def _compare_stock(self, page: Sequence[ParsedProduct]) -> None:
        counted = {
            variant.variant_id: quantity
            for parsed in page
            for variant, quantity in zip(parsed.product.variants, parsed.quantities, strict=True)
            if quantity is not None
        }
        moved = self._till.ask(VariantsWithStock(variant_ids=tuple(counted))) if counted else ()
        opened = sum(quantity > 0 for key, quantity in counted.items() if key not in moved)
        self._expected = added_up(self._expected, ProductsApplied(stock_opened=opened))
        for key in self._till.ask(KeysOf(variant_ids=tuple(moved))) if moved else ():
            in_file = counted[key.variant.variant_id]
            if in_file != key.on_hand:
                self._quantities_left += 1
                label = key.variant.label
                self.say(QuantityDiffers(label=label, in_file=in_file, on_hand=key.on_hand))

    def _taken_lines(self, file: ProductFile) -> Iterator[int]:
        for conflict in self._conflicts.settle(file.has_handle):
            yield conflict.line
            self.say(
                RowProblem(
                    line=conflict.line,
                    column=file.column_name(Column.BARCODE),
                    kind="barcode_taken",
                    value=f"{conflict.barcode} – {conflict.label}",
                )
            )

    def _tell_of_missing(self, file: ProductFile) -> Iterator[ProductId]:
        """Yield the products that are on sale here and not in the file."""
        left = self._till.ask(CountCatalogue()).products - self._existing
        offset, more, told = 0, left > 0, 0
        while more and told < left:
            page = self._till.ask(Tiles(offset=offset))
            offset, more = offset + len(page.tiles), page.more
            ids = tuple(tile.product_id for tile in page.tiles)
            for product in self._till.ask(ExistingProducts(product_ids=ids)).values():
                if not file.has_handle(product.handle):
                    told += 1
                    self.say(NotInFile(name=product.name))
                    yield product.product_id


def expected_change(parsed: ParsedProduct, existing: dict[ProductId, Product]) -> ProductsApplied:
    """Return what a till would change for a product of the file."""
    old = existing.get(parsed.product.product_id)
    if old is None:
        return ProductsApplied(products_added=1, variants_added=len(parsed.product.variants))
    product = completed(parsed, old)
    before = {variant.variant_id: (at, variant) for at, variant in enumerate(old.variants)}
    known = [
        before[variant.variant_id] == (at, variant)
        for at, variant in enumerate(product.variants)
        if variant.variant_id in before
    ]
    return ProductsApplied(
        products_changed=int(product != old),
        variants_added=len(product.variants) - len(known),
        variants_changed=known.count(False),
    )


def completed(parsed: ParsedProduct, old: Product | None) -> Product:
    """Return a product with what the till knows of it and the file does not say.

    A till unlists the variants that a product comes without; a bad row must not do that.  And how
    a product is taxed was once decided by a person; a file says nothing about it.
    """
    if old is None:
        return parsed.product
    product = parsed.product
    if not parsed.is_taxed:
        product = msgspec.structs.replace(product, tax_class=old.tax_class)
    if parsed.is_whole:
        return product
    there = {variant.variant_id for variant in parsed.product.variants}
    kept = tuple(variant for variant in old.variants if variant.variant_id not in there)
    return msgspec.structs.replace(product, variants=(*product.variants, *kept))

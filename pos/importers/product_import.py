"""A product file into a till's catalogue, in two passes.

The first pass reads everything and changes nothing; only if no row is bad (or the person skips
the bad ones) does the second apply the products in pages, each a transaction of its own.  Memory
stays flat in both: what is said goes to the watcher as it is found, and is not kept.

A page that was applied stays: an import that was interrupted is completed by running it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from pos.commands import ApplyProducts, FinishImport
from pos.domain.catalogue import ProductsApplied
from pos.importers.import_check import Checked, FileCheck, completed
from pos.importers.import_request import (
    AnsweringTill,
    ImportOptions,
    ImportSummary,
    ImportTill,
    Watcher,
    added_up,
    pages,
)
from pos.importers.notices import Notice, RowWarning, UnreadableFile
from pos.importers.pictures import PictureFolder, UnreadablePicture
from pos.importers.product_draft import ParsedProduct
from pos.importers.shopify_products import ProductFile, open_products
from pos.reports.catalogue import ExistingProducts


def check_products(
    till: AnsweringTill, path: Path, options: ImportOptions, watcher: Watcher
) -> ImportSummary:
    """Say what importing a file would do, and change nothing.

    Raises:
        UnreadableFile: it is not a product export that can be read.
    """
    checked = _check(till, path, options, watcher)
    refused = checked.bad_rows > 0 and not options.skip_bad_rows
    return _summary(checked, "refused" if refused else "checked", checked.expected)


def import_products(
    till: ImportTill, path: Path, options: ImportOptions, watcher: Watcher
) -> ImportSummary:
    """Bring a till's catalogue up to date with a file; importing it again changes nothing more.

    With a bad row, nothing is imported, unless the options say to skip it.

    Raises:
        UnreadableFile: it is not a product export that can be read, or it changed meanwhile.
        Unavailable: the disk said no; the pages applied so far stay.
    """
    checked = _check(till, path, options, watcher)
    if checked.bad_rows and not options.skip_bad_rows:
        return _summary(checked, "refused", ProductsApplied())
    return _Import(till, options, watcher, checked).run(path)


def _check(till: AnsweringTill, path: Path, options: ImportOptions, watcher: Watcher) -> Checked:
    check = FileCheck(till, options, watcher)
    with open_products(path, options.terms, check.say) as file:
        return check.run(file, path.stat().st_size)


def _summary(
    checked: Checked, outcome: Literal["checked", "refused"], applied: ProductsApplied
) -> ImportSummary:
    return ImportSummary(
        outcome=outcome,
        products=checked.products,
        variants=checked.variants,
        bad_rows=checked.bad_rows,
        warnings=checked.warnings,
        applied=applied,
        unchanged=checked.products - applied.products_added - applied.products_changed,
        quantities_left=checked.quantities_left,
        not_in_file=checked.not_in_file,
        pictures=0,
    )


class _Import:
    """The second pass; what it reads was checked by the first."""

    def __init__(
        self, till: ImportTill, options: ImportOptions, watcher: Watcher, checked: Checked
    ) -> None:
        self._till = till
        self._options = options
        self._watcher = watcher
        self._checked = checked
        self._pictures = _picture_folder(options)
        self._products = self._variants = self._copied = self._warnings = 0
        self._applied = ProductsApplied()

    def run(self, path: Path) -> ImportSummary:
        size = path.stat().st_size
        self._watcher.progress("apply", 0, size)
        with open_products(path, self._options.terms, _said_already) as file:
            for page in pages(self._without_taken(file)):
                self._apply(page)
                self._copy_pictures(page)
                self._watcher.progress("apply", file.bytes_read, size)
            if file.sha256 != self._checked.sha256:
                raise UnreadableFile("changed")
        self._till.execute(
            FinishImport(
                source=path.name,
                sha256=self._checked.sha256,
                products=self._products,
                variants=self._variants,
                operator=self._options.operator,
            )
        )
        return self._summary()

    def _without_taken(self, file: ProductFile) -> Iterator[ParsedProduct]:
        for parsed in file.products():
            rest = without_rows(parsed, self._checked.taken)
            if rest is not None:
                yield rest

    def _apply(self, page: Sequence[ParsedProduct]) -> None:
        unsaid = tuple(
            one.product.product_id for one in page if not (one.is_whole and one.is_taxed)
        )
        old = self._till.ask(ExistingProducts(product_ids=unsaid)) if unsaid else {}
        products = tuple(completed(one, old.get(one.product.product_id)) for one in page)
        opening = tuple(piece for one in page for piece in one.opening)
        applied = self._till.execute(
            ApplyProducts(products=products, opening=opening, operator=self._options.operator)
        )
        self._applied = added_up(self._applied, applied)
        self._products += len(page)
        self._variants += sum(len(one.product.variants) for one in page)

    def _copy_pictures(self, page: Sequence[ParsedProduct]) -> None:
        for parsed in page if self._pictures else ():
            assert self._pictures is not None
            try:
                self._copied += self._pictures.copy(
                    parsed.product.handle, parsed.product.product_id
                )
            except UnreadablePicture as picture:
                self._warnings += 1
                self._watcher.notice(
                    RowWarning(line=0, column="", kind="picture_unreadable", value=picture.name)
                )

    def _summary(self) -> ImportSummary:
        applied = self._applied
        return ImportSummary(
            outcome="imported",
            products=self._products,
            variants=self._variants,
            bad_rows=self._checked.bad_rows,
            warnings=self._checked.warnings + self._warnings,
            applied=applied,
            unchanged=self._products - applied.products_added - applied.products_changed,
            quantities_left=self._checked.quantities_left,
            not_in_file=self._checked.not_in_file,
            pictures=self._copied,
        )


def without_rows(parsed: ParsedProduct, lines: frozenset[int]) -> ParsedProduct | None:
    """Return a product without the variants of some rows; None if nothing is left of it."""
    if lines.isdisjoint(parsed.lines):
        return parsed
    kept = [at for at, line in enumerate(parsed.lines) if line not in lines]
    if not kept:
        return None
    variants = tuple(parsed.product.variants[at] for at in kept)
    ids = {variant.variant_id for variant in variants}
    return ParsedProduct(
        product=msgspec.structs.replace(parsed.product, variants=variants),
        opening=tuple(piece for piece in parsed.opening if piece.variant_id in ids),
        lines=tuple(parsed.lines[at] for at in kept),
        quantities=tuple(parsed.quantities[at] for at in kept),
        is_whole=False,
        is_taxed=parsed.is_taxed,
    )


def _picture_folder(options: ImportOptions) -> PictureFolder | None:
    if options.pictures is None or options.pictures_to is None:
        return None
    return PictureFolder(options.pictures, options.pictures_to)


def _said_already(_notice: Notice) -> None:
    """Hear again, in the second pass, what the first one said."""

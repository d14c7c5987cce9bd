"""Barcodes of a file that belong to other products of the till."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pos.ids import ProductId, VariantId
from pos.importers.import_request import AnsweringTill
from pos.importers.product_draft import ParsedProduct
from pos.reports.catalogue import BarcodeOwners, ExistingProducts, KeysOf

_CHUNK = 200


class Conflict(NamedTuple):
    """A row whose barcode is taken, and what has it."""

    line: int
    barcode: str
    owner: VariantId
    product_id: ProductId  # whose row it is
    rows: int  # of that product
    label: str = ""


class BarcodeConflicts:
    """Finds barcodes that are taken; only those are remembered.

    The file decides about its own products: a code may move between their variants, and from one
    product of the file to another.  It is taken if a product that is not in the file sells it.
    """

    def __init__(self, till: AnsweringTill) -> None:
        self._till = till
        self._suspected: list[Conflict] = []
        self._lost: Counter[ProductId] = Counter()
        self.products_lost = 0  # products that lost all their rows

    def look_at(self, page: Sequence[ParsedProduct]) -> None:
        """Remember the rows of a page whose barcodes another variant has."""
        codes = [
            code for one in page for variant in one.product.variants for code in variant.barcodes
        ]
        owners = self._till.ask(BarcodeOwners(barcodes=tuple(codes))) if codes else {}
        if not owners:
            return
        for parsed in page:
            for line, variant in zip(parsed.lines, parsed.product.variants, strict=True):
                for code in variant.barcodes:
                    owner = owners.get(code, variant.variant_id)
                    if owner != variant.variant_id:
                        self._suspect(parsed, line, code, owner)

    def _suspect(self, parsed: ParsedProduct, line: int, code: str, owner: VariantId) -> None:
        rows = len(parsed.lines)
        self._suspected.append(Conflict(line, code, owner, parsed.product.product_id, rows))

    def settle(self, is_in_file: Callable[[str], bool]) -> Iterator[Conflict]:
        """Yield the conflicts that remain now that all handles of the file are known."""
        for start in range(0, len(self._suspected), _CHUNK):
            chunk = self._suspected[start : start + _CHUNK]
            keys = self._till.ask(KeysOf(variant_ids=tuple({c.owner for c in chunk})))
            variants = {key.variant.variant_id: key.variant for key in keys}
            product_ids = tuple({variant.product_id for variant in variants.values()})
            products = self._till.ask(ExistingProducts(product_ids=product_ids))
            for conflict in chunk:
                owner = variants.get(conflict.owner)
                product = products.get(owner.product_id) if owner else None
                if owner is None or product is None or is_in_file(product.handle):
                    continue
                if conflict.owner in {variant.variant_id for variant in product.variants}:
                    self._lost[conflict.product_id] += 1
                    self.products_lost += self._lost[conflict.product_id] == conflict.rows
                    yield conflict._replace(label=owner.label)

"""Tills that only answer, for a dry run: one that is read, and one that is not there yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from pos.importers.import_request import AnswerT
from pos.reports import catalogue
from pos.reports.question import Question
from pos.reports.reader import Reader

_REPORTS: dict[type[Question[Any]], Callable[[Any, Reader, str], Any]] = {
    catalogue.BarcodeOwners: catalogue.barcode_owners,
    catalogue.CountCatalogue: catalogue.count_catalogue,
    catalogue.ExistingProducts: catalogue.existing_products,
    catalogue.KeysOf: catalogue.keys_of,
    catalogue.TaxClassesOf: catalogue.tax_classes_of,
    catalogue.Tiles: catalogue.tiles,
    catalogue.VariantsWithStock: catalogue.variants_with_stock,
}


class ReadTill:
    """A till's database, read as it stands."""

    def __init__(self, reader: Reader, stand: str) -> None:
        self._reader = reader
        self._stand = stand

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return the answer to a question that an import has."""
        return cast(AnswerT, _REPORTS[type(question)](question, self._reader, self._stand))


class NewTill:
    """A till before its first import."""

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return that there is nothing."""
        nothing: dict[type[Question[Any]], Any] = {
            catalogue.BarcodeOwners: {},
            catalogue.CountCatalogue: catalogue.CatalogueSize(products=0, variants=0),
            catalogue.ExistingProducts: {},
            catalogue.TaxClassesOf: {},
            catalogue.VariantsWithStock: frozenset(),
        }
        return cast(AnswerT, nothing[type(question)])

"""What is asked of an import, what it needs, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import msgspec

from pos.commands import PRODUCTS_PAGE_MAX, Command
from pos.domain.catalogue import ProductsApplied
from pos.ids import OperatorCode
from pos.importers.notices import Notice
from pos.importers.product_draft import ParsedProduct, Terms
from pos.reports.question import Question

VARIANTS_PAGE_MAX = 1_000
"""A page is one transaction, and a sale may be waiting behind it."""

AnswerT = TypeVar("AnswerT")


class AnsweringTill(Protocol):
    """A till as a dry run needs it: it answers, and nothing changes."""

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return the answer to a question."""
        ...


class ImportTill(AnsweringTill, Protocol):
    """A till as an import needs it."""

    def execute(self, command: Command) -> Any:
        """Do what is asked, durably."""
        ...


class Watcher(Protocol):
    """Somebody who wants to know how an import goes."""

    def notice(self, notice: Notice) -> None:
        """Hear of a bad row, a warning or a difference, as it is found."""
        ...

    def progress(self, phase: Literal["check", "apply"], done: int, total: int) -> None:
        """Hear how many bytes of the file are done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How a person wants a file to be imported."""

    terms: Terms
    operator: OperatorCode
    skip_bad_rows: bool = False
    pictures: Path | None = None  # the folder of files named by handle
    pictures_to: Path | None = None  # the till's own folder of pictures


class ImportSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, or would do."""

    outcome: Literal["imported", "checked", "refused"]
    products: int  # of the file, as far as they can be imported
    variants: int
    bad_rows: int
    warnings: int
    applied: ProductsApplied  # of a dry run: what would be
    unchanged: int  # products
    quantities_left: int  # differences that only a count may settle
    not_in_file: int  # products that are on sale here and not in the file
    pictures: int  # copied


def pages(products: Iterator[ParsedProduct]) -> Iterator[Sequence[ParsedProduct]]:
    """Yield the products in pages that a till takes in one transaction."""
    page: list[ParsedProduct] = []
    variants = 0
    for parsed in products:
        page.append(parsed)
        variants += len(parsed.product.variants)
        if len(page) == PRODUCTS_PAGE_MAX or variants >= VARIANTS_PAGE_MAX:
            yield page
            page, variants = [], 0
    if page:
        yield page


def added_up(first: ProductsApplied, second: ProductsApplied) -> ProductsApplied:
    """Return what two pages changed together."""
    return ProductsApplied(
        **{
            name: getattr(first, name) + getattr(second, name)
            for name in ProductsApplied.__struct_fields__
        }
    )

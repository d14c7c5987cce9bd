"""A Shopify product export as products, read as a stream.

Rows of one product stand together and share a handle; its own columns stand in the first of them.
A handle that comes back later is a bad row: joining them would need the whole file in memory, and
the shop never writes that (a file sorted by another column does: sort it by handle again).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, groupby
from pathlib import Path

from pos.importers.book_words import looks_like_books
from pos.importers.cells import tidy_text
from pos.importers.csv_table import Row, Table, open_table
from pos.importers.notices import Notice, Problem, RowProblem, RowWarning
from pos.importers.product_draft import HANDLE_MAX, ParsedProduct, ProductDraft, Terms
from pos.importers.seen import Seen
from pos.importers.shopify_columns import Column, columns_known, match_columns

TYPES_MAX = 10_000
"""How many product types are remembered, so that a warning about one comes once."""


class ProductFile:
    """An open export. Problems and warnings go to `say`, in the order of the file's products."""

    def __init__(self, table: Table, terms: Terms, say: Callable[[Notice], None]) -> None:
        self.bad_rows = 0
        self._columns = match_columns(table.header)
        self._table = table
        self._terms = terms
        self._say = say
        self._handles = Seen()
        self._barcodes = Seen()
        self._types: set[str] = set()
        self._untracked = 0

    @property
    def bytes_read(self) -> int:
        """Return how far the file has been read."""
        return self._table.bytes_read

    @property
    def sha256(self) -> str:
        """Return the digest of the file; call it after the last product."""
        return self._table.sha256

    def has_handle(self, handle: str) -> bool:
        """Say whether a product's handle stood in the rows read so far."""
        return handle in self._handles

    def column_name(self, column: Column) -> str:
        """Return what this file calls a column."""
        return self._columns.name(column)

    def products(self) -> Iterator[ParsedProduct]:
        """Yield what can be imported, product by product; rows that cannot are said.

        Raises:
            UnreadableFile: the file as a whole is not right from some line on.
        """
        for handle, rows in groupby(self._table.rows(), key=self._handle_of):
            product = self._read_group(handle, rows)
            if product is not None:
                self._warn_of_type(product)
                yield product
        self._warn_of_file()

    def _handle_of(self, row: Row) -> str:
        return tidy_text(self._columns.read(row.cells, Column.HANDLE), length_max=HANDLE_MAX + 1)

    def _read_group(self, handle: str, rows: Iterator[Row]) -> ParsedProduct | None:
        first = next(rows)
        rows = chain((first,), rows)
        before = self._handles.add(handle, first.line) if handle else 0
        if not handle:
            self._refuse(rows, "missing")
        elif len(handle) > HANDLE_MAX:
            self._refuse(rows, "too_long", handle)
        elif before:
            self._refuse(rows, "handle_again", handle, before)
        else:
            return self._read(handle, rows)
        return None

    def _refuse(
        self, rows: Iterator[Row], kind: Problem, value: str = "", other_line: int = 0
    ) -> None:
        """Leave out all rows of a handle."""
        name = self._columns.name(Column.HANDLE)
        for row in rows:
            self.bad_rows += 1
            self._say(
                RowProblem(
                    line=row.line, column=name, kind=kind, value=value, other_line=other_line
                )
            )

    def _read(self, handle: str, rows: Iterator[Row]) -> ParsedProduct | None:
        draft = ProductDraft(handle, self._columns, self._terms, self._barcodes)
        for row in rows:
            draft.add(row)
        product = draft.finish()
        self._untracked += draft.untracked
        self._tell(draft.notices)
        return product

    def _tell(self, notices: list[Notice]) -> None:
        bad_lines = {notice.line for notice in notices if isinstance(notice, RowProblem)}
        self.bad_rows += len(bad_lines)
        for notice in sorted(notices, key=_line_of):
            self._say(notice)

    def _warn_of_type(self, parsed: ParsedProduct) -> None:
        category = parsed.product.category
        if category in self._types or len(self._types) >= TYPES_MAX:
            return
        self._types.add(category)
        if looks_like_books(category) and self._terms.tax_class_of(category) is None:
            name = self._columns.name(Column.TYPE)
            line = parsed.lines[0]
            self._say(RowWarning(line=line, column=name, kind="looks_like_books", value=category))

    def _warn_of_file(self) -> None:
        if self._untracked:
            name = self._columns.name(Column.TRACKER)
            count = str(self._untracked)
            self._say(RowWarning(line=0, column=name, kind="untracked", value=count))
        if Column.QUANTITY not in self._columns:
            name = self._columns.name(Column.QUANTITY)
            self._say(RowWarning(line=0, column=name, kind="no_quantities"))
        for product_type in self._terms.types_besides(self._types):
            name = self._columns.name(Column.TYPE)
            self._say(RowWarning(line=0, column=name, kind="type_unused", value=product_type))


@contextmanager
def open_products(path: Path, terms: Terms, say: Callable[[Notice], None]) -> Iterator[ProductFile]:
    """Open a Shopify product export.

    Raises:
        UnreadableFile: it is something else.
    """
    with open_table(path, columns_known) as table:
        yield ProductFile(table, terms, say)


def _line_of(notice: Notice) -> int:
    return notice.line if isinstance(notice, RowProblem | RowWarning) else 0

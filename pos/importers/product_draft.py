"""One product while its rows are being read: what is right so far, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from pos.domain.catalogue import NAME_MAX, STANDARD, OpeningStock, Product, Variant
from pos.domain.search import folded
from pos.ids import product_id, variant_id
from pos.importers.cells import (
    SKU_MAX,
    BadCell,
    has_wrong_check_digit,
    parse_amount,
    parse_barcode,
    parse_code,
    parse_quantity,
    parse_yes_or_no,
    tidy_text,
)
from pos.importers.csv_table import Row
from pos.importers.notices import Notice, Problem, RowProblem, RowWarning, Warned
from pos.importers.plain_text import plain_text
from pos.importers.seen import Seen
from pos.importers.shopify_columns import OPTION_NAMES, OPTION_VALUES, Column, Columns
from pos.money import Currency, Money

VARIANTS_MAX = 2048
"""Of one product, as many as the shop allows."""

HANDLE_MAX = 255
WORD_MAX = 100
ADDRESS_MAX = 1000

# What makes a row a variant; without any of these it is one more picture.
_OF_VARIANT = (*OPTION_VALUES, Column.SKU, Column.PRICE, Column.BARCODE, Column.QUANTITY)
_OF_PRODUCT = (
    Column.TITLE,
    Column.DESCRIPTION,
    Column.VENDOR,
    Column.TYPE,
    Column.PUBLISHED,
    Column.STATUS,
    Column.IMAGE,
    Column.GIFT_CARD,
    *OPTION_NAMES,
)
_ON_SALE = {"active": True, "unlisted": True, "draft": False, "archived": False}

T = TypeVar("T")


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a file does not say: its currency, and the tax class of a product's type."""

    currency: Currency
    tax_classes: dict[str, str] = {}  # by type, as a person wrote it

    def tax_class_of(self, product_type: str) -> str | None:
        """Return the class that a person gave to a type; capitals and accents do not matter."""
        wanted = folded(product_type)
        return next((c for name, c in self.tax_classes.items() if folded(name) == wanted), None)

    def types_besides(self, product_types: Iterable[str]) -> list[str]:
        """Return the types that were given a class and are not among these."""
        known = {folded(product_type) for product_type in product_types}
        return [name for name in self.tax_classes if folded(name) not in known]


class ParsedProduct(msgspec.Struct, frozen=True, kw_only=True):
    """A product of the file, with its rows that were right."""

    product: Product
    opening: tuple[OpeningStock, ...]
    lines: tuple[int, ...]  # where each variant's row begins
    quantities: tuple[int | None, ...]  # of each variant; None: the file does not say
    is_whole: bool  # no row of it was left out
    is_taxed: bool = True  # a person gave its type a tax class; the file itself never does


class _VariantRow(msgspec.Struct, frozen=True, kw_only=True):
    line: int
    values: tuple[str, ...]  # three, empty where there is none
    price: Money
    sku: str
    barcodes: tuple[str, ...]
    quantity: int | None


class ProductDraft:
    """Collects the rows of one handle; `notices` is what there is to say about them."""

    def __init__(self, handle: str, columns: Columns, terms: Terms, barcodes: Seen) -> None:
        self.notices: list[Notice] = []
        self.untracked = 0
        self._handle = handle
        self._columns = columns
        self._terms = terms
        self._barcodes = barcodes
        self._line = 0
        self._untaxed_line = 0
        self._lost_rows = False
        self._fields: dict[Column, str] = {}
        self._variants: list[_VariantRow] = []

    def add(self, row: Row) -> None:
        """Take one more row of the product."""
        self._line = self._line or row.line
        extra = [cell for cell in row.cells[self._columns.width :] if cell.strip()]
        if extra:
            self._problem(row.line, "too_many_cells", value=extra[0])
        elif any("\0" in cell for cell in row.cells):
            self._problem(row.line, "control")
        else:
            self._add_cells(row)
            return
        self._lost_rows = True

    def _add_cells(self, row: Row) -> None:
        self._remember_product(row)
        if any(self._columns.read(row.cells, column) for column in _OF_VARIANT):
            self._add_variant(row)

    def finish(self) -> ParsedProduct | None:
        """Return the product, or None if nothing of it can be imported."""
        gift_card = self._flag(Column.GIFT_CARD, when_empty=False)
        if gift_card:
            # Selling one is no turnover (fiscal.md R30), so its rows need not be right either.
            self.notices.clear()
            self._warning(self._line, Column.GIFT_CARD, "gift_card", self._handle)
            return None
        title = self._text(Column.TITLE, NAME_MAX)
        if not title and not self._lost_rows:  # it may have stood in one of those
            self._problem(self._line, "missing", Column.TITLE)
        elif not self._variants and not self._has_problems():
            self._problem(self._line, "missing", Column.PRICE)
        on_sale = self._is_on_sale()
        names, rows = self._options()
        if gift_card is None or on_sale is None or not title or not rows:
            return None
        product = Product(
            product_id=product_id(self._handle),
            handle=self._handle,
            name=title,
            variants=tuple(self._variant(row, options) for row, options in rows),
            artist=self._text(Column.VENDOR, WORD_MAX),
            category=self._text(Column.TYPE, WORD_MAX),
            description=plain_text(self._fields.get(Column.DESCRIPTION, "")),
            tax_class=self._class_given() or STANDARD,
            option_names=names,
            picture=tidy_text(self._fields.get(Column.IMAGE, ""), length_max=ADDRESS_MAX),
            on_sale=on_sale,
        )
        return self._parsed(product, [row for row, _ in rows])

    def _parsed(self, product: Product, rows: list[_VariantRow]) -> ParsedProduct:
        pairs = list(zip(product.variants, rows, strict=True))
        return ParsedProduct(
            product=product,
            opening=tuple(
                OpeningStock(variant.variant_id, row.quantity)
                for variant, row in pairs
                if row.quantity is not None and row.quantity > 0
            ),
            lines=tuple(row.line for row in rows),
            quantities=tuple(row.quantity for row in rows),
            is_whole=not self._has_problems(),
            is_taxed=self._class_given() is not None,
        )

    def _remember_product(self, row: Row) -> None:
        """Keep what belongs to the product; usually all of it stands in the first row."""
        for column in _OF_PRODUCT:
            text = self._columns.read(row.cells, column)
            before = self._fields.setdefault(column, text) if text else text
            if column is Column.TITLE and before != text:
                self._warning(row.line, column, "title_differs", text)

    def _add_variant(self, row: Row) -> None:
        problems = len(self.notices)
        price = self._cell(row, Column.PRICE, self._price)
        sku = self._cell(row, Column.SKU, lambda text: parse_code(text, length_max=SKU_MAX))
        barcode = self._cell(row, Column.BARCODE, parse_barcode)
        quantity = self._cell(row, Column.QUANTITY, _quantity)
        taxable = self._cell(row, Column.TAXABLE, _taxable)
        if barcode and (other := self._barcodes.add(barcode, row.line)):
            self._problem(row.line, "barcode_twice", Column.BARCODE, barcode, other)
        if len(self._variants) >= VARIANTS_MAX:
            self._problem(row.line, "too_many_variants", Column.HANDLE, self._handle)
        if price is None or len(self.notices) > problems:
            return
        if price.minor == 0:
            self._warning(row.line, Column.PRICE, "free")
        if not taxable and not self._untaxed_line:
            self._untaxed_line = row.line
            self._warning(row.line, Column.TAXABLE, "not_taxable")
        if barcode and has_wrong_check_digit(barcode):
            self._warning(row.line, Column.BARCODE, "check_digit", barcode)
        if quantity and quantity < 0:
            self._warning(row.line, Column.QUANTITY, "negative_quantity", str(quantity))
        tracked = self._columns.read(row.cells, Column.TRACKER)
        self.untracked += bool(quantity and not tracked and Column.TRACKER in self._columns)
        self._variants.append(
            _VariantRow(
                line=row.line,
                values=tuple(self._option_value(row, column) for column in OPTION_VALUES),
                price=price,
                sku=sku or "",
                barcodes=(barcode,) if barcode else (),
                quantity=quantity,
            )
        )

    def _price(self, text: str) -> Money:
        if not text:
            raise BadCell("missing")
        return parse_amount(text, self._terms.currency)

    def _option_value(self, row: Row, column: Column) -> str:
        return self._shortened(row.line, column, self._columns.read(row.cells, column), WORD_MAX)

    def _options(self) -> tuple[tuple[str, ...], list[tuple[_VariantRow, tuple[str, ...]]]]:
        """Return the option names, and the variants that have a value for each and are unique."""
        names = [self._text(column, WORD_MAX) for column in OPTION_NAMES]
        if all(row.values == ("Default Title", "", "") for row in self._variants):
            names = ["", "", ""]  # the shop's way to say that there is nothing to choose
        used = [at for at, name in enumerate(names) if name]
        kept: list[tuple[_VariantRow, tuple[str, ...]]] = []
        lines: dict[tuple[str, ...], int] = {}
        for row in self._variants:
            options = tuple(row.values[at] for at in used)
            if not self._has_options(row, used):
                continue
            if other := lines.get(options):
                value = " / ".join(options) or self._handle
                self._problem(row.line, "variant_twice", OPTION_VALUES[0], value, other)
                continue
            lines[options] = row.line
            kept.append((row, options))
        return tuple(names[at] for at in used), kept

    def _has_options(self, row: _VariantRow, used: list[int]) -> bool:
        for at, value in enumerate(row.values):
            if at in used and not value:
                self._problem(row.line, "missing", OPTION_VALUES[at])
                return False
            if at not in used and value not in {"", "Default Title"}:
                self._problem(row.line, "no_option_name", OPTION_NAMES[at], value)
                return False
        return True

    def _variant(self, row: _VariantRow, options: tuple[str, ...]) -> Variant:
        return Variant(
            variant_id=variant_id(self._handle, options),
            options=options,
            price=row.price,
            sku=row.sku,
            barcodes=row.barcodes,
        )

    def _is_on_sale(self) -> bool | None:
        """Say whether the stand sells it; None if the file does not say it clearly.

        `Published` is about the online shop, so it counts only where no status stands.
        """
        status = self._fields.get(Column.STATUS, "")
        published = self._flag(Column.PUBLISHED, when_empty=True)
        if not status or published is None:
            return published
        if status.casefold() not in _ON_SALE:
            self._warning(self._line, Column.STATUS, "unknown_status", status)
        return _ON_SALE.get(status.casefold(), True)

    def _class_given(self) -> str | None:
        return self._terms.tax_class_of(self._fields.get(Column.TYPE, ""))

    def _flag(self, column: Column, *, when_empty: bool) -> bool | None:
        text = self._fields.get(column, "")
        try:
            return parse_yes_or_no(text, when_empty=when_empty)
        except BadCell as bad:
            self._problem(self._line, bad.kind, column, text)
            return None

    def _cell(self, row: Row, column: Column, parse: Callable[[str], T]) -> T | None:
        text = self._columns.read(row.cells, column)
        try:
            return parse(text)
        except BadCell as bad:
            self._problem(row.line, bad.kind, column, text)
            return None

    def _text(self, column: Column, length_max: int) -> str:
        return self._shortened(self._line, column, self._fields.get(column, ""), length_max)

    def _shortened(self, line: int, column: Column, text: str, length_max: int) -> str:
        if len(tidy_text(text, length_max=8 * length_max)) > length_max:
            self._warning(line, column, "shortened", text)
        return tidy_text(text, length_max=length_max)

    def _has_problems(self) -> bool:
        return any(isinstance(notice, RowProblem) for notice in self.notices)

    def _problem(
        self,
        line: int,
        kind: Problem,
        column: Column = Column.HANDLE,
        value: str = "",
        other_line: int = 0,
    ) -> None:
        name = self._columns.name(column)
        self.notices.append(
            RowProblem(line=line, column=name, kind=kind, value=value, other_line=other_line)
        )

    def _warning(self, line: int, column: Column, kind: Warned, value: str = "") -> None:
        name = self._columns.name(column)
        self.notices.append(RowWarning(line=line, column=name, kind=kind, value=value))


def _quantity(text: str) -> int | None:
    return parse_quantity(text) if text else None


def _taxable(text: str) -> bool:
    return parse_yes_or_no(text, when_empty=True)

"""Which column of a Shopify product export is which.

Three generations of names are in use: `Variant Price` (until 2025), with `Custom Product Type`
instead of `Type` around 2021, and `Price` with `URL handle` (since 2025).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, auto

from pos.importers.notices import UnreadableFile


class Column(IntEnum):
    """What an importer wants to know of a product."""

    HANDLE = auto()
    TITLE = auto()
    DESCRIPTION = auto()
    VENDOR = auto()
    TYPE = auto()
    PUBLISHED = auto()
    STATUS = auto()
    OPTION1_NAME = auto()
    OPTION1_VALUE = auto()
    OPTION2_NAME = auto()
    OPTION2_VALUE = auto()
    OPTION3_NAME = auto()
    OPTION3_VALUE = auto()
    SKU = auto()
    TRACKER = auto()
    QUANTITY = auto()
    PRICE = auto()
    TAXABLE = auto()
    BARCODE = auto()
    IMAGE = auto()
    GIFT_CARD = auto()


OPTION_NAMES = (Column.OPTION1_NAME, Column.OPTION2_NAME, Column.OPTION3_NAME)
OPTION_VALUES = (Column.OPTION1_VALUE, Column.OPTION2_VALUE, Column.OPTION3_VALUE)
REQUIRED = (Column.HANDLE, Column.TITLE, Column.PRICE)

# The first name is the one that a message uses; of several in one file, the earlier counts.
_NAMES: dict[Column, tuple[str, ...]] = {
    Column.HANDLE: ("Handle", "URL handle"),
    Column.TITLE: ("Title",),
    Column.DESCRIPTION: ("Body (HTML)", "Body HTML", "Description"),
    Column.VENDOR: ("Vendor",),
    Column.TYPE: ("Type", "Custom Product Type", "Product Type"),
    Column.PUBLISHED: ("Published", "Published on online store"),
    Column.STATUS: ("Status",),
    Column.OPTION1_NAME: ("Option1 Name",),
    Column.OPTION1_VALUE: ("Option1 Value",),
    Column.OPTION2_NAME: ("Option2 Name",),
    Column.OPTION2_VALUE: ("Option2 Value",),
    Column.OPTION3_NAME: ("Option3 Name",),
    Column.OPTION3_VALUE: ("Option3 Value",),
    Column.SKU: ("Variant SKU", "SKU"),
    Column.TRACKER: ("Variant Inventory Tracker", "Inventory tracker"),
    Column.QUANTITY: ("Variant Inventory Qty", "Inventory quantity"),
    Column.PRICE: ("Variant Price", "Price"),
    Column.TAXABLE: ("Variant Taxable", "Charge tax"),
    Column.BARCODE: ("Variant Barcode", "Barcode"),
    Column.IMAGE: ("Image Src", "Product image URL"),
    Column.GIFT_CARD: ("Gift Card",),
}


def _plain(name: str) -> str:
    """Return a header as it is compared: without capitals, blanks or a stray byte order mark."""
    return "".join(name.replace("\ufeff", "").split()).casefold()


_KNOWN = {_plain(name): column for column, names in _NAMES.items() for name in names}


class Columns:
    """Where each known column stands in a file, and how the file calls it."""

    def __init__(self, header: Sequence[str]) -> None:
        self.width = len(header)
        self._places: dict[Column, int] = {}
        plain = [_plain(name) for name in header]
        for column, names in _NAMES.items():
            for name in map(_plain, names):
                if plain.count(name) > 1:
                    raise UnreadableFile("column_twice", line=1, value=header[plain.index(name)])
                if name in plain:
                    self._places.setdefault(column, plain.index(name))
        self._written = {column: header[at].strip() for column, at in self._places.items()}

    def __contains__(self, column: Column) -> bool:
        """Say whether the file has a column."""
        return column in self._places

    def name(self, column: Column) -> str:
        """Return what the file calls a column, else its usual name."""
        return self._written.get(column, _NAMES[column][0])

    def read(self, cells: Sequence[str], column: Column) -> str:
        """Return a row's cell without blanks around it; empty where the row or file has none."""
        at = self._places.get(column)
        return cells[at].strip() if at is not None and at < len(cells) else ""


def columns_known(header: Sequence[str]) -> int:
    """Return how many of a header's cells are columns of a product export."""
    return sum(_plain(name) in _KNOWN for name in header)


def match_columns(header: Sequence[str]) -> Columns:
    """Find the columns of a product export by their names.

    Raises:
        UnreadableFile: a required one is missing, or the file is another export.
    """
    plain = {_plain(name) for name in header}
    if "lineitemname" in plain:
        raise UnreadableFile("orders", line=1)
    columns = Columns(header)
    missing = [column for column in REQUIRED if column not in columns]
    if missing and "location" in plain and "handle" in plain:
        raise UnreadableFile("inventory", line=1)
    if missing:
        names = ", ".join(_NAMES[column][0] for column in missing)
        raise UnreadableFile("missing_columns", line=1, value=names)
    return columns

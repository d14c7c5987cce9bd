"""Files as a shop writes them, and somebody who listens to an import."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pos.ids import OperatorCode
from pos.importers.import_request import ImportOptions
from pos.importers.notices import (
    Notice,
    NotInFile,
    Problem,
    QuantityDiffers,
    RowProblem,
    RowWarning,
    Warned,
)
from pos.importers.product_draft import ParsedProduct, Terms
from pos.importers.shopify_products import open_products
from pos.money import EUR

DATA = Path(__file__).parents[2] / "data"
REAL_FILE = DATA / "shopify-products-apparel.csv"

Cells = Mapping[str, str]

HEADER = (
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "Variant SKU",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Price",
    "Variant Taxable",
    "Variant Barcode",
    "Image Src",
    "Gift Card",
    "Status",
)
NEW_HEADER = (
    "Title",
    "URL handle",
    "Description",
    "Vendor",
    "Product category",
    "Type",
    "Published on online store",
    "Status",
    "SKU",
    "Barcode",
    "Option1 name",
    "Option1 value",
    "Option1 Linked To",
    "Option2 name",
    "Option2 value",
    "Price",
    "Compare-at price",
    "Charge tax",
    "Inventory tracker",
    "Inventory quantity",
    "Product image URL",
    "Gift card",
)


def a_shirt(handle: str = "wildfire", size: str = "M", **cells: str) -> dict[str, str]:
    """Return the first row of a product with sizes; `cells` are named by column, `_` for blank."""
    row = {
        "Handle": handle,
        "Title": "T-shirt Wildfire",
        "Vendor": "Les Naufragés",
        "Type": "T-shirts",
        "Published": "true",
        "Option1 Name": "Size",
        "Option1 Value": size,
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": "12",
        "Variant Price": "25.00",
        "Variant Taxable": "true",
        "Gift Card": "false",
        "Status": "active",
    }
    return row | _named(cells)


def a_size(handle: str = "wildfire", size: str = "L", **cells: str) -> dict[str, str]:
    """Return a continuation row: one more size of the product above."""
    row = {
        "Handle": handle,
        "Option1 Value": size,
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": "12",
        "Variant Price": "25.00",
        "Variant Taxable": "true",
    }
    return row | _named(cells)


def _named(cells: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", " "): value for name, value in cells.items()}


def csv_text(rows: Sequence[Cells], header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue()


def write(tmp_path: Path, *rows: Cells, name: str = "products.csv") -> Path:
    """Write rows as a shop's export and return where."""
    path = tmp_path / name
    path.write_bytes(csv_text(rows).encode())
    return path


class Heard:
    """A watcher that remembers all it heard."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.phases: list[str] = []
        self.done: list[tuple[int, int]] = []

    def notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def progress(self, phase: Literal["check", "apply"], done: int, total: int) -> None:
        self.phases.append(phase)
        self.done.append((done, total))

    @property
    def problems(self) -> list[tuple[int, str, Problem]]:
        """Where a row is bad, and why: line, column, kind."""
        found = (notice for notice in self.notices if isinstance(notice, RowProblem))
        return [(notice.line, notice.column, notice.kind) for notice in found]

    @property
    def warnings(self) -> list[tuple[int, Warned]]:
        found = (notice for notice in self.notices if isinstance(notice, RowWarning))
        return [(notice.line, notice.kind) for notice in found]

    @property
    def differences(self) -> list[tuple[str, int, int]]:
        found = (notice for notice in self.notices if isinstance(notice, QuantityDiffers))
        return [(notice.label, notice.in_file, notice.on_hand) for notice in found]

    @property
    def missing(self) -> list[str]:
        return [notice.name for notice in self.notices if isinstance(notice, NotInFile)]


def terms(**tax_classes: str) -> Terms:
    return Terms(currency=EUR, tax_classes=tax_classes)


def options(
    *,
    skip_bad_rows: bool = False,
    pictures: Path | None = None,
    tax_classes: dict[str, str] | None = None,
) -> ImportOptions:
    return ImportOptions(
        terms=terms(**(tax_classes or {})),
        operator=OperatorCode("till"),
        skip_bad_rows=skip_bad_rows,
        pictures=pictures,
        pictures_to=pictures.parent / "kept" if pictures else None,
    )


def read(path: Path, wanted: Terms | None = None) -> tuple[list[ParsedProduct], Heard]:
    """Return what a file holds and what there was to say about it."""
    heard = Heard()
    with open_products(path, wanted or terms(), heard.notice) as file:
        return list(file.products()), heard


def read_rows(tmp_path: Path, *rows: Cells) -> tuple[list[ParsedProduct], Heard]:
    return read(write(tmp_path, *rows))

"""A catalogue from a real shop, and a sale of it: by code, by tile, by search."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from babel.dates import format_datetime
from typer.testing import CliRunner

from pos import FISCAL_VERSION, __version__
from pos.bootstrap import open_till
from pos.clock import utc_now
from pos.domain.receipt_code import unpack
from pos.folders import Folders
from pos.founding import Place
from pos.reports.catalogue import KeysOf, Tiles
from pos.reports.sales import FindLastSale, SaleRecord
from receipts.copy import signature_excerpt
from tests.builders import a_till, folders_in
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui import cli_import

REAL_FILE = Path(__file__).parents[2] / "data" / "shopify-products-apparel.csv"
MEDIUM = "Classic Varsity Top · Medium"


@pytest.fixture
def shop(tmp_path: Path) -> Folders:
    """Return a till with the shop's export in it, brought in by the command."""
    a_till(tmp_path, now=utc_now).close()
    folders = folders_in(tmp_path)
    where = ["--data", str(folders.data), "--config", str(folders.config)]
    answer = CliRunner().invoke(cli_import.app, ["products", str(REAL_FILE), *where])
    assert answer.exit_code == 0, answer.output
    assert "20 products, 22 variants, 0 bad rows" in answer.output
    return folders


def code_of_the_medium(folders: Folders) -> str:
    """Return the till's own EAN-13, as the catalogue prints it on a label."""
    till = open_till(Place(folders))
    (tile,) = till.ask(Tiles(words="varsity")).tiles
    code = next(k.variant.barcode for k in tile.keys if k.variant.options == ("Medium",))
    till.close()
    assert re.fullmatch(r"20\d{11}", code)
    return code


def by_code(cashier: Cashier, code: str) -> None:
    cashier.scan(code)


def by_tile(cashier: Cashier, _code: str) -> None:
    cashier.touch(cashier.size_key(MEDIUM))


def by_search(cashier: Cashier, _code: str) -> None:
    cashier.type("varsity")
    cashier.until(lambda: len(cashier.tiles()) == 1)
    cashier.touch(cashier.size_key(MEDIUM))


@pytest.mark.parametrize("choose", [by_code, by_tile, by_search])
def test_an_imported_size_is_sold_for_cash_and_its_receipt_is_right(
    opens: Opens, shop: Folders, choose: Callable[[Cashier, str], None]
) -> None:
    # Given a till with the shop's catalogue
    code = code_of_the_medium(shop)
    cashier = opens(shop)
    # When the size is chosen and paid with a note of 100
    choose(cashier, code)
    cashier.until_lines("1 × Classic Varsity Top, Medium, €60.00")
    cashier.pay()
    assert "€60.00" in cashier.texts(cashier.window.payment)
    cashier.press("€100")
    cashier.until_page(cashier.window.done)
    assert "€40.00" in cashier.texts(cashier.window.done)
    # And the customer wants the receipt
    cashier.press("Print")
    (receipt,) = cashier.printed()
    # Then it says what was sold, and so does the journal
    record = cashier.ask(FindLastSale())
    assert record is not None
    assert_receipt(receipt, record)
    (key,) = cashier.ask(KeysOf(variant_ids=(record.sale.lines[0].variant_id,)))
    assert key.on_hand == 0  # the shop's file has one


def assert_receipt(receipt: str, record: SaleRecord) -> None:
    """Compare each field with what was sold; what only the journal knows, with the journal."""
    rows = [" ".join(line.split()) for line in receipt.splitlines()]
    code = "".join(row.removeprefix("[QR] ") for row in receipt.splitlines() if "[QR]" in row)
    assert [row for row in rows if row and not row.startswith(("[QR]", "-", "✂"))] == [
        "Les Disques du Quai",
        "SARL",
        "12 rue des Ateliers",
        "44000 Nantes",
        "SIRET 12345678200010",
        "N° TVA FR11123456782",
        "Ticket de caisse GS-1-1-000001",
        f"{french(record.sale.local_time)} Caisse 1",
        "Grande scène Opérateur till",
        "Classic Varsity Top · Medium",
        "1 × 60,00 60,00",
        "Total 60,00 €",
        "Espèces 100,00 €",
        "Rendu 40,00 €",
        "Taux HT TVA TTC",
        "20 % 50,00 10,00 60,00",
        "Nombre de lignes 1 Articles 1",
        f"Échoppe {__version__} Module fiscal {FISCAL_VERSION}",
        f"Signature {signature_excerpt(record.signature)} Écriture {record.seq}",
    ]
    assert code == record.code
    assert unpack(code).receipt.total_minor == record.sale.total.minor


def french(local_time: str) -> str:
    moment = datetime.fromisoformat(local_time)
    return format_datetime(moment, "d MMM y, HH:mm:ss", locale="fr")

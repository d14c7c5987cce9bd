"""A basket of which a part was paid, and a power cut at any moment of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt

from pos.folders import Folders
from pos.reports.sales import FindLastSale, SavedBasket
from tests.builders import folders_in
from tests.ui.screens.conftest import WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens

SHIRT = "1 × T-shirt Wildfire, M, €25.00"


def ask_the_terminal(cashier: Cashier) -> None:
    cashier.press_key(Qt.Key.Key_C, "c")
    cashier.until_says("On the terminal, take")


def pay_by_card(cashier: Cashier, typed: str) -> None:
    """Take a part of what is due by card; the terminal says yes."""
    cashier.type(typed)
    cashier.until(lambda: f"€{typed}" in cashier.texts(cashier.window.payment))
    ask_the_terminal(cashier)
    cashier.press("It is paid")


def begin(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay()


def pay_a_part(cashier: Cashier) -> None:
    """Take 20 € of the shirt's 25 by card."""
    begin(cashier)
    pay_by_card(cashier, "20")
    cashier.until_says("Left to pay")


def remove_the_paid_line(cashier: Cashier) -> None:
    """Empty a basket for which 20 € were taken."""
    pay_a_part(cashier)
    cashier.press("Remove line")
    cashier.until_page(cashier.window.checkout)


def as_the_power_left_it(cashier: Cashier, place: Path) -> Folders:
    """Return a copy of a till that nobody closed, as its disk is at this moment."""
    cashier.ask(SavedBasket())  # what was asked before is done
    for folder in (cashier.folders.data, cashier.folders.config):
        not_the_lock = shutil.ignore_patterns("*.lock", "lock")
        shutil.copytree(folder, place / folder.name, ignore=not_the_lock)
    return folders_in(place)


def after_a_power_cut(opens: Opens, cashier: Cashier, place: Path) -> Cashier:
    """Return somebody at the till that starts again with what was on the disk."""
    folders = as_the_power_left_it(cashier, place)
    cashier.close()
    return opens(folders)


def tenders_sold(cashier: Cashier) -> list[tuple[str, int]]:
    """Return how the last sale was paid; of no sale, nothing."""
    record = cashier.ask(FindLastSale())
    return [(t.method, t.amount.minor) for t in record.sale.tenders] if record else []

"""A till with a printer in the network: one that is off, and what one printed that is not."""

from __future__ import annotations

from pos.folders import Folders
from pos.settings import PrinterSettings, Settings
from tests.receipts.escpos_interpreter import EscposPrinter, PrintedLine
from tests.receipts.fake_tcp_printer import closed_port
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens


def over_the_network(port: int, *, drawer: bool = False) -> Settings:
    printer = PrinterSettings(
        kind="network", host="127.0.0.1", port=port, drawer=drawer, connect_timeout_s=0.5
    )
    return Settings(language="en", sound=False, printer=printer)


def behind_a_dead_printer(opens: Opens, stand: Folders) -> tuple[Cashier, int]:
    """Return somebody at a till that has found its printer switched off, and the printer's port."""
    _, port = closed_port()
    cashier = opens(stand, settings=over_the_network(port))
    cashier.until_says("The printer is off.")
    return cashier, port


def words_of(job: bytes) -> str:
    printed = EscposPrinter().take(job)
    return "\n".join(row.text for row in printed if isinstance(row, PrintedLine))

"""Receipts that did not reach any paper are named until somebody says that he has read it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from pos.errors import PrinterUnavailable
from pos.folders import Folders
from pos.settings import PrinterSettings
from receipts.document import Document
from receipts.printers import Printer
from receipts.spooler import Spooler, Status
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui import printing
from ui.unprinted import NOT_PRINTED

NAMED = "GS-1-1-000001, GS-1-1-000002, GS-1-1-000003"


class HangingPrinter:
    """Takes its time over a document, and then it was not reached."""

    columns = 48

    def __init__(self) -> None:
        self.is_sending, self.may_fail = threading.Event(), threading.Event()
        self.spoolers: list[Spooler] = []

    def spooler(self, printer: Printer, tell: Callable[[Status], None]) -> Spooler:
        """Make a spooler, and keep it."""
        self.spoolers.append(Spooler(printer, tell))
        return self.spoolers[-1]

    def check(self) -> None:
        """Find nothing wrong."""

    def print(self, _document: Document) -> None:
        self.is_sending.set()
        self.may_fail.wait(20)
        raise PrinterUnavailable("unreachable", "")


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[HangingPrinter]:
    """Make the next tills print on a printer that hangs."""
    printer = HangingPrinter()
    monkeypatch.setattr(printing, "make_printer", lambda *_, **__: printer)
    monkeypatch.setattr(printing, "Spooler", printer.spooler)
    yield printer
    printer.may_fail.set()


def note_of(folders: Folders) -> list[str]:
    note = folders.data / "receipts" / NOT_PRINTED
    return note.read_text(encoding="utf-8").split() if note.exists() else []


def leave_unprinted(folders: Folders, count: int) -> None:
    note = folders.data / "receipts" / NOT_PRINTED
    note.parent.mkdir(exist_ok=True)
    note.write_text("\n".join(f"GS-1-1-00000{n}" for n in range(1, count + 1)), encoding="utf-8")


def send(cashier: Cashier, printer: HangingPrinter, count: int) -> None:
    """Have receipts wait behind one that is being sent."""
    for n in range(1, count + 1):
        printer.spoolers[-1].submit(Document(title=f"GS-1-1-00000{n}", rows=(), columns=48))
    assert printer.is_sending.wait(20)


def leave_waiting(cashier: Cashier, printer: HangingPrinter, count: int) -> None:
    """Have receipts fail on the printer, so that they wait for it."""
    send(cashier, printer, count)
    printer.may_fail.set()
    cashier.until(lambda: len(cashier.app.receipts.waiting) == count)


def test_another_printer_loses_no_receipt_that_the_old_one_was_to_print(
    hanging: HangingPrinter, opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand)
    send(cashier, hanging, 3)
    # Given that somebody chooses another printer meanwhile
    cashier.app.receipts.use(PrinterSettings())
    said = "Not printed: GS-1-1-000002, GS-1-1-000003. Print again what is wanted."
    assert said in cashier.banners()
    # When the old one fails after all
    hanging.may_fail.set()
    cashier.until_says("GS-1-1-000001")
    # Then all three are said and noted, until somebody has read it
    assert note_of(stand) == ["GS-1-1-000002", "GS-1-1-000003", "GS-1-1-000001"]
    cashier.press("Understood")
    assert (cashier.banners(), note_of(stand)) == ((), [])


def test_a_till_that_is_closed_while_the_old_printer_hangs_notes_its_receipt_too(
    hanging: HangingPrinter, opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand)
    send(cashier, hanging, 1)
    cashier.app.receipts.use(PrinterSettings())
    cashier.close()
    assert note_of(stand) == ["GS-1-1-000001"]


def test_more_receipts_than_fit_are_counted(opens: Opens, stand: Folders) -> None:
    leave_unprinted(stand, 5)
    (said,) = opens(stand).banners()
    assert f"closed: {NAMED} and 2 more." in said


def test_what_nobody_has_read_is_said_again_at_the_next_start(opens: Opens, stand: Folders) -> None:
    leave_unprinted(stand, 3)
    for _ in range(2):
        cashier = opens(stand)
        (said,) = cashier.banners()
        assert NAMED in said
        cashier.close()
    cashier = opens(stand)
    cashier.press("Understood")
    cashier.close()
    assert opens(stand).banners() == ()


def test_the_strip_speaks_the_new_language_and_is_still_closed_for_good(
    opens: Opens, stand: Folders
) -> None:
    leave_unprinted(stand, 5)
    cashier = opens(stand)
    cashier.press("Language")
    cashier.until_says("Pas imprimé à la fermeture de la caisse")
    assert f"{NAMED} et 2 de plus" in cashier.banners()[0]
    cashier.press("Compris")
    assert note_of(stand) == []


def test_closing_warns_again_once_the_warning_was_read(
    hanging: HangingPrinter, opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand)
    leave_waiting(cashier, hanging, 2)
    cashier.window.close()
    cashier.until_says("Not printed yet: GS-1-1-000001, GS-1-1-000002.")
    # Given that somebody stays, and reads it
    cashier.press("Understood")
    # Then the close of the evening warns too, and the one right after it is meant
    cashier.window.close()
    assert cashier.window.isVisible()
    cashier.window.close()
    assert not cashier.window.isVisible()


def test_receipts_that_came_since_are_warned_of(
    hanging: HangingPrinter, opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand)
    leave_waiting(cashier, hanging, 1)
    cashier.window.close()
    send(cashier, hanging, 2)
    cashier.until(lambda: len(cashier.app.receipts.waiting) == 3)
    cashier.window.close()
    assert cashier.window.isVisible()

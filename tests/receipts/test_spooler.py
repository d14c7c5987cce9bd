from __future__ import annotations

import logging
import queue
import threading
import time
from pathlib import Path

import pytest

from pos.errors import PrinterUnavailable
from receipts.document import Cut, Document, Text, Width
from receipts.drawer import open_drawer
from receipts.network_printer import NetworkPrinter, Timeouts
from receipts.printers import FilePrinter, Printer
from receipts.spooler import (
    GivenUp,
    Pauses,
    Printed,
    Printing,
    Ready,
    Spooler,
    Status,
    Trouble,
)
from tests.receipts.fake_tcp_printer import HANG_GUARD_S, FakeTcpPrinter, Manners, closed_port

AT_ONCE = Pauses(first_s=0.01, longest_s=0.05)
NEVER_BY_ITSELF = Pauses(first_s=600, longest_s=600)


def a_receipt(number: int) -> Document:
    return Document(title=f"GS-1-2-{number:06d}", columns=48, rows=(Text("Merci"), Cut()))


class FakePrinter:
    """A printer that is told what goes wrong, and that can be held in the middle of a job."""

    columns: Width = 48

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.trouble: BaseException | None = None
        self.check_trouble: BaseException | None = None
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.tries: queue.Queue[str] = queue.Queue()

    def print(self, document: Document) -> None:
        self.tries.put(document.title)
        assert self.may_go_on.wait(HANG_GUARD_S)
        if self.trouble is not None:
            raise self.trouble
        self.printed.append(document.title)

    def check(self) -> None:
        trouble = self.check_trouble or self.trouble
        if isinstance(trouble, PrinterUnavailable | ValueError):
            raise trouble


class Told:
    """Keeps what a spooler tells, in order."""

    def __init__(self) -> None:
        self._statuses: queue.Queue[Status] = queue.Queue()
        self.all: list[Status] = []

    def __call__(self, status: Status) -> None:
        self._statuses.put(status)

    def until(self, wanted: Status | type[Status]) -> Status:
        """Return the next status that is, or is a, `wanted`."""
        hangs_at = time.monotonic() + HANG_GUARD_S
        while True:
            assert time.monotonic() < hangs_at, self.all[-5:]
            status = self._statuses.get(timeout=HANG_GUARD_S)
            self.all.append(status)
            if status == wanted or (isinstance(wanted, type) and isinstance(status, wanted)):
                return status


def a_spooler(printer: Printer, told: Told, pauses: Pauses = AT_ONCE) -> Spooler:
    return Spooler(printer, told, pauses=pauses, queue_max=5)


def test_receipts_are_printed_in_the_order_in_which_they_came() -> None:
    printer, told = FakePrinter(), Told()
    spooler = a_spooler(printer, told)
    for number in range(1, 4):
        spooler.submit(a_receipt(number))
    assert spooler.close() == ()
    assert printer.printed == [f"GS-1-2-{number:06d}" for number in range(1, 4)]


def test_the_status_says_what_happens() -> None:
    printer, told = FakePrinter(), Told()
    spooler = a_spooler(printer, told)
    told.until(Ready())
    spooler.submit(a_receipt(1))
    told.until(Printed("GS-1-2-000001"))
    told.until(Ready())
    assert told.all == [
        Ready(),
        Printing("GS-1-2-000001"),
        Printed("GS-1-2-000001"),
        Ready(),
    ]
    spooler.close()


def test_a_sale_does_not_wait_for_a_printer_that_hangs() -> None:
    """The caller comes back although nothing is ever printed."""
    printer, told = FakePrinter(), Told()
    printer.may_go_on.clear()
    spooler = a_spooler(printer, told)
    for number in range(1, 5):
        spooler.submit(a_receipt(number))
    assert printer.tries.get(timeout=HANG_GUARD_S) == "GS-1-2-000001"
    assert printer.printed == []
    printer.may_go_on.set()
    spooler.close()
    assert len(printer.printed) == 4


def test_what_waits_for_a_dead_printer_comes_when_it_is_back() -> None:
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("refused", "till printer")
    spooler = a_spooler(printer, told)
    spooler.submit(a_receipt(1))
    told.until(Trouble("refused", "till printer", ("GS-1-2-000001",)))
    spooler.submit(a_receipt(2))
    told.until(Trouble("refused", "till printer", ("GS-1-2-000001", "GS-1-2-000002")))
    printer.trouble = None
    told.until(Printed("GS-1-2-000002"))
    assert printer.printed == ["GS-1-2-000001", "GS-1-2-000002"]
    told.until(Ready())
    spooler.close()


def test_the_pauses_between_tries_grow_to_the_longest() -> None:
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("timeout")
    spooler = Spooler(printer, told, pauses=Pauses(first_s=0.01, longest_s=0.02))
    spooler.submit(a_receipt(1))
    for _ in range(5):
        told.until(Trouble)
    assert spooler._pause_s == 0.02  # noqa: SLF001 because nothing else shows it without a clock
    spooler.close()


def test_a_new_receipt_tries_the_printer_at_once() -> None:
    """Somebody stands there and waits: the pause is for the nights."""
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("refused")
    spooler = a_spooler(printer, told, NEVER_BY_ITSELF)
    told.until(Trouble("refused", "", ()))
    printer.trouble = None
    spooler.submit(a_receipt(1))
    told.until(Printed("GS-1-2-000001"))
    spooler.close()


def test_a_person_who_has_seen_to_the_printer_need_not_wait() -> None:
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("paper")
    spooler = a_spooler(printer, told, NEVER_BY_ITSELF)
    told.until(Trouble)
    printer.trouble = None
    spooler.retry()
    told.until(Ready())
    spooler.close()


def test_a_printer_is_found_to_be_back_although_nothing_is_to_be_printed() -> None:
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("offline")
    spooler = a_spooler(printer, told)
    told.until(Trouble)
    printer.trouble = None
    told.until(Ready())
    spooler.close()


def test_a_receipt_that_may_be_partly_printed_is_given_up_and_said_so() -> None:
    """Printed again by itself it would be a second receipt without a duplicate's number."""
    printer, told = FakePrinter(), Told()
    spooler = a_spooler(printer, told)
    told.until(Ready())
    printer.trouble = PrinterUnavailable("write", "closed")
    spooler.submit(a_receipt(1))
    told.until(GivenUp("GS-1-2-000001", "write", "closed", is_partly_printed=True))
    told.until(Trouble("write", "closed", ()))
    printer.trouble = None
    spooler.submit(a_receipt(2))
    told.until(Printed("GS-1-2-000002"))
    assert printer.printed == ["GS-1-2-000002"]
    assert spooler.close() == ()


def test_the_drawer_does_not_open_ten_minutes_later() -> None:
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("refused")
    spooler = a_spooler(printer, told, NEVER_BY_ITSELF)
    told.until(Trouble)
    spooler.submit(a_receipt(1))
    told.until(Trouble)
    spooler.submit(open_drawer(), keeps=False)
    told.until(GivenUp("drawer", "refused", "", is_partly_printed=False))
    assert told.until(Trouble) == Trouble("refused", "", ("GS-1-2-000001",))
    printer.trouble = None
    spooler.retry()
    told.until(Ready())
    assert printer.printed == ["GS-1-2-000001"]
    spooler.close()


def test_a_queue_that_is_full_says_no_and_keeps_what_it_has() -> None:
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("refused")
    spooler = a_spooler(printer, told, NEVER_BY_ITSELF)
    for number in range(1, 6):
        spooler.submit(a_receipt(number))
    with pytest.raises(PrinterUnavailable) as refused:
        spooler.submit(a_receipt(6))
    assert refused.value.reason == "queue"
    assert len(spooler.close()) == 5


def test_what_is_cleared_is_named_and_not_printed() -> None:
    printer, told = FakePrinter(), Told()
    printer.may_go_on.clear()
    spooler = a_spooler(printer, told)
    spooler.submit(a_receipt(1))
    printer.tries.get(timeout=HANG_GUARD_S)
    spooler.submit(a_receipt(2))
    assert spooler.clear() == ("GS-1-2-000002",)
    printer.may_go_on.set()
    spooler.close()
    assert printer.printed == ["GS-1-2-000001"]


def test_closing_prints_the_rest_on_a_printer_that_works() -> None:
    printer, told = FakePrinter(), Told()
    printer.may_go_on.clear()
    spooler = a_spooler(printer, told)
    for number in range(1, 4):
        spooler.submit(a_receipt(number))
    printer.tries.get(timeout=HANG_GUARD_S)
    printer.may_go_on.set()
    assert spooler.close() == ()
    assert len(printer.printed) == 3


def test_closing_names_the_receipts_that_were_not_printed() -> None:
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("refused")
    spooler = a_spooler(printer, told, NEVER_BY_ITSELF)
    spooler.submit(a_receipt(1))
    spooler.submit(a_receipt(2))
    assert spooler.close() == ("GS-1-2-000001", "GS-1-2-000002")


def test_closing_does_not_wait_for_a_printer_that_hangs() -> None:
    printer, told = FakePrinter(), Told()
    printer.may_go_on.clear()
    spooler = a_spooler(printer, told)
    spooler.submit(a_receipt(1))
    printer.tries.get(timeout=HANG_GUARD_S)
    assert spooler.close(timeout_s=0.1) == ("GS-1-2-000001",)
    printer.may_go_on.set()


def test_a_mistake_of_ours_reaches_the_crash_handler_and_the_next_receipt_prints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crashes: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda crash: crashes.append(crash.exc_type))
    printer, told = FakePrinter(), Told()
    spooler = a_spooler(printer, told)
    told.until(Ready())
    printer.trouble = KeyError("style")
    spooler.submit(a_receipt(1))
    told.until(GivenUp("GS-1-2-000001", "bug", "KeyError", is_partly_printed=False))
    told.until(Ready())  # and the light does not say for ever that it is printing
    printer.trouble = None
    spooler.submit(a_receipt(2))
    told.until(Printed("GS-1-2-000002"))
    assert crashes == [KeyError]
    spooler.close()


def test_a_mistake_in_looking_for_the_printer_does_not_stop_the_printing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such as a host whose name the system cannot even look up."""
    crashes: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda crash: crashes.append(crash.exc_type))
    printer, told = FakePrinter(), Told()
    printer.check_trouble = ValueError("embedded null character")
    spooler = a_spooler(printer, told)
    told.until(Trouble("unreachable", "ValueError", ()))
    spooler.submit(a_receipt(1))
    told.until(Printed("GS-1-2-000001"))
    assert set(crashes) == {ValueError}
    spooler.close()


def test_trouble_is_logged_once_and_its_end_once(caplog: pytest.LogCaptureFixture) -> None:
    printer, told = FakePrinter(), Told()
    printer.trouble = PrinterUnavailable("refused", "till printer")
    with caplog.at_level(logging.INFO, logger="receipts.spooler"):
        spooler = a_spooler(printer, told)
        for _ in range(4):
            told.until(Trouble)
        printer.trouble = None
        told.until(Ready())
        spooler.close()
    assert [record.message for record in caplog.records] == [
        "printer: refused till printer",
        "the printer works again",
    ]


def test_a_network_printer_that_is_plugged_in_later_gets_the_receipt() -> None:
    """The whole way: port closed, receipt waits, printer comes back on the same port."""
    host, port = closed_port()
    told = Told()
    spooler = a_spooler(NetworkPrinter((host, port), timeouts=Timeouts(status_s=0.1)), told)
    spooler.submit(a_receipt(1))
    refused = told.until(Trouble)
    assert isinstance(refused, Trouble)
    assert refused.reason == "refused"
    with FakeTcpPrinter(port=port) as fake:
        told.until(Printed("GS-1-2-000001"))
        assert len(fake.wait_for_jobs(1)) == 1
    spooler.close()


def test_a_network_printer_that_dies_in_the_middle_is_not_sent_the_receipt_again() -> None:
    told = Told()
    with FakeTcpPrinter(Manners(dies_after_bytes=20, bytes_at_a_time=10)) as fake:
        spooler = a_spooler(NetworkPrinter(fake.address), told)
        spooler.submit(a_receipt(1))
        given_up = told.until(GivenUp)
        assert given_up == GivenUp("GS-1-2-000001", "write", "closed", is_partly_printed=True)
        assert spooler.close() == ()


def test_a_disk_that_has_space_again_gets_the_receipt(tmp_path: Path) -> None:
    """A file where the folder should be stands for a disk that takes nothing."""
    folder = tmp_path / "receipts"
    folder.write_text("in the way")
    told = Told()
    spooler = a_spooler(FilePrinter(folder), told)
    spooler.submit(a_receipt(1))
    told.until(Trouble)
    folder.unlink()
    told.until(Printed("GS-1-2-000001"))
    assert (folder / "GS-1-2-000001.txt").exists()
    spooler.close()


def test_submitting_takes_no_time_worth_measuring_while_the_printer_is_dead() -> None:
    """A hang guard only: were the caller to wait for the connection, it would take 5 × 3 s."""
    told = Told()
    with FakeTcpPrinter(Manners(reads=False)) as fake:
        spooler = a_spooler(NetworkPrinter(fake.address, timeouts=Timeouts(write_s=3.0)), told)
        started = time.monotonic()
        for number in range(1, 5):
            spooler.submit(a_receipt(number))
        assert time.monotonic() - started < 1.0
        spooler.close(timeout_s=0.1)

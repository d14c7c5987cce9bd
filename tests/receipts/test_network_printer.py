from __future__ import annotations

import socket
import time

import pytest

from pos.errors import PrinterUnavailable
from receipts.document import Cut, Document, Qr, Text
from receipts.drawer import open_drawer
from receipts.escpos_renderer import Abilities, render_escpos
from receipts.network_printer import NetworkPrinter, Timeouts
from tests.receipts.fake_tcp_printer import (
    ALL_IS_WELL,
    COVER_OPEN,
    CUTTER_ERROR,
    NO_PAPER,
    ROLL_AT_ITS_END,
    SWITCHED_OFFLINE,
    FakeTcpPrinter,
    Manners,
    closed_port,
)

RECEIPT = Document(title="GS-1-2-000001", columns=48, rows=(Text("Merci"), Cut()))
HANG_GUARD_S = 60.0
LONG = Document(title="long", columns=48, rows=(*(Text("x" * 48),) * 20_000, Cut()))


def a_printer(address: tuple[str, int], write_timeout_s: float = 10.0) -> NetworkPrinter:
    timeouts = Timeouts(connect_s=0.3, write_s=write_timeout_s, status_s=0.1)
    return NetworkPrinter(address, timeouts=timeouts)


def refusal(printer: NetworkPrinter, document: Document = RECEIPT) -> PrinterUnavailable:
    with pytest.raises(PrinterUnavailable) as caught:
        printer.print(document)
    return caught.value


def test_a_printer_that_never_answers_gets_the_whole_job() -> None:
    with FakeTcpPrinter() as fake:
        a_printer(fake.address).print(RECEIPT)
        assert fake.wait_for_jobs(1) == [render_escpos(RECEIPT)]


def test_a_printer_that_never_answered_is_not_waited_for_again() -> None:
    """Half a second for each receipt would be felt in a queue of customers."""
    with FakeTcpPrinter() as fake:
        printer = a_printer(fake.address)
        printer.print(RECEIPT)
        printer.print(RECEIPT)
        assert fake.wait_for_jobs(2) == [render_escpos(RECEIPT)] * 2
        assert fake.questions == 1


def test_a_printer_that_answers_and_confirms_gets_each_job_over_its_own_connection() -> None:
    with FakeTcpPrinter(Manners(statuses=ALL_IS_WELL, confirms=True)) as fake:
        printer = a_printer(fake.address)
        printer.print(RECEIPT)
        printer.print(RECEIPT)
        assert fake.wait_for_jobs(2) == [render_escpos(RECEIPT)] * 2


def test_a_printer_that_answers_but_never_confirms_prints_too() -> None:
    with FakeTcpPrinter(Manners(statuses=ALL_IS_WELL)) as fake:
        printer = a_printer(fake.address, write_timeout_s=0.7)
        printer.print(RECEIPT)
        assert fake.wait_for_jobs(1) == [render_escpos(RECEIPT)]


def test_a_confirmation_that_comes_in_between_is_not_lost() -> None:
    """A lost one would be waited for, ten seconds long, and never be asked for again."""
    with FakeTcpPrinter(Manners(statuses=ALL_IS_WELL, confirms_late=True)) as fake:
        printer = a_printer(fake.address)
        printer.print(RECEIPT)
        printer.print(RECEIPT)
        assert fake.wait_for_jobs(2) == [render_escpos(RECEIPT)] * 2
        before_and_within = len(ALL_IS_WELL) + 2
        assert fake.questions == 2 * before_and_within


def test_a_printer_that_talks_another_language_is_taken_for_one_that_never_answers() -> None:
    with FakeTcpPrinter(Manners(chatter=b"WELCOME TO PRINTSERVER\r\n")) as fake:
        a_printer(fake.address).print(RECEIPT)
        assert fake.wait_for_jobs(1) == [render_escpos(RECEIPT)]


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        (NO_PAPER, "paper"),
        (ROLL_AT_ITS_END, "paper"),
        (COVER_OPEN, "cover"),
        (SWITCHED_OFFLINE, "offline"),
        (CUTTER_ERROR, "offline"),
    ],
)
def test_trouble_that_the_printer_tells_beforehand_sends_nothing(
    statuses: dict[int, int], reason: str
) -> None:
    with FakeTcpPrinter(Manners(statuses=statuses)) as fake:
        printer = a_printer(fake.address)
        assert refusal(printer).reason == reason
        with pytest.raises(PrinterUnavailable) as caught:
            printer.check()
        assert caught.value.reason == reason
        assert fake.jobs == []


def test_paper_that_ends_within_a_receipt_is_told_as_a_part_that_may_be_printed() -> None:
    manners = Manners(statuses=ALL_IS_WELL, statuses_within_job=NO_PAPER)
    with FakeTcpPrinter(manners) as fake:
        refused = refusal(a_printer(fake.address))
    assert (refused.reason, refused.detail) == ("write", "paper")


def test_a_closed_port_is_refused() -> None:
    assert refusal(a_printer(closed_port())).reason == "refused"


def test_a_printer_that_is_switched_off_times_out() -> None:
    """A full queue of connections looks like a machine that is off: no answer at all."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(0)
        address = silent.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        started = time.monotonic()
        assert refusal(a_printer(address)).reason == "timeout"
        assert time.monotonic() - started < 3.0
        for each in waiting:
            each.close()


@pytest.mark.parametrize("address", [("255.255.255.255", 9100), ("a" * 70 + ".invalid", 9100)])
def test_an_address_without_a_way_to_it_is_unreachable(address: tuple[str, int]) -> None:
    assert refusal(a_printer(address)).reason == "unreachable"


def test_a_printer_that_dies_in_the_middle_says_so() -> None:
    """python-escpos 253: what was written lay in a buffer, and the receipt was gone."""
    with FakeTcpPrinter(Manners(dies_after_bytes=20, bytes_at_a_time=10)) as fake:
        refused = refusal(a_printer(fake.address))
    assert (refused.reason, refused.detail) == ("write", "closed")


def test_a_printer_that_dies_after_it_answered_says_so() -> None:
    manners = Manners(statuses=ALL_IS_WELL, confirms=True, dies_after_bytes=10, bytes_at_a_time=8)
    with FakeTcpPrinter(manners) as fake:
        refused = refusal(a_printer(fake.address))
    assert (refused.reason, refused.detail) == ("write", "closed")


def test_a_printer_that_hangs_up_on_the_first_question_got_nothing() -> None:
    with FakeTcpPrinter(Manners(dies_after_bytes=0)) as fake:
        assert refusal(a_printer(fake.address)).reason == "unreachable"


def test_a_printer_that_takes_no_data_is_given_up_in_time() -> None:
    with FakeTcpPrinter(Manners(reads=False)) as fake:
        started = time.monotonic()
        refused = refusal(a_printer(fake.address, write_timeout_s=0.5), LONG)
        assert (refused.reason, refused.detail) == ("write", "timeout")
        assert time.monotonic() - started < HANG_GUARD_S


def test_a_job_that_lies_in_a_buffer_and_is_never_taken_is_no_success() -> None:
    """It fits our buffer, so that nothing blocks; only the other side's silence tells."""
    document = Document(
        title="some", columns=48, rows=(*(Text("x" * 48),) * 60, Cut())
    )  # 3 kB: more than the other side takes, less than the buffers hold
    with FakeTcpPrinter(Manners(reads=False)) as fake:
        refused = refusal(a_printer(fake.address, write_timeout_s=0.5), document)
    assert (refused.reason, refused.detail) == ("write", "timeout")


def test_a_slow_printer_gets_everything() -> None:
    with FakeTcpPrinter(Manners(bytes_at_a_time=32, pause_s=0.005)) as fake:
        document = Document(title="slow", columns=48, rows=(*(Text("x" * 48),) * 60, Cut()))
        a_printer(fake.address).print(document)
        assert fake.wait_for_jobs(1) == [render_escpos(document)]


def test_a_printer_without_qr_gets_a_picture_and_one_without_drawer_no_pulse() -> None:
    document = Document(title="code", columns=48, rows=(Qr("ECHOPPE"), Cut()))
    with FakeTcpPrinter() as fake:
        abilities = Abilities(native_qr=False, drawer=False)
        NetworkPrinter(fake.address, abilities=abilities).print(document)
        (job,) = fake.wait_for_jobs(1)
    assert b"\x1dv0" in job
    assert b"\x1d(k" not in job


def test_a_printer_with_a_drawer_gets_the_pulse() -> None:
    with FakeTcpPrinter() as fake:
        a_printer(fake.address).print(open_drawer())
        assert fake.wait_for_jobs(1) == [render_escpos(open_drawer())]


def test_a_check_connects_and_prints_nothing() -> None:
    with FakeTcpPrinter(Manners(statuses=ALL_IS_WELL, confirms=True)) as fake:
        a_printer(fake.address).check()
        assert fake.jobs == []
        assert fake.questions == len(ALL_IS_WELL)

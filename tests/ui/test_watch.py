"""How the machine stands, looked at beside the sales."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.clock import utc_text
from pos.domain.facts import ClockDoubted, JournalEntry
from pos.ids import JournalId, OperatorCode
from pos.machine import BatteryLow, ClockWrong, DiskLow, MachineState, MachineWarning
from ui import wording
from ui.watch import MachineWatch

HANG_GUARD_MS = 30_000
NOON = datetime(2026, 7, 18, 12, 0, tzinfo=UTC)
WELL = MachineState(free_bytes=50_000_000_000, battery_percent=80, on_mains=False)


class Machine:
    """A machine that says what the test wants, on whatever thread it is asked."""

    def __init__(self) -> None:
        self.state = WELL
        self.now = NOON
        self.asked_on: list[threading.Thread] = []
        self.may_answer = threading.Event()
        self.may_answer.set()

    def look(self, _data_dir: Path) -> MachineState:
        self.asked_on.append(threading.current_thread())
        assert self.may_answer.wait(HANG_GUARD_MS / 1000)
        return self.state


class Watched:
    """A watch over a machine, and what it warned of."""

    def __init__(self, qtbot: QtBot, machine: Machine, tmp_path: Path) -> None:
        self._qtbot = qtbot
        self.watch = MachineWatch(tmp_path, look=machine.look, now=lambda: machine.now)
        self.warned: list[tuple[MachineWarning, ...]] = []
        self.watch.warned.connect(self.warned.append)

    def begin(self, last_seen: datetime | None = NOON) -> tuple[MachineWarning, ...]:
        self.watch.begin(last_seen)
        return self.until_looked(1)

    def look(self) -> tuple[MachineWarning, ...]:
        before = len(self.warned)
        self.watch.look()
        return self.until_looked(before + 1)

    def until_looked(self, times: int) -> tuple[MachineWarning, ...]:
        self._qtbot.waitUntil(lambda: len(self.warned) >= times, timeout=HANG_GUARD_MS)
        return self.warned[-1]


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def watched(qtbot: QtBot, machine: Machine, tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(qtbot, machine, tmp_path)
    yield watched
    machine.may_answer.set()
    watched.watch.close()


def an_entry(at: datetime) -> JournalEntry:
    return JournalEntry(
        journal_id=JournalId("j"),
        seq=2,
        occurred_at=utc_text(at),
        actor=OperatorCode("till"),
        fact=ClockDoubted(last_seen="", now=""),
        follows="",
        digest="",
    )


def test_a_machine_that_is_well_warns_of_nothing(watched: Watched) -> None:
    assert watched.begin() == ()


def test_the_screen_does_not_wait_for_the_machine(watched: Watched, machine: Machine) -> None:
    watched.begin()
    assert threading.main_thread() not in machine.asked_on


def test_a_machine_that_is_slow_to_answer_is_not_asked_twice(
    watched: Watched, machine: Machine
) -> None:
    machine.may_answer.clear()
    watched.watch.begin(NOON)
    watched.watch.look()
    watched.watch.look()
    machine.may_answer.set()
    watched.until_looked(1)
    assert len(machine.asked_on) == 1
    watched.look()
    assert len(machine.asked_on) == 2


def test_warnings_come_and_go(watched: Watched, machine: Machine) -> None:
    watched.begin()
    machine.state = MachineState(free_bytes=900_000_000, battery_percent=9, on_mains=False)
    assert watched.look() == (DiskLow(free_bytes=900_000_000), BatteryLow(percent=9))
    machine.state = WELL
    assert watched.look() == ()


def test_a_clock_behind_the_journal_is_warned_of(watched: Watched, machine: Machine) -> None:
    machine.now = NOON - timedelta(days=1)
    assert watched.begin() == (ClockWrong(now=machine.now, last_entry=NOON),)


def test_sales_under_a_wrong_clock_do_not_make_it_right(watched: Watched, machine: Machine) -> None:
    """Once a sale carries the wrong date, the journal's last entry agrees with the clock."""
    machine.now = NOON + timedelta(days=500)
    watched.begin()
    watched.watch.entry_written(an_entry(machine.now))
    assert watched.look() == (ClockWrong(now=machine.now, last_entry=NOON),)


def test_a_clock_that_goes_back_while_the_till_sells_is_warned_of(
    watched: Watched, machine: Machine
) -> None:
    watched.begin()
    watched.watch.entry_written(an_entry(NOON + timedelta(hours=2)))
    assert watched.look() == (ClockWrong(now=NOON, last_entry=NOON + timedelta(hours=2)),)
    machine.now = NOON + timedelta(hours=3)
    assert watched.look() == ()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("warning", "number"),
    [
        (DiskLow(free_bytes=912_345_678), "912"),
        (BatteryLow(percent=9), "9"),
        (ClockWrong(now=datetime(1970, 1, 1, tzinfo=UTC), last_entry=None), "1970"),
    ],
    ids=["disk", "battery", "clock"],
)
def test_each_warning_has_a_sentence_with_its_number(
    warning: MachineWarning, number: str, language: str
) -> None:
    assert number in wording.machine_warning(warning, language)

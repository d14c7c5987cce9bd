"""Warnings before there is trouble, from what the machine says of itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pos.machine import (
    BATTERY_LOW_PERCENT,
    DISK_LOW_BYTES,
    BatteryLow,
    ClockWrong,
    DiskLow,
    MachineState,
    MachineWarning,
    machine_state,
    power_of_linux,
    warnings,
)

NOW = datetime(2026, 7, 18, 13, 2, 11, tzinfo=UTC)


def supply(folder: Path, name: str, **content: str) -> None:
    """Write a folder of the kernel's list, one file for each value."""
    (folder / name).mkdir(parents=True)
    for key, value in content.items():
        (folder / name / key).write_text(f"{value}\n")


def a_state(
    *, free: int | None = 5 * DISK_LOW_BYTES, battery: int | None = 80, mains: bool | None = False
) -> MachineState:
    return MachineState(free_bytes=free, battery_percent=battery, on_mains=mains)


def test_this_machine_says_how_it_stands(tmp_path: Path) -> None:
    state = machine_state(tmp_path)
    assert state.free_bytes is not None
    assert state.free_bytes > 0
    assert state.battery_percent is None or 0 <= state.battery_percent <= 100


def test_the_space_of_a_folder_that_is_not_there_yet_is_that_of_its_parent(tmp_path: Path) -> None:
    assert machine_state(tmp_path / "not" / "yet").free_bytes is not None


def test_a_laptop_on_its_battery(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity="61")
    supply(tmp_path, "AC", type="Mains", online="0")
    assert power_of_linux(tmp_path) == (61, False)


def test_a_laptop_on_the_mains(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity="100")
    supply(tmp_path, "AC", type="Mains", online="1")
    assert power_of_linux(tmp_path) == (100, True)


def test_a_tablet_that_is_charged_by_usb(tmp_path: Path) -> None:
    supply(tmp_path, "battery", type="Battery", capacity="40")
    supply(tmp_path, "usb-c0", type="USB", online="0")
    supply(tmp_path, "usb-c1", type="USB", online="1")
    assert power_of_linux(tmp_path) == (40, True)


def test_two_batteries_count_as_one(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity="10")
    supply(tmp_path, "BAT1", type="Battery", capacity="31")
    assert power_of_linux(tmp_path) == (20, None)


def test_the_battery_of_a_mouse_is_not_the_machines(tmp_path: Path) -> None:
    supply(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", capacity="5")
    assert power_of_linux(tmp_path) == (None, None)


@pytest.mark.parametrize("capacity", ["", "unknown", "-1", "٣"])
def test_a_battery_that_says_nonsense_says_nothing(tmp_path: Path, capacity: str) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity=capacity)
    assert power_of_linux(tmp_path) == (None, None)


def test_a_machine_without_a_list_of_supplies_says_nothing(tmp_path: Path) -> None:
    assert power_of_linux(tmp_path / "nowhere") == (None, None)


def test_a_machine_that_stands_well_is_no_cause_for_a_warning() -> None:
    assert warnings(a_state(), NOW, NOW - timedelta(hours=3)) == ()


def test_a_machine_that_says_nothing_is_no_cause_for_a_warning() -> None:
    assert warnings(a_state(free=None, battery=None, mains=None), NOW, None) == ()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (a_state(free=DISK_LOW_BYTES), ()),
        (a_state(free=DISK_LOW_BYTES - 1), (DiskLow(free_bytes=DISK_LOW_BYTES - 1),)),
        (a_state(battery=BATTERY_LOW_PERCENT), ()),
        (a_state(battery=14), (BatteryLow(percent=14),)),
        (a_state(battery=14, mains=None), (BatteryLow(percent=14),)),
        (a_state(battery=14, mains=True), ()),
        (a_state(free=0, battery=0), (DiskLow(free_bytes=0), BatteryLow(percent=0))),
    ],
)
def test_space_and_battery_are_warned_of_in_time(
    state: MachineState, expected: tuple[MachineWarning, ...]
) -> None:
    assert warnings(state, NOW, NOW) == expected


def test_a_clock_that_began_at_1970_is_wrong_whatever_the_journal_says() -> None:
    began = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    assert warnings(a_state(), began, NOW) == (ClockWrong(now=began, last_entry=None),)
    assert warnings(a_state(), began, None) == (ClockWrong(now=began, last_entry=None),)


@pytest.mark.parametrize(
    ("ahead", "is_wrong"),
    [
        (timedelta(minutes=-5), False),
        (timedelta(minutes=-6), True),
        (timedelta(days=-1), True),
        (timedelta(days=400), False),
        (timedelta(days=401), True),
    ],
)
def test_a_clock_far_from_the_last_entry_is_wrong(ahead: timedelta, *, is_wrong: bool) -> None:
    now = NOW + ahead
    expected = (ClockWrong(now=now, last_entry=NOW),) if is_wrong else ()
    assert warnings(a_state(), now, NOW) == expected

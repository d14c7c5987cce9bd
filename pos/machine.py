"""How the machine stands: space, battery, clock. Warnings come before trouble, as data."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

DISK_LOW_BYTES = 1_000_000_000
BATTERY_LOW_PERCENT = 15
CLOCK_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""Before this program existed: a clock without a battery begins at 1970, or where its maker did."""
CLOCK_BACK_MAX = timedelta(minutes=5)
CLOCK_AHEAD_MAX = timedelta(days=400)

_POWER_SUPPLIES = Path("/sys/class/power_supply")


class MachineState(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine says of itself; None where it does not."""

    free_bytes: int | None  # on the disk of the data folder
    battery_percent: int | None  # of all its batteries, 0 to 100
    on_mains: bool | None


class DiskLow(msgspec.Struct, frozen=True, kw_only=True):
    """Soon there will be no space for sales."""

    free_bytes: int


class BatteryLow(msgspec.Struct, frozen=True, kw_only=True):
    """The machine will soon switch itself off."""

    percent: int


class ClockWrong(msgspec.Struct, frozen=True, kw_only=True):
    """Receipts would carry a date that cannot be."""

    now: datetime
    last_entry: datetime | None  # None: it is not about the journal, the year is impossible


MachineWarning = DiskLow | BatteryLow | ClockWrong
"""Something to say before it hurts."""


def machine_state(data_dir: Path) -> MachineState:
    """Ask the machine how it stands; this never fails, and takes some milliseconds at most."""
    battery_percent, on_mains = _power()
    return MachineState(
        free_bytes=_free_bytes(data_dir), battery_percent=battery_percent, on_mains=on_mains
    )


def warnings(
    state: MachineState, now: datetime, last_entry: datetime | None
) -> tuple[MachineWarning, ...]:
    """Return what to warn of, the most pressing first.

    Args:
        state: how the machine stands.
        now: the machine's clock, in UTC.
        last_entry: when the journal's last entry was written, in UTC; None without a journal.
    """
    found: list[MachineWarning] = []
    if state.free_bytes is not None and state.free_bytes < DISK_LOW_BYTES:
        found.append(DiskLow(free_bytes=state.free_bytes))
    battery = state.battery_percent
    if battery is not None and battery < BATTERY_LOW_PERCENT and not state.on_mains:
        found.append(BatteryLow(percent=battery))
    if now < CLOCK_EARLIEST:
        found.append(ClockWrong(now=now, last_entry=None))
    elif last_entry is not None and not -CLOCK_BACK_MAX <= now - last_entry <= CLOCK_AHEAD_MAX:
        found.append(ClockWrong(now=now, last_entry=last_entry))
    return tuple(found)


def _free_bytes(folder: Path) -> int | None:
    """Return the space on the disk that a folder is on, or will be."""
    for place in (folder, *folder.absolute().parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None


def _power() -> tuple[int | None, bool | None]:
    if sys.platform == "win32":
        return _power_of_windows()
    return power_of_linux(_POWER_SUPPLIES)  # not there on a Mac: it says nothing


def power_of_linux(supplies: Path) -> tuple[int | None, bool | None]:
    """Return battery and mains as the kernel lists them.

    https://docs.kernel.org/power/power_supply_class.html; batteries of mice and pens say that
    their scope is `Device`.
    """
    levels: list[int] = []
    mains: list[bool] = []
    try:
        folders = sorted(supplies.iterdir())
    except OSError:
        return None, None
    for supply in folders:
        kind = _read(supply / "type")
        if kind == "Battery" and _read(supply / "scope") != "Device":
            levels += _whole_numbers(_read(supply / "capacity"))
        elif kind in {"Mains", "USB"}:
            mains += [bool(online) for online in _whole_numbers(_read(supply / "online"))]
    percent = sum(levels) // len(levels) if levels else None
    return percent, any(mains) if mains else None


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _whole_numbers(text: str) -> list[int]:
    return [int(text)] if text.isascii() and text.isdigit() else []


if sys.platform == "win32":
    import ctypes

    class _SystemPowerStatus(ctypes.Structure):
        _fields_ = (
            ("ac_line_status", ctypes.c_ubyte),
            ("battery_flag", ctypes.c_ubyte),
            ("battery_life_percent", ctypes.c_ubyte),
            ("system_status_flag", ctypes.c_ubyte),
            ("battery_life_time", ctypes.c_ulong),
            ("battery_full_life_time", ctypes.c_ulong),
        )

    def _power_of_windows() -> tuple[int | None, bool | None]:
        """Ask `GetSystemPowerStatus`, in which 255 means that it is not known."""
        status = _SystemPowerStatus()
        if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
            return None, None
        percent = status.battery_life_percent
        mains = {0: False, 1: True}.get(status.ac_line_status)
        return percent if percent <= 100 else None, mains

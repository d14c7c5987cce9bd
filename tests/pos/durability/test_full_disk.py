"""A disk that fills up: told at once, nothing lost, and the till goes on when there is space."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.pos.durability.full_disk import Outcome
from tests.pos.durability.victim import ROOT

DISK_BYTES = 9_000_000
A_LITTLE = 500_000
THE_LOG = 4_400_000
"""Enough for the log until it is carried over, and not for what is carried over then."""


def own_disk() -> list[str] | None:
    """Return the command that runs `sh -c` where it may mount; None if nothing here may."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]
    probe = [*unshare, "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]
    if shutil.which("unshare") is None or subprocess.run(probe, check=False).returncode:
        return None
    return [*unshare, "sh", "-c"]


def live_through(folder: Path, kind: str, left: int, shell: list[str] | None = None) -> Outcome:
    command = [sys.executable, "-m", "tests.pos.durability.full_disk", str(folder), kind, str(left)]
    if shell is not None:
        mount = 'mount -t tmpfs -o size="$0" none "$1" && shift && exec "$@"'
        command = [*shell, mount, str(DISK_BYTES), str(folder), *command]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()[-3000:]
    return msgspec.json.decode(run.stdout, type=Outcome)


def number(count: int) -> str:
    return f"GS-1-1-{count:06d}"


def check_nothing_lost(outcome: Outcome) -> None:
    assert outcome.before > 3, "there was some space"
    assert outcome.last_while_full == number(outcome.before)
    assert outcome.problems_while_full == []
    assert outcome.same_sale == number(outcome.before + 1)
    assert outcome.after == [number(outcome.before + n) for n in range(2, 22)]
    assert outcome.sales == outcome.before + 21
    assert outcome.problems == []


@pytest.mark.parametrize("left", [A_LITTLE, THE_LOG])
def test_a_till_lives_through_a_full_disk(tmp_path: Path, left: int) -> None:
    shell = own_disk()
    small_disk = live_through(tmp_path, "file" if shell is None else "disk", left, shell)
    check_nothing_lost(small_disk)
    if shell is not None:
        assert set(small_disk.reasons) == {"SQLITE_FULL"}
        assert small_disk.basket in {"SQLITE_FULL", ""}, "a smaller write may still find space"
        assert small_disk.last_reopened == small_disk.last_while_full
        assert small_disk.renewal.endswith("FULL"), "there is no space for a new journal either"
        assert small_disk.journals_after_renewal == 1, "so the old one stays in place"
    assert small_disk.log_bytes < DISK_BYTES


def test_a_till_lives_through_a_database_that_may_not_grow(tmp_path: Path) -> None:
    outcome = live_through(tmp_path, "pages", A_LITTLE)
    check_nothing_lost(outcome)
    assert set(outcome.reasons) == {"SQLITE_FULL"}


def test_a_till_lives_through_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    """What a quota does: the system says EFBIG, which SQLite reports as a failed write."""
    outcome = live_through(tmp_path, "file", 2_000_000)
    check_nothing_lost(outcome)
    assert outcome.reasons
    assert all(reason.startswith("SQLITE_IOERR") for reason in outcome.reasons)

"""One process a till."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.errors import StorageUnavailable, TillAlreadyOpen
from pos.lock import TillLock
from tests.pos.durability.victim import ROOT

HOLD = """
import sys
from pathlib import Path
from pos.lock import TillLock
with TillLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the till of `tmp_path`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.communicate()


def test_a_second_process_is_told_who_has_the_till(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    with pytest.raises(TillAlreadyOpen) as refused:
        TillLock(tmp_path).take()
    assert refused.value.pid == holder.pid


def test_the_till_is_free_when_its_process_is_killed(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with TillLock(tmp_path):
        assert (tmp_path / "till.lock").read_text() == str(os.getpid())


def test_the_till_is_free_when_its_process_ends(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    holder.communicate("\n")
    TillLock(tmp_path).take().release()


def test_a_lock_is_taken_again_after_it_was_released(tmp_path: Path) -> None:
    lock = TillLock(tmp_path / "not" / "yet")
    for _ in range(2):
        with lock:
            with pytest.raises(TillAlreadyOpen) as refused:
                TillLock(tmp_path / "not" / "yet").take()
            assert refused.value.pid == os.getpid()


def test_who_has_the_till_may_be_unknown(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    assert holder.pid
    (tmp_path / "till.lock").write_text("somebody wrote here")
    with pytest.raises(TillAlreadyOpen) as refused:
        TillLock(tmp_path).take()
    assert refused.value.pid == 0


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageUnavailable):
        TillLock(tmp_path / "file" / "data").take()


def test_a_full_disk_does_not_keep_the_till_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock holds without the number in it."""

    def refuse(_handle: int, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pos.lock.os.write", refuse)
    with TillLock(tmp_path), pytest.raises(TillAlreadyOpen):
        TillLock(tmp_path).take()

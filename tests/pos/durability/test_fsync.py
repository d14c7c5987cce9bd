"""A sale is on the disk before anybody hears that it is done.

Kill -9 cannot show this: what a process wrote survives it in the system's memory.  So the system
calls are counted: between two acknowledgements there is a write to the log, and a sync after it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.pos.durability.victim import ROOT

SALES = 120  # enough for the log to be carried over and begun again in between

_CALL = re.compile(r"^\d+ +(?P<name>\w+)\(\d+<(?P<path>[^>]*)>(, \"(?P<text>.*))?")


@dataclass
class Durability:
    """What a trace says about the acknowledgements in it."""

    sales: int = 0
    unwritten: list[str] = field(default_factory=list)
    unsynced: list[str] = field(default_factory=list)
    syncs: int = 0


def judged(trace: str) -> Durability:
    """Follow the log's file: written, synced, acknowledged."""
    found = Durability()
    is_written = is_synced = False
    for line in trace.splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        is_log = call["path"].endswith("till.db-wal")
        if call["name"] in {"write", "pwrite64"} and is_log:
            is_written, is_synced = True, False
        elif call["name"] in {"fsync", "fdatasync"} and is_log:
            is_synced = True
            found.syncs += 1
        elif (call["text"] or "").startswith("sold "):
            found.sales += 1
            if not is_written:
                found.unwritten.append(line)
            elif not is_synced:
                found.unsynced.append(line)
            is_written = is_synced = False
    return found


def trace_of(folder: Path, *argv: str) -> Durability:
    """Sell under strace."""
    if shutil.which("strace") is None:
        pytest.fail("strace is missing: scripts/system-packages test says how to install it")
    log = folder / "trace"
    strace = ["strace", "-f", "-y", "-e", "trace=fdatasync,fsync,write,pwrite64", "-o", str(log)]
    loop = ["-m", "tests.pos.durability.sales_loop", str(folder), "--sales", str(SALES), *argv]
    run = subprocess.run(
        [*strace, sys.executable, *loop],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"strace has to be allowed to trace: {run.stderr[-2000:]}"
    return judged(log.read_text())


def test_every_sale_is_synced_before_it_is_acknowledged(tmp_path: Path) -> None:
    found = trace_of(tmp_path)
    assert found.sales == SALES
    assert found.unwritten == []
    assert found.unsynced == []
    assert found.syncs >= SALES


def test_the_count_of_syncs_notices_a_till_that_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    """The same check, seen red: SQLite's usual setting syncs only now and then."""
    found = trace_of(tmp_path, "--pragma", "synchronous=NORMAL")
    assert found.sales == SALES
    assert len(found.unsynced) > SALES // 2
    assert found.syncs < SALES // 2

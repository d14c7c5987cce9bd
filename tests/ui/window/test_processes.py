"""Two starts of one till, and a till that is killed in the middle of a basket."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from pos.folders import Folders
from pos.lock import TillLock
from pos.reports.sales import FindLastSale
from tests.ui.screens.conftest import POSTER, WILDFIRE_M
from tests.ui.window.conftest import Opens

ROOT = Path(__file__).parents[3]
HANG_GUARD_S = 60
BASKET = ("2 × T-shirt Wildfire, M · €25.00 each, €50.00", "1 × Affiche de l’été, , €12.50")


class Process:
    """A till in a process of its own."""

    def __init__(self, folders: Folders, *codes: str) -> None:
        where = [str(folders.data), str(folders.config)]
        command = [sys.executable, "-m", "tests.ui.window.selling_process", *where, *codes]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self._lines: Queue[str] = Queue()
        self._ear = threading.Thread(target=self._listen)
        self._ear.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def says(self) -> dict[str, Any]:
        """Return the next thing it says."""
        line = self._lines.get(timeout=HANG_GUARD_S)
        assert line, f"it ended with {self._process.wait(HANG_GUARD_S)}"
        said: dict[str, Any] = json.loads(line)
        return said

    def kill(self) -> None:
        """End it as a pulled plug does: no handler runs, nothing is flushed."""
        self._process.kill()
        self._process.wait(HANG_GUARD_S)
        self._ear.join(HANG_GUARD_S)
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture
def process(stand: Folders) -> Iterator[Process]:
    process = Process(stand, WILDFIRE_M, POSTER, WILDFIRE_M)
    yield process
    process.kill()


def start_again(folders: Folders) -> subprocess.CompletedProcess[str]:
    """Start the till as a person does, by its command."""
    where = ["--data", str(folders.data), "--config", str(folders.config)]
    command = [sys.executable, "-c", "from ui.cli import main; main()", *where]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=HANG_GUARD_S, check=False
    )


def test_a_second_start_brings_the_first_window_to_the_front(
    process: Process, stand: Folders
) -> None:
    assert process.says() == {"saved": 3, "minimised": True}
    second = start_again(stand)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert process.says() == {"called": True, "minimised": False}


def test_a_start_while_another_command_works_says_so(stand: Folders) -> None:
    """Nobody answers: it is an import, not a window."""
    with TillLock(stand.data):
        second = start_again(stand)
    assert second.returncode == 3
    assert "in use" in second.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX has a signal nobody can catch")
def test_the_basket_of_a_killed_till_is_there_at_the_next_start(
    process: Process, stand: Folders, opens: Opens
) -> None:
    """A power cut costs nothing: neither lock nor socket of the dead are in the way."""
    # Given a till with a basket in progress, killed
    process.says()
    process.kill()
    # When it is started again
    cashier = opens(stand)
    # Then the basket is there, and is sold
    cashier.until_lines(*BASKET)
    cashier.pay_exactly()
    record = cashier.ask(FindLastSale())
    assert record is not None
    assert record.sale.number == 1
    assert record.sale.total.minor == 6250

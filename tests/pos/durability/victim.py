"""A process that is killed in the middle of its work, and what it had acknowledged until then."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[3]


class Server:
    """Runs `sales_loop` again and again; what is imported is imported once."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.pos.durability.sales_loop", "serve"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=60)

    def start(self, *argv: object) -> Victim:
        """Begin a run."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(shlex.join(map(str, argv)) + "\n")
        return Victim(iter(self._process.stdout))


class Victim:
    """One run."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._pid = 0
        self.acknowledged: list[list[str]] = []
        self.exit_code: int | None = None

    def wait_for(self, word: str, times: int = 1) -> bool:
        """Read until a word has been acknowledged so many times; False if the run ended first."""
        while times and self._read():
            times -= self.acknowledged[-1][0] == word
        return not times

    def kill(self, after_s: float = 0.0) -> None:
        """Kill it, some time from now, and read what it still said."""
        while not self._pid and self._read():
            pass
        if self.exit_code is None:
            threading.Event().wait(after_s)
            os.kill(self._pid, signal.SIGKILL)
        self.finish()

    def finish(self) -> None:
        """Read to the end."""
        while self._read():
            pass

    def said(self, word: str) -> list[list[str]]:
        """Return what was acknowledged with a word."""
        return [words[1:] for words in self.acknowledged if words[0] == word]

    def _read(self) -> bool:
        if self.exit_code is not None:
            return False
        words = next(self._lines).split()
        if words[0] == "pid":
            self._pid = int(words[1])
        elif words[0] == "ended":
            self.exit_code = int(words[2])
            return False
        self.acknowledged.append(words)
        return True

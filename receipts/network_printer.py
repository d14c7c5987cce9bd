"""A receipt printer on TCP port 9100: one connection a job, and no trust in silence.

A printer can die at any moment, and TCP does not say so by itself: what was written lies in a
buffer, and the connection closes without an error.  So a job ends only when the printer's side
has taken every byte, and, from printers that answer at all, when it says that it has worked off
the job.  Many never answer anything; they work too, with less certainty.
"""

from __future__ import annotations

import errno
import socket
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from pos.errors import PrinterUnavailable
from receipts.document import Document, Width
from receipts.escpos_renderer import Abilities, render_escpos

GOODBYE_TIMEOUT_S = 0.3
"""How long a connection is watched for a reset after all of a job was taken."""

_SEND_BUFFER_BYTES = 4096  # small: what the printer has not taken is felt here, not lost there
_STATUS_WHEN_DONE = b"\x1dr\x01"  # GS r 1: answered in turn, after what came before it


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeouts:
    """Seconds after which a printer counts as dead, or as one that does not answer."""

    connect_s: float = 3.0
    write_s: float = 10.0
    status_s: float = 0.5  # those that answer a real-time status do so at once


class _Status(Enum):
    """What DLE EOT n is asked for, and which bits of the answer mean what."""

    OFFLINE_CAUSE = 2
    PAPER = 4
    PRINTER = 1


# In this order: an open cover makes a printer offline too, and the cause says more.
_TROUBLES = (
    (_Status.PAPER, 0x60, "paper"),
    (_Status.OFFLINE_CAUSE, 0x04, "cover"),
    (_Status.OFFLINE_CAUSE, 0x20, "paper"),
    (_Status.OFFLINE_CAUSE, 0x40, "offline"),
    (_Status.PRINTER, 0x08, "offline"),
)


class NetworkPrinter:
    """Sends each document over a connection of its own."""

    def __init__(
        self,
        address: tuple[str, int],
        *,
        columns: Width = 48,
        abilities: Abilities | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self.columns = columns
        self._address = address
        self._abilities = abilities or Abilities()
        self._timeouts = timeouts or Timeouts()
        # Known after the first job: whoever never answers is not waited for again.
        self._answers = True
        self._confirms = True

    def print(self, document: Document) -> None:
        """Send a document; see `Printer.print` for what it raises."""
        if document.is_blank and not self._abilities.drawer:
            return
        job = render_escpos(document, self._abilities)
        with self._connection() as line:
            answering = self._ask(line)
            try:
                self._send(line, job, answering=answering)
            except OSError as error:
                raise PrinterUnavailable("write", _cause(error)) from error

    def check(self) -> None:
        """Connect, and ask for the status; see `Printer.check` for what it raises."""
        self._answers = True
        with self._connection() as line:
            self._ask(line)

    @contextmanager
    def _connection(self) -> Iterator[socket.socket]:
        host, port = self._address
        try:
            line = socket.create_connection((host, port), self._timeouts.connect_s)
        except ConnectionRefusedError as error:
            raise PrinterUnavailable("refused", f"{host}:{port}") from error
        except TimeoutError as error:
            raise PrinterUnavailable("timeout", f"{host}:{port}") from error
        except (OSError, UnicodeError, OverflowError) as error:  # no route, no such name or port
            raise PrinterUnavailable("unreachable", f"{host}:{port} {error}") from error
        with line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
            yield line

    def _ask(self, line: socket.socket) -> bool:
        """Return whether the printer answers; raise what its answers tell."""
        if not self._answers:
            return False
        try:
            statuses = self._statuses(line, tuple(_Status))
        except OSError as error:
            raise PrinterUnavailable("unreachable", _cause(error)) from error
        self._answers = bool(statuses)
        trouble = _trouble(statuses)
        if trouble:
            raise PrinterUnavailable(trouble)
        return self._answers

    def _send(self, line: socket.socket, job: bytes, *, answering: bool) -> None:
        confirming = answering and self._confirms
        line.settimeout(self._timeouts.write_s)
        line.sendall(job + (_STATUS_WHEN_DONE if confirming else b""))
        if confirming:
            self._confirms = self._is_done_before(line, time.monotonic() + self._timeouts.write_s)
        _wait_until_taken(line, time.monotonic() + self._timeouts.write_s)
        _say_goodbye(line)

    def _statuses(self, line: socket.socket, asked: tuple[_Status, ...]) -> dict[_Status, int]:
        """Ask in real time; empty if the printer does not answer, or not in this language."""
        answers: dict[_Status, int] = {}
        for status in asked:
            line.sendall(_question(status))
            answer = self._answer(line)
            if answer is None or not _is_real_time(answer):
                return {}
            answers[status] = answer
        return answers

    def _is_done_before(self, line: socket.socket, deadline: float) -> bool:
        """Return whether the printer confirmed the end of the job in time.

        One that reports trouble instead has stopped in the middle.
        """
        asked: deque[_Status] = deque()  # their answers and the confirmation come as they like
        while time.monotonic() < deadline:
            answer = self._answer(line)
            if answer is None:
                asked = deque((_Status.PAPER, _Status.OFFLINE_CAUSE))
                line.sendall(b"".join(_question(status) for status in asked))
            elif not _is_real_time(answer):
                return True
            elif asked and (trouble := _trouble({asked.popleft(): answer})):
                raise _StoppedError(trouble)
        return False

    def _answer(self, line: socket.socket) -> int | None:
        """Return one byte of an answer; None if none comes."""
        line.settimeout(self._timeouts.status_s)
        try:
            answer = line.recv(1)
        except TimeoutError:
            return None
        if not answer:
            raise ConnectionAbortedError("closed")
        return answer[0]


def _question(status: _Status) -> bytes:
    return b"\x10\x04" + bytes((status.value,))  # DLE EOT n


def _trouble(statuses: dict[_Status, int]) -> str:
    for asked, bits, reason in _TROUBLES:
        if statuses.get(asked, 0) & bits:
            return reason
    return ""


def _is_real_time(answer: int) -> bool:
    """Say whether the fixed bits of a real-time status are as the reference has them."""
    return answer & 0x93 == 0x12


class _StoppedError(OSError):
    """The printer stopped in the middle of a job; `args[0]` is why."""


def _wait_until_taken(line: socket.socket, deadline: float) -> None:
    """Wait until the other side has taken every byte; on systems that can tell."""
    line.settimeout(0.02)
    while _bytes_under_way(line) > 0:
        if time.monotonic() > deadline:
            raise TimeoutError("the printer takes no more data")
        _swallow(line)


def _say_goodbye(line: socket.socket) -> None:
    """Close our side and see whether the other side closes in peace or by a reset."""
    line.shutdown(socket.SHUT_WR)
    deadline = time.monotonic() + GOODBYE_TIMEOUT_S
    while (left_s := deadline - time.monotonic()) > 0:
        line.settimeout(left_s)
        if _swallow(line):
            return


def _swallow(line: socket.socket) -> bool:
    """Read what nobody waits for; return whether the other side has closed."""
    try:
        return not line.recv(256)
    except TimeoutError:
        return False


def _bytes_under_way(line: socket.socket) -> int:
    """Return how many bytes the other side has not acknowledged; 0 where that is not known."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    answer = fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, bytes(4))
    return int.from_bytes(answer, sys.byteorder)


def _cause(error: OSError) -> str:
    """Name what went wrong in a word that a sentence can be made from."""
    if isinstance(error, _StoppedError):
        return str(error.args[0])
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionError) or error.errno == errno.ENOTCONN:
        return "closed"
    return str(error)

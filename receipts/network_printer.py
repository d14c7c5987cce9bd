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
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from pos.errors import PrinterUnavailable
from receipts.document import Document, Width
from receipts.escpos_renderer import Abilities, render_escpos

STATUS_TIMEOUT_S = 0.5
"""How long a printer that answers takes at most for a real-time status."""
GOODBYE_TIMEOUT_S = 0.3
"""How long a connection is watched for a reset after all of a job was taken."""

_SEND_BUFFER_BYTES = 4096  # small: what the printer has not taken is felt here, not lost there
_REAL_TIME_STATUS = b"\x10\x04"  # DLE EOT n
_STATUS_WHEN_DONE = b"\x1dr\x01"  # GS r 1: answered in turn, after what came before it


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
        connect_timeout_s: float = 3.0,
        write_timeout_s: float = 10.0,
    ) -> None:
        self.columns = columns
        self._address = address
        self._abilities = abilities or Abilities()
        self._connect_timeout_s = connect_timeout_s
        self._write_timeout_s = write_timeout_s
        # Known after the first job: whoever never answers is not waited for again.
        self._answers = True
        self._confirms = True

    def print(self, document: Document) -> None:
        """Send a document; see `Printer.print` for what it raises."""
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
            line = socket.create_connection((host, port), self._connect_timeout_s)
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
            statuses = _statuses(line)
        except OSError as error:
            raise PrinterUnavailable("unreachable", _cause(error)) from error
        self._answers = bool(statuses)
        trouble = _trouble(statuses)
        if trouble:
            raise PrinterUnavailable(trouble)
        return self._answers

    def _send(self, line: socket.socket, job: bytes, *, answering: bool) -> None:
        confirming = answering and self._confirms
        line.settimeout(self._write_timeout_s)
        line.sendall(job + (_STATUS_WHEN_DONE if confirming else b""))
        deadline = time.monotonic() + self._write_timeout_s
        if confirming:
            self._confirms = _wait_until_done(line, deadline)
        _wait_until_taken(line, deadline)
        _say_goodbye(line)


def _statuses(line: socket.socket) -> dict[_Status, int]:
    """Ask in real time; empty if the printer does not answer, or not in this language."""
    answers: dict[_Status, int] = {}
    line.settimeout(STATUS_TIMEOUT_S)
    for asked in _Status:
        line.sendall(_REAL_TIME_STATUS + bytes((asked.value,)))
        try:
            answer = line.recv(1)
        except TimeoutError:
            return {}
        if not answer:
            raise ConnectionAbortedError("closed")
        if not _is_real_time(answer[0]):
            return {}
        answers[asked] = answer[0]
    return answers


def _trouble(statuses: dict[_Status, int]) -> str:
    for asked, bits, reason in _TROUBLES:
        if statuses.get(asked, 0) & bits:
            return reason
    return ""


def _is_real_time(answer: int) -> bool:
    """Say whether the fixed bits of a real-time status are as the reference has them."""
    return answer & 0x93 == 0x12


def _wait_until_done(line: socket.socket, deadline: float) -> bool:
    """Return whether the printer confirmed the end of the job.

    One that reports trouble instead has stopped in the middle.
    """
    while time.monotonic() < deadline:
        line.settimeout(STATUS_TIMEOUT_S)
        try:
            answer = line.recv(1)
        except TimeoutError:
            trouble = _trouble(_statuses_while_busy(line))
            if trouble:
                raise _StoppedError(trouble) from None
            continue
        if not answer:
            raise ConnectionAbortedError("closed")
        if not _is_real_time(answer[0]):
            return True
    return False


def _statuses_while_busy(line: socket.socket) -> dict[_Status, int]:
    """Ask what stops the job; an answer to the job itself may come in between."""
    answers: dict[_Status, int] = {}
    for asked in (_Status.PAPER, _Status.OFFLINE_CAUSE):
        line.sendall(_REAL_TIME_STATUS + bytes((asked.value,)))
        try:
            answer = line.recv(1)
        except TimeoutError:
            break
        if answer and _is_real_time(answer[0]):
            answers[asked] = answer[0]
    return answers


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

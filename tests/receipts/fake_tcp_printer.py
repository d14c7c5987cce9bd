"""A printer on a TCP port of this machine that can be as bad as real ones are."""

from __future__ import annotations

import re
import socket
import struct
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

HANG_GUARD_S = 30.0

ALL_IS_WELL = {1: 0x12, 2: 0x12, 4: 0x12}
NO_PAPER = {1: 0x1A, 2: 0x32, 4: 0x72}
ROLL_AT_ITS_END = {1: 0x12, 2: 0x12, 4: 0x72}
COVER_OPEN = {1: 0x1A, 2: 0x16, 4: 0x12}
SWITCHED_OFFLINE = {1: 0x1A, 2: 0x12, 4: 0x12}
CUTTER_ERROR = {1: 0x1A, 2: 0x52, 4: 0x12}

_REAL_TIME_STATUS = re.compile(rb"\x10\x04([\x01-\x04])")
_STATUS_WHEN_DONE = b"\x1dr\x01"


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How a printer behaves; as it stands, it prints and never answers."""

    statuses: dict[int, int] | None = None  # DLE EOT n → its answer; None: it never answers
    confirms: bool = False  # answers GS r 1 at the end of a job
    confirms_late: bool = False  # … in the middle of being asked for its status
    statuses_within_job: dict[int, int] | None = None  # from the first byte of a job on
    dies_after_bytes: int | None = None  # closes with a reset
    reads: bool = True
    bytes_at_a_time: int = 4096
    pause_s: float = 0.0
    chatter: bytes = b""  # sent to whoever connects


@dataclass
class FakeTcpPrinter:
    """Serves one connection after another; `jobs` has what each of them sent."""

    manners: Manners = field(default_factory=Manners)
    port: int = 0
    jobs: list[bytes] = field(default_factory=list)
    questions: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if not self.manners.reads:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen(5)
        self._stopped = threading.Event()
        self._is_done = False
        self._came = threading.Condition()
        self._connections: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        host, port = self._listener.getsockname()
        return host, port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            connection.close()
        self._thread.join(HANG_GUARD_S)

    def wait_for_jobs(self, count: int) -> list[bytes]:
        """Return the jobs once there are so many."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.jobs) >= count, HANG_GUARD_S)
            return list(self.jobs)

    def _serve(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            with connection:
                try:
                    job = self._take(connection)
                except OSError:
                    continue
            if job:
                with self._came:
                    self.jobs.append(job)
                    self._came.notify_all()

    def _take(self, connection: socket.socket) -> bytes:
        connection.sendall(self.manners.chatter)
        if not self.manners.reads:
            self._stopped.wait(HANG_GUARD_S)
        job = b""
        while chunk := connection.recv(self.manners.bytes_at_a_time):
            job = self._answer(connection, job + chunk)
            dies_after = self.manners.dies_after_bytes
            if dies_after is not None and len(job) >= dies_after:
                reset = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                return b""
            self._stopped.wait(self.manners.pause_s)
        return job

    def _answer(self, connection: socket.socket, job: bytes) -> bytes:
        """Answer questions and return the bytes that are no question."""
        manners = self.manners
        asked = [match[1][0] for match in _REAL_TIME_STATUS.finditer(job)]
        job = _REAL_TIME_STATUS.sub(b"", job)
        statuses = manners.statuses
        if job and manners.statuses_within_job is not None:
            statuses = manners.statuses_within_job
        self.questions += len(asked)
        if asked and self._is_done:
            connection.sendall(b"\x00")
        if statuses is not None:
            connection.sendall(bytes(statuses[number] for number in asked))
        if manners.confirms and job.endswith(_STATUS_WHEN_DONE):
            connection.sendall(b"\x00")
        self._is_done = manners.confirms_late and job.endswith(_STATUS_WHEN_DONE)
        return job.removesuffix(_STATUS_WHEN_DONE)


def closed_port() -> tuple[str, int]:
    """Return an address at which nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host, port = unused.getsockname()
    return host, port

"""Many tills that send what was prepared, in a process of their own.

python -m bench.hub_load '{"ports": [8443], "first": 0, "end": 300, …}'  (see `Task`)

It loads the journals, prints `ready`, waits for a line, sends, and prints a `Result` as JSON.  The
client is as thin as it can be (no library between it and the socket), since it shares the
processors with the hub that is measured.
"""

from __future__ import annotations

import asyncio
import secrets
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from bench.hub_journals import ENTRIES, Prepared, device_key, load
from pos.clock import utc_text
from sync.protocol import NOWHERE, Accepted, decode_answer, decode_position
from sync.signing import Request, authorization, body_digest

BUSY = (429, 503)
PAUSE_S = 0.5
HEAD_MAX = 64 * 1024


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What a process is to send, and where."""

    ports: tuple[int, ...]  # one till uses one of them
    first: int
    end: int  # of the journals
    entries: int = ENTRIES
    at_once: int = 10_000  # how many tills send at the same time
    is_tls: bool = True


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it; moments are seconds of the machine's monotonic clock."""

    begun: float
    done: tuple[float, ...]  # when each till had its last entry acknowledged
    batches_s: tuple[float, ...]  # how long each batch took
    sent_bytes: int
    received_bytes: int
    busy: int  # times that the hub asked somebody to come back later


class Connection:
    """One till's connection, kept open."""

    def __init__(self, port: int, prepared: Prepared, tls: ssl.SSLContext | None) -> None:
        self._port = port
        self._till_id = prepared.till_id
        self._sign = device_key(prepared.number).sign
        self._tls = tls
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.sent = self.received = self.busy = 0

    async def exchange(self, method: str, target: str, body: bytes = b"") -> bytes:
        """Return the body of the answer; come back later if that is what the hub says."""
        while True:
            try:
                status, answer = await self._once(method, target, body)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                status, answer = BUSY[0], b""
            if status not in BUSY:
                break
            self.busy += 1
            await asyncio.sleep(PAUSE_S)
        if status >= 400:
            raise RuntimeError(f"{method} {target}: {status} {answer[:300]!r}")
        return answer

    async def _once(self, method: str, target: str, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self._port, ssl=self._tls, limit=HEAD_MAX
            )
        reader, writer = self._streams
        request = Request(
            method=method,
            target=target,
            body_sha256=body_digest(body),
            time=utc_text(datetime.now(UTC)),
            nonce=secrets.token_hex(16),
        )
        head = (
            f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Authorization: {authorization(request, till_id=self._till_id, sign=self._sign)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()
        writer.write(head + body)
        self.sent += len(head) + len(body)
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = {
            name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
        }
        body = await reader.readexactly(int(fields.get("content-length", 0)))
        self.received += len(head) + len(body)
        if fields.get("connection", "").lower() == "close":
            self.close()
        return int(first.split()[1]), body

    def close(self) -> None:
        """Let go of the connection; the next exchange opens another."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def unpinned() -> ssl.SSLContext:
    """Return TLS without looking at the certificate: not what is measured."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def send(connection: Connection, prepared: Prepared, batches_s: list[float]) -> float:
    """Send a journal as a till does, and return when the last of it was acknowledged."""
    base = f"/v1/journals/{prepared.journal_id}"
    claim = msgspec.json.encode({"public_key": prepared.public_key, "mode": "live"})
    await connection.exchange("PUT", base, claim)
    position = decode_position(await connection.exchange("GET", f"{base}/position"))
    assert position == NOWHERE, "a journal is sent once"
    for batch in prepared.batches:
        begun = time.monotonic()
        answer = decode_answer(await connection.exchange("POST", f"{base}/entries", batch))
        batches_s.append(time.monotonic() - begun)
        assert isinstance(answer, Accepted), answer
    return time.monotonic()


async def _run(task: Task, journals: Sequence[Prepared]) -> Result:
    tls = unpinned() if task.is_tls else None
    batches_s: list[float] = []
    places = asyncio.Semaphore(task.at_once)
    connections = [
        Connection(task.ports[at % len(task.ports)], one, tls) for at, one in enumerate(journals)
    ]

    async def one(connection: Connection, prepared: Prepared) -> float:
        async with places:
            done = await send(connection, prepared, batches_s)
            connection.close()
            return done

    begun = time.monotonic()
    done = await asyncio.gather(*map(one, connections, journals))
    return Result(
        begun=begun,
        done=tuple(done),
        batches_s=tuple(batches_s),
        sent_bytes=sum(connection.sent for connection in connections),
        received_bytes=sum(connection.received for connection in connections),
        busy=sum(connection.busy for connection in connections),
    )


class Load:
    """A process that is ready to send."""

    def __init__(self, task: Task) -> None:
        command = [sys.executable, "-m", "bench.hub_load", msgspec.json.encode(task).decode()]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != "ready\n":
            raise RuntimeError("the load could not be prepared")

    def go(self) -> None:
        """Begin to send."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def result(self, timeout_s: float = 600) -> Result:
        """Wait until all is sent."""
        output, _ = self._process.communicate(timeout=timeout_s)
        return msgspec.json.decode(output, type=Result)


def run(*tasks: Task) -> list[Result]:
    """Let processes send at the same time."""
    loads = [Load(task) for task in tasks]
    for load_ in loads:
        load_.go()
    return [load_.result() for load_ in loads]


def entries_per_s(results: Sequence[Result], entries: int) -> float:
    """Return how many entries were acknowledged a second, from the first request to the last."""
    begun = min(result.begun for result in results)
    return entries / (max(max(result.done) for result in results) - begun)


def main() -> None:
    """Load, wait for the word, send, tell."""
    task = msgspec.json.decode(sys.argv[1], type=Task)
    journals = [load(number, task.entries) for number in range(task.first, task.end)]
    print("ready", flush=True)
    sys.stdin.readline()
    print(msgspec.json.encode(asyncio.run(_run(task, journals))).decode(), flush=True)


if __name__ == "__main__":
    main()

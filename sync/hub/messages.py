"""HTTP as bytes in and bytes out: reading a body within bounds, and answering."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from pos.clock import utc_text

BODY_WHOLE_S = 180
"""How long a body may take: 4 MiB at 25 kB a second."""

BODY_PAUSE_S = 20
"""How long nothing may come of a body."""

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

JSON = b"application/json"


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long a body is waited for, in seconds."""

    whole_s: float = BODY_WHOLE_S
    pause_s: float = BODY_PAUSE_S


PATIENCE = Patience()


class Gone(Exception):
    """Whoever asked has hung up: there is nobody to answer."""


class Refusal(Exception):
    """The request is not served; `problem` is a word that a program reads."""

    def __init__(self, status: int, problem: str, *, closes: bool = False) -> None:
        super().__init__(problem)
        self.status = status
        self.problem = problem
        self.closes = closes  # what comes behind on this connection is not read any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back."""

    status: int = 200
    body: bytes = b""
    media_type: bytes = JSON
    headers: tuple[tuple[bytes, bytes], ...] = field(default=())

    async def send(self, send: Send) -> None:
        """Send it."""
        headers = [(b"content-length", str(len(self.body)).encode()), *self.headers]
        if self.status == 204:
            headers = list(self.headers)
        elif self.body:
            headers.append((b"content-type", self.media_type))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def no(status: int, problem: str, now: datetime, *, closes: bool = False) -> Answer:
    """Return a no; all of them have one form."""
    body = {"answer": "no", "problem": problem, "hub_time": utc_text(now)}
    return Answer(
        status=status,
        body=msgspec.json.encode(body),
        headers=((b"connection", b"close"),) if closes else (),
    )


def header(scope: Scope, name: bytes) -> bytes | None:
    """Return a header's value; None if it is not there, or there twice."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[0] if len(found) == 1 else None


def announced(scope: Scope) -> int:
    """Return how many bytes a request says that its body has; 0 if it does not say."""
    value = header(scope, b"content-length") or b""
    return int(value) if value.isdigit() and len(value) < 20 else 0


async def read_body(
    scope: Scope, receive: Receive, *, bytes_max: int, patience: Patience = PATIENCE
) -> bytes:
    """Return a request's body.

    Raises:
        Refusal: it is larger than it may be, or does not come.
        Gone: the connection broke before it was whole.
    """
    if announced(scope) > bytes_max:
        raise Refusal(413, "too_large", closes=announced(scope) > 4 * bytes_max)
    body = bytearray()
    try:
        async with asyncio.timeout(patience.whole_s):
            while True:
                async with asyncio.timeout(patience.pause_s):
                    message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                body += message.get("body", b"")
                if len(body) > bytes_max:
                    raise Refusal(413, "too_large", closes=True)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError as error:
        raise Refusal(408, "slow", closes=True) from error


class Bounded:
    """A `receive` for those who read a body by themselves: it ends where it becomes too much."""

    def __init__(self, receive: Receive, *, bytes_max: int, patience: Patience = PATIENCE) -> None:
        self._receive = receive
        self._left = bytes_max
        self._patience = patience
        self._began: float | None = None
        self._is_whole = False
        self.refusal: Refusal | None = None

    async def __call__(self) -> Message:
        """Return the next message; a body that is refused breaks off."""
        if self._is_whole:
            return await self._receive()  # whether somebody hangs up is waited for without end
        loop = asyncio.get_running_loop()
        self._began = loop.time() if self._began is None else self._began
        until = min(loop.time() + self._patience.pause_s, self._began + self._patience.whole_s)
        try:
            async with asyncio.timeout_at(until):
                message = await self._receive()
        except TimeoutError:
            return self._refuse(Refusal(408, "slow", closes=True))
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            return self._refuse(Refusal(413, "too_large", closes=True))
        self._is_whole = not message.get("more_body", False)
        return message

    def _refuse(self, refusal: Refusal) -> Message:
        self.refusal = refusal
        return {"type": "http.disconnect"}

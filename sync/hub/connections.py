"""A connection that says nothing, or takes nothing, comes to an end.

uvicorn waits without end for the head of a request, for the rest of a body that nobody reads, and
for somebody to take an answer.  None of that holds a thread, but each holds a connection.

Nor does it know whom to let go where there are too many of them: it refuses everybody.  Here the
one that has been of no use for longest ends, and a till that is being answered never does; a till
whose connection ended between two requests opens another without a word.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, Literal

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES_MAX = 32 * 1024
"""Of a head; and of what a body may carry that is no part of it: lines behind its last chunk."""

ROOM_SHARE = 20
"""One in so many connections is kept free for whoever comes next."""


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """How long a connection is waited for, in seconds."""

    head_s: float = 15.0  # until it has said what it wants
    rest_s: float = 30.0  # until what is left of a body has come that nobody reads any more
    answer_s: float = 300.0  # until it has taken what is on its way: 8 MiB at 30 kB a second


WAITS = Waits()


def protocol_with(waits: Waits) -> type[asyncio.Protocol]:
    """Return uvicorn's protocol with an end to each wait."""

    class Patient(_Patient):
        its_waits = waits
        all_open: ClassVar[dict[_Patient, None]] = {}

    return Patient


class _Patient(HttpToolsProtocol):
    """HTTP/1.1 that is not waited for without end."""

    its_waits = WAITS
    all_open: ClassVar[dict[_Patient, None]] = {}  # of one server, the last used last

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._timer: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None
        self._head_bytes = 0
        self._has_body = False
        self._part: Literal["none", "head", "body"] = "none"

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait(self.its_waits.head_s)
        self.all_open[self] = None
        if self.limit_concurrency is not None:
            room = max(self.limit_concurrency // ROOM_SHARE, 1)
            if len(self.all_open) > self.limit_concurrency - room:
                self._let_one_go()

    def _let_one_go(self) -> None:
        for other in self.all_open:
            if other is not self and not other.is_with_a_till:
                del self.all_open[other]
                self.connections.discard(other)
                other.transport.abort()
                return

    @property
    def is_with_a_till(self) -> bool:
        """Say whether a till asks at this moment, and has proved that it is one."""
        cycle: Any = self.cycle  # None before the first request
        return cycle is not None and not cycle.response_complete and "till_id" in cycle.scope

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait(None)
        self._stop_taking()
        self.all_open.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self._part
        if before == "none" and self._timer is None:
            self._wait(self.its_waits.head_s)
        self._has_body = False
        super().data_received(data)
        if before == self._part != "none":
            self._head_bytes = 0 if self._has_body else self._head_bytes + len(data)
            if self._head_bytes > HEAD_BYTES_MAX:
                self.transport.abort()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._part == "head":  # what stands behind a body is none of the request's headers
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        self._has_body = True
        super().on_body(body)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._part, self._head_bytes = "head", 0
        if self._timer is None:
            self._wait(self.its_waits.head_s)

    def on_headers_complete(self) -> None:
        self._wait(None)
        self._part, self._head_bytes = "body", 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._wait(None)
        self._part = "none"
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.all_open.pop(self, self) is None:
            self.all_open[self] = None
        if self._part == "body":
            self._wait(self.its_waits.rest_s)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._taking is None:
            self._taking = self.loop.call_later(self.its_waits.answer_s, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop_taking()
        super().resume_writing()

    def _stop_taking(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _wait(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if seconds is None else self.loop.call_later(seconds, self._give_up)

    def _give_up(self) -> None:
        self._timer = None
        self.transport.abort()

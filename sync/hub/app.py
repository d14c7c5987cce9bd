"""The hub as an ASGI application: tills at /v1, other systems' API, head office's pages.

Around all of them: a line in the log, headers that keep browsers from harm, an end to bodies that
are too large or too slow, and an answer even where there is a bug.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from fastapi import FastAPI
from starlette.types import ASGIApp

from pos.clock import Now
from pos.errors import Unavailable
from sync.hub.api import api_router
from sync.hub.devices import Devices
from sync.hub.hub import Hub
from sync.hub.log import log, log_trouble
from sync.hub.messages import (
    PATIENCE,
    Bounded,
    Gone,
    Message,
    Patience,
    Receive,
    Scope,
    Send,
    no,
)
from sync.hub.web.site import web_router

UPLOAD_BYTES_MAX = 32 * 1024 * 1024
"""Of what people and other systems send: a file of products with its pictures is the largest."""

PIECE_BYTES_MAX = 256 * 1024

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
"""Where an answer does not say otherwise."""


def make_app(hub: Hub, *, patience: Patience = PATIENCE) -> HubApp:
    """Return the application; who serves it starts `hub`'s background as well."""
    pages = FastAPI(
        title="Échoppe",
        version=hub.version,
        docs_url=None,  # its page would fetch scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    pages.include_router(api_router(hub))
    pages.include_router(web_router(hub))
    return HubApp(hub, pages, patience=patience)


class HubApp:
    """Everything that a hub serves."""

    def __init__(self, hub: Hub, pages: ASGIApp, *, patience: Patience = PATIENCE) -> None:
        self.hub = hub
        self._devices = Devices(hub, patience=patience)
        self._pages = pages
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        started = time.monotonic()
        sending = _Sending(send, self.hub.clock)
        try:
            await self._serve(scope, receive, sending)
        except Gone:
            sending.status = 499
        except Unavailable as error:
            log_trouble("request", error)
            await sending.refuse(503, "storage")
        except Exception as error:  # noqa: BLE001 because a bug in one answer must not be told to a stranger
            log_trouble("request", error)
            await sending.refuse(500, "bug")
        finally:
            log(
                "request",
                method=scope["method"] if scope["method"] in _METHODS else "?",
                path=_template(scope),
                status=sending.status,
                ms=round((time.monotonic() - started) * 1000, 1),
                till=scope.get("till_id"),
            )

    async def _serve(self, scope: Scope, receive: Receive, sending: _Sending) -> None:
        path = scope["path"]
        if path in {"/health", "/v1"} or path.startswith("/v1/"):
            await self._devices(scope, receive, sending)
            return
        bounded = Bounded(receive, bytes_max=UPLOAD_BYTES_MAX, patience=self._patience)
        sending.stop = bounded
        await self._pages(scope, bounded, sending)


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def _template(scope: Scope) -> str:
    """Return which of our paths was asked for, never what somebody wrote into it."""
    if "template" in scope:
        return str(scope["template"])
    if "endpoint" not in scope:
        return "-"
    names = {str(value): f"{{{name}}}" for name, value in scope.get("path_params", {}).items()}
    return "/".join(names.get(part, part) for part in scope["path"].split("/"))


class _Sending:
    """What goes out: with our headers, and instead of it a refusal where a body was cut short."""

    def __init__(self, send: Send, clock: Now) -> None:
        self._send = send
        self._clock = clock
        self.status = 0
        self.stop: Bounded | None = None
        self._is_replaced = False

    async def __call__(self, message: Message) -> None:
        if self._is_replaced:
            return
        if message["type"] == "http.response.start":
            if self.stop is not None and self.stop.refusal is not None:
                self._is_replaced = True
                refusal = self.stop.refusal
                self.status = refusal.status
                await no(refusal.status, refusal.problem, self._clock(), closes=True).send(
                    self._plain
                )
                return
            self.status = message["status"]
            message = {**message, "headers": _with_ours(message.get("headers", ()))}
        elif message["type"] == "http.response.body":
            message = await self._all_but_last(message)
        await self._send(message)

    async def _all_but_last(self, message: Message) -> Message:
        """Send a large body piece by piece, each when the one before is on its way.

        Under TLS a connection says only between two pieces that nobody takes what was sent.
        """
        body = memoryview(message.get("body", b""))
        while len(body) > PIECE_BYTES_MAX:
            piece, body = body[:PIECE_BYTES_MAX], body[PIECE_BYTES_MAX:]
            await self._send(
                {"type": "http.response.body", "body": bytes(piece), "more_body": True}
            )
        return {**message, "body": bytes(body)}

    async def refuse(self, status: int, problem: str) -> None:
        """Answer with a refusal, unless an answer has begun."""
        if not self.status:
            await no(status, problem, self._clock()).send(self)

    async def _plain(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": _with_ours(message["headers"])}
        await self._send(message)


def _with_ours(headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    said = {name.lower() for name, _ in headers}
    return [*headers, *((name, value) for name, value in HEADERS if name not in said)]

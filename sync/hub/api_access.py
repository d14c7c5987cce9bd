"""Who may use the API, how often, and with how much: asked before anything else is read.

A request without a token learns nothing but that: neither whether its body would have been right,
nor whether what it asks for is there.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import Message

from pos.clock import utc_text
from pos.errors import Unavailable
from sync.hub.hub import Hub
from sync.hub.store.api_tokens import Bearer, bearer_of, note_used

BODY_BYTES_MAX = 1024 * 1024
REQUESTS_A_MINUTE = 600
TOKENS_KEPT = 1_000
USED_EVERY_S = 60
TOKEN_CHARS_MAX = 200

WRONG_MAX = 5
DETAIL_MAX = 500

_RETRY_S = 5

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Refusal(Exception):
    """An answer that is a refusal: a status and a word that a program can act on."""

    def __init__(self, status: int, problem: str, detail: str) -> None:
        super().__init__(problem)
        self.status = status
        self.problem = problem
        self.detail = detail

    def response(self) -> JSONResponse:
        """Return the refusal as it is sent."""
        headers = {}
        if self.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        if self.status in {429, 503}:
            headers["Retry-After"] = str(_RETRY_S)
        body = {"problem": self.problem, "detail": self.detail}
        return JSONResponse(body, self.status, headers)


class Limiter:
    """How many requests of one token a process takes: as many at once as in a minute."""

    def __init__(self, a_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute
        self._now = now
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._used: dict[bytes, float] = {}

    def takes(self, digest: bytes) -> bool:
        """Say whether one more is taken, and count it."""
        now = self._now()
        left, since = self._left.pop(digest, (float(self._a_minute), now))
        left = min(float(self._a_minute), left + (now - since) * self._a_minute / 60)
        self._left[digest] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > TOKENS_KEPT:
            gone, _ = self._left.popitem(last=False)
            self._used.pop(gone, None)
        return left >= 1

    def is_noted(self, digest: bytes) -> bool:
        """Say whether it was noted a moment ago that a token is in use, and take note."""
        now = self._now()
        if now - self._used.get(digest, float("-inf")) < USED_EVERY_S:
            return True
        self._used[digest] = now
        return False


def guarded(hub: Hub, limiter: Limiter) -> type[APIRoute]:
    """Return a kind of route that lets in who may do what it does."""

    class Guarded(APIRoute):
        def get_route_handler(self) -> Handler:
            answer = super().get_route_handler()
            scope = str((self.openapi_extra or {}).get("x-scope", ""))
            names = {str(one.alias) for one in self.dependant.query_params}

            async def handle(request: Request) -> Response:
                try:
                    await run_in_threadpool(_let_in, hub, limiter, request, scope)
                    _check_names(request, names)
                    request.state.hub = hub
                    return await answer(await _read_whole(request))
                except Refusal as refusal:
                    return refusal.response()
                except RequestValidationError as error:
                    return Refusal(422, "invalid", _what_is_wrong(error)).response()
                except HTTPException as error:  # a body that is no text, or without end nested
                    return Refusal(error.status_code, "body", str(error.detail)).response()
                except Unavailable:
                    return Refusal(503, "storage", "the database cannot be reached").response()

            return handle

    return Guarded


def _let_in(hub: Hub, limiter: Limiter, request: Request, scope: str) -> Bearer:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    bearer = None
    if kind.lower() == "bearer" and token.isascii() and 0 < len(token) <= TOKEN_CHARS_MAX:
        with hub.database.read() as connection:
            bearer = bearer_of(connection, token.strip())
    if bearer is None:
        raise Refusal(401, "token", "no token, or one that is not known")
    if scope and scope not in bearer.scopes:
        raise Refusal(403, "scope", f"this needs a token with {scope}")
    if not limiter.takes(bearer.digest):
        raise Refusal(429, "too_often", "too many requests of this token within a minute")
    if not limiter.is_noted(bearer.digest):
        with hub.database.write() as connection:
            note_used(connection, bearer.digest, utc_text(hub.clock()))
    return bearer


def _check_names(request: Request, names: Collection[str]) -> None:
    """Refuse parameters that are not known: `form` for `from` must not mean everything."""
    for name in request.query_params:
        if name not in names:
            raise Refusal(400, "parameter", f"not known: {_plain(name)}")


def _what_is_wrong(error: RequestValidationError) -> str:
    """Return where a request is wrong and why, without what it said there.

    The framework's own answer repeats it, and fails on what is no text or no number in JSON.
    """
    wrong = [
        f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:WRONG_MAX]
    ]
    return _plain("; ".join(wrong))


def _plain(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode()[:DETAIL_MAX]


async def _read_whole(request: Request) -> Request:
    """Return the request with all of its body, if it is not too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_BYTES_MAX:
            raise Refusal(413, "too_large", f"at most {BODY_BYTES_MAX} bytes")
        parts.append(part)
    message: Message = {"type": "http.request", "body": b"".join(parts), "more_body": False}

    async def receive() -> Message:
        return message

    return Request(request.scope, receive)

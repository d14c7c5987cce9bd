"""The guard at the door: who asks, may they, does the form come from us; then the page answers.

Nothing of a form is read before its sender is known, but for the one that logs in.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive

from pos.errors import Unavailable
from sync.hub.hub import Hub
from sync.hub.passwords import TooManyAtOnce
from sync.hub.people import person_of
from sync.hub.store.overview import house_of
from sync.hub.store.people import Person
from sync.hub.web.security import CSRF_FIELD, guarded, is_own_form, session_token
from sync.hub.web.visit import Visit
from sync.hub.web.words import language_of

FORM_BYTES_MAX = 64 * 1024
FORM_FIELDS_MAX = 200
FORM_WAIT_S = 60.0

logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
"""A damaged form gets an answer; a line in the log for each would help nobody."""

Who = Literal["anybody", "person", "owner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a page is, who may see it and what answers."""

    path: str
    answer: Callable[[Visit], Response]
    method: Literal["GET", "POST"] = "GET"
    who: Who = "person"
    bytes_max: int = FORM_BYTES_MAX


class TooLarge(Exception):
    """More came than this form can hold."""


def router_of(hub: Hub, pages: tuple[Page, ...]) -> APIRouter:
    """Return the routes of all pages; none of them is part of the documented API."""
    router = APIRouter(include_in_schema=False)
    for page in pages:
        router.add_route(page.path, _endpoint(hub, page), methods=[page.method])
    return router


def _endpoint(hub: Hub, page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            visit = await run_in_threadpool(_arrive, hub, request)
        except Unavailable:
            return guarded(Response("503", status_code=503, media_type="text/plain"))
        return guarded(await _answer(page, visit))

    return answer


def _arrive(hub: Hub, request: Request) -> Visit:
    now = hub.clock()
    person = person_of(hub.database, session_token(request), now)
    with hub.database.read() as connection:
        house = house_of(connection)
    language = language_of(request)
    return Visit(hub=hub, request=request, person=person, house=house, language=language, now=now)


async def _answer(page: Page, visit: Visit) -> Response:
    if (refusal := _refusal(page, visit)) is not None:
        return refusal
    try:
        if page.method == "POST":
            return await _answer_form(page, visit)
        return await run_in_threadpool(page.answer, visit)
    except TooLarge:
        return visit.problem("problem.too_large", status=413)
    except (MultiPartException, UnicodeDecodeError):
        return visit.problem("problem.form", status=400)
    except (TimeoutError, ClientDisconnect):
        return visit.problem("problem.slow", status=408)
    except TooManyAtOnce:
        return visit.problem("problem.busy", status=503)
    except Unavailable:
        return visit.problem("problem.storage", status=503)


async def _answer_form(page: Page, visit: Visit) -> Response:
    visit = await _with_form(page, visit)
    try:
        person = _owner_of_form(page, visit)
        if not is_own_form(visit.request, visit.secret(CSRF_FIELD), person):
            return visit.problem("problem.csrf", status=403)
        return await run_in_threadpool(page.answer, visit)
    finally:
        await visit.form.close()  # a file that was sent lies on the disk until then


def _owner_of_form(page: Page, visit: Visit) -> Person | None:
    return None if page.who == "anybody" else visit.person


def _refusal(page: Page, visit: Visit) -> Response | None:
    if page.who == "anybody":
        return None
    if visit.person is None:
        return _to_login(visit)
    if page.who == "owner" and not visit.person.is_owner:
        return visit.problem("problem.owner", status=403)
    return None


def _to_login(visit: Visit) -> Response:
    if visit.is_of_htmx:  # a part of a page would be filled with the form
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    url = visit.request.url
    asked = url.include_query_params() if visit.request.method == "GET" else url.replace(path="/")
    back = f"{asked.path}?{asked.query}" if asked.query else asked.path
    to_login = url.replace(path="/login", query="").include_query_params(next=back)
    return RedirectResponse(f"{to_login.path}?{to_login.query}", status_code=303)


async def _with_form(page: Page, visit: Visit) -> Visit:
    _, said = parse_options_header(visit.request.headers.get("Content-Type", ""))
    if said.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise MultiPartException("some charsets, such as punycode, take seconds to read")
    request = Request(visit.request.scope, _bounded(visit.request.receive, page.bytes_max))
    async with asyncio.timeout(FORM_WAIT_S):
        form: FormData = await request.form(max_files=1, max_fields=FORM_FIELDS_MAX)
    return Visit(
        hub=visit.hub,
        request=visit.request,
        person=visit.person,
        house=visit.house,
        language=visit.language,
        now=visit.now,
        form=form,
    )


def _bounded(receive: Receive, bytes_max: int) -> Receive:
    """Stop listening where a body becomes larger than its form can be."""
    left = bytes_max

    async def bounded() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return bounded

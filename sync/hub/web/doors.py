"""Logging in and out, the language of the pages, and the files that they are made of."""

from __future__ import annotations

from starlette.responses import Response

from sync.hub.people import log_in, log_out, remember_browser
from sync.hub.web.pages import STATIC, static_file
from sync.hub.web.security import (
    browser_token,
    form_token,
    give_browser,
    give_form_token,
    give_session,
    is_own_form,
    safe_path,
    session_token,
    take_session,
)
from sync.hub.web.visit import Visit, see
from sync.hub.web.words import LANGUAGE_COOKIE, LANGUAGES

YEAR_S = 365 * 24 * 3600


def login_page(visit: Visit) -> Response:
    """Show the form; whoever is logged in already goes on."""
    if visit.person is not None:
        return see(safe_path(visit.query.get("next", "/")))
    return _form(visit, next_path=safe_path(visit.query.get("next", "/")))


def login(visit: Visit) -> Response:
    """Begin a session for whoever knows name and password."""
    request, next_path = visit.request, safe_path(visit.typed("next"))
    if not is_own_form(request, visit.secret("csrf"), None):  # it was open over night
        return _form(visit, next_path=next_path, problem="login.again", status=403)
    name = visit.typed("name")
    browser, database = browser_token(request), visit.hub.database
    token = log_in(database, name, visit.secret("password"), visit.now, browser=browser)
    if token is None:
        return _form(visit, next_path=next_path, problem="login.wrong", status=401)
    response = see(next_path)
    give_session(request, response, token)
    give_browser(request, response, remember_browser(database, token, browser, visit.now))
    return response


def _form(visit: Visit, *, next_path: str, problem: str = "", status: int = 200) -> Response:
    token = form_token(visit.request)
    response = visit.page(
        "login.html",
        form_token=token,
        next=next_path,
        problem=problem,
        name=visit.typed("name"),
    )
    response.status_code = status
    give_form_token(visit.request, response, token)
    return response


def logout(visit: Visit) -> Response:
    log_out(visit.hub.database, session_token(visit.request))
    response = see("/login")
    take_session(visit.request, response)
    return response


def choose_language(visit: Visit) -> Response:
    """Keep which language somebody wants to read."""
    language = visit.part("language")
    if language not in LANGUAGES:
        return visit.not_found()
    response = see(safe_path(visit.query.get("back", "/")))
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=YEAR_S, path="/", httponly=True, samesite="lax"
    )
    return response


def static_page(visit: Visit) -> Response:
    """Return a file of the pages; its address changes with it, so a browser may keep it."""
    name = visit.part("name")
    if name not in STATIC:
        return visit.not_found()
    return Response(
        static_file(name),
        media_type=STATIC[name],
        headers={"Cache-Control": f"public, max-age={YEAR_S}, immutable"},
    )

"""What keeps head office's pages head office's: headers, cookies, the token in every form.

No script or style stands in a page, so that a product called `<script>` is a product.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from sync.hub.people import BROWSER_LIFE, SESSION_LIFE
from sync.hub.store.people import Person

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
CSRF_FIELD = "csrf"
CSRF_HEADER = "X-CSRF"


def guarded(response: Response) -> Response:
    """Put on an answer what tells a browser to let nobody else play with it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def session_token(request: Request) -> str:
    return request.cookies.get(_name(request, "session"), "")


def give_session(request: Request, response: Response, token: str) -> None:
    _set(request, response, "session", token)


def take_session(request: Request, response: Response) -> None:
    name = _name(request, "session")
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=_is_tls(request))


def browser_token(request: Request) -> str:
    """Return what a browser shows from which somebody logged in before."""
    return request.cookies.get(_name(request, "browser"), "")


def give_browser(request: Request, response: Response, token: str) -> None:
    _set(request, response, "browser", token, BROWSER_LIFE)


def form_token(request: Request) -> str:
    """Return what the form for logging in must carry: there is no session yet to keep it."""
    return request.cookies.get(_name(request, "form"), "") or secrets.token_urlsafe(32)


def give_form_token(request: Request, response: Response, token: str) -> None:
    _set(request, response, "form", token)


def is_own_form(request: Request, typed: str, person: Person | None) -> bool:
    """Say whether a form came from a page of ours and not from one that somebody was lured to."""
    said = request.headers.get(CSRF_HEADER) or typed
    kept = person.csrf if person else request.cookies.get(_name(request, "form"), "")
    return bool(kept) and secrets.compare_digest(said.encode(), kept.encode())


def safe_path(path: str) -> str:
    """Return where to go after logging in: a page of ours, whatever the address said."""
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_ours and path.isprintable() else "/"


def _is_tls(request: Request) -> bool:
    return request.url.scheme == "https"


def _name(request: Request, name: str) -> str:
    """With TLS a browser takes a `__Host-` cookie from this host only, and sends it here only."""
    return f"__Host-echoppe-{name}" if _is_tls(request) else f"echoppe-{name}"


def _set(
    request: Request, response: Response, name: str, value: str, life: timedelta = SESSION_LIFE
) -> None:
    response.set_cookie(
        _name(request, name),
        value,
        max_age=int(life.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_tls(request),
    )

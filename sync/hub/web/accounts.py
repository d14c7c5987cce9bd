"""Accounts of head office and keys of other systems, for owners; one's own password, for all."""

from __future__ import annotations

import re
from typing import cast, get_args

from starlette.responses import Response

from pos.domain.text import clean_text
from sync.hub.passwords import PASSWORD_MIN, BadAccount
from sync.hub.people import PasswordChange, change_password, give_password, invite, set_active
from sync.hub.store import people as store
from sync.hub.store.people import SCOPES, Role
from sync.hub.web.security import browser_token, session_token
from sync.hub.web.visit import Visit

TOKEN_NAME_MAX = 80


def my_page(visit: Visit) -> Response:
    return _my_page(visit)


def change_mine(visit: Visit) -> Response:
    """Change one's own password."""
    new = visit.secret("new")
    if new != visit.secret("again"):
        return _my_page(visit, problem="me.differ")
    change = PasswordChange(
        old=visit.secret("old"),
        new=new,
        token=session_token(visit.request),
        browser=browser_token(visit.request),
    )
    try:
        is_changed = change_password(visit.hub.database, visit.who, change, visit.now)
    except BadAccount as bad:
        return _my_page(visit, problem=f"account.{bad.problem}")
    return _my_page(visit, done=True) if is_changed else _my_page(visit, problem="me.wrong")


def _my_page(visit: Visit, *, problem: str = "", done: bool = False) -> Response:
    response = visit.page("me.html", problem=problem, done=done, least=PASSWORD_MIN)
    response.status_code = 422 if problem else 200
    return response


def accounts_page(visit: Visit) -> Response:
    return _accounts(visit)


def add_account(visit: Visit) -> Response:
    """Make an account, with a first password that its owner may change."""
    role = visit.typed("role")
    if role not in get_args(Role):
        return visit.not_found()
    try:
        name = invite(
            visit.hub.database, visit.typed("name"), cast("Role", role), visit.secret("password")
        )
    except BadAccount as bad:
        return _accounts(visit, problem=visit.say(f"account.{bad.problem}"))
    return _accounts(visit, said=visit.say("accounts.added", name=name))


def change_account(visit: Visit) -> Response:
    """Shut somebody out, let them in again, or give them another password."""
    name, wanted = visit.typed("name"), visit.typed("do")
    if wanted not in {"let_go", "let_in", "password"}:
        return visit.problem("problem.form", status=422)
    with visit.hub.database.read() as connection:
        if store.account_of(connection, name) is None:
            return visit.not_found()
    if wanted == "password":
        try:
            give_password(visit.hub.database, name, visit.secret("password"))
        except BadAccount as bad:
            return _accounts(visit, problem=visit.say(f"account.{bad.problem}"))
    elif not set_active(visit.hub.database, name, is_active=wanted == "let_in"):
        return _accounts(visit, problem=visit.say("accounts.last_owner"))
    return _accounts(visit, said=visit.say("accounts.changed", name=name))


def make_token(visit: Visit) -> Response:
    """Make a key for another system; this answer is the only place where it ever stands."""
    name = clean_text(visit.typed("name"), length_max=TOKEN_NAME_MAX)
    scopes = [scope for scope in SCOPES if scope in visit.form.getlist("scope")]
    if not name or not scopes:
        return _accounts(visit, problem=visit.say("tokens.bad"))
    with visit.hub.database.write() as connection:
        token = store.make_token(connection, name, scopes, visit.now)
    return _accounts(visit, token=token)


def revoke_token(visit: Visit) -> Response:
    digest = visit.typed("digest")
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        return visit.not_found()
    with visit.hub.database.write() as connection:
        store.revoke_token(connection, bytes.fromhex(digest), visit.now)
    return _accounts(visit, said=visit.say("saved"))


def _accounts(visit: Visit, *, problem: str = "", said: str = "", token: str = "") -> Response:
    with visit.hub.database.read() as connection:
        accounts, tokens = store.accounts(connection), store.tokens(connection)
    response = visit.page(
        "accounts.html",
        accounts=accounts,
        least=PASSWORD_MIN,
        problem=problem,
        said=said,
        scopes=SCOPES,
        token=token,
        tokens=tokens,
    )
    response.status_code = 422 if problem else 200
    return response

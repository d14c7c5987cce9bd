"""Accounts of head office, their sessions, and tokens of other systems, as they are stored.

Of passwords there is an argon2id hash, of tokens their SHA-256, of neither what a person typed.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select, update

from pos.clock import utc_text
from sync.hub.passwords import BadAccount, account_name, hash_password
from sync.hub.store.tables import account, api_token, known_browser, session
from sync.hub.store.upserting import insert_into

Role = Literal["owner", "head_office"]
SCOPES = ("sales:read", "stock:read", "products:read", "products:write")
TOKEN_PREFIX = "ech_"  # noqa: S105 so that a token that leaked is known for what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may open head office's pages."""

    name: str
    role: str
    password_hash: str
    is_active: bool
    locked_until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever is logged in, and what their forms must carry."""

    name: str
    role: str
    csrf: str

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token as a list may show it: never what it is made of."""

    digest: str  # hex; names it in a form
    name: str
    scopes: str
    made_at: str
    used_at: str | None
    revoked_at: str | None


def digest_of(token: str) -> bytes:
    """Return what is stored of a session's or an API's token."""
    return hashlib.sha256(token.encode()).digest()


def accounts(connection: Connection) -> list[Account]:
    """Return all accounts by name."""
    return [_account(row) for row in connection.execute(select(account).order_by(account.c.name))]


def account_of(connection: Connection, name: str) -> Account | None:
    row = connection.execute(select(account).where(account.c.name == name)).first()
    return None if row is None else _account(row)


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        name=row.name,
        role=row.role,
        password_hash=row.password_hash,
        is_active=row.is_active,
        locked_until=row.locked_until,
    )


def add_account(connection: Connection, name: str, role: Role, password_hash: str) -> None:
    connection.execute(insert(account).values(name=name, role=role, password_hash=password_hash))


def make_owner(connection: Connection, name: str, password: str) -> str:
    """Make the account of an owner and return its name.

    Raises:
        BadAccount: the name is empty or taken, or the password too short or too long.
    """
    kept = account_name(name)
    if account_of(connection, kept) is not None:
        raise BadAccount("taken")
    add_account(connection, kept, "owner", hash_password(password, name=kept))
    return kept


def set_password(connection: Connection, name: str, password_hash: str) -> None:
    """Store another password: what was counted against the old one is forgotten."""
    connection.execute(
        update(account)
        .where(account.c.name == name)
        .values(password_hash=password_hash, wrong_passwords=0, locked_until=None)
    )


def set_active(connection: Connection, name: str, *, is_active: bool) -> None:
    connection.execute(update(account).where(account.c.name == name).values(is_active=is_active))


def owners(connection: Connection) -> int:
    """Return how many owners can log in; nobody changes that until this transaction is over."""
    found = select(account.c.name).where(account.c.role == "owner", account.c.is_active)
    return len(connection.execute(found.with_for_update()).all())


def count_attempt(connection: Connection, name: str, now: datetime) -> int | None:
    """Count an attempt to log in *before* the password is looked at, and return which it is.

    Attempts at the same time are told apart so; None where there is nobody to log in: unknown,
    left, or locked out for now.
    """
    may = (
        account.c.name == name,
        account.c.is_active,
        or_(account.c.locked_until.is_(None), account.c.locked_until <= utc_text(now)),
    )
    attempts = account.c.wrong_passwords + 1
    counted = update(account).where(*may).values(wrong_passwords=attempts)
    row = connection.execute(counted.returning(account.c.wrong_passwords)).first()
    return None if row is None else int(row.wrong_passwords)


def lock_until(connection: Connection, name: str, until: datetime) -> None:
    connection.execute(
        update(account).where(account.c.name == name).values(locked_until=utc_text(until))
    )


def forget_attempts(connection: Connection, name: str) -> None:
    connection.execute(
        update(account).where(account.c.name == name).values(wrong_passwords=0, locked_until=None)
    )


def count_attempt_from(
    connection: Connection, name: str, browser: str, now: datetime
) -> int | None:
    """Count an attempt from a browser from which this account logged in before; None: from none."""
    counted = update(known_browser).where(*_is_known(name, browser, now))
    row = connection.execute(
        counted.values(wrong_passwords=known_browser.c.wrong_passwords + 1).returning(
            known_browser.c.wrong_passwords
        )
    ).first()
    return None if row is None else int(row.wrong_passwords)


def is_browser_known(connection: Connection, name: str, browser: str, now: datetime) -> bool:
    """Say whether an account logged in from a browser before."""
    query = select(known_browser.c.account).where(*_is_known(name, browser, now))
    return bool(browser) and connection.execute(query).first() is not None


def _is_known(name: str, browser: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        known_browser.c.token_digest == digest_of(browser),
        known_browser.c.account == name,
        known_browser.c.expires_at > utc_text(now),
    )


def remember_browser(
    connection: Connection, name: str, browser: str, *, now: datetime, until: datetime
) -> str:
    """Note that an account logged in from a browser, and return what it has to show from now on."""
    connection.execute(delete(known_browser).where(known_browser.c.expires_at <= utc_text(now)))
    ours = select(known_browser.c.account).where(known_browser.c.token_digest == digest_of(browser))
    if connection.execute(ours).first() is None:  # nobody chooses it for somebody else
        browser = secrets.token_urlsafe(32)
    new = {"wrong_passwords": 0, "expires_at": utc_text(until)}
    statement = insert_into(connection, known_browser).values(
        token_digest=digest_of(browser), account=name, **new
    )
    connection.execute(
        statement.on_conflict_do_update(index_elements=["token_digest", "account"], set_=new)
    )
    return browser


def forget_browser(connection: Connection, name: str, browser: str) -> None:
    """Trust a browser no more than any other."""
    connection.execute(
        delete(known_browser).where(
            known_browser.c.token_digest == digest_of(browser), known_browser.c.account == name
        )
    )


def forget_browsers_of(connection: Connection, name: str, *, but: str = "") -> None:
    """Trust no browser of an account any more, but for the one with this token."""
    connection.execute(
        delete(known_browser).where(
            known_browser.c.account == name, known_browser.c.token_digest != digest_of(but)
        )
    )


def open_session(connection: Connection, name: str, *, now: datetime, until: datetime) -> str:
    """Begin a session, clear away those that are over, and return the new one's token."""
    token = secrets.token_urlsafe(32)
    connection.execute(delete(session).where(session.c.expires_at <= utc_text(now)))
    connection.execute(
        insert(session).values(
            token_digest=digest_of(token),
            account=name,
            csrf=secrets.token_urlsafe(32),
            expires_at=utc_text(until),
        )
    )
    return token


def person_of(connection: Connection, token: str, now: datetime) -> Person | None:
    """Return whose session a token opens, if it is not over."""
    row = connection.execute(
        select(account.c.name, account.c.role, session.c.csrf)
        .join_from(session, account)
        .where(
            session.c.token_digest == digest_of(token),
            session.c.expires_at > utc_text(now),
            account.c.is_active,
        )
    ).first()
    return None if row is None else Person(name=row.name, role=row.role, csrf=row.csrf)


def close_session(connection: Connection, token: str) -> None:
    connection.execute(delete(session).where(session.c.token_digest == digest_of(token)))


def close_sessions_of(connection: Connection, name: str, *, but: str = "") -> None:
    """End all sessions of an account, but for the one with this token."""
    connection.execute(
        delete(session).where(session.c.account == name, session.c.token_digest != digest_of(but))
    )


def make_token(connection: Connection, name: str, scopes: Sequence[str], now: datetime) -> str:
    """Store a new API token and return it: this is the only time that anybody sees it."""
    assert set(scopes) <= set(SCOPES), scopes
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    connection.execute(
        insert(api_token).values(
            token_digest=digest_of(token),
            name=name,
            scopes=" ".join(scope for scope in SCOPES if scope in scopes),
            made_at=utc_text(now),
        )
    )
    return token


def tokens(connection: Connection) -> list[ApiToken]:
    """Return all tokens, the newest first."""
    return [
        ApiToken(
            digest=row.token_digest.hex(),
            name=row.name,
            scopes=row.scopes,
            made_at=row.made_at,
            used_at=row.used_at,
            revoked_at=row.revoked_at,
        )
        for row in connection.execute(select(api_token).order_by(api_token.c.made_at.desc()))
    ]


def revoke_token(connection: Connection, digest: bytes, now: datetime) -> None:
    connection.execute(
        update(api_token)
        .where(api_token.c.token_digest == digest, api_token.c.revoked_at.is_(None))
        .values(revoked_at=utc_text(now))
    )

"""Who may open head office's pages: logging in, the lock after wrong passwords, accounts.

Unknown, locked and wrong are one answer, so that nobody learns which names exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.hub.passwords import BadAccount, account_name, hash_password, is_password, turn
from sync.hub.store import people as store
from sync.hub.store.database import HubDatabase
from sync.hub.store.people import Person, Role, make_owner, make_token

__all__ = ["change_password", "invite", "log_in", "log_out", "make_owner", "make_token"]

ATTEMPTS_MAX = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=12)
BROWSER_LIFE = timedelta(days=180)
"""How long a browser is known from which somebody logged in."""


def log_in(
    database: HubDatabase, typed_name: str, password: str, now: datetime, *, browser: str = ""
) -> str | None:
    """Return the token of a new session, or None: wrong, unknown, left or locked out.

    An attempt is counted before the password is looked at: a thousand guesses at the same moment
    are a thousand guesses.  Attempts from a `browser` that the account logged in from before are
    counted by themselves, so that nobody locks somebody out by guessing from elsewhere.

    Raises:
        TooManyAtOnce: too many people log in at this moment.
    """
    attempt = _attempt(database, typed_name, browser, now)
    with turn(is_known=bool(attempt.browser)):  # first of all: a flood must not write either
        known = _count(database, attempt, now)
        if not is_password(password, known.password_hash if known else None) or known is None:
            return None
    with database.write() as connection:
        if not attempt.browser:
            store.forget_attempts(connection, known.name)
        return store.open_session(connection, known.name, now=now, until=now + SESSION_LIFE)


def remember_browser(database: HubDatabase, token: str, browser: str, now: datetime) -> str:
    """Note from which browser a session was begun, and return what that has to show next time."""
    with database.write() as connection:
        person = store.person_of(connection, token, now)
        if person is None:
            return browser
        until = now + BROWSER_LIFE
        return store.remember_browser(connection, person.name, browser, now=now, until=until)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Somebody wants to log in."""

    name: str  # "" if what was typed is none
    browser: str = ""  # known for this account, or ""


def _attempt(database: HubDatabase, typed: str, browser: str, now: datetime) -> _Attempt:
    try:
        name = account_name(typed)
    except BadAccount:
        return _Attempt("")
    with database.read() as connection:
        is_known = store.is_browser_known(connection, name, browser, now)
    return _Attempt(name, browser if is_known else "")


def _count(database: HubDatabase, attempt: _Attempt, now: datetime) -> store.Account | None:
    """Count an attempt and return whose password to look at; None: nobody's."""
    if not attempt.name:
        return None
    with database.write() as connection:
        if attempt.browser and (
            count := store.count_attempt_from(connection, attempt.name, attempt.browser, now)
        ):
            if count >= ATTEMPTS_MAX:
                store.forget_browser(connection, attempt.name, attempt.browser)
            known = store.account_of(connection, attempt.name)
            return known if known is not None and known.is_active else None
        count = store.count_attempt(connection, attempt.name, now)
        if count is None:
            return None
        if count >= ATTEMPTS_MAX:
            store.lock_until(connection, attempt.name, now + LOCKED_FOR)
        return store.account_of(connection, attempt.name)


def person_of(database: HubDatabase, token: str, now: datetime) -> Person | None:
    """Return who a session's token belongs to, as long as it lasts."""
    if not token:
        return None
    with database.read() as connection:
        return store.person_of(connection, token, now)


def log_out(database: HubDatabase, token: str) -> None:
    with database.write() as connection:
        store.close_session(connection, token)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChange:
    """What somebody typed who wants another password, and the session that they keep."""

    old: str
    new: str
    token: str
    browser: str = ""


def change_password(
    database: HubDatabase, person: Person, change: PasswordChange, now: datetime
) -> bool:
    """Change one's own password and end one's other sessions; False: the old one is wrong.

    A wrong one counts like a wrong login, or an open page would be a place to guess at.

    Raises:
        BadAccount: the new one is too short or too long.
        TooManyAtOnce: too many people log in at this moment.
    """
    attempt = _attempt(database, person.name, change.browser, now)
    with turn(is_known=bool(attempt.browser)):
        known = _count(database, attempt, now)
        if not is_password(change.old, known.password_hash if known else None):
            return False
    password_hash = hash_password(change.new, name=person.name)
    with database.write() as connection:
        store.set_password(connection, person.name, password_hash)
        store.close_sessions_of(connection, person.name, but=change.token)
        store.forget_browsers_of(connection, person.name, but=change.browser)
    return True


def invite(database: HubDatabase, typed_name: str, role: Role, password: str) -> str:
    """Make an account and return its name.

    Raises:
        BadAccount: the name is empty or taken, or the password too short or too long.
    """
    name = account_name(typed_name)
    password_hash = hash_password(password, name=name)
    with database.write() as connection:
        if store.account_of(connection, name) is not None:
            raise BadAccount("taken")
        store.add_account(connection, name, role, password_hash)
    return name


def give_password(database: HubDatabase, name: str, password: str) -> None:
    """Give somebody who forgot theirs another password: their sessions end, a lock opens.

    Raises:
        BadAccount: it is too short or too long.
    """
    password_hash = hash_password(password, name=name)
    with database.write() as connection:
        store.set_password(connection, name, password_hash)
        store.close_sessions_of(connection, name)
        store.forget_browsers_of(connection, name)


def set_active(database: HubDatabase, name: str, *, is_active: bool) -> bool:
    """Let somebody in again, or no longer; False: they are the last owner."""
    with database.write() as connection:
        known = store.account_of(connection, name)
        if known is None:
            return True
        is_last = known.role == "owner" and known.is_active and store.owners(connection) == 1
        if is_last and not is_active:
            return False
        store.set_active(connection, name, is_active=is_active)
        if not is_active:
            store.close_sessions_of(connection, name)
    return True

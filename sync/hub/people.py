"""Who may open head office's pages: logging in, the lock after wrong passwords, accounts.

Unknown, locked and wrong are one answer, so that nobody learns which names exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.hub.passwords import BadAccount, account_name, hash_password, is_password
from sync.hub.store import people as store
from sync.hub.store.database import HubDatabase
from sync.hub.store.people import Person, Role, make_owner, make_token

__all__ = ["change_password", "invite", "log_in", "log_out", "make_owner", "make_token"]

ATTEMPTS_MAX = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=12)


def log_in(database: HubDatabase, typed_name: str, password: str, now: datetime) -> str | None:
    """Return the token of a new session, or None: wrong, unknown, left or locked out.

    The attempt is counted before the password is looked at: a thousand guesses at the same moment
    are a thousand guesses.

    Raises:
        TooManyAtOnce: too many people log in at this moment.
    """
    known = _count_attempt(database, typed_name, now)
    if not is_password(password, known.password_hash if known else None) or known is None:
        return None
    with database.write() as connection:
        store.forget_attempts(connection, known.name)
        return store.open_session(connection, known.name, now=now, until=now + SESSION_LIFE)


def _count_attempt(database: HubDatabase, typed: str, now: datetime) -> store.Account | None:
    try:
        name = account_name(typed)
    except BadAccount:
        return None
    with database.write() as connection:
        attempt = store.count_attempt(connection, name, now)
        if attempt is None:
            return None
        if attempt >= ATTEMPTS_MAX:
            store.lock_until(connection, name, now + LOCKED_FOR)
        return store.account_of(connection, name)


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


def change_password(
    database: HubDatabase, person: Person, change: PasswordChange, now: datetime
) -> bool:
    """Change one's own password and end one's other sessions; False: the old one is wrong.

    A wrong one counts like a wrong login, or an open page would be a place to guess at.

    Raises:
        BadAccount: the new one is too short or too long.
        TooManyAtOnce: too many people log in at this moment.
    """
    known = _count_attempt(database, person.name, now)
    if not is_password(change.old, known.password_hash if known else None):
        return False
    password_hash = hash_password(change.new, name=person.name)
    with database.write() as connection:
        store.set_password(connection, person.name, password_hash)
        store.close_sessions_of(connection, person.name, but=change.token)
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

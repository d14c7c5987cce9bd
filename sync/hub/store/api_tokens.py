"""Tokens of other systems, as a request brings them."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select, update

from sync.hub.store.people import digest_of
from sync.hub.store.tables import api_token


class Bearer(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever brought a token, and what it lets them do."""

    digest: bytes
    name: str
    scopes: frozenset[str]


def bearer_of(connection: Connection, token: str) -> Bearer | None:
    """Return whose token it is; None if nobody's, or not any more."""
    row = connection.execute(
        select(api_token.c.token_digest, api_token.c.name, api_token.c.scopes).where(
            api_token.c.token_digest == digest_of(token), api_token.c.revoked_at.is_(None)
        )
    ).first()
    if row is None:
        return None
    scopes = frozenset(row.scopes.split())
    return Bearer(digest=bytes(row.token_digest), name=row.name, scopes=scopes)


def note_used(connection: Connection, digest: bytes, at: str) -> None:
    """Keep when a token was last used: one that nobody uses can be taken away."""
    connection.execute(
        update(api_token).where(api_token.c.token_digest == digest).values(used_at=at)
    )

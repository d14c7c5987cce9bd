"""What tills are told, in the database: the inbox, the newest of each thing, and snapshots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, text, update

from pos.domain.feed import FeedItem
from sync.hub.store.inserting import insert_many
from sync.hub.store.tables import feed_head, feed_now, inbox, snapshot, snapshot_part, till

ITEM_BYTES_MAX = 1024 * 1024
"""No product of a real shop comes near; a page must always have room for one more."""

_encoder = msgspec.json.Encoder()


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Where the feed is."""

    feed_id: str
    position: int
    kept_from: int  # who is not as far as the one before this was not told what has gone since


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A change in the inbox, or one with its position."""

    kind: str
    key: str
    item: bytes
    position: int = 0  # 0: not yet


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot that was made."""

    feed_id: str
    position: int
    parts: tuple[str, ...]


def put(connection: Connection, items: Sequence[FeedItem]) -> None:
    """Tell the tills, with the transaction that changes what they are told.

    Change the thing itself first: its row's lock is what keeps two changes of one thing in order.
    """
    rows = [(str(item.__struct_config__.tag), item.key, _encoder.encode(item)) for item in items]
    assert all(len(item) <= ITEM_BYTES_MAX for _, _, item in rows), "one thing is not that large"
    insert_many(connection, inbox, ("kind", "key", "item"), rows)


def is_anybody_waiting(connection: Connection) -> bool:
    """Say whether there is something in the inbox."""
    return connection.scalar(select(inbox.c.number).limit(1)) is not None


def take_waiting(connection: Connection, limit: int) -> list[Waiting]:
    """Take the oldest changes out of the inbox.

    By their very numbers: a change with a lower one may become visible at any moment.
    """
    oldest = select(inbox.c.number).order_by(inbox.c.number).limit(limit)
    taken = connection.execute(
        delete(inbox)
        .where(inbox.c.number.in_(oldest.scalar_subquery()))
        .returning(inbox.c.number, inbox.c.kind, inbox.c.key, inbox.c.item)
    )
    rows = sorted(taken, key=lambda row: row.number)
    return [Waiting(kind=row.kind, key=row.key, item=row.item) for row in rows]


def read_head(connection: Connection, *, locked: bool = False) -> Head:
    """Return where the feed is; `locked` lets nobody else number until the transaction ends."""
    query = select(feed_head.c.feed_id, feed_head.c.position, feed_head.c.kept_from)
    row = connection.execute(query.with_for_update() if locked else query).one()
    return Head(feed_id=row.feed_id, position=row.position, kept_from=row.kept_from)


_REPLACED = (
    "ON CONFLICT (kind, key) DO UPDATE SET position = excluded.position, item = excluded.item"
)


def place(connection: Connection, numbered: Sequence[Waiting]) -> None:
    """Keep the newest of each thing under its position, and move the head to the last."""
    newest = {(one.kind, one.key): one for one in numbered}
    rows = [(one.kind, one.key, one.position, one.item) for one in newest.values()]
    insert_many(connection, feed_now, ("kind", "key", "position", "item"), rows, _REPLACED)
    connection.execute(update(feed_head).values(position=numbered[-1].position))


def changes_behind(connection: Connection, after: int, limit: int) -> list[tuple[int, bytes]]:
    """Return position and item of what changed last behind a position, in order."""
    rows = connection.execute(
        select(feed_now.c.position, feed_now.c.item)
        .where(feed_now.c.position > after)
        .order_by(feed_now.c.position)
        .limit(limit)
    )
    return [(row.position, row.item) for row in rows]


def kinds(connection: Connection) -> list[str]:
    """Return the kinds of things that there are."""
    return list(connection.scalars(select(feed_now.c.kind).distinct()))


def everything(connection: Connection, kind: str) -> Iterator[bytes]:
    """Yield the items of one kind as they are now, always in the same order."""
    rows = connection.execution_options(yield_per=1_000).scalars(
        select(feed_now.c.item).where(feed_now.c.kind == kind).order_by(feed_now.c.key)
    )
    yield from rows


def things_before(
    connection: Connection, kinds: Sequence[str], before: int
) -> Iterator[tuple[str, str, bytes]]:
    """Yield kind, key and item of what has not changed since before a position."""
    rows = connection.execute(
        select(feed_now.c.kind, feed_now.c.key, feed_now.c.item)
        .where(feed_now.c.kind.in_(kinds))
        .where(feed_now.c.position < before)
    )
    for row in rows:
        yield row.kind, row.key, row.item


def forget(connection: Connection, gone: Sequence[tuple[str, str]], *, before: int) -> None:
    """Forget things that are gone; who has not come to `before` yet is told by a snapshot."""
    connection.execute(
        delete(feed_now)
        .where(feed_now.c.kind == bindparam("its_kind"))
        .where(feed_now.c.key == bindparam("its_key")),
        [{"its_kind": kind, "its_key": key} for kind, key in gone],
    )
    connection.execute(update(feed_head).values(kept_from=before))


def set_feed_id(connection: Connection, feed_id: str) -> None:
    """Begin another run of positions; no snapshot of the old one is offered any more."""
    connection.execute(update(feed_head).values(feed_id=feed_id))
    connection.execute(delete(snapshot))
    connection.execute(delete(snapshot_part))


def newest_snapshot(connection: Connection) -> Kept | None:
    """Return the snapshot that was made last."""
    row = connection.execute(
        select(snapshot).order_by(snapshot.c.position.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    parts = msgspec.json.decode(row.parts, type=tuple[str, ...])
    return Kept(feed_id=row.feed_id, position=row.position, parts=parts)


_KEEP_PART = text(
    "INSERT INTO snapshot_part (digest, body) VALUES (:digest, :body)"
    " ON CONFLICT (digest) DO NOTHING"
)
_KEEP_SNAPSHOT = text(
    "INSERT INTO snapshot (position, feed_id, parts, made_at)"
    " VALUES (:position, :feed_id, :parts, :made_at)"
    " ON CONFLICT (position) DO UPDATE SET"
    " feed_id = excluded.feed_id, parts = excluded.parts, made_at = excluded.made_at"
)


def keep_snapshot(
    connection: Connection, kept: Kept, bodies: dict[str, bytes], made_at: str
) -> None:
    """Keep a new snapshot and the one before it, which somebody may still be fetching."""
    if bodies:
        connection.execute(
            _KEEP_PART,
            [{"digest": bytes.fromhex(name), "body": body} for name, body in bodies.items()],
        )
    connection.execute(
        _KEEP_SNAPSHOT,
        {
            "position": kept.position,
            "feed_id": kept.feed_id,
            "parts": msgspec.json.encode(kept.parts).decode(),
            "made_at": made_at,
        },
    )
    rows = connection.execute(
        select(snapshot.c.position, snapshot.c.parts).order_by(snapshot.c.position.desc())
    ).all()
    connection.execute(
        delete(snapshot).where(snapshot.c.position.in_([row.position for row in rows[2:]]))
    )
    wanted = {bytes.fromhex(name) for row in rows[:2] for name in msgspec.json.decode(row.parts)}
    connection.execute(delete(snapshot_part).where(snapshot_part.c.digest.not_in(wanted)))


def read_part(connection: Connection, digest: bytes) -> bytes | None:
    """Return a part of a snapshot."""
    query = select(snapshot_part.c.body).where(snapshot_part.c.digest == digest)
    return connection.scalar(query)


def tills_seen(connection: Connection, limit: int) -> list[tuple[str, str]]:
    """Return which tills were heard of, and when, the latest first."""
    rows = connection.execute(
        select(till.c.till_id, till.c.seen_at)
        .where(till.c.seen_at.is_not(None))
        .order_by(till.c.seen_at.desc())
        .limit(limit)
    )
    return [(row.till_id, row.seen_at or "") for row in rows]

"""What a till is told when it asks: the next page of the feed, or a snapshot of all that holds.

A page holds each thing once, as it is now, under the position of its last change: what a later
change replaced is left out, so that a till which was away for a day takes what differs, not what
happened.  A snapshot's parts are named by what is in them; each holds things of one kind, so that
the many that did not change are the same parts in the next snapshot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import msgspec

from pos.clock import Now, utc_now, utc_text
from pos.ids import uuid7
from sync.feed_protocol import (
    PAGE_BYTES_MAX,
    PAGE_CHANGES_MAX,
    PART_BYTES_MAX,
    PART_ITEMS_MAX,
    PARTS_MAX,
    TILLS_SEEN_MAX,
    Change,
    FeedAnswer,
    FeedPage,
    SnapshotOffer,
    TillSeen,
    encode_part,
)
from sync.hub.meaning import Trouble
from sync.hub.store import feed_store, incidents, tills
from sync.hub.store.database import Connection, HubDatabase
from sync.hub.store.upserting import alone_with_meaning
from sync.packing import packed

SNAPSHOT_NEAR = 5_000
"""A snapshot serves until this many changes are behind it: they come as pages afterwards."""

PACKED_LEVEL = 6
"""Made once, fetched by every till."""

STILL_ASKS_DAYS = 14
"""A till that was silent for longer takes a snapshot, if anybody was forgotten meanwhile."""

_KINDS_FIRST = ("stand", "till", "staff", "product", "stock")
_PART_OPEN_BYTES = PART_BYTES_MAX // 2  # so that it is small enough even if nothing compresses


def answer(
    database: HubDatabase,
    *,
    feed_id: str,
    after: int,
    limit: int = PAGE_CHANGES_MAX,
    now: Now = utc_now,
) -> FeedAnswer:
    """Return what comes behind a position, or a snapshot to a till to which that says nothing.

    Raises:
        StorageUnavailable: as always.
    """
    with database.read() as connection:
        head = feed_store.read_head(connection)
        if feed_id == head.feed_id and head.kept_from - 1 <= after <= head.position:
            return _page(connection, head, after, limit=limit, now=now)
    return _offer(database, now)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A till asks for what comes behind its position."""

    till_id: str
    feed_id: str
    after: int
    limit: int = PAGE_CHANGES_MAX


def answer_till(database: HubDatabase, question: Question, *, now: Now = utc_now) -> FeedAnswer:
    """Answer a till; one that is ahead of this feed shows that an old copy of it was put back.

    Raises:
        StorageUnavailable: as always.
    """
    feed_id, after = question.feed_id, question.after
    said = answer(database, feed_id=feed_id, after=after, limit=question.limit, now=now)
    is_of_this_feed = isinstance(said, SnapshotOffer) and said.feed_id == feed_id
    if is_of_this_feed and _begin_anew_if_ahead(database, question, now):
        return answer(database, feed_id=feed_id, after=after, limit=question.limit, now=now)
    return said


def _begin_anew_if_ahead(database: HubDatabase, question: Question, now: Now) -> bool:
    """Begin another feed if a till asks from a position that this one has never had.

    All tills start afresh then, also those whose position the old copy meanwhile reached again.
    Once, until a person has closed the incident: a till that lies cannot have all others fetch
    everything again and again; it is given a snapshot itself.
    """
    with database.write() as connection:
        head = feed_store.read_head(connection, locked=True)
        if question.feed_id != head.feed_id or question.after <= head.position:
            return False
        alone_with_meaning(connection)
        if incidents.is_any_open(connection, "ahead"):
            return False
        feed_store.set_feed_id(connection, uuid7())
        trouble = Trouble(
            kind="ahead",
            subject=head.feed_id,
            till_id=question.till_id,
            detail={"position": question.after, "head": head.position},
        )
        incidents.tell(connection, [trouble], utc_text(now()))
    return True


def head(database: HubDatabase) -> feed_store.Head:
    """Return where the feed is: cheap, for those who wait for something new."""
    with database.read() as connection:
        return feed_store.read_head(connection)


def parts(database: HubDatabase, digest: str) -> bytes | None:
    """Return a part of a snapshot by its SHA-256 in hex; None if there is none, or no more."""
    try:
        name = bytes.fromhex(digest)
    except ValueError:
        return None
    with database.read() as connection:
        return feed_store.read_part(connection, name)


def new_feed_id(database: HubDatabase) -> str:
    """Begin another run of positions, after a backup was put back: every till starts afresh."""
    feed_id = uuid7()
    with database.write() as connection:
        feed_store.read_head(connection, locked=True)
        feed_store.set_feed_id(connection, feed_id)
    return feed_id


def forget_gone_for_all(database: HubDatabase, *, now: Now = utc_now) -> int:
    """Forget what is gone as soon as each till that still asks has heard of it."""
    with database.read() as connection:
        head = feed_store.read_head(connection)
        heard = tills.least_heard(connection, utc_text(now() - timedelta(days=STILL_ASKS_DAYS)))
    known = head.position if heard is None else min(heard, head.position)
    return forget_gone(database, before=known + 1)


def forget_gone(database: HubDatabase, *, before: int) -> int:
    """Forget people, stands and tills that are inactive since before a position (R34).

    A till that has not come so far is told by a snapshot: what is not in it is gone.
    """
    with database.write() as connection:
        head = feed_store.read_head(connection, locked=True)
        before = min(before, head.position + 1)
        gone = list(_gone(connection, before))
        if gone:
            feed_store.forget(connection, gone, before=max(before, head.kept_from))
    return len(gone)


class _Activity(msgspec.Struct):
    is_active: bool = True


def _gone(connection: Connection, before: int) -> Iterator[tuple[str, str]]:
    for kind, key, item in feed_store.things_before(connection, ("stand", "till", "staff"), before):
        if not msgspec.json.decode(item, type=_Activity).is_active:
            yield kind, key


def _page(
    connection: Connection, head: feed_store.Head, after: int, *, limit: int, now: Now
) -> FeedPage:
    limit = max(1, min(limit, PAGE_CHANGES_MAX))
    found = feed_store.changes_behind(connection, after, limit)
    changes: list[Change] = []
    room = PAGE_BYTES_MAX // 2
    for position, item in found:
        room -= len(item)
        if changes and room < 0:
            break
        changes.append(Change(position=position, item=msgspec.Raw(item)))
    # The newest change is never replaced, so that a page which ends with it ends at the head.
    last = changes[-1].position if changes else head.position
    seen = feed_store.tills_seen(connection, TILLS_SEEN_MAX) if last == head.position else ()
    return FeedPage(
        feed_id=head.feed_id,
        last=last,
        head=head.position,
        changes=tuple(changes),
        hub_time=utc_text(now()),
        seen=tuple(TillSeen(till_id=till_id, seen_at=seen_at) for till_id, seen_at in seen),
    )


def _offer(database: HubDatabase, now: Now) -> SnapshotOffer:
    kept = _near(database)
    if kept is None:
        with database.alone("snapshot"):  # a whole festival may ask at once
            kept = _near(database) or _made(database, now)
    return SnapshotOffer(feed_id=kept.feed_id, position=kept.position, parts=kept.parts)


def _near(database: HubDatabase) -> feed_store.Kept | None:
    """Return the snapshot that there is, if the pages behind it are few."""
    with database.read() as connection:
        head = feed_store.read_head(connection)
        kept = feed_store.newest_snapshot(connection)
    if kept is None or kept.feed_id != head.feed_id or kept.position < head.kept_from - 1:
        return None
    return kept if head.position - kept.position <= SNAPSHOT_NEAR else None


def _made(database: HubDatabase, now: Now) -> feed_store.Kept:
    with database.read() as connection:
        head = feed_store.read_head(connection)
        bodies = dict(_parts(connection))
    assert len(bodies) <= PARTS_MAX, "more things than a snapshot has room for"
    kept = feed_store.Kept(feed_id=head.feed_id, position=head.position, parts=tuple(bodies))
    with database.write() as connection:
        feed_store.keep_snapshot(connection, kept, bodies, utc_text(now()))
    return kept


def _parts(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a snapshot and their digests: kind by kind, each in order of its keys."""
    kinds = feed_store.kinds(connection)
    for kind in sorted(kinds, key=lambda kind: (kind not in _KINDS_FIRST, _rank(kind), kind)):
        for items in _bundled(feed_store.everything(connection, kind)):
            part = packed(encode_part(items), level=PACKED_LEVEL)
            yield hashlib.sha256(part).hexdigest(), part


def _rank(kind: str) -> int:
    return _KINDS_FIRST.index(kind) if kind in _KINDS_FIRST else 0


def _bundled(items: Iterator[bytes]) -> Iterator[list[str]]:
    bundle: list[str] = []
    room = _PART_OPEN_BYTES
    for item in items:
        room -= len(item)
        if bundle and (room < 0 or len(bundle) == PART_ITEMS_MAX):
            yield bundle
            bundle, room = [], _PART_OPEN_BYTES - len(item)
        bundle.append(item.decode())
    yield bundle

"""Taking in what a hub tells, one exchange or one transaction of the till a step.

The till's own position is the truth, and it changes in the transaction that takes the items in:
nothing else is remembered, so that a kill or a restored backup needs no repair here.  What the hub
says is compared with what was asked, and where the two contradict each other it is asked again.

Where the hub offers a snapshot, the till takes all of its parts before the end of it says that what
was not named is gone.  A kill in between begins it anew: its parts are not remembered, and taking
an item twice is harmless.

An item that this version does not know or cannot read is left aside and told, and never holds up
those behind it.  There is no clock, no thread and no waiting in here.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, Protocol, TypeAlias, get_args

import msgspec

from pos.domain.feed import AnyFeedItem
from pos.domain.feed_place import PlaceInFeed, feed_pieces
from pos.errors import Unavailable
from sync.feed_protocol import (
    PAGE_CHANGES_MAX,
    PART_BYTES_MAX,
    PART_OPEN_BYTES_MAX,
    FeedAnswer,
    FeedPage,
    SnapshotOffer,
    TillSeen,
    decode_part,
)
from sync.packing import opened
from sync.protocol import NoAnswer, NotOurMessage

ASIDE_TOLD_MAX = 20
BAD_PARTS_MAX = 3
"""How often a part may arrive damaged before the hub is asked what it offers now."""


Place: TypeAlias = PlaceInFeed
"""How far a till is: in which feed, and whether a snapshot was begun and not finished."""


class NotTaken(Exception):
    """The till does not stand where a page would lead on from, or belongs to no hub."""

    def __init__(self, *, is_enrolled: bool) -> None:
        super().__init__(is_enrolled)
        self.is_enrolled = is_enrolled


class FeedKeeper(Protocol):
    """A till that takes in what a hub tells; each call is one transaction, or none.

    Raises:
        NotTaken: nothing was changed.
        Unavailable: nor here: the disk says no.
    """

    def place(self) -> Place: ...

    def apply(self, feed_id: str, position: int, items: tuple[AnyFeedItem, ...]) -> None:
        """Take items in, and go on from `position`; in a snapshot it is the snapshot's."""
        ...

    def begin_snapshot(self, feed_id: str, position: int) -> None: ...

    def finish_snapshot(self, feed_id: str, position: int) -> None:
        """Take away what was not named since the beginning, and go on from `position`."""
        ...


class FeedPort(Protocol):
    """A hub at the other end of something; each call is one exchange.

    Raises:
        NoAnswer: nothing came back.
        NotOurMessage: something did, but no answer of a hub.
    """

    def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedAnswer:
        """Return what is behind a place; wait so long for something to be there."""
        ...

    def part(self, digest: str) -> bytes | None:
        """Return a part of a snapshot as it travels; None if the hub has no such part."""
        ...


PullTrouble = Literal["no_answer", "not_ours", "contradiction", "storage", "not_enrolled"]
"""Why a step did not help: nobody there; somebody else there, or damaged; a hub that says what
cannot be; the till's own disk; a till whose journal names no organisation."""


class LeftAside(msgspec.Struct, frozen=True, kw_only=True):
    """An item that this till did not take in."""

    kind: str
    reason: Literal["unknown", "unreadable"]
    detail: str = ""  # for a log


class Pulled(msgspec.Struct, frozen=True, kw_only=True):
    """What a till can say about its catalogue after a step."""

    place: Place
    head: int  # the hub's own position, as last heard
    is_current: bool  # nothing to do until something changes
    parts: tuple[int, int] = (0, 0)  # of a snapshot: taken, all
    aside_count: int = 0  # since this process began; those of unknown kinds are not counted
    aside: tuple[LeftAside, ...] = ()  # the last of them
    seen: tuple[TillSeen, ...] = ()
    hub_time: str = ""  # UTC, of the last page
    trouble: PullTrouble | None = None


class _Chunk(msgspec.Struct, frozen=True):
    """What goes into one transaction."""

    position: int
    items: tuple[AnyFeedItem, ...]


class _Taking(msgspec.Struct):
    """A snapshot on its way in."""

    offer: SnapshotOffer
    is_begun: bool = False
    taken: int = 0  # parts
    bad: int = 0  # times that the next one came damaged


class Puller:
    """Brings one hub's feed to one till."""

    def __init__(
        self, catalogue: FeedKeeper, hub: FeedPort, *, changes_max: int = PAGE_CHANGES_MAX
    ) -> None:
        self._catalogue = catalogue
        self._hub = hub
        self._changes_max = changes_max
        self._chunks: deque[_Chunk] = deque()
        self._feed_id = ""  # of the chunks
        self._taking: _Taking | None = None
        self._asks_anew = False  # the snapshot that is on its way in may not be offered any more
        self._has_just_finished = False
        self._has_doubted = False
        self._is_current = False
        self._head = 0
        self._aside: deque[LeftAside] = deque(maxlen=ASIDE_TOLD_MAX)
        self._aside_count = 0
        self._seen: tuple[TillSeen, ...] = ()
        self._hub_time = ""
        self._place = Place()

    @property
    def applies_next(self) -> bool:
        """Return whether the next step changes the catalogue, and not only asks."""
        if self._chunks:
            return True
        taking = self._taking
        return (
            taking is not None and not self._asks_anew and taking.taken == len(taking.offer.parts)
        )

    def step(self, wait_s: int = 0) -> Pulled:
        """Do one exchange or one transaction; `wait_s`: how long the hub may wait for changes."""
        trouble: PullTrouble | None
        try:
            trouble = self._act(wait_s)
        except NoAnswer:
            trouble = "no_answer"
        except NotOurMessage:
            trouble = "not_ours"
        except NotTaken as not_taken:
            self._forget()
            trouble = "contradiction" if not_taken.is_enrolled else "not_enrolled"
        except Unavailable:
            trouble = "storage"
        return self._pulled(trouble)

    def _act(self, wait_s: int) -> PullTrouble | None:
        if self._chunks:
            self._apply(self._chunks[0])
            return None
        if self._taking is None or self._asks_anew:
            return self._ask(wait_s)
        if not self._taking.is_begun:
            offer = self._taking.offer
            self._catalogue.begin_snapshot(offer.feed_id, offer.position)
            self._taking.is_begun = True
            return None
        if self._taking.taken == len(self._taking.offer.parts):
            self._finish(self._taking.offer)
            return None
        return self._fetch(self._taking)

    def _ask(self, wait_s: int) -> PullTrouble | None:
        """Ask what is new; in the middle of a snapshot, for one."""
        self._is_current = False
        self._place = self._catalogue.place()
        asked = Place() if self._place.is_in_snapshot else self._place
        answer = self._hub.feed(asked, limit=self._changes_max, wait_s=wait_s)
        if isinstance(answer, FeedPage):
            return self._take_page(asked, answer)
        return self._take_offer(asked, answer)

    def _take_page(self, asked: Place, page: FeedPage) -> PullTrouble | None:
        if not _follows(asked, page, self._changes_max):
            return "contradiction"
        self._has_just_finished = self._has_doubted = False
        self._feed_id, self._head = page.feed_id, page.head
        self._seen, self._hub_time = page.seen, page.hub_time
        self._is_current = asked.position == page.head
        if page.last > asked.position:
            read = [(change.position, self._read(change.item)) for change in page.changes]
            changes = [(position, item) for position, item in read if item is not None]
            self._chunks.extend(_chunks(changes, last=page.last))
        return None

    def _take_offer(self, asked: Place, offer: SnapshotOffer) -> PullTrouble | None:
        """Begin what the hub offers, or go on with it if it is the one that is on its way in."""
        self._asks_anew = False
        taking = self._taking
        if taking is not None and taking.offer == offer:
            taking.bad = 0
            return None
        self._taking = None
        is_odd = asked.feed_id == offer.feed_id and (
            self._has_just_finished or asked.position == offer.position
        )
        if is_odd and not self._has_doubted:
            self._has_doubted = True  # whoever says it twice is believed: it only costs time
            return "contradiction"
        self._has_just_finished = self._has_doubted = False
        self._feed_id, self._head = offer.feed_id, offer.position
        self._taking = _Taking(offer)
        return None

    def _fetch(self, taking: _Taking) -> PullTrouble | None:
        """Get the next part; one that is gone or stays damaged makes the till ask anew."""
        digest = taking.offer.parts[taking.taken]
        body = self._hub.part(digest)
        if body is None:
            self._asks_anew = True
            return "contradiction"
        if len(body) > PART_BYTES_MAX or hashlib.sha256(body).hexdigest() != digest:
            taking.bad += 1
            self._asks_anew = taking.bad >= BAD_PARTS_MAX
            return "not_ours"
        try:
            texts = decode_part(opened(body, bytes_max=PART_OPEN_BYTES_MAX))
        except NotOurMessage:
            self._asks_anew = True  # it is what the hub meant; the same again would not help
            raise
        taking.taken, taking.bad = taking.taken + 1, 0
        position = taking.offer.position
        items = [item for item in map(self._read, texts) if item is not None]
        if items:
            self._chunks.extend(_chunks([(position, item) for item in items], last=position))
        return None

    def _finish(self, offer: SnapshotOffer) -> None:
        self._catalogue.finish_snapshot(offer.feed_id, offer.position)
        self._place = Place(feed_id=offer.feed_id, position=offer.position)
        self._taking = None
        self._has_just_finished = True

    def _apply(self, chunk: _Chunk) -> None:
        self._catalogue.apply(self._feed_id, chunk.position, chunk.items)
        self._chunks.popleft()
        if self._taking is None:
            self._place = Place(feed_id=self._feed_id, position=chunk.position)

    def _forget(self) -> None:
        """Ask anew from where the till says that it is."""
        self._chunks.clear()
        self._taking = None
        self._asks_anew = self._is_current = False

    def _read(self, text: str | msgspec.Raw) -> AnyFeedItem | None:
        """Return an item, or None if this till has to do without it."""
        try:
            return _items.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            kind = _kind_of(text)
            if kind is None or kind in _KNOWN:
                self._leave_aside(kind or "", str(error))
            else:
                self._aside.append(LeftAside(kind=kind, reason="unknown"))
            return None

    def _leave_aside(self, kind: str, detail: str) -> None:
        self._aside.append(LeftAside(kind=kind, reason="unreadable", detail=detail))
        self._aside_count += 1

    def _pulled(self, trouble: PullTrouble | None) -> Pulled:
        taking = self._taking
        return Pulled(
            place=self._place,
            head=self._head,
            is_current=self._is_current,
            parts=(taking.taken, len(taking.offer.parts)) if taking is not None else (0, 0),
            aside_count=self._aside_count,
            aside=tuple(self._aside),
            seen=self._seen,
            hub_time=self._hub_time,
            trouble=trouble,
        )


class _Kind(msgspec.Struct):
    kind: str


def _kind_of(text: str | msgspec.Raw) -> str | None:
    """Return what an item is that could not be read; None if it does not even say that."""
    try:
        return _kinds.decode(text).kind
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


_kinds = msgspec.json.Decoder(_Kind)
_items: msgspec.json.Decoder[AnyFeedItem] = msgspec.json.Decoder(AnyFeedItem)
_KNOWN = frozenset(struct.__struct_config__.tag for struct in get_args(AnyFeedItem))


def _follows(asked: Place, page: FeedPage, changes_max: int) -> bool:
    """Return whether a page can be the answer to what was asked."""
    positions = [asked.position, *(change.position for change in page.changes)]
    goes_up = all(one < other for one, other in pairwise(positions))
    return bool(
        page.feed_id == asked.feed_id
        and len(page.changes) <= changes_max
        and goes_up
        and positions[-1] <= page.last <= page.head
        and (page.changes or page.last == page.head)  # else a hub could lead us on for ever
        and (page.last > asked.position or page.head == asked.position)
    )


def _chunks(changes: Sequence[tuple[int, AnyFeedItem]], *, last: int) -> Iterable[_Chunk]:
    """Cut changes into what a till takes in one transaction; the end leads to `last`."""
    items = tuple(item for _, item in changes)
    pieces = list(feed_pieces(items))
    for piece in pieces[:-1]:
        yield _Chunk(changes[piece.stop - 1][0], items[piece])
    yield _Chunk(last, items[pieces[-1]] if pieces else ())

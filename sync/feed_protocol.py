"""The wire, downwards: what a hub has to tell, page by page, and all at once.

Rules of version 1:

- Every change has a position: 1, 2, 3 … without gaps.  A till asks for what is behind its own
  position and goes on from the page's `last`, which may be beyond the last change in it.
- `feed_id` names one run of positions.  A hub that was restored from a backup begins another, so
  that a till that was ahead of the backup finds out.
- A till whose position is too old, ahead of the hub, or of another feed gets a `SnapshotOffer`
  instead: all that holds now, in parts that are named by their digest.  What is not in it is gone.
- Items are JSON as in `pos.domain.feed`.  An item of an unknown kind is left aside.

Pages and offers travel as JSON, parts as zstd of MessagePack: an array of item texts.  A part's
name is the SHA-256 of it as it travels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from pos.domain.feed import FEED_ITEMS_MAX
from sync.protocol import Digest, NotOurMessage

PAGE_CHANGES_MAX = FEED_ITEMS_MAX
PAGE_BYTES_MAX = 8 * 1024 * 1024
PART_ITEMS_MAX = 5_000
PART_BYTES_MAX = 8 * 1024 * 1024
"""Of a part of a snapshot, compressed; eight times as many once it is open."""

PART_OPEN_BYTES_MAX = 8 * PART_BYTES_MAX
PARTS_MAX = 1_000
WAIT_MAX_S = 25
"""How long a hub keeps a question open that it has no answer to; proxies cut at 30 s."""

FEED_ID_MAX = 64
TILLS_SEEN_MAX = 300

FeedId = Annotated[str, msgspec.Meta(min_length=1, max_length=FEED_ID_MAX)]
PositionInFeed = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One item with its place."""

    position: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
    item: msgspec.Raw  # JSON of a `pos.domain.feed.FeedItem`


class TillSeen(msgspec.Struct, frozen=True, kw_only=True):
    """When another till was last heard of: how old its stock is."""

    till_id: str
    seen_at: str  # UTC by the hub's clock


class FeedPage(msgspec.Struct, frozen=True, kw_only=True, tag_field="answer", tag="page"):
    """What changed behind a position; empty if nothing did while the hub waited."""

    feed_id: FeedId
    last: PositionInFeed  # go on from here
    head: PositionInFeed  # the hub's own position: how much is still to come
    changes: Annotated[tuple[Change, ...], msgspec.Meta(max_length=PAGE_CHANGES_MAX)] = ()
    hub_time: str = ""  # UTC
    seen: Annotated[tuple[TillSeen, ...], msgspec.Meta(max_length=TILLS_SEEN_MAX)] = ()


class SnapshotOffer(msgspec.Struct, frozen=True, kw_only=True, tag_field="answer", tag="snapshot"):
    """Take all of this, then go on from `position`."""

    feed_id: FeedId
    position: PositionInFeed
    parts: Annotated[tuple[Digest, ...], msgspec.Meta(max_length=PARTS_MAX)]


FeedAnswer = FeedPage | SnapshotOffer

_encoder = msgspec.json.Encoder()
_part_encoder = msgspec.msgpack.Encoder()
_answer_decoder: msgspec.json.Decoder[FeedAnswer] = msgspec.json.Decoder(FeedAnswer)
_part_decoder: msgspec.msgpack.Decoder[tuple[str, ...]] = msgspec.msgpack.Decoder(
    Annotated[tuple[str, ...], msgspec.Meta(max_length=PART_ITEMS_MAX)]
)


def encode_feed_answer(answer: FeedAnswer) -> bytes:
    """Return a page or an offer as it travels."""
    return _encoder.encode(answer)


def decode_feed_answer(message: bytes) -> FeedAnswer:
    """Read a page or an offer.

    Raises:
        NotOurMessage: it is something else, such as a portal's login page, or too large.
    """
    if len(message) > PAGE_BYTES_MAX:
        raise NotOurMessage(f"{len(message)} bytes")
    try:
        return _answer_decoder.decode(message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurMessage(str(error)) from error


def encode_part(items: Sequence[str]) -> bytes:
    """Return a part of a snapshot before anybody compresses it: each item is JSON."""
    assert len(items) <= PART_ITEMS_MAX, "whoever makes a part keeps to the limits"
    return _part_encoder.encode(items)


def decode_part(message: bytes) -> tuple[str, ...]:
    """Read an open part: the JSON of each item.

    Raises:
        NotOurMessage: it is something else.
    """
    try:
        return _part_decoder.decode(message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurMessage(str(error)) from error

"""The wire: what a till and a hub say to each other when facts go up, and how much of it.

Rules of version 1, for push:

- A till asks for the hub's `Position` in its journal and sends what is behind it.  The hub's
  position is the truth; the till keeps none of its own.
- A `Batch` holds entries to the byte as they lie on the till's disk.  `(journal_id, seq)` names an
  entry, so the same batch again gets the same answer, whichever way it came.
- `Accepted`: the hub has the same entries as the till, up to here.  `Gap`: it has them up to here
  only, send from there.  `Forked`: it has another entry under this number, or this one does not go
  on from what it has (then the digest is empty).  What goes on from something that the hub has, in
  the journal or in quarantine, is kept in quarantine; else the hub only says that it differs.

A batch travels as `EPB1`, the SHA-256 of the rest, and the rest in MessagePack; so a batch that was
cut, mixed up or turned into a portal's login page on its way is told from one that a till wrote.
Compression is the carrier's, around all of it.  Positions and answers are JSON.  Fields of a newer
version are ignored, missing ones are not invented.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, TypeVar

import msgspec

VERSION = 1

BATCH_ENTRIES_FIRST = 200
"""How many entries a till sends before it knows how well the way to the hub carries."""

BATCH_ENTRIES_MAX = 1_000
BATCH_BYTES_MAX = 2 * 1024 * 1024
"""How many bytes of bodies a till puts into one batch; one larger entry travels alone."""

MESSAGE_BYTES_MAX = 16 * 1024 * 1024
ENTRY_BYTES_MAX = MESSAGE_BYTES_MAX - 4096
"""The largest body that a message has room for."""

ANSWER_BYTES_MAX = 4096
SEQ_MAX = 2**53 - 1
SIGNATURE_BYTES_MAX = 64

_MAGIC = b"EPB1"
_DIGEST_BYTES = 32

Seq = Annotated[int, msgspec.Meta(ge=1, le=SEQ_MAX)]
SeqOrNone = Annotated[int, msgspec.Meta(ge=0, le=SEQ_MAX)]
Digest = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
"""SHA-256 in hex."""

DigestOrNone = Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{64})?\Z")]
"""SHA-256 in hex; empty where there is nothing."""


class NotOurMessage(Exception):
    """These bytes are no message of this protocol, or larger than one may be."""


class NoAnswer(Exception):
    """Nothing came back; the other side may have acted or not."""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Up to where somebody has a journal; `(0, "")` if they have nothing of it."""

    seq: SeqOrNone
    digest: DigestOrNone

    def __post_init__(self) -> None:
        if (self.seq == 0) != (self.digest == ""):
            raise ValueError("a digest belongs to an entry, and an entry has a digest")


NOWHERE = Position(seq=0, digest="")


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One entry, to the byte as the till wrote it."""

    body: Annotated[bytes, msgspec.Meta(max_length=ENTRY_BYTES_MAX)]
    signature: Annotated[bytes, msgspec.Meta(max_length=SIGNATURE_BYTES_MAX)]


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Entries in a row; `follows` is the digest of the one before the first, "" before entry 1."""

    first_seq: Seq
    follows: DigestOrNone
    entries: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1, max_length=BATCH_ENTRIES_MAX)]

    def __post_init__(self) -> None:
        if (self.first_seq == 1) != (self.follows == ""):
            raise ValueError("entry 1 follows nothing, and every other one something")

    @property
    def last_seq(self) -> int:
        """Return the number of the last entry."""
        return self.first_seq + len(self.entries) - 1


class Accepted(msgspec.Struct, frozen=True, kw_only=True, tag_field="answer", tag="accepted"):
    """The hub has these entries, and all before them."""

    seq: Seq
    digest: Digest


class Gap(Position, frozen=True, kw_only=True, tag_field="answer", tag="gap"):
    """Entries are missing in between: the hub's journal ends here."""


class Forked(msgspec.Struct, frozen=True, kw_only=True, tag_field="answer", tag="forked"):
    """Two continuations of one journal: what was sent from here on is not in it."""

    seq: Seq
    digest: DigestOrNone  # of the hub's entry under this number; "" if it has none that fits
    is_kept: bool  # in quarantine; else the hub does not know either what it goes on from


Answer = Accepted | Gap | Forked

MessageT = TypeVar("MessageT")

_batch_encoder = msgspec.msgpack.Encoder()
_batch_decoder = msgspec.msgpack.Decoder(Batch)
_answer_decoder: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)
_position_decoder = msgspec.json.Decoder(Position)
_json_encoder = msgspec.json.Encoder()


def encode_batch(batch: Batch) -> bytes:
    """Return a batch as it travels, before anybody compresses it."""
    payload = _batch_encoder.encode(batch)
    message = _MAGIC + hashlib.sha256(payload).digest() + payload
    assert len(message) <= MESSAGE_BYTES_MAX, "whoever makes a batch keeps to the limits"
    return message


def decode_batch(message: bytes) -> Batch:
    """Read a batch.

    Raises:
        NotOurMessage: it is not one, not whole, or beyond a limit.
    """
    if len(message) > MESSAGE_BYTES_MAX:
        raise NotOurMessage(f"{len(message)} bytes")
    start = len(_MAGIC) + _DIGEST_BYTES
    payload = message[start:]
    if message[:start] != _MAGIC + hashlib.sha256(payload).digest():
        raise NotOurMessage("not a whole batch")
    return _decoded(_batch_decoder, payload)


def encode_answer(answer: Answer | Position) -> bytes:
    """Return an answer as it travels."""
    return _json_encoder.encode(answer)


def decode_answer(message: bytes) -> Answer:
    """Read the answer to a batch.

    Raises:
        NotOurMessage: it is something else, such as a portal's login page.
    """
    return _decoded(_answer_decoder, _small(message))


def decode_position(message: bytes) -> Position:
    """Read the answer to the question where the hub is.

    Raises:
        NotOurMessage: it is something else, such as a portal's login page.
    """
    return _decoded(_position_decoder, _small(message))


def _small(message: bytes) -> bytes:
    if len(message) > ANSWER_BYTES_MAX:
        raise NotOurMessage(f"{len(message)} bytes")
    return message


def _decoded(
    decoder: msgspec.json.Decoder[MessageT] | msgspec.msgpack.Decoder[MessageT], message: bytes
) -> MessageT:
    try:
        return decoder.decode(message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurMessage(str(error)) from error

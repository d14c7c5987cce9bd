"""Facts to bytes and back: what is hashed, stored and sent, to the byte.

Version 1 of a body is the UTF-8 JSON object

    {"v":1,"journal_id":…,"seq":…,"occurred_at":…,"actor":…,"kind":…,"fact":{…},"follows":…}

with the keys in this order, no white space, fields of a fact in the order of their class, amounts
as `[minor,"CUR"]`, text in NFC.  It is made once and stored as it was hashed; nobody ever encodes
it again.  `digest = SHA-256(body)`; `follows` is the digest of the entry before, in hex.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

import msgspec

from pos.domain.facts import Fact, JournalEntry
from pos.ids import JournalId, OperatorCode

VERSION = 1

KINDS: dict[str, type[Fact]] = {cls.__name__: cls for cls in Fact.__subclasses__()}


class UnknownKind(ValueError):
    """An entry of a kind that this version does not know; it is kept, not interpreted."""


class MalformedBody(ValueError):
    """Bytes that no version of the program has written."""


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry as it is stored, with the fact still undecoded."""

    v: int
    journal_id: JournalId
    seq: int
    occurred_at: str
    actor: OperatorCode
    kind: str
    fact: msgspec.Raw
    follows: str


class _Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    v: int
    journal_id: JournalId
    seq: int
    occurred_at: str
    actor: OperatorCode
    kind: str
    fact: Fact
    follows: str


_encoder = msgspec.json.Encoder()
_body_decoder = msgspec.json.Decoder(Body)
_fact_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(cls) for kind, cls in KINDS.items()
}


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of a body, in hex."""
    return hashlib.sha256(body).hexdigest()


def kind_of(fact: Fact) -> str:
    """Return the name under which a fact is recorded."""
    return type(fact).__name__


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fact stands: whose journal, which number, when, who, after what."""

    journal_id: JournalId
    seq: int
    occurred_at: str
    actor: OperatorCode
    follows: str


def encode_body(fact: Fact, place: Place) -> bytes:
    """Return the bytes of an entry, the same on every machine and in every locale."""
    outgoing = _Outgoing(
        v=VERSION,
        journal_id=place.journal_id,
        seq=place.seq,
        occurred_at=place.occurred_at,
        actor=place.actor,
        kind=kind_of(fact),
        fact=fact,
        follows=place.follows,
    )
    text = _encoder.encode(outgoing)
    if text.isascii() or unicodedata.is_normalized("NFC", text.decode()):
        return text
    # String by string, not the JSON as a whole: there an accent after a line break would compose
    # with the `n` of its escape.
    return _encoder.encode(_composed(msgspec.to_builtins(outgoing)))


def _composed(value: Any) -> Any:
    """Return plain data with every text in NFC; the order of the fields stays."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {key: _composed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_composed(one) for one in value]
    return value


def as_written(fact: Fact, body: bytes) -> Fact:
    """Return what a body that was just encoded says of its fact: the same, with text in NFC."""
    return fact if body.isascii() else decode_fact(decode_body(body))


def decode_body(body: bytes) -> Body:
    """Read a body without its fact.

    Raises:
        MalformedBody: it is not a body of a version that we know.
    """
    try:
        decoded = _body_decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedBody(str(error)) from error
    if decoded.v != VERSION:
        raise MalformedBody(f"version {decoded.v}")
    return decoded


def decode_fact(body: Body) -> Fact:
    """Read the fact of a body.

    Raises:
        UnknownKind: a newer version wrote it.
        MalformedBody: its fields do not fit its kind.
    """
    decoder = _fact_decoders.get(body.kind)
    if decoder is None:
        raise UnknownKind(body.kind)
    try:
        fact: Fact = decoder.decode(body.fact)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError) as error:
        raise MalformedBody(str(error)) from error
    return fact


def decode_entry(body: bytes, digest: str) -> JournalEntry:
    """Read a stored entry; its digest is taken as given, `verify` checks it."""
    decoded = decode_body(body)
    return JournalEntry(
        journal_id=decoded.journal_id,
        seq=decoded.seq,
        occurred_at=decoded.occurred_at,
        actor=decoded.actor,
        fact=decode_fact(decoded),
        follows=decoded.follows,
        digest=digest,
    )

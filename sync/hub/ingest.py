"""Taking entries in: numbers, chain and signature, and nothing that a till wrote is refused.

What fits is put at the end of its journal, to the byte.  What does not is kept in quarantine under
its journal and digest, with a reason, and shown; it never holds up another journal.  An entry that
cannot be read takes its place in the chain with its problem noted: the digest in the next one and
a signature behind it prove that the till wrote it.  What facts *mean* is not asked here: unknown
kinds are stored like any other.

One signature proves a whole batch, because each entry names the digest of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

import msgspec

from pos.codec import (
    KINDS,
    Body,
    MalformedBody,
    UnknownKind,
    decode_body,
    decode_fact,
    digest_of,
)
from pos.domain.facts import JournalOpened
from pos.ids import JournalId
from pos.signing import entry_verifier
from sync.protocol import Accepted, Answer, Batch, Forked, Gap, Position

Problem = Literal["", "malformed"]
"""What is wrong with an entry that stands in its journal: nothing, or no version that we know can
have written its body."""

Reason = Literal["forked", "chain", "signature", "opening"]
"""Why an entry is not in its journal: another one has its number; it does not go on from the one
before; nobody with the journal's key signed it; its journal does not say whose it is, or names
another key than its owner proved."""

_KIND = re.compile(r"[A-Za-z][A-Za-z0-9]{0,63}")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as the hub keeps it."""

    seq: int
    body: bytes
    digest: str
    signature: bytes
    kind: str = ""  # "" if the body cannot be read
    problem: Problem = ""


class JournalWork(Protocol):
    """One transaction on one journal, alone with it: kept whole or not at all."""

    @property
    def journal_id(self) -> JournalId: ...

    def end(self) -> Position:
        """Return where the journal ends here."""
        ...

    def digests(self, first: int, last: int) -> Sequence[str]:
        """Return the digests of these entries, as many of them as are there."""
        ...

    def opening(self) -> bytes | None:
        """Return the body of entry 1."""
        ...

    def claimed_key(self) -> bytes | None:
        """Return the journal's key as its owner proved it; None if nobody did."""
        ...

    def append(self, rows: Sequence[Row]) -> None:
        """Put entries at the end; the first one's number is the next."""
        ...

    def quarantine(self, rows: Sequence[Row], reason: Reason) -> None:
        """Keep entries aside under their digest; what is there already keeps its first reason."""
        ...

    def is_quarantined(self, digest: str) -> bool:
        """Say whether an entry of this journal with this digest is kept aside."""
        ...


class Journals(Protocol):
    """All journals of a hub."""

    def work(self, journal_id: JournalId) -> AbstractContextManager[JournalWork]:
        """Give one transaction; what it wrote is durable when the block has ended."""
        ...


class _Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch says from some entry on."""

    rows: list[Row]
    chained: int  # so many of them go on from each other, and from the one before the first


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """A batch, read and hashed: all that can be said of it without its journal."""

    before: Position  # what it goes on from
    rows: list[Row]
    breaks: list[int]  # which rows do not go on from the one before


def accept(work: JournalWork, batch: Batch) -> Answer:
    """Take a batch in and return how far the journal agrees with it.

    The same batch again gets the same answer, unless the journal forked in between.
    """
    return take_in(work, examine(work.journal_id, batch))


def examine(journal_id: JournalId, batch: Batch) -> Examined:
    """Read a batch before its journal's turn: on SQLite all others wait for that."""
    rows, breaks = _read(journal_id, batch)
    before = Position(seq=batch.first_seq - 1, digest=batch.follows)
    return Examined(before=before, rows=rows, breaks=breaks)


def take_in(work: JournalWork, examined: Examined) -> Answer:
    """Do what `accept` does with a batch that was examined."""
    end = work.end()
    before, rows, breaks = examined.before, examined.rows, examined.breaks
    if before.seq > end.seq or (before.seq == end.seq and before.digest != end.digest):
        return _behind(work, before, _from(0, rows, breaks)) or _apart(end, before)
    ours = work.digests(rows[0].seq, rows[-1].seq)
    for index, digest in enumerate(ours):
        if rows[index].digest != digest:
            is_kept = index > 0 or _is_known(work, before)
            if is_kept:
                _set_aside(work, _from(index, rows, breaks))
            return Forked(seq=rows[index].seq, digest=digest, is_kept=is_kept)
    return _go_on(work, _from(len(ours), rows, breaks)) or Accepted(
        seq=rows[-1].seq, digest=rows[-1].digest
    )


def _behind(work: JournalWork, before: Position, sent: _Sent) -> Forked | None:
    """Keep what goes on from a branch in quarantine; None if that is not known here."""
    if not work.is_quarantined(before.digest):
        return None
    _set_aside(work, sent)
    return Forked(seq=sent.rows[0].seq, digest="", is_kept=True)


def _apart(end: Position, before: Position) -> Answer:
    """Say where the journal ends, to somebody who is further on or has another entry there."""
    if before.seq > end.seq:
        return Gap(seq=end.seq, digest=end.digest)
    return Forked(seq=end.seq, digest=end.digest, is_kept=False)


def _is_known(work: JournalWork, before: Position) -> bool:
    """Say whether what a batch goes on from is here, in the journal or aside.

    So a branch in quarantine never has holes: who finds its last entry there finds all of it.
    """
    if before.seq == 0 or work.is_quarantined(before.digest):
        return True
    return list(work.digests(before.seq, before.seq)) == [before.digest]


def _go_on(work: JournalWork, sent: _Sent) -> Forked | None:
    """Put what is proved at the journal's end, and the rest aside."""
    rows = sent.rows
    if not rows:
        return None
    proved, reason = _proved(work, sent)
    if proved:
        work.append(rows[:proved])
    if proved == len(rows):
        return None
    work.quarantine(rows[proved:], reason)
    return Forked(seq=rows[proved].seq, digest="", is_kept=True)


def _set_aside(work: JournalWork, sent: _Sent) -> None:
    """Keep another branch, and say of what the journal's key did not sign that it is none."""
    rows = sent.rows
    proved, reason = _proved(work, sent)
    if proved:
        work.quarantine(rows[:proved], "forked")
    if proved < len(rows):
        work.quarantine(rows[proved:], reason)


def _proved(work: JournalWork, sent: _Sent) -> tuple[int, Reason]:
    """Return how many rows the till has certainly written, and what ends them."""
    rows, chained = sent.rows, sent.chained
    opening = work.opening()
    key = key_named_by(rows[0].body if opening is None else opening)
    if key is None or (opening is None and work.claimed_key() not in {None, key}):
        return 0, "opening"
    verify = entry_verifier(key)
    for count in range(chained, 0, -1):  # the last one, but for damage
        if verify(rows[count - 1].digest, rows[count - 1].signature):
            return count, "chain" if count == chained else "signature"
    return 0, "chain" if chained == 0 else "signature"


def key_named_by(opening: bytes) -> bytes | None:
    """Return the key that a journal's first entry names; None if it is no such entry."""
    try:
        fact = decode_fact(decode_body(opening))
    except (MalformedBody, UnknownKind, RecursionError):
        return None
    if not isinstance(fact, JournalOpened):
        return None
    try:
        return bytes.fromhex(fact.public_key)
    except ValueError:
        return None


def _read(journal_id: JournalId, batch: Batch) -> tuple[list[Row], list[int]]:
    """Return a batch's rows, and which of them do not go on from the one before.

    One that cannot be read does not say.
    """
    rows: list[Row] = []
    breaks: list[int] = []
    follows = batch.follows
    for seq, entry in enumerate(batch.entries, start=batch.first_seq):
        body = _readable(entry.body)
        digest = digest_of(entry.body)
        if body is None:
            row = Row(
                seq=seq,
                body=entry.body,
                digest=digest,
                signature=entry.signature,
                problem="malformed",
            )
        else:
            row = Row(
                seq=seq,
                body=entry.body,
                digest=digest,
                signature=entry.signature,
                kind=body.kind,
            )
            if body.follows != follows or body.seq != seq or body.journal_id != journal_id:
                breaks.append(len(rows))
        rows.append(row)
        follows = digest
    return rows, breaks


def _from(start: int, rows: list[Row], breaks: list[int]) -> _Sent:
    end = next((index for index in breaks if index >= start), len(rows))
    return _Sent(rows=rows[start:], chained=end - start)


def _readable(stored: bytes) -> Body | None:
    """Return a body, if any version that we know can have written it."""
    try:
        body = decode_body(stored)
    except (MalformedBody, RecursionError):
        return None
    return body if body.kind in KINDS or _KIND.fullmatch(body.kind) else None

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

from pos.codec import MalformedBody, UnknownKind, decode_body, decode_fact, digest_of
from pos.domain.facts import JournalOpened
from pos.ids import JournalId
from pos.signing import entry_verifier
from sync.protocol import Accepted, Answer, Batch, Forked, Gap, Position

Problem = Literal["", "malformed"]
"""What is wrong with an entry that stands in its journal: nothing, or no version that we know can
have written its body."""

Reason = Literal["forked", "chain", "signature", "opening"]
"""Why an entry is not in its journal: another one has its number; it does not go on from the one
before; nobody with the journal's key signed it; its journal does not say whose it is."""

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


def accept(work: JournalWork, batch: Batch) -> Answer:
    """Take a batch in and return how far the journal agrees with it.

    The same batch again gets the same answer, unless the journal forked in between.
    """
    end = work.end()
    rows = _rows_of(batch)
    before = Position(seq=batch.first_seq - 1, digest=batch.follows)
    if before.seq > end.seq or (before.seq == end.seq and before.digest != end.digest):
        return _behind(work, before, rows) or _apart(end, before)
    ours = work.digests(batch.first_seq, batch.last_seq)
    for index, digest in enumerate(ours):
        if rows[index].digest != digest:
            place = before if index == 0 else _place(rows[index - 1])
            is_kept = index > 0 or _is_known(work, before)
            if is_kept:
                _set_aside(work, place, rows[index:])
            return Forked(seq=rows[index].seq, digest=digest, is_kept=is_kept)
    return _go_on(work, end, rows[len(ours) :]) or Accepted(
        seq=rows[-1].seq, digest=rows[-1].digest
    )


def _behind(work: JournalWork, before: Position, rows: Sequence[Row]) -> Forked | None:
    """Keep what goes on from a branch in quarantine; None if that is not known here."""
    if not work.is_quarantined(before.digest):
        return None
    _set_aside(work, before, rows)
    return Forked(seq=rows[0].seq, digest="", is_kept=True)


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


def _go_on(work: JournalWork, end: Position, rows: Sequence[Row]) -> Forked | None:
    """Put what is proved at the journal's end, and the rest aside."""
    if not rows:
        return None
    proved, reason = _proved(work, end, rows)
    if proved:
        work.append(rows[:proved])
    if proved == len(rows):
        return None
    work.quarantine(rows[proved:], reason)
    return Forked(seq=rows[proved].seq, digest="", is_kept=True)


def _set_aside(work: JournalWork, before: Position, rows: Sequence[Row]) -> None:
    """Keep another branch, and say of what the journal's key did not sign that it is none."""
    proved, reason = _proved(work, before, rows)
    if proved:
        work.quarantine(rows[:proved], "forked")
    if proved < len(rows):
        work.quarantine(rows[proved:], reason)


def _proved(work: JournalWork, before: Position, rows: Sequence[Row]) -> tuple[int, Reason]:
    """Return how many rows the till has certainly written after a place, and what ends them."""
    opening = work.opening()
    key = _public_key(rows[0].body if opening is None else opening)
    if key is None:
        return 0, "opening"
    chained = _chained(work.journal_id, before, rows)
    verify = entry_verifier(key)
    for count in range(chained, 0, -1):  # the last one, but for damage
        if verify(rows[count - 1].digest, rows[count - 1].signature):
            return count, "chain" if count == chained else "signature"
    return 0, "chain" if chained == 0 else "signature"


def _chained(journal_id: JournalId, before: Position, rows: Sequence[Row]) -> int:
    """Return how many rows go on from each other; one that cannot be read does not say."""
    place = before
    for count, row in enumerate(rows):
        if not row.problem:
            body = decode_body(row.body)
            expected = (journal_id, place.seq + 1, place.digest)
            if (body.journal_id, body.seq, body.follows) != expected:
                return count
        place = _place(row)
    return len(rows)


def _place(row: Row) -> Position:
    return Position(seq=row.seq, digest=row.digest)


def _public_key(opening: bytes) -> bytes | None:
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


def _rows_of(batch: Batch) -> list[Row]:
    rows = []
    for seq, entry in enumerate(batch.entries, start=batch.first_seq):
        kind, problem = _kind_of(entry.body)
        rows.append(
            Row(
                seq=seq,
                body=entry.body,
                digest=digest_of(entry.body),
                signature=entry.signature,
                kind=kind,
                problem=problem,
            )
        )
    return rows


def _kind_of(body: bytes) -> tuple[str, Problem]:
    """Return the kind that a body names, if it can be read."""
    try:
        kind = decode_body(body).kind
    except (MalformedBody, RecursionError):
        return "", "malformed"
    return (kind, "") if _KIND.fullmatch(kind) else ("", "malformed")

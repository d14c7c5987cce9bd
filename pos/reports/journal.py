"""The journal as it lies on the disk: what another machine is given, to the byte."""

from __future__ import annotations

import msgspec

from pos.reports.question import Question
from pos.reports.reader import Reader


class RawEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it was hashed and signed."""

    seq: int
    body: bytes
    signature: bytes


class JournalPlace(msgspec.Struct, frozen=True, kw_only=True):
    """An entry's number and digest in hex; `(0, "")` is before the first."""

    seq: int
    digest: str


class EndOfJournal(Question[JournalPlace], frozen=True, kw_only=True):
    """Where does this till's journal end?"""


class DigestAt(Question[str], frozen=True, kw_only=True):
    """Which digest has this entry? "" if it is not there."""

    seq: int


class RawPage(Question[tuple[RawEntry, ...]], frozen=True, kw_only=True):
    """Which entries follow a place, in order?

    As many as fit into both limits, but at least one if there is any: a large entry must not hold
    up those behind it.  No more than that is ever in memory.
    """

    after: int
    entries_max: int
    bytes_max: int  # of bodies


def end_of_journal(_question: EndOfJournal, reader: Reader, _stand: str) -> JournalPlace:
    """Return the last entry's place."""
    rows = reader.rows("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1")
    if not rows:
        return JournalPlace(seq=0, digest="")
    return JournalPlace(seq=rows[0][0], digest=rows[0][1].hex())


def digest_at(question: DigestAt, reader: Reader, _stand: str) -> str:
    """Return an entry's digest in hex."""
    rows = reader.rows("SELECT digest FROM journal WHERE seq = ?", question.seq)
    return rows[0][0].hex() if rows else ""


def raw_page(question: RawPage, reader: Reader, _stand: str) -> tuple[RawEntry, ...]:
    """Return a page of entries, their lengths looked at before any body is read."""
    lengths = reader.rows(
        "SELECT length(body) FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
        question.after,
        question.entries_max,
    )
    count = total = 0
    for (length,) in lengths:
        total += length
        if count and total > question.bytes_max:
            break
        count += 1
    rows = reader.rows(
        "SELECT seq, body, signature FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
        question.after,
        count,
    )
    return tuple(RawEntry(seq=seq, body=body, signature=signature) for seq, body, signature in rows)

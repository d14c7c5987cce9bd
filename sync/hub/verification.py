"""Checking all journals once more, entry by entry, as if they came at this moment (R69)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from pos.codec import MalformedBody, UnknownKind, decode_body, decode_fact, digest_of
from pos.domain.facts import JournalOpened
from pos.signing import entry_verifier
from sync.hub.ingest import Row
from sync.hub.store import examining
from sync.hub.store.database import HubDatabase

PROBLEMS_SHOWN_MAX = 20
"""Of each journal: where one entry is wrong, those behind it often are as well."""


FlawReason = Literal["gap", "digest", "chain", "signature", "opening", "end", "aside"]
"""Of an entry in quarantine, `aside`: nobody has vouched for more than that it came like this."""


class Flaw(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is not as it was signed."""

    seq: int
    reason: FlawReason


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said of one journal."""

    journal_id: str
    entries: int
    flaws: tuple[Flaw, ...]


def examine(database: HubDatabase) -> Iterator[Examined]:
    """Yield what is to be said of each journal.

    Raises:
        StorageUnavailable: the database cannot be read.
    """
    with database.read() as connection:
        journals = examining.all_journals(connection)
    for kept in journals:
        with database.read() as connection:
            rows = examining.entries_of(connection, kept.number, kept.end_seq)
            examination = _Examination(kept)
            for row in rows:
                examination.see(row)
            for aside in examining.aside_of(connection, kept.number):
                examination.see_aside(aside)
            yield examination.result()


class _Examination:
    """Goes along one journal."""

    def __init__(self, kept: examining.Kept) -> None:
        self._kept = kept
        self._seq = 0
        self._digest = ""
        self._flaws: list[Flaw] = []
        self._unproved: list[int] = []  # until a signature behind them proves them, as on arrival
        self._verify: Callable[[str, bytes], bool] | None = None

    def see(self, row: Row) -> None:
        """Look at the next entry."""
        if row.seq == 1:
            self._verify = _verifier_of(row)
        for is_so, reason in self._checks(row):
            if not is_so:
                self._note(row.seq, reason)
        if self._verify is not None:
            self._prove(row, self._verify)
        self._seq, self._digest = row.seq, row.digest

    def see_aside(self, aside: examining.Aside) -> None:
        """Look at an entry that is kept in quarantine."""
        if digest_of(aside.body) != aside.digest:
            self._note(aside.seq, "aside")

    def _checks(self, row: Row) -> Iterator[tuple[bool, FlawReason]]:
        yield row.seq == self._seq + 1, "gap"
        yield digest_of(row.body) == row.digest, "digest"
        if not row.problem:
            yield self._goes_on(row), "chain"
        yield self._verify is not None, "opening"

    def _prove(self, row: Row, verify: Callable[[str, bytes], bool]) -> None:
        """One signature proves all before it; one that does not fit proves nothing, and no more."""
        if verify(row.digest, row.signature):
            self._unproved.clear()
        elif len(self._unproved) < PROBLEMS_SHOWN_MAX:
            self._unproved.append(row.seq)

    def _goes_on(self, row: Row) -> bool:
        try:
            body = decode_body(row.body)
        except (MalformedBody, RecursionError):
            return False
        expected = (self._kept.journal_id, self._seq + 1, self._digest)
        return (body.journal_id, body.seq, body.follows) == expected

    def result(self) -> Examined:
        """Say what was found."""
        for seq in self._unproved:
            self._note(seq, "signature")
        if (self._seq, self._digest) != (self._kept.end_seq, self._kept.end_digest):
            self._note(self._kept.end_seq, "end")
        return Examined(
            journal_id=self._kept.journal_id, entries=self._seq, flaws=tuple(self._flaws)
        )

    def _note(self, seq: int, reason: FlawReason) -> None:
        if len(self._flaws) < PROBLEMS_SHOWN_MAX:
            self._flaws.append(Flaw(seq=seq, reason=reason))


def _verifier_of(row: Row) -> Callable[[str, bytes], bool] | None:
    """Return what checks the signatures of a journal that begins so."""
    try:
        fact = decode_fact(decode_body(row.body))
        key = bytes.fromhex(fact.public_key) if isinstance(fact, JournalOpened) else None
    except (MalformedBody, UnknownKind, RecursionError, ValueError):
        return None
    return entry_verifier(key) if key is not None else None

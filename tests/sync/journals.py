"""Journals in memory: a till's, which grows and can be put back, and all of a hub's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.codec import Place, digest_of, encode_body
from pos.domain.facts import Fact, JournalOpened, ShiftOpened
from pos.ids import JournalId, OperatorCode, ShiftId
from pos.signing import TillKey
from sync.hub.ingest import Reason, Row
from sync.protocol import NOWHERE, Batch, Entry, Position
from tests.builders import ZOE, an_opening

JOURNAL = JournalId("01931f2a-7c4e-7b1a-9a53-0242ac120002")
ANOTHER = JournalId("01931f2a-7c4e-7b1a-9a53-0242ac120003")


@cache
def a_key(number: int = 0) -> TillKey:
    """Return a key, the same for the same number: making one is dear."""
    return TillKey(Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big")))


def a_fact(number: int = 1) -> Fact:
    return ShiftOpened(
        shift_id=ShiftId(f"shift-{number}"), business_date="2026-07-18", cash_float=None
    )


class TillJournal:
    """One till's journal on a disk of memory."""

    def __init__(
        self,
        journal_id: JournalId = JOURNAL,
        key: TillKey | None = None,
        *,
        facts: int = 0,
        opened: JournalOpened | None = None,
    ) -> None:
        self._journal_id = journal_id
        self._key = key or a_key()
        self.entries: list[Entry] = []
        self.digests: list[str] = []
        opening = msgspec.structs.replace(opened or an_opening(), public_key=self._key.public.hex())
        self.record(opening)
        for number in range(facts):
            self.record(a_fact(number))

    @property
    def journal_id(self) -> JournalId:
        return self._journal_id

    def record(self, fact: Fact, *, occurred_at: str = "2026-07-18T13:02:11.000000Z") -> None:
        place = Place(
            journal_id=self._journal_id,
            seq=len(self.entries) + 1,
            occurred_at=occurred_at,
            actor=OperatorCode(ZOE),
            follows=self.end().digest,
        )
        self.record_raw(encode_body(fact, place))

    def record_many(self, count: int, *, first: int = 0) -> None:
        for number in range(first, first + count):
            self.record(a_fact(number))

    def record_unknown(self, kind: str = "MoonSold") -> None:
        """Write what a newer version would: a kind that nobody here knows."""
        known = msgspec.json.decode(self._next_body())
        known |= {"kind": kind, "fact": {"craters": len(self.entries)}}
        self.record_raw(msgspec.json.encode(known))

    def record_unreadable(self) -> None:
        """Write what a much newer version would: not even the frame is known."""
        known = msgspec.json.decode(self._next_body())
        self.record_raw(msgspec.json.encode(known | {"v": 9}))

    def record_raw(self, body: bytes, signature: bytes | None = None) -> None:
        digest = digest_of(body)
        signed = self._key.sign_entry(digest) if signature is None else signature
        self.entries.append(Entry(body, signed))
        self.digests.append(digest)

    def _next_body(self) -> bytes:
        copy = self.copy()
        copy.record(a_fact())
        return copy.entries[-1].body

    def copy(self, *, entries: int | None = None, key: TillKey | None = None) -> TillJournal:
        """Return what a copy of the disk holds, or held when it had so many entries.

        Whoever has another `key` can write what looks like the till's, and not sign it.
        """
        copy = TillJournal.__new__(TillJournal)
        copy._journal_id, copy._key = self._journal_id, key or self._key  # noqa: SLF001 our own
        copy.entries, copy.digests = self.entries[:entries], self.digests[:entries]
        return copy

    def end(self) -> Position:
        return self.place(len(self.entries))

    def place(self, seq: int) -> Position:
        return Position(seq=seq, digest=self.digests[seq - 1]) if seq else NOWHERE

    def digest_at(self, seq: int) -> str:
        return self.digests[seq - 1] if 0 < seq <= len(self.digests) else ""

    def page(self, *, after: int, entries_max: int, bytes_max: int) -> Sequence[Entry]:
        page: list[Entry] = []
        for entry in self.entries[after : after + entries_max]:
            bytes_max -= len(entry.body)
            if page and bytes_max < 0:
                break
            page.append(entry)
        return page

    def batch(self, first: int = 1, last: int | None = None) -> Batch:
        """Return a batch of these entries, up to the end unless said otherwise."""
        return Batch(
            first_seq=first,
            follows=self.digest_at(first - 1),
            entries=tuple(self.entries[first - 1 : last]),
        )


class MemoryJournals:
    """A hub's journals in memory, one transaction at a time.

    `before_each` is called before anything is read or written, and may raise: the process dies
    there, and nothing of the transaction is kept.
    """

    def __init__(self) -> None:
        self.kept: dict[JournalId, list[Row]] = {}
        self.aside: dict[JournalId, dict[str, tuple[Row, Reason]]] = {}
        self.before_each: Callable[[], None] = lambda: None
        self._alone = threading.Lock()

    @contextmanager
    def work(self, journal_id: JournalId) -> Iterator[MemoryWork]:
        with self._alone:
            kept = self.kept.get(journal_id, [])
            aside = self.aside.get(journal_id, {})
            work = MemoryWork(journal_id, list(kept), dict(aside), self.before_each)
            yield work
            self.before_each()
            if work.kept:
                self.kept[journal_id] = work.kept
            if work.aside:
                self.aside[journal_id] = work.aside

    def backup(self) -> MemoryJournals:
        """Return a copy of everything as it is now."""
        copy = MemoryJournals()
        copy.kept = {journal_id: list(rows) for journal_id, rows in self.kept.items()}
        copy.aside = {journal_id: dict(rows) for journal_id, rows in self.aside.items()}
        return copy


class MemoryWork:
    """One transaction on one journal, on copies that replace the originals at its end."""

    def __init__(
        self,
        journal_id: JournalId,
        kept: list[Row],
        aside: dict[str, tuple[Row, Reason]],
        before_each: Callable[[], None],
    ) -> None:
        self._journal_id = journal_id
        self.kept = kept
        self.aside = aside
        self._before_each = before_each

    @property
    def journal_id(self) -> JournalId:
        return self._journal_id

    def end(self) -> Position:
        self._before_each()
        return Position(seq=len(self.kept), digest=self.kept[-1].digest) if self.kept else NOWHERE

    def digests(self, first: int, last: int) -> Sequence[str]:
        self._before_each()
        return [row.digest for row in self.kept[first - 1 : last]]

    def opening(self) -> bytes | None:
        self._before_each()
        return self.kept[0].body if self.kept else None

    def claimed_key(self) -> bytes | None:
        return None

    def append(self, rows: Sequence[Row]) -> None:
        self._before_each()
        assert rows[0].seq == len(self.kept) + 1, "entries are put at the end"
        self.kept.extend(rows)

    def quarantine(self, rows: Sequence[Row], reason: Reason) -> None:
        self._before_each()
        for row in rows:
            self.aside.setdefault(row.digest, (row, reason))

    def is_quarantined(self, digest: str) -> bool:
        self._before_each()
        return digest in self.aside

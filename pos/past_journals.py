"""Journals that this till kept before the one it keeps now: whoever has not got them may read them.

They lie in `set-aside`, whole, because they could not be continued; what is in them was sold all
the same.  They are opened for reading only, and page by page.  For whoever reads it here, a damaged
one ends in front of the damage: what lies behind it proves nothing without what is between.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Self, TypeVar, cast

import msgspec

from pos.domain.facts import JournalOpened, Mode
from pos.errors import PosError, StorageDamaged
from pos.folders import Folders
from pos.ids import JournalId
from pos.reports import journal
from pos.reports.question import Question
from pos.store.till_store import TillStore, open_store_to_read

AnswerT = TypeVar("AnswerT")

WALK_ENTRIES = 1_000


class PastJournal(msgspec.Struct, frozen=True, kw_only=True):
    """A journal that was set aside."""

    path: Path
    journal_id: JournalId
    opened: JournalOpened
    entries: int  # that can be read

    def open(self) -> OpenPastJournal:
        """Open it for reading, on the thread that is going to read it.

        Raises:
            Unavailable, Incompatible: it cannot be read now, or not by this version.
        """
        return OpenPastJournal(open_store_to_read(self.path))


class PastJournals(msgspec.Struct, frozen=True, kw_only=True):
    """What was set aside of one kind of till."""

    journals: tuple[PastJournal, ...]  # the oldest first
    unreadable: tuple[Path, ...]  # which do not say whose they are, or to this version


class OpenPastJournal:
    """Answers about one old journal what a till answers about its own; a context manager."""

    def __init__(self, store: TillStore) -> None:
        self._store = store
        self._end = _readable_end(store)

    @property
    def journal_id(self) -> JournalId:
        """Return whose entries these are."""
        return self._store.journal_id

    @property
    def opened(self) -> JournalOpened:
        """Return who the till was."""
        return self._store.opened

    def ask(self, question: Question[AnswerT], /) -> AnswerT:
        """Return the answer to `EndOfJournal`, `DigestAt` or `RawPage`.

        Raises:
            StorageUnavailable, StorageDamaged: the disk does not give it now.
        """
        stand = self._store.opened.identity.stand
        match question:
            case journal.EndOfJournal():
                return cast(AnswerT, self._end)
            case journal.DigestAt():
                return cast(AnswerT, journal.digest_at(question, self._store, stand))
            case journal.RawPage():
                left = max(self._end.seq - question.after, 0)
                page = msgspec.structs.replace(
                    question, entries_max=min(question.entries_max, left)
                )
                return cast(AnswerT, journal.raw_page(page, self._store, stand))
        raise AssertionError(f"{type(question).__name__} is about a till that sells")

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def past_journals(folders: Folders, mode: Mode) -> PastJournals:
    """Return the journals that were set aside, of the till that sells or of the one that trains.

    One that does not say who it is may be of either; both are told of it.
    """
    found: list[PastJournal] = []
    unreadable: list[Path] = []
    for path in sorted(folders.set_aside.glob("*.db")):
        try:
            with OpenPastJournal(open_store_to_read(path)) as past:
                if past.opened.mode == mode:
                    found.append(_told(path, past))
        except PosError:
            unreadable.append(path)
    found.sort(key=lambda one: one.opened.ordinal)
    return PastJournals(journals=tuple(found), unreadable=tuple(unreadable))


def _told(path: Path, past: OpenPastJournal) -> PastJournal:
    return PastJournal(
        path=path,
        journal_id=past.journal_id,
        opened=past.opened,
        entries=past.ask(journal.EndOfJournal()).seq,
    )


def _readable_end(store: TillStore) -> journal.JournalPlace:
    """Return the last entry up to which all can be read."""
    last = journal.JournalPlace(seq=0, digest="")
    for step in (WALK_ENTRIES, 1):  # in front of a damage, one by one
        with suppress(StorageDamaged):
            while rows := store.rows(
                "SELECT seq, digest FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
                last.seq,
                step,
            ):
                last = journal.JournalPlace(seq=rows[-1][0], digest=rows[-1][1].hex())
    return last

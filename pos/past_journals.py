"""Journals that this till kept before the one it keeps now: whoever has not got them may read them.

They lie in `set-aside`, whole, because they could not be continued; what is in them was sold all
the same.  They are opened for reading only, and page by page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from pos.domain.facts import JournalOpened, Mode
from pos.folders import Folders
from pos.ids import JournalId
from pos.reports import journal
from pos.reports.question import Question
from pos.reports.reader import Reader
from pos.store.journal import read_end
from pos.store.till_store import TillStore, open_store_to_read

AnswerT = TypeVar("AnswerT")

_REPORTS: dict[type[Question[Any]], Callable[[Any, Reader, str], Any]] = {
    journal.DigestAt: journal.digest_at,
    journal.EndOfJournal: journal.end_of_journal,
    journal.RawPage: journal.raw_page,
}


class PastJournal(msgspec.Struct, frozen=True, kw_only=True):
    """A journal that was set aside."""

    path: Path
    journal_id: JournalId
    opened: JournalOpened
    entries: int

    def open(self) -> OpenPastJournal:
        """Open it for reading, on the thread that is going to read it.

        Raises:
            Unavailable, Incompatible: it cannot be read now, or not by this version.
        """
        return OpenPastJournal(open_store_to_read(self.path))


class PastJournals(msgspec.Struct, frozen=True, kw_only=True):
    """What was set aside of one kind of till."""

    journals: tuple[PastJournal, ...]  # the oldest first
    unreadable: tuple[Path, ...]  # which do not even say whose they are


class OpenPastJournal:
    """Answers about one old journal what a till answers about its own; a context manager."""

    def __init__(self, store: TillStore) -> None:
        self._store = store

    @property
    def journal_id(self) -> JournalId:
        """Return whose entries these are."""
        return self._store.journal_id

    def ask(self, question: Question[AnswerT], /) -> AnswerT:
        """Return the answer to `EndOfJournal`, `DigestAt` or `RawPage`.

        Raises:
            StorageDamaged: the file ends here, as far as it can be read.
            StorageUnavailable: the disk does not give it now.
        """
        stand = self._store.opened.identity.stand
        answer: AnswerT = _REPORTS[type(question)](question, self._store, stand)
        return answer

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
        if (known := read_end(path)) is None:
            unreadable.append(path)
        elif known[1].mode == mode:
            journal_id, opened, end = known
            found.append(
                PastJournal(path=path, journal_id=journal_id, opened=opened, entries=end.seq)
            )
    found.sort(key=lambda one: one.opened.ordinal)
    return PastJournals(journals=tuple(found), unreadable=tuple(unreadable))

"""A till's journal as the pusher sees it: asked page by page, whoever answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from pos.ids import JournalId
from pos.reports.journal import DigestAt, EndOfJournal, RawPage
from pos.reports.question import Question
from sync.protocol import Entry, Position

AnswerT = TypeVar("AnswerT")


class Ask(Protocol):
    """Answers a question about the till; `Till.ask` does, on the till's thread."""

    def __call__(self, question: Question[AnswerT], /) -> AnswerT: ...


class OutboundJournal:
    """One till's journal, read and never written."""

    def __init__(self, journal_id: JournalId, ask: Ask) -> None:
        self._journal_id = journal_id
        self._ask = ask

    @property
    def journal_id(self) -> JournalId:
        """Return whose entries these are."""
        return self._journal_id

    def end(self) -> Position:
        """Return where it ends."""
        place = self._ask(EndOfJournal())
        return Position(seq=place.seq, digest=place.digest)

    def digest_at(self, seq: int) -> str:
        """Return the digest of an entry; "" if it is not there, as for 0."""
        return self._ask(DigestAt(seq=seq))

    def page(self, *, after: int, entries_max: int, bytes_max: int) -> Sequence[Entry]:
        """Return the next entries, at least one if there is any."""
        page = self._ask(RawPage(after=after, entries_max=entries_max, bytes_max=bytes_max))
        return [Entry(entry.body, entry.signature) for entry in page]

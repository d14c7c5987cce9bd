"""Sending a journal up, one exchange a step.

The hub's own position is the truth: nothing is remembered about what was sent, so a lost answer, a
kill or a restored backup needs no repair here.  What the hub says is compared with the journal, and
where the two contradict each other it is asked again.

A fork is two continuations of one journal: an old copy was put back on a till that went on selling,
or somebody runs a copy of it.  Digests are chained, so "the same up to here" can be searched for by
halves: the last number under which both have the same entry.  From there on this till's entries go
up all the same, to the hub's quarantine, so that nothing is stranded; this journal is over, and a
manager opens a new one that names it.

Batches begin small, double with each that arrives and halve with each that gets no answer: a till
with a day behind it needs few exchanges, and on a network that breaks off none is too long for it.

There is no clock, no thread and no waiting in here: whoever calls `step` decides when.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias, assert_never

import msgspec

from pos.ids import JournalId
from sync.protocol import (
    BATCH_BYTES_MAX,
    BATCH_ENTRIES_FIRST,
    BATCH_ENTRIES_MAX,
    ENTRY_BYTES_MAX,
    Accepted,
    Answer,
    Batch,
    Entry,
    Forked,
    Gap,
    NoAnswer,
    NotOurMessage,
    Position,
)

BATCH_ENTRIES_LEAST = 25
"""So few pass within some seconds also where a network hardly carries: about 4 kB."""


class EntrySource(Protocol):
    """A journal to be sent; it may grow between two steps."""

    @property
    def journal_id(self) -> JournalId: ...

    def end(self) -> Position:
        """Return where it ends."""
        ...

    def digest_at(self, seq: int) -> str:
        """Return the digest of an entry; "" if it is not there, as for 0."""
        ...

    def page(self, *, after: int, entries_max: int, bytes_max: int) -> Sequence[Entry]:
        """Return the next entries, at least one if there is any, however large it is."""
        ...


class HubPort(Protocol):
    """A hub at the other end of something; each call is one exchange.

    Raises:
        NoAnswer: nothing came back.
        NotOurMessage: something did, but no answer of a hub.
    """

    def position(self, journal_id: JournalId) -> Position: ...

    def send(self, journal_id: JournalId, batch: Batch) -> Answer: ...


Trouble = Literal["no_answer", "not_ours", "contradiction", "too_large"]
"""Why a step did not help: nobody there; somebody else there; a hub that says what cannot be;
an entry that no message has room for."""


class Fork(msgspec.Struct, frozen=True, kw_only=True):
    """Where this till's journal and the hub's part."""

    seq: int  # the first number under which they differ
    own_digest: str  # "" if this till has nothing there: an old copy was put back
    hub_digest: str  # "" if the hub has nothing there, or has not said what
    is_chain_broken: bool = False  # the hub has no other continuation: ours does not go on


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What a till can say about its journal after a step."""

    acknowledged_seq: int  # up to here the hub is known to have the same; 0 before first contact
    waiting: int  # entries of which no copy is known at the hub, quarantine included
    is_idle: bool  # all is sent: nothing to do until something is recorded
    trouble: Trouble | None = None
    fork: Fork | None = None


class _Asking(msgspec.Struct, frozen=True):
    """The hub's position is not known."""


class _Sending(msgspec.Struct, frozen=True):
    """The hub has the same as we, up to here."""

    position: Position


class _Searching(msgspec.Struct, frozen=True, kw_only=True):
    """Up to `same` the hub has what we have; from `other` on it does not."""

    same: int
    other: int


class _Parted(msgspec.Struct, frozen=True, kw_only=True):
    """Our entries from the fork on go to quarantine; it has them up to `kept`."""

    fork: Fork
    kept: int
    is_certain: bool = False  # the hub confirmed it after the search
    looks_at_end: bool = False  # at the next heartbeat; else at the first entry that differs


_State: TypeAlias = _Asking | _Sending | _Searching | _Parted


class Pusher:
    """Brings one journal to one hub."""

    def __init__(
        self, journal: EntrySource, hub: HubPort, *, batch_entries_max: int = BATCH_ENTRIES_MAX
    ) -> None:
        self._journal = journal
        self._hub = hub
        self._entries_most = batch_entries_max
        self._entries = min(BATCH_ENTRIES_FIRST, batch_entries_max)  # of the next batch, at most
        self._state: _State = _Asking()
        self._acknowledged = 0

    def step(self) -> Progress:
        """Do one exchange with the hub and return how things stand."""
        trouble: Trouble | None
        try:
            trouble = self._exchange()
        except NoAnswer:
            trouble = "no_answer"
            self._entries = max(self._entries // 2, min(BATCH_ENTRIES_LEAST, self._entries_most))
        except NotOurMessage:
            trouble = "not_ours"
        if trouble == "contradiction":
            self._forget()
        return self._progress(trouble)

    def _exchange(self) -> Trouble | None:
        match self._state:
            case _Searching(same=same, other=other) if other == same + 1:
                fork = Fork(seq=other, own_digest=self._journal.digest_at(other), hub_digest="")
                self._state = _Parted(fork=fork, kept=same)
        match self._state:
            case _Asking():
                self._meet(self._hub.position(self._journal.journal_id))
                return None
            case _Sending() as sending:
                return self._go_on(sending)
            case _Searching() as searching:
                return self._search(searching)
            case _Parted() as parted:
                return self._set_aside(parted)
            case _:
                assert_never(self._state)

    def _meet(self, position: Position) -> None:
        """Go on from the hub's position if it is one of ours; else look for the fork."""
        if self._fits(position):
            self._state = _Sending(position)
            self._acknowledged = position.seq
            return
        beyond = self._journal.end().seq + 1
        self._search_below(min(position.seq, beyond))

    def _search_below(self, other: int) -> None:
        self._state = _Searching(same=0, other=other)
        self._acknowledged = 0

    def _forget(self) -> None:
        """Ask anew: the hub is not what it was, so nothing that it said before counts."""
        self._state = _Asking()
        self._acknowledged = 0

    def _fits(self, position: Position) -> bool:
        return self._journal.digest_at(position.seq) == position.digest

    def _go_on(self, sending: _Sending) -> Trouble | None:
        """Send what the hub lacks; if that is nothing, ask whether it still has the rest."""
        batch = self._batch(sending.position.seq, self._entries)
        if batch is None:
            self._meet(self._hub.position(self._journal.journal_id))
            return None
        if _is_too_large(batch):
            return "too_large"
        match self._hub.send(self._journal.journal_id, batch):
            case Accepted() as accepted:
                reached = Position(seq=accepted.seq, digest=accepted.digest)
                if not batch.first_seq <= reached.seq <= batch.last_seq or not self._fits(reached):
                    return "contradiction"
                self._grow(batch)
                self._meet(reached)
            case Gap() as gap:
                if gap.seq >= sending.position.seq:
                    return "contradiction"
                self._meet(gap)
            case forked:
                first = max(sending.position.seq, 1)
                is_same = forked.digest == self._journal.digest_at(forked.seq)
                if is_same or not first <= forked.seq <= batch.last_seq:
                    return "contradiction"
                self._search_below(forked.seq)
        return None

    def _grow(self, batch: Batch) -> None:
        """Dare more after a batch that was as long as it might be, and arrived."""
        if len(batch.entries) == self._entries:
            self._entries = min(2 * self._entries, self._entries_most)

    def _search(self, searching: _Searching) -> Trouble | None:
        """Send the entry in the middle: it is there already, or differs."""
        middle = (searching.same + searching.other) // 2
        batch = self._batch(middle - 1, 1)
        if batch is None:
            return "contradiction"
        if _is_too_large(batch):
            return "too_large"
        match self._hub.send(self._journal.journal_id, batch):
            case Accepted():
                self._state = _Searching(same=middle, other=searching.other)
                self._acknowledged = middle
            case Forked():
                self._state = _Searching(same=searching.same, other=middle)
            case _:  # a gap: the hub is another than before
                self._forget()
        return None

    def _set_aside(self, parted: _Parted) -> Trouble | None:
        """Send the next of our branch to quarantine.

        If that is all, in turn its last entry once more and the two around the fork: a hub that
        was restored may have forgotten the branch, or go on from elsewhere by now.
        """
        own_end, fork = self._journal.end().seq, parted.fork
        if own_end < fork.seq:
            self._look_again(parted)
            return None
        looks_at_start = parted.kept >= own_end and not parted.looks_at_end
        if looks_at_start:  # both entries in one batch, however large
            batch = self._batch(max(fork.seq - 2, 0), 2, bytes_max=ENTRY_BYTES_MAX)
        elif parted.kept >= own_end:
            batch = self._batch(own_end - 1, 1)
        else:
            batch = self._batch(parted.kept, self._entries)
        if batch is None:
            return "contradiction"
        if _is_too_large(batch):
            return "too_large"
        match self._hub.send(self._journal.journal_id, batch):
            case Forked(is_kept=True) as forked if forked.seq == fork.seq or not looks_at_start:
                self._state = _Parted(
                    fork=self._named(fork, forked),
                    kept=max(parted.kept, batch.last_seq),
                    is_certain=True,
                    looks_at_end=looks_at_start,
                )
                self._acknowledged = fork.seq - 1
            case _:  # it is not so any more
                self._forget()
        return None

    def _look_again(self, parted: _Parted) -> None:
        """Ask whether the hub still has more than we: an old copy was put back, nothing is new."""
        position = self._hub.position(self._journal.journal_id)
        if self._fits(position):
            self._meet(position)
        else:
            self._state = msgspec.structs.replace(parted, is_certain=True)
            self._acknowledged = parted.fork.seq - 1

    def _named(self, fork: Fork, forked: Forked) -> Fork:
        """Return the fork with what both have there by now."""
        if forked.seq != fork.seq:
            return fork
        return Fork(
            seq=fork.seq,
            own_digest=self._journal.digest_at(fork.seq),
            hub_digest=forked.digest,
            is_chain_broken=forked.digest == "",
        )

    def _batch(
        self, after: int, entries_max: int, *, bytes_max: int = BATCH_BYTES_MAX
    ) -> Batch | None:
        entries = self._journal.page(after=after, entries_max=entries_max, bytes_max=bytes_max)
        follows = self._journal.digest_at(after)
        if not entries or (after and not follows):
            return None
        return Batch(first_seq=after + 1, follows=follows, entries=tuple(entries))

    def _progress(self, trouble: Trouble | None) -> Progress:
        end = self._journal.end().seq
        fork = None
        sent = self._acknowledged
        if isinstance(self._state, _Parted):
            sent = self._state.kept
            fork = self._state.fork if self._state.is_certain else None
        return Progress(
            acknowledged_seq=self._acknowledged,
            waiting=max(end - sent, 0),
            is_idle=trouble is None
            and sent >= end
            and (isinstance(self._state, _Sending) or fork is not None),
            trouble=trouble,
            fork=fork,
        )


def _is_too_large(batch: Batch) -> bool:
    return any(len(entry.body) > ENTRY_BYTES_MAX for entry in batch.entries)

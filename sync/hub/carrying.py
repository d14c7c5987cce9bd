"""Which of two journals counts, where one goes on from the other.

A till whose journal cannot go on (its disk was damaged, or put back) begins another one and takes
its stock along: `carried_over` there says again what the journal before had come to.  So the hub
counts one of the two, whichever came first and whether the other ever comes: the journal before,
once all of it is here that the new one goes on from; until then what was carried over, and nothing
of what it stands for.  Only a till's own journals are linked: what one till says never takes away
what another recorded.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """A journal that goes on from another, or that another goes on from."""

    number: int
    journal_id: str
    till_id: str | None
    is_counted: bool  # somebody enrolled claims it, and it is of the organisation's kind
    interpreted_seq: int
    previous_id: str | None
    previous_seq: int
    has_carried: bool


class Counting(msgspec.Struct, frozen=True, kw_only=True):
    """What is left out of a level."""

    held: frozenset[int]  # journals of which nothing counts: one behind them says it all
    doubled: frozenset[int]  # journals of which what they carried over does not count

    def changed(self, after: Counting) -> frozenset[int]:
        """Return the journals that count otherwise afterwards."""
        return (self.held ^ after.held) | (self.doubled ^ after.doubled)

    def pieces(self, journal: int, pieces: int, carried: int) -> int:
        """Return how many of a journal's pieces count."""
        if journal in self.held:
            return 0
        return pieces + (0 if journal in self.doubled else carried)


def counting(journals: Collection[Linked]) -> Counting:
    """Decide what counts of journals that are linked."""
    counted = {one.journal_id: one for one in journals if one.is_counted}
    doubled = frozenset(one.number for one in counted.values() if _is_all_here(one, counted))
    held: set[int] = set()
    for one in counted.values():
        if one.has_carried and one.number not in doubled:
            _hold_all_before(one, counted, held)
    return Counting(held=frozenset(held), doubled=doubled)


def links_to_others(journals: Collection[Linked], number: int) -> list[tuple[Linked, Linked]]:
    """Return who names another till's journal as the one before, if this one is either of them."""
    known = {one.journal_id: one for one in journals if one.till_id is not None}
    pairs = [
        (one, before)
        for one in known.values()
        if (before := known.get(one.previous_id or "")) is not None
    ]
    return [
        (one, before)
        for one, before in pairs
        if one.till_id != before.till_id and number in {one.number, before.number}
    ]


def _before(one: Linked, counted: dict[str, Linked]) -> Linked | None:
    before = counted.get(one.previous_id or "")
    return before if before is not None and before.till_id == one.till_id else None


def _is_all_here(one: Linked, counted: dict[str, Linked]) -> bool:
    """Say whether the journal before is here up to where this one goes on from it."""
    before = _before(one, counted)
    return before is not None and before.interpreted_seq >= one.previous_seq


def _hold_all_before(one: Linked, counted: dict[str, Linked], held: set[int]) -> None:
    before = _before(one, counted)
    while before is not None and before.number not in held:
        held.add(before.number)
        before = _before(before, counted)

"""Stock of all stands: what each till moved, and what head office brought.

`journal_moved` is what each journal says, in the words of its till; `moved` is what follows for a
till and a variant of ours, and the only thing that tills are told.  It is made anew for whatever
may have changed, so that it does not matter in which order journals, claims and names come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, or_, select, tuple_

from pos.domain.feed import StockOfTill
from pos.ids import VariantId
from sync.hub.carrying import Counting, Linked, counting
from sync.hub.meaning import Movement, Trouble
from sync.hub.store import feed_store, incidents
from sync.hub.store.inserting import insert_many
from sync.hub.store.tables import (
    alias,
    journal,
    journal_moved,
    moved,
    organisation,
    product,
    variant,
)
from sync.hub.store.upserting import alone_with_meaning, chunks, put

LEVELS_PAGE_MAX = 1_000


class Key(NamedTuple):
    """What one till moved of one variant at one stand."""

    till_id: str
    stand: str
    variant_id: str


class Total(NamedTuple):
    """All that a till moved of a variant at a stand, and when the last of it was."""

    pieces: int
    at: str


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """How many pieces of a variant there are at a stand; below zero where more were sold."""

    stand: str
    variant_id: str
    pieces: int
    at: str  # UTC of the last movement, by the clock of whoever moved it
    sku: str = ""
    name: str = ""  # of the product; empty if nobody here knows the variant


def add_to_journal(
    connection: Connection, journal_number: int, movements: Mapping[tuple[str, str], Movement]
) -> None:
    """Add to what a journal moved, by stand and variant."""
    most = "max" if connection.dialect.name == "sqlite" else "greatest"
    rows = [
        (journal_number, stand, variant_id, movement.pieces, movement.carried, movement.at)
        for (stand, variant_id), movement in movements.items()
    ]
    insert_many(
        connection,
        journal_moved,
        ("journal", "stand", "variant_id", "pieces", "carried", "at"),
        rows,
        "ON CONFLICT (journal, stand, variant_id) DO UPDATE SET"
        " pieces = journal_moved.pieces + excluded.pieces,"
        " carried = journal_moved.carried + excluded.carried,"
        f" at = {most}(journal_moved.at, excluded.at)",
    )


def forget_journal(connection: Connection, journal_number: int) -> None:
    """Forget what a journal moved."""
    connection.execute(delete(journal_moved).where(journal_moved.c.journal == journal_number))


def linked_journals(connection: Connection) -> list[Linked]:
    """Return the journals of which one goes on from the other."""
    mode = connection.scalar(select(organisation.c.mode))
    before = select(journal.c.previous_id).where(journal.c.previous_id.is_not(None))
    rows = connection.execute(
        select(journal).where(
            or_(journal.c.previous_id.is_not(None), journal.c.journal_id.in_(before))
        )
    )
    return [
        Linked(
            number=row.number,
            journal_id=row.journal_id,
            till_id=row.till_id,
            is_counted=row.till_id is not None and row.mode == mode,
            interpreted_seq=row.interpreted_seq,
            previous_id=row.previous_id,
            previous_seq=row.previous_seq,
            has_carried=row.has_carried,
        )
        for row in rows
    ]


def keys_of_journals(connection: Connection, numbers: Collection[int]) -> set[Key]:
    """Return all that these journals moved anything of."""
    keys: set[Key] = set()
    for some in chunks(numbers):
        rows = connection.execute(
            select(journal.c.till_id, journal_moved.c.stand, journal_moved.c.variant_id)
            .join_from(journal_moved, journal, journal.c.number == journal_moved.c.journal)
            .where(journal_moved.c.journal.in_(some), journal.c.till_id.is_not(None))
        )
        keys.update(Key(*row) for row in rows)
    return keys


def keys_of_variants(connection: Connection, variant_ids: Collection[str]) -> set[Key]:
    """Return who moved anything that they call by one of these names."""
    keys: set[Key] = set()
    for some in chunks(variant_ids):
        rows = connection.execute(
            select(journal.c.till_id, journal_moved.c.stand, journal_moved.c.variant_id)
            .join_from(journal_moved, journal, journal.c.number == journal_moved.c.journal)
            .where(journal_moved.c.variant_id.in_(some), journal.c.till_id.is_not(None))
        )
        keys.update(Key(*row) for row in rows)
    return keys


def bring_up_to_date(connection: Connection, keys: Collection[Key], at: str) -> int:
    """Make totals anew that may have changed, tell the tills, and return how many did change."""
    if not keys:
        return 0
    alone_with_meaning(connection)
    count = counting(linked_journals(connection))
    by_till: dict[str, set[tuple[str, str]]] = {}
    for key in keys:
        by_till.setdefault(key.till_id, set()).add((key.stand, key.variant_id))
    changed: dict[Key, Total] = {}
    for till_id, places in by_till.items():
        names = _Names(connection, {variant_id for _stand, variant_id in places})
        # The name itself, too: what was kept under it moves when somebody says what it means.
        ours = places | {(stand, names.ours(variant_id)) for stand, variant_id in places}
        totals = _totals_of_till(connection, till_id, names, count)
        before = _kept_totals(connection, till_id, {variant_id for _stand, variant_id in ours})
        for stand, variant_id in ours:
            new = totals.get((stand, variant_id), Total(0, ""))
            old = before.get((stand, variant_id))
            if new.pieces != (old.pieces if old else 0):
                changed[Key(till_id, stand, variant_id)] = Total(new.pieces, new.at or at)
    _keep_totals(connection, changed)
    look_for_oversold(connection, {(key.stand, key.variant_id) for key in changed}, at)
    return len(changed)


class _Names:
    """Which variant of ours a till means, for those that are asked about and all like them."""

    def __init__(self, connection: Connection, variant_ids: Collection[str]) -> None:
        self._ours = _aliases(connection, alias.c.other_id, variant_ids)
        ours = {self.ours(variant_id) for variant_id in variant_ids}
        self._ours |= _aliases(connection, alias.c.variant_id, ours)
        self.all = ours | set(self._ours) | set(variant_ids)

    def ours(self, variant_id: str) -> str:
        """Return the variant that is meant; itself, if nobody said anything else."""
        return self._ours.get(variant_id, variant_id)


def _aliases(connection: Connection, column: object, values: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in chunks(values):
        rows = connection.execute(
            select(alias.c.other_id, alias.c.variant_id).where(
                column.in_(some),  # type: ignore[attr-defined]  # one of the two columns below
                alias.c.variant_id.is_not(None),
            )
        )
        found.update((row.other_id, row.variant_id) for row in rows)
    return found


def _totals_of_till(
    connection: Connection, till_id: str, names: _Names, count: Counting
) -> dict[tuple[str, str], Total]:
    totals: dict[tuple[str, str], Total] = {}
    for some in chunks(names.all):
        rows = connection.execute(
            select(journal_moved)
            .join_from(journal_moved, journal, journal.c.number == journal_moved.c.journal)
            .where(journal.c.till_id == till_id, journal_moved.c.variant_id.in_(some))
        )
        for row in rows:
            place = (row.stand, names.ours(row.variant_id))
            before = totals.get(place, Total(0, ""))
            pieces = count.pieces(row.journal, row.pieces, row.carried)
            totals[place] = Total(before.pieces + pieces, max(before.at, row.at))
    return totals


def _kept_totals(
    connection: Connection, till_id: str, variant_ids: Collection[str]
) -> dict[tuple[str, str], Total]:
    kept: dict[tuple[str, str], Total] = {}
    for some in chunks(variant_ids):
        rows = connection.execute(
            select(moved).where(moved.c.till_id == till_id, moved.c.variant_id.in_(some))
        )
        kept.update({(row.stand, row.variant_id): Total(row.pieces, row.at) for row in rows})
    return kept


def _keep_totals(connection: Connection, totals: Mapping[Key, Total]) -> None:
    """Keep totals and tell the tills of them."""
    put(connection, moved, [{**key._asdict(), **total._asdict()} for key, total in totals.items()])
    feed_store.put(
        connection,
        [
            StockOfTill(
                till_id=key.till_id,
                stand=key.stand,
                variant_id=VariantId(key.variant_id),
                pieces=total.pieces,
                at=total.at,
            )
            for key, total in totals.items()
        ],
    )


def bring(
    connection: Connection,
    organisation_id: str,
    stand: str,
    pieces: Mapping[VariantId, int],
    at: str,
) -> None:
    """Add what head office brought to a stand, or took away, by variant."""
    alone_with_meaning(connection)
    before = _kept_totals(connection, organisation_id, pieces.keys())
    totals = {
        Key(organisation_id, stand, variant_id): Total(
            quantity + before.get((stand, variant_id), Total(0, "")).pieces, at
        )
        for variant_id, quantity in pieces.items()
        if quantity
    }
    _keep_totals(connection, totals)
    look_for_oversold(connection, {(key.stand, key.variant_id) for key in totals}, at)


def look_for_oversold(connection: Connection, places: Collection[tuple[str, str]], at: str) -> None:
    """Open an incident where more was sold than there was, and close those that are over."""
    below, fine = {}, []
    open_ones = incidents.open_subjects(connection, "oversell", [_subject(*one) for one in places])
    for at_stand in {stand for stand, _ in places}:  # pairs in a list use no index
        wanted = [variant_id for stand, variant_id in places if stand == at_stand]
        for variant_id, pieces in levels_of(connection, at_stand, wanted).items():
            if pieces < 0:
                below[at_stand, variant_id] = pieces
            elif _subject(at_stand, variant_id) in open_ones:
                fine.append(_subject(at_stand, variant_id))
    troubles = [
        Trouble(
            kind="oversell",
            subject=_subject(stand, variant_id),
            stand=stand,
            detail={"variant_id": variant_id, "pieces": pieces},
        )
        for (stand, variant_id), pieces in below.items()
    ]
    incidents.tell_of_states(connection, troubles, at)
    incidents.close_many(connection, "oversell", fine, at)


def _subject(stand: str, variant_id: str) -> str:
    return f"{stand}/{variant_id}"


def variants_moved(
    connection: Connection, stand: str, variant_ids: Collection[str]
) -> frozenset[str]:
    """Return of which of these variants anything ever moved at a stand."""
    found: set[str] = set()
    for some in chunks(variant_ids):
        rows = connection.scalars(
            select(moved.c.variant_id)
            .where(moved.c.stand == stand, moved.c.variant_id.in_(some))
            .distinct()
        )
        found.update(rows)
    return frozenset(found)


def levels(
    connection: Connection,
    *,
    stand: str = "",
    after: tuple[str, str] | None = None,
    limit: int = LEVELS_PAGE_MAX,
) -> list[Level]:
    """Return levels by stand and variant; go on behind the last one."""
    sums = (
        select(
            moved.c.stand,
            moved.c.variant_id,
            func.sum(moved.c.pieces).label("pieces"),
            func.max(moved.c.at).label("at"),
        )
        .group_by(moved.c.stand, moved.c.variant_id)
        .order_by(moved.c.stand, moved.c.variant_id)
        .limit(min(limit, LEVELS_PAGE_MAX))
    )
    if stand:
        sums = sums.where(moved.c.stand == stand)
    if after is not None:
        sums = sums.where(tuple_(moved.c.stand, moved.c.variant_id) > tuple_(*after))
    page = sums.subquery()
    rows = connection.execute(
        select(page, variant.c.sku, product.c.name)
        .outerjoin(variant, variant.c.variant_id == page.c.variant_id)
        .outerjoin(product, product.c.product_id == variant.c.product_id)
        .order_by(page.c.stand, page.c.variant_id)
    )
    return [_level(row.stand, row.variant_id, row.pieces, row) for row in rows]


def levels_of(connection: Connection, stand: str, variant_ids: Collection[str]) -> dict[str, int]:
    """Return the levels of these variants at a stand; of which nothing moved are left out."""
    found: dict[str, int] = {}
    for some in chunks(variant_ids):
        rows = connection.execute(
            select(moved.c.variant_id, func.sum(moved.c.pieces).label("pieces"))
            .where(moved.c.stand == stand, moved.c.variant_id.in_(some))
            .group_by(moved.c.variant_id)
        )
        found.update({row.variant_id: int(row.pieces) for row in rows})
    return found


def _level(stand: str, variant_id: str, pieces: int, row: Iterable[object]) -> Level:
    *_, at, sku, name = row
    return Level(
        stand=stand,
        variant_id=variant_id,
        pieces=int(pieces),
        at=str(at),
        sku=str(sku or ""),
        name=str(name or ""),
    )

"""Variants of tills that had a catalogue of their own: which of ours they are.

The same id is the same variant.  Else a barcode decides, if exactly one variant of ours has it;
else a person has to say, once something has moved under that name: a till may have thousands of
which nobody ever sold one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete, exists, func, select, update

from sync.hub.meaning import LABEL_MAX, Trouble
from sync.hub.store import incidents, stock
from sync.hub.store.tables import alias, barcode, journal_moved, variant
from sync.hub.store.upserting import alone_with_meaning, chunks, insert_into, put
from sync.joining_protocol import BARCODES_MAX, Explained, OtherVariant

CATALOGUE = "catalogue"
"""The subject of the one incident that says how many names nobody has explained yet."""

PAGE_MAX = 200

_FOR_A_PERSON = alias.c.variant_id.is_(None) & exists().where(
    journal_moved.c.variant_id == alias.c.other_id
)


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """A name of somebody's for a variant of ours; None while nobody has said which."""

    other_id: str
    variant_id: str | None
    label: str
    barcodes: tuple[str, ...]
    how: str  # barcode, person, ""


class NoSuchVariant(Exception):
    """Neither does a till know the one name, nor we the other."""


def known_variants(connection: Connection, variant_ids: Collection[str]) -> set[str]:
    """Return which of these variants are ours."""
    known: set[str] = set()
    for some in chunks(variant_ids):
        known.update(
            connection.scalars(select(variant.c.variant_id).where(variant.c.variant_id.in_(some)))
        )
    return known


def propose(connection: Connection, items: Sequence[OtherVariant], at: str) -> Explained:
    """Hear what a till calls its own; return what that is here, as far as it is known.

    What is known already stays as it was decided.
    """
    alone_with_meaning(connection)
    known = known_variants(connection, [item.variant_id for item in items])
    named = {item.variant_id: item for item in items if item.variant_id not in known}
    if not named:
        return Explained(to_explain=0)
    _hear_of(connection, named)
    match_by_barcode(connection, at, among=named)
    tell_how_many(connection, at)
    return Explained(
        to_explain=len(_unexplained(connection, named)),
        meant=tuple(sorted(_meant(connection, named).items())),
    )


def _hear_of(connection: Connection, named: Mapping[str, OtherVariant]) -> None:
    """Keep names and barcodes; a code that was ever heard stays.

    Its till may have given it to ours meanwhile, and what was not clear must not seem so.
    """
    heard = _codes_heard(connection, named)
    rows = []
    for other_id, item in named.items():
        codes = dict.fromkeys((*heard.get(other_id, ()), *item.barcodes))
        kept = msgspec.json.encode(list(codes)[:BARCODES_MAX]).decode()
        rows.append({"other_id": other_id, "label": item.label[:LABEL_MAX], "barcodes": kept})
    put(connection, alias, rows)


def _codes_heard(connection: Connection, other_ids: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for some in chunks(other_ids):
        rows = connection.execute(
            select(alias.c.other_id, alias.c.barcodes).where(alias.c.other_id.in_(some))
        )
        found |= {row.other_id: _codes(row.barcodes) for row in rows}
    return found


def _codes(kept: str) -> list[str]:
    return msgspec.json.decode(kept or "[]", type=list[str])


def note_moved(
    connection: Connection, variant_ids: Collection[str], labels: Mapping[str, str], at: str
) -> None:
    """Remember variants that moved and that nobody here knows; those that were sold have labels."""
    unknown = set(variant_ids) - known_variants(connection, variant_ids)
    if not unknown:
        return
    new = (unknown & labels.keys()) - _heard_of(connection, unknown)
    if new:
        statement = insert_into(connection, alias).on_conflict_do_nothing(
            index_elements=["other_id"]
        )
        rows = [{"other_id": one, "label": labels[one], "barcodes": "[]"} for one in sorted(new)]
        connection.execute(statement, rows)
    if new or _unexplained(connection, unknown):
        tell_how_many(connection, at)


def _heard_of(connection: Connection, other_ids: Collection[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(other_ids):
        found.update(connection.scalars(select(alias.c.other_id).where(alias.c.other_id.in_(some))))
    return found


def _unexplained(connection: Connection, other_ids: Collection[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(other_ids):
        rows = select(alias.c.other_id).where(alias.c.other_id.in_(some), _FOR_A_PERSON)
        found.update(connection.scalars(rows))
    return found


def _meant(connection: Connection, other_ids: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in chunks(other_ids):
        rows = connection.execute(
            select(alias.c.other_id, alias.c.variant_id).where(
                alias.c.other_id.in_(some), alias.c.variant_id.is_not(None)
            )
        )
        found.update((row.other_id, row.variant_id) for row in rows)
    return found


def match_by_barcode(
    connection: Connection, at: str, *, among: Collection[str] | None = None
) -> None:
    """Explain names, all or `among` these, by the barcodes that they came with."""
    codes = _codes_unexplained(connection, among)
    owners: dict[str, str] = {}
    for some in chunks({code for several in codes.values() for code in several}):
        found = connection.execute(select(barcode).where(barcode.c.code.in_(some)))
        owners.update((row.code, row.variant_id) for row in found)
    matched: set[str] = set()
    for other_id, several in codes.items():
        meant = {owners[code] for code in several if code in owners}
        if len(meant) == 1:
            _explain(connection, other_id, meant.pop(), "barcode")
            matched.add(other_id)
    stock.bring_up_to_date(connection, stock.keys_of_variants(connection, matched), at)


def _codes_unexplained(
    connection: Connection, among: Collection[str] | None
) -> dict[str, list[str]]:
    asked = select(alias.c.other_id, alias.c.barcodes).where(
        alias.c.variant_id.is_(None), alias.c.barcodes != "[]"
    )
    each = (
        [asked] if among is None else [asked.where(alias.c.other_id.in_(s)) for s in chunks(among)]
    )
    return {row.other_id: _codes(row.barcodes) for one in each for row in connection.execute(one)}


def resolve(connection: Connection, other_id: str, variant_id: str, at: str) -> None:
    """Say which variant of ours a till means; what it moved moves along.

    Raises:
        NoSuchVariant: nobody ever called anything so, or the other one is none of ours.
    """
    alone_with_meaning(connection)
    before = connection.execute(select(alias).where(alias.c.other_id == other_id)).first()
    if before is None or not known_variants(connection, [variant_id]):
        raise NoSuchVariant(other_id)
    keys = stock.keys_of_variants(connection, [other_id])
    if before.variant_id is not None:  # what it was taken for until now loses it
        keys |= {key._replace(variant_id=before.variant_id) for key in keys}
    _explain(connection, other_id, variant_id, "person")
    stock.bring_up_to_date(connection, keys, at)
    tell_how_many(connection, at)


def _explain(connection: Connection, other_id: str, variant_id: str, how: str) -> None:
    connection.execute(
        update(alias).where(alias.c.other_id == other_id).values(variant_id=variant_id, how=how)
    )


def forget_known(connection: Connection, variant_ids: Collection[str], at: str) -> None:
    """Forget names that have become variants of ours: from now on they mean themselves."""
    names = _heard_of(connection, variant_ids)
    if not names:
        return
    alone_with_meaning(connection)
    keys = stock.keys_of_variants(connection, names)
    for some in chunks(names):
        rows = connection.execute(select(alias).where(alias.c.other_id.in_(some)))
        meant = {row.other_id: row.variant_id for row in rows if row.variant_id}
        keys |= {
            key._replace(variant_id=meant[key.variant_id])
            for key in keys
            if key.variant_id in meant
        }
        connection.execute(delete(alias).where(alias.c.other_id.in_(some)))
    stock.bring_up_to_date(connection, keys, at)


def tell_how_many(connection: Connection, at: str) -> None:
    """Keep the incident about names that nobody has explained: how many, and one of them."""
    count, label = connection.execute(
        select(func.count(), func.min(alias.c.label)).where(_FOR_A_PERSON)
    ).one()
    if not count:
        incidents.close_many(connection, "unmatched", [CATALOGUE], at)
        return
    detail: dict[str, str | int] = {"variants": count, "label": label or ""}
    trouble = Trouble(kind="unmatched", subject=CATALOGUE, detail=detail, times=count)
    incidents.tell_of_states(connection, [trouble], at)


def to_explain(connection: Connection, *, after: str = "", limit: int = PAGE_MAX) -> list[Alias]:
    """Return names that a person has to explain, by name; go on behind the last one."""
    rows = connection.execute(
        select(alias)
        .where(_FOR_A_PERSON, alias.c.other_id > after)
        .order_by(alias.c.other_id)
        .limit(min(limit, PAGE_MAX))
    )
    return [
        Alias(
            other_id=row.other_id,
            variant_id=row.variant_id,
            label=row.label,
            barcodes=tuple(_codes(row.barcodes)),
            how=row.how,
        )
        for row in rows
    ]

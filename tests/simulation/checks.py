"""What must be true when the faults have stopped and all is sent and heard."""

from __future__ import annotations

import msgspec

from pos.domain.feed import AnyFeedItem, StockOfTill
from pos.signing import entry_verifier
from tests.simulation.hub_disk import (
    KINDS_THAT_GO,
    HubDisk,
    JournalMoved,
    Moved,
    is_active,
    totals,
)
from tests.simulation.till_disk import View, holds
from tests.simulation.tills import UNKNOWN_ONCE, Line, SimTill
from tests.simulation.world import World, found_at
from tests.sync.journals import a_key

_items: msgspec.json.Decoder[AnyFeedItem] = msgspec.json.Decoder(AnyFeedItem)


def check(world: World) -> None:
    """Check everything."""
    check_journals(world)
    check_stock(world)
    check_feed(world)
    known = known_to(world.hub.disk)
    for till in world.tills:
        check_view(till, known)


def check_journals(world: World) -> None:
    """Check that every fact arrived once, to the byte, and every fork was found."""
    disk = world.hub.disk
    for journal_id, rows in disk.kept.items():
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1)), "gapless"
        aside = disk.aside.get(journal_id, {})
        assert not aside.keys() & {row.digest for row in rows}, "once, here or there"
        for row in rows:
            assert world.written[row.digest] == (row.body, row.signature), "to the byte"
    for rows_aside in disk.aside.values():
        for digest, (row, reason) in rows_aside.items():
            by_whom = world.forged if reason == "signature" else world.written
            assert by_whom[digest] == (row.body, row.signature), "to the byte, for the right reason"
            assert reason in {"forked", "signature"}
    assert world.network.promised <= found_at(disk), "what was acknowledged is there"
    for till in world.tills:
        verify = entry_verifier(a_key(till.number).public)
        for line in till.lines:
            check_line(line, disk)
            last = disk.kept[line.journal.journal_id][-1]
            assert verify(last.digest, last.signature)


def check_line(line: Line, disk: HubDisk) -> None:
    """Check that a journal is at the hub as a whole, and that a fork is found where it is."""
    own = line.journal.digests
    ours = [row.digest for row in disk.kept[line.journal.journal_id]]
    common = next(
        (at for at, (one, other) in enumerate(zip(own, ours, strict=False)) if one != other),
        min(len(own), len(ours)),
    )
    progress = line.progress
    assert progress is not None
    assert progress.trouble is None
    assert progress.waiting == 0
    if own == ours:
        assert progress.fork is None, "no fork where there is none"
        assert progress.acknowledged_seq == len(own)
        return
    assert progress.fork is not None, "every fork is found"
    assert progress.fork.seq == common + 1
    assert progress.fork.own_digest == line.journal.digest_at(common + 1)
    assert progress.acknowledged_seq == common
    assert not progress.fork.is_chain_broken
    aside = disk.aside.get(line.journal.journal_id, {})
    assert set(own[common:]) <= aside.keys(), "the branch is in quarantine"


def check_stock(world: World) -> None:
    """Check that the hub's stock is what the journals moved, and that it tells so.

    A journal that nobody claims is kept and not counted: a restored hub forgot whose it is, and its
    till was put back to before it began.
    """
    disk = world.hub.disk
    journals = {journal_id: JournalMoved() for journal_id in disk.kept if journal_id in disk.claims}
    for journal_id, journal in journals.items():
        journal.add(disk.kept[journal_id])
    expected = totals(journals, disk.claims)
    for till in world.tills:
        for line in till.lines:
            assert disk.claims[line.journal.journal_id] == till.till_id, "whose it is, is known"
    assert _without_zeros(disk.moved) == _without_zeros(expected), "stock is what was moved"
    told = {
        (item.till_id, item.stand, item.variant_id): item.pieces
        for item in known_to(disk).values()
        if isinstance(item, StockOfTill)
    }
    assert _without_zeros(told) == _without_zeros(expected), "and what the feed says"


def check_feed(world: World) -> None:
    """Check that the feed's last word is head office's; who is gone may be forgotten."""
    now = world.hub.disk.feed_now
    for thing, item in world.said.items():
        is_gone = thing[0] in KINDS_THAT_GO and not is_active(item)
        assert now.get(thing, item if is_gone else b"") == item, "the last word"


def check_view(till: SimTill, known: View) -> None:
    """Check that a till sees what the hub tells, as far as it understands it."""
    expected = {
        key: item
        for key, item in known.items()
        if holds(item)
        and not (till.is_old and item.__struct_config__.tag in UNKNOWN_ONCE)
        and not (isinstance(item, StockOfTill) and item.till_id == till.till_id)
    }
    assert till.pulled is not None
    assert till.pulled.trouble is None
    shown = {key: item for key, item in till.catalogue.view().items() if holds(item)}
    assert shown == expected, f"{till.till_id} sees what the hub tells"


def known_to(disk: HubDisk) -> View:
    """Return all that holds, of the kinds that we know."""
    known: View = {}
    for (kind, _), raw in disk.feed_now.items():
        if kind != "moon":
            item = _items.decode(raw)
            known[type(item), item.key] = item
    return known


def _without_zeros(moved: Moved) -> Moved:
    return {key: pieces for key, pieces in moved.items() if pieces}

"""A journal that is damaged in two places: the first is on record whatever the second is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.bootstrap import open_till
from pos.domain.facts import IntegrityFailed
from pos.errors import JournalBroken, StorageDamaged
from pos.founding import Place
from pos.till import Till
from tests.builders import a_cash_sale
from tests.pos.store.tampering import a_till_that_sold, raw

CHANGED = 8
UNREADABLE = 150
SALES = 400


@pytest.fixture
def damaged(tmp_path: Path) -> Place:
    """Leave a till with a changed entry, and a page behind it that cannot be read."""
    place = Place(a_till_that_sold(tmp_path))
    till = open_till(place)
    for _ in range(SALES):
        till.execute(a_cash_sale())
    till.close()
    with raw(place.path) as db:
        db.execute("UPDATE journal SET body = CAST(body || ' ' AS BLOB) WHERE seq = ?", [CHANGED])
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page_size,) = db.execute("PRAGMA page_size").fetchone()
    content = bytearray(place.path.read_bytes())
    start = content.find(b'"seq":%d,' % UNREADABLE) // page_size * page_size
    content[start : start + 64] = b"\xff" * 64
    place.path.write_bytes(content)
    return place


def failures(till: Till, after: int) -> list[tuple[int, str]]:
    store = till._store  # noqa: SLF001 no screen shows it yet
    facts = [store.entry(seq)[0].fact for seq in range(after + 1, store.end().seq + 1)]
    return [(fact.seq, fact.reason) for fact in facts if isinstance(fact, IntegrityFailed)]


def test_a_changed_entry_is_on_record_though_a_later_page_is_unreadable(damaged: Place) -> None:
    till = open_till(damaged)
    end = till._store.end().seq  # noqa: SLF001 no screen shows it yet
    found = till.check_chain(CHANGED - 3).broken or till.check_chain(CHANGED).broken
    assert isinstance(found, JournalBroken)
    assert found.seq == CHANGED
    assert failures(till, end) == [(CHANGED, "digest")]
    till.close()


def test_the_later_page_is_really_unreadable(damaged: Place) -> None:
    till = open_till(damaged)
    with pytest.raises(StorageDamaged):
        till._store.entry(UNREADABLE)  # noqa: SLF001 no screen shows it yet
    till.close()

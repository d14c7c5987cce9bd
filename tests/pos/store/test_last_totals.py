"""Which totals a damaged journal still vouches for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.store.last_totals import LastTotals, read_last_totals
from tests.builders import a_cash_sale, a_till, folders_in
from tests.pos.store.tampering import raw

PAGE = 4096
SALES = 60
FIRST_SALE = 3  # behind the opening and the shift


@pytest.fixture
def path(tmp_path: Path) -> Path:
    till = a_till(tmp_path)
    for _ in range(SALES):
        till.execute(a_cash_sale())
    till.close()
    return folders_in(tmp_path).live


def totals_after(sale: int) -> LastTotals:
    minor = 2500 * sale
    return LastTotals(seq=FIRST_SALE + sale - 1, net_minor=minor, absolute_minor=minor)


def test_a_whole_journal_vouches_for_its_last_sale_or_an_earlier_one(path: Path) -> None:
    assert read_last_totals(path, 10_000) == totals_after(SALES)
    assert read_last_totals(path, FIRST_SALE + 9) == totals_after(10)
    assert read_last_totals(path, 0) is None


def test_what_lies_in_front_of_a_damage_counts(path: Path) -> None:
    content = bytearray(path.read_bytes())
    at = content.index(b'"number":60,') // PAGE * PAGE
    content[at : at + PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)
    totals = read_last_totals(path, 10_000)
    assert totals is not None
    sale = totals.seq - FIRST_SALE + 1
    assert SALES - 5 < sale < SALES
    assert totals == totals_after(sale)


def test_an_entry_that_says_nothing_any_more_is_passed_over(path: Path) -> None:
    with raw(path) as db:
        db.execute("UPDATE journal SET body = CAST('{}' AS BLOB) WHERE seq = ?", [SALES + 2])
    assert read_last_totals(path, 10_000) == totals_after(SALES - 1)


def test_a_file_that_does_not_say_whose_it_is_vouches_for_nothing(
    path: Path, tmp_path: Path
) -> None:
    with raw(path) as db:
        db.execute("DELETE FROM journal WHERE seq = 1")
    assert read_last_totals(path, 10_000) is None
    path.write_bytes(b"")
    assert read_last_totals(path, 10_000) is None
    assert read_last_totals(tmp_path / "nowhere.db", 10_000) is None

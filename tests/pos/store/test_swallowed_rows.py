"""A trigger of somebody else's, put in while the till is open, does not swallow rows unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from pos.commands import Command, IssueReceipt
from pos.errors import JournalBroken
from pos.reports.sales import FindLastSale
from pos.store.derived import TABLES
from pos.till import Till
from tests.builders import ZOE, a_cash_sale, a_product, a_till, fill, folders_in


def swallow(tmp_path: Path, table: str) -> None:
    db = sqlite3.connect(folders_in(tmp_path).live)
    db.execute(f"CREATE TRIGGER thief BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END")
    db.commit()
    db.close()


def end_of(till: Till) -> int:
    return till._store.end().seq  # noqa: SLF001 no screen shows it


def command_for(table: str, till: Till) -> Command:
    """Return what writes to a table."""
    if table == "receipt_issue":
        record = till.ask(FindLastSale())
        assert record is not None
        return IssueReceipt(sale_id=record.sale.sale_id, channel="print", operator=ZOE)
    return a_cash_sale(tendered=5000)


@pytest.mark.parametrize(
    "table", [table for table in TABLES if table not in {"shift", "software", "enrolled"}]
)
def test_a_sale_whose_rows_are_swallowed_is_not_recorded(tmp_path: Path, table: str) -> None:
    till = a_till(tmp_path)
    fill(till, a_product(), stock=3)
    till.execute(a_cash_sale())
    before = end_of(till)
    swallow(tmp_path, table)
    with pytest.raises(JournalBroken) as broken:
        till.execute(command_for(table, till))
    assert (broken.value.seq, broken.value.reason) == (before + 1, f"derived:{table}")
    assert end_of(till) == before
    till.close()


def test_a_shift_that_is_swallowed_is_not_opened(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    swallow(tmp_path, "shift")
    with pytest.raises(JournalBroken):
        till.execute(a_cash_sale())
    assert end_of(till) == 1
    till.close()

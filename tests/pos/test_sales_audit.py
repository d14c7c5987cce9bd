from __future__ import annotations

import msgspec
import pytest

from pos.domain.facts import SaleCompleted
from pos.domain.sales_audit import SalesAudit
from pos.handlers.selling import complete_sale
from tests.builders import AFTERNOON, a_cash_sale, an_opening, euros
from tests.fakes import FakeWork


def some_sales(count: int = 3) -> list[SaleCompleted]:
    work = FakeWork(an_opening(), AFTERNOON)
    return [complete_sale(a_cash_sale(), work) for _ in range(count)]


def test_sales_that_follow_from_each_other_break_no_rule() -> None:
    audit = SalesAudit(an_opening())
    assert [audit.check(sale) for sale in some_sales()] == ["", "", ""]
    assert audit.check(an_opening()) == ""  # not a sale
    assert audit.sales == 3


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("number", "number"),
        ("receipt_number", "receipt_number"),
        ("total", "lines"),
        ("lines", "lines"),
        ("taxes", "taxes"),
        ("change", "tenders"),
        ("perpetual", "perpetual"),
    ],
)
def test_the_rule_that_a_sale_breaks_is_named(field: str, rule: str) -> None:
    first, sale, _ = some_sales()
    wrong = {
        "number": 7,
        "receipt_number": "GS-1-1-000007",
        "total": euros(1),
        "lines": (msgspec.structs.replace(sale.lines[0], tax=euros(0)),),
        "taxes": (),
        "change": euros(1),
        "perpetual": first.perpetual,
    }
    audit = SalesAudit(an_opening())
    audit.check(first)
    assert audit.check(msgspec.structs.replace(sale, **{field: wrong[field]})) == rule


def test_what_a_newer_version_wrote_may_have_moved_the_counters() -> None:
    first, _, third = some_sales()
    audit = SalesAudit(an_opening())
    audit.check(first)
    assert audit.check(third) == "number"
    audit = SalesAudit(an_opening())
    audit.check(first)
    audit.skip()
    assert audit.check(third) == ""

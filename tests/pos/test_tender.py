from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.countries import BELGIUM, FRANCE
from pos.domain.tender import CashRounding, Method, Tender, rounded_for_cash, settle
from tests.builders import a_tender, euros

FIVE_CENTS = CashRounding(step_minor=5, above_minor=5)

methods = st.sampled_from(["cash", "card", "wristband", "voucher", "other"])
tenders_of = st.lists(st.builds(a_tender, methods, st.integers(1, 100_000)), max_size=5)
rules = st.sampled_from([None, FIVE_CENTS])


@pytest.mark.parametrize(
    ("due", "rounded"),
    [
        (1000, 1000),
        (1001, 1000),
        (1002, 1000),
        (1003, 1005),
        (1004, 1005),
        (1005, 1005),
        (1006, 1005),
        (1007, 1005),
        (1008, 1010),
        (1009, 1010),
        (6, 5),
        (8, 10),
        (5, 5),
        (3, 3),  # five cents and less stay as they are
        (1, 1),
        (0, 0),
    ],
)
def test_belgium_rounds_cash_to_five_cents(due: int, rounded: int) -> None:
    assert rounded_for_cash(euros(due), BELGIUM.cash_rounding) == euros(rounded)


@given(st.integers(0, 10**7))
def test_france_never_rounds(due: int) -> None:
    assert rounded_for_cash(euros(due), FRANCE.cash_rounding) == euros(due)


@given(st.integers(0, 10**7), tenders_of, rules)
def test_a_settlement_always_balances(
    due: int, tenders: list[Tender], rule: CashRounding | None
) -> None:
    settlement = settle(euros(due), tenders, rule)
    assert settlement.total + settlement.rounding == (
        settlement.tendered - settlement.change + settlement.still_due
    )
    assert settlement.change.minor >= 0
    assert settlement.still_due.minor >= 0
    assert not (settlement.change and settlement.still_due)
    assert settlement.is_settled == (settlement.still_due == euros(0))
    assert abs(settlement.rounding.minor) <= 2


@pytest.mark.parametrize(
    ("tenders", "rounding", "change", "still_due"),
    [
        ([], 0, 0, 1003),
        ([("cash", 1000)], 2, 0, 5),
        ([("cash", 1005)], 2, 0, 0),
        ([("cash", 2000)], 2, 995, 0),
        ([("card", 1003)], 0, 0, 0),
        ([("card", 503), ("cash", 500)], 0, 0, 0),  # the cents went on the card
        ([("card", 500), ("cash", 505)], 2, 0, 0),  # 5.03 remained for the cash
        ([("card", 1000), ("cash", 3)], 0, 0, 0),  # 0.03 remained: not rounded
        ([("cash", 500), ("card", 503)], 0, 0, 0),  # cash came first
        ([("cash", 500), ("cash", 505)], 2, 0, 0),
        ([("card", 1003), ("cash", 100)], 0, 100, 0),  # nothing remained
    ],
)
def test_only_what_remains_for_the_last_cash_is_rounded(
    tenders: list[tuple[Method, int]], rounding: int, change: int, still_due: int
) -> None:
    paid = [a_tender(method, minor) for method, minor in tenders]
    settlement = settle(euros(1003), paid, FIVE_CENTS)
    assert settlement.rounding == euros(rounding)
    assert settlement.change == euros(change)
    assert settlement.still_due == euros(still_due)


def test_what_stays_in_the_drawer_is_cash_minus_change() -> None:
    paid = [a_tender("card", 500), a_tender("cash", 2000)]
    assert settle(euros(1250), paid, None).cash_kept == euros(750)
    assert settle(euros(1250), [a_tender("card", 2000)], None).cash_kept == euros(-750)

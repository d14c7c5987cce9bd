"""What is true of every sale, whatever is in it and however it is paid (fiscal.md R2)."""

from __future__ import annotations

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.commands import CompleteSale
from pos.countries import COUNTRIES
from pos.domain.catalogue import VariantOnSale
from pos.domain.facts import SaleCompleted
from pos.domain.tax import tax_included
from pos.domain.tender import Method, rounded_for_cash, settle
from pos.errors import CashLimitExceeded, ChangeNeedsCash, Refused, TenderTooSmall
from pos.handlers.selling import check_balance, complete_sale
from pos.money import EUR, total
from tests.builders import AFTERNOON, CountryCode, a_sale, a_tender, a_variant, an_opening, euros
from tests.fakes import FakeWork

COUNTRY_CODES: tuple[CountryCode, ...] = ("FR", "BE")
METHODS: tuple[Method, ...] = ("cash", "card", "wristband", "voucher", "other")

countries = st.sampled_from(COUNTRY_CODES)
classes = st.sampled_from(["standard", "intermediate", "books", "food", "press", "zero"])
variants = st.builds(
    a_variant,
    st.one_of(st.integers(0, 50), st.integers(0, 5_000)),
    name=st.sampled_from("ABCDEFGH"),
    tax_class=classes,
)
# Below every country's limit for cash, so that any way of paying is allowed.
wanted = st.lists(st.tuples(variants, st.integers(1, 3)), min_size=1, max_size=6)
methods = st.sampled_from(METHODS)
tenders = st.lists(st.tuples(methods, st.integers(1, 200_000)), max_size=4)


@st.composite
def paid_sales(draw: st.DrawFn) -> tuple[CountryCode, CompleteSale]:
    """Return a sale in up to four parts, the last of which brings what is missing, or more."""
    country = draw(countries)
    basket = draw(wanted)
    missing = sum(variant.price.minor * quantity for variant, quantity in basket)
    paid: list[tuple[Method, int]] = []
    for _ in range(draw(st.integers(0, 3))):
        part = draw(st.integers(0, missing))
        if 0 < part < missing:
            paid.append((draw(methods), part))
            missing -= part
    last = draw(methods)
    if last == "cash":
        cash = sum(amount for method, amount in paid if method == "cash")
        rule = COUNTRIES[country].cash_rounding
        missing = rounded_for_cash(euros(missing + cash), rule).minor - cash
        missing += draw(st.integers(0, 5_000))
    if missing > 0:
        paid.append((last, missing))
    return country, a_sale(*basket, tenders=paid)


def sold(country: CountryCode, command: CompleteSale) -> SaleCompleted:
    return complete_sale(command, FakeWork(an_opening(country), AFTERNOON))


@given(paid_sales())
def test_lines_add_up_to_the_total_and_so_do_the_rates(
    asked: tuple[CountryCode, CompleteSale],
) -> None:
    sale = sold(*asked)
    assert total((line.gross for line in sale.lines), EUR) == sale.total
    assert total((rate.gross for rate in sale.taxes), EUR) == sale.total
    assert total((line.tax for line in sale.lines), EUR) == total(
        (rate.tax for rate in sale.taxes), EUR
    )
    assert total((line.net for line in sale.lines), EUR) == total(
        (rate.net for rate in sale.taxes), EUR
    )
    assert all(line.net + line.tax == line.gross for line in sale.lines)
    assert all(line.unit_price * line.quantity - line.discount == line.gross for line in sale.lines)


@given(paid_sales())
def test_what_is_due_is_what_was_tendered_less_the_change(
    asked: tuple[CountryCode, CompleteSale],
) -> None:
    sale = sold(*asked)
    tendered = total((tender.amount for tender in sale.tenders), EUR)
    assert sale.total + sale.rounding == tendered - sale.change
    assert sale.change.minor >= 0
    if asked[0] == "FR":
        assert sale.rounding == euros(0)
    elif sale.rounding:
        assert abs(sale.rounding.minor) <= 2
        assert any(tender.method == "cash" for tender in sale.tenders)


@given(paid_sales())
def test_belgian_change_is_in_coins_that_are_used(asked: tuple[CountryCode, CompleteSale]) -> None:
    """Whoever hands over multiples of five cents gets multiples of five cents back."""
    sale = sold("BE", asked[1]) if asked[0] == "BE" else None
    if sale is None or sale.total.minor <= 5:
        return
    cash = [t.amount.minor for t in sale.tenders if t.method == "cash"]
    others = sum(t.amount.minor for t in sale.tenders if t.method != "cash")
    if cash and all(amount % 5 == 0 for amount in cash) and sale.total.minor - others > 5:
        assert sale.change.minor % 5 == 0


@given(paid_sales())
def test_a_refund_of_each_line_would_mirror_it(
    asked: tuple[CountryCode, CompleteSale],
) -> None:
    """Taking a line back takes back exactly its tax and its net, so nothing is left over."""
    for line in sold(*asked).lines:
        back = tax_included(-line.gross, rate_bp=line.rate_bp)
        assert back == -line.tax
        assert -line.gross - back == -line.net


@given(countries, wanted, tenders)
def test_a_payment_is_taken_or_refused_for_its_reason(
    country: CountryCode,
    basket: list[tuple[VariantOnSale, int]],
    paid: list[tuple[Method, int]],
) -> None:
    """Nothing is recorded of a refusal, and a refusal has the amount that explains it."""
    work = FakeWork(an_opening(country), AFTERNOON)
    command = a_sale(*basket, tenders=paid)
    due = total((line.amount for line in command.lines), EUR)
    settlement = settle(due, command.tenders, COUNTRIES[country].cash_rounding)
    refusal: Refused | None = None
    try:
        complete_sale(command, work)
    except Refused as raised:
        refusal = raised
    assert len(work.facts(SaleCompleted)) == (refusal is None)
    match refusal:
        case None:
            assert settlement.is_settled
        case TenderTooSmall(short_by=short_by):
            assert short_by == settlement.still_due > euros(0)
        case ChangeNeedsCash(over_by=over_by):
            assert over_by == -settlement.cash_kept > euros(0)
        case CashLimitExceeded(limit=limit, cash=cash):
            assert limit < cash == settlement.cash_kept
        case _:
            pytest.fail(f"refused for another reason: {refusal!r}")


@given(st.lists(paid_sales(), min_size=1, max_size=6))
def test_numbers_follow_each_other_and_perpetual_totals_add_up(
    asked: list[tuple[CountryCode, CompleteSale]],
) -> None:
    work = FakeWork(an_opening("BE"), AFTERNOON)
    for _, command in asked:
        with contextlib.suppress(Refused):  # a French payment in Belgium
            complete_sale(command, work)
    sales = work.facts(SaleCompleted)
    assert [sale.number for sale in sales] == list(range(1, len(sales) + 1))
    for last, sale in zip([None, *sales], sales, strict=False):
        before = last.perpetual.net if last else euros(0)
        assert sale.perpetual.net == before + sale.total
        assert sale.perpetual.absolute == sale.perpetual.net  # nothing was refunded


@pytest.mark.parametrize("field", ["total", "rounding", "change", "lines", "taxes", "tenders"])
def test_a_sale_that_does_not_balance_is_never_recorded(field: str) -> None:
    asked = a_sale((a_variant(2500), 2), tenders=[("cash", 6000)])
    sale = sold("FR", asked)
    check_balance(sale)
    wrong = {"lines": (), "taxes": (), "tenders": (a_tender("cash", 1),)}.get(field, euros(1))
    with pytest.raises(AssertionError):
        check_balance(msgspec.structs.replace(sale, **{field: wrong}))


def test_a_rate_whose_net_and_tax_do_not_make_its_gross_is_never_recorded() -> None:
    sale = sold("FR", a_sale(a_variant(2500), tenders=[("cash", 2500)]))
    (rate,) = sale.taxes
    wrong = msgspec.structs.replace(rate, tax=rate.tax + euros(1))
    with pytest.raises(AssertionError):
        check_balance(msgspec.structs.replace(sale, taxes=(wrong,)))

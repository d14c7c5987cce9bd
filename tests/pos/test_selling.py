from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from pos import FISCAL_VERSION, __version__
from pos.commands import CompleteSale
from pos.countries import COUNTRIES, FRANCE
from pos.countries.country import DatedRate
from pos.domain.basket import QUANTITY_MAX
from pos.domain.catalogue import OpeningStock, VariantOnSale
from pos.domain.facts import SaleCompleted, ShiftOpened, StockReceived
from pos.domain.tender import REFERENCE_MAX, Method
from pos.errors import (
    CashLimitExceeded,
    ChangeNeedsCash,
    NoTaxRate,
    Refused,
    TenderTooSmall,
    WrongLine,
)
from pos.handlers.selling import complete_sale
from pos.ids import OperatorCode
from pos.money import Currency, Money
from tests.builders import (
    AFTERNOON,
    CountryCode,
    a_basket,
    a_cash_sale,
    a_sale,
    a_tender,
    a_variant,
    an_identity,
    an_opening,
    euros,
)
from tests.fakes import FakeWork


def a_work(country: CountryCode = "FR", *, at: datetime = AFTERNOON) -> FakeWork:
    return FakeWork(an_opening(country), at)


def a_sale_of(price: int, *tenders: tuple[Method, int]) -> CompleteSale:
    return a_sale(a_variant(price), tenders=tenders)


def test_cash_above_the_total_gives_change() -> None:
    """A customer who hands over a larger note gets the difference back."""
    # Given a till
    work = a_work()
    # When a 12.50 shirt is paid with a 20.00 note
    sale = complete_sale(a_cash_sale(1250, tendered=2000), work)
    # Then 7.50 is change, and the journal holds that one sale
    assert sale.change == euros(750)
    assert work.facts(SaleCompleted) == [sale]


def test_a_sale_is_complete_in_itself() -> None:
    """Nothing of it is looked up later: the catalogue may change, the sale does not (R1)."""
    work = a_work()
    shirt = a_variant(2500, number=7, sku="TS-WIL-M", options=("M", "Noir"))
    book = a_variant(1500, name="Carnet de route", options=(), tax_class="books", artist="")
    command = a_sale((shirt, 2), book, tenders=[("card", 4000), ("cash", 3000)])
    sale = complete_sale(command, work)

    assert sale.sale_id == command.sale_id
    assert sale.receipt_number == "GS-1-1-000001"
    assert sale.business_date == "2026-07-18"
    assert sale.local_time == "2026-07-18T15:02:11+02:00"
    assert sale.operator == "ZOE"
    assert (sale.software_version, sale.fiscal_version) == (__version__, FISCAL_VERSION)
    first, second = sale.lines
    assert (first.label, first.options, first.sku) == (
        "T-shirt Wildfire",
        ("M", "Noir"),
        "TS-WIL-M",
    )
    assert (first.artist, first.category) == ("Les Naufragés", "T-shirts")
    assert (first.variant_id, first.product_id) == (shirt.variant_id, shirt.product_id)
    assert (first.variant_number, first.quantity, first.unit_price) == (7, 2, euros(2500))
    assert (first.tax_class, first.rate_bp, first.discount) == ("standard", 2000, euros(0))
    assert (first.gross, first.net, first.tax) == (euros(5000), euros(4167), euros(833))
    assert (second.rate_bp, second.gross, second.tax) == (550, euros(1500), euros(78))
    assert [(rate.rate_bp, rate.gross, rate.tax) for rate in sale.taxes] == [
        (2000, euros(5000), euros(833)),
        (550, euros(1500), euros(78)),
    ]
    assert (sale.total, sale.rounding, sale.change) == (euros(6500), euros(0), euros(500))
    assert sale.tenders == (a_tender("card", 4000), a_tender("cash", 3000))


@pytest.mark.parametrize(
    ("variant", "quantity"),
    [
        (a_variant(-2500), 1),
        (a_variant(), 0),
        (a_variant(), -1),
        (a_variant(), QUANTITY_MAX + 1),
        (msgspec.structs.replace(a_variant(), price=Money(2500, Currency("JPY"))), 1),
    ],
)
def test_a_line_that_no_screen_offers_is_refused(variant: VariantOnSale, quantity: int) -> None:
    work = a_work()
    with pytest.raises(WrongLine):
        complete_sale(a_sale(a_variant(), (variant, quantity), tenders=[("cash", 9000)]), work)
    assert work.recorded == []


def test_pressing_pay_twice_sells_once() -> None:
    """The sale's id makes the command safe to repeat."""
    work = a_work()
    command = a_cash_sale()
    first = complete_sale(command, work)
    second = complete_sale(command, work)
    assert second == first
    assert work.facts(SaleCompleted) == [first]


@pytest.mark.parametrize(
    "other",
    [
        a_cash_sale(sale_id="one", quantity=2),
        a_cash_sale(sale_id="one", tendered=5000),
        a_sale(a_variant(2500, options=("L",)), tenders=[("cash", 2500)], sale_id="one"),
    ],
    ids=["quantity", "tender", "variant"],
)
def test_one_id_for_two_sales_is_our_mistake(other: CompleteSale) -> None:
    work = a_work()
    complete_sale(a_cash_sale(sale_id="one"), work)
    with pytest.raises(AssertionError):
        complete_sale(other, work)


def test_an_empty_basket_is_not_sold() -> None:
    with pytest.raises(AssertionError):
        complete_sale(a_sale(tenders=[]), a_work())


@pytest.mark.parametrize("minor", [0, -100])
def test_a_tender_brings_money_in(minor: int) -> None:
    with pytest.raises(AssertionError):
        complete_sale(a_sale_of(2500, ("cash", 2500), ("card", minor)), a_work())


def test_something_free_needs_no_tender() -> None:
    sale = complete_sale(a_sale(a_variant(0), tenders=[]), a_work())
    assert (sale.total, sale.tenders, sale.number) == (euros(0), (), 1)


def test_too_little_money_is_refused_with_what_is_missing() -> None:
    with pytest.raises(TenderTooSmall) as refusal:
        complete_sale(a_sale_of(2500, ("card", 1000), ("cash", 1000)), a_work())
    assert refusal.value.short_by == euros(500)


def test_a_cent_too_little_is_too_little() -> None:
    with pytest.raises(TenderTooSmall) as refusal:
        complete_sale(a_cash_sale(2500, tendered=2499), a_work())
    assert refusal.value.short_by == euros(1)


def test_a_card_gives_no_change() -> None:
    """A card charged for more than the basket would turn the till into a cash machine."""
    with pytest.raises(ChangeNeedsCash) as refusal:
        complete_sale(a_sale_of(1250, ("card", 2000)), a_work())
    assert refusal.value.over_by == euros(750)


def test_change_is_given_from_the_cash_that_came_in() -> None:
    with pytest.raises(ChangeNeedsCash) as refusal:
        complete_sale(a_sale_of(1250, ("card", 1250), ("voucher", 500), ("cash", 200)), a_work())
    assert refusal.value.over_by == euros(500)
    enough = a_sale_of(1250, ("voucher", 1000), ("cash", 1000))
    assert complete_sale(enough, a_work()).change == euros(750)


@pytest.mark.parametrize(
    ("country", "total", "tenders", "cash"),
    [
        ("FR", 110_000, [("cash", 60_000), ("cash", 50_000)], 110_000),
        ("FR", 100_001, [("cash", 100_001)], 100_001),
        ("FR", 200_000, [("card", 90_000), ("cash", 110_000)], 110_000),
        ("BE", 300_005, [("cash", 300_005)], 300_005),
    ],
)
def test_more_cash_than_the_law_allows_is_refused(
    country: CountryCode, total: int, tenders: list[tuple[Method, int]], cash: int
) -> None:
    """It counts the whole debt, also when it is paid in parts (R60)."""
    work = a_work(country)
    with pytest.raises(CashLimitExceeded) as refusal:
        complete_sale(a_sale_of(total, *tenders), work)
    assert refusal.value.limit == COUNTRIES[country].cash_limit
    assert refusal.value.cash == euros(cash)
    assert work.recorded == []


@pytest.mark.parametrize(
    ("country", "total", "tenders"),
    [
        ("FR", 100_000, [("cash", 100_000)]),
        ("FR", 99_500, [("cash", 120_000)]),  # change does not stay
        ("FR", 500_000, [("card", 500_000)]),
        ("BE", 300_000, [("cash", 300_000)]),
        ("BE", 300_002, [("cash", 300_000)]),  # rounded
    ],
)
def test_cash_up_to_the_limit_is_taken(
    country: CountryCode, total: int, tenders: list[tuple[Method, int]]
) -> None:
    assert complete_sale(a_sale_of(total, *tenders), a_work(country)).total == euros(total)


def test_belgian_cash_is_rounded_and_french_is_not() -> None:
    belgian = complete_sale(a_sale_of(1003, ("cash", 1005)), a_work("BE"))
    assert (belgian.total, belgian.rounding, belgian.change) == (euros(1003), euros(2), euros(0))
    assert sum(rate.gross.minor for rate in belgian.taxes) == 1003  # outside the VAT buckets
    french = complete_sale(a_sale_of(1003, ("cash", 1005)), a_work("FR"))
    assert (french.rounding, french.change) == (euros(0), euros(2))
    with pytest.raises(TenderTooSmall):
        complete_sale(a_sale_of(1002, ("cash", 1000)), a_work("FR"))


def test_a_class_without_a_rate_is_not_sold() -> None:
    work = a_work()
    wine = a_variant(tax_class="wine", name="Rouge", options=("75 cl",))
    with pytest.raises(NoTaxRate) as refusal:
        complete_sale(a_sale(wine, tenders=[("cash", 2500)]), work)
    assert (refusal.value.tax_class, refusal.value.label) == ("wine", "Rouge · 75 cl")
    assert work.recorded == []


def test_each_sale_keeps_the_rate_of_its_business_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rate that changes on the 19th counts from the 19th's first shift, not from midnight."""
    rates = (DatedRate(date(2014, 1, 1), 2000), DatedRate(date(2026, 7, 19), 2200))
    changing = msgspec.structs.replace(FRANCE, rates={"standard": rates})
    monkeypatch.setitem(COUNTRIES, "FR", changing)
    midnight = datetime(2026, 7, 18, 22, 0, tzinfo=UTC)
    work = a_work(at=midnight - timedelta(minutes=1))
    sold = [complete_sale(a_cash_sale(), work)]
    for work.now in (midnight, datetime(2026, 7, 19, 3, 0, tzinfo=UTC)):
        sold.append(complete_sale(a_cash_sale(), work))
    assert [sale.lines[0].rate_bp for sale in sold] == [2000, 2000, 2200]
    assert work.facts(SaleCompleted) == sold


def test_a_till_that_starts_its_day_at_midnight_changes_rate_at_midnight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rates = (DatedRate(date(2014, 1, 1), 2000), DatedRate(date(2026, 7, 19), 2200))
    changing = msgspec.structs.replace(FRANCE, rates={"standard": rates})
    monkeypatch.setitem(COUNTRIES, "FR", changing)
    opening = an_opening(identity=an_identity(day_starts_at="00:00"))
    work = FakeWork(opening, datetime(2026, 7, 18, 21, 59, 59, tzinfo=UTC))
    before = complete_sale(a_cash_sale(), work)
    work.now += timedelta(seconds=1)
    after = complete_sale(a_cash_sale(), work)
    assert (before.lines[0].rate_bp, after.lines[0].rate_bp) == (2000, 2200)


def test_a_seller_without_vat_charges_none() -> None:
    """Who shows VAT owes it (CGI art. 283-3), so an exempt seller's receipts have none."""
    exempt = msgspec.structs.replace(
        an_identity().seller, vat_number="", vat_exemption="TVA non applicable, art. 293 B du CGI"
    )
    work = FakeWork(an_opening(identity=an_identity(seller=exempt)), AFTERNOON)
    sale = complete_sale(a_cash_sale(2500), work)
    assert (sale.lines[0].rate_bp, sale.lines[0].tax) == (0, euros(0))
    assert (sale.lines[0].tax_class, sale.lines[0].net) == ("standard", euros(2500))
    wine = a_variant(tax_class="wine")
    with pytest.raises(NoTaxRate):  # a class that nobody knows is a mistake for them too
        complete_sale(a_sale(wine, tenders=[("cash", 2500)]), work)


def test_selling_what_is_not_there_is_recorded_as_such() -> None:
    """The piece is in the hand, so the record is wrong: the sale goes through and says so."""
    work = a_work()
    shirt = a_variant()
    piece = OpeningStock(shirt.variant_id, 3)
    work.record(StockReceived(stand="GS", reason="opening", pieces=(piece,)), OperatorCode("ZOE"))
    two, one, over = (
        complete_sale(a_sale((shirt, quantity), tenders=[("card", 2500 * quantity)]), work)
        for quantity in (2, 1, 1)
    )
    assert [sale.lines[0].oversold for sale in (two, one, over)] == [False, False, True]
    assert work.on_hand(shirt.variant_id) == -1


def test_two_lines_of_one_size_are_counted_together() -> None:
    work = a_work()
    shirt = a_variant()
    piece = OpeningStock(shirt.variant_id, 3)
    work.record(StockReceived(stand="GS", reason="opening", pieces=(piece,)), OperatorCode("ZOE"))
    sale = complete_sale(a_sale((shirt, 2), (shirt, 2), tenders=[("card", 10_000)]), work)
    assert [line.oversold for line in sale.lines] == [False, True]


def test_the_first_sale_of_a_day_opens_its_shift() -> None:
    """With an unknown float, by the first manager, before the sale (architecture, decisions)."""
    work = a_work()
    first, second = (complete_sale(a_cash_sale(), work) for _ in range(2))
    (shift,) = work.facts(ShiftOpened)
    assert work.recorded == [shift, first, second]
    assert (shift.business_date, shift.cash_float) == ("2026-07-18", None)
    assert first.shift_id == second.shift_id == shift.shift_id
    assert work.actors == ["BOSS", "ZOE", "ZOE"]
    work.now += timedelta(days=1)
    tomorrow = complete_sale(a_cash_sale(), work)
    assert [shift.business_date for shift in work.facts(ShiftOpened)] == [
        "2026-07-18",
        "2026-07-19",
    ]
    assert tomorrow.shift_id != first.shift_id


def test_a_sale_at_night_belongs_to_the_evening_before() -> None:
    evening = complete_sale(a_cash_sale(), a_work(at=datetime(2026, 7, 18, 21, 0, tzinfo=UTC)))
    night = complete_sale(a_cash_sale(), a_work(at=datetime(2026, 7, 19, 0, 30, tzinfo=UTC)))
    assert evening.business_date == night.business_date == "2026-07-18"
    assert night.local_time == "2026-07-19T02:30:00+02:00"


def test_the_same_hour_twice_in_october_is_told_apart_by_its_offset() -> None:
    first, second = (
        complete_sale(a_cash_sale(), a_work(at=datetime(2026, 10, 25, hour, 30, tzinfo=UTC)))
        for hour in (0, 1)
    )
    assert first.local_time == "2026-10-25T02:30:00+02:00"
    assert second.local_time == "2026-10-25T02:30:00+01:00"
    assert first.business_date == second.business_date == "2026-10-24"


def test_receipts_are_numbered_without_gaps() -> None:
    """A refusal uses up no number, and neither does a repetition."""
    work = a_work()
    numbers = []
    for command in (a_cash_sale(), a_cash_sale(tendered=100), a_cash_sale()):
        try:
            complete_sale(command, work)
            numbers.append(complete_sale(command, work).receipt_number)
        except Refused:
            numbers.append("refused")
    assert numbers == ["GS-1-1-000001", "refused", "GS-1-1-000002"]


def test_another_journal_of_the_till_has_another_ordinal_in_its_numbers() -> None:
    work = FakeWork(an_opening(ordinal=2, identity=an_identity(stand="B12", till="C")), AFTERNOON)
    assert complete_sale(a_cash_sale(), work).receipt_number == "B12-C-2-000001"


def test_perpetual_totals_never_go_back() -> None:
    work = a_work()
    sold = [complete_sale(a_cash_sale(price), work) for price in (2500, 1, 1250)]
    assert [sale.perpetual.net.minor for sale in sold] == [2500, 2501, 3751]
    assert [sale.perpetual.absolute.minor for sale in sold] == [2500, 2501, 3751]


def test_a_sale_empties_the_basket_it_came_from_and_no_other() -> None:
    work = a_work()
    paid, next_one = a_basket(a_variant()), a_basket(a_variant())
    work.save_basket(paid)
    complete_sale(a_sale(a_variant(), tenders=[("cash", 2500)], basket_id=paid.basket_id), work)
    assert work.basket is None
    work.save_basket(next_one)
    complete_sale(a_sale(a_variant(), tenders=[("cash", 2500)], basket_id=paid.basket_id), work)
    complete_sale(a_cash_sale(), work)
    assert work.basket == next_one


def test_a_terminals_reference_is_kept_short_and_harmless() -> None:
    command = a_sale(a_variant(), tenders=[])
    dirty = a_tender("card", 2500, "\x1b@AUT\u202e 42" + "x" * 100)
    sale = complete_sale(msgspec.structs.replace(command, tenders=(dirty,)), a_work())
    assert sale.tenders[0].reference.startswith("@AUT 42x")
    assert len(sale.tenders[0].reference) == REFERENCE_MAX

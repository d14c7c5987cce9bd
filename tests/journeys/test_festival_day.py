"""A short festival day at one stand, from opening to the morning after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pos.bootstrap import open_till
from pos.commands import CorrectTender, IssueReceipt, SaveBasket
from pos.domain.basket import Basket
from pos.domain.facts import ReceiptIssued, SaleCompleted, TenderCorrected
from pos.domain.tender import Method
from pos.errors import CashLimitExceeded, TenderTooSmall
from pos.founding import Place, found_journal
from pos.ids import uuid7
from pos.importers.import_request import ImportOptions
from pos.importers.notices import Notice
from pos.importers.product_draft import Terms
from pos.importers.product_import import import_products
from pos.money import EUR
from pos.reports.catalogue import FindByCode, Found, KeysOf, Tiles
from pos.reports.sales import DayTotals, FindLastSale, SavedBasket, TotalsOn
from pos.verification import verify_journals
from tests.builders import ZOE, a_basket, a_sale, an_identity, euros, folders_in, on_sale
from tests.fakes import SteppingClock

CATALOGUE = Path(__file__).parents[1] / "data" / "shopify-products-apparel.csv"
OPENING = datetime(2026, 7, 18, 13, 0, tzinfo=UTC)  # 15:00 at the stand
METHODS: tuple[Method, ...] = ("card", "wristband", "voucher", "cash")


class Quiet:
    """Nobody looks at the import."""

    def notice(self, notice: Notice) -> None:
        pass

    def progress(self, phase: str, done: int, total: int) -> None:
        pass


class Stand:
    """A till, the clock over the stand, and who works there."""

    def __init__(self, tmp_path: Path) -> None:
        self.folders = folders_in(tmp_path)
        self.clock = SteppingClock(OPENING)
        self.place = Place(self.folders, "live", self.clock)
        found_journal(self.place, an_identity())
        self.till = open_till(self.place)

    def imports(self, file: Path) -> None:
        options = ImportOptions(terms=Terms(currency=EUR), operator=ZOE)
        import_products(self.till, file, options, Quiet())

    def scans(self, words: str, *options: str) -> str:
        """Return the code of a size, as it is printed on the label."""
        (tile,) = self.till.ask(Tiles(words=words)).tiles
        return next(k.variant.barcode for k in tile.keys if k.variant.options == options)

    def left(self, code: str) -> int:
        variant = on_sale(self.till, code)
        (key,) = self.till.ask(KeysOf(variant_ids=(variant.variant_id,)))
        return key.on_hand

    def sells(self, code: str, quantity: int = 1, *, again: str = "", **paid: int) -> SaleCompleted:
        """Sell pieces of one article: `sells(code, cash=6000)`; `again` is the id of a sale."""
        lines = (on_sale(self.till, code), quantity)
        tenders = [(method, minor) for method in METHODS if (minor := paid.get(method))]
        sale = self.till.execute(a_sale(lines, tenders=tenders, sale_id=again))
        assert isinstance(sale, SaleCompleted)
        return sale

    def prints(self, sale: SaleCompleted) -> ReceiptIssued:
        command = IssueReceipt(sale_id=sale.sale_id, channel="print", operator=ZOE)
        issued = self.till.execute(command)
        assert isinstance(issued, ReceiptIssued)
        return issued

    def totals(self, day: str) -> DayTotals:
        return self.till.ask(TotalsOn(business_date=day))

    def loses_power(self) -> None:
        """The till starts again; nothing was put away in order."""
        self.till.close()
        self.till = open_till(self.place)

    def closes(self) -> None:
        self.till.close()


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    return Stand(tmp_path)


def test_a_festival_day(stand: Stand) -> None:
    """What a stand lives through in a day, and what the journal says of it in the morning."""
    # Given a stand that opens with the catalogue of its shop
    stand.imports(CATALOGUE)
    top, shirt = stand.scans("varsity", "Medium"), stand.scans("ocean blue")
    assert (stand.left(top), stand.left(shirt)) == (1, 1)

    # When the first customer buys a top, and wants the receipt, and loses it
    first = stand.sells(top, cash=10_000)
    assert (first.receipt_number, first.change) == ("GS-1-1-000001", euros(4000))
    assert [stand.prints(first).copy for _ in range(2)] == [1, 2]

    # And the next one gets what the records say is not there
    second = stand.sells(top, card=6000)
    assert second.lines[0].oversold
    assert stand.left(top) == -1

    # And a card was pressed for what was paid in cash
    third = stand.sells(shirt, card=5000)
    stand.till.execute(correction(third))

    # And somebody cannot pay, or pays too much at once
    with pytest.raises(TenderTooSmall):
        stand.sells(shirt, cash=4999)
    with pytest.raises(CashLimitExceeded):
        stand.sells(shirt, 21, cash=105_000)

    # And the plug is pulled in the middle of a basket
    basket = a_basket(on_sale(stand.till, shirt))
    stand.till.execute(SaveBasket(basket=basket))
    stand.loses_power()
    assert saved(stand) == basket

    # And the night goes on past midnight
    stand.clock.moment = OPENING + timedelta(hours=11)  # 02:00 at the stand
    late = stand.sells(shirt, cash=5000)

    # Then the sale of the night belongs to the evening before
    assert late.business_date == "2026-07-18"
    assert late.local_time.startswith("2026-07-19T02:0")
    assert late.number == 4

    # And the day adds up, corrections and change taken into account
    totals = stand.totals("2026-07-18")
    assert (totals.sales, totals.total_minor) == (4, 22_000)
    assert dict(totals.by_method) == {"cash": 6000 + 5000 + 5000, "card": 6000}
    assert late.perpetual.net == euros(22_000)

    # And the next day counts anew, in the same series
    stand.clock.moment = OPENING + timedelta(days=1)
    morning = stand.sells(shirt, voucher=5000)
    assert (morning.business_date, morning.receipt_number) == ("2026-07-19", "GS-1-1-000005")
    assert stand.totals("2026-07-19").total_minor == 5000
    assert stand.totals("2026-07-18") == totals

    # And everything verifies
    stand.closes()
    (verification,) = verify_journals(stand.folders)
    assert verification.is_whole, verification.problems
    assert (verification.sales, verification.is_compared) == (5, True)


def correction(sale: SaleCompleted) -> CorrectTender:
    return CorrectTender(
        correction_id=uuid7(),
        sale_id=sale.sale_id,
        from_method="card",
        to_method="cash",
        amount=sale.total,
        reason="wrong key",
        operator=ZOE,
    )


def saved(stand: Stand) -> Basket | None:
    return stand.till.ask(SavedBasket())


def test_whatever_is_repeated_happens_once(stand: Stand) -> None:
    """A second press, a lost answer, a file imported again: the day is the same."""
    # Given a sale, its correction and its catalogue
    stand.imports(CATALOGUE)
    shirt = stand.scans("ocean blue")
    sale = stand.sells(shirt, card=5000)
    command = correction(sale)
    corrected = stand.till.execute(command)
    before = stand.totals("2026-07-18")
    # When everything comes again, after a restart too
    for _ in range(2):
        assert stand.sells(shirt, again=sale.sale_id, card=5000) == sale
        assert stand.till.execute(command) == corrected
        stand.imports(CATALOGUE)
        stand.loses_power()
    # Then nothing happened twice
    assert isinstance(corrected, TenderCorrected)
    assert stand.totals("2026-07-18") == before
    assert stand.left(shirt) == 0
    assert isinstance(stand.till.ask(FindByCode(candidates=(shirt,))), Found)
    last = stand.till.ask(FindLastSale())
    assert last is not None
    assert last.sale == sale
    stand.closes()
    (verification,) = verify_journals(stand.folders)
    assert verification.is_whole, verification.problems

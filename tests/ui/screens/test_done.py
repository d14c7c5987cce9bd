"""The end of a sale without a window: change, and a receipt for who asks."""

from __future__ import annotations

import msgspec
import pytest

from pos.commands import IssueReceipt
from pos.domain.facts import SaleCompleted
from pos.domain.tender import Tender
from pos.errors import StorageUnavailable
from pos.ids import SaleId
from receipts.copy import ReceiptCopy
from tests.builders import ZOE, CountryCode, a_cash_sale, a_till, euros
from tests.ui.fake_views import FakeDoneView
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.done.presenter import SLIP_S, Channel, DonePresenter


class End:
    """The end of sales on one till, and what came out of it."""

    def __init__(self, till: TillThatAnswers) -> None:
        self.till = till
        self.view = FakeDoneView()
        self.done = DonePresenter(self.view, till, lambda: "en", operator=ZOE)
        self.printed: list[ReceiptCopy] = []
        self.finished = 0
        self.done.print_copy = self._print
        self.done.finished = self._finish
        self.now, self.step = 100.0, 1.0  # seconds: a person's presses are that far apart
        self.done.clock = self._clock

    def _clock(self) -> float:
        self.now += self.step
        return self.now

    def _print(self, copy: ReceiptCopy) -> None:
        self.printed.append(copy)

    def _finish(self) -> None:
        self.finished += 1

    def sell(self, price: int = 2500, *, tendered: int | None = None) -> SaleCompleted:
        sale = self.till.till.execute(a_cash_sale(price, tendered=tendered))
        assert isinstance(sale, SaleCompleted)
        self.done.begin(sale)
        return sale

    @property
    def notice(self) -> str:
        return self.view.notice.text if self.view.notice else ""


@pytest.fixture
def end(answers: TillThatAnswers) -> End:
    return End(answers)


def test_the_change_is_what_is_to_be_seen(end: End) -> None:
    sale = end.sell(2500, tendered=5000)
    assert end.view.change is not None
    amount, received, detail = end.view.change
    assert amount == "€25.00"
    assert received == "Received €50.00 · total €25.00"
    assert sale.receipt_number in detail


def test_a_wrong_note_can_be_noticed(end: End) -> None:
    """50 was meant, 60 was touched: the page says what the change is reckoned from."""
    end.sell(4400, tendered=6000)
    assert end.view.change is not None
    assert end.view.change[:2] == ("€16.00", "Received €60.00 · total €44.00")


def test_of_several_tenders_each_is_said(end: End) -> None:
    sale = end.sell(4400, tendered=6000)
    card = Tender(method="card", amount=euros(2000))
    cash = Tender(method="cash", amount=euros(4000))
    end.done.begin(msgspec.structs.replace(sale, tenders=(card, cash)))
    assert end.view.change is not None
    assert end.view.change[1] == "Received Card €20.00 + Cash €40.00 · total €44.00"


def test_without_change_no_amount_is_shown_as_change(end: End) -> None:
    end.sell(1250)
    assert end.view.change is None
    assert end.view.paid is not None
    assert end.view.paid[0] == "€12.50"


def test_without_a_printer_a_receipt_is_shown_and_recorded_as_shown(end: End) -> None:
    end.done.printer_is = lambda: "missing"
    end.sell()
    assert not end.view.can_print
    end.done.receipt("print")
    end.done.last_receipt("print")
    assert not end.printed
    assert [copy.issued.channel for copy in end.view.receipts] == ["screen", "screen"]
    assert end.notice == ""


def test_a_receipt_for_a_printer_in_trouble_is_said_to_wait(end: End) -> None:
    end.done.printer_is = lambda: "in_trouble"
    sale = end.sell()
    assert end.view.can_print
    end.done.receipt("print")
    assert end.notice == f"Receipt {sale.receipt_number} waits: the printer does not print now."
    end.done.receipt("print")
    assert "duplicate 1, waits" in end.notice
    end.done.printer_is = lambda: "ready"
    end.done.receipt("print")
    assert "is being printed" in end.notice
    assert len(end.printed) == 3


@pytest.mark.parametrize("country", ["FR", "BE"])
def test_what_was_paid_is_what_rounding_made_of_it(
    tmp_path_factory: pytest.TempPathFactory, country: CountryCode
) -> None:
    till = a_till(tmp_path_factory.mktemp(country), country)
    end = End(TillThatAnswers(till))
    end.sell(1237, tendered=1235 if country == "BE" else 1237)
    assert end.view.paid is not None
    assert end.view.paid[0] == ("€12.35" if country == "BE" else "€12.37")
    till.close()


def test_nobody_gets_a_receipt_who_did_not_ask(end: End) -> None:
    """French law forbids printing unasked (AGEC, R50)."""
    end.sell()
    end.done.next_sale()
    assert end.finished == 1
    assert not end.printed
    assert not end.view.receipts
    assert not end.till.asked(IssueReceipt)


def test_the_issue_is_recorded_before_the_receipt_leaves(end: End) -> None:
    """R18: what cannot be recorded is not printed."""
    end.sell()
    end.till.trouble = StorageUnavailable(reason="SQLITE_FULL")
    end.done.receipt("print")
    assert not end.printed
    assert end.till.troubles
    assert not end.view.is_busy
    end.till.trouble = None
    end.done.receipt("print")
    assert [copy.issued.copy for copy in end.printed] == [1]


def test_a_printed_receipt_is_complete(end: End) -> None:
    sale = end.sell()
    end.done.receipt("print")
    (copy,) = end.printed
    assert copy.sale == sale
    assert copy.duplicate == 0
    assert copy.issued.channel == "print"
    assert copy.issued_by == ZOE
    assert copy.code.startswith("R1:")
    assert len(copy.signature) == 64


def test_a_receipt_on_the_screen_is_an_issue_too(end: End) -> None:
    end.sell()
    end.done.receipt("screen")
    end.done.receipt("print")
    assert [copy.issued.copy for copy in end.view.receipts] == [1]
    assert [copy.duplicate for copy in end.printed] == [1]
    assert end.view.receipts[0].issued.channel == "screen"


def test_a_second_press_before_the_answer_prints_no_second_receipt(end: End) -> None:
    end.sell()
    end.till.waits = True
    end.done.receipt("print")
    assert end.view.is_busy
    end.done.receipt("print")
    end.done.receipt("screen")
    end.done.last_receipt("print")
    for _ in range(3):
        end.till.answer()
    assert [copy.issued.copy for copy in end.printed] == [1]
    assert not end.view.receipts
    assert not end.view.is_busy


@pytest.mark.parametrize("channel", ["print", "screen"])
def test_a_double_tap_is_one_receipt_and_no_duplicate(end: End, channel: Channel) -> None:
    end.sell()
    end.step = 0.1
    for _ in range(4):
        end.done.receipt(channel)
    handed_out = end.printed + end.view.receipts
    assert [copy.duplicate for copy in handed_out] == [0]
    # When somebody wants another one, it is a duplicate
    end.now += SLIP_S
    end.done.receipt(channel)
    handed_out = end.printed + end.view.receipts
    assert [copy.duplicate for copy in handed_out] == [0, 1]
    # And the next customer waits for nobody's slip
    end.sell()
    end.done.receipt(channel)
    assert [copy.duplicate for copy in end.printed + end.view.receipts] == [0, 1, 0]


def test_what_was_not_recorded_can_be_asked_for_again_at_once(end: End) -> None:
    end.sell()
    end.step = 0.0
    end.till.trouble = StorageUnavailable(reason="SQLITE_FULL")
    end.done.receipt("print")
    end.till.trouble = None
    end.done.receipt("print")
    assert [copy.duplicate for copy in end.printed] == [0]


def test_the_last_receipt_can_be_printed_again_and_is_numbered(end: End) -> None:
    first = end.sell()
    end.done.next_sale()
    last = end.sell(1250)
    end.done.receipt("print")
    end.done.next_sale()
    for _ in range(2):
        end.done.last_receipt("print")
    assert [copy.sale.sale_id for copy in end.printed] == [last.sale_id] * 3
    assert [copy.duplicate for copy in end.printed] == [0, 1, 2]
    assert first.sale_id not in {copy.sale.sale_id for copy in end.printed}


def test_a_receipt_that_nobody_took_is_an_original_when_it_is_asked_for_later(end: End) -> None:
    end.sell()
    end.done.next_sale()
    end.done.last_receipt("print")
    assert [copy.duplicate for copy in end.printed] == [0]


def test_without_a_sale_there_is_no_last_receipt(end: End) -> None:
    end.done.last_receipt("print")
    assert end.notice
    assert not end.printed
    # And asking again is possible once there is one
    end.sell()
    end.done.last_receipt("print")
    assert len(end.printed) == 1


def test_without_a_sale_on_the_screen_there_is_nothing_to_print_or_to_finish(end: End) -> None:
    end.done.receipt("print")
    end.done.next_sale()
    assert not end.till.asked(IssueReceipt)
    assert end.finished == 0


def test_a_sale_that_the_till_does_not_know_is_said(end: End) -> None:
    sale = end.sell()
    unknown = SaleId("01931f2a-7c4e-7b1a-9a53-0242ac120002")
    end.done.begin(msgspec.structs.replace(sale, sale_id=unknown))
    end.done.receipt("print")
    assert end.notice
    assert not end.printed
    assert not end.view.is_busy

"""A disk that takes nothing: nothing is acknowledged, nothing is lost, and it goes on after."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton

from pos.folders import Folders
from pos.reports.sales import FindLastSale, SavedBasket, SavedTenders
from tests.ui.screens.conftest import CAP, POSTER, WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from tests.ui.window.part_payment import begin, pay_by_card, remove_the_paid_line
from tests.ui.window.test_money_in_doubt import until_answered
from ui.selling import KEEP_AGAIN_MS

if sys.platform == "win32":
    pytest.skip("the limit on file sizes is POSIX", allow_module_level=True)

import resource

SHIRT = "1 × T-shirt Wildfire, M, €25.00"
FIRST_PAGE = 4096
"""No page of a database or of its log fits behind it; small files of ours do."""

Fills = Callable[[bool], None]


@pytest.fixture
def fills() -> Iterator[Fills]:
    """Return what lets every write of the database fail, or work again."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(is_full: bool) -> None:
        limit = FIRST_PAGE if is_full else usual[0]
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, usual[1]))

    yield fill
    fill(False)


def be_stuck(cashier: Cashier, fills: Fills) -> None:
    """Pay for a shirt while the disk takes nothing any more."""
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    fills(True)
    cashier.pay()
    cashier.press_key(Qt.Key.Key_F5)
    cashier.until_says("The sale is not saved yet")


def test_a_part_payment_is_on_the_disk_as_soon_as_there_is_room(
    cashier: Cashier, fills: Fills
) -> None:
    """Nobody has to press anything for that."""
    begin(cashier)
    fills(True)
    pay_by_card(cashier, "20")
    cashier.until(lambda: bool(cashier.banners()))
    assert cashier.ask(SavedTenders()) == ()
    fills(False)
    cashier.until(lambda: cashier.ask(SavedTenders()) != ())
    (taken,) = cashier.ask(SavedTenders())
    assert [tender.amount.minor for tender in taken.tenders] == [2000]


def test_a_basket_is_on_the_disk_as_soon_as_there_is_room(cashier: Cashier, fills: Fills) -> None:
    """A power cut costs nothing then, although nobody touched it again."""
    fills(True)
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.until(lambda: bool(cashier.banners()))
    fills(False)
    cashier.until(lambda: cashier.ask(SavedBasket()) is not None)


def test_a_sale_that_is_not_on_disk_is_not_paid(cashier: Cashier, fills: Fills) -> None:
    be_stuck(cashier, fills)
    # Then the page does not go on, a banner tells, and the basket is locked
    assert cashier.window.page is cashier.window.payment
    assert any("Nothing is lost" in banner for banner in cashier.banners())
    cashier.until(lambda: not cashier.button("Undo: added T-shirt Wildfire M").isEnabled())
    assert cashier.ask(FindLastSale()) is None
    # When somebody tries too early
    cashier.press("Try again")
    assert cashier.ask(FindLastSale()) is None  # answered behind it: that try is over
    cashier.until_says("The sale is not saved yet")
    # And in time
    fills(False)
    cashier.press("Try again")
    cashier.until_page(cashier.window.done)
    # Then it is one sale, and the banner is gone
    record = cashier.ask(FindLastSale())
    assert record is not None
    assert record.sale.number == 1
    assert [line.quantity for line in record.sale.lines] == [1]
    assert cashier.banners() == ()


def test_a_scan_while_the_sale_waits_for_the_disk_is_in_the_next_sale(
    cashier: Cashier, fills: Fills
) -> None:
    be_stuck(cashier, fills)
    cashier.scan(POSTER)
    cashier.until(lambda: "next sale" in cashier.notice())
    assert cashier.lines() == [SHIRT]
    fills(False)
    cashier.press("Try again")
    cashier.until_page(cashier.window.done)
    assert cashier.lines() == [SHIRT]
    cashier.press("No receipt")
    cashier.until_lines("1 × Affiche de l’été, , €12.50")


def test_a_basket_that_cannot_be_saved_is_sold_all_the_same_once_there_is_room(
    cashier: Cashier, fills: Fills
) -> None:
    fills(True)
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.until(lambda: bool(cashier.banners()))
    fills(False)
    cashier.pay_exactly()
    assert cashier.banners() == ()
    assert cashier.ask(SavedBasket()) is None


def test_a_receipt_that_cannot_be_recorded_is_not_printed(cashier: Cashier, fills: Fills) -> None:
    """R18: the issue is in the journal before the paper."""
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()
    fills(True)
    cashier.press("Print")
    cashier.until(lambda: bool(cashier.banners()))
    assert cashier.printed(0) == []
    fills(False)
    cashier.press("Print")
    (receipt,) = cashier.printed()
    assert "DUPLICATA" not in receipt


def test_the_till_starts_without_room_and_sells_when_there_is_some(
    opens: Opens, stand: Folders, fills: Fills
) -> None:
    fills(True)
    cashier = opens(stand)
    fills(False)
    if cashier.is_in_trouble:
        cashier.press("Try again")
        cashier.until_page(cashier.window.checkout)
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()


def test_from_a_sale_that_is_not_saved_one_goes_back_to_the_basket(
    cashier: Cashier, fills: Fills
) -> None:
    be_stuck(cashier, fills)
    cashier.press("Back to the basket")
    cashier.until_page(cashier.window.checkout)
    assert "Already paid" in cashier.texts(cashier.window.basket)
    fills(False)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    cashier.pay()
    cashier.until_says("€12.50")
    cashier.press_key(Qt.Key.Key_F5)
    cashier.until_page(cashier.window.done)


def test_a_sale_that_cannot_be_saved_is_abandoned_and_the_money_named(
    cashier: Cashier, fills: Fills
) -> None:
    be_stuck(cashier, fills)
    cashier.scan(POSTER)  # for the next customer
    cashier.until(lambda: "next sale" in cashier.notice())
    cashier.press("Abandon the sale")
    cashier.until_says("Abandon this sale?")
    fills(False)
    cashier.touch([b for b in abandon_keys(cashier) if b.isVisible()][-1])
    cashier.until_page(cashier.window.checkout)
    assert any("Cash €25.00" in banner for banner in cashier.banners())
    cashier.until_lines("1 × Affiche de l’été, , €12.50")
    assert cashier.ask(FindLastSale()) is None
    basket = cashier.ask(SavedBasket())
    assert basket is not None
    assert [line.variant.name for line in basket.lines] == ["Affiche de l’été"]


def abandon_keys(cashier: Cashier) -> list[QPushButton]:
    keys = cashier.window.payment.findChildren(QPushButton)
    return [key for key in keys if key.text() == "Abandon the sale"]


# Another window, another sale ---------------------------------------------------------------------


def another_window(cashier: Cashier) -> None:
    first = cashier.window
    cashier.press("Day or night")
    cashier.until(lambda: cashier.window is not first)


def hurry(cashier: Cashier) -> None:
    """Have this window try at once again what the disk did not take."""
    for timer in cashier.app.selling.findChildren(QTimer):
        if timer.interval() == KEEP_AGAIN_MS:
            timer.setInterval(0)


def test_money_that_went_back_on_a_bad_disk_is_off_it_by_the_next_window(
    cashier: Cashier, fills: Fills
) -> None:
    remove_the_paid_line(cashier)
    assert cashier.ask(SavedTenders()) != ()
    fills(True)
    cashier.press("Understood")
    cashier.until(lambda: any("disk" in banner for banner in cashier.banners()))
    another_window(cashier)
    fills(False)
    cashier.until(lambda: cashier.ask(SavedTenders()) == ())


def test_a_window_that_is_gone_tries_nothing_again(cashier: Cashier, fills: Fills) -> None:
    """Its answer would come to a timer that is gone too."""
    fills(True)
    hurry(cashier)
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: bool(cashier.banners()))
    for _ in range(3):
        another_window(cashier)
        hurry(cashier)
    until_answered(cashier)
    fills(False)
    cashier.until(lambda: cashier.app.checkout.kept.is_saved)


def test_what_is_said_of_a_basket_goes_with_it(cashier: Cashier) -> None:
    cashier.scan(CAP)
    cashier.until(lambda: "Casquette" in cashier.notice())
    cashier.pay_exactly()
    cashier.press("No receipt")
    cashier.until_page(cashier.window.checkout)
    assert cashier.notice() == ""


def test_a_sold_out_scan_that_came_too_late_is_told_in_the_next_sale(
    cashier: Cashier, fills: Fills
) -> None:
    be_stuck(cashier, fills)
    cashier.scan(CAP)
    cashier.until(lambda: "next sale" in cashier.notice())
    fills(False)
    cashier.press("Try again")
    cashier.until_page(cashier.window.done)
    cashier.press("No receipt")
    cashier.until(lambda: len(cashier.lines()) == 1)
    assert "Casquette" in cashier.notice()

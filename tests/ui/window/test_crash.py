"""A mistake of ours in the middle of a sale: written down, said, and not in the way."""

from __future__ import annotations

import pytest

from pos.reports.sales import SavedBasket
from tests.ui.screens.conftest import POSTER, WILDFIRE_M
from tests.ui.window.cashier import Cashier

SHIRT = "1 × T-shirt Wildfire, M, €25.00"


class Mistake(Exception):
    """Something that nobody thought of."""


def make_mistake() -> None:
    raise Mistake("between two lines")


def test_a_mistake_in_a_slot_is_reported_and_the_basket_is_kept(
    cashier: Cashier, caplog: pytest.LogCaptureFixture
) -> None:
    cashier.expects_crashes = True
    # Given a basket
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    # When a press hits a bug
    cashier.window.help_wanted.connect(make_mistake)
    with caplog.at_level(40):
        cashier.window.help_wanted.emit()
    cashier.until(lambda: bool(cashier.crashes))
    # Then a banner names the report, and the report has the place
    (number,) = cashier.crashes
    assert any(number in banner and "basket is kept" in banner for banner in cashier.banners())
    (report,) = cashier.folders.reports.glob(f"*-{number}.txt")
    text = report.read_text(encoding="utf-8")
    assert "Mistake: between two lines" in text
    assert "make_mistake" in text
    # And the sale goes on
    cashier.window.help.left.emit()
    assert cashier.lines() == [SHIRT]
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    cashier.press("Understood")
    assert cashier.banners() == ()
    cashier.pay_exactly()
    assert cashier.ask(SavedBasket()) is None


def test_a_mistake_in_an_answer_leaves_the_other_answers_alone(
    cashier: Cashier, caplog: pytest.LogCaptureFixture
) -> None:
    cashier.expects_crashes = True
    cashier.scan(WILDFIRE_M)
    cashier.app.bridge.ask(SavedBasket(), done=lambda _basket: make_mistake())
    cashier.scan(POSTER)
    with caplog.at_level(40):
        cashier.until(lambda: bool(cashier.crashes))
        cashier.until(lambda: len(cashier.lines()) == 2)

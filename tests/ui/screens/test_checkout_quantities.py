"""How many at the checkout: typed quantities, what is sold out, and numbers that are too large."""

from __future__ import annotations

import pytest

from pos.domain.basket import QUANTITY_MAX
from tests.builders import a_product, a_sale, a_size, fill, on_sale
from tests.ui.fake_views import FakeCheckoutView
from tests.ui.screens.conftest import (
    CAP,
    PIN,
    POSTER,
    WILDFIRE_M,
    key_of,
    scan,
    type_digits,
)
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.checkout.presenter import CheckoutPresenter

PATCH = "3760000000079"


# Quantity ----------------------------------------------------------------------------------------


def test_a_typed_quantity_multiplies_the_next_scan(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    type_digits(checkout, "3")
    assert view.quantity == "3 ×"
    scan(checkout, WILDFIRE_M)
    assert view.lines() == [("3 ×", "T-shirt Wildfire", "€75.00")]
    assert view.quantity == ""


def test_scan_two_scan_two_is_never_twenty_two(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    """A scan uses the typed quantity up, so the next digit begins anew."""
    type_digits(checkout, "2")
    scan(checkout, WILDFIRE_M)
    type_digits(checkout, "2")
    scan(checkout, POSTER)
    assert [row.quantity for row in view.basket.rows] == ["2 ×", "2 ×"]


def test_an_unknown_code_too_uses_the_quantity_up(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    type_digits(checkout, "2")
    scan(checkout, "4006381333931")
    type_digits(checkout, "2")
    scan(checkout, WILDFIRE_M)
    assert [row.quantity for row in view.basket.rows] == ["2 ×"]


def test_a_digit_typed_while_a_scan_is_looked_up_is_for_the_next_one(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    answers.waits = True
    scan(checkout, WILDFIRE_M)
    type_digits(checkout, "4")
    answers.answer()
    assert [row.quantity for row in view.basket.rows] == ["1 ×"]
    assert view.quantity == "4 ×"


def test_a_typed_quantity_multiplies_a_touched_key(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    type_digits(checkout, "9")
    checkout.add_key(key_of(answers, WILDFIRE_M))
    assert [row.quantity for row in view.basket.rows] == ["9 ×"]


@pytest.mark.parametrize(
    ("typed", "shown"), [("0", ""), ("007", "7 ×"), ("1234", "123 ×"), ("", "")]
)
def test_a_quantity_has_three_digits_and_no_zeros_in_front(
    checkout: CheckoutPresenter, view: FakeCheckoutView, typed: str, shown: str
) -> None:
    type_digits(checkout, typed)
    assert view.quantity == shown


def test_a_digit_can_be_taken_back(checkout: CheckoutPresenter, view: FakeCheckoutView) -> None:
    type_digits(checkout, "12")
    checkout.erase_digit()
    assert view.quantity == "1 ×"


def test_a_burst_of_keys_gives_the_quantity_back(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    """Until a burst has proved to be a scan, its digits look like a quantity."""
    type_digits(checkout, "2")
    before = checkout.snapshot()
    type_digits(checkout, "37")
    checkout.restore(before)
    assert view.quantity == "2 ×"


def test_more_than_a_line_can_hold_is_the_most_it_can(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    for _ in range(2):
        type_digits(checkout, "999")
        scan(checkout, PIN)
        checkout.confirm_notice()
    assert view.basket.rows[0].quantity == f"{QUANTITY_MAX} ×"


@pytest.fixture
def with_patches(checkout: CheckoutPresenter, answers: TillThatAnswers) -> CheckoutPresenter:
    """Return a checkout whose basket has 600 of one article that the stand has in plenty."""
    patch = a_product("patch", a_size("", handle="patch", barcodes=(PATCH,)), name="Patch")
    fill(answers.till, patch, stock=5000)
    put_patches(checkout, "600")
    return checkout


def put_patches(checkout: CheckoutPresenter, digits: str) -> None:
    type_digits(checkout, digits)
    scan(checkout, PATCH)
    checkout.confirm_notice()


def test_pieces_that_a_line_cannot_hold_are_said(
    with_patches: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    put_patches(with_patches, "600")
    assert view.basket.rows[0].quantity == "999 ×"
    assert view.notice is not None
    assert "a basket holds 999. Not added: 201" in view.notice.text
    assert view.notice.is_trouble
    # Those that are in can be taken back in one step
    with_patches.undo()
    assert view.basket.rows[0].quantity == "600 ×"


@pytest.mark.parametrize("how", ["scan", "press", "plus"])
def test_a_full_line_stays_as_it_is_and_says_so(
    with_patches: CheckoutPresenter,
    view: FakeCheckoutView,
    answers: TillThatAnswers,
    how: str,
) -> None:
    put_patches(with_patches, "399")
    match how:
        case "scan":
            scan(with_patches, PATCH)
        case "press":
            with_patches.add_key(key_of(answers, PATCH))
        case _:
            with_patches.change_current(1)
    assert view.notice is not None
    assert "Not added: 1;" in view.notice.text
    # There is nothing of it to undo
    with_patches.undo()
    assert view.basket.rows[0].quantity == "600 ×"


def test_only_what_went_in_can_be_taken_out_as_not_in_stock(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    type_digits(checkout, "999")
    scan(checkout, PIN)
    checkout.confirm_notice()
    scan(checkout, PIN)
    checkout.confirm_notice()
    assert view.basket.rows[0].quantity == "999 ×"


# Sold out ----------------------------------------------------------------------------------------


def test_a_sold_out_scan_is_in_the_basket_at_once_and_says_so(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    """The piece is in the hand, so the record is wrong; a question would lose it in silence."""
    scan(checkout, CAP)
    assert view.lines() == [("1 ×", "Casquette", "€19.00")]
    assert view.basket.rows[0].is_oversold
    assert view.basket.rows[0].warning == "none left"
    assert view.notice is not None
    assert "Casquette" in view.notice.text
    assert view.notice.action == "Take out"


def test_what_was_scanned_though_sold_out_can_be_taken_out_again(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M, CAP)
    checkout.confirm_notice()
    assert view.lines() == [("1 ×", "T-shirt Wildfire", "€25.00")]
    assert view.notice is None
    checkout.confirm_notice()
    assert len(view.lines()) == 1


@pytest.mark.parametrize("then", [POSTER, "4006381333931"])
def test_no_scan_takes_a_sold_out_piece_out_of_the_basket(
    checkout: CheckoutPresenter, view: FakeCheckoutView, then: str
) -> None:
    """In a run of five scans nobody looks at the strip."""
    scan(checkout, CAP, then, WILDFIRE_M)
    assert "Casquette" in [name for _, name, _ in view.lines()]
    assert view.notice is not None
    assert view.notice.action == "Take out"


@pytest.mark.parametrize("how", ["undo", "remove", "next_sale", "escape", "forget"])
def test_the_strip_of_a_sold_out_piece_is_over_with_it(
    checkout: CheckoutPresenter, view: FakeCheckoutView, how: str
) -> None:
    scan(checkout, WILDFIRE_M, CAP)
    match how:
        case "undo":
            checkout.undo()
        case "remove":
            checkout.remove_current()
        case "next_sale":
            checkout.next_sale()
        case "escape":
            checkout.escape()
        case _:
            checkout.forget_notice()
    if how != "forget":  # the widget has hidden it itself
        assert view.notice is None
    before = view.lines()
    checkout.confirm_notice()
    assert view.lines() == before


def test_what_is_being_sold_is_not_taken_out_and_is_asked_about_again_if_it_is_not_sold(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, CAP)
    before = view.lines()
    checkout.lock()
    checkout.confirm_notice()
    assert view.lines() == before
    assert view.notice is not None
    checkout.unlock()
    checkout.confirm_notice()
    assert view.lines() == []


# Large numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("digits", "says"), [("45", "Only 10 left"), ("11", "Only 10 left")])
def test_more_than_there_are_is_asked_about_once(
    checkout: CheckoutPresenter, view: FakeCheckoutView, digits: str, says: str
) -> None:
    type_digits(checkout, digits)
    scan(checkout, WILDFIRE_M)
    assert view.lines() == []
    assert view.notice is not None
    assert says in view.notice.text
    assert view.notice.action == f"Add {digits}"
    checkout.confirm_notice()
    assert [quantity for quantity, _, _ in view.lines()] == [f"{digits} ×"]
    assert view.basket.rows[0].warning == "only 10 left"


def test_more_than_twenty_are_asked_about_though_they_are_there(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    fill(answers.till, a_product("patch", a_size("", handle="patch", barcodes=(PATCH,))), stock=90)
    type_digits(checkout, "20")
    scan(checkout, PATCH)
    assert [quantity for quantity, _, _ in view.lines()] == ["20 ×"]
    type_digits(checkout, "21")
    scan(checkout, PATCH)
    assert [quantity for quantity, _, _ in view.lines()] == ["20 ×"]
    assert view.notice is not None
    assert "Really 21 ×" in view.notice.text


def test_a_pressed_size_asks_about_a_number_too(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    type_digits(checkout, "45")
    checkout.add_key(checkout.tiles[0].keys[0])
    assert view.lines() == []
    checkout.forget_notice()
    checkout.confirm_notice()
    assert view.lines() == []


def test_a_number_that_was_asked_about_is_not_lost_in_other_scans(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    type_digits(checkout, "45")
    scan(checkout, WILDFIRE_M, "4006381333931")
    assert view.notice is not None
    assert view.notice.action == ""
    # When somebody wants to pay, the question is there again
    assert checkout.has_to_be_answered()
    assert view.notice.action == "Add 45"
    checkout.confirm_notice()
    assert not checkout.has_to_be_answered()


def test_a_typed_number_that_nothing_followed_is_dropped(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    type_digits(checkout, "300")
    checkout.drop_quantity()
    assert view.quantity == ""
    scan(checkout, WILDFIRE_M)
    assert [quantity for quantity, _, _ in view.lines()] == ["1 ×"]


def test_pieces_in_the_basket_are_no_longer_left(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    variant = on_sale(answers.till, WILDFIRE_M)
    type_digits(checkout, "9")
    scan(checkout, WILDFIRE_M)
    assert view.left[variant.variant_id] == 1
    scan(checkout, WILDFIRE_M)
    assert view.left[variant.variant_id] == 0
    scan(checkout, WILDFIRE_M)  # the eleventh of ten
    assert view.notice is not None
    assert view.basket.rows[0].quantity == "11 ×"


def test_what_another_sale_took_is_no_longer_left(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    variant = on_sale(answers.till, WILDFIRE_M)
    answers.till.execute(a_sale(variant, tenders=[("card", 2500)]))
    assert view.left[variant.variant_id] == 10
    checkout.stock_moved([variant.variant_id])
    assert view.left[variant.variant_id] == 9

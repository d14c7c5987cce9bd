"""The checkout without a window: what scans, keys and steps do to the basket."""

from __future__ import annotations

from pos.commands import CompleteSale, SaveBasket
from pos.domain.basket import LINES_MAX, Basket
from pos.errors import StorageUnavailable
from pos.ids import SaleId, uuid7
from pos.money import EUR
from pos.reports.sales import SavedBasket
from tests.builders import (
    ZOE,
    a_basket,
    a_product,
    a_size,
    a_tender,
    a_variant,
    fill,
    on_sale,
)
from tests.ui.fake_views import FakeCheckoutView
from tests.ui.screens.conftest import (
    CAP,
    PIN,
    POSTER,
    WILDFIRE_L,
    WILDFIRE_M,
    WILDFIRE_S,
    key_of,
    scan,
    type_digits,
)
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.checkout.presenter import CheckoutPresenter

# Adding ------------------------------------------------------------------------------------------


def test_a_scanned_article_is_in_the_basket(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M)
    assert view.lines() == [("1 ×", "T-shirt Wildfire", "€25.00")]
    assert view.basket.rows[0].detail == "M"
    assert view.basket.total == "€25.00"


def test_the_same_article_again_is_one_line_of_two(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M, WILDFIRE_M)
    assert view.lines() == [("2 ×", "T-shirt Wildfire", "€50.00")]
    assert view.basket.rows[0].detail == "M · €25.00 each"


def test_sizes_are_lines_of_their_own(checkout: CheckoutPresenter, view: FakeCheckoutView) -> None:
    scan(checkout, WILDFIRE_M, WILDFIRE_L)
    assert [(row.detail, row.amount) for row in view.basket.rows] == [
        ("M", "€25.00"),
        ("L", "€27.50"),
    ]


def test_a_touched_key_adds_its_size(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    checkout.add_key(key_of(answers, WILDFIRE_L))
    assert view.lines() == [("1 ×", "T-shirt Wildfire", "€27.50")]


def test_an_sku_is_as_good_as_a_barcode(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, "wf-m")
    assert view.lines() == [("1 ×", "T-shirt Wildfire", "€25.00")]


def test_an_unknown_code_is_named_and_changes_nothing(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    scan(checkout, "4006381333931")
    assert view.notice is not None
    assert view.notice.is_trouble
    assert "4006381333931" in view.notice.text
    assert not view.basket.rows
    assert not answers.asked(SaveBasket)


def test_the_sound_tells_known_from_unknown(checkout: CheckoutPresenter) -> None:
    heard: list[bool] = []
    checkout.scan_told = heard.append
    scan(checkout, WILDFIRE_M, "4006381333931")
    assert heard == [True, False]


def test_a_scan_that_the_disk_did_not_answer_is_heard_and_said(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    """It is not in the basket, and nobody looks between two scans."""
    heard: list[bool] = []
    checkout.scan_told = heard.append
    answers.unread = StorageUnavailable(reason="SQLITE_IOERR_READ")
    scan(checkout, WILDFIRE_M)
    assert (heard, checkout.basket.lines) == ([False], ())
    assert view.notice is not None
    assert "scan it once more" in view.notice.text


def test_the_next_scan_takes_the_notice_away(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, "4006381333931", WILDFIRE_M)
    assert view.notice is None


def test_a_reading_that_is_known_wins_over_a_more_plausible_one(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    """A scanner set to another keyboard gives several readings of one code."""
    checkout.scanned(("à&éààààààà&é", WILDFIRE_S))
    assert view.lines() == [("1 ×", "T-shirt Wildfire", "€25.00")]


def test_a_code_of_several_articles_shows_them(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    """A shop may give one SKU to several articles: a person chooses, in whatever category."""
    # Given two articles with one SKU, and another category on the screen
    fill(
        answers.till,
        a_product("mug-a", a_size("", handle="mug-a", sku="MUG"), name="Mug A", category="Mugs"),
        a_product("mug-b", a_size("", handle="mug-b", sku="MUG"), name="Mug B", category="Mugs"),
        stock=5,
    )
    checkout.choose_category("Affiches")
    # When the SKU is scanned
    scan(checkout, "MUG")
    # Then both are shown, and the search field says why
    assert view.names() == ["Mug A", "Mug B"]
    assert view.search == "MUG"
    assert view.category == ""
    assert view.notice is not None
    assert not view.basket.rows


def test_a_basket_holds_so_many_lines_and_says_so(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    # Given a full basket
    many = [a_variant(number=n, name=f"Article {n}") for n in range(LINES_MAX)]
    checkout.start(a_basket(*many))
    # When one more article is scanned
    scan(checkout, WILDFIRE_M)
    # Then it is refused, and more of what is in it is not
    assert view.notice is not None
    assert str(LINES_MAX) in view.notice.text
    assert len(view.basket.rows) == LINES_MAX
    checkout.change_current(1)
    assert view.basket.rows[-1].quantity == "2 ×"


# Stepper, undo -----------------------------------------------------------------------------------


def test_the_stepper_changes_the_line_that_was_touched_last(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M, POSTER)
    assert view.basket.current == 1
    checkout.choose_line(0)
    checkout.change_current(1)
    assert [row.quantity for row in view.basket.rows] == ["2 ×", "1 ×"]


def test_one_less_than_one_removes_the_line(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M, POSTER)
    checkout.change_current(-1)
    assert view.lines() == [("1 ×", "T-shirt Wildfire", "€25.00")]
    assert view.basket.current == 0


def test_a_line_can_be_removed_whole(checkout: CheckoutPresenter, view: FakeCheckoutView) -> None:
    type_digits(checkout, "9")
    scan(checkout, WILDFIRE_M)
    checkout.remove_current()
    assert not view.basket.rows
    assert view.basket.current == -1
    assert view.basket.total == "€0.00"


def test_the_arrows_walk_the_lines_and_stop_at_the_ends(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_S, WILDFIRE_M, POSTER)
    places = []
    for by in (-1, -1, -1, 1, 1, 1):
        checkout.step(by)
        places.append(view.basket.current)
    assert places == [1, 0, 0, 1, 2, 2]


def test_a_line_that_is_pressed_again_keeps_its_stepper(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    """Bin and minus must not vanish under the finger of somebody who looks for them."""
    scan(checkout, WILDFIRE_M)
    checkout.choose_line(0)
    checkout.choose_line(0)
    assert view.basket.current == 0
    checkout.change_current(1)
    assert view.basket.rows[0].quantity == "2 ×"


def test_undo_goes_back_step_by_step_to_the_empty_basket(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    # Given an article twice and another, which was then removed
    scan(checkout, WILDFIRE_M, WILDFIRE_M, POSTER)
    checkout.remove_current()
    # When each step is taken back
    seen = []
    while view.basket.can_undo:
        checkout.undo()
        seen.append([row.quantity for row in view.basket.rows])
    # Then every basket comes by again, in reverse
    assert seen == [["2 ×", "1 ×"], ["2 ×"], ["1 ×"], []]
    checkout.undo()
    assert not view.basket.rows


def test_the_next_sale_cannot_undo_into_the_one_before(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M)
    before = checkout.basket.basket_id
    checkout.next_sale()
    assert not view.basket.can_undo
    checkout.undo()
    assert not view.basket.rows
    assert checkout.basket.basket_id != before


def test_an_emptied_basket_is_over_and_comes_back_as_itself(checkout: CheckoutPresenter) -> None:
    """What was taken for it is not counted for whoever comes next."""
    scan(checkout, WILDFIRE_M)
    emptied = checkout.basket
    checkout.remove_current()
    assert checkout.basket.basket_id != emptied.basket_id
    checkout.undo()
    assert checkout.basket == emptied


def test_each_change_is_saved_and_the_saved_basket_comes_back(
    checkout: CheckoutPresenter, answers: TillThatAnswers
) -> None:
    """What a power cut leaves is the basket as it was last seen."""
    scan(checkout, WILDFIRE_M, POSTER)
    checkout.change_current(1)
    assert answers.till.ask(SavedBasket()) == checkout.basket
    # When the till starts again
    view = FakeCheckoutView()
    again = CheckoutPresenter(view, answers, lambda: "en", EUR)
    again.start(answers.till.ask(SavedBasket()))
    # Then it goes on where it was
    assert again.basket == checkout.basket
    assert view.lines() == [
        ("1 ×", "T-shirt Wildfire", "€25.00"),
        ("2 ×", "Affiche de l’été", "€25.00"),
    ]
    assert not any(row.is_oversold for row in view.basket.rows)


# A disk that takes no basket ----------------------------------------------------------------------


def full(answers: TillThatAnswers) -> None:
    answers.trouble = StorageUnavailable(reason="SQLITE_FULL")


def test_the_newest_basket_that_the_disk_refused_is_saved_once_there_is_room(
    checkout: CheckoutPresenter, answers: TillThatAnswers
) -> None:
    """Nobody has to touch it for that; and asking again says by itself when that failed too."""
    failures: list[str] = []
    checkout.kept.failed = lambda: failures.append("failed")
    full(answers)
    scan(checkout, WILDFIRE_M)
    checkout.kept.keep(checkout.basket)
    checkout.change_current(1)
    checkout.save_again()
    assert len(failures) == len(answers.troubles) == 4
    answers.trouble = None
    assert answers.till.ask(SavedBasket()) is None
    checkout.save_again()
    assert answers.till.ask(SavedBasket()) == checkout.basket
    # And then it is asked no more
    asked = len(answers.commands)
    checkout.save_again()
    assert (len(answers.commands), len(failures)) == (asked, 4)


def test_a_basket_that_is_paid_meanwhile_is_not_saved_behind_its_sale(
    checkout: CheckoutPresenter, answers: TillThatAnswers
) -> None:
    """It would be there again after a power cut, and be sold twice."""
    failures: list[str] = []
    checkout.kept.failed = lambda: failures.append("failed")
    full(answers)
    scan(checkout, WILDFIRE_M)
    answers.trouble = None
    asked = len(answers.commands)
    checkout.lock()
    checkout.save_again()
    assert (len(answers.commands), len(failures)) == (asked, 2)  # it will be seen to again
    checkout.next_sale()
    checkout.save_again()
    assert len(answers.commands) == asked
    assert answers.till.ask(SavedBasket()) is None


def test_a_basket_that_was_not_saved_is_saved_by_the_next_window(
    checkout: CheckoutPresenter, answers: TillThatAnswers
) -> None:
    full(answers)
    scan(checkout, WILDFIRE_M)
    answers.trouble = None
    again = CheckoutPresenter(FakeCheckoutView(), answers, lambda: "en", EUR)
    again.start(checkout.memory)
    assert answers.till.ask(SavedBasket()) == checkout.basket
    # One that the disk has is left as it is
    asked = len(answers.commands)
    CheckoutPresenter(FakeCheckoutView(), answers, lambda: "en", EUR).start(again.memory)
    assert len(answers.commands) == asked


def test_whoever_listens_hears_of_each_basket(checkout: CheckoutPresenter) -> None:
    heard: list[Basket] = []
    checkout.basket_changed.append(heard.append)
    scan(checkout, WILDFIRE_M, POSTER)
    checkout.undo()
    assert [basket.pieces for basket in heard] == [1, 2, 1]


# While a sale is being saved ---------------------------------------------------------------------


def test_nothing_changes_in_a_basket_that_is_being_saved(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    """What the customer pays is what is in the sale, whatever is pressed meanwhile."""
    scan(checkout, WILDFIRE_M)
    paid = checkout.basket
    saved = len(answers.asked(SaveBasket))
    checkout.lock()
    checkout.change_current(1)
    checkout.remove_current()
    checkout.undo()
    assert checkout.basket == paid
    assert len(answers.asked(SaveBasket)) == saved
    assert view.lines() == [("1 ×", "T-shirt Wildfire", "€25.00")]


def test_a_scan_that_comes_while_a_sale_is_saved_is_in_the_next_one(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    """No scan is lost: neither one that was looked up when Pay was pressed, nor a later one."""
    # Given a sale that is being saved
    scan(checkout, WILDFIRE_M)
    checkout.lock()
    # When somebody scans
    type_digits(checkout, "2")
    scan(checkout, POSTER, PIN)
    # Then it is told, and in the basket of the next sale
    assert view.notice is not None
    assert "Pin’s" in view.notice.text
    assert len(view.lines()) == 1
    checkout.next_sale()
    assert view.lines() == [("2 ×", "Affiche de l’été", "€25.00"), ("1 ×", "Pin’s", "€3.02")]


def test_a_sold_out_scan_that_comes_while_a_sale_is_saved_is_in_the_next_one(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M)
    checkout.lock()
    scan(checkout, CAP)
    checkout.next_sale()
    assert view.lines() == [("1 ×", "Casquette", "€19.00")]
    assert view.notice is not None
    assert view.notice.action


def test_a_scan_that_comes_while_a_sale_is_refused_is_in_this_one(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M)
    checkout.lock()
    scan(checkout, POSTER)
    checkout.unlock()
    assert [name for _, name, _ in view.lines()] == ["T-shirt Wildfire", "Affiche de l’été"]


def test_the_paid_basket_stays_as_it_was_while_the_stock_goes_down(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    """The last piece that was sold is not oversold, though none is left now."""
    type_digits(checkout, "10")
    scan(checkout, WILDFIRE_M)
    variant = on_sale(answers.till, WILDFIRE_M)
    checkout.lock()
    answers.till.execute(_sale_of(checkout.basket))
    checkout.stock_moved([variant.variant_id])
    assert not view.basket.rows[0].is_oversold
    checkout.next_sale()
    assert view.left[variant.variant_id] == 0


def _sale_of(basket: Basket) -> CompleteSale:
    return CompleteSale(
        sale_id=SaleId(uuid7()),
        operator=ZOE,
        lines=basket.lines,
        tenders=(a_tender("cash", basket.total.minor),),
        basket_id=basket.basket_id,
    )

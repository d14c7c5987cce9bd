"""Another size for a line of the basket: what stands under the open line, and what a press does."""

from __future__ import annotations

import msgspec

from pos.commands import ApplyProducts, SaveBasket
from pos.domain.basket import QUANTITY_MAX
from pos.domain.catalogue import OpeningStock, Variant
from pos.money import EUR
from pos.reports.catalogue import SizeKey
from tests.builders import ZOE, a_product, a_sale, a_size, fill
from tests.ui.fake_views import FakeCheckoutView
from tests.ui.screens.conftest import (
    CAP,
    POSTER,
    WILDFIRE_L,
    WILDFIRE_M,
    WILDFIRE_S,
    key_of,
    scan,
    type_digits,
)
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.checkout.line_sizes import SIZES_MAX
from ui.screens.checkout.presenter import CheckoutPresenter


def labels(view: FakeCheckoutView) -> list[str]:
    """Return the sizes under the open line, its own in brackets."""
    return [f"[{size.label}]" if size.is_own else size.label for size in view.basket.sizes]


def key(view: FakeCheckoutView, label: str) -> SizeKey:
    return next(size.key for size in view.basket.sizes if size.label == label)


def lines(view: FakeCheckoutView) -> list[tuple[str, str]]:
    return [(row.quantity, row.size) for row in view.basket.rows]


def a_hoodie(size: str, colour: str) -> Variant:
    one = a_size(size, handle=f"hood-{colour}", sku=f"{size}-{colour}")
    return msgspec.structs.replace(one, options=(size, colour))


def test_a_touched_line_shows_the_sizes_of_its_card(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M)
    assert labels(view) == []  # a scan opens the stepper only
    checkout.choose_line(0)
    assert labels(view) == ["S", "[M]", "L"]
    assert [(size.left, size.price) for size in view.basket.sizes] == [
        (10, "€25"),
        (9, "€25"),
        (10, "€27.50"),
    ]


def test_a_press_changes_the_size_where_the_line_is_in_one_step(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    type_digits(checkout, "2")
    scan(checkout, WILDFIRE_M, POSTER)
    checkout.choose_line(0)
    checkout.change_size(key(view, "L"))
    assert lines(view) == [("2 ×", "L"), ("1 ×", "")]
    assert view.basket.total == "€67.50"  # 2 × 27.50 + 12.50
    assert (view.basket.current, labels(view)) == (0, ["S", "M", "[L]"])
    assert (view.basket.undo, view.basket.undo_what) == (
        "Undo: changed",
        "T-shirt Wildfire M → L",
    )
    assert answers.asked(SaveBasket)[-1].basket == checkout.basket
    checkout.undo()
    assert lines(view) == [("2 ×", "M"), ("1 ×", "")]
    assert (view.basket.current, labels(view)) == (0, ["S", "[M]", "L"])


def test_a_size_that_is_in_the_basket_already_takes_the_pieces(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M, POSTER, WILDFIRE_L)
    checkout.choose_line(0)
    checkout.change_size(key(view, "L"))
    assert lines(view) == [("2 ×", "L"), ("1 ×", "")]
    assert view.basket.undo_what == "T-shirt Wildfire M → L"
    checkout.undo()
    assert lines(view) == [("1 ×", "M"), ("1 ×", ""), ("1 ×", "L")]


def test_what_one_line_cannot_hold_stays_two(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    for code, digits in ((WILDFIRE_M, "600"), (WILDFIRE_L, "400")):
        type_digits(checkout, digits)
        scan(checkout, code)
        checkout.confirm_notice()
    checkout.choose_line(0)
    checkout.change_size(key(view, "L"))
    assert lines(view) == [("600 ×", "M"), ("400 ×", "L")]
    assert view.notice is not None
    assert f"a basket holds {QUANTITY_MAX}" in view.notice.text
    assert view.basket.undo == "Undo: added"


def test_the_own_size_changes_nothing(checkout: CheckoutPresenter, view: FakeCheckoutView) -> None:
    scan(checkout, WILDFIRE_M)
    checkout.choose_line(0)
    checkout.change_size(key(view, "M"))
    assert view.basket.undo == "Undo: added"


def test_a_basket_without_lines_has_no_size_to_change(
    checkout: CheckoutPresenter, answers: TillThatAnswers, view: FakeCheckoutView
) -> None:
    checkout.change_size(key_of(answers, WILDFIRE_M))
    assert not view.basket.rows


def test_a_paid_basket_stays_as_it_is(checkout: CheckoutPresenter, view: FakeCheckoutView) -> None:
    scan(checkout, WILDFIRE_M)
    checkout.choose_line(0)
    other = key(view, "L")
    checkout.lock()
    checkout.change_size(other)
    assert lines(view) == [("1 ×", "M")]


def test_one_size_is_no_choice(checkout: CheckoutPresenter, view: FakeCheckoutView) -> None:
    scan(checkout, POSTER, WILDFIRE_M)
    checkout.choose_line(0)
    assert labels(view) == []
    checkout.step(1)  # the keyboard opens lines too
    assert labels(view) == ["S", "[M]", "L"]


def test_the_answer_for_an_older_line_is_not_shown(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    scan(checkout, WILDFIRE_M, POSTER)
    answers.waits = True
    checkout.choose_line(0)
    assert (view.basket.current, labels(view)) == (0, [])  # nothing waits for the answer
    checkout.choose_line(1)
    answers.answer()
    assert (view.basket.current, labels(view)) == (1, [])
    checkout.choose_line(0)
    scan(checkout, CAP)
    answers.answer()
    assert labels(view) == []


def test_the_sizes_go_when_the_next_piece_comes(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    scan(checkout, WILDFIRE_M)
    checkout.choose_line(0)
    scan(checkout, WILDFIRE_M)
    assert labels(view) == ["S", "[M]", "L"]  # it is the open line still
    scan(checkout, WILDFIRE_S)
    assert labels(view) == []
    scan(checkout, WILDFIRE_M)
    assert labels(view) == []


def test_what_is_left_follows_a_sale_elsewhere(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    scan(checkout, WILDFIRE_M)
    checkout.choose_line(0)
    sold = key(view, "S")
    answers.till.execute(a_sale((sold.variant, 4), tenders=[("card", 10_000)]))
    checkout.stock_moved([sold.variant.variant_id])
    assert view.basket.sizes[0].left == 6


def test_only_sizes_of_the_same_colour_are_offered(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    hoodie = msgspec.structs.replace(
        a_product("hood", *map(a_hoodie, ("S", "M"), ("Noir", "Noir")), name="Hoodie"),
        option_names=("Taille", "Couleur"),
    )
    red = tuple(a_hoodie(size, "Rouge") for size in ("S", "M"))
    hoodie = msgspec.structs.replace(hoodie, variants=(*hoodie.variants, *red))
    fill(answers.till, hoodie)
    scan(checkout, "M-Rouge")
    checkout.choose_line(0)
    assert labels(view) == ["S", "[M]"]
    assert [size.key.variant.options[1] for size in view.basket.sizes] == ["Rouge", "Rouge"]
    checkout.change_size(key(view, "S"))
    assert view.basket.undo_what == "Hoodie M → S"


def test_of_many_sizes_those_with_stock_come_and_the_own_one(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    names = [str(number) for number in range(30, 50)]
    few = [a_size(name, handle="shoe", sku=f"shoe-{name}") for name in names]
    shoe = a_product("shoe", *few, name="Shoe")
    fill(answers.till, shoe)
    last = few[-1].variant_id
    piece = OpeningStock(last, 2)
    answers.till.execute(ApplyProducts(products=(), opening=(piece,), operator=ZOE))
    scan(checkout, "shoe-48")
    checkout.choose_line(0)
    assert len(labels(view)) == SIZES_MAX
    assert labels(view)[-2:] == ["[48]", "49"]
    assert labels(view)[0] == "30"  # in the catalogue's order


def test_the_sizes_come_along_into_another_window(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    scan(checkout, WILDFIRE_M)
    checkout.choose_line(0)
    other = FakeCheckoutView()
    CheckoutPresenter(other, answers, lambda: "fr", EUR).start(checkout.memory)
    assert labels(other) == ["S", "[M]", "L"]


def test_an_import_shows_the_sizes_that_are_there_now(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    scan(checkout, WILDFIRE_M)
    checkout.choose_line(0)
    fill(answers.till, a_product("wildfire", a_size("M"), a_size("XL")))
    checkout.catalogue_changed()
    assert labels(view) == ["[M]", "XL"]

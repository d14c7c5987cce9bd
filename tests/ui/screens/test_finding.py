"""Finding articles at the checkout: words, categories, and what Enter takes."""

from __future__ import annotations

import pytest

from pos.errors import StorageUnavailable
from pos.money import EUR
from tests.builders import a_product, fill
from tests.ui.fake_views import FakeCheckoutView
from tests.ui.screens.conftest import POSTER, type_digits
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.checkout.finding import TILES_FIRST
from ui.screens.checkout.presenter import CheckoutPresenter

ALL = TILES_FIRST + 3 + 4
"""Products of a catalogue that a first page does not hold: prints, and what every till has here."""


@pytest.fixture
def of_many(view: FakeCheckoutView, answers: TillThatAnswers) -> CheckoutPresenter:
    """Return the checkout of a till with so many products."""
    for n in range(TILES_FIRST + 3):
        fill(answers.till, a_product(f"print-{n}", name=f"Print {n:02}", category="Prints"))
    checkout = CheckoutPresenter(view, answers, lambda: "en", EUR)
    checkout.start(None)
    return checkout


def test_the_start_shows_all_articles_and_categories(
    checkout: CheckoutPresenter,
    view: FakeCheckoutView,
) -> None:
    assert view.categories == ("T-shirts", "Affiches", "Badges", "Casquettes")
    assert view.names() == ["T-shirt Wildfire", "Affiche de l’été", "Pin’s", "Casquette"]
    wildfire = view.cards[0]
    assert wildfire.labels == ("S", "M", "L")
    assert wildfire.price == "from €25"
    assert wildfire.prices == ("€25", "€25", "€27.50")
    assert view.cards[1].labels == ("Add",)
    assert view.cards[1].price == "€12.50"


@pytest.mark.parametrize("words", ["ete", "ÉTÉ aff", "zibeluche", POSTER, "3760000000048"])
def test_words_find_without_accents_and_by_artist_or_code(
    checkout: CheckoutPresenter, view: FakeCheckoutView, words: str
) -> None:
    checkout.search(words)
    assert view.names() == ["Affiche de l’été"]
    assert view.is_from_start


@pytest.mark.parametrize("words", ["tshirt", "t shirt", "T-Shirt", "TSHIRT wild", "tsh"])
def test_a_name_with_a_hyphen_is_found_however_it_is_typed(
    checkout: CheckoutPresenter, view: FakeCheckoutView, words: str
) -> None:
    checkout.search(words)
    assert view.names() == ["T-shirt Wildfire"]


def test_a_search_that_finds_nothing_says_so(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    checkout.search("trombone")
    assert view.names() == []
    assert view.says_nothing_found
    assert view.nothing_found_for == "trombone"
    checkout.search("")
    assert len(view.names()) == 4


def test_what_is_found_next_takes_that_sentence_away(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    checkout.search("trombone")
    checkout.search("pin")
    assert not view.says_nothing_found


def test_an_answer_of_yesterday_is_ignored(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    """Whoever types on wants what the whole word finds."""
    answered = checkout.answers
    answers.waits = True
    checkout.search("pin")
    checkout.search("aff")
    answers.answer()
    assert view.names() == ["Affiche de l’été"]
    assert checkout.answers == answered + 1


def test_a_search_begins_in_all_categories_and_a_category_narrows_it(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    checkout.choose_category("Affiches")
    assert view.names() == ["Affiche de l’été"]
    checkout.search("wild")
    assert view.names() == ["T-shirt Wildfire"]
    assert view.category == ""
    checkout.choose_category("Affiches")
    assert view.names() == []
    checkout.search("wildf")
    assert view.names() == []


def test_escape_clears_the_quantity_first_then_the_search(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    checkout.search("pin")
    type_digits(checkout, "5")
    checkout.escape()
    assert (view.quantity, view.names()) == ("", ["Pin’s"])
    checkout.escape()
    assert len(view.names()) == 4
    assert view.search == ""


def test_enter_in_the_search_adds_what_the_code_names(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    checkout.search(POSTER)
    checkout.submit_search(f" {POSTER} ")
    assert view.lines() == [("1 ×", "Affiche de l’été", "€12.50")]
    assert view.search == ""
    assert len(view.names()) == 4


def test_enter_adds_the_only_size_that_is_found(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    type_digits(checkout, "2")
    checkout.search("affi")
    checkout.submit_search("affi")
    assert view.lines() == [("2 ×", "Affiche de l’été", "€25.00")]


def test_enter_on_a_code_that_nobody_knows_says_so(
    checkout: CheckoutPresenter, view: FakeCheckoutView
) -> None:
    checkout.search("4006381333931")
    checkout.submit_search("4006381333931")
    assert view.notice is not None
    assert "4006381333931" in view.notice.text


@pytest.mark.parametrize("words", ["wild", "trombone", "  "])
def test_enter_chooses_nothing_where_there_is_a_choice_or_nothing(
    checkout: CheckoutPresenter, view: FakeCheckoutView, words: str
) -> None:
    checkout.search(words)
    checkout.submit_search(words)
    assert not view.basket.rows


def test_more_tiles_come_when_the_end_is_near_and_only_once(
    of_many: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    assert len(view.cards) == TILES_FIRST
    # When the end is near, and again before the answer has come
    answers.waits = True
    of_many.more_wanted()
    of_many.more_wanted()
    answers.answer()
    answers.answer()
    # Then all are there once, where one was
    names = view.names()
    assert len(names) == len(set(names)) == ALL
    assert not view.is_from_start
    of_many.more_wanted()
    answers.answer()
    assert view.names() == names


def test_more_tiles_of_a_search_that_is_over_are_not_mixed_in(
    of_many: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    answers.waits = True
    of_many.more_wanted()
    of_many.search("pin")
    answers.answer()
    assert view.names() == ["Pin’s"]
    # Then the next search loads more again
    answers.waits = False
    of_many.search("")
    of_many.more_wanted()
    assert len(view.cards) == ALL


def test_enter_takes_nothing_that_other_words_have_found(
    checkout: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    checkout.search("affiche")
    answers.unread = StorageUnavailable(reason="SQLITE_IOERR_READ")
    checkout.search("pin")
    answers.unread = None
    assert view.names() == ["Affiche de l’été"]
    checkout.submit_search("pin")
    assert view.lines() == []
    # Once the disk answers, it does
    checkout.search("pin’")
    checkout.submit_search("pin’")
    assert [name for _, name, _ in view.lines()] == ["Pin’s"]


def test_more_tiles_come_once_the_disk_that_failed_answers_again(
    of_many: CheckoutPresenter, view: FakeCheckoutView, answers: TillThatAnswers
) -> None:
    for ask in (of_many.more_wanted, of_many.catalogue_changed):
        of_many.search("")
        answers.unread = StorageUnavailable(reason="SQLITE_IOERR_READ")
        ask()
        answers.unread = None
        assert len(view.cards) == TILES_FIRST
        of_many.more_wanted()
        assert len(view.cards) == ALL

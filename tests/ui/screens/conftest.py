"""A till with a small catalogue, and the checkout over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.catalogue import Product
from pos.money import EUR
from pos.reports.catalogue import FindByCode, Found, SizeKey
from pos.till import Till
from tests.builders import a_product, a_size, a_till, fill
from tests.ui.fake_views import FakeCheckoutView
from tests.ui.screens.payment_counter import Counter
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.checkout.presenter import CheckoutPresenter

WILDFIRE_S, WILDFIRE_M, WILDFIRE_L = "3760000000017", "3760000000024", "3760000000031"
POSTER, CAP, PIN = "3760000000048", "3760000000055", "3760000000062"


def catalogue() -> tuple[Product, ...]:
    return (
        a_product(
            "wildfire",
            a_size("S", barcodes=(WILDFIRE_S,), sku="WF-S"),
            a_size("M", barcodes=(WILDFIRE_M,), sku="WF-M"),
            a_size("L", barcodes=(WILDFIRE_L,), sku="WF-L", price=2750),
        ),
        a_product(
            "poster",
            a_size("", handle="poster", price=1250, barcodes=(POSTER,)),
            name="Affiche de l’été",
            artist="Zibeluche",
            category="Affiches",
        ),
        a_product(
            "pin",
            a_size("", handle="pin", price=302, barcodes=(PIN,)),
            name="Pin’s",
            category="Badges",
        ),
    )


CAPS = a_product(
    "cap",
    a_size("", handle="cap", price=1900, barcodes=(CAP,)),
    name="Casquette",
    category="Casquettes",
)
"""Sold out."""


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    till = a_till(tmp_path)
    fill(till, *catalogue(), stock=10)
    fill(till, CAPS)
    yield till
    till.close()


@pytest.fixture
def answers(till: Till) -> TillThatAnswers:
    return TillThatAnswers(till)


@pytest.fixture
def view() -> FakeCheckoutView:
    return FakeCheckoutView()


@pytest.fixture
def checkout(view: FakeCheckoutView, answers: TillThatAnswers) -> CheckoutPresenter:
    made = CheckoutPresenter(view, answers, lambda: "en", EUR)
    made.start(None)
    return made


@pytest.fixture
def counter(till: Till) -> Counter:
    return Counter(till, "FR")


@pytest.fixture
def belgian_counter(tmp_path: Path) -> Iterator[Counter]:
    till = a_till(tmp_path, "BE")
    yield Counter(till, "BE")
    till.close()


def key_of(answers: TillThatAnswers, code: str) -> SizeKey:
    found = answers.till.ask(FindByCode(candidates=(code,)))
    assert isinstance(found, Found)
    return found.key


def scan(checkout: CheckoutPresenter, *codes: str) -> None:
    for code in codes:
        checkout.scanned((code,))


def type_digits(checkout: CheckoutPresenter, digits: str) -> None:
    for digit in digits:
        checkout.type_digit(digit)

"""What the first start says of what was typed, and what it keeps; without a window."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.ui.looks.walk import SET_UP
from ui.screens.catalogue_choice import RateQuestion
from ui.screens.welcome.presenter import FIELDS, Step, WelcomePresenter


@dataclass
class FakePage:
    """Keeps what was shown last."""

    step: Step = "doors"
    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    focuses: bool = False
    has_draft: bool = False

    def show_step(self, step: Step, number: int, count: int) -> None:
        self.step = step

    def show_fields(self, values: dict[str, str]) -> None:
        self.values = dict(values)

    def show_problems(self, problems: dict[str, str], *, focuses: bool = True) -> None:
        self.problems, self.focuses = problems, focuses

    def show_draft(self, *, is_there: bool) -> None:
        self.has_draft = is_there

    def show_summary(self, lines: tuple[str, ...]) -> None:
        """Take no note."""

    def show_catalogue(self, text: str, sentences: tuple[str, ...], *, is_good: bool) -> None:
        """Take no note."""

    def show_book_types(self, questions: tuple[RateQuestion, ...]) -> None:
        """Take no note."""


class Newcomer:
    """Somebody who sets a till up."""

    def __init__(self, draft: dict[str, str] | None = None) -> None:
        self.page = FakePage()
        self.presenter = WelcomePresenter(self.page, lambda _path, _country: None)
        self.presenter.begin(draft)
        self.presenter.set_up()

    def type(self, **fields: str) -> None:
        for name, text in fields.items():
            self.presenter.change(name, text)

    def fill(self, step: Step) -> None:
        self.type(**{name: SET_UP[name] for name in FIELDS[step]})
        self.presenter.next()


@pytest.mark.parametrize(
    ("country", "name", "typed", "said"),
    [
        ("FR", "registration", "1234567820001", "SIRET has 14 digits; 13 were typed."),
        ("FR", "registration", "123 456 782 000 101", "SIRET has 14 digits; 15 were typed."),
        ("FR", "registration", "12345678A00010", "SIRET has 14 digits and nothing else."),
        (
            "BE",
            "registration",
            "0123.456.74",
            "Enterprise number (BCE/KBO) has 10 digits; 9 were typed.",
        ),
        ("BE", "registration", "2123456749", "It begins with 0 or 1."),
        ("FR", "vat_number", "11123456782", "FR, two characters and nine digits"),
        ("BE", "vat_number", "0123456749", "BE and ten digits"),
        ("FR", "name", "x" * 81, "At most 80 characters; 81 were typed."),
    ],
)
def test_what_is_wrong_says_how_it_should_be(
    country: str, name: str, typed: str, said: str
) -> None:
    newcomer = Newcomer()
    newcomer.type(country=country, **{name: typed})
    newcomer.presenter.next()
    assert newcomer.page.problems[name].startswith(said)


@pytest.mark.parametrize(
    ("step", "name", "typed", "said"),
    [
        ("stand", "stand_code", "ABCDEFGH", "At most 6 characters; 8 were typed."),
        ("stand", "stand_code", "A-B", "Only letters A to Z, and digits."),
        ("manager", "pin", "1234", "A PIN has 6 to 12 digits; 4 were typed."),
        ("manager", "pin", "12345x", "A PIN has digits only."),
        ("manager", "pin", "123456", "Too easy to guess: choose other digits."),
        ("manager", "pin", "000000", "Too easy to guess: choose other digits."),
        ("stand", "till_code", "0", "0 is the training till: number this one from 1."),
        ("stand", "stand_name", "", "Please fill this in."),
    ],
)
def test_codes_and_pins_say_their_length(step: Step, name: str, typed: str, said: str) -> None:
    newcomer = Newcomer()
    newcomer.fill("seller")
    if step == "manager":
        newcomer.fill("stand")
    newcomer.type(**{name: typed})
    newcomer.presenter.next()
    assert newcomer.page.problems[name] == said


def test_without_a_vat_number_either_field_will_do() -> None:
    newcomer = Newcomer()
    newcomer.presenter.next()
    assert newcomer.page.problems["vat_number"] == "One of the two."
    newcomer.type(vat_exemption="TVA non applicable, art. 293 B du CGI")
    assert "vat_number" not in newcomer.page.problems


def test_a_field_that_is_right_now_is_red_no_longer_and_the_cursor_stays() -> None:
    newcomer = Newcomer()
    newcomer.type(registration="1234567820001")
    newcomer.presenter.next()
    before = set(newcomer.page.problems)
    newcomer.type(registration="12345678200010")
    assert set(newcomer.page.problems) == before - {"registration"}
    assert not newcomer.page.focuses


def test_a_field_that_was_not_judged_yet_is_not_red_while_it_is_typed() -> None:
    newcomer = Newcomer()
    newcomer.type(registration="1")
    assert newcomer.page.problems == {}


def test_another_country_judges_the_number_anew() -> None:
    newcomer = Newcomer()
    newcomer.type(registration="0123456749")
    newcomer.presenter.next()
    assert "SIRET has 14 digits" in newcomer.page.problems["registration"]
    newcomer.type(country="BE")
    assert "registration" not in newcomer.page.problems


def test_a_draft_holds_everything_but_the_pin() -> None:
    newcomer = Newcomer()
    for step in ("seller", "stand"):
        newcomer.fill(step)
    newcomer.type(pin="314159", pin_again="314159", manager_name="Zoé")
    draft = newcomer.presenter.draft
    assert "314159" not in draft.values()
    assert draft["manager_name"] == "Zoé"
    again = Newcomer(draft)
    assert again.page.has_draft
    assert again.page.step == "manager"  # the first step that is not done
    assert again.page.values["registration"] == SET_UP["registration"]


def test_a_draft_can_be_forgotten() -> None:
    newcomer = Newcomer({"name": "Les Disques du Quai"})
    newcomer.presenter.forget()
    assert not newcomer.page.has_draft
    assert "name" not in newcomer.page.values


def test_a_draft_that_somebody_wrote_otherwise_brings_nothing_strange() -> None:
    newcomer = Newcomer({"country": "XX", "pin": "314159", "evil": "x", "name": "Quai"})
    assert newcomer.page.values["country"] == "FR"
    assert newcomer.page.values["name"] == "Quai"
    assert not {"pin", "evil"} & set(newcomer.page.values)


def test_from_the_doors_somebody_who_has_filled_everything_goes_on_to_the_end() -> None:
    newcomer = Newcomer({"name": "Les Disques du Quai"})
    for step in ("seller", "stand", "manager"):
        newcomer.fill(step)
    newcomer.presenter.set_up()
    assert newcomer.page.step == "ready"

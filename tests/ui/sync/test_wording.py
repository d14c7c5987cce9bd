"""What is said of the hub: one sentence for each way in which things may stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import get_args

import pytest
from PySide6.QtWidgets import QApplication

from sync.enrolment_protocol import EnrolProblem
from sync.trouble import Reason
from tests.builders import euros
from tests.ui.sync.hubs import APART, ARRIVING, FORKED, NOW, REVOKED, SENDING, SENT
from ui.languages import Languages
from ui.screens.join import wording as joining
from ui.screens.sync import wording
from ui.screens.sync.state import HubStatus

REASONS = (*get_args(Reason), "contradiction", "storage", "bug")


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    languages = Languages(qapp)
    languages.speak(request.param)
    yield request.param
    languages.speak("en")


@pytest.fixture
def english(qapp: QApplication) -> None:
    Languages(qapp).speak("en")  # with its plurals


@pytest.fixture
def french(qapp: QApplication) -> Iterator[None]:
    languages = Languages(qapp)
    languages.speak("fr")
    yield
    languages.speak("en")


@pytest.mark.parametrize("reason", REASONS)
def test_each_trouble_is_a_sentence_of_its_own(reason: str, language: str) -> None:
    said = wording.trouble(reason)
    assert said.endswith(".")
    assert said != wording.trouble("never heard of")
    assert language


def test_troubles_are_told_apart(language: str) -> None:
    assert len({wording.trouble(reason) for reason in REASONS}) == len(REASONS)
    assert language


@pytest.mark.parametrize("problem", get_args(EnrolProblem))
def test_each_reason_not_to_take_a_till_is_a_sentence(problem: str, language: str) -> None:
    said = joining.problem(problem)
    assert said.endswith(".")
    assert said not in {wording.trouble(reason) for reason in REASONS}
    assert language


def test_what_keeps_a_till_from_its_hub_keeps_it_from_joining_too(language: str) -> None:
    assert joining.problem("portal") == wording.trouble("portal")
    assert language


@pytest.mark.parametrize("status", [SENT, APART, SENDING, ARRIVING, FORKED, REVOKED], ids=str)
def test_the_light_has_a_word_that_is_shorter_than_its_sentence(
    status: HubStatus, language: str
) -> None:
    said = wording.light(status, NOW, language)
    assert 0 < len(said.word) <= 20
    assert len(said.word) <= len(said.sentence)


@pytest.mark.usefixtures("french")
def test_what_is_only_here_is_said_in_money_with_the_last_contact() -> None:
    said = wording.light(APART, NOW, "fr")
    assert (said.shape, said.word) == ("apart", "1\u202f240\u00a0€ ici")
    local = (NOW - timedelta(minutes=61)).astimezone()
    assert said.sentence == (
        f"1\u202f240\u00a0€ seulement sur cette caisse, dernier contact {local:%H:%M}"
    )


@pytest.mark.usefixtures("french")
def test_a_contact_of_another_day_says_its_day_once() -> None:
    status = HubStatus(state="no_contact", last_contact=NOW - timedelta(days=2))
    said = wording.contact(status, NOW, "fr")
    assert said.startswith("Dernier contact ")
    assert said.count("2026") == 1


@pytest.mark.usefixtures("french")
def test_what_is_sent_is_said_with_its_age() -> None:
    said = wording.light(SENT, NOW, "fr")
    assert (said.shape, said.sentence) == ("good", "Tout est envoyé, il y a 12\u00a0s")


@pytest.mark.usefixtures("english")
def test_entries_without_money_are_counted_as_entries() -> None:
    status = HubStatus(state="no_contact", waiting=1)
    said = wording.light(status, NOW, "en")
    assert said.sentence == "1 journal entry only on this till, no contact yet"
    assert said.word == "No contact"


def test_no_contact_while_all_is_sent_is_said_without_alarm() -> None:
    status = HubStatus(state="no_contact", last_contact=NOW - timedelta(minutes=1))
    said = wording.light(status, NOW, "en")
    assert said.shape == "apart"
    assert said.sentence.startswith("All sent, last contact ")


def test_a_trouble_says_what_is_only_here_too() -> None:
    status = HubStatus(state="trouble", trouble="portal", waiting=2, amount=euros(5_000))
    said = wording.light(status, NOW, "en")
    assert said.shape == "trouble"
    assert wording.trouble("portal") in said.sentence
    assert "€50" in said.sentence


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-3_600, "just now"),  # somebody set the clock back
        (4, "just now"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (3_599, "59 min ago"),
        (7_200, "2 h ago"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(seconds: int, said: str) -> None:
    assert wording.age(NOW - timedelta(seconds=seconds), NOW, "en") == said


def test_what_is_older_than_a_day_is_said_with_its_day() -> None:
    assert "2026" in wording.age(NOW - timedelta(days=3), NOW, "en")
    assert "2026" in wording.moment(NOW - timedelta(days=3), NOW, "en")


def test_a_feed_that_lags_says_by_how_much(language: str) -> None:
    lagging = HubStatus(state="all_sent", position=10, head=1_250)
    said = wording.feed(lagging, language)
    assert "1" in said
    assert said != wording.feed(HubStatus(state="all_sent", position=10, head=10), language)


def test_a_till_without_a_hub_has_nothing_unsent() -> None:
    assert not HubStatus(state="off", waiting=5).has_unsent
    assert APART.has_unsent

"""Joining a hub: what is scanned, what is typed, and what is said of either."""

from __future__ import annotations

import pytest

from sync.enrolment_code import code_of, invitation_text
from sync.enrolment_protocol import Invitation
from ui.screens.join import wording
from ui.screens.join.presenter import JoinPresenter, hub_address

CODE = code_of(bytes(range(12)))
INVITATION = Invitation(
    address="https://10.0.0.2:8443", fingerprint=b"\x07" * 32, code=CODE, expires_at=1
)


class FakeCard:
    """Keeps what was shown last."""

    def __init__(self) -> None:
        self.typed = ("", "")
        self.said = ""
        self.is_wrong = self.is_busy = False

    def show_typed(self, address: str, code: str) -> None:
        self.typed = (address, code)

    def show_join(self, text: str, *, is_wrong: bool, is_busy: bool) -> None:
        self.said, self.is_wrong, self.is_busy = text, is_wrong, is_busy


class Desk:
    """Somebody with a scanner and a keyboard, and what the hub is asked."""

    def __init__(self, *, asks_first: bool = False) -> None:
        self.card = FakeCard()
        self.asked: list[Invitation] = []
        self.presenter = JoinPresenter(self.card, self.asked.append, asks_first=asks_first)
        self.presenter.begin()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_scanned_code_joins_at_once(desk: Desk) -> None:
    desk.presenter.scanned((invitation_text(INVITATION),))
    assert desk.asked == [INVITATION]
    assert desk.card.typed == ("10.0.0.2:8443", CODE)
    assert desk.card.is_busy
    assert "10.0.0.2:8443" in desk.card.said


def test_the_reading_of_another_keyboard_counts_too(desk: Desk) -> None:
    text = invitation_text(INVITATION)
    desk.presenter.scanned((text.lower(), text))
    assert desk.asked == [INVITATION]


def test_a_till_that_sells_asks_before_a_scan_changes_so_much() -> None:
    desk = Desk(asks_first=True)
    desk.presenter.scanned((invitation_text(INVITATION),))
    assert desk.asked == []
    desk.presenter.join()
    assert desk.asked == [INVITATION]  # with its fingerprint: nothing has to be trusted anew


def test_what_is_typed_after_a_scan_is_not_the_scanned_hub() -> None:
    desk = Desk(asks_first=True)
    desk.presenter.scanned((invitation_text(INVITATION),))
    desk.presenter.type_address("10.0.0.9")
    desk.presenter.join()
    (asked,) = desk.asked
    assert (asked.address, asked.fingerprint) == ("https://10.0.0.9:8443", b"")


def test_address_and_code_can_be_typed_as_people_type(desk: Desk) -> None:
    desk.presenter.type_address(" 10.0.0.2 ")
    desk.presenter.type_code(CODE.lower().replace("-", " "))
    desk.presenter.join()
    (asked,) = desk.asked
    assert (asked.address, asked.code) == ("https://10.0.0.2:8443", CODE)


@pytest.mark.parametrize("wrong", [("EH1:ABC",), ("EH1:",)])
def test_a_hubs_code_that_was_not_read_whole_is_said(desk: Desk, wrong: tuple[str, ...]) -> None:
    desk.presenter.scanned(wrong)
    assert (desk.card.said, desk.card.is_wrong) == (wording.damaged_code(), True)
    assert desk.asked == []


def test_a_barcode_is_no_hub(desk: Desk) -> None:
    desk.presenter.scanned(("4006381333931",))
    assert (desk.card.said, desk.card.is_wrong) == (wording.another_code(), True)


@pytest.mark.parametrize(
    "typed", ["", "  ", "two words", "ftp://10.0.0.2", "https://", "10.0.0.2:99999", "a/b", "[::1"]
)
def test_an_address_that_is_none_is_said_before_anybody_is_asked(desk: Desk, typed: str) -> None:
    desk.presenter.type_address(typed)
    desk.presenter.type_code(CODE)
    desk.presenter.join()
    assert (desk.card.said, desk.card.is_wrong) == (wording.no_address(), True)
    assert desk.asked == []


@pytest.mark.parametrize("typed", ["", "1234-5678", "UUUU-UUUU-UUUU"])
def test_a_code_that_is_none_is_said_before_anybody_is_asked(desk: Desk, typed: str) -> None:
    desk.presenter.type_address("10.0.0.2")
    desk.presenter.type_code(typed)
    desk.presenter.join()
    assert (desk.card.said, desk.card.is_wrong) == (wording.no_code(), True)


def test_nobody_is_asked_twice_at_once(desk: Desk) -> None:
    desk.presenter.scanned((invitation_text(INVITATION),))
    desk.presenter.join()
    desk.presenter.scanned((invitation_text(INVITATION),))
    assert len(desk.asked) == 1


def test_after_a_refusal_what_was_typed_is_still_there_to_be_mended(desk: Desk) -> None:
    desk.presenter.scanned((invitation_text(INVITATION),))
    desk.presenter.failed(wording.problem("code_expired"))
    assert (desk.card.said, desk.card.is_wrong) == (wording.problem("code_expired"), True)
    assert not desk.card.is_busy
    assert desk.card.typed == ("10.0.0.2:8443", CODE)
    desk.presenter.join()
    assert len(desk.asked) == 2


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("hub.local", "https://hub.local:8443"),
        ("hub.example:443/", "https://hub.example:443"),
        ("https://hub.example", "https://hub.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_a_port_is_added_only_to_a_bare_name(typed: str, address: str) -> None:
    assert hub_address(typed) == address

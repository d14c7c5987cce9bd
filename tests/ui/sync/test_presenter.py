"""The hub's page, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.sync.hubs import APART, FORKED, HUB, NOW, PEERS, REVOKED, SENT, UNEXPLAINED
from ui.languages import Languages
from ui.screens.sync.presenter import SyncPresenter, SyncText


class FakePage:
    """Keeps what was shown last."""

    def __init__(self) -> None:
        self.shown: list[SyncText] = []
        self.sure = ""

    def text(self) -> SyncText:
        return self.shown[-1]

    def show_sync(self, text: SyncText) -> None:
        self.shown.append(text)

    def show_sure(self, text: str) -> None:
        self.sure = text


class Desk:
    """Somebody who reads the page, and a clock."""

    def __init__(self) -> None:
        self.page, self.at = FakePage(), NOW
        self.sent = self.begun = 0
        self.presenter = SyncPresenter(self.page, HUB, lambda: "en", self.now)
        self.presenter.send_now = self._send
        self.presenter.begin_anew = self._begin

    def now(self) -> datetime:
        return self.at

    def _send(self) -> None:
        self.sent += 1

    def _begin(self) -> None:
        self.begun += 1


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    Languages(qapp).speak("en")  # with its plurals
    return Desk()


def test_what_is_only_here_is_listed_with_money_first(desk: Desk) -> None:
    desk.presenter.show(APART, PEERS)
    assert desk.page.text().waiting == ("€1,240.00", "48 sales", "142 journal entries")
    assert desk.page.text().hub == HUB.organisation


def test_nothing_waits_once_all_is_sent(desk: Desk) -> None:
    desk.presenter.show(SENT, ())
    assert desk.page.text().waiting == ("Nothing: the hub has everything.",)
    assert desk.page.text().problems == ()


def test_other_tills_stand_with_their_age(desk: Desk) -> None:
    desk.presenter.show(SENT, PEERS)
    assert desk.page.text().peers == ("till 2, 3 min ago", "till 3, not heard of yet")
    desk.presenter.show(SENT, ())
    assert desk.page.text().peers == ("No other till at this stand.",)


def test_ages_go_on_without_news_and_are_painted_only_when_they_change(desk: Desk) -> None:
    desk.presenter.show(SENT, PEERS)
    painted = len(desk.page.shown)
    desk.presenter.tick()
    assert len(desk.page.shown) == painted
    desk.at += timedelta(seconds=1)
    desk.presenter.tick()
    assert "13 s ago" in desk.page.text().sentence


def test_send_now_tries_at_once_also_where_only_a_person_can_want_that(desk: Desk) -> None:
    desk.presenter.show(APART, ())
    desk.presenter.send()
    assert desk.sent == 1
    desk.presenter.show(REVOKED, ())
    assert desk.page.text().problems
    desk.presenter.send()
    assert desk.sent == 2


def test_a_fork_says_from_where_and_a_new_journal_is_asked_about_twice(desk: Desk) -> None:
    desk.presenter.show(FORKED, ())
    assert "entry 1234" in desk.page.text().problems[0].replace(",", "")
    assert any("12 entries" in problem for problem in desk.page.text().problems)
    assert desk.page.text().can_go_on
    desk.presenter.new_journal()
    assert desk.begun == 0
    assert desk.page.sure
    desk.presenter.new_journal()
    assert (desk.begun, desk.page.sure) == (1, "")


def test_what_head_office_has_to_explain_is_said_once_the_catalogue_is_here(desk: Desk) -> None:
    """Before, most of it explains itself."""
    desk.presenter.show(replace(UNEXPLAINED, is_arriving=True), ())
    assert desk.page.text().problems == ()
    desk.presenter.show(UNEXPLAINED, ())
    (said,) = desk.page.text().problems
    assert "12 items of this till" in said
    assert desk.page.text().shape == "good", "nobody at the till can do anything about it"


def test_who_leaves_the_page_has_not_said_yes(desk: Desk) -> None:
    desk.presenter.show(FORKED, ())
    desk.presenter.new_journal()
    desk.presenter.leave()
    assert desk.page.sure == ""
    desk.presenter.new_journal()
    assert desk.begun == 0


def test_no_new_journal_begins_without_a_fork(desk: Desk) -> None:
    desk.presenter.show(SENT, ())
    for _ in range(3):
        desk.presenter.new_journal()
    assert (desk.begun, desk.page.sure) == (0, "")

"""A question that must not stay open: asked until the disk answers, and answered once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pos.errors import StorageUnavailable
from pos.reports.question import Question
from pos.reports.sales import UnreadTenders
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.payment.asked_until import AskedUntilAnswered


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def asked(answers: TillThatAnswers, heard: list[str]) -> AskedUntilAnswered[int]:
    answers.waits = True
    asked = AskedUntilAnswered(answers, UnreadTenders())
    asked.answered = lambda: heard.append("answered")
    asked.failed = lambda: heard.append("failed")
    return asked


def test_it_is_asked_again_after_a_failure_and_answered_once(
    answers: TillThatAnswers,
    asked: AskedUntilAnswered[int],
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_question: object) -> Any:
        raise StorageUnavailable(reason="SQLITE_IOERR_READ")

    with monkeypatch.context() as bad_disk:
        bad_disk.setattr(answers.till, "ask", fail)
        asked.ask()
        answers.answer()
    assert (heard, asked.is_answered) == (["failed"], False)
    for _ in range(2):  # while the answer is on its way
        asked.ask()
    answers.answer()
    asked.ask()
    answers.answer()
    assert (heard, asked.is_answered, asked.answer) == (["failed", "answered"], True, 0)


class TillWithABug:
    """Settles a question that came to nothing: the crash handler has heard of it."""

    def execute(self, command: object, **_replies: object) -> None:
        raise AssertionError(command)

    def ask(
        self,
        _question: Question[Any],
        *,
        done: Callable[[Any], None],
        troubled: Callable[[Any], None] | None = None,
        settled: Callable[[], None] | None = None,
    ) -> None:
        assert settled is not None
        settled()


def test_a_mistake_of_ours_keeps_nobody_from_selling() -> None:
    """It would come again each time."""
    asked = AskedUntilAnswered(TillWithABug(), UnreadTenders())
    asked.ask()
    assert (asked.is_answered, asked.answer) == (True, None)

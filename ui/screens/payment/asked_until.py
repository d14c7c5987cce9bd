"""A question that is asked again until the disk answers it. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from pos.errors import Incompatible, Unavailable
from pos.reports.question import Question
from ui.screens.till_access import TillAccess

AnswerT = TypeVar("AnswerT")


class AskedUntilAnswered(Generic[AnswerT]):
    """Asks; where the disk does not answer, whoever hears `failed` has it asked again."""

    def __init__(self, till: TillAccess, question: Question[AnswerT]) -> None:
        self._till = till
        self._question = question
        self._is_asking = False
        self.is_answered = False
        self.answer: AnswerT | None = None
        self.answered: Callable[[], None] = lambda: None
        self.failed: Callable[[], None] = lambda: None

    def ask(self) -> None:
        """Ask, unless the answer is here or on its way."""
        if self.is_answered or self._is_asking:
            return
        self._is_asking = True
        self._till.ask(
            self._question, done=self._answer, troubled=self._troubled, settled=self._settled
        )

    def _answer(self, answer: AnswerT) -> None:
        self.answer = answer
        self._end()

    def _troubled(self, _trouble: Unavailable | Incompatible) -> None:
        self._is_asking = False
        self.failed()

    def _settled(self) -> None:
        if self._is_asking:  # a mistake of ours, which the crash handler tells: it would come again
            self._end()

    def _end(self) -> None:
        self._is_asking, self.is_answered = False, True
        self.answered()

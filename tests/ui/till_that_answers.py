"""A till for presenters: a real one that answers at once, or when the test lets it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from pos.commands import Command
from pos.errors import Incompatible, Refused, Unavailable
from pos.reports.question import Question
from pos.till import Till

AnswerT = TypeVar("AnswerT")
CommandT = TypeVar("CommandT", bound=Command)


class TillThatAnswers:
    """Gives presenters what `TillBridge` gives them, on the thread of the test.

    `waits` keeps answers back until `answer`; `trouble` is what the disk says to a command instead
    of working, `unread` to a question.
    """

    def __init__(self, till: Till) -> None:
        self.till = till
        self.commands: list[Command] = []
        self.troubles: list[Unavailable | Incompatible] = []
        self.trouble: Unavailable | Incompatible | None = None
        self.unread: Unavailable | Incompatible | None = None
        self.has_bug = False  # a command comes to nothing, and the crash handler hears of it
        self.waits = False
        self._waiting: deque[Callable[[], None]] = deque()

    def execute(
        self,
        command: Command,
        *,
        done: Callable[[Any], None],
        refused: Callable[[Refused], None],
        settled: Callable[[], None] | None = None,
        troubled: Callable[[Unavailable | Incompatible], None] | None = None,
    ) -> None:
        self.commands.append(command)
        if self.has_bug:
            (settled or _nothing)()
            return

        def run() -> Any:
            if self.trouble is not None:
                raise self.trouble
            return self.till.execute(command)

        self._answer_with(run, done, refused, settled or _nothing, troubled or _unheard)

    def ask(
        self,
        question: Question[AnswerT],
        *,
        done: Callable[[AnswerT], None],
        troubled: Callable[[Unavailable | Incompatible], None] | None = None,
        settled: Callable[[], None] | None = None,
    ) -> None:
        def run() -> AnswerT:
            if self.unread is not None:
                raise self.unread
            return self.till.ask(question)

        self._answer_with(run, done, _never, settled or _nothing, troubled or _unheard)

    def answer(self) -> None:
        """Let everything that was asked so far be answered, in order."""
        for _ in range(len(self._waiting)):
            self._waiting.popleft()()

    def asked(self, kind: type[CommandT]) -> list[CommandT]:
        """Return the commands of one kind that came."""
        return [command for command in self.commands if isinstance(command, kind)]

    def _answer_with(
        self,
        run: Callable[[], Any],
        done: Callable[[Any], None],
        refused: Callable[[Refused], None],
        settled: Callable[[], None],
        troubled: Callable[[Unavailable | Incompatible], None],
    ) -> None:
        def deliver() -> None:
            try:
                answer = run()
            except Refused as refusal:
                refused(refusal)
            except (Unavailable, Incompatible) as trouble:
                self.troubles.append(trouble)
                troubled(trouble)
            else:
                done(answer)
            settled()

        if self.waits:
            self._waiting.append(deliver)
        else:
            deliver()


def _nothing() -> None:
    pass


def _unheard(_trouble: Unavailable | Incompatible) -> None:
    pass


def _never(refusal: Refused) -> None:
    raise AssertionError(f"questions are not refused: {refusal}")

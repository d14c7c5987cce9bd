"""What presenters need of the till: `TillBridge` gives it, tests fake it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from pos.commands import Command
from pos.errors import Incompatible, Refused, Unavailable
from pos.reports.question import Question

AnswerT = TypeVar("AnswerT")


class TillAccess(Protocol):
    """Commands and questions, answered later on the same thread."""

    def execute(
        self,
        command: Command,
        *,
        done: Callable[[Any], None],
        refused: Callable[[Refused], None],
        settled: Callable[[], None] | None = None,
        troubled: Callable[[Unavailable | Incompatible], None] | None = None,
    ) -> None:
        """Run a command; at most one of `done`, `refused` and `troubled`, then `settled`."""
        ...

    def ask(
        self,
        question: Question[AnswerT],
        *,
        done: Callable[[AnswerT], None],
        troubled: Callable[[Unavailable | Incompatible], None] | None = None,
        settled: Callable[[], None] | None = None,
    ) -> None:
        """Ask a question; at most one of `done` and `troubled`, then `settled`."""
        ...

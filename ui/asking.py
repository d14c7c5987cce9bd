"""Questions that must not stay open: somebody hears of it whatever becomes of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pos.errors import PosError
from pos.reports.question import Question
from ui.bridge import TillBridge

AnswerT = TypeVar("AnswerT")


def ask(
    bridge: TillBridge,
    question: Question[AnswerT],
    *,
    done: Callable[[AnswerT], None],
    failed: Callable[[PosError | None], None],
) -> None:
    """Ask; unless `done` comes to its end, `failed` hears what stopped it: None for a bug."""
    why: list[PosError] = []
    is_done = False

    def use(answer: AnswerT) -> None:
        nonlocal is_done
        done(answer)
        is_done = True

    def settle() -> None:
        if not is_done:
            failed(why[0] if why else None)

    bridge.ask(question, done=use, troubled=why.append, settled=settle)

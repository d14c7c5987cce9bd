"""What may be asked: a question names the type of its answer."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

AnswerT = TypeVar("AnswerT")


class Question(msgspec.Struct, Generic[AnswerT], frozen=True, kw_only=True):
    """Something a screen wants to know; its answer is frozen and made for that screen."""

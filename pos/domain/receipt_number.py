"""The number of a receipt, as it is printed."""

from __future__ import annotations

from pos.domain.facts import JournalOpened

TRAINING_MARK = "TEST-"
"""Codes of stands and tills have no dash, so that no live number can begin with it."""


def receipt_number(opened: JournalOpened, number: int) -> str:
    """Return `GS-1-2-000123`: stand, till, journal of that till, number in it.

    One of training has a mark in front: it cannot be taken for a live one (fiscal.md R20).
    """
    mark = TRAINING_MARK if opened.mode == "training" else ""
    return mark + unmarked_number(opened, number)


def unmarked_number(opened: JournalOpened, number: int) -> str:
    """Return a number without the mark of training, as version 0.1.0 gave them to all."""
    identity = opened.identity
    return f"{identity.stand}-{identity.till}-{opened.ordinal}-{number:06d}"

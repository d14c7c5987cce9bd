"""Where a till's counters stand."""

from __future__ import annotations

import msgspec

from pos.domain.facts import JournalOpened


class Counters(msgspec.Struct, frozen=True, array_like=True):
    """The last receipt's number and the perpetual totals after it."""

    number: int = 0
    perpetual_net_minor: int = 0
    perpetual_absolute_minor: int = 0


def first_counters(opened: JournalOpened) -> Counters:
    """Return where a journal's counters stand before its first sale.

    Numbers begin again, under another ordinal; the perpetual totals never do (fiscal.md R24).
    """
    if (previous := opened.previous) is None:
        return Counters()
    return Counters(
        perpetual_net_minor=previous.perpetual_net_minor,
        perpetual_absolute_minor=previous.perpetual_absolute_minor,
    )

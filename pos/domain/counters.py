"""Where a till's counters stand."""

from __future__ import annotations

import msgspec


class Counters(msgspec.Struct, frozen=True, array_like=True):
    """The last receipt's number and the perpetual totals after it; zeros before the first sale."""

    number: int = 0
    perpetual_net_minor: int = 0
    perpetual_absolute_minor: int = 0

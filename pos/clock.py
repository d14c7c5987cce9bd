"""The time: given from outside, so that a test can move it.

The till's clock may be wrong; order comes from an entry's number, never from here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Now = Callable[[], datetime]
"""Returns the current moment in UTC."""


def utc_now() -> datetime:
    """Return the machine's idea of the current moment, in UTC."""
    return datetime.now(UTC)


def utc_text(moment: datetime) -> str:
    """Return `2026-11-21T14:02:11.123456Z`, which sorts as it reads."""
    assert moment.tzinfo is not None, "a moment without a zone is a bug"
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_utc_text(text: str) -> datetime:
    """Read back what `utc_text` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def business_date(moment: datetime, zone: tzinfo, day_starts_at: time) -> date:
    """Return the trading day a moment belongs to: a festival's night is the evening before."""
    local = moment.astimezone(zone)
    if local.time() < day_starts_at:
        return local.date() - timedelta(days=1)
    return local.date()

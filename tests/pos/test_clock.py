from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.clock import business_date, from_utc_text, utc_now, utc_text

PARIS = ZoneInfo("Europe/Paris")
FIVE = time(5)

moments = st.integers(0, 32_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=seconds % 10**6)
)


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-07-18T15:02:00", date(2026, 7, 18)),
        ("2026-07-18T23:59:59", date(2026, 7, 18)),
        ("2026-07-19T01:30:00", date(2026, 7, 18)),  # the night belongs to the evening before
        ("2026-07-19T04:59:59", date(2026, 7, 18)),
        ("2026-07-19T05:00:00", date(2026, 7, 19)),
        ("2027-01-01T00:30:00", date(2026, 12, 31)),
    ],
)
def test_a_night_belongs_to_the_evening_before(local: str, day: date) -> None:
    moment = datetime.fromisoformat(local).replace(tzinfo=PARIS)
    assert business_date(moment, PARIS, FIVE) == day
    assert business_date(moment.astimezone(UTC), PARIS, FIVE) == day


def test_the_short_night_of_march_is_one_night() -> None:
    """On 29 March 2026 two o'clock does not happen in Paris."""
    before = datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)
    after = datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC)
    assert (before.astimezone(PARIS).hour, after.astimezone(PARIS).hour) == (1, 3)
    assert business_date(before, PARIS, FIVE) == business_date(after, PARIS, FIVE)
    assert business_date(before, PARIS, FIVE) == date(2026, 3, 28)
    three = time(3)  # a stand whose day starts in the hour that is missing
    assert business_date(before, PARIS, three) == date(2026, 3, 28)
    assert business_date(after, PARIS, three) == date(2026, 3, 29)


def test_the_long_night_of_october_is_one_night() -> None:
    """On 25 October 2026 two o'clock happens twice in Paris."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert first.astimezone(PARIS).time() == second.astimezone(PARIS).time() == time(2, 30)
    assert business_date(first, PARIS, FIVE) == date(2026, 10, 24)
    assert business_date(second, PARIS, FIVE) == date(2026, 10, 24)
    assert business_date(datetime(2026, 10, 25, 4, tzinfo=UTC), PARIS, FIVE) == date(2026, 10, 25)


@given(moments)
def test_a_day_from_midnight_is_the_calendars(moment: datetime) -> None:
    assert business_date(moment, PARIS, time(0)) == moment.astimezone(PARIS).date()


@given(moments, moments)
def test_moments_as_text_sort_as_they_follow_each_other(one: datetime, other: datetime) -> None:
    assert (utc_text(one) < utc_text(other)) == (one < other)


@given(moments, st.integers(-14, 14))
def test_a_moment_comes_back_from_its_text(moment: datetime, offset_hours: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=offset_hours)))
    assert from_utc_text(utc_text(elsewhere)) == moment


def test_a_moment_without_a_zone_is_our_mistake() -> None:
    with pytest.raises(AssertionError):
        utc_text(datetime.fromisoformat("2026-07-18T15:02:00"))


def test_the_machines_time_is_in_utc() -> None:
    assert utc_now().tzinfo is UTC

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.backoff import FIRST_WAIT_MAX_S, WAIT_MAX_S, Backoff


class Always(random.Random):
    """Draws the same part of every range."""

    def __init__(self, part: float) -> None:
        super().__init__()
        self._part = part

    def random(self) -> float:
        return self._part


def test_waits_double_up_to_the_cap_and_begin_anew_after_a_success() -> None:
    backoff = Backoff(Always(1.0), first_max_s=2, wait_max_s=10)
    assert [backoff.failed() for _ in range(5)] == [2, 4, 8, 10, 10]
    backoff.succeeded()
    assert backoff.failed() == 2


def test_a_till_that_was_alone_for_years_still_waits_no_longer_than_the_cap() -> None:
    backoff = Backoff(Always(1.0))
    assert max(backoff.failed() for _ in range(5_000)) == WAIT_MAX_S


@given(st.integers(), st.integers(1, 50))
def test_any_part_of_the_limit_may_come(seed: int, failures: int) -> None:
    backoff = Backoff(random.Random(seed))
    waits = [backoff.failed() for _ in range(failures)]
    limits = [min(WAIT_MAX_S, FIRST_WAIT_MAX_S * 2**n) for n in range(failures)]
    assert all(0 <= wait <= limit for wait, limit in zip(waits, limits, strict=True))


def test_three_hundred_tills_do_not_come_back_at_once() -> None:
    """Half of a crowd that failed five times comes in the first half of the time, not at once."""
    waits = []
    for seed in range(300):
        backoff = Backoff(random.Random(seed))
        waits.append([backoff.failed() for _ in range(5)][-1])
    assert sum(waits) / len(waits) == pytest.approx(8, rel=0.1)
    assert min(waits) < 0.5
    assert max(waits) > 15.5

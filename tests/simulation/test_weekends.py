"""Whatever happens to the network, the power, the disks and the people: all of it arrives, once.

A seed that fails says how to see it alone.  `python -m tests.simulation 0:300` says how fast it is.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from tests.conftest import SECONDS, SEEDS_RUN
from tests.simulation.checks import check
from tests.simulation.world import World

SEEDS = 300
SEEDS_OF_SOAK = 10_000
BLOCKS = 5  # large enough for everything to happen in each

FAILED = {
    "the hub went on under the old name of its feed and was past a till before it asked": 77,
    "nobody was ahead of a hub that was put back by hand": 107,
    "a till was put back to a day on which it did not know its own journal": 232,
    "a till wanted more steps for a snapshot of many small parts than it was given": 283,
    "a restored hub forgot whose a journal is, and its till was put back to before it began": 986,
    "the same, where the journal went on from one that is known": 5557,
}
"""Every seed that ever failed, and what it showed."""

HAPPENINGS = (
    *("lost before", "lost after", "late", "doubled", "damaged request", "damaged answer"),
    *("hub killed", "till killed", "disk restored", "cloned", "opened anew", "hub restored"),
    *("intruded", "Accepted", "Gap", "Forked", "FeedPage", "SnapshotOffer", "gone forgotten"),
    *("till killed at work", "operator forgot", "till updated"),
)


def live_through(seeds: Iterable[int]) -> Counter[str]:
    """Run seeds and return what happened in them."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        try:
            world = World(seed)
            world.run()
            check(world)
        except Exception as error:  # whatever it was, its seed finds it again
            error.add_note(f"seed {seed}: python -m tests.simulation {seed}")
            raise
        counts += world.counts
    return counts


@pytest.mark.parametrize("block", range(BLOCKS))
def test_all_that_tills_record_arrives_once_and_every_fork_is_found(
    block: int, record_property: Callable[[str, object], None]
) -> None:
    seeds = range(block, SEEDS, BLOCKS)
    start = time.perf_counter()
    counts = live_through(seeds)
    record_property(SEEDS_RUN, len(seeds))
    record_property(SECONDS, time.perf_counter() - start)
    assert not set(HAPPENINGS) - set(counts), "all of it happened"


@pytest.mark.parametrize("what", FAILED)
def test_what_once_went_wrong_does_not_any_more(what: str) -> None:
    live_through([FAILED[what]])


@pytest.mark.soak
@pytest.mark.parametrize("block", range(100))
def test_ten_thousand_weekends(block: int) -> None:
    live_through(range(SEEDS + block, SEEDS + SEEDS_OF_SOAK, 100))

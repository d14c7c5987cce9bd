"""Run seeds by hand: `python -m tests.simulation 17` tells what happens, `0:300` how fast it is."""

from __future__ import annotations

import sys
import time
from collections import Counter

from tests.simulation.checks import check
from tests.simulation.world import World


def main(which: str) -> None:
    first, _, end = which.partition(":")
    seeds = range(int(first), int(end or int(first) + 1))
    counts: Counter[str] = Counter()
    start = time.perf_counter()
    for seed in seeds:
        world = World(seed, print) if len(seeds) == 1 else World(seed)
        try:
            world.run()
            check(world)
        except BaseException:  # whatever it was, also when it is stopped: the seed finds it again
            sys.stderr.write(f"seed {seed}: python -m tests.simulation {seed}\n")
            raise
        counts += world.counts
    took_s = time.perf_counter() - start
    sys.stdout.write(f"{len(seeds)} seeds, {len(seeds) / took_s:.1f} seeds/s, {dict(counts)}\n")


if __name__ == "__main__":
    main(sys.argv[1])

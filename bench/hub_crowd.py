"""Three hundred tills come back after a day offline, all at once: `python -m bench.hub_crowd`.

Each has 2 000 entries to send, prepared and signed.  What counts is when a till has its last one
acknowledged, from the moment on which the network is there for all of them.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence

from bench.figures import Figure, noise, number, percentile, table
from bench.hub_journals import ENTRIES, prepare
from bench.hub_load import Result, Task, run
from bench.hub_server import hub_place, serving, set_up

TILLS = 300
SENDERS = 2
ALL_S = 60
FAIR = 3


def come_back(tills: int, entries: int) -> Sequence[Result]:
    """Let all tills send at once."""
    with hub_place() as place:
        set_up(place, journals=tills)
        with serving(place) as (server,):
            cuts = [tills * at // SENDERS for at in range(SENDERS + 1)]
            return run(
                *(
                    Task(ports=(server.port,), first=cuts[at], end=cuts[at + 1], entries=entries)
                    for at in range(SENDERS)
                )
            )


def figures(runs: int = 1, tills: int = TILLS, entries: int = ENTRIES) -> list[Figure]:
    """Measure; one run takes half a minute and six hundred thousand entries."""
    prepare(tills, entries)
    slowest, fair, medians, busy, batches = [], [], [], 0, []
    for _ in range(runs):
        results = come_back(tills, entries)
        begun = min(result.begun for result in results)
        done = [moment - begun for result in results for moment in result.done]
        slowest.append(max(done))
        medians.append(statistics.median(done))
        fair.append(max(done) / statistics.median(done))
        busy += sum(result.busy for result in results)
        batches += [took for result in results for took in result.batches_s]
    rate = tills * entries / statistics.median(slowest)
    return [
        Figure(
            f"{tills} tills × {entries} entries at once: all acknowledged",
            tuple(slowest),
            ALL_S,
            "s",
            beside=f"{number(rate)} entries/s; tills were asked to come later {busy} times",
        ),
        Figure(
            "the slowest of them beside the median",
            tuple(fair),
            FAIR,
            "×",
            beside=f"median {number(statistics.median(medians))} s; a batch p50–p99"
            f" {noise([percentile(batches, 0.5), percentile(batches, 0.99)])} s",
        ),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_crowd")
    parser.add_argument("--quick", action="store_true", help="forty tills with 400 entries")
    quick = parser.parse_args().quick
    rows = figures(tills=40, entries=400) if quick else figures()
    print(table("Everybody comes back at once", rows))


if __name__ == "__main__":
    main()

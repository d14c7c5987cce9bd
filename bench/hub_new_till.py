"""From the code of an enrolment to the first sale: `python -m bench.hub_new_till`.

A real till enrols at a real hub, founds its journal, takes the whole catalogue in, finds its last
barcode and sells that.  The first till after an import waits until the hub has made the snapshot;
those after it get the same one.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence

import msgspec

from bench.figures import Figure, number, table
from bench.hub_server import hub_place, invitations, serving, set_up
from bench.hub_till import EnrolledTill
from bench.stand import SIZES, barcode
from sync.status import SyncStatus

RUNS = 3
LARGE, SMALL = 50_000, 5_000
LARGE_S, SMALL_S = 10, 5


class Took(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds since the till was given its code."""

    enrolled: float
    catalogue: float
    sold: float


def is_current(status: SyncStatus) -> bool:
    """Say whether a till has taken in all that the hub tells."""
    return 0 < status.head == status.position and not status.is_arriving


def join(variants: int, tills: int) -> list[Took]:
    """Let tills join a new hub, one after the other."""
    took = []
    with hub_place() as place:
        set_up(place, journals=0, variants=variants)
        with serving(place):
            for at, invitation in enumerate(invitations(place, tills)):
                begun = time.monotonic()
                till = EnrolledTill(place.data / f"till-{at}", invitation)
                till.start()
                enrolled = time.monotonic()
                till.wait_until(is_current)
                current = time.monotonic()
                till.sell(barcode(variants // len(SIZES) * len(SIZES) - 1))
                sold = time.monotonic()
                till.close()
                took.append(
                    Took(enrolled=enrolled - begun, catalogue=current - begun, sold=sold - begun)
                )
    return took


def figure(variants: int, target_s: int, runs: int) -> Figure:
    """Measure tills that join a hub with so many variants, two after the other in each run."""
    pairs = [join(variants, 2) for _ in range(runs)]
    first: Sequence[Took] = [pair[0] for pair in pairs]
    second = [pair[1].sold for pair in pairs]
    enrolled = statistics.median(one.enrolled for one in first)
    return Figure(
        f"new till, {variants} variants: code → first sale recorded",
        tuple(one.sold for one in first),
        target_s,
        "s",
        beside=f"enrolled and founded {number(enrolled)} s; the next till, for which the snapshot"
        f" is there, {number(statistics.median(second))} s",
    )


def figures(runs: int = RUNS) -> list[Figure]:
    """Measure both sizes."""
    return [figure(LARGE, LARGE_S, runs), figure(SMALL, SMALL_S, runs)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_new_till")
    parser.add_argument("--quick", action="store_true", help="one run with 5 000 variants")
    quick = parser.parse_args().quick
    print(table("A till joins", [figure(SMALL, SMALL_S, 1)] if quick else figures()))


if __name__ == "__main__":
    main()

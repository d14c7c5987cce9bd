"""Where the time of taking entries in goes, without a network: `python -m bench.hub_stages`.

The same work as `bench.hub_ingest` beside its HTTP, stage by stage on one thread: its processor
time, and for the last stage also how long the disk is waited for.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from itertools import pairwise

from bench.hub_journals import ENTRIES, load, prepare
from bench.hub_server import hub_place, set_up
from pos.clock import utc_now
from sync.hub.ingest import examine, take_in
from sync.hub.store.database import HubDatabase
from sync.hub.store.journals import SqlJournals
from sync.packing import opened
from sync.protocol import MESSAGE_BYTES_MAX, decode_batch

RUNS = 5
JOURNALS = 10
STAGES = (
    "decompress",
    "read the batch, its digest",
    "read and hash each entry",
    "begin, find the journal",
    "check chain and signature, insert",
    "commit",
    "commit: waiting for the disk",
)


def one_run(journals: int) -> list[float]:
    """Return microseconds an entry, stage by stage."""
    took = [0.0] * len(STAGES)
    with hub_place() as place:
        set_up(place, journals=journals)
        database = HubDatabase.open(place.database)
        store = SqlJournals(database, utc_now)
        for prepared in map(load, range(journals)):
            for body in prepared.batches:
                at = [time.thread_time()]
                message = opened(body, bytes_max=MESSAGE_BYTES_MAX)
                at.append(time.thread_time())
                batch = decode_batch(message)
                at.append(time.thread_time())
                examined = examine(prepared.journal_id, batch)
                at.append(time.thread_time())
                with store.work(prepared.journal_id) as work:
                    at.append(time.thread_time())
                    take_in(work, examined)
                    at.append(time.thread_time())
                    waited = time.monotonic()
                at.append(time.thread_time())
                waited = time.monotonic() - waited - (at[-1] - at[-2])
                steps = [after - before for before, after in pairwise(at)]
                took = [one + more for one, more in zip(took, [*steps, waited], strict=True)]
        database.close()
    return [one / (journals * ENTRIES) * 1e6 for one in took]


def rows(runs: Sequence[Sequence[float]]) -> list[str]:
    """Return the table's rows, each a stage over all runs, and their sum."""
    stages = [*zip(*runs, strict=True), tuple(sum(run[:-1]) for run in runs)]
    return [
        f"| {name} | {statistics.median(each):.1f} | {min(each):.1f}–{max(each):.1f} |"
        for name, each in zip((*STAGES, "**processor, together**"), stages, strict=True)
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_stages")
    parser.add_argument("--quick", action="store_true", help="one run")
    quick = parser.parse_args().quick
    prepare(JOURNALS)
    runs = [one_run(JOURNALS) for _ in range(1 if quick else RUNS)]
    print("### Taking an entry in, stage by stage, µs an entry\n")
    print("| stage | median | min–max |", "|---|---|---|", *rows(runs), "", sep="\n")


if __name__ == "__main__":
    main()

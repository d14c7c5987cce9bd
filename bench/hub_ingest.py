"""How fast a hub takes entries in: `python -m bench.hub_ingest`.

Eight tills at once send what they have to one `echoppe-hub serve` with its SQLite file, in batches
of 200, 400, 800 and 1 000 entries as a till that catches up does;
every batch is decompressed, its chain and last signature checked, and durable when it is
acknowledged.  Beside it the same without TLS, and the same work without HTTP in one process.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence

from bench.figures import Figure, number, percentile, table
from bench.hub_journals import ENTRIES, load, prepare
from bench.hub_load import Result, Task, entries_per_s, run
from bench.hub_server import hub_place, serving, set_up
from pos.clock import utc_now
from sync.hub.ingest import accept
from sync.hub.store.database import HubDatabase
from sync.hub.store.journals import SqlJournals
from sync.packing import opened
from sync.protocol import MESSAGE_BYTES_MAX, Accepted, decode_batch

RUNS = 3
JOURNALS = 50
AT_ONCE = 8
TARGET = 20_000


def over_http(journals: int, *, is_tls: bool) -> tuple[float, Sequence[Result], float]:
    """Return entries a second, what the tills measured, and the hub's processor time."""
    with hub_place() as place:
        set_up(place, journals=journals)
        with serving(place, is_tls=is_tls) as (server,):
            before = server.processor_s()
            results = run(
                Task(ports=(server.port,), first=0, end=journals, at_once=AT_ONCE, is_tls=is_tls)
            )
            took = server.processor_s() - before
    return entries_per_s(results, journals * ENTRIES), results, took


def without_http(journals: int) -> float:
    """Return entries a second of the same work on the same bytes, without a network."""
    with hub_place() as place:
        set_up(place, journals=journals)
        database = HubDatabase.open(place.database)
        store = SqlJournals(database, utc_now)
        prepared = [load(one) for one in range(journals)]
        begun = time.monotonic()
        for one in prepared:
            for body in one.batches:
                batch = decode_batch(opened(body, bytes_max=MESSAGE_BYTES_MAX))
                with store.work(one.journal_id) as work:
                    answer = accept(work, batch)
                assert isinstance(answer, Accepted)
        took = time.monotonic() - begun
        database.close()
    return journals * ENTRIES / took


def figures(runs: int = RUNS, journals: int = JOURNALS) -> list[Figure]:
    """Measure, one kind after the other in each run."""
    prepare(journals)
    tls, clear, bare, slow, busy = [], [], [], [], []
    for _ in range(runs):
        rate, results, took = over_http(journals, is_tls=True)
        tls.append(rate)
        busy.append(took * rate / (journals * ENTRIES) * 100)
        slow.append(percentile([one for result in results for one in result.batches_s], 0.99) * 1e3)
        clear.append(over_http(journals, is_tls=False)[0])
        bare.append(without_http(journals))
    middle = statistics.median(bare)
    share = tuple(100 * (1 - one / other) for one, other in zip(tls, bare, strict=True))
    tls_share = statistics.median(
        100 * (1 - one / other) for one, other in zip(tls, clear, strict=True)
    )
    return [
        Figure(
            f"ingest over HTTPS, SQLite, {AT_ONCE} tills at once",
            tuple(tls),
            TARGET,
            "entries/s",
            beside=f"without HTTP, one after the other: {number(middle)} entries/s",
            ratio=statistics.median(tls) / middle,
            is_at_least=True,
        ),
        Figure(
            "share of time in HTTP, TLS and everything else around the work itself",
            share,
            None,
            "%",
            beside=f"of which TLS {number(tls_share)} %: without it"
            f" {number(statistics.median(clear))} entries/s",
        ),
        Figure(
            "a batch of up to 1 000, sent → acknowledged, p99",
            tuple(slow),
            None,
            "ms",
            beside=f"the hub kept {number(statistics.median(busy))} % of one processor busy",
        ),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_ingest")
    parser.add_argument("--quick", action="store_true", help="one run of ten journals")
    quick = parser.parse_args().quick
    print(table("Taking entries in", figures(1, 10) if quick else figures()))


if __name__ == "__main__":
    main()

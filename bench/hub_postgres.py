"""Four hub processes over one PostgreSQL, beside raw inserts: `python -m bench.hub_postgres`.

Tills send prepared batches to four `echoppe-hub serve --database postgresql://…`.  Beside it four
processes insert the same rows in the same batches, each in one statement and one transaction, into
a table with the same columns and key: what the database alone can do.  It is a cluster of its own
that forces every commit to the disk, as at a festival.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise

import msgspec
import psycopg

from bench.figures import Figure, number, table
from bench.hub_journals import ENTRIES, load, prepare
from bench.hub_load import Task, entries_per_s, run
from bench.hub_server import hub_place, serving, set_up
from pos.codec import decode_body, digest_of
from sync.packing import opened
from sync.protocol import MESSAGE_BYTES_MAX, decode_batch
from tests.postgres import Cluster, running_cluster

RUNS = 3
JOURNALS = 48
PROCESSES = 4
AT_ONCE = 4  # of each process that sends
SENDERS = 2
TARGET = 0.5

Values = list[tuple[int, int, bytes, bytes, bytes, str, str]]


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """What one process that only inserts is to do."""

    url: str
    first: int
    end: int


def hub_rate(cluster: Cluster, journals: int) -> float:
    """Return entries a second through four hubs."""
    url = cluster.new_database()
    with hub_place(url) as place:
        set_up(place, journals=journals)
        with serving(place, processes=PROCESSES) as servers:
            ports = tuple(server.port for server in servers)
            cuts = [journals * at // SENDERS for at in range(SENDERS + 1)]
            results = run(
                *(
                    Task(ports=ports, first=first, end=end, at_once=AT_ONCE)
                    for first, end in pairwise(cuts)
                )
            )
    cluster.drop(url)
    return entries_per_s(results, journals * ENTRIES)


def raw_rate(cluster: Cluster, journals: int) -> float:
    """Return rows a second that four processes insert."""
    url = cluster.new_database()
    with psycopg.connect(url) as connection:
        connection.execute(
            "CREATE TABLE entry (journal bigint, seq bigint, body bytea NOT NULL,"
            " digest bytea NOT NULL, signature bytea NOT NULL, kind text NOT NULL,"
            " problem text NOT NULL, PRIMARY KEY (journal, seq))"
        )
    cuts = [journals * at // PROCESSES for at in range(PROCESSES + 1)]
    running = []
    for first, end in pairwise(cuts):
        task = msgspec.json.encode(Raw(url=url, first=first, end=end)).decode()
        command = [sys.executable, "-m", "bench.hub_postgres", "--raw", task]
        running.append(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    begun = time.monotonic()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    ended = max(float(one.communicate()[0]) for one in running)
    cluster.drop(url)
    return journals * ENTRIES / (ended - begun)


def _insert(task: Raw) -> None:
    """Insert prepared rows, and print when it was over."""
    batches = [list(_rows(journal)) for journal in range(task.first, task.end)]
    with psycopg.connect(task.url) as connection:
        print("ready", flush=True)
        sys.stdin.readline()
        for of_journal in batches:
            for rows in of_journal:
                places = ",".join(["(%s,%s,%s,%s,%s,%s,%s)"] * len(rows))
                values = [value for row in rows for value in row]
                connection.execute(f"INSERT INTO entry VALUES {places}", values, binary=True)  # noqa: S608 -- placeholders
                connection.commit()
    print(time.monotonic())


def _rows(journal: int) -> Iterator[Values]:
    for body in load(journal).batches:
        batch = decode_batch(opened(body, bytes_max=MESSAGE_BYTES_MAX))
        yield [
            (
                journal,
                batch.first_seq + at,
                entry.body,
                bytes.fromhex(digest_of(entry.body)),
                entry.signature,
                decode_body(entry.body).kind,
                "",
            )
            for at, entry in enumerate(batch.entries)
        ]


def figures(runs: int = RUNS, journals: int = JOURNALS) -> list[Figure]:
    """Measure the two beside each other in each run."""
    prepare(journals)
    hub, raw = [], []
    with running_cluster(durable=True) as cluster:
        for _ in range(runs):
            hub.append(hub_rate(cluster, journals))
            raw.append(raw_rate(cluster, journals))
    return [
        Figure(
            f"ingest over HTTPS, PostgreSQL, {PROCESSES} processes, beside raw inserts of the same",
            tuple(one / other for one, other in zip(hub, raw, strict=True)),
            TARGET,
            "×",
            beside=f"{number(statistics.median(hub))} entries/s through the hubs, raw"
            f" {number(statistics.median(raw))} rows/s, {PROCESSES} processes, a batch a statement",
            is_at_least=True,
        )
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_postgres")
    parser.add_argument("--quick", action="store_true", help="one run of eight journals")
    parser.add_argument("--raw", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.raw:
        _insert(msgspec.json.decode(options.raw, type=Raw))
        return
    rows = figures(1, 8) if options.quick else figures()
    print(table("Several processes over one PostgreSQL", rows))


if __name__ == "__main__":
    main()

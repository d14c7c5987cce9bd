"""Ingest into a hub that has much already: `python -m bench.hub_grown [--entries 10000000]`.

The same journals are sent to an empty hub and to one with a million entries of other journals,
taken in and understood.  Both are measured in turn, in each run.  A million entries take some
minutes to write, once; they stay in `build/bench/hub`.

More than a million are copies of that million under other numbers, as rows of the same tables.
They are measured once and not kept: ten million take 25 GB.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure, number, table
from bench.hub_ingest import AT_ONCE
from bench.hub_journals import ENTRIES, Prepared, prepare, write
from bench.hub_load import Task, entries_per_s, run
from bench.hub_server import hub_place, serving, set_up
from bench.stand import ROOT
from sync.hub.hub import DATABASE_NAME, Hub, Place
from sync.hub.ingest import accept
from sync.hub.store.database import sqlite_module
from sync.hub.store.tables import entry, journal, journal_moved, sale, sale_line
from sync.packing import opened
from sync.protocol import MESSAGE_BYTES_MAX, Accepted, decode_batch

RUNS = 3
JOURNALS = 50
STORED = 1_000_000
FEW = 40_000
TARGET = 0.8


def grown(stored: int) -> Path:
    """Return a hub's folder with so many entries, taken in and understood; made if not there."""
    folder = (ROOT / "hub" / f"grown-{stored}").absolute()
    if (folder / "complete").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    if stored > STORED:
        shutil.copytree(grown(STORED), folder)
        (folder / "complete").unlink()
        multiply(folder / DATABASE_NAME, stored // STORED)
        (folder / "complete").touch()
        return folder
    folder.mkdir(parents=True)
    place = Place(data=folder)
    others = stored // ENTRIES
    set_up(place, journals=JOURNALS + others)
    hub = Hub.open(place)
    for number_ in range(JOURNALS, JOURNALS + others):
        _take_in(hub, write(number_, ENTRIES))
    while hub.step_jobs():
        pass
    hub.close()
    (folder / "complete").touch()
    return folder


def multiply(path: Path, times: int) -> None:
    """Let a hub have its journals so many times, under other numbers."""
    connection = sqlite_module().connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    (journals,) = connection.execute("SELECT max(number) FROM journal").fetchone()
    for time_ in range(1, times):
        connection.execute("BEGIN")
        for table_ in (journal, entry, sale, sale_line, journal_moved):
            number_ = "number" if table_ is journal else "journal"
            others = {number_: f"{number_} + {journals * time_}"} | {
                name: f"{name} || '-{time_}'" for name in ("journal_id", "sale_id")
            }
            names = [column.name for column in table_.columns]
            values = ", ".join(others.get(name, name) for name in names)
            connection.execute(
                f"INSERT INTO {table_.name} ({', '.join(names)})"  # noqa: S608 -- our own words
                f" SELECT {values} FROM {table_.name} WHERE {number_} <= {journals}"
            )
        connection.execute("COMMIT")
    connection.close()


def _take_in(hub: Hub, prepared: Prepared) -> None:
    """Let a hub have a journal without a network."""
    hub.claim(prepared.journal_id, till_id=prepared.till_id, mode="live")
    for body in prepared.batches:
        batch = decode_batch(opened(body, bytes_max=MESSAGE_BYTES_MAX))
        with hub.journals.work(prepared.journal_id) as work:
            answer = accept(work, batch)
        assert isinstance(answer, Accepted), answer


@contextmanager
def copy_of(folder: Path) -> Iterator[Place]:
    """Give a copy, so that each run begins at the same place."""
    with hub_place() as place:
        shutil.rmtree(place.data)
        shutil.copytree(folder, place.data)
        os.sync()  # or what is measured waits for the copy to reach the disk
        yield place


@contextmanager
def itself(folder: Path) -> Iterator[Place]:
    """Give what there is no room to copy, once."""
    yield Place(data=folder)
    shutil.rmtree(folder)


def rate(place: Place) -> float:
    """Return entries a second that a hub takes in, over HTTPS."""
    with serving(place) as (server,):
        results = run(Task(ports=(server.port,), first=0, end=JOURNALS, at_once=AT_ONCE))
    return entries_per_s(results, JOURNALS * ENTRIES)


def figures(runs: int = RUNS, stored: int = STORED) -> list[Figure]:
    """Measure both in turn; only once if there is no room for a copy."""
    prepare(JOURNALS)
    much = grown(stored)
    is_kept = stored <= STORED
    empty, full = [], []
    for _ in range(runs if is_kept else 1):
        with hub_place() as place:
            set_up(place, journals=JOURNALS)
            empty.append(rate(place))
        with (copy_of if is_kept else itself)(much) as place:
            full.append(rate(place))
    return [
        Figure(
            f"ingest with {stored} entries stored, beside none",
            tuple(one / other for one, other in zip(full, empty, strict=True)),
            TARGET,
            "×",
            beside=f"{number(statistics.median(full))} entries/s, with none"
            f" {number(statistics.median(empty))}",
            is_at_least=True,
        )
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_grown")
    parser.add_argument("--quick", action="store_true", help="one run beside forty thousand")
    parser.add_argument("--entries", type=int, default=STORED, help="how many are stored before")
    options = parser.parse_args()
    rows = figures(1, FEW) if options.quick else figures(stored=options.entries)
    print(table("As it grows", rows))


if __name__ == "__main__":
    main()

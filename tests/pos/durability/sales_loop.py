"""A till without a screen that sells as fast as it can, and says what is done on a pipe.

Run as a program by the tests that kill it:

    python -m tests.pos.durability.sales_loop FOLDER --seed 7 --first 40 --sales 1000

Each line on the standard output is an acknowledgement: it is written after `execute` returned.
What is sold follows from the seed and the sale's index alone, and so does the sale's id, so that
whoever starts the loop again asks for the same sale again.
"""

from __future__ import annotations

import argparse
import os
import random
import shlex
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from pos.bootstrap import open_till
from pos.commands import CompleteSale, IssueReceipt, SaveBasket
from pos.domain.catalogue import Product
from pos.domain.tender import Method
from pos.founding import Place, continue_with_new_journal, found_journal
from pos.lock import TillLock
from pos.store import migrations
from pos.till import Till
from tests.builders import (
    ZOE,
    a_basket,
    a_product,
    a_sale,
    a_size,
    a_variant,
    an_identity,
    fill,
    folders_in,
)

_SALES = uuid.UUID("5b3d5a52-4b0e-5c3a-9a55-3f3a6f2f8a10")
PRODUCTS_A_PAGE = 20


def sale_id(seed: int, index: int) -> str:
    """Return the id of the n-th sale that a seed asks for."""
    return str(uuid.uuid5(_SALES, f"{seed}/{index}"))


def sale(seed: int, index: int) -> CompleteSale:
    """Return the n-th sale that a seed asks for."""
    chance = random.Random(f"{seed}/{index}")
    lines = [
        (a_variant(chance.randrange(100, 6000), name=f"Design {n}"), chance.randrange(1, 4))
        for n in range(chance.randrange(1, 5))
    ]
    due = sum(variant.price.minor * quantity for variant, quantity in lines)
    by_card = min(due, 100 * chance.randrange(0, 60))
    tenders: list[tuple[Method, int]] = [("card", by_card)] * (by_card > 0)
    if due > by_card:
        tenders.append(("cash", due - by_card + chance.choice((0, 0, 500))))
    return a_sale(*lines, tenders=tenders, sale_id=sale_id(seed, index))


def products(page: int) -> list[Product]:
    """Return a page of a catalogue that is being imported."""
    return [
        a_product(f"design-{page}-{n}", a_size("M", handle=f"design-{page}-{n}"), name=f"D {n}")
        for n in range(PRODUCTS_A_PAGE)
    ]


def say(*words: object) -> None:
    """Acknowledge, in one write."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def sell(till: Till, seed: int, first: int, count: int) -> None:
    """Sell; now and then save a basket, print a receipt or import a page in between."""
    for index in range(first, first + count):
        command = sale(seed, index)
        chance = random.Random(f"{seed}/{index}/aside")
        if chance.random() < 0.3:
            basket = a_basket(a_variant(name=f"Design {index}"))
            till.execute(SaveBasket(basket=basket))
        sold = till.execute(command)
        say("sold", index, sold.sale_id, sold.receipt_number)
        if chance.random() < 0.2:
            till.execute(IssueReceipt(sale_id=sold.sale_id, channel="print", operator=ZOE))
            say("issued", index)
        if chance.random() < 0.1:
            page = products(chance.randrange(50))
            fill(till, *page, stock=5)
            say("imported", len(page))


def run(argv: Sequence[str]) -> None:
    """Open a till, do what is asked, and close it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--sales", type=int, default=0)
    parser.add_argument("--renew", action="store_true", help="go on with a new journal first")
    parser.add_argument("--pages", type=int, default=0, help="import so many pages")
    parser.add_argument("--step", type=int, default=0, help="migrate, with a step of so many rows")
    parser.add_argument("--pragma", default="", help="said to the database before the first sale")
    asked = parser.parse_args(argv)
    place = Place(folders_in(asked.folder))
    if asked.step:
        add_step(asked.step)
    say("started")
    with TillLock(place.folders.data):
        if asked.renew:
            continue_with_new_journal(place, "damaged")
            say("renewed")
        elif not place.path.exists() and not asked.first:
            found_journal(place, an_identity())
            say("founded")
        till = open_till(place)
        if asked.pragma:  # what it shows must not be a setting of the till
            till._store._db.execute(f"PRAGMA {asked.pragma}")  # noqa: SLF001 see above
        say("open")
        for page in range(asked.pages):
            fill(till, *products(page), stock=5)
            say("imported", page)
        sell(till, asked.seed, asked.first, asked.sales)
        till.close()
    say("closed")


def add_step(rows: int) -> None:
    """Be a newer version, whose migration takes its time."""

    @migrations.till()
    def m9999_season(db: Database) -> None:
        db.execute("CREATE TABLE season (n INTEGER PRIMARY KEY, text TEXT) STRICT")
        for n in range(rows):
            db.execute("INSERT INTO season VALUES (?, ?)", [n, "x" * 400])


def serve() -> None:
    """Do what each line of the standard input asks for, in a process of its own.

    What takes long, the imports, is done once; each run is a fork that can be killed. One that
    has ended keeps its number until the next line, so that nobody else is killed in its place.
    """
    pid = 0
    for line in sys.stdin:
        if pid:
            os.waitpid(pid, 0)
        pid = os.fork()
        if pid == 0:
            run(shlex.split(line))
            os._exit(0)
        say("pid", pid)
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        is_killed = ended.si_code == os.CLD_KILLED
        say("ended", pid, -ended.si_status if is_killed else ended.si_status)


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        run(sys.argv[1:])

"""A day on a disk that fills up, as a program: it says on the standard output what happened.

python -m tests.pos.durability.full_disk FOLDER disk      the folder is a small disk of its own
python -m tests.pos.durability.full_disk FOLDER file      no file may grow beyond a size
python -m tests.pos.durability.full_disk FOLDER pages     the database may not grow
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from pos.bootstrap import open_till
from pos.commands import Command, SaveBasket
from pos.errors import StorageUnavailable
from pos.founding import Place, continue_with_new_journal, found_journal
from pos.lock import TillLock
from pos.reports.sales import FindLastSale
from pos.till import Till
from pos.verification import verify_journals
from tests.builders import a_basket, a_variant, an_identity, folders_in
from tests.pos.durability.sales_loop import sale

SEED = 11
SALES_MAX = 20_000


class Outcome(msgspec.Struct, kw_only=True):
    """What happened."""

    before: int = 0  # sales until the disk was full
    reasons: list[str] = msgspec.field(default_factory=list)  # of each attempt while it was full
    basket: str = ""
    last_while_full: str = ""
    last_reopened: str = ""
    problems_while_full: list[str] = msgspec.field(default_factory=list)
    renewal: str = ""
    journals_after_renewal: int = 0
    same_sale: str = ""  # the receipt number of the sale that was refused, after there is space
    after: list[str] = msgspec.field(default_factory=list)
    sales: int = 0
    problems: list[str] = msgspec.field(default_factory=list)
    log_bytes: int = 0
    leftovers: list[str] = msgspec.field(default_factory=list)


class Space:
    """The space on a disk, taken away and given back."""

    def __init__(self, kind: str, folder: Path, left_bytes: int) -> None:
        self._kind = kind
        self._left_bytes = left_bytes
        self._ballast = folder / "ballast"
        self._database = folder / "data" / "till.db"

    def take(self, till: Till) -> None:
        if self._kind == "disk":
            with self._ballast.open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(b"\0" * 65_536)
                except OSError:
                    os.ftruncate(file.fileno(), max(file.tell() - self._left_bytes, 0))
        elif self._kind == "file":
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._left_bytes, hard))
        else:
            self._limit_pages(till, self._left_bytes // 4096)

    def give_back(self, till: Till) -> None:
        if self._kind == "disk":
            self._ballast.unlink()
        elif self._kind == "file":
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        else:
            self._limit_pages(till, 1_000_000)

    @staticmethod
    def _limit_pages(till: Till, pages: int) -> None:
        till._store._db.execute(f"PRAGMA max_page_count = {pages}").fetchone()  # noqa: SLF001 the test's only way in


def reason_of(attempt: Callable[[], Any]) -> str:
    """Return why something was not possible, "" if it was."""
    try:
        attempt()
    except StorageUnavailable as unavailable:
        return unavailable.reason
    return ""


def problems_in(folder: Path) -> list[str]:
    return [str(p) for one in verify_journals(folders_in(folder)) for p in one.problems]


def last_number(till: Till) -> str:
    last = till.ask(FindLastSale())
    return last.sale.receipt_number if last else ""


def sell_until_full(till: Till, outcome: Outcome) -> Command:
    """Return the sale that could not be recorded."""
    for index in range(outcome.before, SALES_MAX):
        command = sale(SEED, index)
        reason = reason_of(partial(till.execute, command))
        if reason:
            outcome.before = index
            outcome.reasons.append(reason)
            return command
    raise AssertionError("the disk never filled up")


def live_through(folder: Path, kind: str, left_bytes: int) -> Outcome:
    outcome = Outcome()
    place = Place(folders_in(folder))
    found_journal(place, an_identity())
    space = Space(kind, folder, left_bytes)
    with TillLock(place.folders.data):
        till = open_till(place)
        for index in range(3):
            till.execute(sale(SEED, index))
        outcome.before = 3
        space.take(till)
        refused = sell_until_full(till, outcome)
        for _ in range(3):
            outcome.reasons.append(reason_of(lambda: till.execute(refused)))
        basket = SaveBasket(basket=a_basket(*(a_variant(name=f"B {n}" * 9) for n in range(99))))
        outcome.basket = reason_of(lambda: till.execute(basket))
        outcome.last_while_full = last_number(till)
        outcome.problems_while_full = problems_in(folder)
        outcome.log_bytes = place.path.with_name("till.db-wal").stat().st_size
        if kind == "disk":
            till.close()
    if kind == "disk":
        outcome.renewal = reason_of(lambda: continue_with_new_journal(place, "damaged"))
        outcome.journals_after_renewal = len(place.folders.journals())
        lock = TillLock(place.folders.data).take()
        till = open_till(place)
        outcome.last_reopened = last_number(till)
        outcome.reasons.append(reason_of(lambda: till.execute(refused)))
        lock.release()
    space.give_back(till)
    outcome.same_sale = till.execute(refused).receipt_number
    for index in range(outcome.before + 1, outcome.before + 21):
        outcome.after.append(till.execute(sale(SEED, index)).receipt_number)
    till.close()
    (verification,) = verify_journals(place.folders)
    outcome.sales = verification.sales
    outcome.problems = [str(problem) for problem in verification.problems]
    outcome.leftovers = sorted(path.name for path in place.folders.data.iterdir())
    return outcome


if __name__ == "__main__":
    found = live_through(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    sys.stdout.buffer.write(msgspec.json.encode(found))

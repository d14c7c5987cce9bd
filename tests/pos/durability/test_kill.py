"""Whatever moment the process dies at: what was acknowledged is there, once, and it goes on."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from pos.bootstrap import open_till
from pos.errors import DatabaseTooNew
from pos.folders import Folders
from pos.founding import Place
from pos.store.database import open_database
from pos.store.journal import read_end
from pos.verification import verify_journals
from tests.builders import folders_in
from tests.pos.durability.sales_loop import PRODUCTS_A_PAGE, sale_id
from tests.pos.durability.victim import Server, Victim

SEED = 20260718
STEP_ROWS = 20_000


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    db = open_database(path, read_only=True)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


def check_whole(folders: Folders) -> None:
    for verification in verify_journals(folders):
        found = [one for one in verification.problems if one.reason != "not_compared"]
        assert found == [], verification.path  # a step of a newer version is not compared


class Shift:
    """A day of sales in one folder, during which the process is killed again and again."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server = server
        self._chance = random.Random(SEED)
        self._folder = folder
        self.folders = folders_in(folder)
        self.next = 0
        self.receipts: dict[str, str] = {}
        self.in_flight = 0

    def is_cut_off(self) -> None:
        """Sell until a random moment, and check what is there then."""
        run = self._server.start(
            self._folder, "--seed", SEED, "--first", self.next, "--sales", 10_000
        )
        if self._chance.random() < 0.25:
            run.kill(self._chance.uniform(0, 0.06))  # while it opens
        else:
            run.wait_for("sold", self._chance.randrange(1, 16))
            run.kill(self._chance.uniform(0, 0.006))  # in the middle of something
        assert run.exit_code == -9
        self._take(run)
        self._check()

    def _take(self, run: Victim) -> None:
        for index, sale, receipt in run.said("sold"):
            assert int(index) == self.next
            assert sale == sale_id(SEED, self.next)
            assert self.receipts.setdefault(sale, receipt) == receipt
            self.next += 1

    def _check(self) -> None:
        check_whole(self.folders)
        found = rows(self.folders.live, "SELECT sale_id, receipt_number, number FROM sale")
        assert [row[2] for row in found] == list(range(1, len(found) + 1)), "gap-free"
        there = {str(row[0]): str(row[1]) for row in found}
        assert len(there) == len(found), "none twice"
        lost = {sale: number for sale, number in self.receipts.items() if there.get(sale) != number}
        assert not lost
        unasked = set(there) - set(self.receipts) - {sale_id(SEED, self.next)}
        assert not unasked, "only the sale in progress may be there without an acknowledgement"
        self.in_flight += len(there) - len(self.receipts)


def kill_again_and_again(server: Server, folder: Path, times: int) -> Shift:
    server.start(folder).finish()
    shift = Shift(server, folder)
    for number in range(times):
        shift.is_cut_off()
        if number % 5 == 4:
            open_till(Place(shift.folders)).close()
    run = server.start(folder, "--seed", SEED, "--first", shift.next, "--sales", 3)
    run.finish()
    assert run.exit_code == 0
    assert len(run.said("sold")) == 3
    check_whole(shift.folders)
    return shift


def test_every_acknowledged_sale_survives_kill_9(server: Server, tmp_path: Path) -> None:
    shift = kill_again_and_again(server, tmp_path, 30)
    assert shift.next > 60, "it has to sell something to lose something"


@pytest.mark.soak
def test_every_acknowledged_sale_survives_three_hundred_kills(
    server: Server, tmp_path: Path
) -> None:
    shift = kill_again_and_again(server, tmp_path, 300)
    assert shift.next > 600
    assert shift.in_flight, "some kills fell between the commit and its acknowledgement"


class Moment(NamedTuple):
    """When somebody pulls the plug: so long after this was said."""

    word: str
    after_s: float = 0.0


def moments(server: Server, run: Sequence[object], last: str, times: int) -> Iterator[Moment]:
    """Yield moments from the start to a little after a word, however fast this machine is now."""
    whole = server.start(*run)
    whole.wait_for("started")
    began = time.monotonic()
    assert whole.wait_for(last)
    took_s = time.monotonic() - began
    whole.finish()
    for n in range(times - 1):
        yield Moment("started", 1.2 * took_s * n / times)
    yield Moment(last)


def founding_is_cut_off(server: Server, folder: Path, moment: Moment) -> bool:
    """Kill a founding; return whether the journal was there."""
    run = server.start(folder)
    run.wait_for(moment.word)
    run.kill(moment.after_s)
    folders = folders_in(folder)
    was_there = folders.live.exists()
    assert was_there or not run.said("founded")
    check_whole(folders)
    again = server.start(folder, "--sales", 2)
    again.finish()
    assert again.exit_code == 0
    numbers = [words[2] for words in again.said("sold")]
    assert numbers[0] == "GS-1-1-000001", "a founding that came to nothing leaves no gap"
    check_whole(folders)
    return was_there


def cut_off_foundings(server: Server, folder: Path, times: int) -> set[bool]:
    planned = moments(server, [folder / "whole"], "founded", times)
    return {
        founding_is_cut_off(server, folder / str(n), moment) for n, moment in enumerate(planned)
    }


def test_a_till_cut_off_while_it_is_founded_can_be_founded(server: Server, tmp_path: Path) -> None:
    assert True in cut_off_foundings(server, tmp_path, 12)


@pytest.mark.soak
def test_a_till_cut_off_at_any_moment_of_its_founding_can_be_founded(
    server: Server, tmp_path: Path
) -> None:
    assert cut_off_foundings(server, tmp_path, 150) == {True, False}


class Succession:
    """Tills that are killed while one journal takes over from another."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.outcomes: set[str] = set()

    def are_cut_off(self, folder: Path, times: int) -> None:
        self._server.start(folder / "whole", "--sales", 5).finish()
        renewal = [folder / "whole", "--renew", "--first", 5]
        for n, moment in enumerate(moments(self._server, renewal, "renewed", times)):
            self._is_cut_off(folder / str(n), moment)

    def _is_cut_off(self, folder: Path, moment: Moment) -> None:
        self._server.start(folder, "--sales", 5).finish()
        folders = folders_in(folder)
        known = read_end(folders.live)
        assert known is not None
        old_id, _, old_end = known
        run = self._server.start(folder, "--renew", "--first", 5)
        run.wait_for(moment.word)
        run.kill(moment.after_s)
        parts = [path.name for path in folders.data.iterdir() if path.name.startswith("till.")]
        is_half_way = any(".next-" in name for name in parts)
        again = self._server.start(folder, "--first", 5, "--sales", 3)
        again.finish()
        assert again.exit_code == 0
        found = verify_journals(folders)
        assert all(verification.is_whole for verification in found), found
        old = [one for one in found if one.journal_id == old_id]
        assert len(old) == 1, "the old journal is there, once"
        assert old[0].end.seq >= old_end.seq
        numbers = [words[2] for words in again.said("sold")]
        is_new = found[0].journal_id != old_id
        first = "GS-1-2-000001" if is_new else "GS-1-1-000006"
        assert numbers[0] == first
        if is_new:
            assert found[0].opened is not None
            assert found[0].opened.previous is not None
            assert found[0].opened.previous.digest == old_end.digest
        else:
            assert not run.said("renewed")
        self.outcomes.add("half-way" if is_half_way else "new" if is_new else "old")


def test_a_till_cut_off_between_two_journals_has_one_of_them(
    server: Server, tmp_path: Path
) -> None:
    succession = Succession(server)
    succession.are_cut_off(tmp_path, 12)
    assert "new" in succession.outcomes


@pytest.mark.soak
def test_a_till_cut_off_at_any_moment_between_two_journals_has_one_of_them(
    server: Server, tmp_path: Path
) -> None:
    succession = Succession(server)
    succession.are_cut_off(tmp_path, 200)
    assert {"old", "new"} <= succession.outcomes


def test_an_import_cut_off_between_its_pages_can_be_done_again(
    server: Server, tmp_path: Path
) -> None:
    folders = folders_in(tmp_path)
    server.start(tmp_path).finish()
    for n in range(4):
        run = server.start(tmp_path, "--first", 1, "--pages", 100)
        run.wait_for("imported", 3 * n + 1)
        run.kill(0.004 * n)
        check_whole(folders)
        ((products,),) = rows(folders.live, "SELECT count(*) FROM product")
        ((pieces,),) = rows(folders.live, "SELECT sum(on_hand) FROM stock_level")
        assert isinstance(products, int)
        assert products % PRODUCTS_A_PAGE == 0, "a page is kept whole or not at all"
        assert products >= PRODUCTS_A_PAGE * len(run.said("imported"))
        assert pieces == 5 * products, "imported again, and not counted again"


def migration_is_cut_off(server: Server, folder: Path, moment: Moment) -> bool:
    """Kill a migration; return whether it was done."""
    folders = folders_in(folder)
    server.start(folder, "--sales", 4).finish()
    run = server.start(folder, "--first", 4, "--step", STEP_ROWS)
    run.wait_for(moment.word)
    run.kill(moment.after_s)
    check_whole(folders)
    copies = sorted((folders.data / "backups").glob("*.db"))
    is_done = bool(rows(folders.live, "SELECT 1 FROM sqlite_master WHERE name = 'season'"))
    if is_done:
        assert copies
        with pytest.raises(DatabaseTooNew):
            open_till(Place(folders))
    for copy in copies:
        known = read_end(copy)
        assert known is not None
        assert known[2].seq == 6
    again = server.start(folder, "--first", 4, "--step", STEP_ROWS, "--sales", 2)
    again.finish()
    assert again.exit_code == 0
    ((kept,),) = rows(folders.live, "SELECT count(*) FROM season")
    assert kept == STEP_ROWS
    check_whole(folders)
    return is_done


def test_a_migration_cut_off_is_done_whole_at_the_next_start(
    server: Server, tmp_path: Path
) -> None:
    server.start(tmp_path / "whole", "--sales", 4).finish()
    run = [tmp_path / "whole", "--first", 4, "--step", STEP_ROWS]
    outcomes = {
        migration_is_cut_off(server, tmp_path / str(n), moment)
        for n, moment in enumerate(moments(server, run, "open", 5))
    }
    assert True in outcomes

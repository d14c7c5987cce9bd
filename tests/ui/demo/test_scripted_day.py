"""The scripted day of `echoppe demo`, played once for all these tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from sqlite_utils.utils import sqlite3

from pos.folders import Folders
from pos.money import EUR, Money
from pos.verification import verify_journals
from ui import format as text_of
from ui.demo import words
from ui.demo.scripted import play_a_day
from ui.demo.stand import DemoFolder, lock_demo, set_up

HANG_S = 300
COLOURS_MIN = 24
PICTURES = 21
SALES = 7

pytestmark = pytest.mark.xdist_group("scripted day")  # so that it is played once


@dataclass(frozen=True)
class Played:
    """What a day left behind."""

    demo: DemoFolder
    status: int
    said: str

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the database itself, not the till."""
        database = sqlite3.connect(self.demo.folders.training)
        try:
            return list(database.execute(sql))
        finally:
            database.close()


def play(out: Path, *more: str, **environment: str) -> Played:
    """Run the command as a person does who has no display."""
    kept = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    kept.pop("QT_QPA_PLATFORM", None)
    command = [sys.executable, "-c", "from ui.cli import main; main()", "demo", "--out", str(out)]
    ended = subprocess.run(
        [*command, *more],
        env=kept | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=HANG_S,
        check=False,
    )
    return Played(DemoFolder(out), ended.returncode, ended.stdout + ended.stderr)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("demo") / "out", "--no-hub")


def test_everything_happens_as_scripted(day: Played) -> None:
    assert day.status == 0, day.said
    scenes = [key for key in words.SCENES if words.say("fr", key) in day.said]
    assert scenes == list(words.SCENES), day.said


def test_the_plug_was_really_pulled(day: Played) -> None:
    """Without a native crash report of ours: the first half had no chance to say anything."""
    assert day.status == 0, day.said
    shifts = day.rows("SELECT count(*) FROM journal WHERE kind = 'ShiftOpened'")
    assert shifts == [(1,)]
    assert list(day.demo.folders.reports.glob("*-*.txt")) == []


def test_what_the_day_says_it_sold_is_in_the_database(day: Played) -> None:
    ((count, total_minor),) = day.rows("SELECT count(*), sum(total_minor) FROM sale")
    ((pieces, lines_minor),) = day.rows("SELECT sum(quantity), sum(gross_minor) FROM sale_line")
    assert (count, lines_minor) == (SALES, total_minor)
    amount = text_of.money(Money(int(str(total_minor)), EUR), "fr")
    assert words.say("fr", "played", sales=count, pieces=pieces, total=amount) in day.said


def test_every_sale_that_was_acknowledged_has_the_next_number(day: Played) -> None:
    numbers = [number for (number,) in day.rows("SELECT number FROM sale ORDER BY seq")]
    assert numbers == list(range(1, SALES + 1))


def test_the_sold_out_piece_is_below_zero_now(day: Played) -> None:
    levels = [
        level
        for (level,) in day.rows("SELECT sum(quantity) FROM stock_movement GROUP BY variant_id")
    ]
    assert sum(int(str(level)) < 0 for level in levels) == 1


def test_the_journal_verifies(day: Played) -> None:
    (verification,) = verify_journals(day.demo.folders)
    assert verification.is_whole, verification.problems
    assert verification.is_anchored
    assert verification.sales == SALES
    assert verification.opened is not None
    assert verification.opened.mode == "training"


def test_every_picture_shows_something(day: Played) -> None:
    pictures = sorted(day.demo.pictures.iterdir())
    assert [path.name[:3] for path in pictures] == [f"{n:02}-" for n in range(1, PICTURES + 1)]
    for path in pictures:
        with Image.open(path) as picture:
            assert picture.size == (1280, 800), path.name
            colours = picture.convert("RGB").getcolors(picture.width * picture.height)
            assert colours is not None
            assert len(colours) >= COLOURS_MIN, path.name
    names: dict[bytes, str] = {}
    for path in pictures:
        twin = names.setdefault(path.read_bytes(), path.name)
        assert twin == path.name, f"{path.name} shows the same as {twin}"


def test_the_receipt_came_out_twice_and_the_second_says_so(day: Played) -> None:
    texts = sorted(day.demo.receipts.glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
    assert len(texts) == 2
    original, duplicate = (path.read_text(encoding="utf-8") for path in texts)
    assert "DUPLICATA" not in original.upper()
    assert re.search(r"DUPLICATA\D*1\b", duplicate, re.IGNORECASE), duplicate
    (printed,) = {path.stem.removesuffix("-2") for path in texts}
    assert printed in original
    assert day.rows("SELECT max(receipt_number) FROM sale") == [(printed,)]


def test_a_receipt_in_printer_bytes_stands_beside_each_in_text(day: Played) -> None:
    texts = list(day.demo.receipts.glob("*.txt"))
    assert texts
    for path in texts:
        job = path.with_suffix(".escpos").read_bytes()
        assert job.startswith(b"\x1b@"), "it initialises the printer"
        assert len(job) > 500


def test_a_second_day_goes_on_where_the_first_ended(day: Played, qapp: QApplication) -> None:
    """In this process, so that any warning of Qt's or of ours fails it."""
    assert day.status == 0, day.said
    assert qapp is QApplication.instance()
    said: list[str] = []
    assert play_a_day(day.demo, "en", said.append) == 0, said
    assert words.say("en", "did", what=words.say("en", "sold_out")) in said
    numbers = [number for (number,) in day.rows("SELECT number FROM sale ORDER BY seq")]
    assert numbers == list(range(1, 2 * SALES + 1))
    assert len(list(day.demo.pictures.iterdir())) == PICTURES


def test_a_day_that_goes_otherwise_ends_in_failure_and_shows_where(tmp_path: Path) -> None:
    demo = DemoFolder(tmp_path / "out")
    with lock_demo(demo):
        set_up(demo)
    shutil.rmtree(demo.folders.keys)
    said: list[str] = []
    assert play_a_day(demo, "en", said.append) == 1
    assert any("KeyMissing" in line for line in said), said
    assert [path.name for path in demo.pictures.iterdir()] == ["01-failed.png"]


def test_a_journal_that_was_touched_is_told(tmp_path: Path, day: Played) -> None:
    """So that the exit status can be believed."""
    folders = Folders(data=tmp_path / "data", config=day.demo.folders.config)
    folders.data.mkdir()
    folders.training.write_bytes(day.demo.folders.training.read_bytes())
    assert verify_journals(folders)[0].is_whole
    database = sqlite3.connect(folders.training)
    database.execute("UPDATE sale SET total_minor = total_minor + 1 WHERE number = 1")
    database.commit()
    database.close()
    assert not verify_journals(folders)[0].is_whole

"""Whenever a till dies while a hub tells it things: it goes on from its place and knows all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pos.verification import verify_journals
from tests.builders import a_till, folders_in
from tests.pos.durability.feed_loop import SNAPSHOT, commands
from tests.pos.durability.victim import ROOT

TABLES = ("product", "variant", "barcode", "staff", "other_stock", "other_level", "stand_name")


def run(folder: Path, pieces: int) -> int:
    program = [sys.executable, "-m", "tests.pos.durability.feed_loop", str(folder), str(pieces)]
    return subprocess.run(program, cwd=ROOT, timeout=120, check=False).returncode


def known(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what came down; numbers and marks aside, which may differ."""
    till = a_till(folder)
    columns = {"product": "product_id, name, on_sale", "variant": "variant_id, listed"}
    columns |= {"other_stock": "variant_id, stand, till_id, pieces, at"}
    found = {
        table: sorted(till._store.rows(f"SELECT {columns.get(table, '*')} FROM {table}"))  # noqa: SLF001 the disk is the subject
        for table in TABLES
    }
    found["place"] = list(
        till._store.rows("SELECT feed_id, position, is_in_snapshot FROM feed_place")  # noqa: SLF001 as above
    )
    till.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    till = a_till(folder)
    for command in commands(till):
        till.execute(command)
    till.close()
    return known(folder)


@pytest.mark.parametrize("pieces", [1, 2, 3, 7, 11, 12, 15, 19])
def test_a_till_that_died_within_a_piece_ends_up_with_all(
    tmp_path: Path, pieces: int, undisturbed: dict[str, list[tuple[object, ...]]]
) -> None:
    assert run(tmp_path, pieces) == -9
    till = a_till(tmp_path)
    for command in commands(till):
        till.execute(command)
    till.close()
    assert known(tmp_path) == undisturbed
    (verification,) = verify_journals(folders_in(tmp_path))
    assert verification.problems == ()


def test_a_till_that_died_within_a_snapshot_says_so(tmp_path: Path) -> None:
    assert run(tmp_path, 5) == -9
    assert known(tmp_path)["place"] == [("feed-1", SNAPSHOT, 1)]

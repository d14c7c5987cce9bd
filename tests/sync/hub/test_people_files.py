"""Staff and stands come from the spreadsheet that somebody keeps anyway."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from pos.importers.notices import UnreadableFile
from pos.pins import is_pin
from sync.hub import people_files
from sync.hub.people_files import BadRow, Problem, import_staff, import_stands, sentence_of
from sync.hub.store import catalogue
from sync.hub.store.database import HubDatabase
from tests.sync.hub.house import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(HubDatabase.open(tmp_path / "hub.db"))


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode())
    return path


def bad_rows(house: House, path: Path) -> list[tuple[int, str, str]]:
    read = import_staff(house.database, path)
    assert (read.outcome, house.told()) == ("refused", [])
    return [(one.line, one.column, one.problem) for one in read.bad]


def test_people_of_a_file_may_sign_in_and_their_pins_are_kept_as_hashes(
    house: House, tmp_path: Path
) -> None:
    path = write(
        tmp_path,
        "code;name;role;pin\nzoe;Zoé Martin;manager;480213\n"
        "LUC;Luc;cashier;\nANA;Ana;Vendeuse;7391\n",
    )
    assert import_staff(house.database, path).changed == 3
    with house.database.read() as connection:
        people = {one.code: one for one in catalogue.all_staff(connection)}
    assert [(one.name, one.role) for one in people.values()] == [
        ("Ana", "clerk"),
        ("Luc", "cashier"),
        ("Zoé Martin", "manager"),
    ]
    zoe = next(one for one in people.values() if one.name == "Zoé Martin")
    assert is_pin("480213", zoe.pin_hash)
    assert "480213" not in zoe.pin_hash


def test_the_same_file_again_changes_nobody_although_hashes_never_are_the_same(
    house: House, tmp_path: Path
) -> None:
    path = write(tmp_path, "code,nom,rôle,pin\nZOE,Zoé,responsable,480213\n")
    assert import_staff(house.database, path).changed == 1
    assert import_staff(house.database, path).changed == 0
    without = write(tmp_path, "code,nom,rôle\nZOE,Zoé,responsable\n")
    assert import_staff(house.database, without).changed == 0


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        (";Zoé;manager;480213", "code", "missing"),
        ("Zoé;Zoé;manager;480213", "code", "code"),
        ("ZOE;;manager;480213", "name", "missing"),
        (f"ZOE;{'Z' * 81};manager;480213", "name", "too_long"),
        ("ZOE;Zoé;boss;480213", "role", "role"),
        ("ZOE;Zoé;manager;", "pin", "missing"),
        ("ZOE;Zoé;manager;48021", "pin", "pin"),
        ("ZOE;Zoé;cashier;480", "pin", "pin"),
        ("ZOE;Zoé;cashier;48a0", "pin", "pin"),
        ("ZOE;Zoé;manager;123456", "pin", "pin_guessed"),
    ],
)
def test_a_bad_row_is_named_and_keeps_everybody_out(
    house: House, tmp_path: Path, row: str, column: str, problem: str
) -> None:
    path = write(tmp_path, f"code;name;role;pin\nLUC;Luc;cashier;\n{row}\n")
    assert bad_rows(house, path) == [(3, column, problem)]
    read = import_staff(house.database, path, skip_bad_rows=True)
    assert (read.outcome, read.changed) == ("imported", 1)


def test_somebody_who_stands_in_the_file_twice_is_a_bad_row(house: House, tmp_path: Path) -> None:
    path = write(tmp_path, "code;name;role\nLUC;Luc;cashier\nluc;Lucie;clerk\n")
    assert bad_rows(house, path) == [(3, "code", "twice")]


def test_a_file_without_end_is_not_read_to_its_end(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_files, "ROWS_MAX", 2)
    path = write(tmp_path, "code;name;role\nA;A;clerk\nB;B;clerk\nC;C;clerk\nD;D;clerk\n")
    assert bad_rows(house, path) == [(4, "", "too_many")]


def test_a_file_without_a_column_or_with_one_twice_is_another_file(
    house: House, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFile, match="missing_columns"):
        import_staff(house.database, write(tmp_path, "code;name\nA;A\n"))
    with pytest.raises(UnreadableFile, match="column_twice"):
        import_staff(house.database, write(tmp_path, "code;name;nom;role\nA;A;A;clerk\n"))


def test_stands_come_from_a_file(house: House, tmp_path: Path) -> None:
    path = write(tmp_path, "stand;name\nGS;Scène A\nvi;Village\n")
    assert import_stands(house.database, path).changed == 2
    with house.database.read() as connection:
        stands = {one.stand: one.name for one in catalogue.all_stands(connection)}
    assert stands == {"GS": "Scène A", "QB": "Bar", "VI": "Village"}
    wrong = write(tmp_path, "stand;name\nVILLAGE;Village\n")
    assert import_stands(house.database, wrong).outcome == "refused"


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    for problem in get_args(Problem):
        bad = BadRow(line=3, column="pin", problem=problem, value="<\x1b>", least=6, most=12)
        english, french = sentence_of(bad, "en"), sentence_of(bad, "fr")
        assert english.startswith("line 3, column pin: ")
        assert english != french
        assert "\x1b" not in english

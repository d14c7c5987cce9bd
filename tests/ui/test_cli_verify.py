"""`echoppe verify`, as a person reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from pos.bootstrap import open_till
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.store.verify import Problem
from tests.builders import AFTERNOON, a_cash_sale, a_till, folders_in
from tests.fakes import SteppingClock
from tests.pos.store.tampering import a_till_that_sold, raw
from ui.cli_verify import _SENTENCES, BAD, NOTHING, say, verify

REASONS = [
    *("unreadable", "gap", "digest", "body", "chain", "signature", "number", "receipt_number"),
    *("lines", "taxes", "tenders", "perpetual", "repeated", "derived", "anchor", "successor"),
    *("rolled_back", "anchor_missing", "anchor_unsigned", "anchor_forged", "database"),
    *("carried", "memory_missing"),
    *("missing_remembered", "missing_previous", "missing_ordinal"),
]


def run(folders: Folders, *, language: str = "en_GB.UTF-8", config: Path | None = None) -> Result:
    app = typer.Typer()
    app.command()(verify)
    arguments = ["--data", str(folders.data), "--config", str(config or folders.config)]
    return CliRunner().invoke(app, arguments, env={"LC_ALL": language})


def test_a_whole_journal_is_one_line(tmp_path: Path) -> None:
    result = run(a_till_that_sold(tmp_path))
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert line.startswith("till.db: live till GS-1, journal 1, key ")
    assert line.endswith("entries: 9, sales: 3. WHOLE")


def test_it_speaks_french(tmp_path: Path) -> None:
    result = run(a_till_that_sold(tmp_path), language="fr_FR.UTF-8")
    assert "caisse GS-1 (réelle)" in result.stdout
    assert "écritures : 9, ventes : 3. INTACT" in result.stdout


def test_the_first_bad_entry_is_named(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    with raw(folders.live) as db:
        db.execute("UPDATE journal SET signature = zeroblob(64) WHERE seq = 4")
    result = run(folders)
    assert result.exit_code == BAD
    first, second = result.stdout.splitlines()
    assert first.endswith("entries that can be read: 9, intact: 8. FAILS")
    assert second == "    entry 4 was not signed with this till's key"


def test_every_journal_has_its_line_and_one_bad_one_is_enough(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    continue_with_new_journal(Place(folders), "damaged")
    assert run(folders).exit_code == 0
    (kept,) = folders.set_aside.glob("*.db")
    kept.write_bytes(b"")
    result = run(folders)
    assert result.exit_code == BAD
    lines = result.stdout.splitlines()
    assert lines[0].endswith("WHOLE")
    assert lines[1].startswith(f"set-aside/{kept.name}: it does not say whose")
    assert lines[2] == "    the file cannot be read (empty)"


def test_a_journal_that_vanished_is_named_and_fails(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    continue_with_new_journal(Place(folders), "damaged")
    (kept,) = folders.set_aside.glob("*.db")
    kept.unlink()
    result = run(folders)
    assert result.exit_code == BAD
    first, second, third = result.stdout.splitlines()
    assert first.endswith("WHOLE")
    assert second == f"{folders.data}: journals are missing. FAILS"
    assert third.startswith("    journal 2 goes on from another, which is not here (")
    folders.live.unlink()
    result = run(folders, language="fr_FR.UTF-8")
    assert result.exit_code == BAD
    first, second = result.stdout.splitlines()
    assert first == f"{folders.data} : il manque des journaux. ÉCHEC"
    assert second.startswith(
        "    le journal 2, que cette machine a tenu en dernier, n’est pas là ("
    )


def test_a_missing_anchor_fails_and_what_the_till_recorded_of_it_stays_to_be_read(
    tmp_path: Path,
) -> None:
    folders = a_till_that_sold(tmp_path)
    shutil.rmtree(folders.anchors)
    result = run(folders)
    assert result.exit_code == BAD
    _, line = result.stdout.splitlines()
    assert line.startswith("    the anchor of this journal is gone"), "said once"
    open_till(Place(folders, now=SteppingClock.fixed(AFTERNOON))).close()
    for language, line in (
        ("en_GB.UTF-8", "    a check failed on 2026-07-18 13:02 UTC: anchor missing (entry 10)"),
        (
            "fr_FR.UTF-8",
            "    un contrôle a échoué le 2026-07-18 13:02 UTC : anchor missing (écriture 10)",
        ),
    ):
        result = run(folders, language=language)
        assert result.exit_code == 0
        assert line in result.stdout.splitlines()


def test_an_empty_folder_is_nothing_to_verify(tmp_path: Path) -> None:
    result = run(folders_in(tmp_path))
    assert result.exit_code == NOTHING
    assert result.stdout == ""
    assert result.stderr.startswith("There is no journal in ")


def test_it_runs_while_the_till_is_open(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    result = run(folders_in(tmp_path))
    till.execute(a_cash_sale())
    till.close()
    assert result.exit_code == 0
    assert result.stdout.rstrip().endswith("entries: 3, sales: 1. WHOLE")


def test_it_says_when_nobody_would_notice_a_missing_end(tmp_path: Path) -> None:
    result = run(a_till_that_sold(tmp_path), config=tmp_path / "another machine")
    assert result.exit_code == 0
    assert "a missing end would not show" in result.stdout


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_reason_has_its_sentence(reason: str, language: str) -> None:
    text = say("fr" if language == "fr" else "en", reason, seq=1234, detail="sale_line")
    assert "{" not in text
    assert text[0].isalpha()


def test_the_reasons_are_those_that_the_check_gives() -> None:
    documented = (Problem.__doc__ or "").replace("\n", " ")
    assert all(reason in documented for reason in REASONS)
    assert set(REASONS) <= set(_SENTENCES)

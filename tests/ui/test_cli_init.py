from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from pos.errors import BadConfiguration
from pos.folders import Folders
from pos.lock import TillLock
from pos.seller_words import FIELDS, PROBLEMS
from tests.builders import a_product, a_till, fill
from tests.pos.test_seller_file import FRENCH, seller_file
from ui.cli_init import init, lines_of
from ui.cli_language import Language, say, spoken

app = typer.Typer()
app.command()(init)


def run(tmp_path: Path, text: str = FRENCH, *more: str) -> Result:
    arguments = ["--data", str(tmp_path / "data"), "--config", str(tmp_path / "config"), *more]
    return CliRunner().invoke(app, [*arguments, "--seller", str(seller_file(tmp_path, text))])


def test_a_till_is_set_up_and_says_what_it_is(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 0
    assert "Les Disques du Quai, stand GS (Grande scène), till 1 is ready to sell." in result.stdout
    assert "GS-1-…" in result.stdout
    assert "no PIN yet" in result.stdout
    assert (tmp_path / "data" / "till.db").exists()


def test_it_speaks_french_too(tmp_path: Path) -> None:
    result = run(tmp_path, FRENCH, "--language", "fr")
    assert "caisse 1 : prête à vendre." in result.stdout
    again = run(tmp_path, FRENCH, "--language", "fr")
    assert "Il y a déjà une caisse" in again.stderr


def test_a_pin_in_the_file_wants_to_be_taken_out(tmp_path: Path) -> None:
    result = run(tmp_path, FRENCH + 'pin = "271828"\n')
    assert "take it out" in result.stdout
    assert "271828" not in result.output


def test_mistakes_are_named_one_a_line_and_nothing_is_made(tmp_path: Path) -> None:
    text = FRENCH.replace("00010", "00011").replace('code = "GS"', 'code = "gs"\ncolour = 1')
    result = run(tmp_path, text)
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0].endswith("seller.toml cannot be used as it is:")
    assert lines[1].startswith("  seller.registration: a digit is wrong")
    assert lines[2] == "  stand.code: is not written like that (1 to 6 of A–Z and 0–9)"
    assert lines[3] == "  stand.colour: is no field of this file"
    assert lines[4:] == ["Nothing was made."]
    assert not (tmp_path / "data").exists()


def test_a_second_time_is_refused_with_who_is_there(tmp_path: Path) -> None:
    run(tmp_path)
    result = run(tmp_path, FRENCH.replace('"1"', '"2"'))
    assert result.exit_code == 1
    assert "Les Disques du Quai, stand GS, till 1. It was left as it is." in result.stderr


def test_a_file_that_says_nothing_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "till.db").write_bytes(b"damaged" * 500)
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "does not say whose" in result.stderr


def test_a_till_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    with TillLock(tmp_path / "data"):
        result = run(tmp_path)
    assert result.exit_code == 3
    assert "open in another program" in result.stderr


def test_a_disk_that_says_no_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    result = run(tmp_path)
    assert result.exit_code == 3
    assert "The disk does not take it" in result.stderr


def test_a_catalogue_of_training_is_mentioned(tmp_path: Path) -> None:
    training = a_till(tmp_path, mode="training")
    fill(training, a_product())
    training.close()
    assert "catalogue of the training till came along" in run(tmp_path).stdout


def test_a_damaged_catalogue_of_training_is_mentioned_as_such(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    Folders(tmp_path / "data", tmp_path / "config").training.write_bytes(b"damaged" * 500)
    assert "as far as it could be read" in run(tmp_path).stdout


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_each_problem_of_each_field_is_a_line(problem: str, language: Language) -> None:
    fields = ["", *FIELDS, "stand.col\x1bour\n"]
    bad = BadConfiguration(Path("seller.toml"), tuple((field, problem) for field in fields))
    lines = lines_of(bad, language)
    assert len(lines) == len(fields) + 2
    assert not any("{" in line or "\x1b" in line or "\n" in line for line in lines)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_BE.UTF-8"}, Language.FR),
        ({"LANG": "fr_FR", "LC_ALL": "en_GB"}, Language.EN),
        ({"LANG": "nl_BE"}, Language.EN),
        ({"LC_MESSAGES": "fr_FR", "LANG": "en_GB"}, Language.FR),
        ({}, Language.EN),
    ],
)
def test_the_machines_language_is_spoken(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: Language
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert spoken(None) is language
    assert spoken(Language.FR) is Language.FR
    assert say(("yes {n}", "oui {n}"), language, n=1) in {"yes 1", "oui 1"}

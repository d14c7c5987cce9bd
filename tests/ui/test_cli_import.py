"""The command `echoppe import products`, as a person types it."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from pos.commands import ApplyProducts
from pos.enrolment import enrolment_file, forget_enrolment, keep_enrolment
from pos.folders import Folders
from pos.lock import TillLock
from pos.reports.catalogue import CountCatalogue
from pos.till import Till
from tests.builders import a_product, a_till, fill, folders_in
from tests.pos.importers.shop_files import REAL_FILE, a_shirt, a_size, write
from tests.pos.test_enrolment import an_enrolment
from ui import cli_import

Run = Callable[..., Result]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return folders_in(tmp_path)


@pytest.fixture
def run(folders: Folders) -> Run:
    app = typer.Typer()
    app.add_typer(cli_import.app)

    def run_it(file: Path, *arguments: str) -> Result:
        places = ["--data", str(folders.data), "--config", str(folders.config)]
        return CliRunner().invoke(app, ["import", "products", str(file), *places, *arguments])

    return run_it


@pytest.fixture
def _live_till(tmp_path: Path) -> None:
    a_till(tmp_path).close()


def _products(tmp_path: Path) -> int:
    till = a_till(tmp_path)
    try:
        return till.ask(CountCatalogue()).products
    finally:
        till.close()


def _state(folder: Path) -> dict[str, tuple[int, str]]:
    """Return time and content of every file, to see that nothing was touched."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.usefixtures("_live_till")
def test_the_shops_own_sample_is_imported_and_summed_up(run: Run, tmp_path: Path) -> None:
    result = run(REAL_FILE)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "20 products, 22 variants, 0 bad rows, 1 warning"
    assert _products(tmp_path) == 20


@pytest.mark.usefixtures("_live_till")
@pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
def test_a_till_of_a_hub_takes_no_file_of_its_own(
    run: Run, tmp_path: Path, folders: Folders, arguments: tuple[str, ...]
) -> None:
    """What it brought would be taken back by the hub, or stay at another price than elsewhere."""
    keep_enrolment(folders, an_enrolment(folders))
    result = run(REAL_FILE, *arguments)
    assert result.exit_code == 2
    assert "comes from the hub of Festival du Quai. Import the file there" in result.stderr
    assert "vient du hub de Festival du Quai" in run(REAL_FILE, "--language", "fr").stderr
    # A till for practice beside it belongs to none
    assert run(REAL_FILE, "--training").exit_code == 0
    # What cannot be read keeps it from a file, too
    enrolment_file(folders, "live").write_bytes(b"{}")
    assert run(REAL_FILE, *arguments).exit_code == 3
    forget_enrolment(folders, "live")
    assert _products(tmp_path) == 0


@pytest.mark.usefixtures("_live_till")
def test_importing_again_says_that_nothing_changed(run: Run) -> None:
    run(REAL_FILE)
    result = run(REAL_FILE)
    assert "added 0 products, 0 variants; changed 0 products" in result.stdout
    assert "unchanged 20 products" in result.stdout


@pytest.mark.usefixtures("_live_till")
def test_a_bad_row_is_named_nothing_imported_and_the_exit_status_tells(
    run: Run, tmp_path: Path
) -> None:
    path = write(tmp_path, a_shirt(), a_size(Variant_Price="abc"))
    result = run(path)
    assert result.exit_code == 1
    assert 'line 3, column Variant Price: "abc" is not an amount' in result.stderr.splitlines()
    assert "Nothing was imported" in result.stdout
    assert _products(tmp_path) == 0
    skipped = run(path, "--skip-bad-rows")
    assert skipped.exit_code == 0
    assert _products(tmp_path) == 1


@pytest.mark.parametrize("arguments", [(), ("--training",)])
@pytest.mark.parametrize("exists", [True, False])
def test_a_dry_run_without_a_till_writes_nothing_at_all(
    run: Run, folders: Folders, arguments: tuple[str, ...], *, exists: bool
) -> None:
    if exists:
        folders.data.mkdir()
    before = _state(folders.data.parent)
    result = run(REAL_FILE, "--dry-run", *arguments)
    assert result.exit_code == 0
    assert "added 20 products, 22 variants" in result.stdout
    assert "no till" in result.stderr
    assert _state(folders.data.parent) == before


@pytest.mark.parametrize("is_in_use", [True, False])
def test_a_dry_run_beside_a_till_writes_nothing_at_all(
    run: Run, folders: Folders, tmp_path: Path, *, is_in_use: bool
) -> None:
    """Even while the till sells: a manager may look at a file at any time."""
    till = a_till(tmp_path)
    if not is_in_use:
        till.close()
    before = _state(tmp_path)
    result = run(REAL_FILE, "--dry-run")
    assert (result.exit_code, _state(tmp_path)) == (0, before)
    assert "Nothing was changed" in result.stdout
    if is_in_use:
        till.close()


def test_a_dry_run_sees_what_is_still_in_the_tills_log(run: Run, tmp_path: Path) -> None:
    till = a_till(tmp_path)
    fill(till, a_product())
    assert (tmp_path / "data" / "till.db-wal").stat().st_size > 0
    result = run(REAL_FILE, "--dry-run")
    till.close()
    assert '"T-shirt Wildfire" is not in the file; it stays on sale' in result.stderr


def test_a_dry_run_reads_again_when_the_till_sells_meanwhile(
    run: Run, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of one state and half of the next is no database."""
    till = a_till(tmp_path)
    copy_file, copied = shutil.copyfile, list[Path]()

    def copy_while_selling(source: Path, target: Path) -> None:
        copy_file(source, target)
        copied.append(source)
        if len(copied) <= 2:
            fill(till, a_product(f"shirt-{len(copied)}"))

    monkeypatch.setattr(shutil, "copyfile", copy_while_selling)
    result = run(REAL_FILE, "--dry-run")
    till.close()
    assert "2 products on sale here but not in the file" in result.stdout
    assert copied.count(folders.live) > 1


def test_a_dry_run_gives_up_on_a_till_that_never_stands_still(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_till(tmp_path).close()
    marks = iter(range(1000))
    monkeypatch.setattr(cli_import, "_mark", lambda _path: next(marks))
    result = run(REAL_FILE, "--dry-run")
    assert result.exit_code == 3
    assert "try again" in result.stderr


def test_without_a_till_the_person_is_told_how_to_get_one(run: Run, folders: Folders) -> None:
    result = run(REAL_FILE)
    assert result.exit_code == 2
    assert "echoppe init" in result.stderr
    assert "--training" in result.stderr
    assert not folders.data.exists()


def test_a_training_till_is_made_when_it_is_asked_for(run: Run, folders: Folders) -> None:
    assert run(REAL_FILE, "--training").exit_code == 0
    assert folders.training.exists()
    assert not folders.live.exists()


@pytest.mark.usefixtures("_live_till")
def test_a_till_that_is_open_elsewhere_is_named_by_process(run: Run, folders: Folders) -> None:
    with TillLock(folders.data):
        result = run(REAL_FILE)
    assert result.exit_code == 3
    assert str(os.getpid()) in result.stderr


@pytest.mark.usefixtures("_live_till")
def test_a_damaged_till_is_told_and_left_as_it_is(run: Run, folders: Folders) -> None:
    folders.live.write_bytes(b"no database" * 1000)
    result = run(REAL_FILE)
    assert result.exit_code == 3
    assert "till.db is damaged" in result.stderr
    assert folders.live.read_bytes() == b"no database" * 1000


@pytest.mark.usefixtures("_live_till")
def test_a_disk_that_takes_no_pictures_is_named(run: Run, folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "wildfire.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    folders.pictures.write_text("in the way")
    result = run(write(tmp_path, a_shirt()), "--pictures", str(tmp_path / "pictures"))
    assert result.exit_code == 3
    assert str(folders.pictures) in result.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Name,Lineitem name\n", "order export"),
        ("Handle,Title,Variant Price\ncap,Été,1\n".encode("cp1252"), "line 2 is not in UTF-8"),
        (b"Handle,Title\n", "no column Variant Price"),
    ],
)
def test_an_unreadable_file_gets_a_sentence_and_makes_nothing(
    run: Run, folders: Folders, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "evil\x1b[2J.csv"
    path.write_bytes(content)
    result = run(path, "--training", "--skip-bad-rows")
    assert result.exit_code == 2
    assert words in result.stderr
    assert "\x1b" not in result.stderr
    if words != "line 2 is not in UTF-8":  # found only by reading on
        assert not folders.data.exists()


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("Livres", "TYPE=CLASS"),
        ("=books", "TYPE=CLASS"),
        ("Livres=novels", "Known: standard, intermediate, books"),
    ],
)
@pytest.mark.usefixtures("_live_till")
def test_a_wrong_tax_class_is_refused_with_the_ones_that_are_known(
    run: Run, argument: str, words: str
) -> None:
    result = run(REAL_FILE, "--tax-class", argument)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.usefixtures("_live_till")
def test_a_type_gets_its_tax_class(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, a_shirt("novel", Type="Livres"))
    assert "--tax-class Livres=books" in run(path, "--dry-run").stderr
    result = run(path, "--tax-class", "LIVRES=books")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.usefixtures("_live_till")
def test_french_is_spoken_to_who_speaks_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "20 produits, 22 variantes" in run(REAL_FILE, "--language", "fr").stdout
    monkeypatch.setenv("LC_ALL", "fr_BE.UTF-8")
    assert "20 produits, 22 variantes" in run(REAL_FILE).stdout


@pytest.mark.usefixtures("_live_till")
def test_a_missing_picture_folder_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    result = run(REAL_FILE, "--pictures", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


@pytest.mark.usefixtures("_live_till")
def test_on_a_terminal_a_bar_runs_below_the_lines(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")  # a dumb one cannot go back to the line's beginning
    path = write(tmp_path, a_shirt(), a_size(Variant_Price="[red]:smile:"))
    result = run(path, "--skip-bad-rows")
    assert 'line 3, column Variant Price: "[red]:smile:" is not an amount' in result.stderr
    assert "Importing" in result.stderr
    assert "100%" in result.stderr


@pytest.mark.usefixtures("_live_till")
def test_the_hundredth_and_first_warning_of_a_kind_is_only_counted(
    run: Run, tmp_path: Path
) -> None:
    path = write(tmp_path, *(a_shirt(f"gift-{n}", Variant_Price="0") for n in range(130)))
    result = run(path, "--dry-run")
    assert len(result.stderr.splitlines()) == 102
    assert "30 more of this kind" in result.stderr
    assert "130 warnings" in result.stdout


def test_an_interrupted_import_says_how_to_complete_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C after the first page: it stays, and the same command goes on from there."""
    a_till(tmp_path).close()
    path = write(tmp_path, *(a_shirt(f"shirt-{number}") for number in range(250)))
    execute = Till.execute

    def interrupted(till: Till, command: object) -> object:
        answer = execute(till, command)  # type: ignore[arg-type]  # any command
        if isinstance(command, ApplyProducts):
            signal.raise_signal(signal.SIGINT)
        return answer

    # A run in the background may have been started deaf to Ctrl+C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with monkeypatch.context() as patch:
        patch.setattr(Till, "execute", interrupted)
        result = run(path)
    signal.signal(signal.SIGINT, before)
    assert result.exit_code == 130
    assert "run the same command again" in result.stderr
    assert _products(tmp_path) == 200
    assert run(path).exit_code == 0
    assert _products(tmp_path) == 250


def test_the_command_line_starts_without_qt() -> None:
    program = "import sys, ui.cli_import; sys.exit('PySide6' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)

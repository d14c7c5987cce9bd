"""What the documents say is so: their commands run, their tables, sentences and links are right."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from pos.settings import SENTENCES
from pos.settings_file import load_settings
from pos.toml_file import read_toml
from scripts import calibration_page, design_tables
from scripts.translations import FOLDER, read
from ui.demo import CATALOGUE, PICTURES
from ui.scanning.calibration import CALIBRATION_TEXT
from ui.theme.palette import DAY, NIGHT

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
GUIDES = [DOCS / "set-up.md", DOCS / "stand-manager.md", DOCS / "troubleshooting.md"]
FISCAL = DOCS / "fr" / "controle-fiscal.md"
PLACEHOLDER = re.compile(r"\{\w+\}")
BLOCK = re.compile(
    r"^```(?P<kind>[a-z]+)(?P<window> window)?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HANG_GUARD_S = 300


@dataclass(frozen=True, slots=True)
class Block:
    """Something to be typed."""

    text: str
    opens_window: bool


def _blocks(page: Path, kind: str) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = (match for match in BLOCK.finditer(text) if match["kind"] == kind)
    return [Block(match["text"], match["window"] is not None) for match in found]


# Commands ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Machine:
    """A computer on which the program is installed, with a home of its own and a shop's files."""

    home: Path

    @property
    def folder(self) -> Path:
        """Return where a person stands when typing."""
        return self.home / "echoppe"

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """Type lines into a shell; the first that goes wrong ends it."""
        environment = {
            **{
                k: v for k, v in os.environ.items() if not k.startswith(("ECHOPPE_", "XDG_", "LC_"))
            },
            "HOME": str(self.home),
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "QT_QPA_PLATFORM": "offscreen",
            "LANG": "C.UTF-8",
        }
        return subprocess.run(
            ["sh", "-eux", "-c", script],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=HANG_GUARD_S,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a computer on which nobody has sold anything yet."""
    made = Machine(tmp_path)
    programs = tmp_path / "bin"
    (made.folder / ".venv" / "bin").mkdir(parents=True)
    (made.folder / "docs").mkdir()
    programs.mkdir()
    start = f'#!/bin/sh\nexec {sys.executable} -c "from ui.cli import main; main()" "$@"\n'
    for program in (programs / "echoppe", made.folder / ".venv" / "bin" / "echoppe"):
        program.write_text(f"{start}", encoding="utf-8")
        program.chmod(0o755)
    _install_hub(made)
    (programs / "python3").symlink_to(sys.executable)
    example = DOCS / "seller.example.toml"
    for place in (made.folder / "docs" / example.name, made.folder / "seller.toml"):
        place.write_bytes(example.read_bytes())
    (made.folder / "products.csv").symlink_to(CATALOGUE)
    (made.folder / "pictures").symlink_to(PICTURES)
    return made


_HUB = """#!/bin/sh
if [ "$1" = init ]; then
    echo "a password that nobody guesses" | {hub} "$@"  # what a person types
elif [ "$1" = serve ]; then  # in another window
    {hub} "$@" --port 0 --host 127.0.0.1 > "$HOME/hub.log" 2>&1 &
    echo $! > "$HOME/hub.pid"
    while [ ! -s "$HOME/hub/serving.json" ]; do kill -0 $! || exit; sleep 0.1; done
else
    {hub} "$@" < /dev/null
fi
"""


def _install_hub(machine: Machine) -> None:
    program = machine.folder / ".venv" / "bin" / "echoppe-hub"
    hub = f'{sys.executable} -c "from sync.hub.cli import main; main()"'
    program.write_text(_HUB.format(hub=hub), encoding="utf-8")
    program.chmod(0o755)
    (machine.folder / "stands.csv").write_text("stand;name\nGS;Grande scène\nQB;Bar\n", "utf-8")
    (machine.folder / "staff.csv").write_text("code;name;role\nLUC;Luc;cashier\n", "utf-8")


def _script(page: Path) -> str:
    return "".join(block.text for block in _blocks(page, "sh") if not block.opens_window)


def _set_up(machine: Machine) -> None:
    done = machine.run("echoppe init --seller seller.toml")
    assert done.returncode == 0, done.stderr


def test_the_commands_of_the_set_up_make_a_till(machine: Machine) -> None:
    done = machine.run(_script(DOCS / "set-up.md"))
    assert done.returncode == 0, done.stderr
    assert "is ready to sell" in done.stdout
    data = machine.home / ".local" / "share" / "echoppe"
    assert {"till.db", "training.db", "pictures"} <= {path.name for path in data.iterdir()}


@pytest.mark.parametrize("page", [DOCS / "stand-manager.md", DOCS / "troubleshooting.md", FISCAL])
def test_the_commands_of_a_page_run_on_a_till(machine: Machine, page: Path) -> None:
    _set_up(machine)
    done = machine.run(_script(page))
    assert done.returncode == 0, done.stderr
    assert "WHOLE" in done.stdout


def test_the_chain_is_checked_without_the_program_and_finds_a_changed_entry(
    machine: Machine,
) -> None:
    _set_up(machine)
    done = machine.run(_script(FISCAL))
    assert "enchaînement intact" in done.stdout
    checks = [b.text for b in _blocks(FISCAL, "sh") if "hashlib" in b.text]
    forge = """python3 - <<'PYTHON'
import sqlite3
base = sqlite3.connect("copies/controle/till.db")
for name, in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
    base.execute(f"DROP TRIGGER {name}")
base.execute("UPDATE journal SET body = CAST(REPLACE(body, 'Quai', 'Port') AS BLOB) WHERE seq = 1")
base.commit()
PYTHON
"""
    forged = machine.run(forge + checks[0])
    assert forged.returncode != 0
    assert "l’écriture 1 a été modifiée" in forged.stderr


def _readme(*, of_hub: bool) -> str:
    return "".join(
        line
        for line in _script(ROOT / "README.md").splitlines(keepends=True)
        # This very run is `make test`, the demo has its own, and a till alone opens its window.
        if not line.startswith("make ")
        and line.split("#")[0].strip() != ".venv/bin/echoppe"
        and ("echoppe-hub" in line) == of_hub
    )


def test_the_commands_of_the_readme_run(machine: Machine) -> None:
    script = _readme(of_hub=False)
    assert "echoppe init" in script
    done = machine.run(script)
    assert done.returncode == 0, done.stderr
    assert "WHOLE" in done.stdout


def test_the_ten_lines_for_a_whole_festival_run(machine: Machine) -> None:
    script = _readme(of_hub=True)
    assert "echoppe-hub serve" in script
    try:
        done = machine.run(script)
    finally:
        serving = machine.home / "hub.pid"
        if serving.exists():
            os.kill(int(serving.read_text()), signal.SIGTERM)
    assert done.returncode == 0, done.stderr
    assert "▀" in done.stdout, "a code to scan"
    assert "entries of 0 journals are as they were signed" in done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_open_a_window_have_the_options_they_are_given(
    machine: Machine, page: Path
) -> None:
    windows = [block.text for block in _blocks(page, "sh") if block.opens_window]
    for text in windows:
        done = machine.run("".join(f"{line} --help\n" for line in text.splitlines()))
        assert done.returncode == 0, done.stderr


def test_the_readme_begins_with_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    first = [line.split("#")[0].strip() for line in lines[:6]]
    assert first == ["", "", "```sh", "make demo", "make test", "```"]


def test_every_make_target_in_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {
        name
        for page in PAGES
        for name in re.findall(
            r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert named
    assert named <= targets


# Links and pictures ------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        name, _sign, heading = target.partition("#")
        file = (page.parent / name) if name else page
        assert file.exists(), f"{page.name}: {target}"
        if heading:
            assert heading in _anchors(file), f"{page.name}: {target}"


def _anchors(page: Path) -> set[str]:
    """Return the headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def test_every_picture_in_the_documents_is_shown() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
    }
    pictures = set((DOCS / "pictures").iterdir())
    assert pictures
    assert pictures <= shown


# Facts -------------------------------------------------------------------------------------------


def test_the_settings_example_has_every_field_and_is_a_file_that_the_till_takes(
    tmp_path: Path,
) -> None:
    (example,) = _blocks(DOCS / "set-up.md", "toml")
    file = tmp_path / "till.toml"
    file.write_text(example.text, encoding="utf-8")
    content = read_toml(file)
    fields = {
        f"{name}.{inner}" if isinstance(value, dict) else name
        for name, value in content.items()
        for inner in (value if isinstance(value, dict) else [""])
    }
    assert fields == set(SENTENCES)
    assert load_settings(file).printer.kind == "network"


@cache
def _troubles() -> tuple[tuple[str, str], ...]:
    """Return the sentences in which the screens speak of something amiss, English and French."""
    speakers = {"wording", "Receipts", "Strips", "TillApp"}
    besides = {
        "Receipt {number} is being printed.",
        "Receipt {number} is being printed: duplicate {copy}.",
    }  # all is well
    return tuple(
        (message.source, message.forms[0])
        for message in read(FOLDER / "echoppe_fr.ts")
        if message.context in speakers
        and message.source not in besides
        and not message.is_plural
        and (message.source.endswith(".") or message.source.startswith("Unknown code"))
    )


def test_every_sentence_of_trouble_is_explained_in_both_languages() -> None:
    page = (DOCS / "troubleshooting.md").read_text(encoding="utf-8")
    assert len(_troubles()) > 40
    missing = [
        text for pair in _troubles() for text in pair if PLACEHOLDER.sub("…", text) not in page
    ]
    assert missing == []


def test_the_tables_of_the_design_page_are_what_the_palette_says() -> None:
    page = design_tables.PAGE.read_text(encoding="utf-8")
    assert page == design_tables.written_anew(page), "run python -m scripts.design_tables"


@pytest.mark.parametrize("use", design_tables.USES, ids=lambda use: f"{use.ink}-{use.ground}")
def test_every_colour_on_another_has_the_contrast_that_the_page_promises(
    use: design_tables.Use,
) -> None:
    assert min(design_tables.measured(use, theme) for theme in (DAY, NIGHT)) >= use.least


def test_contrast_is_measured_as_wcag_defines_it() -> None:
    assert design_tables.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert design_tables.contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)
    assert design_tables.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_the_calibration_page_holds_the_code_that_the_scanner_test_expects(tmp_path: Path) -> None:
    page = calibration_page.PAGE.read_text(encoding="utf-8")
    assert page == calibration_page.page(), "run python -m scripts.calibration_page"
    drawing = re.search(r"<svg .*?</svg>", page, re.DOTALL)
    assert drawing is not None
    picture = QImage(600, 600, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing[0].encode())).render(painter)
    painter.end()
    file = tmp_path / "code.png"
    assert picture.save(str(file))
    with Image.open(file) as image:
        (read_code,) = zxingcpp.read_barcodes(image)
    assert read_code.text == CALIBRATION_TEXT

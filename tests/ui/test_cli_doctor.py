from __future__ import annotations

import base64
import json
import os
import re
import socket
import sys
import traceback
import zipfile
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from pos import examination
from pos.examination import Finding, examine
from pos.folders import Folders
from pos.settings import PrinterSettings, Settings
from pos.settings_file import save_settings
from pos.setup import set_up
from tests.builders import a_cash_sale, a_product, a_sale, a_till, a_variant, fill, folders_in
from tests.pos.test_seller_file import FRENCH, seller_file
from ui import doctor_sentences
from ui.cli_doctor import REPORTS_MAX, doctor, line_of
from ui.cli_language import Language
from ui.doctor_sentences import LEVELS, SENTENCES

app = typer.Typer()
app.command()(doctor)


def run(folders: Folders, *more: str) -> Result:
    arguments = ["--data", str(folders.data), "--config", str(folders.config), *more]
    return CliRunner().invoke(app, arguments)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = folders_in(tmp_path)
    set_up(folders, seller_file(tmp_path))
    return folders


def test_a_till_that_is_well_says_so_line_by_line(folders: Folders) -> None:
    result = run(folders)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert all(line.startswith("ok  ") for line in lines), result.stdout
    assert any("till.db: live journal 1, entries: 1" in line for line in lines)
    assert any("Qt 6." in line for line in lines)
    assert any("Receipts go to a window" in line for line in lines)


def test_it_speaks_french_too(folders: Folders) -> None:
    said = run(folders, "--language", "fr").stdout
    assert "bon       Horloge : " in said
    assert "till.db : journal réel 1, écritures : 1" in said
    assert "Dossier de configuration : " in said


def test_something_that_fails_is_the_exit_status(folders: Folders) -> None:
    folders.settings.write_text("colour = 1", encoding="utf-8")
    result = run(folders)
    assert result.exit_code == 1
    assert "FAILS     The settings file has wrong fields: colour" in result.stdout


def test_a_warning_is_not_a_failure(tmp_path: Path) -> None:
    result = run(folders_in(tmp_path))
    assert result.exit_code == 0
    assert "warning   No till is set up here" in result.stdout


def a_network_printer(port: int) -> Settings:
    printer = PrinterSettings(
        kind="network", host="127.0.0.1", port=port, connect_timeout_s=1.0, write_timeout_s=1.0
    )
    return Settings(printer=printer)


def test_a_printer_on_the_network_is_asked(folders: Folders) -> None:
    with socket.create_server(("127.0.0.1", 0)) as printer:  # takes calls, says nothing
        port = printer.getsockname()[1]
        save_settings(folders.settings, a_network_printer(port))
        assert f"ok        Printer 127.0.0.1:{port} answers" in run(folders).stdout
    result = run(folders)
    assert f"warning   Printer 127.0.0.1:{port} does not print now (refused)" in result.stdout
    assert result.exit_code == 0


def test_receipts_in_files_are_said_without_making_a_folder(folders: Folders) -> None:
    save_settings(folders.settings, Settings(printer=PrinterSettings(kind="file", folder="paper")))
    assert "Receipts go to files in" in run(folders).stdout
    assert not (folders.data / "receipts").exists()


def test_a_machine_without_windows_is_said(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    result = run(folders)
    assert "warning   No window can open on this machine" in result.stdout


def test_a_qt_that_nobody_tried_is_said(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6 import QtCore

    monkeypatch.setattr(QtCore, "qVersion", lambda: "6.12.0")
    assert "warning   Qt 6.12.0 is newer" in run(folders).stdout


@pytest.mark.parametrize("language", Language)
def test_every_finding_has_a_sentence_with_what_it_needs(language: Language) -> None:
    """The keys stand in the code of the examination; each of them is a line in both languages."""
    english = " ".join(sentence[0] for sentence in SENTENCES.values())
    names = re.findall(r"\{(\w+)\}", english)
    values: dict[str, str | int] = dict.fromkeys(names, 1)
    for key in SENTENCES:
        for level in LEVELS:
            line = line_of(Finding(key=key, level=level, values=values), language)  # type: ignore[arg-type]  # a level
            assert "{" not in line


def test_every_key_of_the_examination_has_a_sentence() -> None:
    sources = [
        Path(examination.__file__),
        Path(doctor_sentences.__file__).with_name("cli_doctor.py"),
    ]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    keys = set(re.findall(r'key="(\w+)"', text)) | set(
        re.findall(r'key="\w+" if .* else "(\w+)"', text)
    )
    assert len(keys) > 20
    assert keys <= set(SENTENCES)


MARKS = (
    *("Zoé Martin", "Martin", "Disques du Quai", "Ateliers", "44000", "12345678200010"),
    *("FR11123456782", "Confidentiel", "271828", "Rouge secret", "argon2id"),
)
"""What must not leave the till: people, seller, PIN, what was sold."""


def fail_with_everything(more: str) -> None:
    raise ValueError(
        f"Zoé Martin of Les Disques du Quai, 12 rue des Ateliers, 44000 Nantes, FR11123456782,"
        f' 12345678200010: \'271828\', {{"label":"Rouge secret"}} {more}'
    )


def a_report_of_everything(folders: Folders, private_key: bytes) -> None:
    """Leave a report of a crash that quotes all that it should not."""
    secret = a_variant(name="Rouge secret", tax_class="Confidentiel")
    with pytest.raises(ValueError, match="Martin") as raised:
        fail_with_everything(f"{secret!r} {private_key!r}")
    text = "".join(traceback.format_exception(raised.value))
    folders.reports.mkdir()
    (folders.reports / "20260718T130000Z-ABCDEF.txt").write_text(text, encoding="utf-8")


def test_a_bundle_has_nothing_personal_in_it(tmp_path: Path) -> None:
    # Given a till with a manager, a PIN, a sale, and a report of a crash that quotes all of it
    folders = folders_in(tmp_path)
    set_up(folders, seller_file(tmp_path, FRENCH + 'pin = "271828"\n'))
    till = a_till(tmp_path)
    fill(till, a_product(name="Rouge secret", category="Confidentiel"))
    till.execute(a_sale(a_variant(name="Rouge secret"), tenders=[("cash", 2500)]))
    till.execute(a_cash_sale())
    till.close()
    (key,) = (path.read_bytes() for path in folders.keys.iterdir())
    a_report_of_everything(folders, key)
    # When it is bundled for somebody who helps
    bundle = tmp_path / "bundle.zip"
    result = run(folders, "--bundle", str(bundle))
    assert result.exit_code == 0, result.output
    # Then nothing of that is in it
    with zipfile.ZipFile(bundle) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    whole = b"\n".join((bundle.read_bytes(), *contents.values(), *map(str.encode, contents)))
    for mark in MARKS:
        assert mark.encode() not in whole, mark
        assert (
            mark.encode()
            in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
            or mark == "Martin"
        ), f"{mark} is not in the till either: this proves nothing"
    for form in (key, base64.b64encode(key), key.hex().encode(), repr(key).encode()[2:40]):
        assert form not in whole
    # But where it crashed is
    report = contents["reports/20260718T130000Z-ABCDEF.txt"].decode()
    assert "ValueError: […] of […]" in report
    assert "in fail_with_everything" in report
    assert "SQLite" in contents["doctor.txt"].decode()
    assert json.loads(contents["settings.json"])["theme"] == "day"
    assert any(one["key"] == "journal" for one in json.loads(contents["doctor.json"]))


def test_a_bundle_has_the_newest_reports_only(folders: Folders, tmp_path: Path) -> None:
    folders.reports.mkdir()
    for number in range(REPORTS_MAX + 5):
        report = folders.reports / f"report-{number:02d}.txt"
        report.write_text("x" * 10)
        os.utime(report, (number, number))
    run(folders, "--bundle", str(tmp_path / "b.zip"))
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        reports = [name for name in archive.namelist() if name.startswith("reports/")]
    assert len(reports) == REPORTS_MAX
    assert "reports/report-24.txt" in reports
    assert "reports/report-00.txt" not in reports


def test_a_bundle_that_cannot_be_written_is_said_and_leaves_no_half(
    folders: Folders, tmp_path: Path
) -> None:
    target = tmp_path / "nowhere" / "b.zip"
    result = run(folders, "--bundle", str(target))
    assert result.exit_code == 3
    assert "could not be written" in result.stderr
    taken = tmp_path / "taken"
    taken.mkdir()
    assert run(folders, "--bundle", str(taken)).exit_code == 3
    assert not list(tmp_path.glob("*.new"))


def test_findings_are_the_same_for_person_and_program(folders: Folders) -> None:
    assert [finding.key for finding in examine(folders)].count("journal") == 1

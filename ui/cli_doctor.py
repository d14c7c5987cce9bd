"""The command `echoppe doctor`: is this till well, and what would a helper want to know?"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from pos.errors import PrinterUnavailable
from pos.examination import Finding, examine, personal_words, settings_or_usual
from pos.folders import Folders, default_folders
from pos.settings import Settings
from receipts.printers import make_printer
from ui.cli_language import Language, LanguageOption, say, spoken
from ui.doctor_sentences import LEVELS, SENTENCES, WORDS
from ui.redaction import Redaction

UNWELL = 1
NOT_WRITTEN = 3
REPORTS_MAX = 20
REPORT_BYTES_MAX = 200_000
QT_UNTRIED = (6, 12)
"""From here on PySide6 is not what this program was tried with; 6.12.0 aborts on Python 3.11."""


def doctor(
    data: Annotated[Path | None, typer.Option("--data", help="Folder of the till's data.")] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="Folder of keys and settings.")
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar="FILE.zip", help="Write it to a file for who helps."),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Look at program, machine, folders, key, journals, clock and printer; changes nothing."""
    folders = default_folders(data, config)
    tongue = spoken(language)
    findings = [*examine(folders), _qt(), _printer(settings_or_usual(folders), folders)]
    for finding in findings:
        typer.echo(line_of(finding, tongue))
    if bundle is not None:
        _offer(bundle, findings, folders, tongue)
    if any(finding.level == "fail" for finding in findings):
        raise typer.Exit(UNWELL)


def line_of(finding: Finding, language: Language) -> str:
    """Return what a person reads of a finding."""
    level = say(LEVELS[finding.level], language)
    values = {
        name: say(WORDS[value], language) if isinstance(value, str) and value in WORDS else value
        for name, value in finding.values.items()
    }
    return f"{level:<10}{say(SENTENCES[finding.key], language, **values)}"


def _qt() -> Finding:
    try:
        from PySide6.QtCore import qVersion
        from PySide6.QtWidgets import QWidget
    except ImportError as error:
        return Finding(key="qt_missing", level="warn", values={"reason": str(error)})
    version = qVersion()
    is_tried = tuple(int(part) for part in version.split(".")[:2]) < QT_UNTRIED
    return Finding(
        key="qt" if is_tried else "qt_untried",
        level="ok" if is_tried else "warn",
        values={"version": version, "widgets": QWidget.__module__},
    )


def _printer(settings: Settings, folders: Folders) -> Finding:
    """Say where receipts go; a printer on the network is asked whether it could print now."""
    chosen = settings.printer
    values: dict[str, str | int] = {"host": chosen.host, "port": chosen.port}
    if chosen.kind != "network":
        where = folders.data / "receipts" / chosen.folder
        return Finding(key=f"printer_{chosen.kind}", values={"path": str(where)})
    printer = make_printer(chosen, show=lambda _document, _png: None, folder=folders.data)
    try:
        printer.check()
    except PrinterUnavailable as trouble:
        values["reason"] = trouble.reason
        return Finding(key="printer_off", level="warn", values=values)
    return Finding(key="printer_network", values=values)


def _offer(bundle: Path, findings: list[Finding], folders: Folders, language: Language) -> None:
    try:
        write_bundle(bundle, findings, folders)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        typer.echo(say(SENTENCES["bundle_failed"], language, reason=reason, path=bundle), err=True)
        raise typer.Exit(NOT_WRITTEN) from None
    typer.echo(say(SENTENCES["bundle"], language, path=bundle))


def write_bundle(path: Path, findings: list[Finding], folders: Folders) -> None:
    """Write the findings and the last reports of crashes, without anything personal.

    Raises:
        OSError: the file cannot be written; there is no half of it.
    """
    redaction = Redaction(personal_words(folders))
    draft = path.with_name(f"{path.name}.new")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in _contents(findings, folders, redaction):
                archive.writestr(name, text)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _contents(
    findings: list[Finding], folders: Folders, redaction: Redaction
) -> Iterator[tuple[str, str]]:
    lines = (f"{line_of(finding, Language.EN)}\n" for finding in findings)
    yield "doctor.txt", redaction.words("".join(lines))
    yield "doctor.json", redaction.words(msgspec.json.encode(findings).decode())
    settings = msgspec.json.format(msgspec.json.encode(settings_or_usual(folders)))
    yield "settings.json", redaction.words(settings.decode())
    for report in _last_reports(folders.reports):
        text = report.read_bytes()[:REPORT_BYTES_MAX].decode("utf-8", "replace")
        yield f"reports/{report.name}", redaction.report(text)


def _last_reports(folder: Path) -> list[Path]:
    """Return the newest reports, newest first."""
    if not folder.is_dir():
        return []
    dated = [(entry.stat().st_mtime, entry.path) for entry in os.scandir(folder) if entry.is_file()]
    return [Path(path) for _, path in sorted(dated, reverse=True)[:REPORTS_MAX]]

"""The first start, at the real window: its language, its fields, and what is kept of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QProcess
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pos.errors import StorageUnavailable
from pos.reports.sales import SavedBasket
from pos.settings_file import load_settings
from pos.setup import set_up_plan
from tests.builders import folders_in
from tests.ui.looks.walk import SET_UP
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui import first_start
from ui.first_start import DRAFT


@pytest.fixture
def newcomer(opens: Opens, tmp_path: Path) -> Cashier:
    """Return somebody in front of a machine that is no till yet."""
    return opens(folders_in(tmp_path))


def fill_in(cashier: Cashier, name: str, text: str) -> None:
    fields = cashier.window.welcome.findChildren(QLineEdit)
    (field,) = [f for f in fields if f.isVisible() and f.accessibleName() == name]
    field.setText(text)
    field.textEdited.emit(text)


def test_the_first_page_speaks_the_other_language_at_a_press(newcomer: Cashier) -> None:
    newcomer.press("Français")
    newcomer.until_says("English")
    assert "Français" not in newcomer.texts()
    assert load_settings(newcomer.folders.settings).language == "fr"
    newcomer.press("English")
    newcomer.until_says("Set up this till")


def test_the_legal_number_is_called_as_in_its_country(newcomer: Cashier) -> None:
    newcomer.press("Set up this till")
    newcomer.until_says("SIRET")
    newcomer.press("Belgium")
    newcomer.until_says("Enterprise number (BCE/KBO)")
    assert "SIRET" not in newcomer.texts()


def test_closing_the_window_loses_nothing_but_the_pin(newcomer: Cashier, opens: Opens) -> None:
    newcomer.press("Set up this till")
    fill_in(newcomer, "Legal name", "Les Disques du Quai")
    newcomer.window.close()
    newcomer.close()
    draft = newcomer.folders.config / DRAFT
    assert "Les Disques du Quai" in draft.read_text(encoding="utf-8")
    again = opens(newcomer.folders)
    again.press("Continue set-up")
    shown = [f.text() for f in again.window.welcome.findChildren(QLineEdit) if f.isVisible()]
    assert "Les Disques du Quai" in shown


def test_the_draft_goes_when_the_till_is_there(newcomer: Cashier) -> None:
    newcomer.press("Set up this till")
    first = newcomer.app.first_start
    assert first is not None
    presenter = first.presenter
    for name, text in SET_UP.items():
        presenter.change(name, text)
    newcomer.until((newcomer.folders.config / DRAFT).exists)
    assert SET_UP["pin"] not in (newcomer.folders.config / DRAFT).read_text(encoding="utf-8")
    for _ in range(5):
        presenter.next()
    newcomer.until_page(newcomer.window.checkout)
    assert not (newcomer.folders.config / DRAFT).exists()
    assert newcomer.folders.live.exists()


def test_what_was_typed_can_be_forgotten(newcomer: Cashier, opens: Opens) -> None:
    newcomer.press("Set up this till")
    fill_in(newcomer, "Legal name", "Les Disques du Quai")
    newcomer.window.close()
    newcomer.close()
    again = opens(newcomer.folders)
    again.press("Forget what was typed last time")
    again.until(lambda: not (newcomer.folders.config / DRAFT).exists())
    again.until_says("Set up this till")


def test_the_file_dialog_speaks_french(newcomer: Cashier) -> None:
    newcomer.press("Français")
    newcomer.until_says("English")
    page = newcomer.window.welcome
    page.choose_file()
    (dialog,) = page.findChildren(QFileDialog)
    part = QFileDialog.DialogLabel
    labels = [dialog.labelText(p) for p in (part.LookIn, part.FileName, part.FileType)]
    assert labels == ["Dossier", "Nom du fichier", "Type de fichier"]
    assert dialog.viewMode() == QFileDialog.ViewMode.List  # the other view has English columns
    dialog.close()


@pytest.mark.parametrize(("key", "language"), [("Français", "fr"), ("", "en")])
def test_the_demo_speaks_the_language_of_the_door(
    newcomer: Cashier, monkeypatch: pytest.MonkeyPatch, key: str, language: str
) -> None:
    started: list[list[str]] = []

    def start(_program: str, arguments: list[str]) -> tuple[bool, int]:
        started.append(arguments)
        return False, 0

    monkeypatch.setattr(QProcess, "startDetached", start)
    if key:
        newcomer.press(key)
        newcomer.until_says("English")
    newcomer.app.window.welcome.demo_wanted.emit()
    (arguments,) = started
    assert arguments[arguments.index("--language") + 1] == language


def test_what_is_wrong_moves_nothing_under_the_finger(newcomer: Cashier) -> None:
    newcomer.press("Set up this till")
    page = newcomer.window.welcome
    newcomer.until(lambda: any(f.isVisible() for f in page.findChildren(QLineEdit)))

    def places() -> dict[str, QPoint]:
        fields = [f for f in page.findChildren(QLineEdit) if f.isVisible()]
        return {f.accessibleName(): f.mapTo(page, QPoint()) for f in fields}

    before = places()
    newcomer.press("Next")
    newcomer.until_says("Please fill this in.")
    assert places() == before


def test_an_empty_till_leads_to_the_import(newcomer: Cashier) -> None:
    newcomer.press("Training only")
    newcomer.until_page(newcomer.window.checkout)
    newcomer.until_says("No items here yet.")
    newcomer.until_says("Training · till 0")
    newcomer.press("Import a catalogue")
    newcomer.until_page(newcomer.window.settings)


def refuse(*_wanted: object) -> None:
    raise StorageUnavailable(reason="DISK_FULL")


def go_through_the_steps(cashier: Cashier) -> None:
    page = cashier.window.welcome
    for name, text in SET_UP.items():
        page.changed.emit(name, text)
    for _ in range(5):
        page.next_wanted.emit()


@pytest.fixture
def refused(newcomer: Cashier, monkeypatch: pytest.MonkeyPatch) -> Cashier:
    """Return somebody at the doors again, whose disk has had no room for a till."""
    with monkeypatch.context() as full:
        full.setattr(first_start, "set_up_plan", refuse)
        newcomer.press("Set up this till")
        go_through_the_steps(newcomer)
        newcomer.until(lambda: newcomer.is_in_trouble)
    newcomer.press("Try again")
    newcomer.until_page(newcomer.window.welcome)
    return newcomer


def test_a_till_that_found_no_room_is_founded_once_when_there_is_some(
    refused: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    founded: list[object] = []
    found = set_up_plan

    def count(*wanted: Any) -> object:
        founded.append(wanted)
        return found(*wanted)

    monkeypatch.setattr(first_start, "set_up_plan", count)
    refused.press("Continue set-up")  # all but the PIN is there still
    page = refused.window.welcome
    for name in ("pin", "pin_again"):
        page.changed.emit(name, SET_UP[name])
    for _ in range(3):
        page.next_wanted.emit()
    refused.until_page(refused.window.checkout)
    refused.ask(SavedBasket())  # whatever else was asked is answered
    assert len(founded) == 1
    assert refused.crashes == []


def test_after_a_refusal_the_language_key_changes_the_language_once(refused: Cashier) -> None:
    old = refused.window
    refused.press("Français")
    refused.until(lambda: refused.window is not old)
    refused.until_says("English")
    assert refused.app.language() == "fr"
    assert refused.crashes == []


def test_what_was_typed_last_is_on_the_disk_before_the_till_is_founded(refused: Cashier) -> None:
    draft = (refused.folders.config / DRAFT).read_text(encoding="utf-8")
    assert SET_UP["manager_name"] in draft
    assert SET_UP["pin"] not in draft

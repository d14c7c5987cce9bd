"""A stand with a catalogue, and cashiers who come to work there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.clock import utc_now
from pos.domain.facts import Mode
from pos.folders import Folders
from pos.settings import Settings
from tests.builders import a_till, fill, folders_in
from tests.ui.screens.conftest import CAPS, catalogue
from tests.ui.window.cashier import ENGLISH_TO_FILES, Cashier
from ui.app import Start

Opens = Callable[..., Cashier]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a live till and a small catalogue, to be copied."""
    place = tmp_path_factory.mktemp("stand")
    till = a_till(place, now=utc_now)
    fill(till, *catalogue(), stock=10)
    fill(till, CAPS)
    till.close()
    return place


@pytest.fixture
def stand(founded: Path, tmp_path: Path) -> Folders:
    """Return the folders of a live till with a small catalogue."""
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    return folders_in(tmp_path)


@pytest.fixture
def opens(qtbot: QtBot, qapp: QApplication) -> Iterator[Opens]:
    """Open the window of a till; at the end nothing may have crashed that nobody expected."""
    cashiers: list[Cashier] = []

    def open_window(
        folders: Folders, *, settings: Settings = ENGLISH_TO_FILES, mode: Mode = "live"
    ) -> Cashier:
        start = Start(folders=folders, settings=settings, mode=mode)
        cashier = Cashier(qtbot, qapp, folders, start)
        cashiers.append(cashier)
        cashier.open()
        return cashier

    yield open_window
    for cashier in cashiers:
        cashier.close()
    reports = [
        report.read_text(encoding="utf-8")
        for cashier in cashiers
        for report in cashier.folders.reports.glob("*Z-*.txt")
        if not cashier.expects_crashes
    ]
    assert not reports, "\n".join(reports)


@pytest.fixture
def cashier(opens: Opens, stand: Folders) -> Cashier:
    """Return somebody at an open till."""
    return opens(stand)

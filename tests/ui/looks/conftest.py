"""What the looks are judged on: the till's own window, walked through in each language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.settings import Settings
from tests.ui.looks.looked import Look, look_around
from tests.ui.looks.stand import found_stand, open_window
from tests.ui.looks.walk import Walk

LOOKS = {
    "fr-day": Settings(language="fr", theme="day"),
    "en-day": Settings(language="en", theme="day"),
    "fr-night": Settings(language="fr", theme="night"),
}


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a stand that nobody changes: each test opens a copy."""
    folder = tmp_path_factory.mktemp("stand")
    found_stand(folder)
    return folder


@pytest.fixture
def walk(qtbot: QtBot, stand: Path, tmp_path: Path) -> Iterator[Walk]:
    """Return a walk through the window of a till that speaks French."""
    with open_window(qtbot, stand, tmp_path / "till", LOOKS["fr-day"]) as till:
        yield Walk(qtbot, till)


@pytest.fixture(scope="session")
def looks_so_far() -> dict[str, Look]:
    """Return what was seen already: one walk serves many tests."""
    return {}


@pytest.fixture(params=LOOKS)
def look(
    request: pytest.FixtureRequest,
    looks_so_far: dict[str, Look],
    qtbot: QtBot,
    stand: Path,
    tmp_path: Path,
) -> Look:
    """Return everything that is seen on a walk, in one language and theme."""
    name: str = request.param
    if name not in looks_so_far:
        settings = LOOKS[name]
        with open_window(qtbot, stand, tmp_path / "till", settings) as till:
            walk = Walk(qtbot, till)
            looks_so_far[name] = look_around(walk, settings.language, settings.theme)
    return looks_so_far[name]

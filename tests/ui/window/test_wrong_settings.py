"""A `till.toml` that somebody mistyped: the till sells all the same, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.folders import Folders
from pos.lock import TillLock
from pos.settings_file import load_settings
from tests.ui.screens.conftest import WILDFIRE_M
from tests.ui.window.cashier import Cashier
from ui import app, cli
from ui.languages import Languages

MISTYPED = 'language = "en"\ntheme = "pink"\n[printer]\nkind = "network"\nhost = "10.0.0.7"\n'
INSTEAD = "The till uses the usual settings instead."

Starts = Callable[[str], Cashier]


@pytest.fixture
def starts(
    qtbot: QtBot, qapp: QApplication, stand: Folders, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Starts]:
    """Start the command with this `till.toml`, and return somebody in front of its window."""
    cashiers: list[Cashier] = []
    monkeypatch.setattr(
        Languages, "choose", lambda _all, wanted: {"auto": "en"}.get(wanted, wanted)
    )

    def run(start: app.Start, lock: TillLock) -> int:
        lock.release()  # the cashier takes it
        cashiers.append(Cashier(qtbot, qapp, stand, start))
        return 0

    def start(content: str) -> Cashier:
        stand.settings.write_text(content, encoding="utf-8")
        monkeypatch.setattr(app, "run_till", run)
        assert cli.open_window(stand.data, stand.config, training=False) == 0
        (cashier,) = cashiers
        cashier.open()
        return cashier

    yield start
    for cashier in cashiers:
        cashier.close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (MISTYPED, "till.toml has wrong fields: theme."),
        ('theme = "night"\ntheme =\n', "Line 2 of till.toml is not written as it must be."),
        ("theme = 'night'\0", "Line 1 of till.toml is not written as it must be."),
    ],
)
def test_a_till_with_wrong_settings_sells_with_the_usual_ones_and_says_so(
    starts: Starts, stand: Folders, content: str, sentence: str
) -> None:
    cashier = starts(content)
    assert cashier.banners() == (f"{sentence} {INSTEAD}",)
    cashier.scan(WILDFIRE_M)
    cashier.until_lines("1 × T-shirt Wildfire, M, €25.00")
    cashier.pay_exactly()
    assert stand.settings.read_text(encoding="utf-8") == content


def test_a_change_keeps_the_wrong_file_beside_and_says_where(
    starts: Starts, stand: Folders
) -> None:
    cashier = starts(MISTYPED)
    old = cashier.window
    cashier.press("Day or night")
    cashier.until(lambda: cashier.window is not old)
    (said,) = cashier.banners()
    assert "till.toml.bad" in said
    kept = stand.settings.with_name("till.toml.bad")
    assert kept.read_text(encoding="utf-8") == MISTYPED
    assert load_settings(stand.settings).theme == "night"
    cashier.press("Understood")
    assert cashier.banners() == ()


def test_the_strip_is_said_in_the_language_of_the_screens(starts: Starts) -> None:
    cashier = starts("theme =")
    old = cashier.window
    cashier.press("Language")
    cashier.until(lambda: cashier.window is not old)
    (said,) = cashier.banners()
    assert said.startswith("L’ancien fichier")

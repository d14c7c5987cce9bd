"""One window a till: a second start calls the first one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.single import FirstWindow, call_first_window

HANG_GUARD_MS = 30_000


@pytest.fixture
def first(tmp_path: Path, qapp: QApplication) -> Iterator[FirstWindow]:
    first = FirstWindow(tmp_path, qapp)
    yield first
    first.close()


def test_a_second_start_is_answered_and_heard(
    first: FirstWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    calls: list[str] = []
    first.called.connect(lambda: calls.append("called"))
    assert call_first_window(tmp_path)
    qtbot.waitUntil(lambda: calls == ["called"], timeout=HANG_GUARD_MS)
    assert call_first_window(tmp_path)
    qtbot.waitUntil(lambda: calls == ["called", "called"], timeout=HANG_GUARD_MS)


@pytest.mark.usefixtures("first")
def test_the_same_folder_by_another_path_is_the_same_till(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path.parent)
    assert call_first_window(Path(tmp_path.name))


@pytest.mark.usefixtures("first")
def test_another_folder_is_another_till(tmp_path: Path) -> None:
    assert not call_first_window(tmp_path / "other")


def test_nobody_answers_for_a_till_that_is_closed(first: FirstWindow, tmp_path: Path) -> None:
    first.close()
    assert not call_first_window(tmp_path)


def test_what_a_killed_till_left_behind_is_no_window(tmp_path: Path, qtbot: QtBot) -> None:
    """Its socket stays on the disk; whoever has the lock now takes its place."""
    dead = FirstWindow(tmp_path)
    alive = FirstWindow(tmp_path)
    calls: list[str] = []
    alive.called.connect(lambda: calls.append("called"))
    assert call_first_window(tmp_path)
    qtbot.waitUntil(lambda: bool(calls), timeout=HANG_GUARD_MS)
    alive.close()
    dead.close()

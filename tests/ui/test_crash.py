"""The crash handler: every mistake is written down and said, and none of its own is added."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from ui.crash import CrashHandler

HANG_GUARD_MS = 30_000


class Listener:
    """What the handler says, and on which thread."""

    def __init__(self, handler: CrashHandler, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.numbers: list[str] = []
        self.threads: list[QThread] = []
        handler.crashed.connect(self._hear)

    def _hear(self, number: str) -> None:
        self.numbers.append(number)
        self.threads.append(QThread.currentThread())

    def until(self, count: int) -> list[str]:
        self._qtbot.waitUntil(lambda: len(self.numbers) >= count, timeout=HANG_GUARD_MS)
        return self.numbers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


@pytest.fixture
def handler(folder: Path) -> Iterator[CrashHandler]:
    handler = CrashHandler(folder)
    handler.install()
    yield handler
    handler.uninstall()


@pytest.fixture
def listener(handler: CrashHandler, qtbot: QtBot) -> Listener:
    return Listener(handler, qtbot)


@pytest.fixture(autouse=True)
def errors_are_expected(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.ERROR):
        yield


def raise_one(text: str = "a mistake") -> None:
    """Let a mistake arrive where nobody else caught it."""
    try:
        divide(text)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def divide(text: str) -> None:
    raise ZeroDivisionError(text)


def test_a_report_says_what_happened_where_and_in_which_version(
    listener: Listener, folder: Path
) -> None:
    raise_one("by nothing")
    (number,) = listener.until(1)
    (report,) = folder.glob(f"*Z-{number}.txt")
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError: by nothing" in text
    assert "in raise_one" in text
    assert "Échoppe" in text
    assert number in text


def test_each_report_has_a_number_of_its_own_that_can_be_told_on_the_phone(
    listener: Listener, folder: Path
) -> None:
    for _ in range(5):
        raise_one()
    numbers = listener.until(5)
    assert len(set(numbers)) == 5
    assert all(len(number) == 6 and number.isalnum() and number.isascii() for number in numbers)
    assert len(list(folder.glob("*Z-*.txt"))) == 5


def test_a_mistake_on_another_thread_is_said_on_this_one(listener: Listener) -> None:
    thread = threading.Thread(target=raise_in_thread)
    thread.start()
    listener.until(1)
    thread.join()
    assert listener.threads == [QThread.currentThread()]


def raise_in_thread() -> None:
    raise KeyError("on the printer's thread")


def test_a_disk_that_takes_no_report_is_no_second_mistake(
    listener: Listener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("ui.crash"), "disabled", True)
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.write_text("not a folder")
    raise_one()
    assert len(listener.until(1)) == 1


def test_a_till_without_a_folder_for_reports_opens_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("not a folder")
    handler = CrashHandler(tmp_path / "reports")
    handler.install()
    handler.uninstall()


def test_an_interrupt_from_the_keyboard_is_no_mistake(
    listener: Listener, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stop = KeyboardInterrupt()
    sys.excepthook(type(stop), stop, stop.__traceback__)
    assert "KeyboardInterrupt" in capsys.readouterr().err
    assert listener.numbers == []
    assert not list(folder.glob("*Z-*.txt"))


def test_the_hooks_are_given_back(folder: Path) -> None:
    before = sys.excepthook, threading.excepthook
    handler = CrashHandler(folder)
    handler.install()
    assert (sys.excepthook, threading.excepthook) != before
    handler.uninstall()
    assert (sys.excepthook, threading.excepthook) == before

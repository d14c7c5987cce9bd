"""No scan is lost, whatever happens to the window meanwhile and whatever the keyboard is."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.scanning.wedge import Wedge, codes, key_of
from tests.ui.scanning.windows import (
    EAN,
    PICKUP,
    Heard,
    Quantity,
    code_of,
    listening,
    shown,
)
from ui.scanning.calibration import CALIBRATION_TEXT
from ui.scanning.filter import ScanFilter, ScannerSettings


def test_300_scans_in_10_s_are_all_heard_though_the_screen_stalls(
    qtbot: QtBot, heard: Heard
) -> None:
    """30 a second; after every 100 of them the program is busy for 300 ms."""
    edit = QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit)
    wedge.posts, wedge.pause_ms = True, 1
    sent = list(codes(300))
    began_ms = wedge.at_ms
    for n, code in enumerate(sent):
        wedge.scan(code)
        wedge.at_ms = began_ms + (n + 1) * 1000 // 30
    stalled_at: list[int] = []

    def stall() -> None:
        count = len(heard.scans)
        if count % 100 == 1 and count not in stalled_at:
            stalled_at.append(count)
            threading.Event().wait(0.3)

    edit.textEdited.connect(stall)
    qtbot.waitUntil(lambda: len(heard.scans) >= 300, timeout=60_000)
    assert (heard.texts, edit.text()) == (sent, "Zoé")
    assert stalled_at == [1, 101, 201]


def test_two_scans_in_one_turn_of_the_event_loop_are_heard_in_order(
    qtbot: QtBot, heard: Heard
) -> None:
    wedge = shown(qtbot, QWidget(), QPushButton("Pay"))
    wedge.posts = True
    wedge.scan(EAN)
    wedge.scan(PICKUP)
    qtbot.waitUntil(lambda: heard.texts == [EAN, PICKUP])


def test_a_window_without_any_focus_hears_scans(qtbot: QtBot, heard: Heard) -> None:
    window = QWidget()
    window.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    wedge = shown(qtbot, window)
    window.clearFocus()
    assert QApplication.focusWidget() is None
    wedge.scan(EAN)
    assert heard.texts == [EAN]


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_field_may_go_away_while_it_is_scanned_into(
    qtbot: QtBot, heard: Heard, kind: type[QLineEdit | QPlainTextEdit]
) -> None:
    field, other = kind(), QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), field, other)
    for character in EAN[:5]:
        wedge.stroke(code_of(character), False)
    shiboken6.delete(field)
    wedge.scan(EAN[5:])
    assert (heard.texts, other.text()) == ([EAN], "Zoé")


def test_a_field_that_is_full_stays_as_it_is(qtbot: QtBot, heard: Heard) -> None:
    edit = QLineEdit("12")
    edit.setMaxLength(2)
    wedge = shown(qtbot, QWidget(), edit)
    edit.setCursorPosition(1)
    edited: list[str] = []
    edit.textEdited.connect(edited.append)
    wedge.scan(EAN)
    assert (heard.texts, edit.text(), edit.cursorPosition(), edited) == ([EAN], "12", 1, [])


def test_the_focus_may_move_while_a_code_is_scanned(qtbot: QtBot, heard: Heard) -> None:
    edit, other = QLineEdit("Anna"), QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit, other)
    edit.textEdited.connect(lambda text: other.setFocus() if text.endswith("3760") else None)
    wedge.scan(EAN)
    assert (heard.texts, edit.text(), other.text()) == ([EAN], "Anna", "Zoé")


def test_the_focus_may_move_while_keys_come_without_releases(qtbot: QtBot, heard: Heard) -> None:
    """So that it stays open for a while whether the first key was a person's."""
    edit, other = QLineEdit("Anna"), QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit, other)
    for character in EAN:
        wedge.key(QEvent.Type.KeyPress, key_of(character), code_of(character), text=character)
        other.setFocus()
    wedge.scan("12")
    assert (heard.texts, edit.text(), other.text()) == ([f"{EAN}12"], "Anna", "Zoé")


def test_a_dialog_may_open_while_a_code_is_scanned(qtbot: QtBot, heard: Heard) -> None:
    edit, name = QLineEdit("Anna"), QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit)
    for character in EAN[:6]:
        wedge.stroke(code_of(character), False)
    dialog = QDialog(edit.window())
    wedge.target = shown(qtbot, dialog, name).target
    wedge.scan(EAN[6:])
    assert (heard.texts, edit.text(), name.text()) == ([EAN], "Anna", "Zoé")


def test_a_window_may_close_with_a_key_waiting(qtbot: QtBot, heard: Heard) -> None:
    window, other = QWidget(), QLineEdit("Zoé")
    # Not by qtbot, which would close it once more.
    window.show()
    wedge = Wedge(target=window.windowHandle())
    wedge.stroke(57, False)
    shiboken6.delete(window)
    after = shown(qtbot, QWidget(), other)
    wedge.target = after.target
    wedge.scan("12345")
    assert (heard.texts, other.text()) == ([" 12345"], "Zoé")


def test_each_key_counts_once_on_its_way_up(qtbot: QtBot, heard: Heard) -> None:
    """Window, button, frame and page all see a key that nobody wants; three keys stay three."""
    page, frame = QWidget(), QWidget()
    layout = QVBoxLayout(frame)
    layout.addWidget(QPushButton("Pay"))
    wedge = shown(qtbot, page, frame)
    wedge.scan("123")
    assert heard.texts == []
    wedge.scan("1134")
    assert heard.texts == ["1134"]


def test_keys_sent_to_a_widget_by_a_test_are_scans_too(qtbot: QtBot, qapp: QApplication) -> None:
    """They bypass the window and bear no time: the clock serves, and here it stands still."""
    edit = QLineEdit("Zoé")
    window = shown(qtbot, QWidget(), edit).window
    with listening(ScanFilter(qapp, now_ms=lambda: 1)) as heard:
        QTest.keyClicks(edit, EAN)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.window(), heard.texts, edit.text()) == (window, [EAN], "Zoé")


def test_keys_are_timed_by_the_clock_when_they_bear_no_time(
    qtbot: QtBot, qapp: QApplication
) -> None:
    now_ms, edit = [0], QLineEdit()
    wedge = shown(qtbot, QWidget(), edit)
    with listening(ScanFilter(qapp, now_ms=lambda: now_ms[0])) as heard:
        for character in "12345":
            now_ms[0] += 60
            QTest.keyClick(edit, Qt.Key(ord(character)))
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (wedge.window, heard.texts, edit.text()) == (edit.window(), [], "12345")


def test_what_waits_when_the_filter_is_closed_is_delivered(
    qtbot: QtBot, qapp: QApplication
) -> None:
    window = Quantity()
    wedge = shown(qtbot, window)
    with listening(ScanFilter(qapp)):
        wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_A, 30, text="a")
        assert window.keys == []
    assert window.keys == ["a"]


@pytest.mark.parametrize("caps_lock", [False, True])
@pytest.mark.parametrize("host", ["us", "fr", "be"])
@pytest.mark.parametrize("code", [EAN, PICKUP])
def test_a_scanner_set_to_another_keyboard_is_understood(
    qtbot: QtBot, heard: Heard, code: str, host: str, caps_lock: bool
) -> None:
    edit = QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit)
    wedge.host, wedge.caps_lock = host, caps_lock
    wedge.scan(code)
    assert (heard.texts, edit.text()) == ([code], "Zoé")


def test_the_calibration_code_teaches_a_computer_without_key_numbers(
    qtbot: QtBot, scans: ScanFilter, heard: Heard
) -> None:
    wedge = shown(qtbot, QWidget(), QLineEdit())
    wedge.host, wedge.tells_codes = "fr", False
    wedge.scan(PICKUP)
    assert PICKUP not in heard.scans[0].candidates
    wedge.scan(CALIBRATION_TEXT)
    assert (len(heard.calibrations), len(heard.scans)) == (1, 1)
    wedge.scan(PICKUP)
    assert heard.texts[1:] == [PICKUP]


def test_a_hostile_calibration_code_changes_nothing_and_is_no_article(
    qtbot: QtBot, scans: ScanFilter, heard: Heard
) -> None:
    wedge = shown(qtbot, QWidget(), QLineEdit())
    hostile = CALIBRATION_TEXT.translate(str.maketrans("12", "21"))
    with qtbot.waitSignal(scans.calibration_refused):
        wedge.scan(hostile)
    wedge.scan(EAN)
    assert (heard.calibrations, heard.texts) == ([], [EAN])


def test_a_calibration_can_be_forgotten(qtbot: QtBot, scans: ScanFilter, heard: Heard) -> None:
    wedge = shown(qtbot, QWidget(), QLineEdit())
    wedge.host, wedge.tells_codes = "fr", False
    wedge.scan(CALIBRATION_TEXT)
    scans.forget_calibration()
    wedge.scan(PICKUP)
    assert PICKUP not in heard.scans[0].candidates


def test_dead_keys_of_the_computer_do_not_lose_characters(qtbot: QtBot, heard: Heard) -> None:
    """The "[" of a US scanner is a dead circumflex in France: Qt eats its press and that of "E"."""
    edit = QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit)
    wedge.host = "fr"
    wedge.stroke(2, False)
    for code, key in ((26, Qt.Key.Key_Dead_Circumflex), (18, Qt.Key.Key_E)):
        wedge.key(QEvent.Type.KeyRelease, key, code)
    commit = QInputMethodEvent()
    commit.setCommitString("ê")
    QApplication.sendEvent(edit, commit)
    wedge.scan("234")
    assert (heard.scans[0].candidates[0], edit.text()) == ("1[e234", "Zoé")
    assert "&êé\"'" in heard.scans[0].candidates


def test_a_dead_key_without_a_field_is_read_by_its_place(qtbot: QtBot, heard: Heard) -> None:
    wedge = shown(qtbot, QWidget(), QPushButton("Pay"))
    wedge.host = "fr"
    wedge.stroke(2, False)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        wedge.key(kind, Qt.Key.Key_Dead_Circumflex, 26)
    wedge.scan("234")
    assert heard.texts == ["1[234"]


def test_a_terminator_that_was_not_chosen_is_typing(qtbot: QtBot, qapp: QApplication) -> None:
    edit = QLineEdit()
    wedge = shown(qtbot, QWidget(), edit)
    only_tab = ScannerSettings(terminators=frozenset({Qt.Key.Key_Tab}))
    with listening(ScanFilter(qapp, settings=only_tab)) as heard:
        wedge.scan("1234", terminator=Qt.Key.Key_Return)
        wedge.at_ms += 100
        wedge.scan(EAN, terminator=Qt.Key.Key_Tab)
    assert (heard.texts, edit.text()) == ([EAN], "1234")

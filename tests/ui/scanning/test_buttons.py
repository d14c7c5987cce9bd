"""Scans do nothing to buttons, lists, dialogs and shortcuts; and the quantity stays."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.scanning.wedge import key_of
from tests.ui.scanning.windows import (
    EAN,
    PICKUP,
    Heard,
    Quantity,
    listening,
    pressed_of,
    shown,
)
from ui.scanning.burst import GAP_MAX_MS
from ui.scanning.filter import ScanFilter, ScannerSettings


@pytest.mark.parametrize("terminator", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scan_neither_presses_a_button_nor_leaves_it(
    qtbot: QtBot, heard: Heard, terminator: Qt.Key
) -> None:
    button, other = QPushButton("Pay"), QPushButton("Park")
    button.setAutoDefault(True)
    wedge = shown(qtbot, QWidget(), button, other)
    presses = pressed_of(button)
    wedge.scan("A B C D ", terminator=terminator)
    assert (heard.texts, presses, button.hasFocus()) == (["A B C D "], [], True)


def test_a_code_that_begins_with_a_space_presses_nothing(qtbot: QtBot, heard: Heard) -> None:
    button = QPushButton("Pay")
    wedge = shown(qtbot, QWidget(), button)
    presses = pressed_of(button)
    wedge.scan(" 12345")
    assert (heard.texts, presses) == ([" 12345"], [])


def test_space_pressed_by_a_person_presses_the_button(qtbot: QtBot, heard: Heard) -> None:
    button = QPushButton("Pay")
    wedge = shown(qtbot, QWidget(), button)
    presses = pressed_of(button)
    wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_Space, 57, text=" ")
    wedge.key(QEvent.Type.KeyRelease, Qt.Key.Key_Space, 57, text=" ")
    assert presses == [], "it waits until it is known"
    qtbot.waitUntil(lambda: presses == [True])


def test_a_stalled_screen_does_not_let_a_waiting_key_through(qtbot: QtBot, heard: Heard) -> None:
    """The time is up before the rest of the code is handled, and the rest lies in the queue."""
    button = QPushButton("Pay")
    wedge = shown(qtbot, QWidget(), button)
    presses = pressed_of(button)
    wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_Space, 57, text=" ")
    wedge.key(QEvent.Type.KeyRelease, Qt.Key.Key_Space, 57, text=" ")
    threading.Event().wait(0.3)
    wedge.posts = True
    wedge.scan("12345")
    qtbot.waitUntil(lambda: heard.texts == [" 12345"])
    assert presses == []


def test_keys_that_are_queued_behind_the_clock_are_waited_for(qtbot: QtBot, heard: Heard) -> None:
    """After a stall the waiting key's time may be up one step before the rest is handled."""
    button = QPushButton("Pay")
    wedge = shown(qtbot, QWidget(), button)
    presses = pressed_of(button)
    wedge.stroke(57, False)
    QTimer.singleShot(GAP_MAX_MS + 10, lambda: wedge.scan("12345"))
    threading.Event().wait(0.3)
    qtbot.waitUntil(lambda: heard.texts == [" 12345"])
    assert presses == []


def test_a_key_held_down_repeats_at_once(qtbot: QtBot, heard: Heard) -> None:
    """The first waits a little; the others must not wait for the finger to go up."""
    window = Quantity()
    wedge = shown(qtbot, window)
    wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_Plus, 13, text="+")
    wedge.at_ms += 500
    for _ in range(3):
        wedge.at_ms += 20
        wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_Plus, 13, text="+", repeated=True)
    assert window.keys == ["+"] * 4


def test_a_fast_macro_reaches_a_list_in_order(qtbot: QtBot, heard: Heard) -> None:
    """No scan, because no terminator comes: nothing of it may be lost."""
    window = Quantity()
    wedge = shown(qtbot, window)
    for character in "abc":
        wedge.key(QEvent.Type.KeyPress, key_of(character), 0, text=character)
    assert window.keys == []
    qtbot.waitUntil(lambda: window.keys == ["a", "b", "c"])
    assert heard.texts == []


def test_a_scan_does_not_jump_in_a_list(qtbot: QtBot, heard: Heard) -> None:
    rows = QListWidget()
    rows.addItems(["Anna", "FP1", "375 g"])
    rows.setCurrentRow(0)
    wedge = shown(qtbot, QWidget(), rows)
    wedge.scan(PICKUP)
    wedge.scan(EAN)
    assert (heard.texts, rows.currentRow()) == ([PICKUP, EAN], 0)
    wedge.type("f")
    assert rows.currentRow() == 1


def test_digits_do_not_jump_in_a_list_on_the_checkout(
    qtbot: QtBot, scans: ScanFilter, heard: Heard
) -> None:
    checkout, rows = Quantity(), QListWidget()
    scans.register(checkout, owner=checkout)
    rows.addItems(["Anna", "375 g"])
    rows.setCurrentRow(0)
    wedge = shown(qtbot, checkout, rows)
    wedge.scan(EAN)
    assert (heard.texts, rows.currentRow()) == ([EAN], 0)


def test_a_scan_in_a_dialog_does_not_answer_it(qtbot: QtBot, heard: Heard) -> None:
    window = QWidget()
    shown(qtbot, window)
    dialog = QDialog(window, modal=True)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    name = QLineEdit("Zoé")
    answers: list[int] = []
    dialog.finished.connect(answers.append)
    buttons.accepted.connect(dialog.accept)
    wedge = shown(qtbot, dialog, name, buttons)
    ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isDefault()
    wedge.scan(EAN)
    assert (heard.texts, answers, name.text()) == ([EAN], [], "Zoé")
    wedge.press_and_release(Qt.Key.Key_Return)
    assert answers == [QDialog.DialogCode.Accepted]


@pytest.mark.parametrize("kind", [QShortcut, QAction])
def test_a_scan_triggers_no_shortcut_and_a_person_does(
    qtbot: QtBot, qapp: QApplication, kind: type[QShortcut | QAction]
) -> None:
    """Through Qt's own door for key events, which is where it looks for shortcuts."""
    window = QWidget()
    wedge = shown(qtbot, window, QPushButton("Pay"))
    done: list[bool] = []
    if kind is QAction:
        action = QAction("More", window)
        action.setShortcut("+")
        action.triggered.connect(lambda: done.append(True))
        window.addAction(action)
    else:
        QShortcut("+", window).activated.connect(lambda: done.append(True))
    # These keys bear the time at which they are made: a busy machine gets half a second for each.
    with listening(ScanFilter(qapp, settings=ScannerSettings(gap_max_ms=500))) as heard:
        for text in ("+1234", "12+34"):  # the first key of a burst is a case of its own
            for character in text:
                QTest.keyClick(wedge.target, Qt.Key(ord(character)))
            QTest.keyClick(wedge.target, Qt.Key.Key_Return)
        assert (heard.texts, done) == (["+1234", "12+34"], [])
        QTest.keyClick(wedge.target, Qt.Key.Key_Plus)
        qtbot.waitUntil(lambda: done == [True])


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_Down])
def test_a_function_key_inside_a_scan_does_nothing(qtbot: QtBot, heard: Heard, key: Qt.Key) -> None:
    """Some scanners send one for what a keyboard has no character for."""
    window = Quantity()
    wedge = shown(qtbot, window, QLineEdit("Zoé"))
    for character in "1234":
        wedge.stroke(2 + int(character), False)
    wedge.key(QEvent.Type.KeyPress, key, 0)
    wedge.key(QEvent.Type.KeyRelease, key, 0)
    wedge.scan("5")
    assert (heard.texts, window.pressed) == (["23455"], [])
    wedge.press_and_release(key)
    assert window.pressed == [key]


def test_digits_on_the_checkout_are_a_quantity_at_once(
    qtbot: QtBot, scans: ScanFilter, heard: Heard
) -> None:
    checkout = Quantity()
    scans.register(checkout, owner=checkout)
    wedge = shown(qtbot, checkout, QPushButton("M"))
    wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_1, 2, text="1")
    assert checkout.typed == "1"


@pytest.mark.parametrize("owned", [True, False])
def test_half_typed_digits_are_never_part_of_a_scan(
    qtbot: QtBot, scans: ScanFilter, heard: Heard, owned: bool
) -> None:
    checkout = Quantity()
    scans.register(checkout, owner=checkout if owned else None)
    wedge = shown(qtbot, checkout)
    seen: list[tuple[str, str]] = []
    scans.scanned.connect(lambda scan: seen.append((checkout.typed, scan.text)))
    wedge.type("12")
    wedge.scan(EAN)
    checkout.typed = ""  # a scan resets the quantity; that is the checkout's business
    wedge.type("3")
    wedge.scan(PICKUP)
    assert seen == [("12", EAN), ("3", PICKUP)]


@pytest.mark.parametrize("owned", [True, False])
def test_a_digit_a_blink_before_the_scan_is_the_quantity(
    qtbot: QtBot, scans: ScanFilter, heard: Heard, owned: bool
) -> None:
    checkout = Quantity()
    scans.register(checkout, owner=checkout if owned else None)
    wedge = shown(qtbot, checkout)
    wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_2, 0, text="2")
    wedge.at_ms += 15
    wedge.scan(EAN)
    wedge.key(QEvent.Type.KeyRelease, Qt.Key.Key_2, 0, text="2")
    assert (checkout.typed, heard.texts) == ("2", [EAN])
    assert checkout.keys == (["2", *EAN] if owned else ["2"])


def test_a_buffer_that_is_gone_is_not_asked(qtbot: QtBot, scans: ScanFilter, heard: Heard) -> None:
    checkout = Quantity()
    scans.register(checkout, owner=checkout)
    scans.unregister(checkout)
    wedge = shown(qtbot, checkout)
    wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_1, 2, text="1")
    assert checkout.typed == "", "without a buffer, digits wait like all others"


def test_a_second_terminator_does_not_answer_the_dialog(qtbot: QtBot, heard: Heard) -> None:
    """A scanner set to send CR and LF."""
    button = QPushButton("Pay")
    button.setAutoDefault(True)
    wedge = shown(qtbot, QDialog(), button)
    presses = pressed_of(button)
    wedge.scan(EAN)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        wedge.key(kind, Qt.Key.Key_Enter, 28)
    assert (heard.texts, presses) == ([EAN], [])
    wedge.press_and_release(Qt.Key.Key_Return)
    assert presses == [True]

"""Scans through real windows: into fields, buttons, lists and dialogs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.scanning.wedge import Wedge, codes, key_of
from ui.scanning.calibration import CALIBRATION_TEXT
from ui.scanning.filter import ScanFilter, ScannerSettings
from ui.scanning.readings import Scan

EAN = "3760001234565"
PICKUP = "FP1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2"


class Heard(QObject):
    """What the filter told."""

    def __init__(self, scans: ScanFilter) -> None:
        super().__init__()
        self.scans: list[Scan] = []
        self.calibrations: list[object] = []
        scans.scanned.connect(self.scans.append)
        scans.calibrated.connect(self.calibrations.append)

    @property
    def texts(self) -> list[str]:
        return [scan.text for scan in self.scans]


@pytest.fixture
def scans(qapp: QApplication) -> Iterator[ScanFilter]:
    scans = ScanFilter(qapp)
    yield scans
    scans.close()
    shiboken6.delete(scans)


@pytest.fixture
def heard(scans: ScanFilter) -> Heard:
    return Heard(scans)


class Quantity(QWidget):
    """A checkout: digits typed anywhere on it are a quantity; every key it gets is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""
        self.keys: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.text())
        if event.text().isdigit():
            self.typed += event.text()

    def snapshot(self) -> object:
        return self.typed

    def restore(self, snapshot: object, /) -> None:
        self.typed = str(snapshot)


def shown(qtbot: QtBot, widget: QWidget, *children: QWidget) -> Wedge:
    """Show a window, its children below each other, the first with the focus; return a scanner."""
    if children:
        layout = QVBoxLayout(widget)
        for child in children:
            layout.addWidget(child)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    (children[0] if children else widget).setFocus()
    return Wedge(target=widget.windowHandle(), window=widget)


def pressed_of(button: QPushButton) -> list[bool]:
    presses: list[bool] = []
    button.clicked.connect(lambda: presses.append(True))
    return presses


# --- text fields ---------------------------------------------------------------------------------


def test_a_scan_leaves_a_text_field_as_it_was(qtbot: QtBot, heard: Heard) -> None:
    edit = QLineEdit("anna@example.org")
    wedge = shown(qtbot, QWidget(), edit)
    edit.setSelection(0, 4)
    edited: list[str] = []
    edit.textEdited.connect(edited.append)
    wedge.scan(EAN)
    assert heard.texts == [EAN]
    assert (edit.text(), edit.selectedText()) == ("anna@example.org", "anna")
    assert (edit.cursorPosition(), edit.isModified()) == (4, False)
    # Who searches as it is typed was told of each key, and then that all is as before.
    assert edited[0] == "3@example.org"
    assert edited[-1] == "anna@example.org"


def test_a_selection_made_backwards_comes_back_backwards(qtbot: QtBot, heard: Heard) -> None:
    edit = QLineEdit("anna")
    wedge = shown(qtbot, QWidget(), edit)
    edit.setSelection(3, -2)
    wedge.scan(EAN)
    assert (edit.selectedText(), edit.cursorPosition()) == ("nn", 1)


def test_typing_goes_into_the_field_at_once(qtbot: QtBot, heard: Heard) -> None:
    edit = QLineEdit()
    wedge = shown(qtbot, QWidget(), edit)
    wedge.key(QEvent.Type.KeyPress, Qt.Key.Key_A, 30, text="a")
    assert edit.text() == "a"


def test_a_scan_amid_typing_is_taken_out_of_it(qtbot: QtBot, heard: Heard) -> None:
    edit = QLineEdit()
    wedge = shown(qtbot, QWidget(), edit)
    wedge.type("an")
    wedge.scan(PICKUP)
    wedge.type("na")
    assert (edit.text(), heard.texts) == ("anna", [PICKUP])


@pytest.mark.parametrize("kind", [QPlainTextEdit, QTextEdit])
def test_a_scan_leaves_a_long_text_as_it_was(
    qtbot: QtBot, heard: Heard, kind: type[QPlainTextEdit | QTextEdit]
) -> None:
    edit = kind()
    edit.setPlainText("two lines\nof a note")
    wedge = shown(qtbot, QWidget(), edit)
    cursor = edit.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(12, cursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    wedge.scan(PICKUP)
    assert heard.texts == [PICKUP]
    assert edit.toPlainText() == "two lines\nof a note"
    assert (edit.textCursor().anchor(), edit.textCursor().position()) == (4, 12)
    edit.undo()
    assert edit.toPlainText() == "two lines\nof a note"


@pytest.mark.parametrize("kind", [QSpinBox, QDoubleSpinBox])
def test_a_scan_leaves_a_number_as_it_was(
    qtbot: QtBot, heard: Heard, kind: type[QSpinBox | QDoubleSpinBox]
) -> None:
    spin = kind()
    spin.setMaximum(10**9)
    spin.setValue(3)
    wedge = shown(qtbot, QWidget(), spin)
    spin.selectAll()
    wedge.scan(EAN)
    assert (heard.texts, spin.value()) == ([EAN], 3)
    wedge.type("5")
    assert spin.value() == 5, "the selection is back, so that a digit replaces the number"


def test_a_scan_leaves_a_combo_box_as_it_was(qtbot: QtBot, heard: Heard) -> None:
    combo = QComboBox()
    combo.setEditable(True)
    combo.addItems(["Paris", "3760 Rue de la Gare"])
    wedge = shown(qtbot, QWidget(), combo)
    wedge.scan(EAN)
    assert heard.texts == [EAN]
    assert (combo.currentText(), combo.currentIndex(), combo.count()) == ("Paris", 0, 2)


def test_a_scan_closes_the_suggestions_that_it_opened(qtbot: QtBot, heard: Heard) -> None:
    edit = QLineEdit()
    completer = QCompleter(["3760 Rue de la Gare"])
    edit.setCompleter(completer)
    wedge = shown(qtbot, QWidget(), edit)
    popup = completer.popup()
    assert popup is not None
    wedge.scan(EAN[:4] + "0")
    wedge.type("37")
    assert popup.isVisible()
    wedge.scan(EAN)
    assert heard.texts == ["37600", EAN]
    assert (edit.text(), popup.isVisible()) == ("37", False)


def test_a_field_that_cannot_be_written_is_no_field(qtbot: QtBot, heard: Heard) -> None:
    edit = QLineEdit("R1-000123", readOnly=True)
    wedge = shown(qtbot, QWidget(), edit)
    wedge.scan(EAN)
    assert (heard.texts, edit.text()) == ([EAN], "R1-000123")


# --- buttons, lists, dialogs, shortcuts ----------------------------------------------------------


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
    qtbot: QtBot, heard: Heard, kind: type[QShortcut | QAction]
) -> None:
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
    # As the window system does it, shortcuts included; twice, because the first key is special.
    for text in ("+1234", "12+34"):
        for character in text:
            QTest.keyClick(window.windowHandle(), Qt.Key(ord(character)))
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert (heard.texts, done) == (["+1234", "12+34"], [])
    wedge.at_ms += 1000
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: done == [True])


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_Down])
def test_a_function_key_inside_a_scan_does_nothing(qtbot: QtBot, heard: Heard, key: Qt.Key) -> None:
    """Some scanners send one for what a keyboard has no character for."""
    window = Quantity()
    wedge = shown(qtbot, window, QLineEdit("Zoé"))
    pressed: list[int] = []
    window.keyPressEvent = lambda event: pressed.append(event.key())  # type: ignore[method-assign]
    for character in "1234":
        wedge.stroke(2 + int(character), False)
    wedge.key(QEvent.Type.KeyPress, key, 0)
    wedge.key(QEvent.Type.KeyRelease, key, 0)
    wedge.scan("5")
    assert (heard.texts, pressed) == (["23455"], [])
    wedge.press_and_release(key)
    assert pressed == [key]


# --- the quantity --------------------------------------------------------------------------------


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


# --- never lost ----------------------------------------------------------------------------------


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


def test_the_field_may_go_away_while_it_is_scanned_into(qtbot: QtBot, heard: Heard) -> None:
    edit, other = QLineEdit(), QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit, other)
    for character in EAN[:5]:
        wedge.stroke(_code_of(character), False)
    shiboken6.delete(edit)
    wedge.scan(EAN[5:])
    assert (heard.texts, other.text()) == ([EAN], "Zoé")


def test_the_focus_may_move_while_a_code_is_scanned(qtbot: QtBot, heard: Heard) -> None:
    edit, other = QLineEdit("Anna"), QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit, other)
    edit.textEdited.connect(lambda text: other.setFocus() if text.endswith("3760") else None)
    wedge.scan(EAN)
    assert (heard.texts, edit.text(), other.text()) == ([EAN], "Anna", "Zoé")


def test_a_dialog_may_open_while_a_code_is_scanned(qtbot: QtBot, heard: Heard) -> None:
    edit, name = QLineEdit("Anna"), QLineEdit("Zoé")
    wedge = shown(qtbot, QWidget(), edit)
    for character in EAN[:6]:
        wedge.stroke(_code_of(character), False)
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


def test_keys_sent_to_a_widget_by_a_test_are_scans_too(qtbot: QtBot, heard: Heard) -> None:
    """They bypass the window and bear no time: the clock serves."""
    edit = QLineEdit("Zoé")
    window = shown(qtbot, QWidget(), edit).window
    assert window
    QTest.keyClicks(edit, EAN)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (heard.texts, edit.text()) == ([EAN], "Zoé")


@contextmanager
def listening(scans: ScanFilter) -> Iterator[Heard]:
    heard = Heard(scans)
    yield heard
    scans.close()


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


# --- keyboards -----------------------------------------------------------------------------------


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


def test_a_terminator_that_was_not_chosen_is_typing(qtbot: QtBot, qapp: QApplication) -> None:
    edit = QLineEdit()
    wedge = shown(qtbot, QWidget(), edit)
    only_tab = ScannerSettings(terminators=frozenset({Qt.Key.Key_Tab}))
    with listening(ScanFilter(qapp, settings=only_tab)) as heard:
        wedge.scan("1234", terminator=Qt.Key.Key_Return)
        wedge.at_ms += 100
        wedge.scan(EAN, terminator=Qt.Key.Key_Tab)
    assert (heard.texts, edit.text()) == ([EAN], "1234")


def _code_of(digit: str) -> int:
    return 11 if digit == "0" else int(digit) + 1

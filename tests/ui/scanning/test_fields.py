"""Scans into text fields leave them as they were."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.scanning.windows import (
    EAN,
    PICKUP,
    Heard,
    Quantity,
    shown,
)


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
    completer = QCompleter([f"{EAN} Mug"])
    edit.setCompleter(completer)
    wedge = shown(qtbot, QWidget(), edit)
    popup = completer.popup()
    assert popup is not None
    opened: list[bool] = []
    edit.textEdited.connect(lambda: opened.append(popup.isVisible()))
    wedge.scan(EAN)
    assert True in opened
    assert (heard.texts, edit.text(), popup.isVisible()) == ([EAN], "", False)


def test_a_field_that_cannot_be_written_lets_no_key_through(qtbot: QtBot, heard: Heard) -> None:
    window, edit = Quantity(), QLineEdit("R1-000123", readOnly=True)
    wedge = shown(qtbot, window, edit)
    wedge.scan(EAN)
    assert (heard.texts, edit.text(), window.keys) == ([EAN], "R1-000123", [])

"""Text fields as they were before a scan was typed into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import shiboken6
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

Editor = QLineEdit | QPlainTextEdit | QTextEdit


class Remembered(Protocol):
    """One text field's past."""

    def restore(self) -> None: ...


def editor_of(focus: QWidget | None) -> Editor | None:
    """Return the field that takes the text typed while `focus` has the focus, if there is one."""
    field: QWidget | None = focus
    if isinstance(focus, QComboBox):
        field = focus.lineEdit() if focus.isEditable() else None
    elif isinstance(focus, QAbstractSpinBox):
        # Its own lineEdit() is protected.
        field = focus.findChild(QLineEdit)
    if not isinstance(field, (QLineEdit, QPlainTextEdit, QTextEdit)):
        return None
    # A dialog of the system may have ended meanwhile, and its field with it.
    return field if shiboken6.isValid(field) and not field.isReadOnly() else None


def remember(editor: Editor) -> Remembered:
    """Return what brings back the text, the cursor and the selection of now.

    The way back clears the history of undo: Ctrl+Z must not bring the code into the field.
    """
    if isinstance(editor, QLineEdit):
        return _Line.of(editor)
    return _Document.of(editor)


@dataclass(frozen=True, slots=True)
class _Line:
    edit: QLineEdit
    text: str
    cursor: int
    selected_from: int  # -1 without a selection
    selected: int
    modified: bool

    @classmethod
    def of(cls, edit: QLineEdit) -> _Line:
        return cls(
            edit,
            edit.text(),
            edit.cursorPosition(),
            edit.selectionStart(),
            edit.selectionLength(),
            edit.isModified(),
        )

    def restore(self) -> None:
        edit = self.edit
        if not shiboken6.isValid(edit):
            return
        suggestions = _suggestions(edit)
        if suggestions:
            suggestions.hide()
        if edit.text() != self.text:
            edit.setText(self.text)
            edit.setModified(self.modified)
            # Who was told of the code by this signal is told that it is gone.
            edit.textEdited.emit(self.text)
        if not shiboken6.isValid(edit):
            return
        if self.selected_from < 0:
            edit.setCursorPosition(self.cursor)
        elif self.cursor == self.selected_from:  # selected backwards
            edit.setSelection(self.cursor + self.selected, -self.selected)
        else:
            edit.setSelection(self.selected_from, self.selected)


@dataclass(frozen=True, slots=True)
class _Document:
    edit: QPlainTextEdit | QTextEdit
    text: str
    cursor: int
    anchor: int

    @classmethod
    def of(cls, edit: QPlainTextEdit | QTextEdit) -> _Document:
        cursor = edit.textCursor()
        return cls(edit, edit.document().toRawText(), cursor.position(), cursor.anchor())

    def restore(self) -> None:
        if not shiboken6.isValid(self.edit):
            return
        document = self.edit.document()
        now = document.toRawText()
        if now != self.text:
            start = _common(now, self.text)
            tail = _common(now[start:][::-1], self.text[start:][::-1])
            # Only what differs is replaced, so that the formats around it stay.
            changed = QTextCursor(document)
            changed.setPosition(start)
            changed.setPosition(len(now) - tail, QTextCursor.MoveMode.KeepAnchor)
            changed.insertText(self.text[start : len(self.text) - tail])
            document.clearUndoRedoStacks()
        cursor = self.edit.textCursor()
        cursor.setPosition(self.anchor)
        cursor.setPosition(self.cursor, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)


def _suggestions(edit: QLineEdit) -> QWidget | None:
    completer: QCompleter | None = edit.completer()
    return completer.popup() if completer is not None else None


def _common(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))

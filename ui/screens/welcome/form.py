"""The forms of the first start: a title, a sentence, fields in one or two columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.theme.palette import GAP, PAD
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import button, enlarge, label

COLUMN = 640


class Fields(Protocol):
    """Whoever makes the fields, and hears what is typed."""

    def make_field(self, name: str, text: str) -> QWidget:
        """Return a field under its name."""
        ...

    def make_choice(self, name: str, choices: tuple[tuple[str, str], ...]) -> QWidget:
        """Return keys of which one is chosen."""
        ...


class Form:
    """One step: a title, a sentence, fields in one or two columns."""

    def __init__(self, owner: Fields, title: str, sentence: str) -> None:
        self._owner = owner
        self._column = QWidget()
        self._column.setFixedWidth(COLUMN)
        self._layout = QVBoxLayout(self._column)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)  # under each field a line is kept free for what is wrong
        self._layout.addWidget(label(title, role="amount"))
        self._layout.addWidget(label(sentence, role="soft", wrap=True))
        self._layout.addSpacing(GAP)

    def field(self, name: str, text: str) -> None:
        """Add a field across."""
        self._layout.addWidget(self._owner.make_field(name, text))

    def pair(self, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Add two fields side by side."""
        row = QHBoxLayout()
        row.setSpacing(PAD)
        row.addWidget(self._owner.make_field(*left), 1)
        row.addWidget(self._owner.make_field(*right), 1)
        self._layout.addLayout(row)

    def choice(self, name: str, text: str, choices: tuple[tuple[str, str], ...]) -> None:
        """Add keys of which one is chosen."""
        self._layout.addWidget(label(text, role="soft"))
        self._layout.addWidget(self._owner.make_choice(name, choices))

    def widget(self, widget: QWidget) -> None:
        """Add anything else across."""
        self._layout.addWidget(widget)

    def page(self) -> QWidget:
        """Return the step, from the top of its page on: nothing moves under a finger."""
        self._layout.addStretch(1)
        page = QWidget()
        row = QHBoxLayout(page)
        row.addStretch(1)
        row.addWidget(self._column)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll


def door(
    icon_name: str, text: str, more: str, pressed: Callable[[], None]
) -> tuple[QFrame, QPushButton]:
    """Return one of the three doors, and its key."""
    made = QFrame()
    made.setObjectName("card")
    made.setFixedSize(QSize(296, 224))
    layout = QVBoxLayout(made)
    layout.setContentsMargins(PAD, PAD, PAD, PAD)
    shape = label()
    shape.setPixmap(pixmap(icon_name, 48, colours().accent, 2.0))
    layout.addWidget(shape)
    layout.addStretch(1)
    layout.addWidget(label(more, role="soft", wrap=True))
    layout.addStretch(1)
    key = button(text, pressed, role="accent")
    enlarge(key)
    layout.addWidget(key)
    return made, key

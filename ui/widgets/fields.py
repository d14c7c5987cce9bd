"""Named fields of a form: texts, and keys of which one is chosen, each under its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme.palette import GAP
from ui.widgets.controls import button, label


class Fields:
    """Makes fields and remembers them; `changed` hears a field's name and its value.

    A text is told when it is finished: by Enter, or when the focus goes on.
    """

    def __init__(self, changed: Callable[[str, str], None]) -> None:
        self._changed = changed
        self._texts: dict[str, QLineEdit] = {}
        self._choices: dict[str, dict[str, QPushButton]] = {}
        self._problems: dict[str, QLabel] = {}

    def text(self, name: str, text: str, *, length_max: int) -> QWidget:
        """Return a field for a text under its name, over what is wrong with it."""
        box, layout = _box(text)
        field = QLineEdit()
        field.setAccessibleName(text)
        field.setMaxLength(length_max)
        field.editingFinished.connect(lambda: self._changed(name, field.text()))
        wrong = label("", role="wrong", wrap=True)
        wrong.hide()
        layout.addWidget(field)
        layout.addWidget(wrong)
        layout.addStretch(1)
        self._texts[name], self._problems[name] = field, wrong
        return box

    def choice(self, name: str, text: str, choices: Sequence[tuple[str, str]]) -> QWidget:
        """Return keys of which one is chosen, under their common name."""
        box, layout = _box(text)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        group = QButtonGroup(box)
        self._choices[name] = {}
        for value, said in choices:
            key = button(said, role="chip")
            key.setCheckable(True)
            key.setAccessibleName(f"{text}, {said}")
            key.clicked.connect(lambda _checked=False, v=value: self._changed(name, v))
            group.addButton(key)
            self._choices[name][value] = key
            row.addWidget(key)
        row.addStretch(1)
        layout.addLayout(row)
        return box

    def show_values(self, values: dict[str, str]) -> None:
        """Show what is chosen and typed."""
        for name, field in self._texts.items():
            if field.text() != values[name]:
                field.setText(values[name])
        for name, keys in self._choices.items():
            for value, key in keys.items():
                key.setChecked(values[name] == value)

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show what is wrong, under each text."""
        for name, shown in self._problems.items():
            shown.setText(problems.get(name, ""))
            shown.setVisible(name in problems)

    def name_of(self, widget: QWidget | None) -> str:
        """Return the field that a widget belongs to; "" for none."""
        for name, keys in self._choices.items():
            if widget in keys.values():
                return name
        return next((name for name, field in self._texts.items() if field is widget), "")

    def focus_on(self, name: str) -> None:
        """Give the focus to a text, or to the key that is chosen."""
        keys = self._choices.get(name, {}).values()
        chosen = next((key for key in keys if key.isChecked()), None) or self._texts.get(name)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)


def _box(text: str) -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(label(text, role="soft"))
    return box, layout

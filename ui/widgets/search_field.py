"""The field to search in, with a mark to clear it that a finger can hit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from ui.theme.palette import TARGET
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import tool_tip

_ICON = 20


class SearchField(QLineEdit):
    """A line of text; Qt's own mark to clear it is 16 px wide."""

    def __init__(self) -> None:
        super().__init__()
        self._clear = QToolButton(self)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape clears it by the keyboard
        self._clear.setStyleSheet("border: none; background: transparent;")
        name = self.tr("Clear the search")
        self._clear.setAccessibleName(name)
        self._clear.setToolTip(tool_tip(name))
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(self._make_room)
        self._clear.setIcon(pixmap("x", _ICON, colours().ink, 2.0))

    def _make_room(self, text: str) -> None:
        """Show the mark beside what is typed; an empty field needs the room for its hint."""
        self._clear.setVisible(bool(text))
        self.setTextMargins(0, 0, TARGET if text else 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the mark at the end, as high as the field."""
        super().resizeEvent(event)
        self._clear.setGeometry(self.width() - TARGET, 0, TARGET, self.height())

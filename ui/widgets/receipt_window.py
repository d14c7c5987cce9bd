"""A receipt as a picture in a window of its own: the printer of a stand without one."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QPixmap, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.theme.palette import GAP, PAD
from ui.widgets.controls import button, label

HEIGHT_MAX = 0.9
"""How much of the screen's height it may take."""

_AROUND = 4 * PAD + 16  # beside the picture: edges, and a scroll bar
_KEYS = 160  # under it


class ReceiptWindow(QWidget):
    """Shows the receipt that was printed last; never in the way of the keys of the till.

    It lies at the left side, where the tiles are: basket, total and keys stay free.  It never
    takes the keyboard; while it is there, the first Escape at the till closes it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.WindowDoesNotAcceptFocus)
        self._till = parent
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        self._picture = label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._picture)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.tr("Receipt"))
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(button(self.tr("Close"), self.close, role="surface", icon_name="x"))
        # The till's window keeps the keyboard: Escape reaches this one from there.
        self._escape = QShortcut(QKeySequence("Esc"), parent, self.close)
        self._escape.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self._escape.setEnabled(False)

    def show_receipt(self, title: str, png: bytes) -> None:
        """Show a receipt, from its first line on."""
        picture = QPixmap()
        assert picture.loadFromData(png)
        self.setWindowTitle(self.tr("Receipt {number}").format(number=title))
        self._picture.setPixmap(picture)
        self._picture.setAccessibleName(title)
        if not self.isVisible():  # one that somebody moved stays where it was put
            self.setGeometry(self._place(picture.width() + _AROUND, picture.height() + _KEYS))
        self.show()
        self._scroll.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Listen for Escape."""
        self._escape.setEnabled(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave Escape to the till."""
        self._escape.setEnabled(False)
        super().hideEvent(event)

    def _place(self, width: int, height: int) -> QRect:
        """Return where it lies: inside the screen, at the side of the till's window."""
        room = self.screen().availableGeometry()
        height = min(height, int(room.height() * HEIGHT_MAX))
        left = max(room.left(), self._till.frameGeometry().left()) + GAP
        top = room.top() + (room.height() - height) // 2
        return QRect(left, top, min(width, room.width() - 2 * GAP), height)

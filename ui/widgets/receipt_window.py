"""A receipt as a picture inside the till's window: the printer of a stand without one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QPixmap, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.theme.palette import GAP, PAD
from ui.widgets.basket_row import WIDTH as BASKET_WIDTH
from ui.widgets.controls import button, label

_AROUND = 4 * PAD + 16  # beside the picture: edges, and a scroll bar
_KEYS = 120  # under it
_FOOT = 76  # of the till's window: its lights and keys stay free


class ReceiptWindow(QFrame):
    """Shows the receipt that was asked for last; never in the way of the basket and its keys.

    It lies at the left side of the till's window, where the tiles are, and is gone with the page
    it came over.  It never takes the keyboard; while it is there, the first Escape closes it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._till = parent
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Receipt"))
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
        layout.addWidget(button(self.tr("Close"), self.close, role="accent", icon_name="x"))
        # The till's page keeps the keyboard: Escape reaches this one from there.
        self._escape = QShortcut(QKeySequence("Esc"), parent, self.close)
        self._escape.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self._escape.setEnabled(False)
        for pages in parent.findChildren(QStackedWidget):
            pages.currentChanged.connect(self.hide)
        self.hide()

    def show_receipt(self, title: str, png: bytes) -> None:
        """Show a receipt, from its first line on."""
        picture = QPixmap()
        assert picture.loadFromData(png)
        room = self._till.width() - BASKET_WIDTH - 2 * GAP
        if picture.width() > room - _AROUND:
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToWidth(room - _AROUND, smooth)
        self._picture.setPixmap(picture)
        self._picture.setAccessibleName(title)
        height = min(picture.height() + _KEYS, self._till.height() - _FOOT - 2 * GAP)
        self.setGeometry(GAP, GAP, picture.width() + _AROUND, height)
        self.show()
        self.raise_()
        self._scroll.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Listen for Escape."""
        self._escape.setEnabled(True)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave Escape to the till."""
        self._escape.setEnabled(False)
        super().hideEvent(event)

"""A receipt as a picture in a window of its own: the printer of a stand without one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.theme.palette import PAD
from ui.widgets.controls import button, label


class ReceiptWindow(QWidget):
    """Shows the receipt that was printed last; never in the way of the keys of the till."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        self._picture = label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll = QScrollArea()
        scroll.setWidget(self._picture)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("Receipt"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(scroll, 1)
        layout.addWidget(button(self.tr("Close"), self.close, role="surface", icon_name="x"))
        QShortcut(QKeySequence("Esc"), self, self.close)

    def show_receipt(self, title: str, png: bytes) -> None:
        """Show a receipt."""
        picture = QPixmap()
        assert picture.loadFromData(png)
        self.setWindowTitle(self.tr("Receipt {number}").format(number=title))
        self._picture.setPixmap(picture)
        self._picture.setAccessibleName(title)
        height = min(picture.height() + 160, 900)
        self.resize(picture.width() + 4 * PAD + 16, height)
        self.show()

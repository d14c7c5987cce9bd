"""A receipt as a picture, for a customer who looks at it: the total and the code come first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QWidget

from ui.widgets.controls import label

SHRUNK_MOST = 0.6  # smaller letters cannot be read
END = 790
"""px of a receipt's picture, from its total over the payments and taxes to under its code."""
BLANK = 70  # px of it below that: where paper would be cut


class ReceiptSight(QScrollArea):
    """Shows a receipt whole where it can be read then; else its end, which is photographed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(self.tr("Receipt"))
        self._whole = QPixmap()
        self.paper = label()
        self.setWidget(self.paper)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_png(self, png: bytes, title: str) -> None:
        """Show a receipt; `title` is what a screen reader says."""
        whole = QPixmap()
        assert whole.loadFromData(png)
        self._whole = whole
        self.paper.setAccessibleName(title)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the best of the room that is there now."""
        super().resizeEvent(event)
        if not self._whole.isNull():
            self._fit()

    def _fit(self) -> None:
        bar = self.verticalScrollBar()
        room = QSize(self.width() - bar.sizeHint().width(), self.height())
        part = _part_of(self._whole.size(), room)
        picture = self._whole
        if part < 1:
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToHeight(int(part * picture.height()), smooth)
        self.paper.setPixmap(picture)
        self.paper.resize(picture.size())
        bar.setValue(bar.maximum() - int(BLANK * part))


def _part_of(receipt: QSize, room: QSize) -> float:
    """Return how large a receipt is shown, 1 for as large as it is."""
    part = room.height() / receipt.height()
    if part < SHRUNK_MOST:
        part = max(SHRUNK_MOST, room.height() / END)
    return min(1.0, part, room.width() / receipt.width())

"""The sizes that the open basket line may have instead, as keys under its stepper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.screens.rows import LineSize
from ui.theme.palette import GAP, RADIUS_SMALL, TARGET
from ui.theme.theme import colours
from ui.widgets.basket_row import LIST_WIDTH
from ui.widgets.size_key import SizeKey
from ui.widgets.tile import key_width


class SiblingKey(SizeKey):
    """A size of the open line's card: another one to change to, or its own, which is marked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_own = False

    @property
    def is_own(self) -> bool:
        """Say whether it is the size that the line has."""
        return self._is_own

    def show_size(self, size: LineSize) -> None:
        """Show a size with what is left of it."""
        self.show_key(size.key, size.label, size.left, price=size.price)
        self._is_own = size.is_own
        if size.is_own:
            name = self.tr("{size}: the size of this line")
        elif size.left > 0:
            name = self.tr("Change to {size}, %n left", "", size.left)
        else:
            name = self.tr("Change to {size}, sold out")
        self.setAccessibleName(name.format(size=size.label))
        self.setToolTip(self.tip)
        self.update()

    @property
    def is_sold_out(self) -> bool:
        """Say whether nothing is left to change to; the own size is in the basket."""
        return not self._is_own and super().is_sold_out

    def confirmed(self) -> bool:
        """Say whether this press changes the size: its own never does."""
        return not self._is_own and super().confirmed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the own size as the line is painted, without a number: it is no key to press."""
        if not self._is_own:
            super().paintEvent(event)
            return
        c, painter = colours(), QPainter(self)
        painter.fillRect(self.rect(), QColor(c.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(c.focus) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent_soft))
        painter.drawRoundedRect(self._box, RADIUS_SMALL, RADIUS_SMALL)
        self._paint_label(painter, self._box.adjusted(3, 3, -3, -3))


class SiblingSizes(QWidget):
    """Rows of sizes, as high as they need to be at the width of the basket's list.

    Signals:
        chosen: the `SizeKey` (of `pos.reports.catalogue`) that was pressed and confirmed.
        asked: the one whose key asks now whether the line is really to be changed to it.
    """

    chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, parent: QWidget, *, after: QWidget) -> None:
        super().__init__(parent)
        self._after = after  # what Tab comes from
        self._keys: list[SiblingKey] = []
        self._sizes: tuple[LineSize, ...] = ()
        self._per_row = 1
        self.setAccessibleName(self.tr("Other sizes of this line"))
        self.hide()

    def show_sizes(self, sizes: Sequence[LineSize]) -> None:
        """Show these; none hides it."""
        if (wanted := tuple(sizes)) == self._sizes:
            return
        self._sizes = wanted
        while len(self._keys) < len(wanted):
            self._add_key()
        for key, size in zip(self._keys, wanted, strict=False):
            key.show_size(size)
        for place, key in enumerate(self._keys):
            key.setVisible(place < len(wanted))
        least = key_width([one.label for one in wanted], [one.price for one in wanted])
        columns = max((LIST_WIDTH + GAP) // (min(least, LIST_WIDTH) + GAP), 1)
        rows = -(-len(wanted) // columns)
        self._per_row = -(-len(wanted) // rows) if rows else 1
        self.setFixedHeight(max(rows * (TARGET + GAP) - GAP, 0))
        self._place()
        self.setVisible(bool(wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the keys out anew: the list is narrower where it has a scroll bar."""
        super().resizeEvent(event)
        self._place()

    def _add_key(self) -> None:
        key = SiblingKey(self)
        key.clicked.connect(self._pressed)
        QWidget.setTabOrder(self._keys[-1] if self._keys else self._after, key)
        self._keys.append(key)

    def _place(self) -> None:
        space = self.width() - (self._per_row - 1) * GAP
        width = space // self._per_row
        for place, key in enumerate(self._keys):
            row, column = divmod(place, self._per_row)
            key.setGeometry(column * (width + GAP), row * (TARGET + GAP), width, TARGET)

    def _pressed(self) -> None:
        key = self.sender()
        assert isinstance(key, SiblingKey)
        if key.confirmed():
            self.chosen.emit(key.key)
        elif not key.is_own:
            self.asked.emit(key.key)

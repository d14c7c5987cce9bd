"""One line of the basket."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPixmap,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.screens.rows import BasketRow
from ui.theme.palette import GAP, RADIUS_SMALL, TARGET, TYPE
from ui.theme.theme import colours, font, pixmap
from ui.widgets.faces import face, is_on_screen

WIDTH = 344  # of the whole basket
_LEFT = 56  # of the names, right of the quantity
LIST_WIDTH = WIDTH - 2 * GAP - 10  # with a scroll bar


class BasketLineRow(QAbstractButton):
    """One line of the basket; pressing it opens its stepper."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = BasketRow("", "", "", "")
        self._is_current = False
        self._name: tuple[str, ...] = ()
        self.setFixedHeight(TARGET)
        # As wide as the list, which is narrower when it has a scroll bar.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # keys typed after a touch are the page's
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing is painted below

    def show_row(self, row: BasketRow, *, is_current: bool) -> None:
        """Show a line."""
        if (row, is_current) == (self._row, self._is_current):
            return  # only what changed is painted
        self._row, self._is_current = row, is_current
        warning = f", {row.warning}" if row.warning else ""
        spoken = f"{row.quantity} {row.name}, {row.detail}, {row.amount}{warning}"
        self.setAccessibleName(spoken)
        room = LIST_WIDTH - _LEFT - QFontMetrics(_amount_font()).horizontalAdvance(row.amount) - 25
        self._name = lines_of(row.name, _name_font(), room)
        more = (self._lines_painted() - 2) * QFontMetrics(_name_font()).height()
        self.setFixedHeight(TARGET + max(more, 0))
        self.update()

    def _lines_painted(self) -> int:
        row = self._row
        return len(self._name) + bool(row.size or row.options) + bool(row.warning)

    def sizeHint(self) -> QSize:
        """Return the row's size."""
        return QSize(WIDTH - 2 * GAP, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint quantity, name over detail, and the amount."""
        painter = QPainter(self)
        if not is_on_screen(painter):
            self._paint(painter)
            return
        # All lines are painted anew when one comes: they make room for it.
        c, seen = colours(), (self._row, self._is_current, self.isDown(), self.hasFocus())
        name = f"line {seen} {c.accent_soft}"
        line = face(name, self.size(), self.devicePixelRatioF(), c.surface, self._paint)
        painter.drawPixmap(0, 0, line)

    def _paint(self, painter: QPainter) -> None:
        c, row = colours(), self._row
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self._is_current or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if self._is_current else c.pressed))
            painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)
        if self.hasFocus():
            painter.setPen(QColor(c.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)
        amount_font = _amount_font()
        amount_width = QFontMetrics(amount_font).horizontalAdvance(row.amount)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(c.ink))
        painter.setFont(amount_font)
        painter.drawText(box.adjusted(0, 0, -10, 0), right, row.amount)
        self._paint_quantity(painter, QRectF(box.left() + 3, box.top(), 50, box.height()))
        middle = box.adjusted(_LEFT, 8, -amount_width - 22, -8)
        self._paint_middle(painter, middle)

    def _paint_quantity(self, painter: QPainter, box: QRectF) -> None:
        """Paint how many, over what one costs: together they read as `2 × 30 €`."""
        row = self._row
        if not row.each:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.quantity)
            return
        centre = Qt.AlignmentFlag.AlignHCenter
        half = box.height() / 2
        upper, lower = box.adjusted(0, 0, 0, 2 - half), box.adjusted(0, half + 2, 0, 0)
        painter.drawText(upper, centre | Qt.AlignmentFlag.AlignBottom, row.quantity)
        small = fitting(row.each, int(box.width()), (TYPE.small, 12, 11, 10))
        painter.setFont(small)
        painter.drawText(lower, centre | Qt.AlignmentFlag.AlignTop, row.each)

    def _paint_middle(self, painter: QPainter, middle: QRectF) -> None:
        c, row = colours(), self._row
        height = middle.height() / max(self._lines_painted(), 1)
        low = QRectF(middle.left(), middle.top(), middle.width(), height)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(_name_font())
        for name in self._name:
            painter.drawText(low, left, name)
            low = low.translated(0, height)
        if row.size or row.options:
            self._paint_options(painter, low)
            low = low.translated(0, height)
        if row.warning:
            painter.drawPixmap(int(low.left()), int(low.center().y()) - 8, _warning())
            painter.setFont(font(TYPE.small, QFont.Weight.DemiBold))
            painter.setPen(QColor(c.trouble))
            painter.drawText(low.adjusted(20, 0, 0, 0), left, row.warning)

    def _paint_options(self, painter: QPainter, low: QRectF) -> None:
        """Paint the size, to be seen at once, and the other options as on the tile."""
        row = self._row
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(15, QFont.Weight.Bold))
        elide = Qt.TextElideMode.ElideRight
        size = painter.fontMetrics().elidedText(row.size, elide, int(low.width()))
        painter.drawText(low, left, size)
        low = low.adjusted(painter.fontMetrics().horizontalAdvance(size), 0, 0, 0)
        rest = f" · {row.options}" if row.size and row.options else row.options
        painter.setFont(fitting(rest, int(low.width()), (TYPE.small, 12)))
        painter.setPen(QColor(colours().ink_soft))
        painter.drawText(low, left, painter.fontMetrics().elidedText(rest, elide, int(low.width())))


def fitting(text: str, room: int, sizes: tuple[int, ...]) -> QFont:
    """Return the largest of some sizes in which a text fits; the smallest if it never does."""
    for size in sizes:
        if QFontMetrics(font(size)).horizontalAdvance(text) <= room:
            return font(size)
    return font(sizes[-1])


def _amount_font() -> QFont:
    return font(TYPE.label, QFont.Weight.Bold)


def _name_font() -> QFont:
    return font(TYPE.body, QFont.Weight.DemiBold)


def lines_of(text: str, text_font: QFont, width: int) -> tuple[str, ...]:
    """Return a text in one line, or two if it is longer; what does not fit then ends in `…`."""
    metrics = QFontMetrics(text_font)
    if metrics.horizontalAdvance(text) <= width:
        return (text,)
    layout = QTextLayout(text, text_font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    first, rest = text[: line.textLength()], text[line.textLength() :].strip()
    last = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return (first.rstrip(), last) if last else (first.rstrip(),)


def _warning() -> QPixmap:
    return pixmap("triangle-alert", 16, colours().trouble, 2.0)

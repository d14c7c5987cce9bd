"""A size as a key, with the number left on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from pos.reports.catalogue import SizeKey as Key
from ui.theme.palette import RADIUS_SMALL, TARGET, TYPE
from ui.theme.theme import colours, font
from ui.widgets.controls import DOUBLE_TAP_S, tool_tip
from ui.widgets.faces import face, is_on_screen

ARMED_MS = 8_000  # as long as the notice about it
_LABEL_SIZES = (TYPE.label, 15, TYPE.small, 12, 11)
_QUESTION_SIZES = (TYPE.small, 12, 11, 10)
_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


class SizeKey(QAbstractButton):
    """Shows one variant; dead when none is left, and then asks once before it sells.

    A key that says none is left may be wrong: the piece is in the customer's hand.  The first
    press asks on the key itself, the second sells.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key: Key | None = None
        self._left = 0
        self._label = ""
        self._price = ""
        self._was_pressed = False
        self.clock: Callable[[], float] = time.monotonic
        self._asked_at = 0.0
        self._armed = QTimer(self, singleShot=True, interval=ARMED_MS)
        self._armed.timeout.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a finger leaves no ring behind
        self.setMinimumSize(TARGET, TARGET)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing is painted below

    @property
    def key(self) -> Key:
        """Return the variant that is shown."""
        assert self._key is not None
        return self._key

    def show_key(self, key: Key, label: str, left: int, *, price: str = "") -> None:
        """Show a variant with the number of pieces that can still be taken."""
        if (key, label, left, price) == (self._key, self._label, self._left, self._price):
            return
        self._price = price
        if self._key is None or key.variant.variant_id != self._key.variant.variant_id:
            self._armed.stop()
        self._key, self._label, self._left = key, label, left
        count = self.tr("%n left", "", max(left, 0)) if left > 0 else self.tr("sold out")
        self.setAccessibleName(f"{key.variant.label}, {count}")
        self.update()

    @property
    def tip(self) -> str:
        """Return what a tool tip shows; made when it is wanted, for it costs as much as the key."""
        return tool_tip(self.accessibleName())

    def show_left(self, left: int) -> None:
        """Show how many pieces can still be taken."""
        if left != self._left:
            self.show_key(self.key, self._label, left, price=self._price)

    @property
    def is_sold_out(self) -> bool:
        """Say whether nothing is left by the records."""
        return self._left <= 0

    @property
    def takes_yes(self) -> bool:
        """Say whether it asks, and long enough for a second tap to be an answer."""
        return self._armed.isActive() and self.clock() - self._asked_at >= DOUBLE_TAP_S

    def confirmed(self) -> bool:
        """Say whether this press may sell: dead keys want a second one within seconds."""
        if self.is_sold_out and self._armed.isActive() and not self.takes_yes:
            return False
        if not self.is_sold_out or self._armed.isActive():
            self._armed.stop()
            self.update()
            return True
        self._armed.start()
        self._asked_at = self.clock()
        self.update()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press, and remember it for a quick second one."""
        self._was_pressed = True
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second press of a double tap only where the first one was.

        A double tap on the key that ends a sale would sell what lies under the finger then.
        """
        if self._was_pressed:
            super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget presses that are over."""
        self._was_pressed = False
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:
        """Return the least that a finger needs."""
        return QSize(TARGET, TARGET)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too, once however long it is held; leave the arrows to the grid."""
        if event.key() in _ARROWS:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint label above number; a dead key is hollow and struck through."""
        painter = QPainter(self)
        if not is_on_screen(painter):
            self._paint_blank(painter)
            self._paint_rest(painter)
            return
        # A size looks the same on each tile, and its number comes again soon.
        state = (
            *(self._label, self.is_sold_out, colours().raised),
            *(self._armed.isActive(), self.hasFocus(), self.isDown()),
        )
        size, ratio, ground = self.size(), self.devicePixelRatioF(), colours().surface
        blank = face(f"key {state}", size, ratio, ground, self._paint_blank)
        asks = self._question if self._armed.isActive() else ""  # each language has its own face
        rest = f"{self._left} {self._price} {asks} {state}"
        whole = face(rest, size, ratio, blank, self._paint_rest)
        painter.drawPixmap(0, 0, whole)

    def _paint_blank(self, painter: QPainter) -> None:
        """Paint what does not change with the number of pieces."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box
        self._paint_ground(painter, box)
        if not self._armed.isActive():
            self._paint_label(painter, box.adjusted(3, 5, -3, -box.height() * 0.42))

    def _paint_rest(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, box = colours(), self._box
        if self._armed.isActive():
            self._paint_question(painter, box)
            return
        lower = box.adjusted(3, box.height() * 0.55, -3, -5)
        painter.setFont(font(TYPE.small, QFont.Weight.DemiBold))
        painter.setPen(QColor(c.dead_ink if self.is_sold_out else c.ink_soft))
        count = str(self._left).replace("-", "−")
        if self._price:
            self._paint_price(painter, lower, count)
        else:
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, count)

    @property
    def _question(self) -> str:
        return self.tr("Sell?")

    @property
    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)

    def _paint_label(self, painter: QPainter, room: QRectF) -> None:
        c = colours()
        painter.setPen(QColor(c.dead_ink if self.is_sold_out else c.ink))
        painter.setFont(self._label_font(room.width()))
        text = painter.fontMetrics().elidedText(
            self._label, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_question(self, painter: QPainter, box: QRectF) -> None:
        """Paint the size as it was, and what is asked about it."""
        painter.setPen(QColor(colours().on_warn))
        upper = box.adjusted(3, 5, -3, -box.height() * 0.42)
        lower = box.adjusted(4, box.height() * 0.55, -4, -5)
        for text, room in ((self._label, upper), (self._question, lower)):
            width = int(room.width())
            sizes = _LABEL_SIZES if room is upper else _QUESTION_SIZES
            painter.setFont(font(_fitting_size(text, width, sizes), QFont.Weight.Bold))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_price(self, painter: QPainter, lower: QRectF, count: str) -> None:
        """Paint the price on the left, and the count in a frame: neither is read as the other."""
        c = colours()
        width = painter.fontMetrics().horizontalAdvance(count) + 10
        frame = QRectF(lower.right() - width, lower.top(), width, lower.height())
        box = frame.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(QColor(c.dead_ground if self.is_sold_out else c.surface))
        ink = painter.pen()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(ink)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, count)
        if not self.is_sold_out:
            painter.setPen(QColor(c.ink))
        left = lower.adjusted(4, 0, -width - 2, 0)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left, middle, self._price)

    def _label_font(self, width: float) -> QFont:
        """Return the largest font in which the label fits; the smallest if none does."""
        room = int(width)  # what is elided is measured in fractions of a pixel
        made = font(_fitting_size(self._label, room), QFont.Weight.Bold)
        made.setStrikeOut(self.is_sold_out)
        return made

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        c, armed = colours(), self._armed.isActive()
        ground = c.raised
        if armed:
            ground = c.warn
        elif self.is_sold_out:
            ground = c.dead_ground
        elif self.isDown():
            ground = c.pressed
        pen = QPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            pen = QPen(QColor(c.focus), 3)
        elif self.is_sold_out and not armed:
            pen = QPen(QColor(c.dead_ink), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)


@lru_cache(maxsize=1_024)
def _fitting_size(label: str, room: int, sizes: tuple[int, ...] = _LABEL_SIZES) -> int:
    """Return the largest size in which a label is not wider than the room; else the smallest."""
    for size in sizes:
        if QFontMetricsF(font(size, QFont.Weight.Bold)).horizontalAdvance(label) <= room:
            return size
    return sizes[-1]

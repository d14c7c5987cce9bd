"""Small makers of house-style widgets."""

from __future__ import annotations

import html
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme.palette import GAP, PAD, RADIUS_SMALL, TYPE
from ui.theme.theme import colours, font, icon


class _Key(QPushButton):
    """A button whose focus can be seen on a dark or coloured ground as well."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second press of a double tap only where the first one was."""
        if self._was_pressed:
            super().mousePressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press, and remember it for a quick second one."""
        self._was_pressed = True
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget presses that are over."""
        self._was_pressed = False
        super().leaveEvent(event)

    _was_pressed = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press once, however long the key is held: what it does may bring up another button."""
        if event.isAutoRepeat() and event.key() in _PRESSING:
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, where the style sheet's edge would not show, a ring inside."""
        super().paintEvent(event)
        if not self.hasFocus() or not (self.property("role") == "accent" or self.isChecked()):
            return
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.surface if self.isChecked() else c.on_accent), 2))
        box = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        round_px = box.height() / 2 if self.property("role") == "chip" else RADIUS_SMALL
        painter.drawRoundedRect(box, round_px, round_px)


TIP_MAX = 160
ARMED_MS = 4_000
DOUBLE_TAP_S = 0.4
"""A second press sooner than this is the same finger's slip, and no answer."""
_PRESSING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class AskingKey(_Key):
    """A button that asks on itself first; a second press within seconds is the answer.

    Escape takes the question back as well.

    Signals:
        asks: it was pressed once; `say_exactly` may name what it asks about.
        confirmed: it was pressed twice.
    """

    asks = Signal()
    confirmed = Signal()

    def __init__(self, text: str, question: str, *, longest: str, icon_name: str) -> None:
        super().__init__(text)
        self._asks = text, question
        self._longest = longest
        self.clock: Callable[[], float] = time.monotonic
        self._asked_at = 0.0
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._disarm)
        self._escape.activatedAmbiguously.connect(self._disarm)  # a receipt is there: one by one
        self._escape.setEnabled(False)
        self._armed = QTimer(self, singleShot=True, interval=ARMED_MS)
        self._armed.timeout.connect(self._disarm)
        self.setProperty("role", "foot")
        self.setProperty("icon_name", icon_name)
        self.setAutoDefault(True)
        self.setAccessibleName(text)
        dress(self)
        self.clicked.connect(self._pressed)

    def sizeHint(self) -> QSize:
        """Return the room for the longest of its texts, so that nothing moves under the finger."""
        hint = super().sizeHint()
        now = self.fontMetrics().horizontalAdvance(self.text())
        longest = max(
            self.fontMetrics().horizontalAdvance(text) for text in (*self._asks, self._longest)
        )
        return QSize(hint.width() - now + longest, hint.height())

    def say_exactly(self, question: str) -> None:
        """Say what is asked about, while it is asked."""
        if self._armed.isActive():
            self._say(question, is_armed=True)

    def stop_asking_soon(self, after_ms: int) -> None:
        """Take the question back after a time other than the usual one."""
        if self._armed.isActive():
            self._armed.start(after_ms)

    @property
    def takes_yes(self) -> bool:
        """Say whether it asks, and long enough for a second press to be an answer."""
        return self._armed.isActive() and self.clock() - self._asked_at >= DOUBLE_TAP_S

    def _pressed(self) -> None:
        if self._armed.isActive():
            if self.takes_yes:
                self._disarm()
                self.confirmed.emit()
            return
        self._asked_at = self.clock()
        self._armed.start(ARMED_MS)
        self._say(self._asks[1], is_armed=True)
        self.asks.emit()

    def _disarm(self) -> None:
        self._armed.stop()
        self._say(self._asks[0], is_armed=False)

    def _say(self, text: str, *, is_armed: bool) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.setProperty("armed", is_armed)
        self._escape.setEnabled(is_armed)
        self.style().unpolish(self)
        self.style().polish(self)
        dress(self)


def button(
    text: str,
    pressed: Callable[[], object] | None = None,
    *,
    role: str = "",
    icon_name: str = "",
    name: str = "",
) -> QPushButton:
    """Return a button; `role` picks its look from the style sheet."""
    made = _Key(text)
    made.setProperty("role", role)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a finger leaves no ring behind
    made.setAutoDefault(True)  # Enter presses what has the focus; no dialog is there to be closed
    if icon_name:
        made.setProperty("icon_name", icon_name)
        dress(made)
    if name and not text:
        made.setFixedWidth(60)
    if name:
        made.setAccessibleName(name)
        made.setToolTip(name)
    if pressed is not None:
        made.clicked.connect(lambda: pressed())  # noqa: PLW0108 -- `clicked` brings a bool along
    return made


def enlarge(made: QPushButton) -> None:
    """Make a button one of the large ones of its screen."""
    made.setProperty("scale", "large")


def dress(made: QPushButton) -> None:
    """Draw a button's icon in the colours of the theme that is on."""
    icon_name = made.property("icon_name")
    if icon_name:
        c = colours()
        role = made.property("role")
        ink = {"accent": c.on_accent, "quiet": c.ink_soft, "foot": c.ink_soft}.get(role, c.ink)
        if made.property("armed"):
            ink = c.on_warn
        gap = 8 if made.text() else 0
        made.setIcon(icon(icon_name, ink, gap=gap))
        made.setIconSize(QSize(24 + gap, 24))


def label(text: str = "", *, role: str = "", wrap: bool = False) -> QLabel:
    """Return a label that shows its text as it is, never as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if role == "huge":  # figures of one width leave holes at this size
        made.setFont(font(TYPE.huge, QFont.Weight.Bold, is_tabular=False))
    return made


PAGE_WIDTH_MAX = 1_120


def centred(page: QWidget) -> QVBoxLayout:
    """Return the layout of a page whose content stays together on a wide screen."""
    row = QHBoxLayout(page)
    row.setContentsMargins(PAD, PAD, PAD, PAD)
    column = QWidget()
    column.setMaximumWidth(PAGE_WIDTH_MAX)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    row.addWidget(column)
    return layout


def card(title: str) -> tuple[QFrame, QVBoxLayout]:
    """Return a card of a page of cards under its title, and where its content goes."""
    made = QFrame()
    made.setObjectName("card")
    layout = QVBoxLayout(made)
    layout.setContentsMargins(PAD, PAD, PAD, PAD)
    layout.setSpacing(GAP)
    if title:
        layout.addWidget(label(title, role="title"))
    return made, layout


def hairline() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setObjectName("hairline")
    return line


def tool_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is: Qt reads markup in what looks like it."""
    return f"<p>{html.escape(elided_tail(text, TIP_MAX))}</p>"


def elided_tail(text: str, length: int) -> str:
    """Return a text cut to a length with `…`, for names from outside in labels."""
    return text if len(text) <= length else text[: length - 1] + "…"

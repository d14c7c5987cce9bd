"""A sentence over the screen's foot that goes away by itself; never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.screens.rows import Notice
from ui.theme.palette import GAP, PAD, TARGET
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import button, label

SHOWN_MS = 8_000


class NoticeBar(QFrame):
    """Floats over its parent's lower edge, or the upper one where keys are below.

    Signals:
        confirmed: its button was pressed.
        gone: the question was closed without an answer.
        uncovered: another sentence is over that had taken a question's place.
    """

    confirmed = Signal()
    gone = Signal()
    uncovered = Signal()

    def __init__(self, parent: QWidget, *, at_top: bool = False) -> None:
        super().__init__(parent)
        self._at_top = at_top
        self._over = parent
        self._has_question = self._is_covered = False
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, GAP, GAP, GAP)
        row.setSpacing(GAP)
        self._icon = label()
        self._text = label(wrap=True)
        self._action = button("", self.confirmed.emit)
        self._close = button("", self.go, icon_name="x", name=self.tr("Close"))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.go)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence that is shown; "" if none is."""
        return self._text.text() if self.isVisible() else ""

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence, or none."""
        if notice is None:
            self._timer.stop()
            self._has_question = self._is_covered = False
            self.hide()
            return
        has_question = bool(notice.action)
        self._is_covered = not has_question and (self._has_question or self._is_covered)
        self._has_question = has_question
        c = colours()
        name = "triangle-alert" if notice.is_trouble else "circle-check"
        if notice.action:
            name = "circle-help"
        self._icon.setPixmap(
            pixmap(name, 24, c.warn_on_ink if notice.is_trouble else c.surface, 2.0)
        )
        self._text.setText(notice.text)
        self._action.setText(notice.action)
        self._action.setVisible(bool(notice.action))
        self.setAccessibleName(notice.text)
        self._place()
        self.show()
        self.raise_()
        if notice.action:
            self._timer.stop()  # a question stays until it is answered
        else:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of a parent that changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def go(self) -> None:
        """Take the sentence away as if its time was over."""
        had_question, was_covered = self._has_question, self._is_covered
        self.show_notice(None)
        if had_question:
            self.gone.emit()
        elif was_covered:
            self.uncovered.emit()

    def _place(self) -> None:
        parent = self._over
        width = parent.width() - 2 * PAD
        height = max(self.heightForWidth(width), TARGET + 16)
        top = PAD if self._at_top else parent.height() - height - PAD
        self.setGeometry(PAD, top, width, height)

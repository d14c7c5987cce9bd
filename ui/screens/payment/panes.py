"""What the payment's page shows instead of its keys: a question, or why nothing was saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.screens.rows import QuestionText
from ui.theme.palette import GAP, PAD
from ui.widgets.controls import button, enlarge, label


class QuestionPane(QWidget):
    """Asks on the page itself; the safe answer is the green one, and has the focus.

    Signals:
        answered: True for what was asked about, False to leave everything as it is.
    """

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, PAD, 0, 0)
        layout.setSpacing(PAD)
        self._heading = label("", role="title", wrap=True)
        self._detail = label("", wrap=True)
        layout.addWidget(self._heading)
        layout.addWidget(self._detail)
        self._go = button("", lambda: self.answered.emit(True), role="surface")
        self.keep: QPushButton = button(
            "", lambda: self.answered.emit(False), role="accent", icon_name="chevron-left"
        )
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for key in (self._go, self.keep):
            enlarge(key)
            row.addWidget(key, 1)
        layout.addLayout(row)
        layout.addStretch(1)
        QWidget.setTabOrder(self.keep, self._go)  # from the safe one, which has the focus

    def show_question(self, question: QuestionText) -> None:
        """Show a question with its two answers."""
        self._heading.setText(question.heading)
        self._detail.setText(question.detail)
        self._go.setText(question.go)
        self.keep.setText(question.keep)


class StuckPane(QWidget):
    """Says why a paid sale is not saved, and offers the ways on.

    Signals:
        retried: try to save it again.
        basket_wanted: back to the basket, with what was taken.
        abandoned: give the sale up; asked about once more.
    """

    retried = Signal()
    basket_wanted = Signal()
    abandoned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, PAD, 0, 0)
        layout.setSpacing(PAD)
        self._why = label("", role="title", wrap=True)
        layout.addWidget(self._why)
        self._again = button(
            self.tr("Try again"), self.retried.emit, role="accent", icon_name="rotate-ccw"
        )
        self._basket = button(
            self.tr("Back to the basket"),
            self.basket_wanted.emit,
            role="surface",
            icon_name="chevron-left",
        )
        abandon = button(
            self.tr("Abandon the sale"), self.abandoned.emit, role="quiet", icon_name="x"
        )
        for way in (self._again, self._basket, abandon):
            enlarge(way)
            layout.addWidget(way)
        layout.addStretch(1)

    @property
    def first(self) -> QPushButton:
        """Return the key that is most likely wanted."""
        return self._basket if self._again.isHidden() else self._again

    def show_stuck(self, why: str, *, can_retry: bool) -> None:
        """Show a sentence; trying again is offered where it may help."""
        self._why.setText(why)
        self._again.setVisible(can_retry)

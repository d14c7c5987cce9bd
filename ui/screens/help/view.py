"""The help: a sale in six steps, then the map of the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from ui.screens.rows import Notice
from ui.theme.palette import GAP, PAD
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import button, label
from ui.widgets.notice_bar import NoticeBar

STEPS_IN_A_ROW = 3
_Slide = QAbstractSlider.SliderAction
_SCROLLS = {
    Qt.Key.Key_Down: _Slide.SliderSingleStepAdd,
    Qt.Key.Key_Up: _Slide.SliderSingleStepSub,
    Qt.Key.Key_PageDown: _Slide.SliderPageStepAdd,
    Qt.Key.Key_PageUp: _Slide.SliderPageStepSub,
    Qt.Key.Key_Home: _Slide.SliderToMinimum,
    Qt.Key.Key_End: _Slide.SliderToMaximum,
}


class HelpPage(QWidget):
    """Shows how to sell with a finger, and the keys of each screen.

    Signals:
        left: back to where one was.
        manual_wanted: open the cashier's page, to be printed.
    """

    left = Signal()
    manual_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(self.tr("Help"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what shows the focus
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, GAP)
        layout.setSpacing(PAD)
        layout.addLayout(self._make_head())
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._make_steps())
        column.addSpacing(GAP)
        column.addWidget(label(self.tr("On the keyboard"), role="title"))
        column.addLayout(self._make_keys())
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        QScroller.grabGesture(self.area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        layout.addWidget(self.area, 1)
        self.notice = NoticeBar(self)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(
            button(
                "", self.left.emit, role="surface", icon_name="chevron-left", name=self.tr("Back")
            )
        )
        head.addSpacing(GAP)
        head.addWidget(label(self.tr("How to sell"), role="title"), 1)
        head.addWidget(
            button(
                self.tr("Cashier's page"),
                self.manual_wanted.emit,
                role="surface",
                icon_name="printer",
            )
        )
        return head

    def _make_steps(self) -> QGridLayout:
        """Return the cashier's page in six steps, in the order of a sale."""
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for place, step in enumerate(self._steps()):
            grid.addWidget(_step(place + 1, *step), place // STEPS_IN_A_ROW, place % STEPS_IN_A_ROW)
        for column in range(STEPS_IN_A_ROW):
            grid.setColumnStretch(column, 1)
        return grid

    def _steps(self) -> tuple[tuple[str, str, str], ...]:
        return (
            (
                "shopping-bag",
                self.tr("Touch the size, or scan"),
                self.tr("The small figure is how many are left."),
            ),
            (
                "undo-2",
                self.tr("Wrong one? Undo"),
                self.tr("Or touch the line in the basket, then the right size, or −."),
            ),
            (
                "banknote",
                self.tr("Pay, then cash or card"),
                self.tr("Touch what the customer gives. A card: the same amount on the terminal."),
            ),
            (
                "wallet",
                self.tr("Give the change"),
                self.tr("The screen says how much. The sale is saved already."),
            ),
            (
                "receipt-text",
                self.tr("A receipt only if asked"),
                self.tr("Else go on: scan the next item."),
            ),
            (
                "triangle-alert",
                self.tr("Sold out, but it is here"),
                self.tr("Touch its size twice: it is sold all the same."),
            ),
        )

    def _make_keys(self) -> QHBoxLayout:
        columns = QHBoxLayout()
        columns.setSpacing(PAD)
        columns.addWidget(self._card(self.tr("Checkout"), self._checkout_keys()), 1)
        side = QVBoxLayout()
        side.setSpacing(PAD)
        side.addWidget(self._card(self.tr("Payment"), self._payment_keys()))
        side.addWidget(self._card(self.tr("After the sale"), self._done_keys()))
        side.addStretch(1)
        columns.addLayout(side, 1)
        return columns

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence, or none."""
        self.notice.show_notice(notice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        bar = self.area.verticalScrollBar()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _SCROLLS:
            bar.triggerAction(_SCROLLS[Qt.Key(event.key())])
        else:
            event.ignore()

    def _checkout_keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("A … Z"), self.tr("search")),
            (self.tr("F2"), self.tr("into the search field")),
            (self.tr("0 … 9"), self.tr("quantity for the next item")),
            (self.tr("Arrows, Enter"), self.tr("move between sizes, add one")),
            (self.tr("+ and −"), self.tr("one more, one fewer on the line")),
            (self.tr("Page up, page down"), self.tr("another line")),
            (self.tr("Del"), self.tr("remove the line")),
            (self.tr("Ctrl + Z"), self.tr("undo")),
            (self.tr("Esc"), self.tr("clear quantity, then search")),
            (self.tr("F12"), self.tr("pay")),
            (self.tr("F9"), self.tr("last receipt again")),
            (self.tr("F10"), self.tr("settings, import, test page")),
            (self.tr("F11"), self.tr("the hub: what is sent, other tills")),
            (self.tr("Tab"), self.tr("to the next button")),
        ]

    def _payment_keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("0 … 9"), self.tr("type an amount")),
            (self.tr("Enter"), self.tr("cash: what was typed, or exact")),
            (self.tr("F5 … F8"), self.tr("the quick cash keys")),
            # Initials in each language: a translation may name other letters that the payment has.
            (self.tr("C, W, V, O"), self.tr("card, wristband, voucher, other")),
            (self.tr("Esc"), self.tr("one step back")),
        ]

    def _done_keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Enter, Esc"), self.tr("no receipt, next customer")),
            (self.tr("P"), self.tr("print the receipt")),
            (self.tr("S"), self.tr("show the receipt")),
        ]

    def _card(self, title: str, keys: list[tuple[str, str]]) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(PAD, PAD, PAD, PAD)
        grid.setVerticalSpacing(GAP)
        grid.setHorizontalSpacing(PAD)
        grid.addWidget(label(title, role="title"), 0, 0, 1, 2)
        for row, (key, meaning) in enumerate(keys, start=1):
            grid.addWidget(label(key, role="key"), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(meaning, wrap=True), row, 1)
        grid.setColumnStretch(1, 1)
        return card


def _step(number: int, icon_name: str, what: str, more: str) -> QFrame:
    """Return a step of a sale: its number, a picture, what to do, and a word more."""
    card = QFrame()
    card.setObjectName("card")
    grid = QGridLayout(card)
    grid.setContentsMargins(PAD, PAD, PAD, PAD)
    grid.setHorizontalSpacing(PAD)
    grid.setVerticalSpacing(4)
    shape = label()
    shape.setPixmap(pixmap(icon_name, 32, colours().accent, 2.0))
    grid.addWidget(label(str(number), role="amount"), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(label(what, role="strong", wrap=True), 0, 1, Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(shape, 0, 2, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(label(more, role="soft", wrap=True), 1, 1, 1, 2)
    grid.setRowStretch(2, 1)
    grid.setColumnStretch(1, 1)
    return card

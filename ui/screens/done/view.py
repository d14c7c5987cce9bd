"""The end of a sale: what to give back, and a receipt for who asks. It computes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.screens.rows import Notice
from ui.theme.palette import GAP, PAD, TYPE
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import button, centred, enlarge, label
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.receipt_sight import ReceiptSight

HUGEST = 112  # px: read from where the customer stands
HUGEST_TALL = 176  # on a page that is higher than this
TALL = 880
HUGEST_LETTERS = 9  # 999,99 €, in any language; more are set smaller


class DonePage(QWidget):
    """Shows a finished sale and reports what was pressed.

    Signals:
        next_wanted: no receipt, on to the next customer.
        print_wanted, show_wanted: a receipt on paper, or on the screen.
    """

    next_wanted = Signal()
    print_wanted = Signal()
    show_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(self.tr("After the sale"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what shows the focus
        layout = centred(self)
        layout.setSpacing(PAD)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_change())
        self._receipt = ReceiptSight()
        self._stack.addWidget(self._receipt)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._make_keys())
        self.notice = NoticeBar(self, at_top=True)

    def show_change(self, amount: str, received: str, detail: str) -> None:
        """Show what to give back, as large as it gets, and what it is given back from."""
        self._heading.setText(self.tr("Change to give"))
        self._received.setText(received)
        self._is_change = True
        self._show_end(amount, detail)

    def show_paid(self, amount: str, detail: str) -> None:
        """Show that nothing goes back; the amount is not one to count out, and is smaller.

        The word before it says what it is: a bare amount under "give back" is counted out.
        """
        self._heading.setText(self.tr("Paid"))
        self._received.setText(self.tr("Nothing to give back"))
        self._is_change = False
        self._show_end(amount, detail)

    def _show_end(self, amount: str, detail: str) -> None:
        self._tick.setPixmap(pixmap("circle-check", 72, colours().accent, 2.0))
        self._amount.setText(amount)
        self._detail.setText(detail)
        self._set_sizes()
        self._stack.setCurrentIndex(0)
        self._next.setText(self.tr("No receipt"))
        _name(self._show, self.tr("Show"))
        _name(self._print, self.tr("Print"))
        self.notice.hide()

    def _set_sizes(self) -> None:
        """Give the change the room that is there; an amount that stays stays small."""
        size = TYPE.amount
        if self._is_change:
            hugest = HUGEST_TALL if self.height() > TALL else HUGEST
            size = hugest if len(self._amount.text()) <= HUGEST_LETTERS else TYPE.huge
        self._amount.setStyleSheet(f"font-size: {size}px;")

    def show_ways(self, *, can_print: bool) -> None:
        """Offer paper only where there is a printer."""
        self._print.setVisible(can_print)

    def focus_next(self) -> None:
        """Let Enter go on to the next customer."""
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_receipt_picture(self, png: bytes, description: str) -> None:
        """Show a receipt as a picture, its code large enough for a phone."""
        self._stack.setCurrentIndex(1)
        self._receipt.show_png(png, description)

    def show_issued(self) -> None:
        """Say that a receipt is on its way: another one is a duplicate, or the sale is over."""
        self._next.setText(self.tr("Next customer"))
        _name(self._show, self.tr("Show a duplicate"))
        _name(self._print, self.tr("Print a duplicate"))

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence, or none."""
        self.notice.show_notice(notice)

    def show_busy(self, *, is_busy: bool) -> None:
        """Take no second press while a receipt is on its way."""
        self._print.setEnabled(not is_busy)
        self._show.setEnabled(not is_busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the change grow with the page."""
        super().resizeEvent(event)
        self._set_sizes()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take keys that no widget wanted."""
        key = event.key()
        if event.isAutoRepeat():
            return  # the Enter that took the money would wipe the change off the screen
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.next_wanted.emit()
        elif key == Qt.Key.Key_P:
            self.print_wanted.emit()
        elif key in (Qt.Key.Key_Q, Qt.Key.Key_S):
            self.show_wanted.emit()
        else:
            event.ignore()

    def _make_change(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        self._tick = label()
        self._heading = label("", role="title")
        self._amount = label("", role="huge")
        self._received = label("", role="title", wrap=True)
        self._is_change = False
        self._detail = label("", role="soft")
        layout.addStretch(2)
        for shown in (self._tick, self._heading, self._amount, self._received, self._detail):
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(shown)
        layout.addStretch(3)
        return page

    def _make_keys(self) -> QHBoxLayout:
        keys = QHBoxLayout()
        keys.setSpacing(GAP)
        self._show = button(
            self.tr("Show"), self.show_wanted.emit, role="surface", icon_name="qr-code"
        )
        self._print = button(
            self.tr("Print"), self.print_wanted.emit, role="surface", icon_name="printer"
        )
        self._next = button(
            self.tr("No receipt"), self.next_wanted.emit, role="accent", icon_name="arrow-right"
        )
        for key, stretch in ((self._show, 1), (self._print, 1), (self._next, 2)):
            enlarge(key)
            keys.addWidget(key, stretch)
        return keys


def _name(key: QPushButton, text: str) -> None:
    """Say on a key what it does; of several words, the first stands above the others."""
    key.setText(text.replace(" ", "\n", 1))
    key.setAccessibleName(text)

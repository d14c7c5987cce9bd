"""The map of the keys: everything that can be done without a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.screens.rows import Notice
from ui.theme.palette import GAP, PAD
from ui.widgets.controls import button, label
from ui.widgets.notice_bar import NoticeBar


class HelpPage(QWidget):
    """Shows the keys of each screen.

    Signals:
        left: back to where one was.
        manual_wanted: open the cashier's page.
    """

    left = Signal()
    manual_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(self.tr("Keys"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what shows the focus
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(PAD)
        head = QHBoxLayout()
        head.addWidget(
            button(
                "", self.left.emit, role="surface", icon_name="chevron-left", name=self.tr("Back")
            )
        )
        head.addSpacing(GAP)
        head.addWidget(label(self.tr("Keys"), role="title"), 1)
        head.addWidget(
            button(
                self.tr("Cashier's page"),
                self.manual_wanted.emit,
                role="surface",
                icon_name="receipt-text",
            )
        )
        layout.addLayout(head)
        columns = QHBoxLayout()
        columns.setSpacing(PAD)
        columns.addWidget(self._card(self.tr("Checkout"), self._checkout_keys()), 1)
        side = QVBoxLayout()
        side.setSpacing(PAD)
        side.addWidget(self._card(self.tr("Payment"), self._payment_keys()))
        side.addWidget(self._card(self.tr("After the sale"), self._done_keys()))
        side.addStretch(1)
        columns.addLayout(side, 1)
        layout.addLayout(columns)
        layout.addStretch(1)
        self.notice = NoticeBar(self)

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence, or none."""
        self.notice.show_notice(notice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    def _checkout_keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("A … Z"), self.tr("search")),
            (self.tr("F2"), self.tr("into the search field")),
            (self.tr("0 … 9"), self.tr("quantity for the next article")),
            (self.tr("Arrows, Enter"), self.tr("walk the sizes, add one")),
            (self.tr("+ and −"), self.tr("one more, one less of the line")),
            (self.tr("Page up, page down"), self.tr("another line")),
            (self.tr("Del"), self.tr("remove the line")),
            (self.tr("Ctrl + Z"), self.tr("undo")),
            (self.tr("Esc"), self.tr("clear quantity, then search")),
            (self.tr("F12"), self.tr("pay")),
            (self.tr("F9"), self.tr("last receipt again")),
            (self.tr("F10"), self.tr("settings, import, test page")),
            (self.tr("Tab"), self.tr("from control to control")),
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

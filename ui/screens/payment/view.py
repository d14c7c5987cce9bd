"""The payment's widgets: what is due, how it is paid. It computes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScroller,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import wording
from ui.screens.payment.cash import QUICK_MAX
from ui.screens.payment.panes import QuestionPane, StuckPane
from ui.screens.payment.shortcuts import METHOD_SHORTCUTS, QUICK_SHORTCUTS, WITH_COMMAND, is_held_on
from ui.screens.payment.sizes import Sizes, put_role
from ui.screens.payment.wording import with_amount
from ui.screens.rows import Notice, PaymentText, TenderRow
from ui.theme.palette import GAP, PAD, TARGET
from ui.widgets.controls import button, centred, enlarge, label
from ui.widgets.notice_bar import NoticeBar

METHODS = (
    ("cash", "banknote"),
    ("card", "credit-card"),
    ("wristband", "watch"),
    ("voucher", "ticket"),
    ("other", "wallet"),
)
QUICK_KEYS = QUICK_MAX
QUICK_LETTERS = 6  # with the sign; of longer amounts a row has room for one less
KEYS, TERMINAL, STUCK, QUESTION = range(4)
"""What is below the amount."""
REFERENCE_MAX = 60
WAIT_SHOWN_MS = 60
"""How long a sale may take before the screen says so: painting it would only hold it up."""
TENDERS_SHOWN = 2.5  # half a row says that there are more
SCROLL_BAR = 12


class PaymentPage(QWidget):
    """Shows a payment and reports what was pressed.

    Signals:
        typed: a digit or a decimal sign. erased, left: what was pressed.
        retried, basket_wanted, abandoned: the ways on with a sale that could not be saved.
        answered: a question's answer; True for what was asked about.
        method_chosen: a tender's method. quick_chosen: the place of a quick cash key.
        terminal_confirmed: the reference that was typed, "" for none. terminal_cancelled.
        tender_removed: the place of a tender that is given back.
    """

    typed = Signal(str)
    erased = Signal()
    left = Signal()
    retried = Signal()
    basket_wanted = Signal()
    abandoned = Signal()
    answered = Signal(bool)
    method_chosen = Signal(str)
    quick_chosen = Signal(object)
    terminal_confirmed = Signal(str)
    terminal_cancelled = Signal()
    tender_removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(self.tr("Payment"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what shows the focus
        layout = centred(self)
        layout.setSpacing(GAP)
        layout.addLayout(self._make_head())
        self._ways = QStackedWidget()
        self._ways.addWidget(self._make_keys())
        self._ways.addWidget(self._make_terminal())
        self._ways.addWidget(self._make_stuck())
        self._ways.addWidget(self._make_question())
        layout.addWidget(self._ways, 1)
        self._saving = PaymentText()
        self._saved_later = QTimer(self, singleShot=True, interval=WAIT_SHOWN_MS)
        self._saved_later.timeout.connect(lambda: self._show(self._saving))
        self.notice = NoticeBar(self)
        self._sizes = Sizes(keys=self._keys_that_grow(), amounts=(self._due, self._terminal_amount))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let keys and amounts grow with a high page."""
        super().resizeEvent(event)
        self._sizes.fit(self.height())

    def _keys_that_grow(self) -> tuple[QPushButton, ...]:
        return (*self._quick, *self._methods.values(), *self._pad_keys, *self._terminal_keys)

    def show_payment(self, payment: PaymentText) -> None:
        """Show where the payment stands; that it is being saved only if that takes its time."""
        self._saved_later.stop()
        if payment.is_busy:
            self._saving = payment
            self._saved_later.start()
        else:
            self._show(payment)

    def _show(self, payment: PaymentText) -> None:
        self._due.setText(payment.due)
        self._note.setText(payment.due_note)
        self._note.setVisible(bool(payment.due_note))
        self._typed.setText(payment.typed_sum or " ")
        self._say_typed(payment.typed_amount)
        is_wide = max(map(len, payment.quick), default=0) > QUICK_LETTERS
        quick = payment.quick[: QUICK_KEYS - 1] if is_wide else payment.quick
        for place, key in enumerate(self._quick):
            key.setVisible(place < len(quick))
            if place < len(quick):
                key.setText(quick[place])
        is_stuck = bool(payment.failed) and payment.can_retry
        is_asked = payment.question is not None or bool(payment.card_waiting)
        is_locked = payment.is_busy or is_stuck or is_asked
        self._show_tenders(payment.tenders, is_locked=is_locked)
        self._show_way(payment)
        self._terminal_amount.setText(payment.card_waiting)
        self._waiting_for.setText(payment.waiting_for)
        if payment.reference_hint:
            self._reference.setPlaceholderText(payment.reference_hint)
            self._reference.setAccessibleName(payment.reference_hint)
        self._ways.setEnabled(not payment.is_busy)

    def _say_typed(self, amount: str) -> None:
        """Say on the keys what they take; the one to press next is the only green one."""
        for name, key in self._methods.items():
            said = wording.method(name)
            if amount and name == "card":
                said = with_amount(said, amount)
            elif amount:
                said = f"{said}\n{amount}"  # half as wide
            key.setText(said)
        put_role(self._quick[0], "surface" if amount else "accent")
        put_role(self._methods["cash"], "accent" if amount else "")

    def _show_way(self, payment: PaymentText) -> None:
        """Show the part below the amount: keys, terminal, what failed, or a question."""
        page, before = KEYS, self._ways.currentIndex()
        if payment.question is not None:
            page = QUESTION
            self._question.show_question(payment.question)
        elif payment.failed:
            page = STUCK
            self._stuck.show_stuck(payment.failed, can_retry=payment.can_retry)
        elif payment.card_waiting:
            page = TERMINAL
        self._ways.setCurrentIndex(page)
        if page != before:
            target = {
                KEYS: self,
                TERMINAL: self._confirm,
                STUCK: self._stuck.first,
                QUESTION: self._question.keep,
            }[page]
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        # The terminal's amount is the one to look at.
        for shown in (self._due_title, self._due):
            shown.setVisible(page != TERMINAL)
        self._due_title.setText(self.tr("Left to pay") if payment.has_part else self.tr("To pay"))
        self._note.setVisible(page == KEYS and bool(payment.due_note))
        self._back.setEnabled(not payment.is_busy)

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence, or none."""
        self.notice.show_notice(notice)

    def clear_reference(self) -> None:
        """Empty the terminal's reference for the next payment."""
        self._reference.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take keys that no widget wanted: an amount, or a way to pay."""
        key, text = event.key(), event.text()
        if event.modifiers() & WITH_COMMAND:
            event.ignore()
        elif is_held_on(event):
            event.accept()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif self._ways.currentIndex() != 0:
            event.ignore()
        elif text and text in "0123456789,.":
            self.typed.emit(text)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.method_chosen.emit("cash")
        elif key in QUICK_SHORTCUTS:
            self.quick_chosen.emit(QUICK_SHORTCUTS[Qt.Key(key)])
        elif key in METHOD_SHORTCUTS:
            self.method_chosen.emit(METHOD_SHORTCUTS[Qt.Key(key)])
        else:
            event.ignore()

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._back = button(
            "", self.left.emit, role="surface", icon_name="chevron-left", name=self.tr("Back")
        )
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        amounts = QVBoxLayout()
        amounts.setSpacing(0)
        self._due_title = label(self.tr("To pay"), role="soft")
        amounts.addWidget(self._due_title)
        self._due = label("", role="huge")
        self._note = label("", role="soft")
        amounts.addWidget(self._due)
        amounts.addWidget(self._note)
        head.addLayout(amounts, 1)
        head.addWidget(self._make_tenders(), 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_tenders(self) -> QScrollArea:
        """Make the list of what was taken; many are scrolled, the ways to pay stay whole."""
        taken = QWidget()
        self._tenders = QVBoxLayout(taken)
        self._tenders.setContentsMargins(0, 0, 0, 0)
        self._tenders.setSpacing(GAP)
        self._tender_buttons: list[QPushButton] = []
        self._taken = QScrollArea()
        self._taken.setFrameShape(QFrame.Shape.NoFrame)
        self._taken.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._taken.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._taken.setWidgetResizable(True)
        self._taken.setWidget(taken)
        QScroller.grabGesture(self._taken.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        return self._taken

    def _make_keys(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, GAP // 2, 0, 0)
        row.setSpacing(PAD)
        row.addLayout(self._make_ways(), 1)
        row.addWidget(self._make_pad(), 0, Qt.AlignmentFlag.AlignTop)
        return page

    def _make_ways(self) -> QVBoxLayout:
        ways = QVBoxLayout()
        ways.setSpacing(GAP)
        quick = QGridLayout()
        quick.setSpacing(GAP)
        self._quick = []
        self._methods: dict[str, QPushButton] = {}
        for place in range(QUICK_KEYS):
            key = button("", role="accent" if place == 0 else "surface")
            key.setProperty("is_quick", True)  # four of them share a row
            key.clicked.connect(lambda _checked=False, p=place: self.quick_chosen.emit(p))
            enlarge(key)
            self._quick.append(key)
        quick.addWidget(label(self.tr("Cash"), role="soft"), 0, 0)
        quick.addWidget(self._quick[0], 1, 0, 1, QUICK_KEYS - 1)
        for place, key in enumerate(self._quick[1:]):
            quick.addWidget(key, 2, place)
        ways.addLayout(quick)
        ways.addWidget(label(self.tr("Other ways"), role="soft"))
        others = QGridLayout()
        others.setSpacing(GAP)
        for place, (name, icon_name) in enumerate(METHODS[1:]):
            way = button(wording.method(name), role="tender", icon_name=icon_name)
            way.clicked.connect(lambda _checked=False, n=name: self.method_chosen.emit(n))
            self._methods[name] = way
            if name == "card":
                others.addWidget(way, 0, 0, 1, 2)
            else:
                others.addWidget(way, 1 + (place - 1) // 2, (place - 1) % 2)
        ways.addLayout(others)
        ways.addStretch(1)
        return ways

    def _make_pad(self) -> QFrame:
        pad = QFrame()
        pad.setObjectName("card")
        grid = QGridLayout(pad)
        grid.setContentsMargins(PAD, PAD, PAD, PAD)
        grid.setSpacing(GAP)
        self._typed = label(" ", role="amount")
        self._typed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._typed.setAccessibleName(self.tr("Typed amount"))
        grid.addWidget(self._typed, 0, 0, 1, 3)
        self._pad_keys: list[QPushButton] = []
        for place, text in enumerate(f"789456123{wording.decimal_sign()}0"):
            key = button(text)
            key.setMinimumSize(68, 62)
            key.clicked.connect(lambda _checked=False, t=text: self.typed.emit(t))
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._pad_keys.append(key)
            grid.addWidget(key, 1 + place // 3, place % 3)
        erase = button("", self.erased.emit, icon_name="delete", name=self.tr("Erase"))
        erase.setMinimumSize(68, 62)
        erase.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pad_keys.append(erase)
        grid.addWidget(erase, 4, 2)
        cash = button(wording.method("cash"), icon_name="banknote")
        cash.clicked.connect(lambda: self.method_chosen.emit("cash"))
        cash.setMinimumHeight(62)
        self._methods["cash"] = cash
        grid.addWidget(cash, 5, 0, 1, 3)
        return pad

    def _make_terminal(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, PAD, 0, 0)
        layout.setSpacing(GAP)
        self._waiting_for = label("", role="title", wrap=True)
        layout.addWidget(self._waiting_for)
        self._terminal_amount = label("", role="huge")
        layout.addWidget(self._terminal_amount)
        self._reference = QLineEdit()
        self._reference.setMaxLength(REFERENCE_MAX)
        self._reference.returnPressed.connect(self._terminal_paid)
        layout.addWidget(self._reference)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        refused = button(
            self.tr("Refused or cancelled"),
            self.terminal_cancelled.emit,
            role="surface",
            icon_name="x",
        )
        self._confirm = button(
            self.tr("It is paid"),
            self._terminal_paid,
            role="accent",
            icon_name="check",
        )
        self._terminal_keys = (refused, self._confirm)
        for key in self._terminal_keys:
            enlarge(key)
            row.addWidget(key, 1)
        layout.addLayout(row)
        layout.addStretch(1)
        return page

    def _make_stuck(self) -> QWidget:
        self._stuck = StuckPane()
        self._stuck.retried.connect(self.retried)
        self._stuck.basket_wanted.connect(self.basket_wanted)
        self._stuck.abandoned.connect(self.abandoned)
        return self._stuck

    def _make_question(self) -> QWidget:
        self._question = QuestionPane()
        self._question.answered.connect(self.answered)
        return self._question

    def _terminal_paid(self) -> None:
        self.terminal_confirmed.emit(self._reference.text())

    def _show_tenders(self, tenders: tuple[TenderRow, ...], *, is_locked: bool) -> None:
        while len(self._tender_buttons) < len(tenders):
            row = button("", role="surface", icon_name="x")
            row.clicked.connect(self._tender_pressed)
            self._tenders.addWidget(row)
            QWidget.setTabOrder((self._tender_buttons or [self._back])[-1], row)
            self._tender_buttons.append(row)
        for row, tender in zip(self._tender_buttons, tenders, strict=False):
            row.setText(f"{tender.method}  {tender.amount}")
            row.setAccessibleName(
                self.tr("Take back: {method} {amount}").format(
                    method=tender.method, amount=tender.amount
                )
            )
            row.setEnabled(not is_locked)
            row.show()
        for spare in self._tender_buttons[len(tenders) :]:
            spare.hide()
        self._show_room(len(tenders))

    def _show_room(self, tenders: int) -> None:
        """Give the list of tenders room for two and a half; the latest is in sight."""
        for row in self._tender_buttons[:tenders]:
            row.ensurePolished()  # the style sheet decides how high it is
        self._tenders.invalidate()
        wanted = self._tenders.sizeHint()
        most = int(TENDERS_SHOWN * (TARGET + GAP)) - GAP
        self._taken.setFixedSize(wanted.width() + SCROLL_BAR, min(wanted.height(), most))
        self._taken.setVisible(tenders > 0)
        bar = self._taken.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _tender_pressed(self) -> None:
        row = self.sender()
        assert isinstance(row, QPushButton)
        self.tender_removed.emit(self._tender_buttons.index(row))

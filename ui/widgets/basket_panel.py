"""The basket beside everything: lines with a stepper on the one touched last, and the total."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from ui.screens.rows import BasketText
from ui.theme.palette import GAP, PAD, TARGET, TYPE
from ui.theme.theme import font
from ui.widgets.basket_row import WIDTH, BasketLineRow
from ui.widgets.controls import button, enlarge, hairline, label, tool_tip
from ui.widgets.sibling_sizes import SiblingSizes

UNDO_WIDTH = 176  # of its words, beside the title or a typed quantity
UNDO_TYPE = 14
QUANTITY_MS = 10_000
"""After that a typed quantity that nothing followed is dropped."""
BURST_MS = 60  # longer than a scanner's pause between two keys


class BasketPanel(QFrame):
    """Shows the basket and reports what was pressed. It computes nothing.

    Signals:
        line_chosen: the place of the line that was pressed.
        plus, minus, remove, undo, pay: what was pressed; the first three mean the current line.
        size_chosen: the `SizeKey` that the current line shall have instead of its own.
        size_asked: one of which none is left, whose key asks first.
        quantity_dropped: a typed quantity was shown for long, and nothing followed.
    """

    line_chosen = Signal(object)
    plus = Signal()
    minus = Signal()
    removed = Signal()
    size_chosen = Signal(object)
    size_asked = Signal(object)
    undone = Signal()
    paid = Signal()
    quantity_dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(WIDTH)
        self._rows: list[BasketLineRow] = []
        self._shown = BasketText()
        self._is_locked = False
        self._touched = -1  # the place of the line that stays where it was touched
        self._money_shown = "", "", False
        self._undo_shown: tuple[BasketText, bool, bool] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(self._head())
        layout.addWidget(self._list(), 1)
        layout.addWidget(hairline())
        layout.addLayout(self._foot())
        self.show_basket(BasketText())

    def show_basket(self, basket: BasketText) -> None:
        """Show a basket; the stepper opens under its current line, the sizes under that."""
        top = self._touched_top(basket)
        self._shown = basket
        self._show_rows(basket)
        self._empty.setVisible(not basket.rows)
        self._total.setText(basket.total)
        self._pieces.setText(basket.pieces)
        self._show_undo(basket)
        if basket.rows:
            self._last_change.setText("")  # the next sale has begun
        for shown in (self._last_title, self._last_change):
            shown.setVisible(bool(self._last_change.text()))
        self._show_tools(basket, top)

    def _show_rows(self, basket: BasketText) -> None:
        while len(self._rows) < len(basket.rows):
            row = BasketLineRow(self._lines)
            row.clicked.connect(self._row_pressed)
            after = self._lines_layout.indexOf(self._rows[-1]) + 1 if self._rows else 0
            self._lines_layout.insertWidget(after, row)
            QWidget.setTabOrder(self._rows[-1] if self._rows else self._undo, row)
            self._rows.append(row)
        for place, row in enumerate(self._rows):
            if place < len(basket.rows):
                row.show_row(basket.rows[place], is_current=place == basket.current)
            if row.isHidden() == (place < len(basket.rows)):
                row.setVisible(place < len(basket.rows))

    def _show_tools(self, basket: BasketText, top: int | None) -> None:
        """Show what can be done with the current line under it; see `_bring_in_sight`."""
        has_current = 0 <= basket.current < len(basket.rows) and not self._is_locked
        self._tools.setVisible(has_current)
        if not has_current:
            self._scroll.set_gap(0)
            return
        if self._lines_layout.indexOf(self._tools) != basket.current + 1:
            self._lines_layout.removeWidget(self._tools)
            self._lines_layout.insertWidget(basket.current + 1, self._tools)
        self._sizes.show_sizes(basket.sizes)
        self._count.setText(basket.rows[basket.current].quantity.rstrip(" ×"))
        for layout in (self._tools_layout, self._lines_layout):
            layout.activate()
        # As wide as it is: the scroll area makes room for its bar by itself.
        self._lines.resize(self._lines.width(), self._lines.sizeHint().height())
        self._bring_in_sight(top)

    def _touched_top(self, basket: BasketText) -> int | None:
        """Return where the line that was touched is in the list's frame, if it is still open."""
        is_open = self._touched == basket.current and len(basket.rows) == len(self._shown.rows)
        if self._touched < 0 or not is_open:
            self._touched = -1
            return None
        row = self._rows[self._touched]
        return row.mapTo(self._scroll.viewport(), QPoint()).y() + self._scroll.gap

    def _bring_in_sight(self, top: int | None) -> None:
        """Scroll to where the current line and all under it are seen, and a line begins.

        Half a line is misread.  A line that was touched stays where it was, `top`, as far as what
        opens under it has room: a second tap must not meet another key.
        """
        row = self._rows[self._shown.current]
        tops = [one.y() for one in self._rows[: len(self._shown.rows)]]
        gap = 0
        if top is None:
            self._scroll.set_gap(0)
            self._scroll.ensureWidgetVisible(self._tools, 0, GAP)
            here = min(self._scroll.verticalScrollBar().value(), row.y())
            end = self._tools.y() + self._tools.height() + GAP
            has_room = end <= self._scroll.viewport().height()
            first = tops[0] if has_room else next(y for y in tops if y >= here)
        else:
            room = self._scroll.viewport().height() + self._scroll.gap
            block = self._tools.y() + self._tools.height() + GAP - row.y()
            top = max(min(top, room - block), 0)
            first = next(y for y in tops if row.y() - y <= top)
            gap = top - (row.y() - first)
        self._scroll.set_gap(gap)
        self._lines_layout.setContentsMargins(0, 0, 0, 0)
        self._scroll_to(first)

    def _scroll_to(self, first: int) -> None:
        """Begin the list with what is so far down, with room below for it."""
        bar, content = self._scroll.verticalScrollBar(), self._lines_layout.sizeHint().height()
        missing = first + self._scroll.viewport().height() - content
        if first > 0 and missing > 0:
            self._lines_layout.setContentsMargins(0, 0, 0, missing)
            self._lines.resize(self._lines.width(), content + missing)
        bar.setMaximum(max(bar.maximum(), first))
        bar.setValue(first)

    def show_quantity(self, text: str) -> None:
        """Show the quantity for the next article; a scan's digits pass without a flicker."""
        self._quantity_shown.stop()
        self._quantity_old.start() if text else self._quantity_old.stop()
        if not text:
            self._show_count(is_shown=False)
        elif self._quantity.text() != text or self._quantity.isHidden():
            self._quantity.setText(text)
            self._quantity_shown.start()

    def quantity_lasts(self, ms: int) -> None:
        """Drop a typed quantity after a time other than the usual one."""
        self._quantity_old.setInterval(ms)

    def show_pay(self, *, text: str, is_enabled: bool) -> None:
        """Show the big key under the total."""
        self._pay.setText(text)
        self._pay.setEnabled(is_enabled)

    @property
    def last_change(self) -> str:
        """Return the change of the last sale while it is shown."""
        return self._last_change.text()

    def show_last_change(self, amount: str) -> None:
        """Show what the last sale gives back, until the next one has a line; "" for nothing."""
        self._last_change.setText(amount)
        self.show_basket(self._shown)

    def show_taken(self, amount: str, left: str = "", *, goes_back: bool = False) -> None:
        """Show what was taken already for this basket, and what is left to pay; "" for nothing.

        Args:
            amount: what was taken.
            left: the rest of the total.
            goes_back: `left` is what was taken beyond the total.
        """
        if (amount, left, goes_back) == self._money_shown:
            return  # at each change of the basket
        self._money_shown = amount, left, goes_back
        self._rest_title.setText(self.tr("Goes back") if goes_back else self.tr("Left to pay"))
        self._taken.setText(amount)
        self._rest.setText(left)
        for shown in (self._taken_title, self._taken):
            shown.setVisible(bool(amount))
        for shown in (self._rest_title, self._rest):
            shown.setVisible(bool(left))
        role = "strong" if left else "amount"  # the big figure is what has to be paid now
        if self._total.property("role") != role:
            self._total.setProperty("role", role)
            self._total.style().unpolish(self._total)
            self._total.style().polish(self._total)
        own = self.layout()
        assert own is not None
        own.activate()
        self.show_basket(self._shown)  # the list is smaller now: keep its stepper in sight

    def set_locked(self, *, is_locked: bool) -> None:
        """Let nothing of the basket be changed while it is being saved, or once it is paid."""
        self._is_locked = is_locked
        self._lines.setEnabled(not is_locked)
        self.show_basket(self._shown)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._title = label(self.tr("Basket"), role="title")
        self._title.setContentsMargins(GAP, 0, 0, 0)
        self._undo = button(self.tr("Undo"), self.undone.emit, role="undo", icon_name="undo-2")
        self._quantity = label("", role="quantity")
        self._quantity.setAccessibleName(self.tr("Quantity for the next item"))
        self._quantity.setMinimumWidth(84)
        self._quantity.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._quantity.hide()
        self._quantity_shown = QTimer(self)
        self._quantity_shown.setSingleShot(True)
        self._quantity_shown.setInterval(BURST_MS)
        self._quantity_shown.timeout.connect(lambda: self._show_count(is_shown=True))
        self._quantity_old = QTimer(self, singleShot=True, interval=QUANTITY_MS)
        self._quantity_old.timeout.connect(self.quantity_dropped)
        head.addWidget(self._title)
        head.addWidget(self._quantity)
        head.addStretch(1)
        head.addWidget(self._undo)
        return head

    def _show_count(self, *, is_shown: bool) -> None:
        """Show a typed quantity in the place of the title, so that nothing else moves."""
        self._quantity.setVisible(is_shown)
        self._show_undo(self._shown)

    def _show_undo(self, basket: BasketText) -> None:
        """Say on the key what it takes back; the size at the end stays readable."""
        is_counting = not self._quantity.isHidden()
        if (shown := (basket, is_counting, self._is_locked)) == self._undo_shown:
            return
        self._undo_shown = shown
        self._title.setVisible(not is_counting)
        name = f"{basket.undo} {basket.undo_what}".strip() or self.tr("Undo")
        self._undo.setAccessibleName(name)
        self._undo.setToolTip(tool_tip(name))
        metrics = QFontMetrics(font(UNDO_TYPE, QFont.Weight.DemiBold))
        middle = Qt.TextElideMode.ElideMiddle
        lines = [
            metrics.elidedText(line, middle, UNDO_WIDTH)
            for line in (basket.undo or self.tr("Undo"), basket.undo_what)
            if line
        ]
        self._undo.setText("\n".join(lines).replace("&", "&&"))
        self._undo.setEnabled(basket.can_undo and not self._is_locked)

    def _list(self) -> _List:
        self._lines = QWidget()
        self._lines_layout = QVBoxLayout(self._lines)
        self._lines_layout.setContentsMargins(0, 0, 0, 0)
        self._lines_layout.setSpacing(GAP)
        self._empty = label(self.tr("Scan an item, or touch a size."), role="soft", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(120)
        self._lines_layout.addWidget(self._empty)
        self._last_title = label(self.tr("Last sale: change to give"), role="strong", wrap=True)
        self._last_change = label("", role="amount")
        for shown in (self._last_title, self._last_change):
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._lines_layout.addWidget(shown)
        self._tools = self._make_tools()
        self._lines_layout.addStretch(1)
        self._scroll = _List()
        self._scroll.setWidget(self._lines)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self._scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        return self._scroll

    def _make_tools(self) -> QWidget:
        """Return the stepper, and the sizes under it."""
        tools = QWidget(self._lines)
        layout = self._tools_layout = QVBoxLayout(tools)
        row = QHBoxLayout()
        for one in (layout, row):
            one.setContentsMargins(0, 0, 0, 0)
            one.setSpacing(GAP)
        self._count = label("", role="title")
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count.setMinimumWidth(TARGET)
        remove = button("", self.removed.emit, icon_name="trash-2", name=self.tr("Remove line"))
        minus = button("", self.minus.emit, icon_name="minus", name=self.tr("One less"))
        plus = button("", self.plus.emit, icon_name="plus", name=self.tr("One more"))
        row.addWidget(remove)
        row.addStretch(1)
        row.addWidget(minus)
        row.addWidget(self._count)
        row.addWidget(plus)
        self._sizes = SiblingSizes(tools, after=plus)
        self._sizes.chosen.connect(self.size_chosen)
        self._sizes.asked.connect(self.size_asked)
        layout.addLayout(row)
        layout.addWidget(self._sizes)
        return tools

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        line = QHBoxLayout()
        line.setContentsMargins(GAP, 0, GAP, 0)
        self._pieces = label("", role="soft")
        self._total = label("", role="amount")
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.addWidget(self._pieces)
        line.addWidget(self._total, 1)
        foot.addLayout(line)
        self._taken_title = label(self.tr("Already paid"), role="strong")
        self._taken = label("", role="strong")
        self._rest_title = label(self.tr("Left to pay"), role="strong")
        self._rest = label("", role="amount")
        for title, amount in (
            (self._taken_title, self._taken),
            (self._rest_title, self._rest),
        ):
            row = QHBoxLayout()
            row.setContentsMargins(GAP, 0, GAP, 0)
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            row.addWidget(title)
            row.addWidget(amount, 1)
            foot.addLayout(row)
            title.hide()
            amount.hide()
        self._pay = button("", self.paid.emit, role="accent")
        enlarge(self._pay)
        self._pay.setFont(font(TYPE.title, QFont.Weight.Bold))
        foot.addWidget(self._pay)
        return foot

    def _row_pressed(self) -> None:
        row = self.sender()
        assert isinstance(row, BasketLineRow)
        self._touched = self._rows.index(row)
        self.line_chosen.emit(self._touched)


class _List(QScrollArea):
    """The lines, which may begin further down: so a line stays where the finger is."""

    gap = 0

    def set_gap(self, gap: int) -> None:
        """Leave so many pixels above the lines free."""
        self.gap = gap
        self.setViewportMargins(0, gap, 0, 0)

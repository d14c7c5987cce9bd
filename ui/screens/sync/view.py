"""The hub's page: cards in two columns. It computes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.screens.sync.presenter import SyncText
from ui.theme.palette import GAP, PAD
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import button, card, label

SHAPE_PX = 48


class SyncPage(QWidget):
    """Shows how this till and its hub stand, and reports what was pressed.

    Signals:
        left: back to the checkout. send_wanted: try now.
        new_journal_wanted: go on with another journal; the presenter asks first.
    """

    left = Signal()
    send_wanted = Signal()
    new_journal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(self.tr("Hub"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what shows the focus
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, GAP)
        layout.setSpacing(PAD)
        layout.addLayout(self._make_head())
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, PAD)
        row.setSpacing(PAD)
        for cards in (
            (self._make_state(),),
            (self._make_problems(), self._make_waiting(), self._make_peers(), self._make_feed()),
        ):
            column = QVBoxLayout()
            column.setSpacing(PAD)
            for one in cards:
                column.addWidget(one)
            column.addStretch(1)
            row.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(columns)
        layout.addWidget(scroll, 1)

    # What the presenter shows --------------------------------------------------------------------

    def show_sync(self, text: SyncText) -> None:
        """Show everything."""
        name, ink = self._shapes()[text.shape]
        self._shape.setPixmap(pixmap(name, SHAPE_PX, ink, 2.0))
        self._sentence.setText(text.sentence)
        self._hub.setText(text.hub)
        self._address.setText(text.address)
        self._contact.setText(text.contact)
        first, *rest = text.waiting
        self._first.setText(first)
        _show(self._rest, "\n".join(rest))
        self._peers.setText("\n".join(text.peers))
        self._feed.setText(text.feed)
        self._problems.setText("\n\n".join(text.problems))
        self._problem_card.setVisible(bool(text.problems))
        self._go_on.setVisible(text.can_go_on)

    def show_sure(self, text: str) -> None:
        """Ask whether a new journal is really meant, or ask no more."""
        _show(self._sure, text)
        said = self.tr("Yes: continue with a new journal") if text else self._go_on_text
        self._go_on.setText(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    # Cards ---------------------------------------------------------------------------------------

    @staticmethod
    def _shapes() -> dict[str, tuple[str, str]]:
        c = colours()
        return {
            "good": ("circle-check", c.accent),
            "busy": ("cloud-upload", c.ink),
            "apart": ("cloud-off", c.ink),
            "trouble": ("triangle-alert", c.trouble),
        }

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        back = button(
            "", self.left.emit, role="surface", icon_name="chevron-left", name=self.tr("Back")
        )
        head.addWidget(back)
        head.addSpacing(GAP)
        head.addWidget(label(self.tr("Hub"), role="title"))
        head.addSpacing(PAD)
        head.addWidget(label(self.tr("Selling never waits for it."), role="soft"))
        head.addStretch(1)
        return head

    def _make_state(self) -> QFrame:
        made, layout = card("")
        self._shape = label()
        self._sentence = label("", role="title", wrap=True)
        self._contact = label("", role="soft", wrap=True)
        self._hub = label("", role="strong", wrap=True)
        self._address = label("", role="soft", wrap=True)
        self._send: QPushButton = button(
            self.tr("Send now"), self.send_wanted.emit, icon_name="cloud-upload"
        )
        for widget in (self._shape, self._sentence, self._contact):
            layout.addWidget(widget)
        layout.addWidget(self._send)
        layout.addSpacing(GAP)
        for widget in (self._hub, self._address):
            layout.addWidget(widget)
        return made

    def _make_problems(self) -> QFrame:
        self._problem_card, layout = card(self.tr("To be looked at"))
        self._problems = label("", wrap=True)
        self._sure = label("", wrap=True)
        self._sure.hide()
        self._go_on_text = self.tr("Continue with a new journal")
        self._go_on = button(
            self._go_on_text, self.new_journal_wanted.emit, role="accent", icon_name="sparkles"
        )
        for widget in (self._problems, self._sure, self._go_on):
            layout.addWidget(widget)
        self._problem_card.hide()
        return self._problem_card

    def _make_waiting(self) -> QFrame:
        made, layout = card(self.tr("Only on this till"))
        self._first = label("", role="strong", wrap=True)
        self._rest = label("", role="soft", wrap=True)
        layout.addWidget(self._first)
        layout.addWidget(self._rest)
        return made

    def _make_peers(self) -> QFrame:
        made, layout = card(self.tr("Other tills at this stand"))
        self._peers = label("", wrap=True)
        layout.addWidget(self._peers)
        return made

    def _make_feed(self) -> QFrame:
        made, layout = card(self.tr("Catalogue and stock"))
        self._feed = label("", wrap=True)
        layout.addWidget(self._feed)
        layout.addWidget(
            label(
                self.tr("Prices and products change between two baskets, never in one."),
                role="soft",
                wrap=True,
            )
        )
        return made


def _show(shown: QLabel, text: str) -> None:
    shown.setText(text)
    shown.setVisible(bool(text))

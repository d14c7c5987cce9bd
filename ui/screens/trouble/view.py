"""The till cannot be opened: what is wrong, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import (
    JournalBroken,
    JournalRolledBack,
    PosError,
    StorageDamaged,
)
from ui import wording
from ui.theme.palette import PAD
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import button, enlarge, label

CAN_GO_ON = (JournalBroken, JournalRolledBack, StorageDamaged)
"""Not a missing key: on another machine a copied folder trains only (architecture: storage)."""
_COLUMN = 620


class TroublePage(QWidget):
    """Says why the till does not open and offers what can be done.

    Signals:
        retried: try to open it again.
        training_wanted: open for training instead.
        new_journal_wanted: set the journal aside and go on with a new one; asked twice.
    """

    retried = Signal()
    training_wanted = Signal()
    new_journal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        outer = QVBoxLayout(self)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_COLUMN)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(2 * PAD, 2 * PAD, 2 * PAD, 2 * PAD)
        layout.setSpacing(PAD)
        self._shape = label()
        self._title = label("", role="title", wrap=True)
        self._text = label("", wrap=True)
        layout.addWidget(self._shape)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        self._add_ways(layout)
        outer.addStretch(1)
        # Not an alignment: a layout that aligns gives wrapped texts too little height.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(2)

    def _add_ways(self, layout: QVBoxLayout) -> None:
        self._again = button(
            self.tr("Try again"), self.retried.emit, role="accent", icon_name="rotate-ccw"
        )
        self._go_on = button(
            self.tr("Continue with a new journal"), self._ask, icon_name="sparkles"
        )
        self._sure = button(
            self.tr("Yes: keep the old file, sell with a new one"),
            self.new_journal_wanted.emit,
            role="accent",
            icon_name="check",
        )
        self._train = button(
            self.tr("Open for training only"), self.training_wanted.emit, role="quiet"
        )
        for way in (self._again, self._go_on, self._sure, self._train):
            enlarge(way)
            layout.addWidget(way)

    def show_opening(self) -> None:
        """Say that the till is being opened."""
        self._shape.setPixmap(pixmap("store", 48, colours().accent, 2.0))
        self._title.setText(self.tr("Opening the till …"))
        self._text.setText("")
        for way in (self._again, self._go_on, self._sure, self._train):
            way.hide()

    def show_trouble(self, error: PosError, language: str) -> None:
        """Say what is wrong."""
        self._shape.setPixmap(pixmap("triangle-alert", 48, colours().trouble, 2.0))
        self._title.setText(self.tr("The till cannot be opened"))
        self._text.setText(wording.sentence(error, language))
        self._again.show()
        self._go_on.setVisible(isinstance(error, CAN_GO_ON))
        self._sure.hide()
        self._train.show()
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_bug(self) -> None:
        """Say that it is our mistake; the report's number stands in the strip above."""
        self._shape.setPixmap(pixmap("triangle-alert", 48, colours().trouble, 2.0))
        self._title.setText(self.tr("The till cannot be opened"))
        self._text.setText(
            self.tr("This is a mistake in the program. Nothing was changed. Call for help.")
        )
        for way in (self._go_on, self._sure):
            way.hide()
        for way in (self._again, self._train):
            way.show()

    def _ask(self) -> None:
        self._text.setText(
            self.tr(
                "The old file stays untouched in the folder “set-aside”, for the accountant and"
                " for verification. Catalogue and stock come along as far as they can be read."
                " Receipt numbers begin a new series that names the old one."
            )
        )
        self._go_on.hide()
        self._again.hide()  # one green key is enough
        self._sure.show()
        self._sure.setFocus(Qt.FocusReason.OtherFocusReason)

"""Where a till joins a hub: a code to scan, or two fields and a key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.screens.join.presenter import ADDRESS_MAX, CODE_MAX
from ui.theme.palette import GAP
from ui.widgets.controls import button, label

SAID_HEIGHT = 44
"""Two lines, kept free: nothing moves under a finger."""


class JoinCard(QWidget):
    """Shows how to join and how it goes, and reports what was typed and pressed.

    Signals:
        address_typed, code_typed: a text. join_wanted: the key, or Enter in the last field.
    """

    address_typed = Signal(str)
    code_typed = Signal(str)
    join_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(
            label(self.tr("Scan the code on the hub's page with this till's scanner."), wrap=True)
        )
        layout.addWidget(
            label(self.tr("Or type what stands below it:"), role="soft", wrap=True),
        )
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self._address = self._field(row, self.tr("Address of the hub"), ADDRESS_MAX)
        self._code = self._field(row, self.tr("Code"), CODE_MAX)
        self._address.textEdited.connect(self.address_typed)
        self._code.textEdited.connect(self.code_typed)
        self._code.setPlaceholderText("XXXX-XXXX-XXXX")
        self._address.returnPressed.connect(self._code.setFocus)
        self._code.returnPressed.connect(self.join_wanted)
        layout.addLayout(row)
        self._said = label("", wrap=True)
        self._said.setMinimumHeight(SAID_HEIGHT)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._join = button(
            self.tr("Join this hub"), self.join_wanted.emit, role="accent", icon_name="plug"
        )
        layout.addWidget(self._join)
        layout.addWidget(self._said)

    @staticmethod
    def _field(row: QHBoxLayout, text: str, length_max: int) -> QLineEdit:
        box = QVBoxLayout()
        box.setSpacing(2)
        field = QLineEdit()
        field.setAccessibleName(text)
        field.setMaxLength(length_max)
        box.addWidget(label(text, role="soft"))
        box.addWidget(field)
        row.addLayout(box, 1)
        return field

    def focus_first(self) -> None:
        """Put the cursor where the address is typed."""
        self._address.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_typed(self, address: str, code: str) -> None:
        """Show what was scanned, or nothing."""
        self._address.setText(address)
        self._code.setText(code)

    def show_join(self, text: str, *, is_wrong: bool, is_busy: bool) -> None:
        """Show how it goes."""
        self._said.setText(text)
        role = "wrong" if is_wrong else ""
        if self._said.property("role") != role:
            self._said.setProperty("role", role)
            self._said.style().unpolish(self._said)
            self._said.style().polish(self._said)
        for widget in (self._address, self._code, self._join):
            widget.setEnabled(not is_busy)

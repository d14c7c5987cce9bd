"""What a catalogue file would bring, and how its books are taxed: first start and settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.screens.catalogue_choice import RateQuestion
from ui.theme.palette import GAP, PAD
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import button, elided_tail, label

TYPE_MAX = 40
_SHAPE = 28


class CatalogueCard(QFrame):
    """Shows a file's content; hidden until there is one.

    Signals:
        books_answered: a product type, and whether it is taxed as books.
    """

    books_answered = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None, *, margin: int = PAD) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        card = QGridLayout(self)
        card.setContentsMargins(margin, margin, margin, margin)
        self._shape, self._text = label(), label("", role="title", wrap=True)
        self._sentences = label("", role="soft", wrap=True)
        card.addWidget(self._shape, 0, 0)
        card.addWidget(self._text, 0, 1)
        card.addWidget(self._sentences, 1, 1)
        card.setColumnStretch(1, 1)
        self._rows: list[_RateRow] = []
        self._questions = QVBoxLayout()
        card.addLayout(self._questions, 2, 0, 1, 2)
        self.hide()

    def show_catalogue(self, text: str, sentences: tuple[str, ...], *, is_good: bool) -> None:
        """Show what a file would bring."""
        c = colours()
        name, ink = ("circle-check", c.accent) if is_good else ("triangle-alert", c.trouble)
        self._shape.setPixmap(pixmap(name, _SHAPE, ink, 2.0))
        self._text.setText(text)
        self._sentences.setText("\n".join(sentences))
        self._sentences.setVisible(bool(sentences))
        self.setVisible(bool(text))

    def show_book_types(self, questions: tuple[RateQuestion, ...]) -> None:
        """Ask, type by type, at which of two rates it is taxed."""
        while len(self._rows) < len(questions):
            row = _RateRow()
            row.answered.connect(self.books_answered)
            self._rows.append(row)
            self._questions.addWidget(row)
        for row, question in zip(self._rows, questions, strict=False):
            row.ask(question)
            row.show()
        for spare in self._rows[len(questions) :]:
            spare.hide()


class _RateRow(QWidget):
    """One product type, and two keys of which one is chosen.

    Signals:
        answered: the product type, and whether it is taxed as books.
    """

    answered = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._type = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GAP, 0, 0)
        row.setSpacing(GAP)
        self._name = label("", wrap=True)
        row.addWidget(self._name, 1)
        group = QButtonGroup(self)
        self._keys: dict[bool, QPushButton] = {}
        for is_book in (True, False):
            key = button("", role="chip")
            key.setCheckable(True)
            group.addButton(key)
            key.clicked.connect(self._pressed)
            self._keys[is_book] = key
            row.addWidget(key)

    def ask(self, question: RateQuestion) -> None:
        """Show the question and its answer so far."""
        self._type = question.product_type
        name = elided_tail(question.product_type, TYPE_MAX)
        self._name.setText(name)
        for is_book, text in ((True, question.as_books), (False, question.as_usual)):
            key = self._keys[is_book]
            key.setText(text.replace("&", "&&"))
            key.setAccessibleName(f"{name}, {text}")
            key.setChecked(question.is_book == is_book)

    def _pressed(self) -> None:
        self.answered.emit(self._type, self._keys[True].isChecked())


def choose_catalogue(parent: QWidget, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask for a product export, and hand its path over."""
    dialog = QFileDialog(parent, QCoreApplication.translate("CatalogueCard", "Choose a file"))
    dialog.setNameFilter(QCoreApplication.translate("CatalogueCard", "Product export (*.csv)"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    # Qt's own French lacks some of these words, and those of the columns in the other view.
    dialog.setViewMode(QFileDialog.ViewMode.List)
    part = QFileDialog.DialogLabel
    dialog.setLabelText(part.LookIn, QCoreApplication.translate("CatalogueCard", "Folder"))
    dialog.setLabelText(part.FileName, QCoreApplication.translate("CatalogueCard", "File name"))
    dialog.setLabelText(part.FileType, QCoreApplication.translate("CatalogueCard", "Kind of file"))
    dialog.setLabelText(part.Accept, QCoreApplication.translate("CatalogueCard", "Open"))
    dialog.setLabelText(part.Reject, QCoreApplication.translate("CatalogueCard", "Cancel"))
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog

"""The checkout's widgets: search, categories, tiles. It computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pos.ids import VariantId
from pos.reports.catalogue import SizeKey
from ui.screens.checkout.cards import Card
from ui.screens.rows import Notice
from ui.theme.palette import GAP, PAD
from ui.widgets.controls import button, elided_tail, enlarge, label
from ui.widgets.flow import FlowLayout
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.pictures import Pictures
from ui.widgets.search_field import SearchField
from ui.widgets.tile_grid import TileGrid

SEARCH_MAX = 80
CHIP_MAX = 24
"""Characters of a category; a longer one would make the window wider than the screen."""
LABEL_MAX = 60
SEARCH_WIDTH = 188


class CheckoutPage(QWidget):
    """Shows tiles and reports what was pressed and typed.

    Signals:
        searched: the words in the field. submitted: the same, with Enter.
        category_chosen: a category's name, "" for all.
        key_chosen: the `SizeKey` that was pressed. more_wanted: the end of the tiles is near.
        digit_typed, erased, escaped, stepped (by ±1), changed (by ±1), line_removed: keys.
        settings_wanted: there is no catalogue, and that is where one is imported.
        sold_out_asked: the `SizeKey` of which none is left, while it is asked about.
    """

    searched = Signal(str)
    submitted = Signal(str)
    category_chosen = Signal(str)
    key_chosen = Signal(object)
    more_wanted = Signal()
    digit_typed = Signal(str)
    erased = Signal()
    escaped = Signal()
    stepped = Signal(object)
    changed = Signal(object)
    line_removed = Signal()
    notice_confirmed = Signal()
    settings_wanted = Signal()
    sold_out_asked = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(self.tr("Checkout"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what shows the focus
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, PAD, 0, GAP)  # a finger on a size must not reach the foot
        layout.setSpacing(GAP)
        layout.addWidget(self._make_head())
        self._nothing = label("", role="soft", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMinimumHeight(160)
        self._nothing.hide()
        self._is_without_words = True  # what the sentence above is about
        layout.addWidget(self._nothing)
        self._import = button(
            self.tr("Import a catalogue"),
            self.settings_wanted.emit,
            role="accent",
            icon_name="hard-drive",
        )
        enlarge(self._import)
        self._import.hide()
        layout.addWidget(self._import, 0, Qt.AlignmentFlag.AlignHCenter)
        self.grid = TileGrid(pictures)
        self.grid.chosen.connect(self._chosen)
        self.grid.asked.connect(self.say_sold_out)
        self.grid.more_wanted.connect(self.more_wanted)
        layout.addWidget(self.grid, 1)
        self.notice = NoticeBar(self)
        self._is_asking = False  # the notice is about a key that asks
        self._asked: SizeKey | None = None  # which one
        self._expected = ""  # of a hub that brings the catalogue
        self.notice.confirmed.connect(self.notice_confirmed)

    # What the presenter shows --------------------------------------------------------------------

    def show_categories(self, names: Sequence[str], selected: str) -> None:
        """Show a chip for each category, after one for all."""
        wanted = [("", self.tr("All")), *((name, name) for name in names)]
        while len(self._chip_buttons) < len(wanted):
            chip = button("", role="chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._chip_pressed)
            self._group.addButton(chip)
            self._head.addWidget(chip)
            before = self._chip_buttons[-1] if self._chip_buttons else self._search
            QWidget.setTabOrder(before, chip)
            self._chip_buttons.append(chip)
            self.grid.follow(chip)
        for chip, (name, text) in zip(self._chip_buttons, wanted, strict=False):
            chip.setText(elided_tail(text, CHIP_MAX).replace("&", "&&"))
            chip.setAccessibleName(text)
            chip.setProperty("category", name)
            chip.setChecked(name == selected)
            chip.show()
        for spare in self._chip_buttons[len(wanted) :]:
            spare.hide()

    def show_tiles(
        self, cards: Sequence[Card], left: Mapping[VariantId, int], *, from_start: bool
    ) -> None:
        """Show cards; `left` is what can still be taken, by variant id."""
        self._nothing.hide()
        self._import.hide()
        self.grid.show_cards(cards, left, from_start=from_start)

    def show_left(self, left: Mapping[VariantId, int]) -> None:
        """Show how much is left of what is shown already."""
        self.grid.show_left(left)

    def show_nothing_found(self, words: str) -> None:
        """Say that nothing matches, or that there is no catalogue."""
        if words:
            self._nothing.setText(self.tr("Nothing found for “{words}”.").format(words=words))
        else:
            self._nothing.setText(self._expected or self.tr("No items here yet."))
        self._nothing.show()
        self._import.setVisible(not words and not self._expected)
        self._is_without_words = not words

    def expect_catalogue(self, text: str) -> None:
        """Say instead of an empty catalogue that it comes by itself; nobody has to import one."""
        if text == self._expected:
            return
        self._expected = text
        if self._is_without_words and self._nothing.isVisible():
            self.show_nothing_found("")

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence, or none."""
        self._is_asking = False
        self.notice.show_notice(notice)

    def show_search(self, words: str) -> None:
        """Show words in the search field without reporting them; "" empties it."""
        # Not by blocking its signals: the field's own clear button hears them too.
        self._search.textChanged.disconnect(self.searched)
        self._search.setText(words)
        self._search.textChanged.connect(self.searched)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    # Keys ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take keys that no widget wanted: digits count, letters search."""
        key, text = event.key(), event.text()
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if key == Qt.Key.Key_Escape:
            if not event.isAutoRepeat():  # the one that left the payment drops no question here
                self.escaped.emit()
        elif key == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif key == Qt.Key.Key_Delete:
            self.line_removed.emit()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif plain and text in {"+", "-"}:
            self.changed.emit(1 if text == "+" else -1)
        elif plain and len(text) == 1 and text in "0123456789":
            self.digit_typed.emit(text)
        elif plain and text.isprintable() and text.strip():
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
            self._search.insert(text)
        elif key == Qt.Key.Key_Down:
            self.grid.focus_first()
        else:
            event.ignore()

    def _make_head(self) -> QWidget:
        head = QWidget()
        self._head = FlowLayout(head, margin=PAD, gap=GAP)
        self._search = SearchField()
        self._search.setPlaceholderText(self.tr("Search or code"))
        self._search.setAccessibleName(self.tr("Search by name, artist, size or code"))
        self._search.setMaxLength(SEARCH_MAX)
        self._search.setFixedWidth(SEARCH_WIDTH)
        self._search.textChanged.connect(self.searched)
        self._search.returnPressed.connect(lambda: self.submitted.emit(self._search.text()))
        self._head.addWidget(self._search)
        self._chip_buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        return head

    def _chosen(self, key: object) -> None:
        """Pass a pressed key on; digits typed after it are a quantity, not a search."""
        if self._search.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hear_answer()
        self.key_chosen.emit(key)

    def hear_answer(self) -> None:
        """Take the words back that say what a key asks: somebody has answered."""
        if self._is_asking:
            self.notice.go()

    def say_sold_out(self, key: SizeKey) -> None:
        """Say in words what a key asks, here or in the basket: nothing has changed yet."""
        self._say_sold_out(key, "")
        self.sold_out_asked.emit(key)

    def show_elsewhere(self, key: SizeKey, stands: str) -> None:
        """Say where else there is some, while the key still asks."""
        if self._is_asking and key is self._asked:
            self._say_sold_out(key, stands)

    def _say_sold_out(self, key: SizeKey, stands: str) -> None:
        text = self.tr("{name}: none left by the records. Touch it once more to sell it.")
        if stands:
            text = self.tr("{name}: none left here. {stands}. Touch it once more to sell it.")
            text = text.replace("{stands}", stands)
        name = elided_tail(key.variant.label, LABEL_MAX)
        self.show_notice(Notice(text.replace("{name}", name), is_trouble=True))
        self._is_asking, self._asked = True, key

    def _chip_pressed(self) -> None:
        chip = self.sender()
        assert isinstance(chip, QPushButton)
        self.category_chosen.emit(chip.property("category"))


_STEPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}

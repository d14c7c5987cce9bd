"""The grid of tiles: as many columns as fit, scrolled with a finger, walked with the arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QToolTip, QWidget

from pos.ids import VariantId
from ui.screens.checkout.cards import Card
from ui.theme.palette import GAP, PAD
from ui.widgets.pictures import Pictures
from ui.widgets.size_key import SizeKey
from ui.widgets.tile import TileCard

CARD_WIDTH_MIN = 204
SPACING = 12
NEAR_END_PX = 600


class _Content(QWidget):
    """What is scrolled. Shows the tool tips of the keys: none of them has one of its own."""

    def event(self, event: QEvent) -> bool:
        """Show the tip of the key below, where Qt asks for one; the keys let it pass."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            key = self.childAt(event.pos())
            if isinstance(key, SizeKey):
                QToolTip.showText(event.globalPos(), key.tip, key)
                return True
        return super().event(event)


class TileGrid(QScrollArea):
    """Shows tiles and reports which key was pressed. It computes nothing.

    Signals:
        chosen: the `SizeKey` (of `pos.reports.catalogue`) that was pressed and confirmed.
        asked: the one whose key asks now whether it is really to be sold.
        more_wanted: the end of the tiles is near.
    """

    chosen = Signal(object)
    asked = Signal(object)
    more_wanted = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._cards: list[TileCard] = []
        self._used = 0
        self._left: dict[VariantId, int] = {}
        self._before: QWidget | None = None
        self._chained = 0
        self._content = _Content()
        self.setWidget(self._content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        pictures.arrived.connect(self._picture_arrived)

    def show_cards(
        self, cards: Sequence[Card], left: Mapping[VariantId, int], *, from_start: bool
    ) -> None:
        """Show cards; `from_start` scrolls back to the top."""
        while len(self._cards) < len(cards):
            card = TileCard(self._pictures, self._content)
            card.chosen.connect(self.chosen)
            card.asked.connect(self.asked)
            self._cards.append(card)
        for widget, shown in zip(self._cards, cards, strict=False):
            widget.show_card(shown, left)
        for spare in self._cards[len(cards) :]:
            spare.hide()
        self._used, self._left = len(cards), dict(left)
        if sum(len(card.stops) for card in self._cards) != self._chained:
            self._chain()
        self._arrange()
        if from_start:
            self.verticalScrollBar().setValue(0)

    def show_left(self, left: Mapping[VariantId, int]) -> None:
        """Show how much is left; nothing moves and only what changed is painted."""
        changed = {one for one, count in left.items() if self._left.get(one) != count}
        self._left = dict(left)
        if changed:
            for card in self.cards:
                card.show_left(left, changed)

    def follow(self, control: QWidget) -> None:
        """Let Tab come to the tiles from this control."""
        self._before = control
        self._chain()

    def _chain(self) -> None:
        """Put the keys in Tab's way, in order: Qt puts what is made later at the very end."""
        stops: list[QWidget] = [key for card in self._cards for key in card.stops]
        self._chained = len(stops)
        before = [self._before] if self._before is not None else []
        for one, other in pairwise(before + stops):
            QWidget.setTabOrder(one, other)

    @property
    def cards(self) -> list[TileCard]:
        """Return the cards that are in use, in order."""
        return self._cards[: self._used]

    def focus_first(self) -> None:
        """Put the focus on the first key."""
        for card in self.cards:
            for key in card.keys:
                key.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the cards anew."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the keys with the arrows; everything else goes up."""
        focus = self.focusWidget()
        if isinstance(focus, SizeKey) and event.key() in _DIRECTIONS:
            self._walk(focus, *_DIRECTIONS[Qt.Key(event.key())])
        else:
            event.ignore()

    def _arrange(self) -> None:
        """Place the cards row by row; a row is as high as its highest card."""
        width = self.viewport().width() - 2 * PAD
        if width <= 0:
            return
        columns = max((width + SPACING) // (CARD_WIDTH_MIN + SPACING), 1)
        card_width = (width - (columns - 1) * SPACING) // columns
        top = GAP
        for start in range(0, self._used, columns):
            row = self._cards[start : min(start + columns, self._used)]
            height = max(card.height_for(card_width) for card in row)
            for column, card in enumerate(row):
                left = PAD + column * (card_width + SPACING)
                card.setGeometry(left, top, card_width, height)
                card.place_keys()
                card.show()
            top += height + SPACING
        self._content.resize(self.viewport().width(), max(top, self.viewport().height()))
        if top <= self.viewport().height():
            self.more_wanted.emit()  # there is room, and nothing to scroll

    def _scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - NEAR_END_PX:
            self.more_wanted.emit()

    def _picture_arrived(self, name: str) -> None:
        for card in self.cards:
            if name in {card.picture, card.picture.partition("--")[0]}:
                card.update()

    def _walk(self, key: SizeKey, across: int, down: int) -> None:
        """Move the focus to the nearest key in a direction; at the side's end, to the next one."""
        here = self._box(key)
        best: tuple[int, SizeKey] | None = None
        for card in self.cards:
            for other in card.keys:
                there = self._box(other)
                dx = there.center().x() - here.center().x()
                dy = there.center().y() - here.center().y()
                ahead, aside = (dx * across, abs(dy)) if across else (dy * down, abs(dx))
                if ahead <= 4:
                    continue
                distance = ahead + 4 * aside
                if best is None or distance < best[0]:
                    best = (distance, other)
        keys = [one for card in self.cards for one in card.keys]
        place = keys.index(key) + across
        if best is None and across and 0 <= place < len(keys):
            best = (0, keys[place])
        if best is not None:
            best[1].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(best[1], 0, PAD)

    def _box(self, key: SizeKey) -> QRect:
        return QRect(key.mapTo(self._content, key.rect().topLeft()), key.size())


_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}

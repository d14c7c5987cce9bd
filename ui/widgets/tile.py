"""One design: picture, name, price, and its sizes as keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QPixmapCache,
    QTextLayout,
)
from PySide6.QtWidgets import QWidget

from pos.ids import VariantId
from ui.screens.checkout.cards import Card
from ui.theme.palette import GAP, RADIUS, TARGET, TYPE
from ui.theme.theme import colours, font
from ui.widgets.pictures import Pictures
from ui.widgets.size_key import SizeKey

PICTURE = 64
MARGIN = 10
CORNER = 8
HEAD = MARGIN + PICTURE + 36  # picture and name, then detail and price
NAME_LINES = 3
COUNT_MOST = "999"
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


class TileCard(QWidget):
    """Shows a product and reports which of its keys was pressed.

    Signals:
        chosen: the `SizeKey` (of `pos.reports.catalogue`) that was pressed and confirmed.
    """

    chosen = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._card: Card | None = None
        self._variants: frozenset[VariantId] = frozenset()
        self._keys: list[SizeKey] = []
        self._key_width = TARGET

    @property
    def product_id(self) -> str:
        """Return which product is shown; "" for none."""
        return self._card.product_id if self._card else ""

    @property
    def picture(self) -> str:
        """Return the name of the picture that is shown; "" for none."""
        return self._card.picture if self._card else ""

    @property
    def keys(self) -> list[SizeKey]:
        """Return the keys that are in use."""
        return self._keys[: len(self._card.keys)] if self._card else []

    @property
    def stops(self) -> list[SizeKey]:
        """Return all keys that were ever made, in order: each is a stop of Tab when it is shown."""
        return self._keys

    def show_card(self, card: Card, left: Mapping[VariantId, int]) -> None:
        """Show a card; `left` is what can still be taken, by variant id."""
        while len(self._keys) < len(card.keys):
            made = SizeKey(self)
            made.clicked.connect(self._pressed)
            self._keys.append(made)
        for place, (key, label) in enumerate(zip(card.keys, card.labels, strict=True)):
            left_now = left[key.variant.variant_id]
            self._keys[place].show_key(key, label, left_now, price=card.prices[place])
        for spare in self._keys[len(card.keys) :]:
            spare.hide()
        if card != self._card:
            self._card = card
            self._variants = frozenset(key.variant.variant_id for key in card.keys)
            self._key_width = _key_width(card)
            self.setAccessibleName(f"{card.name}, {card.detail}, {card.price}")
            self.update()

    def show_left(self, left: Mapping[VariantId, int], changed: AbstractSet[VariantId]) -> None:
        """Show how much is left on the keys of the variants that changed."""
        if self._card is not None and not self._variants.isdisjoint(changed):
            for key in self.keys:
                key.show_left(left[key.key.variant.variant_id])

    def height_for(self, width: int) -> int:
        """Return the height that all keys need at a width."""
        assert self._card is not None
        rows = -(-len(self._card.keys) // self._columns(width))
        return HEAD + rows * (TARGET + GAP) + MARGIN - GAP + 2

    def place_keys(self) -> None:
        """Lay the keys out for the card's own size."""
        keys = self.keys
        columns = self._columns(self.width())
        per_row = min(len(keys), columns) or 1
        space = self.width() - 2 * MARGIN - (per_row - 1) * GAP
        for place, key in enumerate(keys):
            row, column = divmod(place, per_row)
            left = MARGIN + column * (space // per_row + GAP)
            key.setGeometry(left, HEAD + row * (TARGET + GAP), space // per_row, TARGET)
            key.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, picture, name, artist and price; the keys paint themselves."""
        if self._card is None:
            return
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        self._paint_picture(painter, QRectF(MARGIN, MARGIN, PICTURE, PICTURE))
        self._paint_words(painter, self._card)

    def _paint_words(self, painter: QPainter, card: Card) -> None:
        c = colours()
        left = MARGIN * 2 + PICTURE
        painter.setPen(QColor(c.ink))
        painter.setFont(font(15, QFont.Weight.DemiBold))
        _draw_lines(
            painter, QRectF(left, MARGIN - 2, self.width() - left - MARGIN, PICTURE + 4), card.name
        )
        low = QRectF(MARGIN, MARGIN + PICTURE + 4, self.width() - 2 * MARGIN, 26)
        painter.setFont(font(TYPE.label, QFont.Weight.Bold))
        price_width = painter.fontMetrics().horizontalAdvance(card.price)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(low, Qt.AlignmentFlag.AlignRight | middle, card.price)
        room = int(low.width() - price_width - GAP)
        painter.setFont(_detail_font(card, room))
        painter.setPen(QColor(c.ink if card.is_variant else c.ink_soft))
        detail = painter.fontMetrics().elidedText(card.detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(low, Qt.AlignmentFlag.AlignLeft | middle, detail)

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        assert self._card is not None
        c = colours()
        picture = self._pictures.get(self._card.picture)
        if picture is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.raised))
            painter.drawRoundedRect(box, CORNER, CORNER)
            self._paint_initials(painter, box, self._card)
        else:
            rounded = _rounded(picture, c.raised, self.devicePixelRatioF())
            painter.drawPixmap(box.topLeft(), rounded)

    def _paint_initials(self, painter: QPainter, box: QRectF, card: Card) -> None:
        """Stand in for a picture: two letters of the name, and what tells it from its namesakes."""
        centre = Qt.AlignmentFlag.AlignCenter
        painter.setPen(QColor(colours().ink_soft))
        painter.setFont(font(TYPE.title, QFont.Weight.Bold))
        if not card.is_variant:
            painter.drawText(box, centre, initials(card.name))
            return
        painter.drawText(box.adjusted(0, 4, 0, -22), centre, initials(card.name))
        painter.setFont(font(11, QFont.Weight.DemiBold))
        first = card.detail.split(" · ")[0]
        shown = painter.fontMetrics().elidedText(
            first, Qt.TextElideMode.ElideRight, int(box.width()) - 4
        )
        painter.drawText(box.adjusted(2, 38, -2, -6), centre, shown)

    def _columns(self, width: int) -> int:
        return max((width - 2 * MARGIN + GAP) // (self._key_width + GAP), 1)

    def _pressed(self) -> None:
        key = self.sender()
        assert isinstance(key, SizeKey)
        if key.confirmed():
            self.chosen.emit(key.key)


def initials(name: str) -> str:
    """Return the first letters of a name's first two words; of one word, its first two."""
    words = _WORD.findall(name)
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else "".join(words)[:2]
    return letters.upper()


def _detail_font(card: Card, room: int) -> QFont:
    """Return the font of what stands under the picture: large where it tells cards apart."""
    if not card.is_variant:
        return font(TYPE.small)
    for size in (TYPE.body, 15, 14):
        made = font(size, QFont.Weight.DemiBold)
        if QFontMetrics(made).horizontalAdvance(card.detail) <= room:
            return made
    return font(TYPE.small, QFont.Weight.DemiBold)


def _key_width(card: Card) -> int:
    """Return the least width of a card's keys, so that a colour's name can be read on them."""
    metrics = QFontMetrics(font(TYPE.small, QFont.Weight.Bold))
    longest = max((metrics.horizontalAdvance(label) for label in card.labels), default=0)
    # A price of its own stands beside the count, in its frame.
    priced = max((metrics.horizontalAdvance(price) for price in card.prices if price), default=0)
    counted = metrics.horizontalAdvance(COUNT_MOST) + 24
    return max(priced + counted if priced else TARGET, longest + 8)


def _rounded(picture: QPixmap, ground: str, ratio: float) -> QPixmap:
    """Return a picture as it is on a tile; cutting its corners costs more than all else there."""
    name, made = f"tile {picture.cacheKey()} {ground} {ratio}", QPixmap()
    if QPixmapCache.find(name, made):
        return made
    made = QPixmap(round(PICTURE * ratio), round(PICTURE * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    box, path = QRectF(0, 0, PICTURE, PICTURE), QPainterPath()
    path.addRoundedRect(box, CORNER, CORNER)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillPath(path, QColor(ground))
    painter.setClipPath(path)
    painter.drawPixmap(box, picture, _centred_square(picture))
    painter.end()
    QPixmapCache.insert(name, made)
    return made


def _centred_square(picture: QPixmap) -> QRectF:
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)


def _draw_lines(painter: QPainter, box: QRectF, text: str) -> None:
    """Draw a text in a few lines; what does not fit ends in `…`."""
    layout = QTextLayout(text, painter.font())
    layout.beginLayout()
    height, drawn = painter.fontMetrics().height(), 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(box.width())
        drawn += 1
        if drawn == NAME_LINES:
            rest = text[line.textStart() :]
            shown = painter.fontMetrics().elidedText(
                rest, Qt.TextElideMode.ElideRight, int(box.width())
            )
        else:
            shown = text[line.textStart() : line.textStart() + line.textLength()].rstrip()
        top = box.top() + (drawn - 1) * height
        painter.drawText(
            QRectF(box.left(), top, box.width(), height), Qt.AlignmentFlag.AlignLeft, shown
        )
        if drawn == NAME_LINES:
            break
    layout.endLayout()

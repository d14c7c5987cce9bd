"""One design: picture, name, price, and its sizes as keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from pos.ids import VariantId
from ui.screens.checkout.cards import Card
from ui.theme.palette import GAP, RADIUS, TARGET, TYPE
from ui.theme.theme import colours, font
from ui.widgets.faces import face, is_on_screen
from ui.widgets.pictures import Pictures
from ui.widgets.size_key import SizeKey
from ui.widgets.tile_picture import SIDE, paint_picture

MARGIN = 10
HEAD = MARGIN + SIDE + 36  # picture and name, then detail and price
NAME_LINES = 3
COUNT_MOST = "999"


class TileCard(QWidget):
    """Shows a product and reports which of its keys was pressed.

    Signals:
        chosen: the `SizeKey` (of `pos.reports.catalogue`) that was pressed and confirmed.
        asked: the one whose key asks now whether it is really to be sold.
    """

    chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._card: Card | None = None
        self._variants: frozenset[VariantId] = frozenset()
        self._keys: list[SizeKey] = []
        self._key_width = TARGET
        self._placed = (0, 0, 0)  # width, columns and number of the keys that were laid out last
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing is painted below

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
            self._key_width = key_width(card.labels, card.prices)
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
        if (placed := (self.width(), columns, len(keys))) == self._placed:
            return  # they lie where they are
        self._placed = placed
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
        painter = QPainter(self)
        if not is_on_screen(painter):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            self._paint_words_and_picture(painter)
            return
        c, ratio, width, card = colours(), self.devicePixelRatioF(), self.width(), self._card
        picture = self._pictures.get(card.picture)
        seen = (card.name, card.detail, card.price, card.is_variant)
        name = f"card {seen} {picture.cacheKey() if picture else ''} {c.surface}"
        size, low = QSize(width, HEAD), self.height() - RADIUS
        blank = face(f"blank {c.surface}", size, ratio, c.ground, self._paint_ground)
        painter.drawPixmap(0, 0, face(name, size, ratio, blank, self._paint_words_and_picture))
        painter.fillRect(0, HEAD, width, low - HEAD, QColor(c.surface))
        foot = face(f"foot {c.surface}", QSize(width, RADIUS), ratio, c.ground, self._paint_foot)
        painter.drawPixmap(0, low, foot)

    def _paint_foot(self, painter: QPainter) -> None:
        painter.setTransform(QTransform.fromTranslate(0, RADIUS - self.height()), combine=True)
        self._paint_ground(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().surface))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)

    def _paint_words_and_picture(self, painter: QPainter) -> None:
        assert self._card is not None
        picture = self._pictures.get(self._card.picture)
        paint_picture(painter, QPoint(MARGIN, MARGIN), self._card, picture)
        self._paint_words(painter, self._card)

    def _paint_words(self, painter: QPainter, card: Card) -> None:
        c = colours()
        left = MARGIN * 2 + SIDE
        painter.setPen(QColor(c.ink))
        painter.setFont(font(15, QFont.Weight.DemiBold))
        _draw_lines(
            painter, QRectF(left, MARGIN - 2, self.width() - left - MARGIN, SIDE + 4), card.name
        )
        low = QRectF(MARGIN, MARGIN + SIDE + 4, self.width() - 2 * MARGIN, 26)
        painter.setFont(font(TYPE.label, QFont.Weight.Bold))
        price_width = painter.fontMetrics().horizontalAdvance(card.price)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(low, Qt.AlignmentFlag.AlignRight | middle, card.price)
        room = int(low.width() - price_width - GAP)
        painter.setFont(_detail_font(card, room))
        painter.setPen(QColor(c.ink if card.is_variant else c.ink_soft))
        detail = painter.fontMetrics().elidedText(card.detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(low, Qt.AlignmentFlag.AlignLeft | middle, detail)

    def _columns(self, width: int) -> int:
        return max((width - 2 * MARGIN + GAP) // (self._key_width + GAP), 1)

    def _pressed(self) -> None:
        key = self.sender()
        assert isinstance(key, SizeKey)
        if key.confirmed():
            self.chosen.emit(key.key)
        else:
            self.asked.emit(key.key)


def _detail_font(card: Card, room: int) -> QFont:
    """Return the font of what stands under the picture: large where it tells cards apart."""
    weight = QFont.Weight.DemiBold if card.is_variant else QFont.Weight.Medium
    sizes = (TYPE.body, 15, 14, TYPE.small, 12, 11) if card.is_variant else (TYPE.small, 12, 11)
    made = font(sizes[0], weight)
    for size in sizes:
        made = font(size, weight)
        if QFontMetricsF(made).horizontalAdvance(card.detail) <= room:  # elided by fractions too
            break
    return made


def key_width(labels: Sequence[str], prices: Sequence[str]) -> int:
    """Return the least width of a card's keys, so that a colour's name can be read on them."""
    longest = max(map(_width, labels), default=0)
    # A price of its own stands beside the count, in its frame.
    priced = max((_width(price) for price in prices if price), default=0)
    return max(priced + _width(COUNT_MOST) + 24 if priced else TARGET, longest + 8)


@lru_cache(maxsize=1_024)
def _width(text: str) -> int:
    """Return how wide a text is on a key: the same sizes are on most cards."""
    return QFontMetrics(font(TYPE.small, QFont.Weight.Bold)).horizontalAdvance(text)


def _draw_lines(painter: QPainter, box: QRectF, text: str) -> None:
    """Draw a text in a few lines; what does not fit ends in `…`."""
    layout = QTextLayout(text, painter.font())
    height, lines = painter.fontMetrics().height(), 0
    layout.beginLayout()
    while lines <= NAME_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(box.width())
        line.setPosition(QPointF(0, lines * height))
        lines += 1
    layout.endLayout()
    if lines <= NAME_LINES:
        layout.draw(painter, box.topLeft())
        return
    for at in range(NAME_LINES):
        line, width = layout.lineAt(at), int(box.width())
        shown = text[line.textStart() : line.textStart() + line.textLength()].rstrip()
        if at == NAME_LINES - 1:
            rest = text[line.textStart() :]
            shown = painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, width)
        place = QRectF(box.left(), box.top() + at * height, box.width(), height)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, shown)

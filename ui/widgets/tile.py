"""One design: picture, name, price, and its sizes as keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from pos.ids import VariantId
from pos.reports.catalogue import SizeKey as Key
from pos.reports.catalogue import Tile
from ui.theme.palette import GAP, RADIUS, TARGET, TYPE
from ui.theme.theme import colours, font
from ui.widgets.pictures import Pictures
from ui.widgets.size_key import SizeKey

PICTURE = 76
MARGIN = 10


class TileCard(QWidget):
    """Shows a product and reports which of its keys was pressed.

    Signals:
        chosen: the `SizeKey` (of `pos.reports.catalogue`) that was pressed and confirmed.
    """

    chosen = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._tile: Tile | None = None
        self._price = ""
        self._keys: list[SizeKey] = []

    @property
    def product_id(self) -> str:
        """Return which product is shown; "" for none."""
        return self._tile.product_id if self._tile else ""

    @property
    def keys(self) -> list[SizeKey]:
        """Return the keys that are in use."""
        return self._keys[: len(self._tile.keys)] if self._tile else []

    def show_tile(self, tile: Tile, price: str, left: Mapping[VariantId, int]) -> None:
        """Show a product; `left` is what can still be taken, by variant id."""
        while len(self._keys) < len(tile.keys):
            made = SizeKey(self)
            made.clicked.connect(self._pressed)
            self._keys.append(made)
        for shown, key in zip(self._keys, tile.keys, strict=False):
            shown.show_key(key, self._label(key, tile), left[key.variant.variant_id])
        for spare in self._keys[len(tile.keys) :]:
            spare.hide()
        if tile != self._tile or price != self._price:
            self._tile, self._price = tile, price
            self.setAccessibleName(f"{tile.name}, {tile.artist}, {price}")
            self.update()

    def height_for(self, width: int) -> int:
        """Return the height that all keys need at a width."""
        assert self._tile is not None
        rows = -(-len(self._tile.keys) // self._columns(width))
        return MARGIN * 2 + PICTURE + rows * (TARGET + GAP)

    def place_keys(self) -> None:
        """Lay the keys out for the card's own size."""
        keys = self.keys
        columns = self._columns(self.width())
        per_row = min(len(keys), columns) or 1
        space = self.width() - 2 * MARGIN - (per_row - 1) * GAP
        for place, key in enumerate(keys):
            row, column = divmod(place, per_row)
            left = MARGIN + column * (space // per_row + GAP)
            top = MARGIN + PICTURE + GAP + row * (TARGET + GAP)
            key.setGeometry(left, top, space // per_row, TARGET)
            key.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, picture, name, artist and price; the keys paint themselves."""
        if self._tile is None:
            return
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        self._paint_picture(painter, QRectF(MARGIN, MARGIN, PICTURE, PICTURE))
        left = MARGIN * 2 + PICTURE
        text = QRect(left, MARGIN, self.width() - left - MARGIN, PICTURE)
        painter.setPen(QColor(c.ink))
        painter.setFont(font(15, QFont.Weight.DemiBold))
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        name_space = text.adjusted(0, 0, 0, -26)
        painter.save()
        painter.setClipRect(name_space)
        painter.drawText(name_space, wrap, self._tile.name)
        painter.restore()
        painter.setFont(font(TYPE.label, QFont.Weight.Bold))
        low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(text, low, self._price)

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        assert self._tile is not None
        c = colours()
        path = QPainterPath()
        path.addRoundedRect(box, 8, 8)
        painter.fillPath(path, QColor(c.raised))
        painter.save()
        painter.setClipPath(path)
        picture = self._pictures.get(self._tile.product_id)
        if picture is None:
            painter.setPen(QColor(c.ink_soft))
            painter.setFont(font(TYPE.title, QFont.Weight.Bold))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._tile.name[:1].upper())
        else:
            painter.drawPixmap(box, picture, _centred_square(picture))
        painter.restore()

    def _columns(self, width: int) -> int:
        return max((width - 2 * MARGIN + GAP) // (TARGET + GAP), 1)

    def _label(self, key: Key, tile: Tile) -> str:
        if key.variant.options:
            return " / ".join(key.variant.options)
        return self.tr("Add") if len(tile.keys) == 1 else key.variant.sku or "–"

    def _pressed(self) -> None:
        key = self.sender()
        assert isinstance(key, SizeKey)
        if key.confirmed():
            self.chosen.emit(key.key)


def _centred_square(picture: QPixmap) -> QRectF:
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)

"""The picture of a design on its tile, or two letters where it has none."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPixmap, QTransform

from ui.screens.checkout.cards import Card
from ui.theme.palette import TYPE
from ui.theme.theme import colours, font
from ui.widgets.faces import face, is_on_screen

SIDE = 64
_CORNER = 8
_BOX = QRectF(0, 0, SIDE, SIDE)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def paint_picture(painter: QPainter, place: QPoint, card: Card, picture: QPixmap | None) -> None:
    """Paint a picture with round corners; without one, letters that tell the cards apart."""
    letters = (initials(card.name), card.detail.split(" · ")[0] if card.is_variant else "")

    def draw(on: QPainter) -> None:
        if picture is None:
            _paint_initials(on, *letters)
        else:
            _paint_rounded(on, picture)

    if is_on_screen(painter):  # cutting corners takes longer than all else on a tile
        c, ratio = colours(), painter.device().devicePixelRatioF()
        name = f"picture {letters if picture is None else picture.cacheKey()} {c.raised}"
        painter.drawPixmap(place, face(name, QSize(SIDE, SIDE), ratio, c.surface, draw))
    else:
        before = painter.transform()
        painter.setTransform(QTransform.fromTranslate(place.x(), place.y()), combine=True)
        draw(painter)
        painter.setTransform(before)


def _paint_rounded(painter: QPainter, picture: QPixmap) -> None:
    path = QPainterPath()
    path.addRoundedRect(_BOX, _CORNER, _CORNER)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillPath(path, QColor(colours().raised))
    painter.setClipPath(path)
    painter.drawPixmap(_BOX, picture, _centred_square(picture))
    painter.setClipping(False)


def _paint_initials(painter: QPainter, letters: str, first: str) -> None:
    """Stand in for a picture: two letters, and what tells the card from its namesakes."""
    centre = Qt.AlignmentFlag.AlignCenter
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().raised))
    painter.drawRoundedRect(_BOX, _CORNER, _CORNER)
    painter.setPen(QColor(colours().ink_soft))
    painter.setFont(font(TYPE.title, QFont.Weight.Bold))
    painter.drawText(_BOX.adjusted(0, 4, 0, -22) if first else _BOX, centre, letters)
    painter.setFont(font(11, QFont.Weight.DemiBold))
    shown = painter.fontMetrics().elidedText(first, Qt.TextElideMode.ElideRight, SIDE - 4)
    painter.drawText(_BOX.adjusted(2, 38, -2, -6), centre, shown)


def initials(name: str) -> str:
    """Return the first letters of a name's first two words; of one word, its first two."""
    words = _WORD.findall(name)
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else "".join(words)[:2]
    return letters.upper()


def _centred_square(picture: QPixmap) -> QRectF:
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)

"""What a widget looks like, drawn once and kept: a search shows the same faces again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPixmap, QPixmapCache

KEPT_KIB = 24 * 1024  # two pages of cards on the largest screen; Qt's own 10 MiB hold not even one

Draw = Callable[[QPainter], None]


def is_on_screen(painter: QPainter) -> bool:
    """Say whether pixels are painted; a print or a drawing wants the text as text."""
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


def face(name: str, size: QSize, ratio: float, ground: str | QPixmap, draw: Draw) -> QPixmap:
    """Return a picture without a hole; `draw` is called when it is not kept from last time.

    Args:
        name: tells it from all other faces: everything that can be seen has to be in it.
        size: in the widget's own pixels.
        ratio: device pixels for one of those.
        ground: what `draw` paints on: a colour, or another face of this size.
        draw: paints with the widget's own coordinates.
    """
    _keep_enough()
    name, made = f"{name}\0{size.width()} {size.height()} {ratio}", QPixmap()
    if QPixmapCache.find(name, made):
        return made
    if isinstance(ground, QPixmap):
        made = QPixmap(ground)  # a copy as soon as it is painted on
    else:
        made = QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(ground))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter)
    painter.end()
    QPixmapCache.insert(name, made)
    return made


@lru_cache(maxsize=1)
def _keep_enough() -> None:
    QPixmapCache.setCacheLimit(KEPT_KIB)

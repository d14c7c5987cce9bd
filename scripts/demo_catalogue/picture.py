"""A design's picture: backdrop, thing and art, drawn large and then made small."""

from __future__ import annotations

import io

from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter

from scripts.demo_catalogue.canvas import Canvas, disc
from scripts.demo_catalogue.colour import veil
from scripts.demo_catalogue.look import SIDE, Art, Look, Thing

_OVERSAMPLING = 3  # QPainter does not smooth the edges of what it clips


def draw(look: Look, things: dict[str, Thing], arts: dict[str, Art]) -> Image.Image:
    side = SIDE * _OVERSAMPLING
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(look.backdrop))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_OVERSAMPLING, _OVERSAMPLING)
    try:
        canvas = Canvas(painter)
        canvas.fill(disc(240, 240, 214), veil("#ffffff", 0.20))
        things[look.thing](canvas, look, arts[look.art])
    finally:
        painter.end()
    pixels = Image.frombuffer("RGBX", (side, side), bytes(image.constBits()), "raw", "BGRX")
    return pixels.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)


def encoded(image: Image.Image) -> bytes:
    """Return the picture as a PNG of at most 256 colours, which flat art does not miss."""
    palette = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    palette.save(out, "PNG", optimize=True)
    return out.getvalue()

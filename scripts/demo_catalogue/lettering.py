"""Words as shapes, from fonts that are only read here and ship with nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainterPath, QRawFont, QTransform

from scripts.demo_catalogue.canvas import polar

FONTS = {
    "abril": "abril-fatface",
    "bangers": "bangers",
    "bebas": "bebas-neue",
    "bowlby": "bowlby-one",
    "audiowide": "audiowide",
    "lilita": "lilita-one",
    "limelight": "limelight",
    "marker": "permanent-marker",
    "monoton": "monoton",
    "righteous": "righteous",
    "rocker": "new-rocker",
    "rye": "rye",
    "shrikhand": "shrikhand",
    "syne": "syne",
    "wet": "rubik-wet-paint",
}
"""Short name -> package of the font collection; all under free licences."""

VERSION = "5.3.0"

_HEAVIEST = {"syne": 800}
_EM = 1000.0
_FOLDER = Path("build/demo-fonts/node_modules/@fontsource")


class FontMissing(Exception):
    """A font's package has not been installed."""


@cache
def _font(name: str) -> QRawFont:
    package = FONTS[name]
    weight = _HEAVIEST.get(name, 400)
    file = _FOLDER / package / "files" / f"{package}-latin-{weight}-normal.woff"
    font = QRawFont(str(file), _EM, QFont.HintingPreference.PreferNoHinting)
    if not font.isValid():
        raise FontMissing(str(file))
    return font


@dataclass(frozen=True, slots=True)
class _Glyph:
    shape: QPainterPath
    advance: float


def _glyphs(text: str, font: str, tracking: float) -> list[_Glyph]:
    raw = _font(font)
    indexes = raw.glyphIndexesForString(text)
    advances = raw.advancesForGlyphIndexes(indexes)
    return [
        _Glyph(raw.pathForGlyph(index), advance.x() + tracking * _EM)
        for index, advance in zip(indexes, advances, strict=True)
    ]


def words(text: str, font: str, *, tracking: float = 0) -> QPainterPath:
    """Return a line of text at 1000 units an em; `tracking` is in ems."""
    result, x = QPainterPath(), 0.0
    for glyph in _glyphs(text, font, tracking):
        result.addPath(glyph.shape.translated(x, 0))
        x += glyph.advance
    result.setFillRule(result.fillRule().WindingFill)
    return result


def fitted(
    text: str, font: str, area: tuple[float, float, float, float], *, tracking: float = 0
) -> QPainterPath:
    """Return the text as large as fits into (x, y, width, height), centred in it."""
    shape = words(text, font, tracking=tracking)
    bounds, target = shape.boundingRect(), QRectF(*area)
    scale = min(target.width() / bounds.width(), target.height() / bounds.height())
    move = QTransform()
    move.translate(target.center().x(), target.center().y())
    move.scale(scale, scale)
    move.translate(-bounds.center().x(), -bounds.center().y())
    return move.map(shape)


def stretched(text: str, font: str, area: tuple[float, float, float, float]) -> QPainterPath:
    """Return the text filling the whole area, its proportions given up."""
    shape = words(text, font)
    bounds, target = shape.boundingRect(), QRectF(*area)
    move = QTransform()
    move.translate(target.x(), target.y())
    move.scale(target.width() / bounds.width(), target.height() / bounds.height())
    move.translate(-bounds.x(), -bounds.y())
    return move.map(shape)


def curved(
    text: str, font: str, *, radius: float, size: float, tracking: float = 0.04
) -> QPainterPath:
    """Return the text standing on a circle about the origin, centred at its top.

    With a negative radius it hangs inside the foot of the circle and still reads left to right.
    """
    glyphs = _glyphs(text, font, tracking)
    scale = size / _EM
    inverted = radius < 0
    round_by = abs(radius) * 0.0174533
    width = sum(glyph.advance for glyph in glyphs) * scale / round_by
    angle = 180 + width / 2 if inverted else -width / 2
    result = QPainterPath()
    for glyph in glyphs:
        step = glyph.advance * scale / round_by
        centre = angle - step / 2 if inverted else angle + step / 2
        result.addPath(_on_circle(glyph, centre, radius, scale))
        angle += -step if inverted else step
    result.setFillRule(result.fillRule().WindingFill)
    return result


def _on_circle(glyph: _Glyph, degrees: float, radius: float, scale: float) -> QPainterPath:
    x, y = polar(abs(radius), degrees)
    move = QTransform()
    move.translate(x, y)
    move.rotate(degrees + 180 if radius < 0 else degrees)
    move.scale(scale, scale)
    move.translate(-glyph.advance / 2, 0)
    return move.map(glyph.shape)

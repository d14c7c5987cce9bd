"""A document as a picture, for the preview window and for looking at a layout."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from receipts import qr
from receipts.document import Cut, Document, OpenDrawer, Qr, Rule
from receipts.typesetting import Line, SetRow, typeset

PAPER = 255
INK = 28
FAINT = 150

_FONTS = Path(__file__).parent / "fonts"
# Pixels at scale 1.  JetBrains Mono is 0.6 of its size wide, so that 20 gives whole cells of 12.
_CELL_WIDTH = 12
_CELL_HEIGHT = 27
_FONT_SIZE = 20
_MARGIN = 36
_CODE_WIDTH_MAX = 340


def render_image(document: Document, *, scale: int = 1) -> Image.Image:
    """Return the document as a grey picture; `scale` 2 is for screens of twice the density."""
    rows = [row for row in typeset(document) if not isinstance(row, OpenDrawer)]
    width = document.columns * _CELL_WIDTH + 2 * _MARGIN
    height = sum(_height(row) for row in rows) + 2 * _MARGIN
    sheet = _Sheet(Image.new("L", (width * scale, height * scale), PAPER), scale)
    top = _MARGIN
    for row in rows:
        sheet.draw(row, top)
        top += _height(row)
    return sheet.image


def render_png(document: Document, *, scale: int = 1) -> bytes:
    """Return the document as a PNG file."""
    file = io.BytesIO()
    render_image(document, scale=scale).save(file, format="PNG")
    return file.getvalue()


def _height(row: SetRow) -> int:
    match row:
        case Line(style=style):
            return _CELL_HEIGHT * (2 if style.double else 1)
        case Qr(text=text):
            return _code_side(text)
        case _:
            return _CELL_HEIGHT


def _module_px(text: str) -> int:
    return max(2, _CODE_WIDTH_MAX // (qr.side(text) + 2 * qr.QUIET_ZONE))


def _code_side(text: str) -> int:
    return (qr.side(text) + 2 * qr.QUIET_ZONE) * _module_px(text)


class _Sheet:
    """Draws rows onto one picture; all measures are pixels at scale 1."""

    def __init__(self, image: Image.Image, scale: int) -> None:
        self.image = image
        self._pen = ImageDraw.Draw(image)
        self._scale = scale
        self._width = image.width // scale

    def draw(self, row: SetRow, top: int) -> None:
        match row:
            case Line():
                self._line(row, top)
            case Rule():
                self._across(top + _CELL_HEIGHT // 2, dashes=False)
            case Cut():
                self._across(top + _CELL_HEIGHT - 1, dashes=True)
            case Qr(text=text):
                code = qr.image(text, module_px=_module_px(text) * self._scale)
                left = (self.image.width - code.width) // 2
                self.image.paste(code, (left, top * self._scale))
            case OpenDrawer():
                pass

    def _line(self, line: Line, top: int) -> None:
        cell = _CELL_WIDTH * (2 if line.style.double else 1)
        left = _MARGIN
        if line.centred:
            left = (self._width - len(line.left) * cell) // 2
        self._cells(line, line.left, left, top)
        self._cells(line, line.right, self._width - _MARGIN - len(line.right) * cell, top)

    def _cells(self, line: Line, text: str, left: int, top: int) -> None:
        """Draw each character in its own cell, as a printer does; no ligatures, no kerning."""
        size = 2 if line.style.double else 1
        font = _font(bold=line.style.bold, size=_FONT_SIZE * size * self._scale)
        base = (top + 20 * size) * self._scale
        for index, char in enumerate(text):
            x = (left + index * _CELL_WIDTH * size) * self._scale
            self._pen.text((x, base), char, fill=INK, font=font, anchor="ls")

    def _across(self, y: int, *, dashes: bool) -> None:
        right = self._width - _MARGIN
        step = _CELL_WIDTH if dashes else right
        for x in range(_MARGIN, right, step):
            end = min(x + step // 2, right) if dashes else right
            box = (x, y, end - 1, y + 1)
            self._pen.rectangle(tuple(side * self._scale for side in box), fill=FAINT)


@cache
def _font(*, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    name = "JetBrainsMono-Bold.ttf" if bold else "JetBrainsMono-Regular.ttf"
    return ImageFont.truetype(_FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)

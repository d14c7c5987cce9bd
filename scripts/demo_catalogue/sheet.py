"""All pictures on one sheet, to be looked at."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

_COLUMNS, _TILE, _GAP = 10, 190, 12
_DAY, _NIGHT = "#f4f4f1", "#16181d"


def contact_sheet(
    pictures: list[Path], *, columns: int = _COLUMNS, tile: int = _TILE
) -> Image.Image:
    """Return the pictures in rows: the upper half of the sheet by day, the lower by night."""
    rows = -(-len(pictures) // columns)
    step = tile + _GAP
    sheet = Image.new("RGB", (columns * step + _GAP, rows * step + _GAP), _DAY)
    dusk = (rows + 1) // 2 * step + _GAP // 2
    sheet.paste(_NIGHT, (0, dusk, sheet.width, sheet.height))
    for i, file in enumerate(pictures):
        with Image.open(file) as picture:
            small = picture.convert("RGB").resize((tile, tile), Image.Resampling.LANCZOS)
        sheet.paste(small, (_GAP + i % columns * step, _GAP + i // columns * step))
    return sheet

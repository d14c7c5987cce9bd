"""Goéland 3000: a gull of the future over a sunset of the past."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc, path
from scripts.demo_catalogue.colour import darker, lighter, mix, veil
from scripts.demo_catalogue.lettering import fitted
from scripts.demo_catalogue.look import Sheet

_GULL = ("M0 14 C-18 -22 -44 -40 -70 -36 C-82 -34 -92 -26 -98 -16 C-78 -24 -56 -18 -40 -2"
         " C-28 10 -16 26 -6 30 L0 36 L6 30 C16 26 28 10 40 -2 C56 -18 78 -24 98 -16"
         " C92 -26 82 -34 70 -36 C44 -40 18 -22 0 14 Z")


def sunset(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: top of the sun, foot of the sun, gull, grid and words."""
    top, foot, gull, grid = sheet.inks[:4]
    striped_sun(canvas, (0, -22, 62), (top, foot))
    _grid(canvas, 42, grid)
    with canvas.at(2, -34, scale=0.86, turn=-8):
        canvas.fill(path(_GULL).translated(3, 4), veil(darker(foot, 0.6), 0.5))
        canvas.fill(_GULL, gull)
    canvas.fill(fitted("GOÉLAND 3000", "monoton", (-100, 78, 200, 36)), grid)


def striped_sun(canvas: Canvas, place: tuple[float, float, float], inks: tuple[str, str]) -> None:
    """Draw a sun cut by ever wider gaps, from one ink at its top to the other at its foot."""
    x, y, radius = place
    with canvas.inside(disc(x, y, radius)):
        bands = 14
        for i in range(bands):
            height = 2 * radius / bands
            gap = max(0.0, (i - 5) * height * 0.085)
            canvas.fill(box(x - radius, y - radius + i * height, 2 * radius, height - gap + 0.2), mix(*inks, i / (bands - 1)))


def _grid(canvas: Canvas, horizon: float, ink: str, *, depth: float = 32, width: float = 100) -> None:
    with canvas.inside(box(-width, horizon - 2, 2 * width, depth + 4)):
        for i in range(-9, 10):
            canvas.line(f"M{i * 7} {horizon} L{i * 30} {horizon + depth + 6}", ink, 1.8)
        for i in range(6):
            y = horizon + depth * (i / 5) ** 1.7
            canvas.line(f"M{-width} {y} L{width} {y}", ink, 1.8)


def visor(canvas: Canvas, sheet: Sheet) -> None:
    """A gull's head with a visor. Inks: feathers, beak, visor, visor's glow, words."""
    white, beak, glass, glow, word = sheet.inks[:5]
    for i, radius in enumerate((88, 76, 64)):
        with canvas.inside("M-110 -120 L110 -120 L110 44 L-110 44 Z"):
            canvas.ring((0, -18), radius, mix(glow, sheet.base, 0.3 * i), 3)
    canvas.fill("M-52 60 C-56 20 -56 -10 -48 -34 C-38 -66 14 -74 34 -44 C42 -32 42 -14 34 0 C22 20 28 40 34 60 Z", white)
    canvas.fill("M-52 60 C-56 30 -56 4 -52 -16 C-44 10 -30 30 -12 60 Z", mix(white, glass, 0.30))
    canvas.fill("M32 -30 C56 -34 84 -30 96 -14 C98 -6 96 4 90 10 C88 2 82 -2 70 -2 C56 0 44 2 30 6 Z", beak)
    canvas.line("M38 -10 C56 -14 74 -14 90 -10", darker(beak, 0.45), 2.4)
    canvas.circle(84, 4, 4, "#e23a2e")
    canvas.fill("M-46 -44 C-16 -52 20 -52 46 -46 C52 -36 50 -24 42 -18 C24 -12 -18 -12 -50 -18 Z", glass)
    with canvas.inside("M-46 -44 C-16 -52 20 -52 46 -46 C52 -36 50 -24 42 -18 C24 -12 -18 -12 -50 -18 Z"):
        for x in (-40, -28, -4):
            canvas.fill(f"M{x + 14} -60 L{x + 22} -60 L{x + 4} 0 L{x - 4} 0 Z", veil("#ffffff", 0.35))
        canvas.fill(box(-60, -32, 120, 5), glow)
    canvas.fill("M-50 -30 L-58 -30 L-58 -22 L-50 -20 Z", darker(glass, 0.3))
    canvas.fill(box(-76, 60, 152, 4), glow)
    canvas.fill(fitted("GOÉLAND 3000", "audiowide", (-96, 74, 192, 26)), word)


def ferry(canvas: Canvas, sheet: Sheet) -> None:
    """The cassette's label, wide: sun, gull, stripes. Inks: ground, sun, foot, gull, words."""
    ground, top, foot, gull, word = sheet.inks[:5]
    canvas.fill(box(-130, -130, 260, 260), ground)
    for i, ink in enumerate((top, mix(top, foot, 0.5), foot)):
        canvas.fill(box(-130, 16 + i * 8, 260, 5), ink)
    striped_sun(canvas, (66, -14, 30), (top, foot))
    with canvas.at(62, -16, scale=0.34, turn=-8):
        canvas.fill(_GULL, gull)
    canvas.fill(fitted("GOÉLAND 3000", "monoton", (-92, -46, 122, 24)), word)
    canvas.fill(fitted("FERRY DE NUIT", "audiowide", (-92, -15, 118, 15)), top)


def horizon(canvas: Canvas, sheet: Sheet) -> None:
    """The poster. Inks: sky, low sky, sun, foot, gull, grid."""
    sky, low, top, foot, gull, grid = sheet.inks[:6]
    high = sheet.half_height
    bands = 12
    for i in range(bands):
        canvas.fill(box(-120, -high - 10 + i * (high + 50) / bands, 240, (high + 50) / bands + 1), mix(sky, low, i / bands))
    for x, y, r in ((-80, -70, 1.6), (-52, -96, 1.2), (30, -84, 1.6), (76, -58, 1.2), (60, -100, 2), (-88, -28, 1.3), (88, -20, 1.4)):
        canvas.circle(x, y, r, lighter(low, 0.7))
    striped_sun(canvas, (0, -4, 66), (top, foot))
    canvas.fill(box(-120, 38, 240, 200), darker(sky, 0.25))
    _grid(canvas, 38, grid, depth=high - 38 + 8, width=120)
    with canvas.at(0, -26, turn=-7):
        canvas.fill(path(_GULL).translated(3, 5), veil(darker(sky, 0.5), 0.55))
        canvas.fill(_GULL, gull)
    canvas.fill(fitted("GOÉLAND 3000", "monoton", (-92, -high + 12, 184, 32)), lighter(low, 0.75))
    with canvas.at(0, high - 26):
        canvas.fill(box(-70, -10, 140, 22), darker(sky, 0.25))
        canvas.fill(fitted("LE FUTUR SENT LA MARÉE", "audiowide", (-62, -4, 124, 10)), top)

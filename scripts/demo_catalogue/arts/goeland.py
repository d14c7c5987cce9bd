"""Goéland 3000: a gull of the future over a sunset of the past."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc, path
from scripts.demo_catalogue.colour import darker, lighter, mix, veil
from scripts.demo_catalogue.lettering import fitted
from scripts.demo_catalogue.look import Sheet

_GULL = (
    "M0 14 C-18 -22 -44 -40 -70 -36 C-82 -34 -92 -26 -98 -16 C-78 -24 -56 -18 -40 -2"
    " C-28 10 -16 26 -6 30 L0 36 L6 30 C16 26 28 10 40 -2 C56 -18 78 -24 98 -16"
    " C92 -26 82 -34 70 -36 C44 -40 18 -22 0 14 Z"
)


def sunset(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: top of the sun, foot of the sun, gull, grid and words."""
    top, foot, gull, grid = sheet.inks[:4]
    striped_sun(canvas, (0, -26, 70), (top, foot))
    _grid(canvas, 42, grid)
    with canvas.at(0, -28, scale=1.0, turn=-9):
        canvas.fill(path(_GULL).translated(3, 4), veil(darker(foot, 0.6), 0.5))
        _bird(canvas, gull)
    canvas.fill(fitted("GOÉLAND 3000", "audiowide", (-100, 82, 200, 30)), gull)


def striped_sun(canvas: Canvas, place: tuple[float, float, float], inks: tuple[str, str]) -> None:
    """Draw a sun cut by ever wider gaps, from one ink at its top to the other at its foot."""
    x, y, radius = place
    with canvas.inside(disc(x, y, radius)):
        bands = 14
        for i in range(bands):
            height = 2 * radius / bands
            gap = max(0.0, (i - 5) * height * 0.085)
            canvas.fill(
                box(x - radius, y - radius + i * height, 2 * radius, height - gap + 0.2),
                mix(*inks, i / (bands - 1)),
            )


def _grid(
    canvas: Canvas, horizon: float, ink: str, *, depth: float = 32, width: float = 100
) -> None:
    with canvas.inside(box(-width, horizon - 2, 2 * width, depth + 4)):
        for i in range(-9, 10):
            canvas.line(f"M{i * 7} {horizon} L{i * 30} {horizon + depth + 6}", ink, 1.8)
        for i in range(6):
            y = horizon + depth * (i / 5) ** 1.7
            canvas.line(f"M{-width} {y} L{width} {y}", ink, 1.8)


def visor(canvas: Canvas, sheet: Sheet) -> None:
    """A gull's head with a visor. Inks: feathers, beak, visor, visor's glow, words."""
    white, beak, glass, glow, word = sheet.inks[:5]
    for i, radius in enumerate((92, 80, 68)):
        with canvas.inside("M-110 -120 L110 -120 L110 62 L-110 62 Z"):
            canvas.ring((0, -18), radius, mix(glow, sheet.base, 0.25 * i), 4)
    breast = (
        "M-58 62 C-62 36 -50 16 -44 -2 C-58 -44 -34 -80 2 -80 C34 -80 50 -56 46 -26"
        " C44 -8 32 4 26 14 C22 30 34 44 46 62 Z"
    )
    canvas.fill(breast, white)
    with canvas.inside(breast):
        canvas.fill(
            "M-70 62 C-62 30 -46 14 -44 -4 C-36 20 -34 40 -14 62 Z", mix(white, glass, 0.32)
        )
        canvas.fill("M26 14 C10 22 -8 20 -20 10 C-8 30 14 34 26 28 Z", mix(white, glass, 0.18))
    canvas.fill(
        "M40 -40 C62 -42 88 -38 98 -22 C100 -12 98 -2 92 6 C90 -4 84 -8 70 -8 C58 -6 46 -4 36 2 Z",
        beak,
    )
    canvas.fill("M36 2 C50 -6 60 -6 72 -7 C64 4 48 10 34 10 Z", darker(beak, 0.18))
    canvas.circle(86, -10, 4.6, "#e23a2e")
    canvas.line("M66 -30 L76 -29", darker(beak, 0.5), 3)
    _goggles(canvas, glass, glow)
    canvas.fill(box(-92, 62, 184, 5, round_by=2.5), glow)
    canvas.fill(fitted("GOÉLAND 3000", "audiowide", (-100, 80, 200, 28)), word)


def _goggles(canvas: Canvas, glass: str, glow: str) -> None:
    shape = (
        "M-48 -58 C-16 -66 26 -66 54 -58 C62 -48 60 -34 50 -26"
        " C28 -18 -16 -18 -50 -26 C-56 -38 -54 -50 -48 -58 Z"
    )
    canvas.fill(path(shape).translated(0, 4), veil("#000000", 0.18))
    canvas.fill(shape, glass)
    with canvas.inside(shape):
        canvas.fill(box(-70, -46, 140, 7), glow)
        canvas.fill(box(-70, -36, 140, 3), lighter(glow, 0.5))
        for x in (-36, -22, 8):
            canvas.fill(
                f"M{x + 16} -70 L{x + 26} -70 L{x + 8} -10 L{x - 2} -10 Z", veil("#ffffff", 0.30)
            )
    canvas.line(shape, darker(glass, 0.4), 2.4)


def _bird(canvas: Canvas, feathers: str) -> None:
    """Draw the flying gull with dark tips."""
    canvas.fill(_GULL, feathers)
    with canvas.inside(_GULL):
        for side in (-1, 1):
            canvas.fill(
                f"M{side * 74} -50 L{side * 110} -50 L{side * 110} 0 L{side * 82} -8 Z", "#23204a"
            )
            canvas.fill(
                f"M0 14 C{side * 18} -4 {side * 40} -24 {side * 66} -28"
                f" C{side * 40} -14 {side * 20} 10 0 26 Z",
                veil("#8a86c9", 0.45),
            )


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
        canvas.fill(
            box(-120, -high - 10 + i * (high + 50) / bands, 240, (high + 50) / bands + 1),
            mix(sky, low, i / bands),
        )
    for x, y, r in (
        (-80, -70, 1.6),
        (-52, -96, 1.2),
        (30, -84, 1.6),
        (76, -58, 1.2),
        (60, -100, 2),
        (-88, -28, 1.3),
        (88, -20, 1.4),
    ):
        canvas.circle(x, y, r, lighter(low, 0.7))
    striped_sun(canvas, (0, -4, 66), (top, foot))
    canvas.fill(box(-120, 38, 240, 200), darker(sky, 0.25))
    _grid(canvas, 38, grid, depth=high - 38 + 8, width=120)
    with canvas.at(0, -26, turn=-7):
        canvas.fill(path(_GULL).translated(3, 5), veil(darker(sky, 0.5), 0.55))
        _bird(canvas, gull)
    canvas.fill(fitted("GOÉLAND 3000", "monoton", (-92, -high + 12, 184, 32)), lighter(low, 0.75))
    with canvas.at(0, high - 26):
        canvas.fill(box(-70, -10, 140, 22), darker(sky, 0.25))
        canvas.fill(fitted("LE FUTUR SENT LA MARÉE", "audiowide", (-62, -4, 124, 10)), top)

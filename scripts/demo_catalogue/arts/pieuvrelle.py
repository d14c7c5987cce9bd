"""DJ Pieuvrelle: eight arms, two turntables."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc, symmetric
from scripts.demo_catalogue.colour import darker, lighter, mix, veil
from scripts.demo_catalogue.lettering import curved, fitted
from scripts.demo_catalogue.look import Sheet

_ARMS = (
    "M-22 14 C-50 20 -64 0 -84 -6 C-98 -8 -104 -26 -90 -32",
    "M-24 22 C-48 42 -74 34 -88 46 C-98 56 -90 72 -78 68",
    "M-16 28 C-30 56 -56 56 -58 76 C-58 90 -42 94 -36 84",
    "M-7 30 C-10 54 -24 66 -20 84",
)


def octopus(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: skin, suckers, headphones, discs, words."""
    skin, pale, phones, plastic, word = sheet.inks[:5]
    with canvas.at(0, -12, scale=0.92):
        creature(canvas, (skin, pale, phones, plastic))
    canvas.fill(fitted("DJ PIEUVRELLE", "lilita", (-98, 78, 196, 34)), word)


def creature(canvas: Canvas, inks: tuple[str, str, str, str]) -> None:
    """Draw the octopus alone. Inks: skin, suckers, headphones, discs."""
    skin, pale, phones, plastic = inks

    def arms() -> None:
        for i, arm in enumerate(_ARMS):
            canvas.line(arm, darker(skin, 0.12 * (i % 2)), 17 - i)
            canvas.line(arm, pale, 4.4, dashes=(0.55, 1.3))

    for x, y in ((-92, -44), (92, -44)):
        with canvas.at(x, y):
            _record(canvas, plastic, phones)
    canvas.twice(arms)
    canvas.fill(
        symmetric("M0 -94 C-42 -94 -58 -62 -54 -34 C-52 -16 -38 -8 -36 8 C-36 30 -18 38 0 38"), skin
    )
    canvas.fill(
        "M-44 -50 C-44 -72 -30 -84 -14 -87 C-26 -76 -34 -62 -34 -48 Z", veil("#ffffff", 0.30)
    )
    for x, y, r in ((20, -74, 4), (30, -62, 3), (8, -82, 2.6)):
        canvas.circle(x, y, r, darker(skin, 0.18))
    _face(canvas, skin)
    canvas.line("M-54 -34 C-62 -84 -30 -104 0 -104 C30 -104 62 -84 54 -34", phones, 7)
    for x in (-56, 56):
        canvas.fill(box(x - 10, -42, 20, 34, round_by=8), phones)
        canvas.fill(box(x - 5, -36, 10, 22, round_by=4), lighter(phones, 0.35))


def _face(canvas: Canvas, skin: str) -> None:
    dark = "#1d1730"
    for x in (-17, 17):
        canvas.fill(disc(x, -18, 13, 15), "#fffdf4")
        canvas.fill(disc(x + 2, -16, 7, 8.5), dark)
        canvas.circle(x + 4.4, -19.5, 2.4, "#ffffff")
        canvas.fill(
            f"M{x - 14} -20 C{x - 12} -36 {x + 12} -36 {x + 14} -20"
            f" C{x + 6} -26 {x - 6} -26 {x - 14} -20 Z",
            darker(skin, 0.22),
        )
    canvas.line("M-12 8 C-6 16 6 16 12 8", dark, 3.4)


def _record(canvas: Canvas, plastic: str, label: str) -> None:
    canvas.circle(0, 0, 27, plastic)
    for radius in (22, 17):
        canvas.ring((0, 0), radius, lighter(plastic, 0.25), 1.2)
    canvas.circle(0, 0, 10, label)
    canvas.circle(0, 0, 2.4, plastic)


def baby(canvas: Canvas, sheet: Sheet) -> None:
    """A small one for children. Inks: skin, suckers, headphones, discs, words."""
    skin, pale, phones, plastic, word = sheet.inks[:5]
    with canvas.at(0, -16, scale=0.92):
        creature(canvas, (skin, pale, phones, plastic))
    canvas.fill(fitted("bébé poulpe", "lilita", (-76, 84, 152, 30)), word)


def abyss(canvas: Canvas, sheet: Sheet) -> None:
    """The record and the poster: the octopus in the deep.

    Inks: deep, light, skin, suckers, headphones, words.
    """
    deep, light, skin, pale, phones, word = sheet.inks[:6]
    high = sheet.half_height
    for i in range(9):
        canvas.fill(
            box(-120, -high - 10 + i * (2 * high + 20) / 9, 240, (2 * high + 20) / 9 + 1),
            mix(light, deep, (i / 8) ** 0.8),
        )
    for x in (-70, -10, 50):
        canvas.fill(
            f"M{x} {-high - 10} L{x + 26} {-high - 10} L{x + 60} {high + 10}"
            f" L{x - 20} {high + 10} Z",
            veil("#ffffff", 0.06),
        )
    for x, y, r in (
        (-84, 40, 5),
        (-78, 24, 3),
        (80, 52, 6),
        (88, 34, 3),
        (-60, -84, 4),
        (70, -86, 3),
        (-90, -60, 2.4),
        (92, -20, 2.6),
    ):
        canvas.ring((x, y), r, lighter(light, 0.5), 1.6)
    with canvas.at(0, 6 if high < 110 else -6, scale=0.76 if high < 110 else 0.96):
        creature(canvas, (skin, pale, phones, darker(deep, 0.4)))
    if high < 110:
        canvas.fill(fitted("ABYSSES FM", "lilita", (-70, 74, 140, 20)), word)
        canvas.fill(
            curved("DJ PIEUVRELLE", "lilita", radius=112, size=14, tracking=0.2).translated(0, 26),
            word,
        )
    else:
        canvas.fill(fitted("DJ PIEUVRELLE", "lilita", (-90, -high + 12, 180, 30)), word)
        canvas.fill(fitted("ABYSSES FM", "lilita", (-90, high - 46, 180, 26)), pale)

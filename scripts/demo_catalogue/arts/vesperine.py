"""Vespérine Odalgue: moths, moons and the street lamp that draws them."""

from __future__ import annotations

from PySide6.QtGui import QPainterPath

from scripts.demo_catalogue.canvas import Canvas, box, disc, path, polar, star
from scripts.demo_catalogue.colour import darker, lighter, mix, veil
from scripts.demo_catalogue.lettering import fitted
from scripts.demo_catalogue.look import Sheet

_UPPER = "M-4 -22 C-22 -62 -66 -88 -98 -78 C-104 -50 -92 -14 -62 2 C-42 12 -18 6 -4 -4 Z"
_UPPER_EDGE = "M-98 -78 C-104 -50 -92 -14 -62 2 C-56 5 -50 6 -44 6 C-70 -10 -82 -44 -80 -80 Z"
_LOWER = "M-4 -4 C-26 2 -66 6 -72 34 C-76 62 -50 80 -32 66 C-14 52 -6 28 -4 12 Z"


def moth(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: wings, markings, spots, moon and words."""
    wings, marks, spots, moon = sheet.inks[:4]
    canvas.fill(crescent(0, -88, 24), moon)
    for x, y, size in ((-40, -98, 6), (42, -102, 7), (-62, -110, 4), (60, -92, 4)):
        with canvas.at(x, y):
            canvas.fill(star(4, size, size / 3), moon)
    with canvas.at(0, 6):
        insect(canvas, (wings, marks, spots))
    canvas.fill(fitted("Vespérine Odalgue", "abril", (-92, 86, 184, 24)), moon)


def insect(canvas: Canvas, inks: tuple[str, str, str]) -> None:
    """Draw the moth alone, about the origin. Inks: wings, markings, spots."""
    wings, marks, spots = inks

    def half() -> None:
        canvas.fill(_LOWER, mix(wings, marks, 0.35))
        with canvas.inside(_LOWER):
            canvas.ring((-40, 38), 44, marks, 6)
        _eye(canvas, (-42, 40), 11, (marks, spots))
        canvas.fill(_UPPER, wings)
        canvas.fill(_UPPER_EDGE, marks)
        with canvas.inside(_UPPER):
            for i in range(5):
                canvas.line(f"M-6 -14 L{-104 + i * 9} {-70 + i * 22}", veil(marks, 0.55), 2)
        _eye(canvas, (-56, -40), 15, (marks, spots))
        canvas.line("M-2 -30 C-8 -48 -18 -58 -30 -62", marks, 2.6)
        for i in range(5):
            canvas.line(f"M{-6 - i * 5} {-42 - i * 4} L{-14 - i * 5} {-40 - i * 4}", marks, 1.8)

    canvas.twice(half)
    canvas.fill(disc(0, -24, 8, 9), marks)
    canvas.fill("M-8 -20 C-12 0 -9 40 0 60 C9 40 12 0 8 -20 Z", marks)
    for i in range(5):
        canvas.line(f"M{-7 + i * 0.7} {-4 + i * 11} L{7 - i * 0.7} {-4 + i * 11}", spots, 3)


def _eye(canvas: Canvas, centre: tuple[float, float], radius: float, inks: tuple[str, str]) -> None:
    marks, spots = inks
    canvas.circle(*centre, radius, marks)
    canvas.circle(*centre, radius * 0.74, spots)
    canvas.circle(*centre, radius * 0.46, marks)
    canvas.circle(
        centre[0] + radius * 0.14, centre[1] - radius * 0.16, radius * 0.15, lighter(spots, 0.7)
    )


def crescent(x: float, y: float, radius: float) -> QPainterPath:
    """Return a moon that lies on its back."""
    return disc(x, y, radius).subtracted(disc(x, y - radius * 0.45, radius * 0.92))


def moons(canvas: Canvas, sheet: Sheet) -> None:
    """The red moon through a night. Inks: moon, rays, words, stars."""
    moon, rays, word, small = sheet.inks[:4]
    canvas.circle(0, -22, 46, moon)
    with canvas.inside(disc(0, -22, 46)):
        for x, y, radius in ((-18, -40, 10), (14, -6, 14), (-22, 2, 7), (24, -44, 6), (4, -28, 5)):
            canvas.circle(x, y, radius, darker(moon, 0.14))
    with canvas.at(0, -22):
        canvas.around(
            36, lambda i: canvas.line("M0 -54 L0 -62" if i % 2 else "M0 -54 L0 -72", rays, 2.4)
        )
        for at, degrees in enumerate(range(-75, 76, 30)):
            with canvas.at(*polar(88, degrees)):
                _phase(canvas, at, (word, mix(sheet.base, word, 0.25)))
    canvas.fill(fitted("Lune rousse", "abril", (-84, 62, 168, 28)), word)
    canvas.fill(fitted("VESPÉRINE ODALGUE", "bebas", (-60, 97, 120, 10), tracking=0.2), small)


def _phase(canvas: Canvas, at: int, inks: tuple[str, str]) -> None:
    lit, dark = inks
    canvas.circle(0, 0, 10, dark)
    shift = (-4, -8, -16, 16, 8, 4)[at]
    canvas.fill(
        disc(0, 0, 10).subtracted(disc(shift * 1.1, 0, 10)) if at not in (2, 3) else disc(0, 0, 10),
        lit,
    )


def lamp(canvas: Canvas, sheet: Sheet) -> None:
    """A street lamp at night. Inks: night, light, lamp, moth, words."""
    night, light, post, wing, word = sheet.inks[:5]
    high = sheet.half_height
    canvas.fill(box(-110, -high - 10, 220, 2 * high + 20), night)
    for x, y, size in (
        (-82, -80, 5),
        (-58, -52, 3),
        (84, -72, 4),
        (66, -30, 3),
        (-88, 0, 3),
        (90, 22, 4),
        (-40, -88, 3),
        (40, -90, 3),
    ):
        with canvas.at(x, y):
            canvas.fill(star(4, size, size / 3), light)
    canvas.fill(f"M-18 -42 L18 -42 L92 {high + 10} L-92 {high + 10} Z", mix(night, light, 0.20))
    canvas.fill(f"M-14 -42 L14 -42 L58 {high + 10} L-58 {high + 10} Z", mix(night, light, 0.38))
    canvas.circle(0, -50, 44, mix(night, light, 0.28))
    canvas.circle(0, -50, 30, mix(night, light, 0.6))
    canvas.fill(box(-3.5, -30, 7, high + 50), post)
    canvas.fill("M-16 -34 L-22 -64 L22 -64 L16 -34 Z", light)
    canvas.fill("M-28 -64 L28 -64 L12 -80 L-12 -80 Z", post)
    canvas.fill("M-18 -36 L18 -36 L10 -26 L-10 -26 Z", post)
    canvas.circle(0, -84, 5, post)
    canvas.line("M0 -64 L0 -36", post, 2)
    for x, y, turn, scale in (
        (-50, -40, 24, 0.26),
        (48, -66, -30, 0.22),
        (38, 2, -14, 0.30),
        (-34, 16, 32, 0.2),
    ):
        with canvas.at(x, y, turn=turn, scale=scale):
            insect(canvas, (wing, post, light))
    canvas.fill(box(-120, 54, 240, 100), post)
    canvas.fill(fitted("Nocturnes pour lampadaire", "abril", (-88, 60, 176, 18)), word)
    canvas.fill(fitted("VESPÉRINE ODALGUE", "bebas", (-62, 83, 124, 9), tracking=0.2), light)


def phalene(canvas: Canvas, sheet: Sheet) -> None:
    """The poster and the disc: one large moth before the moon.

    Inks: ground, moon, wings, markings, words.
    """
    ground, moon, wings, marks, word = sheet.inks[:5]
    high = sheet.half_height
    tall = high > 110
    canvas.fill(box(-110, -high - 10, 220, 2 * high + 20), ground)
    middle = -14 if tall else -18
    for radius, share in ((104, 0.10), (90, 0.22), (76, 1.0)):
        canvas.circle(0, middle, radius * (1 if tall else 0.84), mix(ground, moon, share))
    with canvas.at(0, middle + 4, scale=0.92 if tall else 0.76):
        insect(canvas, (wings, marks, moon))
    canvas.line(
        path(f"M-90 {-high + 10} L90 {-high + 10} L90 {high - 10} L-90 {high - 10} Z"),
        veil(word, 0.8),
        1.6,
    )
    if tall:
        canvas.fill(fitted("Vespérine", "abril", (-76, -high + 22, 152, 34)), word)
        canvas.fill(fitted("Odalgue", "abril", (-70, high - 70, 140, 34)), word)
        canvas.fill(
            fitted(
                "PHALÈNE  •  LA TOURNÉE DES NUITS", "bebas", (-66, high - 28, 132, 9), tracking=0.12
            ),
            word,
        )
    else:
        canvas.fill(fitted("Phalène", "abril", (-70, 52, 140, 28)), word)

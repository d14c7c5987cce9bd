"""Fjoldrak: the black ram, iron winters, lightning over the fell."""

from __future__ import annotations

import math

from PySide6.QtGui import QPainterPath

from scripts.demo_catalogue.canvas import Canvas, box, disc, polygon, star, symmetric
from scripts.demo_catalogue.colour import darker, mix
from scripts.demo_catalogue.lettering import curved, fitted, stretched
from scripts.demo_catalogue.look import Sheet

BOLT = "M12 -60 L-26 8 L-4 8 L-16 60 L28 -14 L4 -14 L22 -60 Z"


def ram(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: bone, shade, blood, words."""
    bone, shade, blood, word = sheet.inks[:4]
    with canvas.at(0, -18):
        canvas.around(
            32, lambda i: canvas.line("M0 -72 L0 -96" if i % 2 else "M0 -72 L0 -86", blood, 2.6)
        )
        skull(canvas, (bone, shade, sheet.base), blood)
    canvas.fill(stretched("Fjoldrak", "rocker", (-98, 66, 196, 48)), word)


def skull(canvas: Canvas, inks: tuple[str, str, str], blood: str) -> None:
    """Draw a ram's skull about the origin. Inks: bone, shade, hollows."""
    bone, shade, hollow = inks

    def half() -> None:
        spiral, ridges = _horn()
        canvas.fill(spiral, shade)
        for ridge in ridges:
            canvas.fill(ridge, bone)

    canvas.twice(half)
    canvas.fill(
        symmetric("M0 -34 C-20 -36 -32 -24 -32 -8 C-32 8 -22 14 -20 30 C-18 54 -12 76 0 82"), bone
    )
    canvas.fill(
        symmetric("M0 -34 C-4 -20 -6 0 -5 20 C-10 44 -12 60 -9 76 C-6 80 -2 82 0 82"),
        mix(bone, shade, 0.35),
    )

    def features() -> None:
        canvas.fill("M-27 -10 C-24 -18 -12 -10 -9 4 C-16 10 -26 4 -27 -10 Z", hollow)
        canvas.circle(-17, -3, 3, blood)
        canvas.fill("M-2 44 C-7 52 -9 60 -7 68 C-4 68 -2 62 -2 58 Z", hollow)
        canvas.line("M-16 34 C-13 46 -12 58 -10 68", shade, 1.8)

    canvas.twice(features)
    canvas.fill(star(4, 10, 3.4).translated(0, -20), blood)


def _horn() -> tuple[QPainterPath, list[QPainterPath]]:
    """Return the left horn, a narrowing spiral, and the light ridges across it."""

    def edge(t: float, side: int) -> tuple[float, float]:
        angle = math.radians(28 - 395 * t)
        radius = 44 * (1 - 0.62 * t)
        half_width = 15 * (1 - t) ** 0.75 + 0.6
        reach = radius + side * half_width
        return -58 - t * 6 + reach * math.cos(angle), -4 + t * 2 + reach * math.sin(angle)

    steps = [i / 90 for i in range(91)]
    shape = polygon([edge(t, 1) for t in steps] + [edge(t, -1) for t in reversed(steps)])
    ridges = []
    for i in range(0, 84, 4):
        band = [t / 90 for t in (i, i + 1, i + 2, i + 2.6)]
        ridges.append(polygon([edge(t, 1) for t in band] + [edge(t, -1) for t in reversed(band)]))
    return shape, ridges


def fell(canvas: Canvas, sheet: Sheet) -> None:
    """Lightning over the fell, in a ring. Inks: mountains, snow, bolt, words."""
    rock, snow, bolt, word = sheet.inks[:4]
    inner = disc(0, -4, 70)
    with canvas.inside(inner):
        canvas.fill(box(-80, -80, 160, 160), mix(sheet.base, rock, 0.30))
        canvas.circle(34, -40, 17, snow)
        _mountains(canvas, (rock, snow, sheet.base))
        with canvas.at(-14, -34, scale=0.72):
            canvas.fill(BOLT, bolt)
    canvas.ring((0, -4), 70, word, 3.4)
    canvas.ring((0, -4), 98, word, 2)
    with canvas.at(0, -4):
        canvas.fill(curved("FJOLDRAK", "rocker", radius=76, size=25, tracking=0.12), word)
        canvas.fill(
            curved("ORAGE SUR LE FJELD", "rocker", radius=-92, size=19, tracking=0.1),
            word,
        )
        for degrees in (-90, 90):
            with canvas.at(turn=degrees), canvas.at(0, -84):
                canvas.fill(star(4, 8, 2.6), bolt)


def _mountains(canvas: Canvas, inks: tuple[str, str, str]) -> None:
    rock, snow, dark = inks
    canvas.fill(
        "M-90 30 L-56 -18 L-30 14 L10 -30 L56 22 L72 4 L100 34 L100 90 L-90 90 Z",
        mix(rock, dark, 0.45),
    )
    canvas.fill("M-90 60 L-40 6 L-8 40 L26 2 L90 62 L90 90 L-90 90 Z", rock)
    canvas.fill("M-40 6 L-58 25 L-48 24 L-42 34 L-34 22 L-24 24 Z", snow)
    canvas.fill("M26 2 L8 22 L18 20 L26 34 L34 20 L46 20 Z", snow)
    for x, y, size in (
        (-62, 76, 20),
        (-44, 82, 26),
        (-20, 80, 20),
        (4, 84, 28),
        (30, 80, 22),
        (54, 84, 26),
    ):
        canvas.fill(f"M{x} {y - size} L{x + size / 3} {y} L{x - size / 3} {y} Z", dark)


def winters(canvas: Canvas, sheet: Sheet) -> None:
    """The record. Inks: sky, mountains, snow, blood, words."""
    sky, rock, snow, blood, word = sheet.inks[:5]
    high = sheet.half_height
    canvas.fill(box(-110, -high - 10, 220, 2 * high + 20), sky)
    canvas.circle(0, -22, 52, mix(sky, snow, 0.18))
    canvas.circle(0, -22, 40, blood)
    with canvas.at(0, 22, scale=1.22):
        _mountains(canvas, (rock, snow, darker(sky, 0.4)))
    with canvas.at(0, -22, scale=0.62):
        skull(canvas, (snow, rock, sky), blood)
    for x in range(-95, 100, 19):
        drift = (x * 37) % 90
        canvas.circle(x, -96 + drift, 1.6, snow)
        canvas.circle(x + 8, -40 + (x * 53) % 100, 1.2, snow)
    canvas.fill(stretched("Fjoldrak", "rocker", (-86, -91, 172, 30)), word)
    canvas.fill(fitted("SEPT HIVERS DE FER", "rocker", (-70, 80, 140, 14)), word)


def horns(canvas: Canvas, sheet: Sheet) -> None:
    """The name over the skull, tall, for a back patch or a zip's chest.

    Inks: bone, shade, blood, words.
    """
    bone, shade, blood, word = sheet.inks[:4]
    canvas.fill(
        curved("FJOLDRAK", "rocker", radius=150, size=40, tracking=0.08).translated(0, 50), word
    )
    with canvas.at(0, 2, scale=0.9):
        skull(canvas, (bone, shade, sheet.base), blood)
    for side in (-1, 1):
        with canvas.at(62 * side, 78, scale=0.6, flip=side > 0, turn=8 * side):
            canvas.fill(BOLT, blood)
    canvas.fill(fitted("SEPT HIVERS", "rocker", (-38, 92, 76, 14)), word)
    canvas.fill(fitted("DE FER", "rocker", (-24, 110, 48, 13)), word)


def rune(canvas: Canvas, sheet: Sheet) -> None:
    """A bolt in a broken ring, for small labels. Inks: bolt, ring."""
    bolt, ring = sheet.inks[:2]
    canvas.ring((0, 0), 76, ring, 13)
    canvas.fill("M-22 -110 L52 -110 L22 110 L-52 110 Z", sheet.base)
    with canvas.at(scale=1.55):
        canvas.fill(BOLT, bolt)

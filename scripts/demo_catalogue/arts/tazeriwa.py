"""Tazériwa: dunes, wells, and the geometry of blankets."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc, path, star, symmetric
from scripts.demo_catalogue.colour import darker, lighter, mix
from scripts.demo_catalogue.lettering import fitted
from scripts.demo_catalogue.look import Sheet

_ARCH = "M0 -112 C-22 -92 -66 -84 -66 -30 L-66 60 L0 60"


def dunes(canvas: Canvas, sheet: Sheet) -> None:
    """Dunes seen through an arch. Inks: sky, sun, dune, far dune, frame and words."""
    sky, sun, near, far, frame = sheet.inks[:5]
    arch = symmetric(_ARCH)
    canvas.line(arch, frame, 10)
    with canvas.inside(arch):
        desert(canvas, (sky, sun, near, far))
    canvas.line(arch, sheet.base, 3)
    for flip in (False, True):
        with canvas.at(flip=flip):
            for i in range(5):
                with canvas.at(-84, -22 + i * 19):
                    _lozenge(canvas, 7, sun if i % 2 else near)
    canvas.fill(fitted("TAZÉRIWA", "syne", (-98, 76, 196, 28)), frame)


def desert(canvas: Canvas, inks: tuple[str, str, str, str]) -> None:
    """Draw the landscape about the origin, to be cut to a shape. Inks: sky, sun, dune, far dune."""
    sky, sun, near, far = inks
    canvas.fill(box(-120, -150, 240, 300), sky)
    canvas.circle(10, -34, 31, mix(sky, sun, 0.35))
    canvas.circle(10, -34, 24, sun)
    for x, y, size in ((-38, -66, 5), (40, -78, 4), (-16, -88, 3), (-48, -36, 3)):
        with canvas.at(x, y):
            canvas.fill(star(4, size, size / 3), lighter(sun, 0.5))
    canvas.fill("M-120 4 C-70 -20 -40 -14 -4 4 C30 20 70 8 120 -6 L120 160 L-120 160 Z", far)
    canvas.fill(
        "M-4 4 C-20 12 -34 30 -60 40 L120 60 L120 -6 C70 8 30 20 -4 4 Z", mix(far, near, 0.5)
    )
    canvas.fill("M-120 30 C-70 36 -30 14 10 22 C50 30 80 52 120 46 L120 160 L-120 160 Z", near)
    canvas.fill(
        "M10 22 C-10 34 -6 48 -40 70 L-60 160 L120 160 L120 46 C80 52 50 30 10 22 Z",
        darker(near, 0.22),
    )
    for i in range(4):
        canvas.line(
            f"M-110 {46 + i * 8} C-80 {50 + i * 8} -56 {40 + i * 8} -40 {44 + i * 9}",
            darker(near, 0.16),
            1.8,
        )


def _lozenge(canvas: Canvas, size: float, ink: str) -> None:
    canvas.fill(f"M0 {-size} L{size} 0 L0 {size} L{-size} 0 Z", ink)


def blanket(canvas: Canvas, sheet: Sheet) -> None:
    """The record: a woven blanket. Inks: ground, red, ochre, pale, dark, words."""
    ground, red, ochre, pale, dark = sheet.inks[:5]
    high = sheet.half_height
    canvas.fill(box(-120, -high - 10, 240, 2 * high + 20), ground)
    rows = ((-high - 2, red), (-high + 16, ochre), (high - 16, red))
    for y, ink in rows:
        canvas.fill(box(-120, y, 240, 18), ink)
        for x in range(-112, 116, 16):
            canvas.fill(
                f"M{x} {y + 16} L{x + 8} {y + 3} L{x + 16} {y + 16} Z", pale if ink == red else dark
            )
    with canvas.at(0, -4):
        for radius, ink in (
            (58, dark),
            (51, pale),
            (44, red),
            (33, ochre),
            (24, dark),
            (15, pale),
            (7, red),
        ):
            canvas.fill(f"M0 {-radius} L{radius * 1.5} 0 L0 {radius} L{-radius * 1.5} 0 Z", ink)
        canvas.fill(star(8, 7, 3), pale)
    for x, y in ((-82, -42), (82, -42), (-82, 34), (82, 34)):
        with canvas.at(x, y):
            for size, ink in ((18, ochre), (12, dark), (6, pale)):
                _lozenge(canvas, size, ink)
    canvas.fill(box(-120, high - 41, 240, 25), dark)
    canvas.fill(fitted("TAZÉRIWA", "syne", (-80, high - 36, 160, 15)), pale)


def well(canvas: Canvas, sheet: Sheet) -> None:
    """A star over a well, for hoodies and totes. Inks: star, rings, words."""
    light, rings, word = sheet.inks[:3]
    with canvas.at(0, -20):
        for i, radius in enumerate((26, 40, 54, 68)):
            for side in (8, 4):
                canvas.line(star(side, radius, radius * 0.82), mix(rings, sheet.base, 0.14 * i), 3)
        canvas.fill(star(8, 24, 11), light)
        canvas.around(
            16, lambda i: canvas.line("M0 -78 L0 -84" if i % 2 else "M0 -78 L0 -92", light, 3)
        )
    canvas.fill(path("M-60 66 L60 66 L54 70 L-54 70 Z"), rings)
    canvas.fill(fitted("LE PUITS ET L’ÉTOILE", "syne", (-96, 78, 192, 13)), word)
    canvas.fill(fitted("TAZÉRIWA", "syne", (-96, 97, 192, 20)), word)
    canvas.fill(disc(0, -20, 4), sheet.base)

"""Soleil Paprika: a sun in sunglasses, and the stripes of a hot decade."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc
from scripts.demo_catalogue.colour import darker, lighter, mix
from scripts.demo_catalogue.lettering import fitted
from scripts.demo_catalogue.look import Sheet


def sun(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: rays, face, cheeks, glasses and words."""
    rays, face, cheeks, word = sheet.inks[:4]
    with canvas.at(0, -24):
        sunny(canvas, (rays, face, cheeks, word))
    canvas.fill(fitted("Soleil Paprika", "shrikhand", (-98, 68, 196, 40)), word)


def sunny(canvas: Canvas, inks: tuple[str, str, str, str]) -> None:
    """Draw the sun alone. Inks: rays, face, cheeks, glasses."""
    rays, face, cheeks, dark = inks

    def ray(i: int) -> None:
        if i % 2:
            canvas.fill("M-9 -50 C-14 -66 6 -74 -2 -94 C20 -80 22 -64 9 -50 Z", rays)
        else:
            canvas.fill("M-11 -48 L0 -84 L11 -48 Z", cheeks)

    canvas.around(16, ray)
    canvas.circle(0, 0, 56, face)
    canvas.ring((0, 0), 56, rays, 4)
    for x in (-30, 30):
        canvas.circle(x, 16, 9, cheeks)
    _glasses(canvas, dark, lighter(rays, 0.5))
    canvas.fill("M-24 16 C-16 40 16 40 24 16 C12 24 -12 24 -24 16 Z", dark)
    canvas.fill("M-14 23.5 C-6 26 6 26 14 23.5 C10 29 -10 29 -14 23.5 Z", "#fffaf0")
    canvas.line("M-4 4 C-7 12 5 13 4 8", darker(face, 0.3), 3)


def _glasses(canvas: Canvas, dark: str, shine: str) -> None:
    canvas.line("M-52 -14 L52 -14", dark, 5)
    for x in (-24, 24):
        canvas.fill(disc(x, -9, 20, 15), dark)
        canvas.fill(
            f"M{x - 12} -10 C{x - 10} -17 {x - 4} -19 {x + 2} -18 L{x - 6} -4"
            f" C{x - 10} -5 {x - 12} -8 {x - 12} -10 Z",
            shine,
        )


def arches(canvas: Canvas, sheet: Sheet) -> None:
    """The record and the poster: arches of heat. Inks: ground, four stripes, words."""
    ground, *stripes, word = sheet.inks[:6]
    high = sheet.half_height
    tall = high > 110
    foot = 52 if tall else 44
    canvas.fill(box(-110, -high - 10, 220, 2 * high + 20), ground)
    if tall:
        _glow(canvas, foot, lighter(ground, 0.09))
    for i, ink in enumerate((*stripes, ground)):
        radius = 104 - i * 16
        canvas.fill(disc(0, foot, radius), ink)
        canvas.fill(box(-radius, foot, 2 * radius, 200), ink)
    with canvas.at(0, foot - 6, scale=0.42):
        sunny(canvas, (stripes[0], stripes[2], stripes[1], darker(stripes[0], 0.7)))
    canvas.fill(box(-110, foot + 30, 220, 200), ground)
    if tall:
        canvas.fill(fitted("Canicule disco", "shrikhand", (-92, foot + 36, 184, 30)), word)
        canvas.fill(fitted("Soleil", "shrikhand", (-60, -high + 6, 120, 40)), word)
        canvas.fill(fitted("Paprika", "shrikhand", (-70, -high + 42, 140, 46)), word)
    else:
        canvas.fill(fitted("Canicule disco", "shrikhand", (-92, foot + 28, 184, 22)), word)
        canvas.fill(fitted("SOLEIL PAPRIKA", "bebas", (-60, -94, 120, 10), tracking=0.25), word)


def _glow(canvas: Canvas, foot: float, ink: str) -> None:
    with canvas.at(0, foot):
        canvas.around(18, lambda _: canvas.fill("M0 0 L-22 -300 L22 -300 Z", ink), start=10)


def scorching(canvas: Canvas, sheet: Sheet) -> None:
    """Around the mug: a band of suns. Inks: rays, face, cheeks, glasses and words."""
    rays, face, cheeks, word = sheet.inks[:4]
    for y, ink in ((-62, rays), (-52, cheeks), (78, cheeks), (88, rays)):
        canvas.fill(box(-140, y, 280, 6), ink)
    with canvas.at(0, 0, scale=0.62):
        sunny(canvas, (rays, face, cheeks, word))
    for x in (-92, 92):
        with canvas.at(x, 2, scale=0.34):
            sunny(canvas, (rays, face, cheeks, word))
    canvas.fill(fitted("chaud devant", "shrikhand", (-60, 56, 120, 17)), word)


def kiddo(canvas: Canvas, sheet: Sheet) -> None:
    """A small sun that winks, for children. Inks: rays, face, cheeks, words."""
    rays, face, cheeks, word = sheet.inks[:4]
    with canvas.at(0, -16):
        canvas.around(12, lambda i: canvas.fill(disc(0, -68, 13, 17), rays if i % 2 else cheeks))
        canvas.circle(0, 0, 62, face)
        for x in (-34, 34):
            canvas.circle(x, 16, 11, mix(cheeks, face, 0.2))
        canvas.circle(-20, -8, 6.5, word)
        canvas.circle(-18, -10, 2, "#ffffff")
        canvas.line("M12 -8 C16 -14 26 -14 30 -8", word, 5)
        canvas.line("M-16 18 C-8 32 10 32 18 18", word, 5)
    canvas.fill(fitted("petit soleil", "shrikhand", (-66, 76, 132, 30)), word)

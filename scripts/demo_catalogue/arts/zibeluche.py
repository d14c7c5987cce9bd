"""Fanfare Zibeluche: brass that flowers."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc
from scripts.demo_catalogue.colour import darker, lighter, mix
from scripts.demo_catalogue.lettering import fitted
from scripts.demo_catalogue.look import Sheet


def trumpet(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: brass, petals, petals, leaves, words."""
    brass, red, pale, leaf, word = sheet.inks[:5]
    with canvas.at(-16, -26, turn=-30, scale=1.06):
        bouquet(canvas, (62, 0), (red, pale, leaf))
        horn(canvas, brass)
    for x in (-78, 78):
        canvas.line(f"M{x - 16} 64 L{x + 16} 64", brass, 3)
    canvas.fill(fitted("FANFARE", "rye", (-50, 56, 100, 17), tracking=0.1), word)
    canvas.fill(fitted("Zibeluche", "rye", (-96, 80, 192, 36)), word)


def horn(canvas: Canvas, brass: str) -> None:
    """Draw a trumpet lying along the x axis, its bell to the right."""
    dark, light = darker(brass, 0.30), lighter(brass, 0.5)
    canvas.line("M-90 0 L20 0", brass, 8)
    loop = "M-30 0 C-46 0 -46 34 -28 34 L16 34 C34 34 34 0 16 0"
    canvas.line(loop, dark, 10)
    canvas.line(loop, brass, 7)
    canvas.fill("M6 -5 C34 -6 48 -14 62 -34 L66 -34 L66 34 L62 34 C48 14 34 6 6 5 Z", brass)
    canvas.fill("M6 5 C34 6 48 14 62 34 L66 34 L66 14 C48 6 30 2 6 2 Z", dark)
    canvas.fill(box(62, -36, 7, 72, round_by=3), light)
    canvas.fill("M-100 -7 L-90 -4 L-90 4 L-100 7 Z", dark)
    for x in (-18, -3, 12):
        canvas.fill(box(x - 5.5, -16, 11, 56, round_by=3), brass)
        canvas.line(f"M{x - 3} -10 L{x - 3} 34", light, 2)
        canvas.fill(box(x - 2, -28, 4, 12), dark)
        canvas.fill(box(x - 6, -32, 12, 6, round_by=3), light)
    canvas.line("M-86 -2 L-30 -2", light, 2)


def bouquet(canvas: Canvas, place: tuple[float, float], inks: tuple[str, str, str]) -> None:
    """Draw flowers bursting to the right of a bell. Inks: petals, petals, leaves."""
    red, pale, leaf = inks
    with canvas.at(*place):
        for turn in (-78, -42, -14, 16, 44, 76):
            with canvas.at(turn=turn):
                canvas.fill("M0 0 C16 -16 40 -16 62 0 C40 12 16 12 0 0 Z", leaf)
                canvas.line("M4 0 L54 0", darker(leaf, 0.3), 1.8)
        for x, y, radius, ink in (
            (34, -26, 17, pale),
            (36, 26, 17, pale),
            (14, -44, 12, red),
            (16, 44, 12, red),
            (30, 0, 22, red),
        ):
            with canvas.at(x, y):
                _flower(canvas, radius, ink)


def _flower(canvas: Canvas, radius: float, ink: str) -> None:
    canvas.around(
        9, lambda _: canvas.fill(disc(0, -radius * 0.62, radius * 0.30, radius * 0.42), ink)
    )
    canvas.around(
        9,
        lambda _: canvas.fill(
            disc(0, -radius * 0.40, radius * 0.20, radius * 0.30), mix(ink, "#2a0f18", 0.22)
        ),
        start=20,
    )
    canvas.circle(0, 0, radius * 0.30, "#f4c95d")


def bandstand(canvas: Canvas, sheet: Sheet) -> None:
    """The disc: rays and two trumpets. Inks: ground, rays, brass, petals, petals, leaves, words."""
    ground, rays, brass, red, pale, leaf, word = sheet.inks[:7]
    canvas.fill(box(-130, -130, 260, 260), ground)
    with canvas.at(0, 4):
        canvas.around(20, lambda _: canvas.fill("M0 0 L-14 -190 L14 -190 Z", rays))
    for flip in (False, True):
        with canvas.at(flip=flip), canvas.at(-6, 12, turn=-50, scale=0.76):
            bouquet(canvas, (62, 0), (red, pale, leaf))
            horn(canvas, brass)
    _ribbon(canvas, word, ground)
    canvas.fill(fitted("FANFARE ZIBELUCHE", "rye", (-86, -96, 172, 16)), word)


def _ribbon(canvas: Canvas, ink: str, word: str) -> None:
    for flip in (False, True):
        with canvas.at(flip=flip):
            canvas.fill("M-70 58 L-98 64 L-88 76 L-98 90 L-70 84 Z", darker(ink, 0.3))
    canvas.fill("M-80 50 C-30 60 30 60 80 50 L80 78 C30 88 -30 88 -80 78 Z", ink)
    canvas.fill(fitted("Bal des quatre vents", "rye", (-70, 61, 140, 16)), word)


def staves(canvas: Canvas, sheet: Sheet) -> None:
    """The sheet-music book. Inks: brass, petals, petals, leaves, words."""
    brass, red, pale, leaf, word = sheet.inks[:5]
    high = sheet.half_height
    for y in range(int(-high) + 60, int(high), 62):
        for i in range(5):
            canvas.line(f"M-120 {y + i * 6} L120 {y + i * 6}", mix(sheet.base, word, 0.20), 1.2)
        for x, step in ((-62, 3), (-34, 1), (-12, 4), (28, 0), (56, 2), (84, 3)):
            _note(canvas, (x, y + step * 6), mix(sheet.base, word, 0.26))
    canvas.circle(4, 6, 66, sheet.base)
    with canvas.at(-2, 10, turn=-32, scale=0.74):
        bouquet(canvas, (62, 0), (red, pale, leaf))
        horn(canvas, brass)
    canvas.fill(box(-84, -high + 10, 178, 50), sheet.base)
    canvas.fill(fitted("Partitions", "rye", (-74, -high + 16, 160, 34)), word)
    canvas.fill(box(-84, high - 56, 178, 44), word)
    canvas.fill(fitted("FANFARE ZIBELUCHE", "rye", (-74, high - 49, 158, 15)), sheet.base)
    canvas.fill(
        fitted(
            "QUINZE AIRS POUR CUIVRES ET COURAGE", "bebas", (-74, high - 29, 158, 9), tracking=0.06
        ),
        brass,
    )


def _note(canvas: Canvas, head: tuple[float, float], ink: str) -> None:
    x, y = head
    canvas.fill(disc(x, y, 4.6, 3.4), ink)
    canvas.line(f"M{x + 4} {y} L{x + 4} {y - 20}", ink, 1.5)


def cornet(canvas: Canvas, sheet: Sheet) -> None:
    """Around the mug: a trumpet and its flowers. Inks: brass, petals, petals, leaves, words."""
    brass, red, pale, leaf, word = sheet.inks[:5]
    with canvas.at(-20, -30, turn=-16, scale=1.0):
        bouquet(canvas, (62, 0), (red, pale, leaf))
        horn(canvas, brass)
    canvas.fill(fitted("Un café, et ça repart", "rye", (-82, 44, 164, 18)), word)
    canvas.fill(fitted("en fanfare !", "rye", (-82, 68, 164, 26)), red)

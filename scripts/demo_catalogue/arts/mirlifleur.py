"""Kvartett Mirlifleur: paper cut-outs that swing."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc, symmetric
from scripts.demo_catalogue.colour import lighter, mix
from scripts.demo_catalogue.lettering import fitted
from scripts.demo_catalogue.look import Sheet

_BODY = (
    "M0 -26 C-16 -26 -34 -22 -36 -2 C-38 12 -26 16 -26 26 C-26 38 -48 42 -48 70"
    " C-48 94 -26 102 0 102"
)


def bass(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: bass, shape behind, second shape, line, words."""
    wood, one, other, line, word = sheet.inks[:5]
    canvas.fill(
        "M-86 -70 C-40 -96 20 -84 30 -40 C38 0 -10 10 -40 4 C-80 -4 -112 -54 -86 -70 Z", one
    )
    canvas.fill("M-8 -6 C40 -24 92 -4 92 36 C92 66 40 66 14 58 C-24 46 -40 8 -8 -6 Z", other)
    with canvas.at(0, -14, scale=0.80, turn=8):
        double_bass(canvas, wood, line)
    for x, y, turn, ink in ((70, -60, 30, other), (-74, 34, -150, one)):
        with canvas.at(x, y, turn=turn, scale=0.55):
            frond(canvas, ink)
    canvas.fill(fitted("Kvartett Mirlifleur", "limelight", (-98, 80, 196, 24)), word)


def double_bass(canvas: Canvas, wood: str, line: str) -> None:
    canvas.fill(box(-5, -100, 10, 90), line)
    canvas.fill("M-7 -100 C-10 -112 -2 -118 4 -114 C10 -110 6 -104 7 -100 Z", line)
    for y in (-106, -98):
        canvas.line(f"M-13 {y} L13 {y}", line, 3.4)
    canvas.fill(symmetric(_BODY), wood)
    canvas.fill(
        "M0 -26 C16 -26 34 -22 36 -2 C38 12 26 16 26 26 C26 38 48 42 48 70 C48 94 26 102 0 102 Z",
        mix(wood, line, 0.22),
    )
    canvas.fill(box(-5.5, -40, 11, 84), line)
    canvas.fill("M-8 92 L8 92 L5 64 L-5 64 Z", line)
    canvas.fill(box(-14, 54, 28, 5), line)
    for flip in (False, True):
        with canvas.at(flip=flip):
            canvas.line("M-22 40 C-16 42 -24 58 -18 62", line, 3)
    for x in (-3, -1, 1, 3):
        canvas.line(f"M{x} -98 L{x * 1.4} 66", lighter(wood, 0.7), 0.8)
    canvas.line("M0 102 L0 114", line, 4)


def frond(canvas: Canvas, ink: str) -> None:
    """Draw a seaweed of cut paper growing upwards from the origin."""
    canvas.line("M0 40 C4 10 -4 -20 0 -52", ink, 11)
    for y, reach in ((26, 30), (4, 34), (-18, 30), (-38, 20)):
        for side in (-1, 1):
            canvas.line(
                f"M0 {y}"
                f" C{side * reach * 0.5} {y - 2} {side * reach} {y - 8} {side * reach} {y - 20}",
                ink,
                10,
            )


def cutouts(canvas: Canvas, sheet: Sheet) -> None:
    """The record and the book: a wall of cut paper. Inks: paper, five colours, dark."""
    paper, *papers = sheet.inks[:6]
    dark = sheet.inks[6]
    high = sheet.half_height
    canvas.fill(box(-120, -high - 10, 240, 2 * high + 20), paper)
    cells = (
        (-100, -high, 62, 74, 0),
        (-34, -high, 70, 50, 1),
        (40, -high, 60, 92, 2),
        (-100, -high + 78, 62, high - 6, 3),
        (-34, -high + 54, 70, 96, 4),
        (40, -high + 96, 60, high - 30, 0),
    )
    for x, y, width, height, ink in cells:
        canvas.fill(box(x, y, width, height), papers[ink])
    with canvas.at(-70, -high + 40, scale=0.62):
        frond(canvas, paper)
    with canvas.at(1, -high + 25):
        eye(canvas, paper, dark, papers[2])
    with canvas.at(70, -high + 52, scale=0.78, turn=12):
        frond(canvas, papers[0])
    with canvas.at(1, -high + 103, scale=0.40, turn=6):
        double_bass(canvas, papers[3], dark)
    with canvas.at(-69, -high + 122, scale=0.5):
        for radius, round_paper in ((52, papers[1]), (36, paper), (20, papers[2])):
            canvas.circle(0, 0, radius, round_paper)
    with canvas.at(70, -high + 128, scale=0.5, turn=-14):
        frond(canvas, papers[2])
    _title(canvas, high, paper, dark)


def _title(canvas: Canvas, high: float, paper: str, dark: str) -> None:
    canvas.fill(box(-120, high - 46, 240, 60), paper)
    canvas.fill(fitted("Mirlifleur", "limelight", (-92, high - 42, 184, 26)), dark)
    canvas.fill(
        fitted("KVARTETT  •  PAPIERS DÉCOUPÉS", "bebas", (-92, high - 12, 184, 7), tracking=0.16),
        dark,
    )


def eye(canvas: Canvas, white: str, dark: str, iris: str) -> None:
    canvas.fill("M-30 0 C-16 -22 16 -22 30 0 C16 22 -16 22 -30 0 Z", white)
    canvas.circle(0, 0, 12.5, iris)
    canvas.circle(0, 0, 6, dark)
    canvas.circle(3, -3, 2, white)


def gaze(canvas: Canvas, sheet: Sheet) -> None:
    """An eye among fronds, for a tote. Inks: shape, fronds, iris, line, words."""
    shape, green, iris, line, word = sheet.inks[:5]
    canvas.fill(
        "M-76 -64 C-30 -98 54 -92 78 -48 C98 -8 66 40 10 44 C-50 48 -96 22 -94 -18"
        " C-94 -38 -88 -54 -76 -64 Z",
        shape,
    )
    for x, y, turn in ((-62, -30, -30), (62, -26, 34), (-46, 30, -120), (50, 30, 118), (0, -66, 0)):
        with canvas.at(x, y, turn=turn, scale=0.5):
            frond(canvas, green)
    with canvas.at(0, -16, scale=1.75):
        eye(canvas, lighter(sheet.base, 0.7), line, iris)
        canvas.line("M-32 0 C-17 -24 17 -24 32 0", line, 3)
    for x in (-30, -10, 10, 30):
        canvas.line(f"M{x} -58 L{x * 1.25} -72", line, 4)
    canvas.fill(fitted("Mirlifleur", "limelight", (-88, 66, 176, 32)), word)


def notebook(canvas: Canvas, sheet: Sheet) -> None:
    """The tour diary. Inks: shape, second shape, bass, line, words."""
    one, other, wood, line, word = sheet.inks[:5]
    high = sheet.half_height
    canvas.fill(
        f"M-120 {-high} C-40 {-high + 10} 60 {-high - 10} 70 -40 C76 10 -30 20 -60 70"
        f" C-80 100 -120 80 -120 60 Z",
        one,
    )
    canvas.fill("M120 -20 C70 -30 10 10 20 60 C30 110 80 90 120 120 Z", other)
    canvas.circle(52, -86, 22, other)
    with canvas.at(6, -4, scale=0.92, turn=10):
        double_bass(canvas, wood, line)
    with canvas.at(-58, 40, scale=0.62, turn=-12):
        frond(canvas, line)
    canvas.fill(box(-84, high - 50, 180, 44), sheet.base)
    canvas.fill(fitted("Carnets de route", "limelight", (-76, high - 46, 166, 20)), word)
    canvas.fill(
        fitted("KVARTETT MIRLIFLEUR", "bebas", (-76, high - 22, 166, 9), tracking=0.16), word
    )
    canvas.fill(disc(-70, -high + 26, 9), line)

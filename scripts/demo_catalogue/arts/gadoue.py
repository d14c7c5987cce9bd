"""Gadoue Royale: a crowned boot, chequers and mud."""

from __future__ import annotations

import math

from PySide6.QtGui import QPainterPath

from scripts.demo_catalogue.canvas import Canvas, box, disc, grown, path
from scripts.demo_catalogue.colour import darker, lighter, veil
from scripts.demo_catalogue.lettering import fitted, stretched
from scripts.demo_catalogue.look import Sheet

_BOOT = (
    "M-34 -56 L22 -60 C20 -28 20 -4 24 12 C40 20 66 24 76 38 C82 48 80 58 76 62"
    " L-34 62 C-38 40 -32 10 -34 -56 Z"
)
_CROWN = "M-34 0 L-42 -40 L-20 -20 L0 -50 L20 -20 L42 -40 L34 0 Z"


def splash(radius: float, *, seed: int, spikes: int = 13) -> QPainterPath:
    """Return a blot: a wobbling outline whose lobes depend on the seed alone."""
    points = []
    for i in range(spikes * 2):
        angle = math.tau * i / (spikes * 2)
        wobble = (math.sin(seed * 12.9898 + i * 78.233) * 43758.5453) % 1
        reach = radius * (0.74 + 0.10 * wobble if i % 2 else 0.92 + 0.42 * wobble)
        points.append((reach * math.sin(angle), -reach * 0.66 * math.cos(angle)))
    middle = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        for a, b in zip(points, points[1:] + points[:1], strict=True)
    ]
    d = f"M{middle[-1][0]:.2f} {middle[-1][1]:.2f} " + " ".join(
        f"Q{p[0]:.2f} {p[1]:.2f} {m[0]:.2f} {m[1]:.2f}" for p, m in zip(points, middle, strict=True)
    )
    return path(d + " Z")


def boot(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: boot, crown, mud, words."""
    rubber, gold, mud, word = sheet.inks[:4]
    with canvas.at(0, 28):
        canvas.fill(splash(78, seed=4), mud)
        for x, y, r in ((-96, -22, 5), (92, -34, 6), (-78, -46, 4), (98, 6, 4), (70, -52, 3)):
            canvas.circle(x, y, r, mud)
    with canvas.at(-8, -24):
        wellington(canvas, rubber, mud)
    with canvas.at(-14, -88, turn=-7):
        crown(canvas, gold)
    canvas.fill(fitted("GADOUE ROYALE", "marker", (-104, 84, 208, 40)), word)


def wellington(canvas: Canvas, rubber: str, mud: str) -> None:
    canvas.fill(_BOOT, rubber)
    with canvas.inside(_BOOT):
        canvas.fill("M-40 -62 L30 -66 L30 -44 L-40 -40 Z", darker(rubber, 0.28))
        canvas.fill(
            "M-22 -40 C-20 0 -26 30 -24 48 L-14 48 C-16 20 -10 0 -12 -40 Z", veil("#ffffff", 0.35)
        )
        canvas.fill("M-40 52 C-20 40 0 54 20 44 C40 36 60 50 84 42 L84 70 L-40 70 Z", mud)
        canvas.fill("M30 14 C30 26 44 30 52 30 L40 20 Z", veil("#000000", 0.15))
    canvas.fill("M-36 56 L78 56 L76 68 L14 68 L10 62 L-2 62 L-6 68 L-38 68 Z", darker(rubber, 0.55))


def crown(canvas: Canvas, gold: str) -> None:
    canvas.fill(_CROWN, gold)
    canvas.fill("M-34 0 L34 0 L32.5 -9 L-35.5 -9 Z", darker(gold, 0.22))
    for x, y in ((-42, -42), (0, -53), (42, -42)):
        canvas.circle(x, y, 5.5, gold)
    for x in (-20, 0, 20):
        canvas.circle(x, -5, 2.6, lighter(gold, 0.7))


def chequers(canvas: Canvas, sheet: Sheet) -> None:
    """A bolt through a chequered disc. Inks: chequers, bolt, bolt's edge, words."""
    dark, bolt, edge, word = sheet.inks[:4]
    with canvas.inside(disc(0, -20, 66)):
        for row in range(-6, 8):
            for column in range(-6, 7):
                if (row + column) % 2:
                    canvas.fill(box(column * 15 - 7.5, row * 15 - 27.5, 15, 15), dark)
    canvas.ring((0, -20), 66, dark, 5)
    shape = path("M18 -122 L-46 0 L-8 -4 L-30 84 L52 -42 L10 -38 L40 -122 Z")
    with canvas.at(2, -2, scale=0.92):
        canvas.line(shape, edge, 15)
        canvas.fill(shape, bolt)
    with canvas.at(0, 92, turn=-4):
        canvas.fill(fitted("GADOUE ROYALE", "marker", (-100, -16, 200, 34)), word)


def everybody(canvas: Canvas, sheet: Sheet) -> None:
    """Words dripping. Inks: words, other words, mud."""
    word, other, mud = sheet.inks[:3]
    with canvas.at(0, -4):
        canvas.fill(grown(splash(104, seed=9, spikes=15), 13), mud)
    for x, y, r in (
        (-84, -76, 7),
        (78, -80, 9),
        (94, -58, 4),
        (-98, 64, 5),
        (88, 72, 7),
        (-70, 84, 4),
    ):
        canvas.circle(x, y, r, mud)
    with canvas.at(0, 0, turn=-5):
        canvas.fill(stretched("TOUT LE MONDE", "wet", (-74, -42, 148, 27)), word)
        canvas.fill(stretched("DANS LA", "wet", (-42, -10, 84, 17)), other)
        canvas.fill(stretched("BOUE !", "wet", (-66, 12, 132, 42)), word)
    with canvas.at(0, -82, scale=0.66, turn=-4):
        crown(canvas, mud)
    canvas.fill(fitted("GADOUE ROYALE", "marker", (-72, 92, 144, 26)), mud)


def ball(canvas: Canvas, sheet: Sheet) -> None:
    """The disc: boots dancing on chequers. Inks: ground, chequers, boot, boot, crown, words."""
    ground, dark, one, other, gold, word = sheet.inks[:6]
    canvas.fill(box(-130, -130, 260, 260), ground)
    for row in range(5):
        for column in range(-8, 8):
            if (row + column) % 2:
                canvas.fill(box(column * 16, 36 + row * 16, 16, 16), dark)
    canvas.fill(box(-130, 32, 260, 4), dark)
    for x, ink, turn, flip in ((-52, one, -10, False), (52, other, 10, True)):
        with canvas.at(x, -2, turn=turn, scale=0.80, flip=flip):
            wellington(canvas, ink, darker(ink, 0.5))
    for x, turn in ((-57, -14), (57, 16)):
        with canvas.at(x, -46, turn=turn, scale=0.48):
            crown(canvas, gold)
    with canvas.at(0, -80, turn=-3):
        canvas.fill(fitted("GADOUE ROYALE", "marker", (-84, -14, 168, 30)), word)
    with canvas.at(0, 74, turn=-3):
        canvas.fill(box(-78, -14, 156, 28), word)
        canvas.fill(
            fitted("LE BAL DES BOTTES", "bangers", (-68, -9, 136, 18), tracking=0.05), ground
        )


def royal(canvas: Canvas, sheet: Sheet) -> None:
    """The patch: crown over name. Inks: crown, words, mud."""
    gold, word, mud = sheet.inks[:3]
    with canvas.at(0, 26):
        canvas.fill(splash(96, seed=6), mud)
    with canvas.at(0, -16, scale=1.25):
        crown(canvas, gold)
    with canvas.at(0, 26, turn=-4):
        canvas.fill(stretched("GADOUE", "marker", (-74, -26, 148, 38)), word)
        canvas.fill(stretched("ROYALE", "marker", (-66, 18, 132, 34)), word)

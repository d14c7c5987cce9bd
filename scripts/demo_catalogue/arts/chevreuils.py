"""Les Chevreuils Magnétiques: antlers that bend field lines."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, star, symmetric
from scripts.demo_catalogue.colour import darker, lighter, mix
from scripts.demo_catalogue.lettering import curved, fitted
from scripts.demo_catalogue.look import Sheet


def stag(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: antlers and lines, face, cheeks, words."""
    lines, face, cheeks, word = sheet.inks[:4]
    for i, radius in enumerate((54, 67, 80, 93)):
        with canvas.inside("M-120 -130 L120 -130 L120 -18 L-120 -18 Z"):
            canvas.ring((0, -24), radius, mix(lines, sheet.base, 0.20 * i), 4)
    with canvas.at(0, 4):
        head(canvas, (lines, face, cheeks))
    canvas.fill(fitted("LES CHEVREUILS", "righteous", (-92, 68, 184, 19)), word)
    canvas.fill(fitted("MAGNÉTIQUES", "righteous", (-92, 91, 184, 24)), word)


def head(canvas: Canvas, inks: tuple[str, str, str]) -> None:
    """Draw a stag's head about the origin. Inks: antlers, face, cheeks."""
    horn, face, cheeks = inks
    dark = darker(face, 0.45)

    def half() -> None:
        canvas.line("M-12 -16 C-16 -40 -44 -42 -46 -72 C-47 -82 -42 -90 -38 -96", horn, 7)
        canvas.line("M-22 -34 C-24 -48 -18 -58 -18 -70", horn, 6)
        canvas.line("M-38 -50 C-54 -50 -62 -60 -64 -74", horn, 6)
        canvas.line("M-46 -70 C-38 -74 -32 -80 -30 -88", horn, 5)
        canvas.fill("M-16 -12 C-36 -28 -58 -28 -68 -20 C-60 -2 -38 8 -20 4 Z", face)
        canvas.fill("M-22 -8 C-36 -18 -50 -20 -58 -16 C-50 -6 -36 0 -24 0 Z", cheeks)

    canvas.twice(half)
    canvas.fill(
        symmetric("M0 -24 C-16 -24 -26 -14 -26 2 C-26 22 -14 34 -12 50 C-10 58 -6 62 0 62"), face
    )
    canvas.fill(
        symmetric("M0 -24 C-8 -24 -10 -10 -9 6 C-8 24 -8 40 -10 54 C-6 62 -2 62 0 62"), cheeks
    )
    canvas.fill(symmetric("M0 46 C-8 46 -11 50 -10 55 C-8 61 -4 63 0 63"), dark)
    for x in (-17, 17):
        canvas.circle(x, 4, 4.6, dark)
        canvas.circle(x + 1.4, 2.6, 1.4, lighter(face, 0.8))


def magnet(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: magnet, tips, lines, words."""
    body, tips, lines, word = sheet.inks[:4]
    for i, radius in enumerate((80, 68, 56, 44, 32, 20)):
        with canvas.inside("M-120 -150 L120 -150 L120 -46 L-120 -46 Z"):
            canvas.ring((0, -28), radius, (body, lines)[i % 2], 6)
    bend = "M-34 -28 L-34 16 C-34 66 34 66 34 16 L34 -28"
    canvas.line(bend, darker(body, 0.25), 36)
    canvas.line(bend, body, 30)
    for x in (-34, 34):
        canvas.fill(box(x - 18, -42, 36, 34), darker(tips, 0.2))
        canvas.fill(box(x - 15, -42, 30, 34), tips)
    canvas.fill(fitted("CHAMP MAGNÉTIQUE", "righteous", (-100, 74, 200, 26)), word)


def wood(canvas: Canvas, sheet: Sheet) -> None:
    """The record: a stag among trunks before a striped sun.

    Inks: sky, sun, trunks, near trunks, face, words.
    """
    sky, sun, far, near, face, word = sheet.inks[:6]
    high = sheet.half_height
    canvas.fill(box(-110, -high - 10, 220, 2 * high + 20), sky)
    for i, radius in enumerate((96, 80, 64, 48, 32)):
        canvas.circle(0, -14, radius, mix(sky, sun, 0.2 + 0.2 * i))
    for x, width in ((-84, 9), (-58, 6), (52, 7), (78, 10), (26, 4), (-30, 4)):
        canvas.fill(box(x, -high - 10, width, 2 * high + 20), far)
    for x, width in ((-104, 15), (92, 14), (-70, 8), (66, 8)):
        canvas.fill(box(x, -high - 10, width, 2 * high + 20), near)
    canvas.fill(
        f"M-110 64 C-60 50 -20 70 20 60 C60 52 90 64 110 58 L110 {high + 10} L-110 {high + 10} Z",
        near,
    )
    canvas.fill("M-30 66 C-26 40 -16 30 0 30 C16 30 26 40 30 66 Z", darker(face, 0.25))
    with canvas.at(0, 0, scale=0.9):
        head(canvas, (word, face, lighter(face, 0.45)))
    canvas.fill(fitted("AIMANTS DES BOIS", "righteous", (-84, 70, 168, 16)), word)
    canvas.fill(
        fitted("LES CHEVREUILS MAGNÉTIQUES", "bebas", (-84, 89, 168, 7), tracking=0.12), word
    )


def crest(canvas: Canvas, sheet: Sheet) -> None:
    """The patch. Inks: antlers, face, cheeks, words."""
    horn, face, cheeks, word = sheet.inks[:4]
    for radius in (70, 56, 42):
        canvas.ring((0, -4), radius, mix(sheet.base, horn, 0.30), 4)
    with canvas.at(0, 2, scale=0.82):
        head(canvas, (horn, face, cheeks))
    canvas.fill(curved("LES CHEVREUILS", "righteous", radius=94, size=20, tracking=0.08), word)
    canvas.fill(curved("MAGNÉTIQUES", "righteous", radius=-110, size=20, tracking=0.08), word)
    for x in (-97, 97):
        with canvas.at(x, 20):
            canvas.fill(star(4, 10, 3.5), horn)

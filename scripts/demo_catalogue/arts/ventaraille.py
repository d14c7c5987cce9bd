"""The festival's own art: the toy windmill, the gusts and the list of who plays."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, polar, star
from scripts.demo_catalogue.colour import darker, lighter, mix
from scripts.demo_catalogue.lettering import curved, fitted, stretched
from scripts.demo_catalogue.look import Sheet

PLAYING = (
    ("LES CHEVREUILS MAGNÉTIQUES", 17),
    ("SOLEIL PAPRIKA • FJOLDRAK", 17),
    ("VESPÉRINE ODALGUE • GOÉLAND 3000", 13),
    ("TAZÉRIWA • GADOUE ROYALE", 15),
    ("DJ PIEUVRELLE • KVARTETT MIRLIFLEUR", 13),
    ("FANFARE ZIBELUCHE", 13),
)


def windmill(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: blades, blades, hub and words, stick."""
    first, second, third, stick = sheet.inks[:4]
    canvas.line("M0 -34 L0 58", stick, 5)
    with canvas.at(0, -36):
        wheel(canvas, (first, second), third, 74)
    for flip in (False, True):
        with canvas.at(flip=flip):
            canvas.line("M-94 18 C-78 8 -66 26 -50 16", stick, 4)
            canvas.line("M-86 34 C-74 26 -62 40 -46 32", stick, 4)
    canvas.fill(stretched("VENTARAILLE", "bowlby", (-98, 54, 196, 31)), third)
    canvas.fill(fitted("18 ANS DE GRAND AIR", "bebas", (-60, 92, 120, 13), tracking=0.16), stick)


def wheel(canvas: Canvas, blades: tuple[str, str], hub: str, radius: float) -> None:
    """Draw the eight folded blades of a toy windmill about the origin."""
    with canvas.at(scale=radius / 80):

        def blade(i: int) -> None:
            ink = blades[i % 2]
            canvas.fill("M0 0 L-7 -78 C20 -84 42 -64 40 -36 Z", ink)
            canvas.fill(
                "M0 0 L40 -36 C42 -52 36 -62 26 -70 C24 -44 14 -18 0 0 Z", mix(ink, "#1a1030", 0.25)
            )

        canvas.around(8, blade, start=8)
        canvas.circle(0, 0, 12, hub)
        canvas.circle(0, 0, 5, blades[0])


def little_windmill(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: blades, blades, hub, stick; no words, to be put on small things."""
    canvas.line("M0 0 L0 98", sheet.inks[3], 8)
    with canvas.at(0, -14):
        wheel(canvas, (sheet.inks[0], sheet.inks[1]), sheet.inks[2], 84)


def cheerful_windmill(canvas: Canvas, sheet: Sheet) -> None:
    """A windmill with a face, for children. Inks: blades, blades, face, words."""
    first, second, face, word = sheet.inks[:4]
    canvas.line("M0 20 L0 74", word, 7)
    canvas.line("M0 62 C-14 50 -28 50 -34 58 M0 66 C14 54 28 54 34 62", word, 6)
    with canvas.at(0, -26):
        wheel(canvas, (first, second), face, 84)
        canvas.circle(0, 0, 34, face)
        for x in (-12, 12):
            canvas.circle(x, -6, 4.6, word)
            canvas.circle(x * 1.7, 6, 5, first)
        canvas.line("M-11 8 C-6 17 6 17 11 8", word, 4)
    canvas.fill(fitted("Ventaraille", "shrikhand", (-76, 76, 152, 30)), word)


def playing(canvas: Canvas, sheet: Sheet) -> None:
    """Inks: title, names, windmill, windmill."""
    title, names, one, other = sheet.inks[:4]
    with canvas.at(0, -82):
        wheel(canvas, (one, other), title, 25)
    for flip in (False, True):
        with canvas.at(flip=flip):
            canvas.line("M-92 -80 L-34 -80", names, 2.4)
            canvas.line("M-78 -87 L-36 -87 M-78 -73 L-36 -73", names, 1.4)
    canvas.fill(stretched("VENTARAILLE", "bowlby", (-96, -50, 192, 29)), title)
    y = -12.0
    for line, size in PLAYING:
        canvas.fill(fitted(line, "bebas", (-96, y, 192, size), tracking=0.03), names)
        y += size + 5.5
    canvas.line("M-96 113 L96 113", names, 1.6)
    canvas.fill(
        fitted("SAINT-AUBRAL-SUR-VELLE  •  18E ÉDITION", "bebas", (-96, 118, 192, 9), tracking=0.1),
        one,
    )


def gusts(canvas: Canvas, sheet: Sheet) -> None:
    """Curls of wind. Inks: three of them, words."""
    canvas.fill(stretched("VENTARAILLE", "bowlby", (-84, 62, 168, 24)), sheet.inks[3])
    curl = "M-96 0 L22 0 C58 0 62 -46 30 -48 C8 -48 2 -20 22 -16"
    for y, x, ink in ((-42, 0, 0), (-6, 14, 1), (30, -8, 2)):
        with canvas.at(x, y):
            canvas.line(curl, sheet.inks[ink], 12)


def hills(canvas: Canvas, sheet: Sheet) -> None:
    """The poster: hills full of windmills. Inks: sky, sun, hill, near hill, paper, red."""
    sky, sun, far, near, paper, red = sheet.inks[:6]
    high = sheet.half_height
    canvas.fill(box(-110, -high - 10, 220, 2 * high + 20), sky)
    with canvas.at(0, high * 0.06):
        canvas.around(
            24,
            lambda i: (
                canvas.fill("M0 0 L-16 -260 L16 -260 Z", lighter(sky, 0.14)) if i % 2 else None
            ),
        )
        canvas.circle(0, 0, 66, lighter(sun, 0.35))
        canvas.circle(0, 0, 54, sun)
    ground = high * 0.18
    canvas.fill(
        f"M-110 {ground + 22} C-60 {ground - 14} -20 {ground + 6} 20 {ground + 16}"
        f" C60 {ground + 24} 90 {ground} 110 {ground - 8} L110 200 L-110 200 Z",
        mix(far, sky, 0.35),
    )
    canvas.fill(
        f"M-110 {ground + 46} C-70 {ground + 20} -10 {ground + 56} 30 {ground + 38}"
        f" C70 {ground + 20} 90 {ground + 30} 110 {ground + 26} L110 200 L-110 200 Z",
        far,
    )
    for x, y, radius in ((-70, 4, 21), (78, 0, 18), (-34, 24, 12), (-94, 36, 11), (52, 26, 11)):
        _planted(canvas, (x, ground + y), radius, (red, paper, near))
    canvas.fill(
        f"M-110 {ground + 76} C-50 {ground + 40} 40 {ground + 92} 110 {ground + 54}"
        f" L110 200 L-110 200 Z",
        near,
    )
    _planted(canvas, (14, ground + 8), 44, (red, paper, near))
    canvas.fill(stretched("VENTARAILLE", "bowlby", (-92, -high + 10, 184, 36)), paper)
    canvas.fill(
        fitted(
            "FESTIVAL DE GRAND AIR  •  SAINT-AUBRAL-SUR-VELLE",
            "bebas",
            (-92, -high + 53, 184, 10),
            tracking=0.08,
        ),
        red,
    )
    canvas.fill(
        fitted(
            "18E ÉDITION  •  ENTRÉE PAR VENT ARRIÈRE",
            "bebas",
            (-90, high - 20, 146, 11),
            tracking=0.1,
        ),
        paper,
    )


def _planted(
    canvas: Canvas, foot: tuple[float, float], radius: float, inks: tuple[str, str, str]
) -> None:
    x, y = foot
    red, paper, post = inks
    canvas.line(f"M{x} {y} L{x} {y + radius * 2}", darker(post, 0.3), max(2.0, radius / 9))
    with canvas.at(x, y):
        wheel(canvas, (red, paper), darker(red, 0.4), radius)


def eighteen(canvas: Canvas, sheet: Sheet) -> None:
    """The book's cover. Inks: figures, blades, blades, words."""
    figures, one, other, word = sheet.inks[:4]
    high = sheet.half_height
    for i in range(9):
        y = -high + 6 + i * 11
        canvas.line(
            f"M-120 {y} C-60 {y - 16} -30 {y + 16} 20 {y} C60 {y - 14} 90 {y + 10} 120 {y}",
            mix(sheet.base, figures, 0.16),
            2.5,
        )
    canvas.fill(stretched("18", "bowlby", (-78, -72, 166, 104)), figures)
    with canvas.at(50, -12):
        canvas.circle(0, 0, 37, sheet.base)
        wheel(canvas, (one, other), word, 36)
    canvas.fill(fitted("ÉTÉS DE VENT", "bowlby", (-78, 44, 166, 26)), word)
    canvas.fill(
        fitted("L’HISTOIRE DE VENTARAILLE", "bebas", (-78, 80, 166, 11), tracking=0.1), word
    )
    canvas.line("M-78 104 L88 104", one, 3)
    canvas.fill(
        fitted("PAR CEUX QUI TENAIENT LES TENTES", "bebas", (-78, 112, 166, 9), tracking=0.1), other
    )


def badge(canvas: Canvas, sheet: Sheet) -> None:
    """A round badge. Inks: blades, blades, hub and words, rim."""
    first, second, word, rim = sheet.inks[:4]
    canvas.ring((0, 0), 94, rim, 5)
    with canvas.at(0, 0):
        wheel(canvas, (first, second), word, 56)
    canvas.fill(curved("VENTARAILLE", "bowlby", radius=67, size=21, tracking=0.06), word)
    canvas.fill(
        curved("GRAND AIR DEPUIS 18 ANS", "bebas", radius=-83, size=17, tracking=0.12),
        word,
    )
    for degrees in (-92, 92):
        x, y = polar(75, degrees)
        with canvas.at(x, y, scale=0.5):
            canvas.fill(star(5, 12, 5), rim)


def capital(canvas: Canvas, sheet: Sheet) -> None:
    """A V that holds a windmill, for caps. Inks: letter, blades, blades."""
    letter, one, other = sheet.inks[:3]
    canvas.fill("M-92 -50 L-50 -50 L0 46 L50 -50 L92 -50 L24 84 L-24 84 Z", letter)
    canvas.circle(0, -44, 48, sheet.base)
    with canvas.at(0, -44):
        wheel(canvas, (one, other), letter, 44)

"""Mugs, cups, patches and pins."""

from __future__ import annotations

from PySide6.QtGui import QPainterPath

from scripts.demo_catalogue.canvas import Canvas, box, disc, grown, path, symmetric
from scripts.demo_catalogue.colour import darker, is_dark, lighter, veil
from scripts.demo_catalogue.look import Art, Look, Sheet
from scripts.demo_catalogue.things.garments import lay


def mug(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a mug; `trim` is its inside and handle."""
    trim = look.trim or look.base
    canvas.fill(disc(222, 412, 150, 20), veil("#120b2a", 0.15))
    handle = "M338 176 C420 160 446 214 430 268 C416 318 372 338 330 330"
    canvas.line(handle, darker(trim, 0.18), 36)
    canvas.line(handle, trim, 29)
    canvas.line("M346 170 C414 156 436 208 422 256", veil("#ffffff", 0.28), 5)
    body = path(
        "M80 116 L356 116 C356 220 354 310 346 372 C340 402 300 414 218 414"
        " C136 414 96 402 90 372 C82 310 80 220 80 116 Z"
    )
    canvas.fill(body, look.base)
    with canvas.inside(body):
        with canvas.at(218, 268, scale=1.08):
            art(canvas, Sheet(look.inks, look.base))
        canvas.fill("M80 100 L116 100 C112 220 118 330 134 420 L80 420 Z", veil("#ffffff", 0.30))
        canvas.fill("M356 100 L310 100 C318 220 312 330 290 420 L360 420 Z", veil("#000010", 0.13))
        canvas.fill(
            "M336 100 L356 100 L350 420 L320 420 C334 330 338 220 336 100 Z", veil("#000010", 0.10)
        )
    canvas.fill(
        disc(218, 116, 138, 32),
        lighter(look.base, 0.5) if not is_dark(look.base) else lighter(look.base, 0.2),
    )
    canvas.fill(disc(218, 118, 126, 26), darker(trim, 0.12))
    with canvas.inside(disc(218, 118, 126, 26)):
        canvas.fill(disc(218, 138, 118, 24), "#4a2b1c")
        canvas.fill(disc(196, 140, 60, 8), veil("#c98f5a", 0.35))


def cup(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a festival's returnable cup."""
    canvas.fill(disc(240, 432, 100, 16), veil("#120b2a", 0.16))
    body = symmetric("M240 60 L116 62 L150 416 C156 432 190 440 240 440", 240)
    canvas.fill(body, look.base)
    with canvas.inside(body):
        canvas.fill("M100 130 L380 130 L380 450 L100 450 Z", veil(look.trim or "#f2b632", 0.55))
        canvas.fill(disc(240, 130, 118, 17), veil("#fff6d8", 0.95))
        for x, y, r in (
            (182, 128, 12),
            (208, 134, 15),
            (240, 131, 17),
            (272, 134, 14),
            (300, 128, 11),
        ):
            canvas.circle(x, y, r, veil("#ffffff", 0.8))
        with canvas.at(240, 282, scale=0.86):
            art(canvas, Sheet(look.inks, look.base))
        canvas.fill("M116 62 L150 62 L180 440 L150 440 Z", veil("#ffffff", 0.35))
        canvas.fill("M346 62 L370 62 L332 440 L306 440 Z", veil("#000010", 0.10))
    canvas.fill(disc(240, 62, 126, 20), lighter(look.base, 0.45))
    canvas.fill(disc(240, 63, 114, 15), darker(look.base, 0.12))


def patch(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a woven patch with a merrowed border in `trim`."""
    _sewn(
        canvas,
        look,
        art,
        symmetric("M0 -176 C-98 -176 -176 -98 -176 0 C-176 98 -98 176 0 176"),
        1.34,
    )


def shield_patch(canvas: Canvas, look: Look, art: Art) -> None:
    _sewn(
        canvas,
        look,
        art,
        symmetric(
            "M0 -180 C-50 -168 -104 -166 -158 -176 C-168 -60 -160 40 -120 100"
            " C-88 146 -44 170 0 190"
        ),
        1.22,
    )


def back_patch(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a large patch for the back of a jacket."""
    _sewn(
        canvas, look, art, symmetric("M0 -186 L-150 -186 L-182 -120 L-160 130 L-60 190 L0 190"), 1.3
    )


def _sewn(canvas: Canvas, look: Look, art: Art, shape: QPainterPath, scale: float) -> None:
    trim = look.trim or look.inks[0]
    with canvas.at(240, 240, turn=-3):
        rim = grown(shape, 10)
        lay(canvas, rim, darker(trim, 0.22))
        canvas.line(shape, trim, 18, dashes=(0.20, 0.05))
        canvas.fill(shape, look.base)
        with canvas.inside(shape):
            with canvas.at(scale=scale):
                art(canvas, Sheet(look.inks, look.base))
            canvas.fill("M-200 -200 L60 -200 L-200 130 Z", veil("#ffffff", 0.07))
        canvas.line(shape, veil("#000010", 0.35), 1.6)


def pins(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a backing card with a large enamel pin and three small ones."""
    with canvas.at(240, 240, turn=3):
        card = box(-142, -200, 284, 400, round_by=14)
        lay(canvas, card, look.base)
        canvas.fill(disc(0, -174, 11), look.backdrop)
        canvas.ring((0, -174), 11, veil("#000010", 0.15), 1.5)
        metal = "#d8b45a"
        for x, y, radius, ground in (
            (0, -52, 92, look.trim or look.inks[0]),
            (-78, 108, 46, look.inks[1]),
            (78, 108, 46, look.inks[2]),
            (0, 146, 40, look.inks[0]),
        ):
            with canvas.at(x, y):
                _pin(canvas, (look.inks, ground, metal), art, radius)


def _pin(canvas: Canvas, inks: tuple[tuple[str, ...], str, str], art: Art, radius: float) -> None:
    colours, ground, metal = inks
    canvas.fill(disc(0, 6, radius), veil("#120b2a", 0.25))
    canvas.circle(0, 0, radius, metal)
    canvas.circle(0, 0, radius - 5, ground)
    with canvas.inside(disc(0, 0, radius - 5)):
        with canvas.at(scale=radius / 124):
            art(canvas, Sheet(colours, ground))
        canvas.fill(
            f"M{-radius} {-radius} L{radius * 0.2} {-radius} L{-radius} {radius * 0.4} Z",
            veil("#ffffff", 0.16),
        )
    canvas.ring((0, 0), radius - 2.5, veil("#fff3c4", 0.7), 1.5)

"""Records, discs and cassettes, half out of their sleeves."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc, path
from scripts.demo_catalogue.colour import darker, is_dark, lighter, veil
from scripts.demo_catalogue.look import Art, Look, Sheet
from scripts.demo_catalogue.things.garments import lay


def vinyl(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a sleeve with its disc; `trim` is the colour of the pressing."""
    with canvas.at(314, 240):
        _pressing(canvas, look, look.trim or "#16151c")
    sleeve = box(34, 98, 284, 284, round_by=3)
    canvas.fill(sleeve.translated(7, 3), veil("#120b2a", 0.30))
    lay(canvas, sleeve, look.base, thick=9)
    with canvas.inside(sleeve):
        with canvas.at(176, 240, scale=1.42):
            art(canvas, Sheet(look.inks, look.base))
        canvas.fill(box(34, 98, 5, 284), veil("#ffffff", 0.22))
        canvas.fill(box(39, 98, 2, 284), veil("#000000", 0.16))
        canvas.fill("M318 98 L318 382 L310 382 L310 98 Z", veil("#000000", 0.10))
        canvas.fill("M34 98 L214 98 L34 300 Z", veil("#ffffff", 0.05))


def _pressing(canvas: Canvas, look: Look, colour: str) -> None:
    lay(canvas, disc(0, 0, 134), colour)
    groove = veil("#ffffff" if is_dark(colour) else "#000000", 0.13)
    for radius in (126, 119, 112, 103, 96, 88, 80, 71, 63):
        canvas.ring((0, 0), radius, groove, 1.3)
    for turn in (38, 218):
        with canvas.at(turn=turn):
            canvas.fill("M0 0 L-26 -131 C-10 -135 10 -135 26 -131 Z", veil("#ffffff", 0.13))
    canvas.circle(0, 0, 46, look.inks[0])
    canvas.ring((0, 0), 38, veil("#ffffff", 0.5), 1.6)
    canvas.ring((0, 0), 30, look.inks[1], 6)
    canvas.circle(0, 0, 5, look.backdrop)


def compact_disc(canvas: Canvas, look: Look, art: Art) -> None:
    with canvas.at(320, 240):
        _mirror_disc(canvas, look)
    case = box(52, 114, 262, 252, round_by=5)
    canvas.fill(case.translated(6, 3), veil("#120b2a", 0.28))
    lay(canvas, case, "#e9ecf1")
    canvas.fill(box(52, 114, 30, 252, round_by=5), darker("#dfe3ea", 0.12))
    for y in range(126, 360, 8):
        canvas.line(f"M60 {y} L72 {y}", veil("#000000", 0.16), 2.2)
    booklet = box(82, 119, 227, 242)
    canvas.fill(booklet, look.base)
    with canvas.inside(booklet), canvas.at(195.5, 240, scale=1.215):
        art(canvas, Sheet(look.inks, look.base))
    canvas.fill("M82 119 L240 119 L82 330 Z", veil("#ffffff", 0.10))
    canvas.line(case, veil("#ffffff", 0.7), 2)
    canvas.line(box(82, 119, 227, 242), veil("#000000", 0.2), 1)


def _mirror_disc(canvas: Canvas, look: Look) -> None:
    lay(canvas, disc(0, 0, 114), "#c8ccd6")
    with canvas.inside(disc(0, 0, 112)):
        for turn, reach, ink in (
            (52, 44, "#d6def0"),
            (66, 26, "#e6e2f3"),
            (84, 14, "#f0dfea"),
            (128, 40, "#d3e3e6"),
            (120, 20, "#e9ecdf"),
            (20, 30, "#d7d9e3"),
        ):
            for half in (0, 180):
                with canvas.at(turn=turn + half):
                    canvas.fill(f"M0 0 L-{reach} -130 L{reach} -130 Z", ink)
    canvas.ring((0, 0), 104, veil("#ffffff", 0.5), 2)
    canvas.circle(0, 0, 34, veil("#ffffff", 0.55))
    canvas.ring((0, 0), 34, veil("#5a6072", 0.35), 1.6)
    canvas.ring((0, 0), 22, veil("#5a6072", 0.25), 5)
    canvas.circle(0, 0, 14, look.backdrop)
    canvas.ring((0, 0), 14, veil("#5a6072", 0.4), 1.6)


def cassette(canvas: Canvas, look: Look, art: Art) -> None:
    shell = look.trim or "#2b2b3d"
    with canvas.at(240, 240, turn=-6):
        body = box(-190, -122, 380, 244, round_by=16)
        lay(canvas, body, shell, thick=11)
        canvas.line(body, veil("#ffffff", 0.25), 2)
        label = box(-168, -102, 336, 164, round_by=9)
        canvas.fill(label, look.base)
        with canvas.inside(label), canvas.at(0, -20, scale=1.70):
            art(canvas, Sheet(look.inks, look.base))
        _reels(canvas, look, shell)
        foot = path("M-122 122 L-108 76 L108 76 L122 122 Z")
        canvas.fill(foot, darker(shell, 0.22))
        canvas.line(foot, veil("#ffffff", 0.18), 1.6)
        for x in (-76, 76):
            canvas.circle(x, 102, 7, look.backdrop)
        for x, y in ((-178, -110), (178, -110), (-178, 110), (178, 110)):
            canvas.circle(x, y, 4.2, lighter(shell, 0.4))


def _reels(canvas: Canvas, look: Look, shell: str) -> None:
    canvas.fill(box(-106, -12, 212, 66, round_by=33), darker(shell, 0.35))
    canvas.fill(box(-40, -2, 80, 46, round_by=4), veil("#000000", 0.5))
    for x, wound in ((-66, 29), (66, 25)):
        with canvas.at(x, 21):
            canvas.circle(0, 0, wound, "#3a2a22")
            canvas.circle(0, 0, 20, "#f4f1ea")
            canvas.circle(0, 0, 13, look.backdrop)
            canvas.around(6, lambda _: canvas.fill(box(-2.4, -14, 4.8, 6), "#f4f1ea"))

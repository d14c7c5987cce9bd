"""What is worn or carried besides: caps, beanies, totes, bandanas, socks."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box, disc, path, symmetric
from scripts.demo_catalogue.colour import darker, is_dark, lighter, veil
from scripts.demo_catalogue.look import Art, Look, Sheet
from scripts.demo_catalogue.things.garments import lay


def cap(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a cap from the front; `trim` is the visor."""
    visor_ink = look.trim or darker(look.base, 0.2)
    crown = symmetric(
        "M240 84 C150 84 92 148 88 268 C88 280 90 290 94 298 C140 274 190 266 240 266", 240
    )
    lay(canvas, crown, look.base)
    with canvas.inside(crown):
        canvas.fill("M88 300 C92 190 118 110 190 84 L80 84 Z", veil("#000010", 0.14))
        canvas.fill("M392 300 C388 190 362 110 290 84 L400 84 Z", veil("#000010", 0.14))
        for d in (
            "M240 84 L240 270",
            "M214 84 C156 130 136 210 136 290",
            "M266 84 C324 130 344 210 344 290",
        ):
            canvas.line(
                d,
                veil("#000010" if not is_dark(look.base) else "#ffffff", 0.20),
                1.8,
                dashes=(3, 2),
            )
        with canvas.at(240, 182, scale=0.86):
            art(canvas, Sheet(look.inks, look.base))
    canvas.fill(box(228, 74, 24, 13, round_by=6), visor_ink)
    visor = symmetric(
        "M240 252 C176 252 118 266 76 300 C58 318 54 344 66 362 C112 336 176 326 240 326", 240
    )
    lay(canvas, visor, visor_ink, thick=10)
    with canvas.inside(visor):
        canvas.fill(
            symmetric("M240 252 C176 252 118 266 76 300 L76 316 C118 282 176 268 240 268", 240),
            veil("#000010", 0.20),
        )
        for inset in (10, 20, 30, 40):
            canvas.line(
                f"M{70 + inset / 4} {358 - inset}"
                f" C114 {332 - inset} 176 {322 - inset} 240 {322 - inset}"
                f" C304 {322 - inset} 366 {332 - inset} {410 - inset / 4} {358 - inset}",
                veil("#ffffff" if is_dark(visor_ink) else "#000010", 0.22),
                1.4,
                dashes=(4, 2.4),
            )


def beanie(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a knitted hat with a pompom in `trim` and the art on a sewn label."""
    trim = look.trim or lighter(look.base, 0.5)
    with canvas.at(240, 86):
        lay(canvas, disc(0, 0, 44), trim)
        canvas.around(14, lambda i: canvas.fill(disc(0, -38, 13), lighter(trim, 0.12 * (i % 2))))
        canvas.around(
            9, lambda i: canvas.fill(disc(0, -19, 12), darker(trim, 0.07 * (i % 3))), start=11
        )
        canvas.circle(0, 0, 12, lighter(trim, 0.15))
    dome = symmetric("M240 108 C150 108 100 176 94 300 L240 320", 240)
    lay(canvas, dome, look.base)
    with canvas.inside(dome):
        for i in range(-7, 8):
            bend = i * 20
            canvas.line(
                f"M{240 + i * 5} 108 C{240 + bend * 0.8} 150 {240 + bend} 220 {240 + bend} 320",
                veil("#000010", 0.17),
                3.4,
            )
        canvas.fill(
            "M94 300 C100 190 140 120 210 108 C150 150 132 220 130 320 L90 320 Z",
            veil("#ffffff", 0.07),
        )
    cuff = box(80, 292, 320, 96, round_by=22)
    lay(canvas, cuff, lighter(look.base, 0.07))
    with canvas.inside(cuff):
        for x in range(92, 396, 13):
            canvas.line(f"M{x} 296 L{x} 384", veil("#000010", 0.20), 4)
    label = box(190, 302, 100, 76, round_by=3)
    canvas.fill(label.translated(0, 3), veil("#000010", 0.25))
    canvas.fill(label, look.inks[-1])
    with canvas.inside(label), canvas.at(240, 340, scale=0.34):
        art(canvas, Sheet(look.inks, look.inks[-1]))
    canvas.line(box(194, 306, 92, 68), veil("#000010", 0.4), 1.4, dashes=(3, 2.2))


def tote(canvas: Canvas, look: Look, art: Art) -> None:
    strap = darker(look.base, 0.06)
    canvas.line(
        "M172 158 C166 60 196 18 240 18 C284 18 314 60 308 158", darker(look.base, 0.30), 15
    )
    bag = symmetric("M240 142 L104 140 C100 240 98 340 94 440 C140 450 190 452 240 452", 240)
    lay(canvas, bag, look.base)
    with canvas.inside(bag):
        with canvas.at(240, 298, scale=1.06):
            art(canvas, Sheet(look.inks, look.base))
        canvas.fill("M104 140 C110 260 122 360 112 452 L90 452 Z", veil("#ffffff", 0.22))
        canvas.fill("M376 140 C360 240 362 360 366 452 L392 452 Z", veil("#000010", 0.10))
        canvas.fill(
            "M150 452 C160 430 158 404 148 380 C170 404 172 430 168 452 Z", veil("#000010", 0.07)
        )
        canvas.fill(box(90, 140, 300, 20), veil("#000010", 0.05))
        canvas.line("M96 160 L384 160", veil("#000010", 0.35), 1.5, dashes=(3, 2))
    canvas.line("M164 196 C160 84 190 36 240 36 C290 36 320 84 316 196", veil("#000010", 0.16), 19)
    canvas.line("M164 192 C160 80 190 32 240 32 C290 32 320 80 316 192", strap, 16)
    for x in (164, 316):
        canvas.line(box(x - 6, 168, 12, 22), veil("#000010", 0.35), 1.3, dashes=(2, 1.6))


def bandana(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a square cloth on its corner with a border in the second ink."""
    with canvas.at(240, 242, turn=45):
        cloth = symmetric(
            "M0 -150 C-60 -147 -110 -153 -152 -150 C-148 -90 -154 -40 -150 0"
            " C-148 60 -153 110 -150 151 C-90 148 -40 153 0 150"
        )
        lay(canvas, cloth, look.base, thick=6)
        with canvas.inside(cloth):
            canvas.line(box(-132, -132, 264, 264), look.inks[1], 4)
            canvas.line(box(-120, -120, 240, 240), look.inks[0], 9, dashes=(1.2, 1.2))
            for turn in (0, 90, 180, 270):
                with canvas.at(turn=turn), canvas.at(-88, -88, scale=0.24):
                    art(canvas, Sheet(look.inks, look.base))
    with canvas.at(240, 242, scale=0.92):
        art(canvas, Sheet(look.inks, look.base))
    canvas.fill("M240 30 C250 120 300 180 452 242 C330 210 250 160 240 30 Z", veil("#ffffff", 0.10))
    canvas.fill(
        "M240 454 C232 380 190 300 28 242 C150 276 220 330 240 454 Z", veil("#000010", 0.07)
    )


_SOCK = (
    "M-52 -172 L52 -172 C50 -96 46 -30 54 30 C62 64 110 84 140 112 C164 138 150 176 108 176"
    " C50 178 -14 150 -46 104 C-62 76 -54 -60 -52 -172 Z"
)


def socks(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a pair of socks; `trim` is cuff, heel and toe."""
    for x, y, turn in ((262, 226, 9), (176, 250, -5)):
        with canvas.at(x, y, turn=turn, scale=1.08):
            _sock(canvas, look, art)


def _sock(canvas: Canvas, look: Look, art: Art) -> None:
    trim = look.trim or look.inks[0]
    shape = path(_SOCK)
    lay(canvas, shape, look.base)
    with canvas.inside(shape):
        for x, y in ((0, -84), (0, 4), (62, 112)):
            with canvas.at(x, y, scale=0.40):
                art(canvas, Sheet(look.inks, look.base))
        canvas.fill(box(-60, -176, 120, 40), trim)
        for at in range(-54, 58, 9):
            canvas.line(f"M{at} -172 L{at} -138", veil("#000010", 0.18), 2)
        canvas.line("M-60 -128 L60 -128", trim, 5)
        canvas.fill("M-70 40 C-30 44 -8 70 -14 110 C-20 130 -40 130 -60 120 Z", trim)
        canvas.fill("M112 88 C98 116 96 150 112 184 L170 184 L170 100 Z", trim)
        canvas.fill(
            "M52 -172 C50 -96 46 -30 54 30 L30 20 C26 -40 30 -100 34 -172 Z", veil("#000010", 0.09)
        )

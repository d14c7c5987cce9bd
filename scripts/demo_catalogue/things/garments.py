"""T-shirts, longsleeves, tank tops and hoodies, laid flat."""

from __future__ import annotations

from PySide6.QtGui import QPainterPath

from scripts.demo_catalogue.canvas import Canvas, box, path, symmetric
from scripts.demo_catalogue.colour import darker, is_dark, lighter, veil
from scripts.demo_catalogue.look import Art, Look, Sheet

_TEE = (
    "M240 118 C216 118 200 100 194 70 C172 84 146 92 124 100 C104 108 92 128 82 150"
    " L46 226 C62 240 88 250 108 254 L136 196 C140 268 138 346 134 414"
    " C166 422 204 424 240 424"
)
_TEE_BACK = _TEE.replace("M240 118 C216 118 200 100 194 70", "M240 80 C222 80 206 78 194 70")
_KID = (
    "M240 130 C214 130 198 114 192 88 C172 100 152 106 132 114 C112 122 98 142 88 162"
    " L58 220 C74 234 98 246 118 250 L142 208 C146 268 144 330 140 396"
    " C170 404 206 406 240 406"
)
_LONG = (
    "M240 112 C218 112 202 96 196 68 C176 80 154 88 134 96 C112 106 104 130 98 156"
    " C84 224 68 300 56 378 C70 388 90 392 106 392 C116 326 130 258 144 204"
    " C148 270 146 350 142 418 C172 426 206 428 240 428"
)
_TANK = (
    "M240 150 C208 150 196 116 194 64 L158 64 C160 118 158 162 120 188"
    " C130 260 128 346 124 420 C160 428 202 430 240 430"
)
_HOODIE = (
    "M240 132 C212 128 196 114 184 98 C160 104 138 112 122 122 C102 136 92 166 86 196"
    " C76 252 64 312 54 366 C66 380 88 386 106 384 C116 330 128 276 138 236"
    " C140 290 138 340 136 388 L138 424 C170 430 206 432 240 432"
)
_HOOD = "M240 30 C204 30 180 48 176 82 C174 96 178 106 186 112 C198 130 214 146 240 158"
_HOOD_HOLE = "M240 62 C214 62 200 76 200 98 C202 118 220 136 240 146"


def lay(canvas: Canvas, shape: QPainterPath, colour: str, *, thick: float = 8) -> None:
    """Fill a shape that lies on the ground and throws a short shadow."""
    canvas.fill(shape.translated(0, thick), veil("#120b2a", 0.16))
    canvas.fill(shape.translated(0, thick / 2), veil("#120b2a", 0.10))
    canvas.fill(shape, colour)


def tshirt(canvas: Canvas, look: Look, art: Art) -> None:
    shape = symmetric(_TEE, 240)
    with canvas.at(-14, -14, scale=1.06):
        _neck_hole(
            canvas,
            look,
            "M194 70 C208 82 272 82 286 70 C280 100 264 118 240 118 C216 118 200 100 194 70 Z",
        )
        lay(canvas, shape, look.base)
        _print(canvas, look, art, shape, (240, 250, 0.90))
        _folds(canvas, look, shape)
        _sleeve_marks(
            canvas, look, "M124 100 C138 128 138 164 136 196", "M51 216 C68 229 92 239 112 244"
        )
        _rib(canvas, look, "M194 70 C200 100 216 118 240 118 C264 118 280 100 286 70", shape)
        _hem(canvas, look, "M134 404 C166 412 204 414 240 414 C276 414 314 412 346 404")


def tshirt_back(canvas: Canvas, look: Look, art: Art) -> None:
    shape = symmetric(_TEE_BACK, 240)
    with canvas.at(-14, -14, scale=1.06):
        lay(canvas, shape, look.base)
        _print(canvas, look, art, shape, (240, 248, 0.96))
        _folds(canvas, look, shape)
        _sleeve_marks(
            canvas, look, "M124 100 C138 128 138 164 136 196", "M51 216 C68 229 92 239 112 244"
        )
        _rib(canvas, look, "M194 70 C208 79 272 79 286 70 L286 60 L194 60 Z", shape)
        _hem(canvas, look, "M134 404 C166 412 204 414 240 414 C276 414 314 412 346 404")


def kids_tshirt(canvas: Canvas, look: Look, art: Art) -> None:
    shape = symmetric(_KID, 240)
    trim = look.trim or darker(look.base, 0.2)
    with canvas.at(-24, -30, scale=1.10):
        _neck_hole(
            canvas,
            look,
            "M192 88 C206 100 274 100 288 88 C282 114 266 130 240 130 C214 130 198 114 192 88 Z",
            top=97,
        )
        lay(canvas, shape, look.base)
        with canvas.inside(shape):
            sleeve = path("M132 100 L132 114 C146 146 146 180 142 210 L118 252 L50 226 L88 150 Z")
            canvas.fill(sleeve, trim)
            with canvas.at(480, 0, flip=True):
                canvas.fill(sleeve, trim)
        _print(canvas, look, art, shape, (240, 256, 0.84))
        _folds(canvas, look, shape)
        _rib(canvas, look, "M192 88 C198 114 214 130 240 130 C266 130 282 114 288 88", shape)
        _hem(canvas, look, "M140 386 C170 394 206 396 240 396 C274 396 310 394 340 386")


def longsleeve(canvas: Canvas, look: Look, art: Art) -> None:
    shape = symmetric(_LONG, 240)
    with canvas.at(-9, -10, scale=1.04):
        _neck_hole(
            canvas,
            look,
            "M196 68 C210 80 270 80 284 68 C278 96 262 112 240 112 C218 112 202 96 196 68 Z",
        )
        lay(canvas, shape, look.base)
        _print(canvas, look, art, shape, (240, 252, 0.88))
        _folds(canvas, look, shape)
        _sleeve_marks(
            canvas, look, "M134 96 C148 130 146 168 144 204", "M59 360 C74 369 92 373 109 374"
        )
        _rib(canvas, look, "M196 68 C202 96 218 112 240 112 C262 112 278 96 284 68", shape)
        _hem(canvas, look, "M142 408 C172 416 206 418 240 418 C274 418 308 416 338 408")


def tank_top(canvas: Canvas, look: Look, art: Art) -> None:
    shape = symmetric(_TANK, 240)
    with canvas.at(-9, -16, scale=1.04):
        _neck_hole(
            canvas,
            look,
            "M194 64 C206 92 274 92 286 64 C284 116 272 150 240 150 C208 150 196 116 194 64 Z",
        )
        lay(canvas, shape, look.base)
        _print(canvas, look, art, shape, (240, 286, 0.92))
        _folds(canvas, look, shape)
        _rib(canvas, look, "M194 66 C196 116 208 150 240 150 C272 150 284 116 286 66", shape)
        _rib(canvas, look, "M160 66 C162 118 160 162 123 186", shape)
        _rib(canvas, look, "M320 66 C318 118 320 162 357 186", shape)
        _hem(canvas, look, "M124 410 C160 418 202 420 240 420 C278 420 320 418 356 410")


def hoodie(canvas: Canvas, look: Look, art: Art) -> None:
    shape = symmetric(_HOODIE, 240)
    with canvas.at(-5, 2, scale=1.02):
        lay(canvas, shape, look.base)
        _print(canvas, look, art, shape, (240, 247, 0.68))
        _folds(canvas, look, shape)
        _pocket(canvas, look)
        _cuffs(canvas, look, shape)
        _hood(canvas, look)
        _strings(canvas, look)


def zip_hoodie(canvas: Canvas, look: Look, art: Art) -> None:
    shape = symmetric(_HOODIE, 240)
    with canvas.at(-5, 2, scale=1.02):
        lay(canvas, shape, look.base)
        _print(canvas, look, art, shape, (290, 204, 0.27))
        _folds(canvas, look, shape)
        _pocket(canvas, look)
        _cuffs(canvas, look, shape)
        _hood(canvas, look)
        canvas.line("M240 156 L240 430", darker(look.base, 0.5), 7)
        canvas.line("M240 156 L240 430", "#c9c6bd", 3.4, dashes=(0.9, 0.9))
        canvas.fill("M235 166 L245 166 L247 190 L240 196 L233 190 Z", look.trim or "#d9d5c8")
        _strings(canvas, look)


def _crease(look: Look) -> str:
    return veil(
        "#000000" if not is_dark(look.base) else "#00000c", 0.10 if not is_dark(look.base) else 0.22
    )


def _neck_hole(canvas: Canvas, look: Look, d: str, *, top: float = 79) -> None:
    """Draw the inside of the back with its label; `top` is where the back's collar begins."""
    canvas.fill(d, darker(look.base, 0.38))
    with canvas.inside(d):
        canvas.line(
            f"M170 {top - 24} C206 {top + 6} 274 {top + 6} 310 {top - 24}",
            look.trim or darker(look.base, 0.10),
            18,
        )
        canvas.fill(box(227, top + 8, 26, 11, round_by=1), lighter(look.base, 0.75))


def _print(
    canvas: Canvas, look: Look, art: Art, shape: QPainterPath, place: tuple[float, float, float]
) -> None:
    x, y, scale = place
    with canvas.inside(shape), canvas.at(x, y, scale=scale):
        art(canvas, Sheet(look.inks, look.base))


def _folds(canvas: Canvas, look: Look, shape: QPainterPath) -> None:
    ink = _crease(look)
    light = veil("#ffffff", 0.10 if is_dark(look.base) else 0.28)
    with canvas.inside(shape):
        canvas.fill("M136 192 C156 206 172 236 176 278 C162 250 148 232 136 224 Z", ink)
        canvas.fill("M344 192 C330 202 312 226 306 258 C320 240 334 230 344 224 Z", ink)
        canvas.fill("M344 192 C332 270 338 350 330 440 L352 440 L352 300 Z", ink)
        canvas.fill("M134 440 C150 400 156 360 154 320 C166 360 168 404 160 440 Z", ink)
        canvas.fill("M298 440 C306 410 306 380 300 350 C316 380 320 410 318 440 Z", ink)
        canvas.fill("M140 300 C146 340 144 380 142 410 L136 410 L138 300 Z", light)


def _sleeve_marks(canvas: Canvas, look: Look, seam: str, hem: str) -> None:
    ink = veil(darker(look.base, 0.6) if not is_dark(look.base) else lighter(look.base, 0.3), 0.4)
    for flip in (False, True):
        with canvas.at(480 if flip else 0, 0, flip=flip):
            canvas.line(seam, ink, 1.8)
            canvas.line(hem, ink, 1.6, dashes=(3, 2))


def _rib(canvas: Canvas, look: Look, d: str, shape: QPainterPath) -> None:
    """Knit a rib along an edge of the shape; half of the line's width lies outside."""
    with canvas.inside(shape):
        canvas.line(d, veil("#000010", 0.22), 24)
        canvas.line(d, look.trim or darker(look.base, 0.10), 21)


def _hem(canvas: Canvas, look: Look, d: str) -> None:
    ink = veil(darker(look.base, 0.6) if not is_dark(look.base) else lighter(look.base, 0.3), 0.4)
    canvas.line(d, ink, 1.6, dashes=(3, 2))


def _pocket(canvas: Canvas, look: Look) -> None:
    shape = symmetric("M240 326 L186 326 C182 346 174 360 160 374 L160 404 L240 406", 240)
    canvas.fill(shape, darker(look.base, 0.07))
    canvas.line(shape, veil("#000010", 0.28), 1.8)
    for flip in (False, True):
        with canvas.at(480 if flip else 0, 0, flip=flip):
            canvas.line(
                "M192 330 C188 348 180 362 166 376", veil("#ffffff", 0.18), 1.4, dashes=(3, 2)
            )


def _cuffs(canvas: Canvas, look: Look, shape: QPainterPath) -> None:
    rib = darker(look.base, 0.16)
    with canvas.inside(shape):
        canvas.fill("M40 348 C66 364 90 368 112 366 L112 392 L40 392 Z", rib)
        canvas.fill("M440 348 C414 364 390 368 368 366 L368 392 L440 392 Z", rib)
        canvas.fill("M130 406 C166 414 314 414 350 406 L350 440 L130 440 Z", rib)
        for x in range(142, 344, 9):
            canvas.line(f"M{x} 412 L{x} 436", veil("#000010", 0.16), 1.6)
        for x in range(58, 110, 8):
            canvas.line(f"M{x} 362 L{x - 4} 390", veil("#000010", 0.16), 1.6)
            canvas.line(f"M{480 - x} 362 L{484 - x} 390", veil("#000010", 0.16), 1.6)
    for flip in (False, True):
        with canvas.at(480 if flip else 0, 0, flip=flip):
            canvas.line("M122 122 C144 152 142 200 138 236", veil("#000010", 0.22), 1.8)


def _hood(canvas: Canvas, look: Look) -> None:
    hood, hole = symmetric(_HOOD, 240), symmetric(_HOOD_HOLE, 240)
    canvas.fill(hood.translated(0, 6), veil("#000010", 0.18))
    canvas.fill(hood, lighter(look.base, 0.06))
    canvas.line(hood, veil("#000010", 0.18), 1.4)
    canvas.fill(hole, look.trim or darker(look.base, 0.45))
    with canvas.inside(hole):
        canvas.fill("M190 50 L290 50 L290 92 C262 74 218 74 190 92 Z", veil("#000010", 0.22))
    canvas.line(hole, darker(look.base, 0.22), 3)
    canvas.line("M240 32 C241 42 241 52 240 62", veil("#000010", 0.2), 1.6)


def _strings(canvas: Canvas, look: Look) -> None:
    ink = lighter(look.base, 0.72) if is_dark(look.base) else darker(look.base, 0.45)
    for flip in (False, True):
        with canvas.at(480 if flip else 0, 0, flip=flip):
            canvas.circle(221, 140, 3.6, "#c9c6bd")
            canvas.line("M221 142 C217 152 221 164 219 174", ink, 4)
            canvas.line("M219 170 L218.6 178", "#c9c6bd", 5)

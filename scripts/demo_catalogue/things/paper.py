"""Books and posters."""

from __future__ import annotations

from scripts.demo_catalogue.canvas import Canvas, box
from scripts.demo_catalogue.colour import darker, lighter, veil
from scripts.demo_catalogue.look import Art, Look, Sheet


def book(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a closed book standing a little open to the light; `trim` is its spine."""
    spine = look.trim or darker(look.base, 0.25)
    canvas.fill("M104 432 L392 432 L400 448 L120 448 Z", veil("#120b2a", 0.14))
    canvas.fill("M368 48 L390 60 L390 434 L368 438 Z", darker(look.base, 0.3))
    canvas.fill("M368 50 L387 61 L387 430 L368 435 Z", "#f4ecdb")
    for x in (371, 374, 377, 380, 383):
        canvas.line(
            f"M{x} {51 + (x - 368) * 0.6} L{x} {435 - (x - 368) * 0.28}", veil("#8a7a5c", 0.35), 0.9
        )
    cover = box(92, 46, 280, 392, round_by=4)
    canvas.fill(cover, look.base)
    with canvas.inside(cover), canvas.at(240, 242, scale=1.36):
        art(canvas, Sheet(look.inks, look.base, 144))
    with canvas.inside(cover):
        canvas.fill(box(92, 46, 17, 392), spine)
        canvas.fill(box(109, 46, 4, 392), veil("#000000", 0.22))
        canvas.fill(box(113, 46, 3, 392), veil("#ffffff", 0.18))
        canvas.fill("M92 46 L300 46 L92 330 Z", veil("#ffffff", 0.05))


def poster(canvas: Canvas, look: Look, art: Art) -> None:
    """Draw a poster on a wall, one corner curling, held by two strips of tape."""
    sheet = "M100 34 L380 34 L380 396 C366 412 354 424 338 432 L100 432 Z"
    canvas.fill("M108 44 L392 44 L388 404 L344 446 L108 446 Z", veil("#120b2a", 0.13))
    canvas.fill("M104 40 L386 40 L384 400 L341 439 L104 439 Z", veil("#120b2a", 0.12))
    canvas.fill(sheet, lighter(look.base, 0.9))
    with canvas.inside(sheet), canvas.inside(box(109, 43, 262, 380)):
        canvas.fill(box(100, 34, 280, 400), look.base)
        with canvas.at(240, 233, scale=1.32):
            art(canvas, Sheet(look.inks, look.base, 144))
    canvas.fill(
        "M338 432 C344 418 346 404 343 392 C356 398 368 400 380 396 C366 412 354 424 338 432 Z",
        "#e9e3d5",
    )
    canvas.fill(
        "M338 432 C344 418 346 404 343 392 C350 412 348 424 338 432 Z", veil("#000000", 0.12)
    )
    for x, turn in ((112, -38), (368, 36)):
        with canvas.at(x, 42, turn=turn):
            canvas.fill(box(-30, -10, 60, 20), veil(lighter(look.inks[0], 0.35), 0.85))

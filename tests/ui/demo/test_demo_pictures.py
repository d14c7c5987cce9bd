"""How the demo's pictures are drawn, as far as no font is needed."""

from __future__ import annotations

import pytest
from PIL import ImageChops
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from scripts.demo_catalogue.canvas import Canvas, path, symmetric
from scripts.demo_catalogue.design import read_designs
from scripts.demo_catalogue.look import Art, Look, Sheet
from scripts.demo_catalogue.picture import draw, encoded
from scripts.demo_catalogue.registry import ARTS, THINGS

INK = "#ff00ff"  # no thing has this colour of its own


def _dot(canvas: Canvas, sheet: Sheet) -> None:
    assert sheet.half_height >= 100
    canvas.circle(0, 0, 40, INK)


def _look(thing: str) -> Look:
    return Look(
        thing=thing,
        art="dot",
        base="#ffffff",
        inks=("#ff0000", "#00ff00", "#0000ff"),
        backdrop="#808080",
    )


DOT: dict[str, Art] = {"dot": _dot}


def test_every_look_names_a_thing_and_an_art() -> None:
    _, designs = read_designs()
    assert [d.handle for d in designs if d.look.thing not in THINGS] == []
    assert [d.handle for d in designs if d.look.art not in ARTS] == []


def test_nothing_is_drawn_for_no_design() -> None:
    _, designs = read_designs()
    assert {design.look.thing for design in designs} == set(THINGS)
    assert {design.look.art for design in designs} == set(ARTS)


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_shows_its_art_on_its_backdrop(thing: str, qapp: QGuiApplication) -> None:
    assert qapp is not None
    picture = draw(_look(thing), THINGS, DOT)
    assert picture.size == (480, 480)
    assert picture.getpixel((2, 2)) == (128, 128, 128)
    red, green, blue = picture.split()
    ink = ImageChops.darker(ImageChops.darker(red, ImageChops.invert(green)), blue)
    assert max(ink.histogram()[200:]) > 0, "the art is not to be seen"


def test_drawing_again_gives_the_same_bytes(qapp: QGuiApplication) -> None:
    """So that a change of a picture in the history is a change somebody made."""
    assert qapp is not None
    first, second = (encoded(draw(_look("tshirt"), THINGS, DOT)) for _ in range(2))
    assert first == second


def test_a_path_goes_where_its_description_says() -> None:
    drawn = path("M0 0 L10 0 10 10 Q10 20 0 20 C-5 20 -10 10 -10 0 Z")
    assert drawn.contains(QPointF(5, 5))
    assert drawn.contains(QPointF(-5, 5))
    assert not drawn.contains(QPointF(5, -1))


def test_a_half_is_mirrored_about_its_axis() -> None:
    shape = symmetric("M50 0 L20 0 C10 10 10 30 20 40 L50 40", 50)
    assert shape.boundingRect().center().x() == pytest.approx(50)
    assert shape.contains(QPointF(78, 20))
    assert shape.contains(QPointF(22, 20))

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFont

import receipts
from receipts.document import LARGE, Columns, Cut, Document, OpenDrawer, Row, Rule, Text, Width
from receipts.image_renderer import PAPER, render_image, render_png
from receipts.layouts import sale_receipt
from tests.receipts.samples import FIVE_LINES, a_copy, a_line, a_sale

FONTS = Path(receipts.__file__).parent / "fonts"


def picture(*rows: Row, columns: Width = 32, scale: int = 1) -> Image.Image:
    return render_image(Document(title="", columns=columns, rows=rows), scale=scale)


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Return the box around all that is not paper."""
    box = ImageChops.difference(image, Image.new("L", image.size, PAPER)).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_a_receipt_stays_within_its_margins(columns: Width) -> None:
    document = sale_receipt(a_copy(FIVE_LINES), columns=columns, language="fr")
    image = render_image(document)
    left, top, right, bottom = ink(image)
    assert image.width == columns * 12 + 72
    assert min(left, top) >= 30
    assert right <= image.width - 30
    assert bottom <= image.height - 30


def test_an_amount_ends_at_the_right_edge_and_large_type_is_twice_as_wide() -> None:
    small, large = picture(Columns(("", "8888"))), picture(Columns(("", "8888"), LARGE))
    for image in (small, large):
        assert abs(ink(image)[2] - (image.width - 36)) <= 4
    small_width, large_width = (ink(image)[2] - ink(image)[0] for image in (small, large))
    assert 1.8 * small_width < large_width < 2.3 * small_width


def test_a_large_screen_gets_the_same_picture_twice_as_large() -> None:
    rows = (Text("Total", LARGE), Rule(), Cut())
    once, twice = picture(*rows), picture(*rows, scale=2)
    assert twice.size == (2 * once.width, 2 * once.height)
    for one, two in zip(ink(once), ink(twice), strict=True):
        assert abs(2 * one - two) <= 3


def test_opening_the_drawer_shows_nothing() -> None:
    assert picture(Text("a"), OpenDrawer()).tobytes() == picture(Text("a")).tobytes()


def test_every_sign_of_the_code_page_has_its_own_shape_in_the_bundled_fonts() -> None:
    """A missing one would be drawn as an empty box, like all other missing ones."""
    signs = [
        bytes((byte,)).decode("cp1252", "ignore") for byte in (*range(33, 127), *range(128, 256))
    ]
    for name in ("JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf"):
        font = ImageFont.truetype(FONTS / name, 20)
        missing = bytes(font.getmask("\uffff"))
        for sign in filter(None, signs):
            if sign not in "\u00a0\u00ad":
                assert bytes(font.getmask(sign)) != missing, (name, sign)
                assert font.getlength(sign) == 12, (name, sign)


def test_the_fonts_come_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_a_png_is_the_picture() -> None:
    document = Document(title="", columns=32, rows=(Text("Merci"),))
    shown = Image.open(io.BytesIO(render_png(document)))
    assert shown.tobytes() == render_image(document).tobytes()


@pytest.mark.parametrize("name", ["<b>x</b>", "\x1b@", "\u202eabc", "🎸", "x" * 10_000, ""])
def test_a_hostile_name_is_drawn_within_the_paper(name: str) -> None:
    document = sale_receipt(a_copy(a_sale(a_line(name))), columns=32, language="fr")
    image = render_image(document)
    assert ink(image)[2] <= image.width - 30
    assert image.height < 2000

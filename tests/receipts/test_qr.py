"""Codes are read by a decoder that knows nothing of how they were drawn."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image, ImageOps

from receipts import qr
from receipts.document import Document, Qr, Width
from receipts.escpos_renderer import Abilities, render_escpos
from receipts.image_renderer import render_image, render_png
from receipts.layouts import TEST_CODE, printer_test_page, sale_receipt
from tests.receipts.escpos_interpreter import EscposPrinter, PrintedImage
from tests.receipts.samples import A_MOMENT, FIVE_LINES, a_copy

WIDTHS: tuple[Width, ...] = (32, 42, 48)
CODE = a_copy(FIVE_LINES).code


def read(image: Image.Image) -> list[str]:
    """Return the codes in a picture, without turning it dark side out."""
    codes = zxingcpp.read_barcodes(image.convert("L"), try_invert=False)
    return [code.text for code in codes]


@pytest.mark.parametrize(
    "text", [CODE, "ECHOPPE", "https://example.org/é?a=1", "7" * 100, "A" * 500]
)
@pytest.mark.parametrize("module_px", [2, 8])
def test_a_png_says_what_was_written(text: str, module_px: int) -> None:
    picture = Image.open(io.BytesIO(qr.png(text, module_px=module_px)))
    assert read(picture) == [text]


def test_a_code_has_its_quiet_zone_and_is_black_on_white() -> None:
    picture = qr.image(CODE, module_px=3)
    assert picture.width == picture.height == (qr.side(CODE) + 8) * 3
    box = ImageOps.invert(picture).getbbox()
    assert box == (12, 12, picture.width - 12, picture.height - 12)
    assert picture.getpixel((0, 0)) == 255
    assert picture.getpixel((12, 12)) == 0


def test_a_receipts_code_is_version_6_with_level_m() -> None:
    assert (qr.side(CODE), qr.level(CODE)) == (41, "M")
    (found,) = zxingcpp.read_barcodes(qr.image(CODE, module_px=4))
    assert found.ec_level == "M"


def test_what_needs_more_than_version_6_gets_level_l() -> None:
    assert qr.level("A" * 154) == "M"
    assert qr.level("A" * 155) == "L"
    (found,) = zxingcpp.read_barcodes(qr.image("A" * 155, module_px=4))
    assert found.ec_level == "L"


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("columns", WIDTHS)
def test_the_code_on_the_preview_of_a_receipt_can_be_scanned(columns: Width, scale: int) -> None:
    document = sale_receipt(a_copy(FIVE_LINES), columns=columns, language="fr")
    assert read(render_image(document, scale=scale)) == [CODE]


def test_the_code_on_the_test_page_can_be_scanned() -> None:
    page = printer_test_page(columns=42, language="en", printer="here", local_time=A_MOMENT)
    assert read(Image.open(io.BytesIO(render_png(page)))) == [TEST_CODE]


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_dots_that_a_printer_gets_can_be_scanned(columns: Width) -> None:
    """Put on white paper as wide as the printer's, in the middle, as it is printed."""
    document = Document(title="", columns=columns, rows=(Qr(CODE),))
    job = render_escpos(document, Abilities(native_qr=False))
    (dots,) = [item for item in EscposPrinter(columns).take(job) if isinstance(item, PrintedImage)]
    paper = Image.new("L", (columns * 12, dots.image.height + 100), 255)
    paper.paste(dots.image, ((paper.width - dots.image.width) // 2, 50))
    assert read(paper) == [CODE]

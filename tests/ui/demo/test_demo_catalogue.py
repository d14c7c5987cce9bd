"""The demo's stand has to look like a stand, and be nobody's real one."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from PIL import Image

from pos.domain.search import slug
from pos.importers.notices import Notice
from pos.importers.product_draft import ParsedProduct, Terms
from pos.importers.shopify_products import open_products
from pos.money import EUR
from scripts.demo_catalogue.design import DESIGNS, read_designs
from scripts.demo_catalogue.export import as_csv, ean_check_digit
from ui.demo import CATALOGUE, FESTIVAL, PICTURES, TAX_CLASSES

PICTURE_BYTES_MAX = 24_000
PICTURES_BYTES_MAX = 1_000_000


@cache
def _read() -> tuple[list[ParsedProduct], list[Notice]]:
    notices: list[Notice] = []
    terms = Terms(currency=EUR, tax_classes=TAX_CLASSES)
    with open_products(CATALOGUE, terms, notices.append) as file:
        return list(file.products()), notices


def _products() -> list[ParsedProduct]:
    return _read()[0]


def _barcodes() -> list[str]:
    return [
        code
        for parsed in _products()
        for variant in parsed.product.variants
        for code in variant.barcodes
    ]


def test_the_importer_has_nothing_to_say_about_the_catalogue() -> None:
    """The first import that anybody sees is a clean one."""
    assert _read()[1] == []


def test_the_stand_is_as_large_as_a_large_stand() -> None:
    """Some 50 designs and 300 variants is what the screens are made for."""
    assert 50 <= len(_products()) <= 60
    assert 270 <= sum(len(parsed.product.variants) for parsed in _products()) <= 330


def test_ten_artists_and_the_festival_sell_in_every_category() -> None:
    artists = {parsed.product.artist for parsed in _products()}
    assert len(artists) == 11
    assert FESTIVAL in artists
    categories = {parsed.product.category for parsed in _products()}
    assert categories >= {"T-shirts", "Sweats", "Enfants", "Vinyles", "CD", "Livres", "Mugs"}
    assert categories >= {"Affiches", "Accessoires", "Patchs et pin’s"}


def test_only_books_leave_the_standard_rate() -> None:
    """Sound carriers are at the standard rate in France, books are not (CGI art. 278-0 bis)."""
    by_class = Counter((p.product.category, p.product.tax_class) for p in _products())
    assert by_class["Livres", "books"] == 3
    assert all(tax_class == "standard" for category, tax_class in by_class if category != "Livres")


def test_sizes_sell_out_and_one_design_is_gone() -> None:
    """A demo in which everything is there shows nothing of the till's best side."""
    gone = [all(quantity == 0 for quantity in parsed.quantities) for parsed in _products()]
    assert sum(gone) == 1
    assert sum(quantity == 0 for parsed in _products() for quantity in parsed.quantities) >= 20


def test_a_design_has_up_to_three_options() -> None:
    assert {len(parsed.product.option_names) for parsed in _products()} == {0, 1, 2, 3}


def test_barcodes_are_unique_and_right() -> None:
    codes = _barcodes()
    assert len(codes) == len(set(codes))
    assert [code for code in codes if code[-1] != ean_check_digit(code[:12])] == []


@pytest.mark.parametrize("code", ["4006381333931", "9780201379624", "5901234123457"])
def test_check_digits_are_those_of_printed_barcodes(code: str) -> None:
    """Known EAN-13 codes, so that the digit is not only right by its own rule."""
    assert ean_check_digit(code[:12]) == code[12]


def test_no_barcode_is_a_real_product() -> None:
    """GS1 leaves the prefixes 20 to 29 to a shop's own numbers."""
    assert [code for code in _barcodes() if len(code) != 13 or not code.startswith("20")] == []


def test_most_things_scan_and_some_have_no_code_at_all() -> None:
    """As on a real stand, where the last delivery came without labels."""
    variants = [variant for parsed in _products() for variant in parsed.product.variants]
    assert 0.9 < sum(bool(variant.barcodes) for variant in variants) / len(variants) < 1
    assert any(not variant.sku for variant in variants)
    skus = [variant.sku for variant in variants if variant.sku]
    assert len(skus) == len(set(skus))


def test_prices_are_round_and_as_on_a_stand() -> None:
    prices = [v.price.minor for parsed in _products() for v in parsed.product.variants]
    assert min(prices) >= 200
    assert max(prices) <= 6500
    assert [price for price in prices if price % 50] == []


def test_every_design_has_its_picture_and_no_picture_is_left_over() -> None:
    handles = {parsed.product.handle for parsed in _products()}
    colours = {
        f"{parsed.product.handle}--{slug(variant.options[0])}"
        for parsed in _products()
        for variant in parsed.product.variants
        if variant.options
    }
    files = {file.stem for file in PICTURES.iterdir()}
    assert {name for name in files if "--" not in name} == handles
    assert {name for name in files if "--" in name} <= colours
    assert {parsed.product.picture for parsed in _products()} == {
        f"pictures/{handle}.png" for handle in handles
    }


def test_pictures_are_square_small_and_all_different() -> None:
    """They are in the repository and on every till."""
    files = sorted(PICTURES.iterdir())
    for file in files:
        with Image.open(file) as picture:
            assert picture.size == (480, 480), file.name
            assert picture.format == "PNG", file.name
        assert file.stat().st_size <= PICTURE_BYTES_MAX, file.name
    assert sum(file.stat().st_size for file in files) <= PICTURES_BYTES_MAX
    assert len({file.read_bytes() for file in files}) == len(files)


def test_the_catalogue_is_what_the_designs_say() -> None:
    """Nobody edits products.csv by hand, and nobody forgets to write it again."""
    artists, designs = read_designs()
    assert CATALOGUE.read_text(encoding="utf-8") == as_csv(artists, designs), (
        f"{DESIGNS.name} has changed: python -m scripts.demo_catalogue"
    )


def test_what_is_said_to_be_sold_out_exists() -> None:
    """A misspelt size would quietly stay in stock."""
    _, designs = read_designs()
    unknown = [
        (design.handle, label)
        for design in designs
        for label in design.sold_out
        if label != "*" and label not in {" / ".join(values) for values in design.versions()}
    ]
    assert unknown == []


def test_a_design_keeps_a_number_of_its_own() -> None:
    """Barcodes are made of the number."""
    _, designs = read_designs()
    assert len({design.number for design in designs}) == len(designs)

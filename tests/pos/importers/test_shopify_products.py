"""A Shopify export as it really is, quirk by quirk."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.catalogue import NAME_MAX
from pos.ids import product_id, variant_id
from pos.importers import product_draft
from pos.importers.book_words import looks_like_books, names_books
from pos.importers.notices import UnreadableFile
from pos.money import EUR, Money
from tests.pos.importers.shop_files import (
    HEADER,
    NEW_HEADER,
    REAL_FILE,
    a_shirt,
    a_size,
    csv_text,
    read,
    read_rows,
    terms,
    write,
)


def test_the_shops_own_sample_is_read_whole() -> None:
    products, heard = read(REAL_FILE)
    assert len(products) == 20
    assert sum(len(parsed.product.variants) for parsed in products) == 22
    assert heard.problems == []
    assert heard.warnings == [(0, "untracked")]
    top = products[1].product
    assert top.name == "Classic Varsity Top"
    assert top.option_names == ("Size",)
    assert [variant.options for variant in top.variants] == [("Small",), ("Medium",), ("Large",)]
    assert {variant.price for variant in top.variants} == {Money(6000, EUR)}
    assert top.artist == "partners-demo"
    assert products[0].product.variants[0].options == ()
    assert products[0].product.picture.startswith("https://burst.shopifycdn.com/")


def test_sizes_in_continuation_rows_belong_to_the_product_above(tmp_path: Path) -> None:
    products, heard = read_rows(tmp_path, a_shirt(size="S"), a_size(size="M"), a_size(size="L"))
    (parsed,) = products
    assert parsed.product.product_id == product_id("wildfire")
    ids = [variant.variant_id for variant in parsed.product.variants]
    assert ids == [variant_id("wildfire", [size]) for size in "SML"]
    assert parsed.lines == (2, 3, 4)
    assert [piece.quantity for piece in parsed.opening] == [12, 12, 12]
    assert heard.notices == []


def test_a_row_with_only_a_handle_and_a_picture_is_no_variant(tmp_path: Path) -> None:
    picture = {"Handle": "wildfire", "Image Src": "https://shop.example/back.jpg"}
    front = a_shirt(Image_Src="https://shop.example/front.jpg")
    products, heard = read_rows(tmp_path, front, picture, a_size(), picture)
    assert len(products[0].product.variants) == 2
    assert products[0].product.picture == "https://shop.example/front.jpg"
    assert heard.notices == []


def test_default_title_means_that_there_is_nothing_to_choose(tmp_path: Path) -> None:
    mug = a_shirt("mug", Option1_Name="Title", Option1_Value="Default Title")
    products, _ = read_rows(tmp_path, mug)
    assert products[0].product.option_names == ()
    assert products[0].product.variants[0].options == ()
    assert products[0].product.variants[0].variant_id == variant_id("mug", [])


def test_three_options_make_one_variant_each(tmp_path: Path) -> None:
    first = a_shirt(
        Option2_Name="Colour", Option2_Value="Black", Option3_Name="Cut", Option3_Value="Wide"
    )
    second = a_size(size="M", Option2_Value="White", Option3_Value="Wide")
    products, heard = read_rows(tmp_path, first, second)
    assert products[0].product.option_names == ("Size", "Colour", "Cut")
    options = [variant.options for variant in products[0].product.variants]
    assert options == [("M", "Black", "Wide"), ("M", "White", "Wide")]
    assert heard.problems == []


def test_the_newer_column_names_mean_the_same(tmp_path: Path) -> None:
    row = {
        "Title": "Poster",
        "URL handle": "poster",
        "Description": "<p>A2</p>",
        "Vendor": "Les Naufragés",
        "Type": "Posters",
        "Published on online store": "TRUE",
        "Status": "Active",
        "SKU": "PO-A2",
        "Barcode": "'4006381333931",
        "Option1 name": "Title",
        "Option1 value": "Default Title",
        "Price": "15.00",
        "Charge tax": "TRUE",
        "Inventory tracker": "shopify",
        "Inventory quantity": "40",
        "Product image URL": "https://shop.example/a2.jpg",
        "Gift card": "FALSE",
    }
    path = tmp_path / "new.csv"
    path.write_text(csv_text([row], NEW_HEADER), encoding="utf-8")
    products, heard = read(path)
    product = products[0].product
    assert (product.handle, product.name, product.description) == ("poster", "Poster", "A2")
    assert product.variants[0].barcodes == ("4006381333931",)
    assert product.variants[0].sku == "PO-A2"
    assert product.picture == "https://shop.example/a2.jpg"
    assert products[0].opening[0].quantity == 40
    assert heard.notices == []


def test_headers_are_found_whatever_their_capitals_blanks_and_order(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(" PRICE ;unknown;title;  url  handle\n25;x;Cap;cap\n", encoding="utf-8")
    products, heard = read(path)
    assert products[0].product.name == "Cap"
    assert [kind for _, kind in heard.warnings] == ["no_quantities"]


def test_the_type_of_2021_is_a_type(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("Handle,Title,Custom Product Type,Variant Price\ncap,Cap,Caps,25\n")
    products, _ = read(path)
    assert products[0].product.category == "Caps"


@pytest.mark.parametrize(
    ("header", "kind", "value"),
    [
        ("Handle,Title", "missing_columns", "Variant Price"),
        ("a,b,c", "missing_columns", "Handle, Title, Variant Price"),
        ("Handle,Title,Title,Variant Price", "column_twice", "Title"),
        ("Name,Email,Lineitem quantity,Lineitem name", "orders", ""),
        ("Handle,Title,Option1 Name,SKU,Location,On hand (current)", "inventory", ""),
    ],
)
def test_another_file_is_called_what_it_is(
    tmp_path: Path, header: str, kind: str, value: str
) -> None:
    path = tmp_path / "other.csv"
    path.write_text(header + "\n")
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert (refused.value.kind, refused.value.value) == (kind, value)


@pytest.mark.parametrize(
    ("cells", "column", "kind"),
    [
        ({"Title": ""}, "Title", "missing"),
        ({"Title": "\u202e\x07"}, "Title", "missing"),
        ({"Variant_Price": ""}, "Variant Price", "missing"),
        ({"Variant_Price": "abc"}, "Variant Price", "not_an_amount"),
        ({"Variant_Price": "-1"}, "Variant Price", "negative_amount"),
        ({"Variant_Inventory_Qty": "a dozen"}, "Variant Inventory Qty", "not_a_quantity"),
        ({"Variant_Taxable": "perhaps"}, "Variant Taxable", "not_yes_or_no"),
        ({"Variant_Barcode": "4.0E+12"}, "Variant Barcode", "barcode_number"),
        ({"Variant_SKU": "x" * 101}, "Variant SKU", "too_long"),
        ({"Option1_Value": ""}, "Option1 Value", "missing"),
        ({"Option2_Value": "Black"}, "Option2 Name", "no_option_name"),
        ({"Published": "soon"}, "Published", "not_yes_or_no"),
        ({"Gift_Card": "?"}, "Gift Card", "not_yes_or_no"),
        ({"Vendor": "a\0b"}, "Handle", "control"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(
    tmp_path: Path, cells: dict[str, str], column: str, kind: str
) -> None:
    products, heard = read_rows(tmp_path, a_shirt("ahead"), a_shirt(**cells))
    assert heard.problems == [(3, column, kind)]
    assert [parsed.product.handle for parsed in products] == ["ahead"]


def test_a_bad_size_leaves_the_others_and_says_that_the_product_is_not_whole(
    tmp_path: Path,
) -> None:
    rows = a_shirt(size="S"), a_size(size="M", Variant_Price="x"), a_size(size="L")
    products, heard = read_rows(tmp_path, *rows)
    assert [variant.options for variant in products[0].product.variants] == [("S",), ("L",)]
    assert not products[0].is_whole
    assert heard.problems == [(3, "Variant Price", "not_an_amount")]


def test_every_bad_cell_of_a_row_is_named_at_once(tmp_path: Path) -> None:
    row = a_shirt(Variant_Price="x", Variant_Inventory_Qty="y", Title="")
    _, heard = read_rows(tmp_path, row)
    columns = {column for _, column, _ in heard.problems}
    assert columns == {"Title", "Variant Price", "Variant Inventory Qty"}


def test_a_product_of_pictures_only_has_no_price(tmp_path: Path) -> None:
    products, heard = read_rows(tmp_path, {"Handle": "mug", "Title": "Mug", "Image Src": "x"})
    assert products == []
    assert heard.problems == [(2, "Variant Price", "missing")]


def test_a_row_without_handle_belongs_to_nothing(tmp_path: Path) -> None:
    _, heard = read_rows(tmp_path, a_shirt(), a_size(""))
    assert heard.problems == [(3, "Handle", "missing")]


def test_a_row_that_spills_over_the_header_is_bad(tmp_path: Path) -> None:
    path = tmp_path / "spill.csv"
    path.write_text("Handle,Title,Variant Price\ncap,Cap, red,25\nmug,Mug,9,,\n")
    products, heard = read(path)
    assert heard.problems == [(2, "Handle", "too_many_cells")]
    assert [parsed.product.handle for parsed in products] == ["mug"]


def test_a_short_row_has_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("Handle,Title,Variant Price,Vendor\ncap,Cap,25\n")
    products, heard = read(path)
    assert products[0].product.artist == ""
    assert heard.problems == []


def test_a_barcode_used_twice_in_the_file_names_both_lines(tmp_path: Path) -> None:
    code = {"Variant_Barcode": "4006381333931"}
    _, heard = read_rows(tmp_path, a_shirt(**code), a_shirt("cap", **code))
    assert heard.problems == [(3, "Variant Barcode", "barcode_twice")]
    assert getattr(heard.notices[0], "other_line", 0) == 2


def test_the_same_size_twice_is_bad(tmp_path: Path) -> None:
    products, heard = read_rows(tmp_path, a_shirt(size="M"), a_size(size="L"), a_size(size="M"))
    assert heard.problems == [(4, "Option1 Value", "variant_twice")]
    assert len(products[0].product.variants) == 2


def test_a_handle_that_comes_back_later_is_bad_in_all_its_rows(tmp_path: Path) -> None:
    rows = a_shirt(), a_shirt("cap"), a_size(size="L"), a_size(size="XL")
    products, heard = read_rows(tmp_path, *rows)
    assert heard.problems == [(4, "Handle", "handle_again"), (5, "Handle", "handle_again")]
    assert [len(parsed.product.variants) for parsed in products] == [1, 1]


def test_more_variants_than_a_shop_allows_are_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(product_draft, "VARIANTS_MAX", 2)
    _, heard = read_rows(tmp_path, a_shirt(size="S"), a_size(size="M"), a_size(size="L"))
    assert heard.problems == [(4, "Handle", "too_many_variants")]


def test_a_gift_card_is_left_out_whatever_its_rows_hold(tmp_path: Path) -> None:
    """Issuing one is no turnover (fiscal.md R30), so the till must not sell it as goods."""
    card = a_shirt("card", Gift_Card="true", Variant_Price="any")
    products, heard = read_rows(tmp_path, card, a_shirt())
    assert [parsed.product.handle for parsed in products] == ["wildfire"]
    assert heard.warnings == [(2, "gift_card")]
    assert heard.problems == []


@pytest.mark.parametrize(
    ("status", "published", "on_sale"),
    [
        ("active", "true", True),
        ("ACTIVE", "false", True),  # a stand sells what the online shop hides
        ("unlisted", "true", True),
        ("draft", "true", False),
        ("archived", "", False),
        ("", "true", True),
        ("", "FAUX", False),
        ("", "", True),
    ],
)
def test_the_status_decides_and_published_only_without_one(
    tmp_path: Path, status: str, published: str, *, on_sale: bool
) -> None:
    products, heard = read_rows(tmp_path, a_shirt(Status=status, Published=published))
    assert products[0].product.on_sale is on_sale
    assert heard.notices == []


def test_an_unknown_status_is_on_sale_with_a_warning(tmp_path: Path) -> None:
    products, heard = read_rows(tmp_path, a_shirt(Status="seasonal"))
    assert products[0].product.on_sale
    assert heard.warnings == [(2, "unknown_status")]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"Variant_Price": "0.00"}, "free"),
        ({"Variant_Inventory_Qty": "-4"}, "negative_quantity"),
        ({"Variant_Taxable": "false"}, "not_taxable"),
        ({"Variant_Barcode": "4006381333930"}, "check_digit"),
        ({"Title": "x" * (NAME_MAX + 1)}, "shortened"),
        ({"Vendor": "x" * 10_000}, "shortened"),
        ({"Option1_Value": "x" * 101}, "shortened"),
        ({"Type": "Livres"}, "looks_like_books"),
    ],
)
def test_what_is_odd_but_possible_is_imported_with_a_warning(
    tmp_path: Path, cells: dict[str, str], kind: str
) -> None:
    products, heard = read_rows(tmp_path, a_shirt(**cells))
    assert len(products) == 1
    assert products[0].is_whole
    assert heard.warnings == [(2, kind)]


def test_stock_that_the_shop_oversold_opens_at_nothing(tmp_path: Path) -> None:
    products, _ = read_rows(tmp_path, a_shirt(Variant_Inventory_Qty="-4"))
    assert products[0].opening == ()


def test_a_variant_without_quantity_opens_nothing(tmp_path: Path) -> None:
    products, heard = read_rows(tmp_path, a_shirt(Variant_Inventory_Qty=""))
    assert products[0].opening == ()
    assert products[0].quantities == (None,)
    assert heard.notices == []


def test_an_untaxed_product_is_warned_about_once(tmp_path: Path) -> None:
    untaxed = {"Variant_Taxable": "false"}
    _, heard = read_rows(tmp_path, a_shirt(size="S", **untaxed), a_size(size="M", **untaxed))
    assert heard.warnings == [(2, "not_taxable")]


def test_another_title_in_a_later_row_does_not_count(tmp_path: Path) -> None:
    products, heard = read_rows(tmp_path, a_shirt(), a_size(Title="Hoodie"))
    assert products[0].product.name == "T-shirt Wildfire"
    assert heard.warnings == [(3, "title_differs")]


@pytest.mark.parametrize(
    "product_type",
    [
        "Livres",
        "Books",
        "Boeken",
        "Bandes dessinées",
        "Sheet music",
        "Magazine",
        "PRESSE",
        "Partitions",
    ],
)
def test_a_type_that_sounds_like_print_is_warned_about_once(
    tmp_path: Path, product_type: str
) -> None:
    rows = a_shirt("a", Type=product_type), a_shirt("b", Type=product_type)
    products, heard = read_rows(tmp_path, *rows)
    assert heard.warnings == [(2, "looks_like_books")]
    assert products[0].product.tax_class == "standard"


@pytest.mark.parametrize(
    ("product_type", "is_proposed"),
    [("Livres", True), ("Sheet music", True), ("Magazine", False), ("Livres et presse", False)],
)
def test_only_books_are_proposed_as_books(product_type: str, is_proposed: bool) -> None:
    """The press has rates and conditions of its own."""
    assert looks_like_books(product_type)
    assert names_books(product_type) is is_proposed


@pytest.mark.parametrize("product_type", ["T-shirts", "Notebook", "Impressions", "Vinyl", ""])
def test_other_types_are_not(tmp_path: Path, product_type: str) -> None:
    _, heard = read_rows(tmp_path, a_shirt(Type=product_type))
    assert heard.warnings == []


def test_a_type_gets_the_tax_class_it_was_given_whatever_its_capitals(tmp_path: Path) -> None:
    path = write(tmp_path, a_shirt("a", Type="LIVRES"), a_shirt("b"))
    products, heard = read(path, terms(livres="books"))
    assert [parsed.product.tax_class for parsed in products] == ["books", "standard"]
    assert heard.warnings == []


def test_a_tax_class_for_a_type_that_is_not_there_is_a_typing_mistake(tmp_path: Path) -> None:
    _, heard = read(write(tmp_path, a_shirt()), terms(Livers="books"))
    assert heard.warnings == [(0, "type_unused")]


def test_hostile_text_is_harmless_text(tmp_path: Path) -> None:
    name = "<b>T\x1b[2J</b>\u202etrihs-T\x00"
    row = a_shirt(Title=name.replace("\x00", ""), Vendor="=cmd|' /C calc'!A0")
    products, _ = read_rows(tmp_path, row)
    assert products[0].product.name == "<b>T[2J</b>trihs-T"
    assert products[0].product.artist == "=cmd|' /C calc'!A0"


def test_a_handle_in_two_spellings_of_unicode_is_one_product(tmp_path: Path) -> None:
    rows = a_shirt("e\u0301te", "S"), a_size("\u00e9te", "M")
    products, heard = read_rows(tmp_path, *rows)
    assert len(products) == 1
    assert heard.problems == []


def test_a_handle_of_a_thousand_letters_is_bad(tmp_path: Path) -> None:
    _, heard = read_rows(tmp_path, a_shirt("x" * 1000))
    assert heard.problems == [(2, "Handle", "too_long")]


def test_a_file_of_another_tool_with_semicolons_reads_the_same(tmp_path: Path) -> None:
    rows = [a_shirt(Title="T-shirt; noir, bio"), a_size()]
    comma, semicolon = tmp_path / "comma.csv", tmp_path / "semicolon.csv"
    comma.write_bytes(csv_text(rows).replace("\r\n", "\n").encode())
    semicolon.write_bytes(("\ufeff" + csv_text(rows, HEADER, ";").rstrip()).encode())
    assert read(comma)[0] == read(semicolon)[0]


def test_notices_come_in_the_order_of_the_rows(tmp_path: Path) -> None:
    rows = a_shirt(Published="?"), a_size(size="", Variant_Price="1"), a_size(Variant_Price="x")
    _, heard = read_rows(tmp_path, *rows)
    assert [line for line, _, _ in heard.problems] == [2, 3, 4]

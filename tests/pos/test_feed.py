from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.commands import PRODUCTS_PAGE_MAX, ApplyProducts, FinishImport
from pos.domain.catalogue import OpeningStock, Product, ProductsApplied
from pos.domain.facts import CatalogueChanged, JournalEntry, StockReceived
from pos.handlers.feed import apply_products, finish_import
from pos.ids import internal_barcode, variant_id, with_check_digit
from pos.reports.catalogue import (
    BarcodeOwners,
    CountCatalogue,
    ExistingProducts,
    FindByCode,
    Found,
    KeysOf,
    Tiles,
    Unknown,
    VariantsWithStock,
)
from pos.till import Till
from tests.builders import (
    AFTERNOON,
    ZOE,
    a_product,
    a_sale,
    a_size,
    a_till,
    an_opening,
    euros,
    fill,
    on_sale,
    opening_stock,
)
from tests.fakes import FakeWork

EAN = with_check_digit("376012345678")
OTHER_EAN = with_check_digit("376012345679")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    till = a_till(tmp_path)
    yield till
    till.close()


def a_tee(*, price: int = 2500, barcode: str = "", sku: str = "TS-M") -> Product:
    return a_product("tee", a_size(handle="tee", price=price, sku=sku, barcodes=codes(barcode)))


def a_mug(*, barcode: str = "") -> Product:
    mug = a_size("", handle="mug", price=1200, barcodes=codes(barcode))
    return a_product("mug", mug, name="Mug", category="Mugs")


def codes(barcode: str) -> tuple[str, ...]:
    return (barcode,) if barcode else ()


def owner(till: Till, code: str) -> str:
    found = till.ask(FindByCode(candidates=(code,)))
    return found.key.variant.name if isinstance(found, Found) else "nobody"


def facts_heard(till: Till) -> list[object]:
    heard: list[object] = []

    def hear(entry: JournalEntry) -> None:
        heard.append(entry.fact)

    till.listen(hear)
    return heard


def test_an_import_counts_what_is_new(till: Till) -> None:
    sizes = [a_size(size, handle="tee") for size in "SML"]
    applied = fill(till, a_product("tee", *sizes), a_mug(), stock=5)
    assert applied == ProductsApplied(products_added=2, variants_added=4, stock_opened=4)
    size = till.ask(CountCatalogue())
    assert (size.products, size.variants) == (2, 4)


def test_importing_the_same_again_changes_nothing(till: Till) -> None:
    fill(till, a_tee(barcode=EAN), a_mug(), stock=5)
    heard = facts_heard(till)
    assert fill(till, a_tee(barcode=EAN), a_mug(), stock=5) == ProductsApplied()
    assert heard == []


@pytest.mark.parametrize(
    ("changed", "products", "variants"),
    [
        (a_tee(price=3000), 1, 1),
        (a_tee(sku="TS-MEDIUM"), 1, 1),
        (a_tee(barcode=EAN), 1, 1),
        (a_product("tee", *a_tee().variants, name="T-shirt Incendie"), 1, 0),
        (a_product("tee", *a_tee().variants, tax_class="books"), 1, 0),
    ],
    ids=["price", "sku", "barcode", "name", "tax class"],
)
def test_a_change_is_taken_over_and_counted(
    till: Till, changed: Product, products: int, variants: int
) -> None:
    fill(till, a_tee())
    applied = fill(till, changed)
    assert applied == ProductsApplied(products_changed=products, variants_changed=variants)
    ids = (changed.product_id,)
    assert till.ask(ExistingProducts(product_ids=ids)) == {changed.product_id: changed}


def test_a_variant_that_is_new_in_a_known_product_is_added(till: Till) -> None:
    fill(till, a_tee())
    large = a_size("L", handle="tee")
    applied = fill(till, a_product("tee", *a_tee().variants, large))
    assert (applied.products_changed, applied.variants_added) == (1, 1)


def test_what_has_left_the_file_leaves_its_tile_but_can_still_be_scanned(till: Till) -> None:
    """The piece may still be in somebody's hand."""
    large = a_size("L", handle="tee", sku="TS-L", barcodes=(EAN,))
    fill(till, a_product("tee", *a_tee().variants, large))
    fill(till, a_tee())
    (tile,) = till.ask(Tiles()).tiles
    assert [key.variant.options for key in tile.keys] == [("M",)]
    assert isinstance(till.ask(FindByCode(candidates=(EAN,))), Found)
    assert isinstance(till.ask(FindByCode(candidates=("TS-L",))), Unknown)
    # And it comes back under its number when it is listed again.
    number = on_sale(till, EAN).number
    assert fill(till, a_product("tee", *a_tee().variants, large)).variants_added == 1
    assert on_sale(till, EAN).number == number


def test_a_quantity_opens_the_stock_only_once(till: Till) -> None:
    """A second import is not a delivery: differences are left to a count."""
    fill(till, a_tee(), stock=5)
    assert fill(till, a_tee(), stock=8).stock_opened == 0
    (key,) = till.ask(KeysOf(variant_ids=(variant_id("tee", ("M",)),)))
    assert key.on_hand == 5


def test_a_quantity_after_a_sale_opens_nothing(till: Till) -> None:
    """Something moved already, so nobody knows what the file's number was counted against."""
    fill(till, a_tee(barcode=EAN))
    till.execute(a_sale(on_sale(till, EAN), tenders=[("cash", 2500)]))
    assert fill(till, a_tee(barcode=EAN), stock=8).stock_opened == 0
    assert till.ask(VariantsWithStock(variant_ids=(variant_id("tee", ("M",)),)))


def test_stock_of_none_is_no_movement() -> None:
    work = FakeWork(an_opening(), AFTERNOON)
    pieces = (*opening_stock(a_tee(), 0), OpeningStock(variant_id("mug", ()), -3))
    command = ApplyProducts(products=(a_tee(), a_mug()), opening=pieces, operator=ZOE)
    assert apply_products(command, work).stock_opened == 0
    assert work.recorded == []


def test_a_single_piece_is_stock() -> None:
    work = FakeWork(an_opening(), AFTERNOON)
    command = ApplyProducts(products=(a_tee(),), opening=opening_stock(a_tee(), 1), operator=ZOE)
    assert apply_products(command, work).stock_opened == 1


def test_a_pages_opening_stock_is_one_fact_of_its_stand() -> None:
    work = FakeWork(an_opening(), AFTERNOON)
    pieces = (*opening_stock(a_tee(), 4), *opening_stock(a_mug(), 9))
    command = ApplyProducts(products=(a_tee(), a_mug()), opening=pieces, operator=ZOE)
    assert apply_products(command, work).stock_opened == 2
    assert work.recorded == [StockReceived(stand="GS", reason="opening", pieces=pieces)]
    assert work.actors == [ZOE]


def test_a_page_is_bounded() -> None:
    work = FakeWork(an_opening(), AFTERNOON)
    too_many = (a_tee(),) * (PRODUCTS_PAGE_MAX + 1)
    with pytest.raises(AssertionError):
        apply_products(ApplyProducts(products=too_many, operator=ZOE), work)


def test_an_imports_end_is_a_fact_with_the_files_name() -> None:
    work = FakeWork(an_opening(), AFTERNOON)
    command = FinishImport(
        source="été\n2026.csv", sha256="ab" * 32, products=2, variants=3, operator=ZOE
    )
    changed = finish_import(command, work)
    assert changed == CatalogueChanged(
        source="été 2026.csv", sha256="ab" * 32, products=2, variants=3
    )
    assert work.recorded == [changed]


def test_a_barcode_that_moves_is_found_at_its_new_owner_only(till: Till) -> None:
    fill(till, a_tee(barcode=EAN), a_mug())
    fill(till, a_tee(), a_mug(barcode=EAN))
    assert owner(till, EAN) == "Mug"
    assert till.ask(BarcodeOwners(barcodes=(EAN, OTHER_EAN))) == {EAN: variant_id("mug", ())}


def test_two_barcodes_that_change_places_in_one_file_do_so(till: Till) -> None:
    fill(till, a_tee(barcode=EAN), a_mug(barcode=OTHER_EAN))
    fill(till, a_tee(barcode=OTHER_EAN), a_mug(barcode=EAN))
    assert (owner(till, EAN), owner(till, OTHER_EAN)) == ("Mug", "T-shirt Wildfire")
    again = fill(till, a_tee(barcode=OTHER_EAN), a_mug(barcode=EAN))
    assert again == ProductsApplied()


def test_who_lost_his_only_barcode_can_still_be_labelled(till: Till) -> None:
    fill(till, a_tee(barcode=EAN))
    fill(till, a_mug(barcode=EAN))
    own = internal_barcode(variant_id("tee", ("M",)))
    assert owner(till, own) == "T-shirt Wildfire"


def test_a_variant_without_a_barcode_gets_one_of_ours(till: Till) -> None:
    fill(till, a_tee())
    own = internal_barcode(variant_id("tee", ("M",)))
    assert on_sale(till, own).barcode == own
    # The code on the label that was printed stays right when the maker's code arrives.
    fill(till, a_tee(barcode=EAN))
    assert owner(till, own) == "T-shirt Wildfire"
    assert on_sale(till, own).barcode == EAN


def test_a_code_of_ours_that_is_taken_gives_way_to_the_next(till: Till) -> None:
    tee = variant_id("tee", ("M",))
    fill(till, a_mug(barcode=internal_barcode(tee)))
    fill(till, a_tee())
    assert owner(till, internal_barcode(tee)) == "Mug"
    assert owner(till, internal_barcode(tee, attempt=1)) == "T-shirt Wildfire"


def test_a_makers_code_takes_the_place_of_one_of_ours(till: Till) -> None:
    tee = variant_id("tee", ("M",))
    fill(till, a_tee())
    fill(till, a_mug(barcode=internal_barcode(tee)))
    assert owner(till, internal_barcode(tee)) == "Mug"
    assert owner(till, internal_barcode(tee, attempt=1)) == "T-shirt Wildfire"


def test_several_barcodes_of_one_variant_are_all_read_and_the_first_is_shown(till: Till) -> None:
    fill(till, a_product("tee", a_size(handle="tee", barcodes=(OTHER_EAN, EAN))))
    assert on_sale(till, EAN).barcode == OTHER_EAN
    assert on_sale(till, OTHER_EAN).price == euros(2500)

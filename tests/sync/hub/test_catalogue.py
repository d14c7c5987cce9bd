"""What head office decides about products, and that tills hear of what changed and of no more."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from pos.domain.catalogue import Product
from pos.domain.feed import ProductListed, StaffListed, StandListed, StockOfTill
from pos.ids import OperatorCode, VariantId, product_id, variant_id
from pos.importers import import_request
from pos.importers.notices import UnreadableFile
from sync.hub.catalogue import (
    NoOrganisation,
    NotFound,
    Request,
    check_products,
    import_products,
    set_picture,
    set_price,
)
from sync.hub.pictures import BadPicture, media_type_of
from sync.hub.store import browsing, catalogue, tills
from sync.hub.store.database import HubDatabase
from tests.builders import a_product, a_size, euros
from tests.pos.importers.shop_files import REAL_FILE, Heard, a_shirt, csv_text, write
from tests.pos.importers.shop_files import a_size as a_row
from tests.sync.hub.house import ORGANISATION, House, SellingTill

AT = "2026-07-18T12:00:00.000000Z"
EAN = "4006381333931"


@pytest.fixture
def house(hub_database: HubDatabase) -> House:
    return House(hub_database)


@pytest.fixture
def sqlite_house(tmp_path: Path) -> House:
    return House(HubDatabase.open(tmp_path / "hub.db"))


def products_told(house: House) -> list[Product]:
    return [one.product for one in house.told() if isinstance(one, ProductListed)]


def kept(house: House, handle: str = "wildfire") -> Product | None:
    with house.database.read() as connection:
        return catalogue.product_with_handle(connection, handle)


def png(width: int = 4, height: int = 4, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind)
    return out.getvalue()


def test_tills_hear_of_a_product_when_it_is_new_and_when_it_changes(house: House) -> None:
    shirt = a_product()
    house.put(shirt)
    assert products_told(house) == [shirt]
    house.put(shirt)
    assert products_told(house) == []
    over = msgspec.structs.replace(shirt, on_sale=False)
    house.put(over)
    assert products_told(house) == [over]
    assert kept(house) == over


def test_what_changed_is_counted(house: House) -> None:
    shirt = a_product("wildfire", a_size("M"), a_size("L"))
    with house.database.write() as connection:
        first = catalogue.put_products(connection, [shirt], AT)
    assert (first.products_added, first.variants_added) == (1, 2)
    dearer = msgspec.structs.replace(
        shirt, variants=(a_size("M"), a_size("L", price=3000), a_size("XL"))
    )
    with house.database.write() as connection:
        second = catalogue.put_products(connection, [dearer], AT)
    assert (second.products_changed, second.variants_added, second.variants_changed) == (1, 1, 1)


def test_a_price_changes_for_one_variant_of_one_product(house: House) -> None:
    shirt = a_product("wildfire", a_size("M"), a_size("L"))
    house.put(shirt)
    house.told()
    with house.database.write() as connection:
        target = shirt.variants[1].variant_id
        changed = set_price(connection, shirt.product_id, target, euros(3000), AT)
    assert [one.price for one in changed.variants] == [euros(2500), euros(3000)]
    assert products_told(house) == [changed]


def test_a_price_of_what_is_not_there_cannot_change(house: House) -> None:
    shirt = a_product()
    house.put(shirt)
    with house.database.write() as connection:
        with pytest.raises(NotFound, match="product"):
            set_price(connection, "nowhere", "nothing", euros(1), AT)
        with pytest.raises(NotFound, match="variant"):
            set_price(connection, shirt.product_id, "nothing", euros(1), AT)


def test_a_product_too_large_for_a_page_of_the_feed_is_refused(house: House) -> None:
    novel = msgspec.structs.replace(a_product(), description="x" * catalogue.PRODUCT_BYTES_MAX)
    with pytest.raises(catalogue.ProductTooLarge), house.database.write() as connection:
        catalogue.put_products(connection, [novel], AT)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_by_its_digest_and_named_in_the_product(
    sqlite_house: House, kind: str
) -> None:
    shirt = a_product()
    sqlite_house.put(shirt)
    body = png(kind=kind)
    with sqlite_house.database.write() as connection:
        changed = set_picture(connection, shirt.product_id, body, AT)
    assert changed.picture.startswith("sha256:")
    digest = bytes.fromhex(changed.picture.removeprefix("sha256:"))
    with sqlite_house.database.read() as connection:
        assert catalogue.picture_with(connection, digest) == (body, f"image/{kind.lower()}")
        assert catalogue.picture_with(connection, bytes(32)) is None
    with sqlite_house.database.write() as connection:
        assert set_picture(connection, shirt.product_id, b"", AT).picture == ""


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<svg/>", "format"),
        (png(kind="GIF"), "format"),
        (png()[:-20], "damaged"),
        (png() + bytes(2 * 1024 * 1024), "too_large"),
        (png(7000, 6000), "too_large"),
    ],
    ids=["svg", "gif", "cut", "bytes", "pixels"],
)
def test_what_tills_could_not_show_is_no_picture(body: bytes, why: str) -> None:
    with pytest.raises(BadPicture) as refused:
        media_type_of(body)
    assert refused.value.why == why


def test_a_shops_file_fills_the_catalogue_and_the_stand(house: House, tmp_path: Path) -> None:
    # Given a file with twelve pieces of each of two sizes
    path = write(tmp_path, a_shirt(Variant_Barcode=EAN, Image_Src="https://x/1.png"), a_row())
    house.told()
    # When it is imported for a stand
    summary = import_products(house.database, path, Request(stand="GS"), Heard(), now=house.clock)
    # Then tills hear of one product, and of what head office brought
    assert (summary.outcome, summary.applied.products_added, summary.applied.stock_opened) == (
        "imported",
        1,
        2,
    )
    told = house.told()
    (product,) = (one.product for one in told if isinstance(one, ProductListed))
    assert product.picture == ""  # an address of the shop's says nothing to a till
    stock = [one for one in told if isinstance(one, StockOfTill)]
    assert {(one.till_id, one.stand, one.pieces) for one in stock} == {(ORGANISATION, "GS", 12)}
    assert set(house.levels().values()) == {12}


def test_importing_a_file_again_changes_nothing_and_says_so_before(
    sqlite_house: House, tmp_path: Path
) -> None:
    path = write(tmp_path, a_shirt(Variant_Barcode=EAN, Image_Src="https://x/1.png"), a_row())
    request = Request(stand="GS")
    import_products(sqlite_house.database, path, request, Heard())
    sqlite_house.told()
    would = check_products(sqlite_house.database, path, request, Heard())
    assert (would.outcome, would.unchanged, would.applied.products_changed) == ("checked", 1, 0)
    did = import_products(sqlite_house.database, path, request, Heard())
    assert (did.unchanged, did.applied.stock_opened) == (1, 0)
    assert sqlite_house.told() == []


def test_what_a_stand_sold_already_is_not_opened_again(sqlite_house: House, tmp_path: Path) -> None:
    shirt = variant_id("wildfire", ("M",))
    till = SellingTill()
    till.sell(1, shirt)
    sqlite_house.bring_in(till)
    path = write(tmp_path, a_shirt())
    heard = Heard()
    summary = import_products(sqlite_house.database, path, Request(stand="GS"), heard)
    assert summary.applied.stock_opened == 0
    assert sqlite_house.levels() == {("GS", shirt): -1}


def test_a_bad_row_keeps_the_file_out_unless_it_is_skipped(
    sqlite_house: House, tmp_path: Path
) -> None:
    path = write(tmp_path, a_shirt(), a_row(Variant_Price="dear"))
    heard = Heard()
    summary = import_products(sqlite_house.database, path, Request(), heard)
    assert summary.outcome == "refused"
    assert heard.problems == [(3, "Variant Price", "not_an_amount")]
    assert kept(sqlite_house) is None
    import_products(sqlite_house.database, path, Request(skip_bad_rows=True), Heard())
    product = kept(sqlite_house)
    assert product is not None
    assert [one.options for one in product.variants] == [("M",)]


def test_a_barcode_of_another_product_is_a_bad_row_that_names_it(
    sqlite_house: House, tmp_path: Path
) -> None:
    sqlite_house.put(a_product("cap", a_size("", handle="cap", barcodes=(EAN,)), name="Cap"))
    heard = Heard()
    path = write(tmp_path, a_shirt(Variant_Barcode=EAN))
    summary = import_products(sqlite_house.database, path, Request(), heard)
    assert summary.outcome == "refused"
    assert heard.problems == [(2, "Variant Barcode", "barcode_taken")]
    assert heard.missing == ["Cap"]


def test_a_barcode_moves_between_products_of_one_file(sqlite_house: House, tmp_path: Path) -> None:
    first = write(tmp_path, a_shirt("one", Variant_Barcode=EAN), a_shirt("two"))
    import_products(sqlite_house.database, first, Request(), Heard())
    second = write(tmp_path, a_shirt("one"), a_shirt("two", Variant_Barcode=EAN))
    assert import_products(sqlite_house.database, second, Request(), Heard()).outcome == "imported"
    with sqlite_house.database.read() as connection:
        owners = catalogue.owners_of_barcodes(connection, [EAN])
    assert owners == {EAN: variant_id("two", ("M",))}


def test_how_a_category_is_taxed_was_decided_once(sqlite_house: House, tmp_path: Path) -> None:
    book = write(tmp_path, a_shirt("lettres", Type="Livres", Title="Lettres"))
    request = Request(tax_classes={"Livres": "books"})
    import_products(sqlite_house.database, book, request, Heard())
    heard = Heard()
    import_products(sqlite_house.database, book, Request(), heard)
    assert heard.warnings == []
    product = kept(sqlite_house, "lettres")
    assert product is not None
    assert product.tax_class == "books"


def test_pictures_come_from_a_folder_by_handle(sqlite_house: House, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "Wildfire.png").write_bytes(png())
    (folder / "cap.jpg").write_bytes(b"no picture")
    path = write(tmp_path, a_shirt(), a_shirt("cap"), a_shirt("bag"))
    request, heard = Request(pictures=folder), Heard()
    summary = import_products(sqlite_house.database, path, request, heard)
    assert (summary.pictures, summary.warnings) == (1, 1)
    assert heard.warnings == [(0, "picture_unreadable")]
    shirt, cap = kept(sqlite_house), kept(sqlite_house, "cap")
    assert shirt is not None
    assert shirt.picture.startswith("sha256:")
    assert cap is not None
    assert cap.picture == ""
    again = import_products(sqlite_house.database, path, Request(), Heard())
    assert (again.unchanged, kept(sqlite_house)) == (3, shirt)


def test_a_file_for_a_stand_that_is_not_there_is_refused(
    sqlite_house: House, tmp_path: Path
) -> None:
    path = write(tmp_path, a_shirt())
    with pytest.raises(NotFound, match="stand"):
        import_products(sqlite_house.database, path, Request(stand="XX"), Heard())


def test_something_else_than_a_product_file_is_refused(sqlite_house: House, tmp_path: Path) -> None:
    path = tmp_path / "portal.html"
    path.write_text("<html>Log in</html>")
    with pytest.raises(UnreadableFile):
        import_products(sqlite_house.database, path, Request(), Heard())


def test_nothing_is_imported_before_the_hub_is_somebodys(tmp_path: Path) -> None:
    database = HubDatabase.open(tmp_path / "hub.db")
    with pytest.raises(NoOrganisation):
        import_products(database, write(tmp_path, a_shirt()), Request(), Heard())


def test_a_real_export_is_imported_whole(sqlite_house: House) -> None:
    request = Request(stand="GS", skip_bad_rows=True)
    summary = import_products(sqlite_house.database, REAL_FILE, request, Heard())
    with sqlite_house.database.read() as connection:
        assert catalogue.count(connection) == (summary.products, summary.variants)
    assert summary.products > 10


@pytest.mark.soak
def test_a_large_file_needs_no_more_memory_than_a_page(
    sqlite_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty thousand variants must not make a small machine swap."""
    monkeypatch.setattr(import_request, "VARIANTS_PAGE_MAX", 100)
    _peak_bytes(sqlite_house, _large_file(tmp_path, 10))
    small = _peak_bytes(sqlite_house, _large_file(tmp_path, 100))
    large = _peak_bytes(sqlite_house, _large_file(tmp_path, 400))
    assert large - small < 300 * 1_000  # a product that was kept would take two thousand


def _large_file(tmp_path: Path, products: int) -> Path:
    rows = []
    for number in range(products):
        shirt = a_shirt(f"shirt-{products}-{number}")
        rows.append(shirt | {"Body (HTML)": "<p>Un beau T-shirt.</p>" * 40})
    path = tmp_path / f"{products}.csv"
    path.write_text(csv_text(rows))
    return path


def _peak_bytes(house: House, path: Path) -> int:
    class Silent(Heard):
        def notice(self, notice: object) -> None:
            pass

        def progress(self, phase: str, done: int, total: int) -> None:
            pass

    tracemalloc.start()
    try:
        import_products(house.database, path, Request(), Silent())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_staff_and_stands_are_told_of_when_they_change(house: House) -> None:
    zoe = StaffListed(code=OperatorCode("ZOE"), name="Zoé", role="manager", pin_hash="h")
    with house.database.write() as connection:
        assert catalogue.put_staff(connection, [zoe]) == 1
        assert catalogue.put_staff(connection, [zoe]) == 0
        gone = msgspec.structs.replace(zoe, is_active=False)
        assert catalogue.put_staff(connection, [gone]) == 1
        assert catalogue.put_stands(connection, [StandListed(stand="GS", name="Grande scène")]) == 0
        renamed = StandListed(stand="GS", name="Scène A")
        assert catalogue.put_stands(connection, [renamed]) == 1
        assert renamed in catalogue.all_stands(connection)
    assert house.told() == [zoe, gone, renamed]


def test_products_are_listed_page_by_page(house: House) -> None:
    for number in range(5):
        house.put(a_product(f"p{number}", name=f"Shirt {4 - number}", artist="Les 100 %"))
    with house.database.read() as connection:
        first = catalogue.page_of_products(connection, limit=3)
        second = catalogue.page_of_products(connection, after=first[-1].product_id, limit=3)
        found = catalogue.page_of_products(connection, words="100 %")
        none = catalogue.page_of_products(connection, words="_")
    assert sorted(one.name for one in (*first, *second)) == [f"Shirt {n}" for n in range(5)]
    assert (len(found), none) == (5, [])


@pytest.mark.parametrize("asked", ["été", "ÉTÉ", "l’Été"])
def test_products_and_stands_are_found_in_capitals_and_small_letters(
    sqlite_house: House, asked: str
) -> None:
    """SQLite's own `lower` knows no É; PostgreSQL's is that of the database's locale."""
    sqlite_house.put(a_product("poster", name="AFFICHE DE L’ÉTÉ"))
    with sqlite_house.database.write() as connection:
        catalogue.put_stands(connection, [StandListed(stand="ET", name="ÉTOILE")])
    with sqlite_house.database.read() as connection:
        assert browsing.products_found(connection, asked, start=0, limit=9)[0] == 1
        assert len(catalogue.page_of_products(connection, words=asked)) == 1
        assert [one.stand for one in tills.stands_named(connection, "étoile")] == ["ET"]


def test_a_variant_that_is_gone_keeps_its_name_and_loses_its_barcode(house: House) -> None:
    both = a_product("wildfire", a_size("M", barcodes=(EAN,)), a_size("L"))
    house.put(both)
    house.put(msgspec.structs.replace(both, variants=(a_size("L"),)))
    gone = VariantId(variant_id("wildfire", ("M",)))
    with house.database.read() as connection:
        assert catalogue.owners_of_barcodes(connection, [EAN]) == {}
        homes = catalogue.products_of_variants(connection, [gone])
    assert homes[gone].product_id == product_id("wildfire")

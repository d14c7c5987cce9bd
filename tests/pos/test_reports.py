from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.commands import (
    CorrectTender,
    ForgetUnreadTenders,
    IssueReceipt,
    SaveBasket,
    SaveTenders,
)
from pos.domain.basket import PRICE_MAX_MINOR, QUANTITY_MAX, Basket
from pos.domain.catalogue import Product
from pos.domain.facts import SaleCompleted
from pos.domain.receipt_code import unpack
from pos.domain.tender import TakenSoFar, Tender
from pos.ids import BasketId, SaleId, uuid7, with_check_digit
from pos.money import Currency, Money
from pos.reports.catalogue import (
    TILES_PAGE_MAX,
    Ambiguous,
    Categories,
    FindByCode,
    Found,
    KeysOf,
    TileOf,
    TilePage,
    Tiles,
    Unknown,
)
from pos.reports.sales import (
    FindLastSale,
    FindSale,
    SavedBasket,
    SavedTenders,
    Staff,
    TotalsOn,
    UnreadTenders,
    saved_basket,
)
from pos.signing import verifier
from pos.store.database import open_database, transaction
from pos.till import Till
from tests.builders import (
    ZOE,
    a_basket,
    a_cash_sale,
    a_product,
    a_sale,
    a_size,
    a_till,
    a_variant,
    euros,
    fill,
    folders_in,
    on_sale,
)

UPC = with_check_digit("03600029145")
EAN = with_check_digit("376012345678")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    till = a_till(tmp_path)
    yield till
    till.close()


def a_named(name: str, *, artist: str = "", category: str = "", sku: str = "") -> Product:
    return a_product(
        name, a_size("", handle=name, sku=sku), name=name, artist=artist, category=category
    )


def named(page: TilePage) -> list[str]:
    return [tile.name for tile in page.tiles]


def find(till: Till, *candidates: str) -> str:
    match till.ask(FindByCode(candidates=candidates)):
        case Found(key=key):
            return key.variant.label
        case Ambiguous(keys=keys):
            return " or ".join(key.variant.label for key in keys)
        case Unknown(code=code):
            return f"nothing has {code}"


def test_a_scan_finds_the_variant_with_its_stock(till: Till) -> None:
    fill(till, a_product("tee", a_size(handle="tee", sku="TS-M", barcodes=(EAN,))), stock=7)
    found = till.ask(FindByCode(candidates=(EAN,)))
    assert isinstance(found, Found)
    assert (found.code, found.key.on_hand) == (EAN, 7)
    assert found.key.variant.label == "T-shirt Wildfire · M"
    variant = found.key.variant
    assert (variant.price, variant.tax_class) == (euros(2500), "standard")
    assert (variant.sku, variant.barcode) == ("TS-M", EAN)
    assert (variant.artist, variant.category) == ("Les Naufragés", "T-shirts")


@pytest.mark.parametrize("printed", [UPC, "0" + UPC])
def test_a_upc_and_its_ean_with_a_zero_are_one_code(till: Till, printed: str) -> None:
    """Scanners add or drop the zero that makes a UPC-A an EAN-13."""
    fill(till, a_product("mug", a_size("", handle="mug", barcodes=(printed,)), name="Mug"))
    assert find(till, UPC) == find(till, "0" + UPC) == "Mug"
    assert find(till, "00" + UPC) == f"nothing has 00{UPC}"


def test_a_code_as_printed_comes_before_one_with_a_zero_more(till: Till) -> None:
    fill(
        till,
        a_product("upc", a_size("", handle="upc", barcodes=(UPC,)), name="UPC"),
        a_product("ean", a_size("", handle="ean", barcodes=("0" + UPC,)), name="EAN"),
    )
    assert (find(till, UPC), find(till, "0" + UPC)) == ("UPC", "EAN")


def test_an_sku_is_found_in_capitals_or_not(till: Till) -> None:
    fill(till, a_named("Mug", sku="Mug-01"))
    assert find(till, "mug-01") == find(till, "MUG-01") == "Mug"
    assert find(till, "mug-0") == "nothing has mug-0"
    assert find(till, "") == "nothing has "


def test_an_sku_that_several_share_asks_a_person(till: Till) -> None:
    fill(till, a_named("Mug", sku="X1"), a_named("Affiche", sku="x1"), a_named("Sac", sku="X2"))
    assert find(till, "X1") == "Mug or Affiche"


def test_the_first_reading_that_is_known_wins(till: Till) -> None:
    fill(till, a_named("Mug", sku="QUERTY"), a_named("Sac", sku="AZERTY"))
    assert find(till, "&é", "AZERTY", "QUERTY") == "Sac"
    assert find(till, "&é", "'(") == "nothing has &é"


def test_a_barcode_comes_before_an_sku_of_the_same_digits(till: Till) -> None:
    fill(till, a_named("Sac", sku=EAN), a_product("tee", a_size(handle="tee", barcodes=(EAN,))))
    assert find(till, EAN) == "T-shirt Wildfire · M"


@pytest.fixture
def stocked(till: Till) -> Till:
    large = a_size("XL", handle="tee", sku="TS-WIL-XL", barcodes=(EAN,))
    fill(
        till,
        a_product("tee", a_size(handle="tee", sku="TS-WIL-M"), large),
        a_named("Œuvre complète", artist="Mélusine", category="Disques"),
        a_named("Affiche d’été", artist="Mélusine", category="Affiches"),
        a_named("Mug <b>gras</b> 100 %", category="Mugs"),
        a_product("old", name="Affiche 2025", category="Affiches", on_sale=False),
        stock=3,
    )
    return till


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["T-shirt Wildfire", "Œuvre complète", "Affiche d’été", "Mug <b>gras</b> 100 %"]),
        ("wild", ["T-shirt Wildfire"]),
        ("WILD tee", []),
        ("shirt wild", ["T-shirt Wildfire"]),  # in any order
        ("ete", ["Affiche d’été"]),
        ("ÉTÉ", ["Affiche d’été"]),
        ("oeuvre", ["Œuvre complète"]),
        ("œuv", ["Œuvre complète"]),
        ("melusine", ["Œuvre complète", "Affiche d’été"]),
        ("melusine disq", ["Œuvre complète"]),
        ("xl", ["T-shirt Wildfire"]),
        ("ts-wil", ["T-shirt Wildfire"]),
        (EAN[:6], ["T-shirt Wildfire"]),
        ("fire", []),  # the middle of a word is no beginning
        ("2025", []),  # no longer on sale
        ("gras", ["Mug <b>gras</b> 100 %"]),
        ("---", []),
        ("   ", ["T-shirt Wildfire", "Œuvre complète", "Affiche d’été", "Mug <b>gras</b> 100 %"]),
    ],
)
def test_a_search_finds_beginnings_of_words(stocked: Till, words: str, names: list[str]) -> None:
    assert named(stocked.ask(Tiles(words=words))) == names


@pytest.mark.parametrize(
    "hostile",
    [
        '"',
        '""wild"',
        "wild*",
        "wild AND",
        "NOT wild",
        "words:wild",
        "NEAR(wild tee)",
        "wild) OR (1",
        "'; DROP TABLE product; --",
        "^wild + -{}",
        "a\x00b",
        "\u19b0\u19b1",
        "x" * 100_000,
        "a " * 10_000,
    ],
)
def test_a_search_is_only_ever_a_search(stocked: Till, hostile: str) -> None:
    stocked.ask(Tiles(words=hostile))
    stocked.ask(FindByCode(candidates=(hostile,)))
    assert len(stocked.ask(Tiles()).tiles) == 4


def test_anything_at_all_can_be_searched_for(stocked: Till) -> None:
    @settings(suppress_health_check=[HealthCheck.differing_executors])
    @given(st.text(max_size=40))
    def can_be_searched_for(text: str) -> None:
        stocked.ask(Tiles(words=text))

    can_be_searched_for()


def test_a_renamed_product_is_found_by_its_new_name_only(stocked: Till) -> None:
    sizes = a_product("tee", a_size(handle="tee")).variants
    fill(stocked, a_product("tee", *sizes, name="Débardeur Braise"))
    assert named(stocked.ask(Tiles(words="braise"))) == ["Débardeur Braise"]
    assert named(stocked.ask(Tiles(words="wildfire"))) == []


def test_a_category_narrows_tiles_and_words(stocked: Till) -> None:
    assert named(stocked.ask(Tiles(category="Affiches"))) == ["Affiche d’été"]
    assert named(stocked.ask(Tiles(category="Affiches", words="melusine"))) == ["Affiche d’été"]
    assert named(stocked.ask(Tiles(category="Disques", words="ete"))) == []
    assert named(stocked.ask(Tiles(category="affiches"))) == []


def test_categories_come_in_the_catalogues_order_with_what_is_on_sale(stocked: Till) -> None:
    names = [one.name for one in stocked.ask(Categories())]
    assert names == ["T-shirts", "Disques", "Affiches", "Mugs"]


def test_tiles_come_page_by_page(till: Till) -> None:
    fill(till, *(a_named(f"Pin {number:03d}") for number in range(TILES_PAGE_MAX + 5)))
    first = till.ask(Tiles(limit=1000))
    rest = till.ask(Tiles(offset=TILES_PAGE_MAX))
    assert (len(first.tiles), first.more) == (TILES_PAGE_MAX, True)
    assert (len(rest.tiles), rest.more) == (5, False)
    assert named(first) + named(rest) == [f"Pin {number:03d}" for number in range(65)]
    assert not till.ask(Tiles(offset=5)).more


def test_a_tile_has_its_sizes_in_order_and_counts_what_is_left(stocked: Till) -> None:
    (tile,) = stocked.ask(Tiles(words="wild")).tiles
    assert [(key.variant.options, key.on_hand) for key in tile.keys] == [(("M",), 3), (("XL",), 3)]
    stocked.execute(a_sale((tile.keys[1].variant, 5), tenders=[("card", 12_500)]))
    (sold,) = stocked.ask(Tiles(words="wild")).tiles
    assert [key.on_hand for key in sold.keys] == [3, -2]
    assert sold.on_hand == 3  # what is below zero counts as none


def test_a_product_has_the_tile_that_a_search_finds(stocked: Till) -> None:
    (tile,) = stocked.ask(Tiles(words="wild")).tiles
    assert stocked.ask(TileOf(product_id=tile.product_id)) == tile
    stocked.execute(a_sale((tile.keys[0].variant, 1), tenders=[("card", 2500)]))
    now = stocked.ask(TileOf(product_id=tile.product_id))
    assert now is not None
    assert [key.on_hand for key in now.keys] == [2, 3]


@pytest.mark.parametrize("handle", ["old", "nobody"])
def test_what_is_not_on_sale_has_no_tile(stocked: Till, handle: str) -> None:
    product = a_product(handle)
    assert stocked.ask(TileOf(product_id=product.product_id)) is None


def test_keys_come_in_the_order_asked_for_without_unknown_ones(stocked: Till) -> None:
    (tile,) = stocked.ask(Tiles(words="wild")).tiles
    medium, large = (key.variant.variant_id for key in tile.keys)
    keys = stocked.ask(KeysOf(variant_ids=(large, SaleId("nothing"), medium)))  # type: ignore[arg-type]  # no variant
    assert [key.variant.variant_id for key in keys] == [large, medium]


def test_a_days_totals_say_what_was_kept_by_each_method(till: Till) -> None:
    till.execute(a_cash_sale(2500, tendered=5000))
    till.execute(a_sale(a_variant(4000), tenders=[("card", 3000), ("cash", 2000)]))
    today = till.ask(TotalsOn(business_date="2026-07-18"))
    assert (today.sales, today.total_minor) == (2, 6500)
    assert today.by_method == (("cash", 3500), ("card", 3000))
    tomorrow = till.ask(TotalsOn(business_date="2026-07-19"))
    assert (tomorrow.sales, tomorrow.total_minor, tomorrow.by_method) == (0, 0, ())


def test_a_correction_moves_a_days_totals_between_methods(till: Till) -> None:
    sale: SaleCompleted = till.execute(a_cash_sale(2500, tendered=5000))
    till.execute(
        CorrectTender(
            correction_id="correction-1",
            sale_id=sale.sale_id,
            from_method="cash",
            to_method="card",
            amount=euros(2500),
            reason="",
            operator=ZOE,
        )
    )
    today = till.ask(TotalsOn(business_date="2026-07-18"))
    assert today.total_minor == 2500
    assert today.by_method == (("card", 2500), ("cash", 0))


def test_a_sale_is_found_with_what_its_receipt_needs(till: Till) -> None:
    assert till.ask(FindLastSale()) is None
    sale: SaleCompleted = till.execute(a_cash_sale())
    till.execute(a_cash_sale(1000))
    till.execute(IssueReceipt(sale_id=sale.sale_id, channel="print", operator=ZOE))
    record = till.ask(FindSale(sale_id=sale.sale_id))
    assert record is not None
    assert (record.sale, record.copies) == (sale, 1)
    assert (record.opened, len(record.signature)) == (till.opened, 64)
    code = unpack(record.code)
    assert (code.receipt.number, code.receipt.total_minor) == (1, 2500)
    assert code.is_genuine(verifier(bytes.fromhex(till.opened.public_key)))
    assert till.ask(FindSale(sale_id=SaleId("elsewhere"))) is None
    last = till.ask(FindLastSale())
    assert last is not None
    assert (last.sale.number, last.copies) == (2, 0)


def test_the_basket_in_progress_is_there_after_a_restart(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    fill(till, a_product("tee", a_size(handle="tee", barcodes=(EAN,))))
    basket = a_basket((on_sale(till, EAN), 2))
    till.execute(SaveBasket(basket=basket))
    till.close()
    till = a_till(tmp_path)
    assert till.ask(SavedBasket()) == basket
    till.close()


def test_an_emptied_or_sold_basket_is_gone(till: Till) -> None:
    basket = a_basket(a_variant())
    assert till.ask(SavedBasket()) is None
    till.execute(SaveBasket(basket=basket))
    till.execute(SaveBasket(basket=msgspec.structs.replace(basket, lines=())))
    assert till.ask(SavedBasket()) is None
    till.execute(SaveBasket(basket=basket))
    paid = a_sale(a_variant(), tenders=[("cash", 2500)], basket_id=basket.basket_id)
    till.execute(paid)
    assert till.ask(SavedBasket()) is None


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b'{"basket_id":"\xff"}', b"[1,2"])
def test_a_basket_that_cannot_be_read_counts_as_none(body: bytes) -> None:
    class Rows:
        def rows(self, _sql: str, *_values: object) -> list[tuple[bytes]]:
            return [(body,)]

    assert saved_basket(SavedBasket(), Rows(), "GS") is None


@pytest.mark.parametrize(
    "basket",
    [
        a_basket(),
        a_basket((a_variant(), 0)),
        a_basket((a_variant(), -3)),
        a_basket((a_variant(), QUANTITY_MAX + 1)),
        a_basket(a_variant(-2500)),
        a_basket(a_variant(PRICE_MAX_MINOR + 1)),
        a_basket(a_variant(), a_variant()),
        a_basket(msgspec.structs.replace(a_variant(), price=Money(2500, Currency("JPY")))),
        msgspec.structs.replace(a_basket(), currency=Currency("JPY")),
    ],
)
def test_a_basket_that_cannot_be_sold_counts_as_none(basket: Basket) -> None:
    class Rows:
        def rows(self, _sql: str, *_values: object) -> list[tuple[bytes]]:
            return [(msgspec.json.encode(basket),)]

    assert saved_basket(SavedBasket(), Rows(), "GS") is None


def test_a_basket_of_another_currency_does_not_come_back(till: Till) -> None:
    foreign = msgspec.structs.replace(a_variant(), price=Money(2500, Currency("JPY")))
    basket = msgspec.structs.replace(a_basket(foreign), currency=Currency("JPY"))
    till.execute(SaveBasket(basket=basket))
    assert till.ask(SavedBasket()) is None


def taken_for(basket_id: str, *minor: int) -> TakenSoFar:
    tenders = tuple(Tender(method="card", amount=euros(amount)) for amount in minor)
    return TakenSoFar(basket_id=BasketId(basket_id), sale_id=SaleId(uuid7()), tenders=tenders)


def test_what_was_taken_is_there_after_a_restart(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    basket = a_basket(a_variant())
    till.execute(SaveBasket(basket=basket))
    taken = taken_for(basket.basket_id, 2000)
    till.execute(SaveTenders(taken=taken))
    till.close()
    till = a_till(tmp_path)
    assert till.ask(SavedBasket()) == basket
    assert till.ask(SavedTenders()) == (taken,)
    till.close()


def test_what_is_owed_does_not_give_way_to_the_next_payment(till: Till) -> None:
    owed = msgspec.structs.replace(taken_for("first", 2000), is_owed=True)
    till.execute(SaveTenders(taken=taken_for("first", 2000)))
    till.execute(SaveTenders(taken=owed))
    next_one = taken_for("second", 500)
    till.execute(SaveTenders(taken=next_one))
    assert till.ask(SavedTenders()) == (owed, next_one)
    # It is taken again as a whole, or given back
    again = msgspec.structs.replace(owed, is_owed=False)
    till.execute(SaveTenders(taken=again))
    assert till.ask(SavedTenders()) == (next_one, again)
    till.execute(SaveTenders(taken=taken_for("first")))
    assert till.ask(SavedTenders()) == (next_one,)


def test_what_was_taken_is_forgotten_once_it_is_sold_or_given_back(till: Till) -> None:
    basket = a_basket(a_variant())
    till.execute(SaveTenders(taken=taken_for(basket.basket_id, 2000)))
    till.execute(SaveTenders(taken=taken_for(basket.basket_id)))
    assert till.ask(SavedTenders()) == ()
    till.execute(SaveTenders(taken=taken_for(basket.basket_id, 2000)))
    till.execute(a_sale(a_variant(), tenders=[("card", 2500)], basket_id=basket.basket_id))
    assert till.ask(SavedTenders()) == ()


def test_what_a_sale_has_taken_along_is_not_owed(till: Till) -> None:
    """The disk may have been told of a tender after the sale, whose answer was lost."""
    sale = a_sale(a_variant(), tenders=[("card", 2500)])
    till.execute(sale)
    late = msgspec.structs.replace(taken_for("b", 2500), sale_id=sale.sale_id)
    till.execute(SaveTenders(taken=late))
    assert till.ask(SavedTenders()) == ()


UNREADABLE = [b"", b"{}", b"\xff", msgspec.json.encode(taken_for("b", -5)), b"[1,2"]


def spoil_the_note(data: Path, basket_id: str, body: bytes) -> None:
    """Leave something else where it says what was taken, as a damaged disk would."""
    db = open_database(folders_in(data).live)
    with transaction(db):
        spoiled = "UPDATE saved_basket SET body = ? WHERE slot <> 'current' AND basket_id = ?"
        assert db.execute(spoiled, [body, basket_id]).rowcount == 1
    db.close()


@pytest.fixture
def spoiled(tmp_path: Path) -> Iterator[Till]:
    """Return a till of which the note of money for the basket `first` cannot be read."""
    till = a_till(tmp_path)
    till.execute(SaveTenders(taken=taken_for("first", 2000)))
    till.close()
    spoil_the_note(tmp_path, "first", b'{"broken"')
    till = a_till(tmp_path)
    yield till
    till.close()


@pytest.mark.parametrize("body", UNREADABLE)
def test_a_note_of_money_that_cannot_be_read_is_counted(tmp_path: Path, body: bytes) -> None:
    till = a_till(tmp_path)
    owed = msgspec.structs.replace(taken_for("second", 500), is_owed=True)
    for taken in (taken_for("first", 2000), owed):
        till.execute(SaveTenders(taken=taken))
    assert till.ask(UnreadTenders()) == 0
    till.close()
    spoil_the_note(tmp_path, "first", body)
    till = a_till(tmp_path)
    assert (till.ask(SavedTenders()), till.ask(UnreadTenders())) == ((owed,), 1)
    till.close()


@pytest.mark.parametrize("basket_id", ["first", "second"])
def test_no_payment_takes_the_place_of_a_note_that_cannot_be_read(
    spoiled: Till, basket_id: str
) -> None:
    """Also if it is for the same basket, and until it is sold."""
    taken = taken_for(basket_id, 500)
    spoiled.execute(SaveTenders(taken=taken))
    assert (spoiled.ask(SavedTenders()), spoiled.ask(UnreadTenders())) == ((taken,), 1)
    spoiled.execute(a_sale(a_variant(), tenders=[("card", 2500)], basket_id=BasketId(basket_id)))
    assert (spoiled.ask(SavedTenders()), spoiled.ask(UnreadTenders())) == ((), 1)


def test_a_sale_leaves_a_note_that_cannot_be_read(spoiled: Till) -> None:
    spoiled.execute(a_sale(a_variant(), tenders=[("card", 2500)], basket_id=BasketId("first")))
    assert spoiled.ask(UnreadTenders()) == 1


def test_only_what_cannot_be_read_is_forgotten_once_somebody_was_told(spoiled: Till) -> None:
    taken = taken_for("second", 500)
    basket = a_basket(a_variant())
    spoiled.execute(SaveBasket(basket=basket))
    spoiled.execute(SaveTenders(taken=taken))
    spoiled.execute(ForgetUnreadTenders())
    assert (spoiled.ask(SavedTenders()), spoiled.ask(UnreadTenders())) == ((taken,), 0)
    assert spoiled.ask(SavedBasket()) == basket


def test_one_payment_does_not_take_the_place_of_another_baskets(till: Till) -> None:
    """Whatever the screens do, no money is written over."""
    first, second = taken_for("first", 2000), taken_for("second", 500)
    till.execute(SaveTenders(taken=first))
    till.execute(SaveTenders(taken=second))
    assert till.ask(SavedTenders()) == (first, second)
    till.execute(SaveTenders(taken=taken_for("first")))
    assert till.ask(SavedTenders()) == (second,)


def test_a_till_without_staff_has_nobody(till: Till) -> None:
    assert till.ask(Staff()) == ()

"""Products, stock, sales and people on head office's pages."""

from __future__ import annotations

import csv
import io
import re

import msgspec
import pytest
from sqlalchemy import select

from pos.clock import utc_text
from pos.domain.feed import StaffListed, StandListed
from pos.ids import OperatorCode, VariantId
from pos.money import EUR
from pos.pins import is_pin
from sync.hub.meaning import Movement
from sync.hub.sequencer import step
from sync.hub.store import aliases, catalogue, people, stock
from sync.hub.store.tables import inbox
from sync.hub.web.goods import CsvWriting
from sync.hub.web.shown import read_amount
from tests.sync.hub.web.goods import product
from tests.sync.hub.web.house import DAY, NOW, ORGANISATION_ID, Browser, House

SHIRT = product("T-shirt Tournée", ("S", "M"))
VINYL = product("Vinyle", ("LP",), artist="Gadoue", minor=3000)
FILE = (
    "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode\n"
    "affiche,Affiche,Format,A2,AFF-A2,12.00,3700000000017\n"
    "affiche,,,A3,AFF-A3,8.00,3700000000024\n"
)


@pytest.fixture
def shop(house: House) -> House:
    with house.hub.database.write() as connection:
        catalogue.put_products(connection, [SHIRT, VINYL], utc_text(NOW))
        small, medium = SHIRT.variants
        pieces = {small.variant_id: 12, medium.variant_id: -3}
        stock.bring(connection, ORGANISATION_ID, "GS", pieces, utc_text(NOW))
        stock.bring(connection, ORGANISATION_ID, "PB", {small.variant_id: 5}, utc_text(NOW))
    return house


def told(house: House) -> list[str]:
    """Return what kinds of things tills are about to hear of."""
    with house.hub.database.read() as connection:
        return list(connection.scalars(select(inbox.c.kind).order_by(inbox.c.number)))


def prices_on(browser: Browser, path: str) -> dict[str, str]:
    page = browser.text(path)
    inputs = re.findall(r'name="((?:price|was)-[^"]+)"[^>]*? value="([^"]*)"', page)
    return dict(inputs)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"T-shirt", "Vinyle"}),
        ("shirt", {"T-shirt"}),
        ("SHIRT tour", {"T-shirt"}),
        ("gadoue", {"Vinyle"}),
        ("t-shirt-tournée/S", {"T-shirt"}),
        ("VINYLE-LP", {"Vinyle"}),
        ("%", set()),
        ("nothing", set()),
    ],
)
def test_products_are_found_by_name_artist_sku_and_barcode(
    shop: House, asked: str, found: set[str]
) -> None:
    answer = shop.at_work().client.get("/products", params={"q": asked})
    assert {name for name in ("T-shirt", "Vinyle") if f">{name}" in answer.text} == found


def test_a_price_that_is_typed_over_is_changed_and_told_to_the_tills(shop: House) -> None:
    browser, path = shop.at_work(language="fr"), f"/products/{SHIRT.product_id}"
    fields = prices_on(browser, path)
    small, medium = SHIRT.variants
    assert fields[f"price-{small.variant_id}"] == "25,00"
    fields[f"price-{small.variant_id}"] = "27,5"
    answer = browser.send(path, fields)
    assert "1 prix modifié" in answer.text
    with shop.hub.database.read() as connection:
        changed = catalogue.products_by_id(connection, [SHIRT.product_id])[SHIRT.product_id]
    assert [one.price.minor for one in changed.variants] == [2750, 2500]
    assert medium.price.minor == 2500


def test_saving_an_old_page_does_not_undo_what_somebody_else_changed(shop: House) -> None:
    path = f"/products/{SHIRT.product_id}"
    small, medium = SHIRT.variants
    first, second = shop.at_work("odile"), shop.at_work("henri")
    opened_first = prices_on(first, path)
    changes = prices_on(second, path) | {f"price-{small.variant_id}": "30.00"}
    second.send(path, changes)
    first.send(path, opened_first | {f"price-{medium.variant_id}": "20.00"})
    with shop.hub.database.read() as connection:
        changed = catalogue.products_by_id(connection, [SHIRT.product_id])[SHIRT.product_id]
    assert [one.price.minor for one in changed.variants] == [3000, 2000]


def test_a_size_that_came_after_a_page_was_opened_keeps_its_price(shop: House) -> None:
    browser, path = shop.at_work(), f"/products/{SHIRT.product_id}"
    small, medium = SHIRT.variants
    opened = prices_on(browser, path)
    large = msgspec.structs.replace(medium, variant_id=VariantId("large"), options=("L",), sku="")
    larger = msgspec.structs.replace(SHIRT, variants=(small, medium, large))
    with shop.hub.database.write() as connection:
        catalogue.put_products(connection, [larger], utc_text(NOW))
    answer = browser.send(path, opened | {f"price-{small.variant_id}": "20.00"})
    assert (answer.status_code, "1 price changed" in answer.text) == (200, True)
    with shop.hub.database.read() as connection:
        changed = catalogue.products_by_id(connection, [SHIRT.product_id])[SHIRT.product_id]
    assert [one.price.minor for one in changed.variants] == [2000, 2500, 2500]


@pytest.mark.parametrize("typed", ["", "x", "-1", "1.234", "1e9", "99999999999999", "<b>"])
def test_what_is_no_price_changes_none_of_them(shop: House, typed: str) -> None:
    browser, path = shop.at_work(), f"/products/{SHIRT.product_id}"
    fields = prices_on(browser, path)
    names = [name for name in fields if name.startswith("price-")]
    answer = browser.send(path, fields | {names[0]: "1.00", names[1]: typed})
    assert answer.status_code == 422
    assert "is not a price" in answer.text
    assert "<b>" not in answer.text
    assert "25.00" in prices_on(browser, path).values()
    assert "1.00" not in prices_on(browser, path).values()


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("25", 2500), ("25,5", 2550), (" 1 234,00 € ", 123400), ("0", 0), (".5", 50), ("١", None)],
)
def test_amounts_are_read_as_people_type_them(typed: str, minor: int | None) -> None:
    assert read_amount(typed, EUR) == minor


def upload(browser: Browser, content: str, **fields: str) -> tuple[int, str]:
    answer = browser.client.post(
        "/products/import",
        data={"csrf": browser.csrf("/products/import"), **fields},
        files={"file": ("products.csv", content.encode(), "text/csv")},
    )
    return answer.status_code, answer.text


def test_a_file_is_looked_at_before_anything_changes(shop: House) -> None:
    browser = shop.at_work()
    status, page = upload(browser, FILE, do="look")
    assert (status, "Nothing is changed yet" in page) == (200, True)
    assert "Affiche" not in browser.text("/products")
    looked_at = re.findall(r'name="looked_at" value="(\w+)"', page)
    status, page = upload(browser, FILE, do="go", looked_at=looked_at[0])
    assert (status, "Imported" in page) == (200, True)
    assert "Affiche" in browser.text("/products")


def test_another_file_than_the_one_that_was_looked_at_is_not_imported(shop: House) -> None:
    browser = shop.at_work()
    _, page = upload(browser, FILE, do="look")
    looked_at = re.findall(r'name="looked_at" value="(\w+)"', page)
    _, page = upload(browser, FILE.replace("12.00", "1.00"), do="go", looked_at=looked_at[0])
    assert "not the file that you looked at" in page
    _, page = upload(browser, FILE, do="go")
    assert "not the file that you looked at" in page
    assert "Affiche" not in browser.text("/products")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "not a product export"),
        ("PK\x03\x04", "workbook or an archive"),
        (FILE.replace("12.00", "<script>"), "&lt;script&gt;"),
    ],
)
def test_a_file_that_is_none_is_a_sentence(shop: House, content: str, says: str) -> None:
    _, page = upload(shop.at_work(), content, do="look")
    assert says in page
    assert "<script>" not in page
    assert 'value="go"' not in page


def test_quantities_of_a_file_become_the_stock_of_the_stand_that_was_chosen(shop: House) -> None:
    browser = shop.at_work()
    content = FILE.replace("Variant Barcode", "Variant Inventory Qty").replace("3700000000017", "9")
    content = content.replace("3700000000024", "4")
    _, page = upload(browser, content, do="look", stand="PB")
    looked_at = re.findall(r'name="looked_at" value="(\w+)"', page)
    upload(browser, content, do="go", stand="PB", looked_at=looked_at[0])
    page = browser.text("/stock?stand=PB&q=Affiche")
    assert re.search(r"Affiche · A2</th><td class=\"count\">9<", page), page[-2000:]


def test_stock_is_shown_by_stand_and_below_zero_in_words(shop: House) -> None:
    page = shop.at_work().text("/stock")
    rows = re.findall(r'row-name" scope="row">([^<]+)</th>(.*?)</tr>', page, re.DOTALL)
    plain = {name: re.sub(r"<[^>]+>", " ", rest).split() for name, rest in rows}
    assert plain["T-shirt Tournée · S"] == ["12", "5", "17"]
    assert plain["T-shirt Tournée · M"][:4] == ["▼", "-3", "(below", "zero)"]
    assert "Vinyle" not in page


def test_sales_of_a_day_come_in_pages_the_latest_first(shop: House) -> None:
    for _ in range(130):
        shop.sell("GS", 100)
    browser = shop.at_work()
    first = browser.text(f"/sales?day={DAY}")
    assert "130 sales" in first
    assert first.count("GS-1-1-") == 100
    further = re.search(r'rel="next" href="([^"]+)"', first)
    assert further is not None
    second = browser.text(further[1].replace("&amp;", "&"))
    assert second.count("GS-1-1-") == 30
    assert 'rel="prev"' in second
    numbers = [re.findall(r"GS-1-1-\d+", page) for page in (first, second)]
    assert len({*numbers[0], *numbers[1]}) == 130


def rows_of(browser: Browser, path: str, delimiter: str) -> list[dict[str, str]]:
    text = browser.text(path)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=delimiter))


def test_sales_are_a_file_that_a_spreadsheet_of_the_language_adds_up(shop: House) -> None:
    shop.sell("GS", 2550)
    shop.sell("PB", -1000)
    french = rows_of(shop.at_work(language="fr"), f"/sales.csv?day={DAY}", ";")
    assert [row["Montant TTC"] for row in french] == ["25,50", "-10,00"]
    english = rows_of(shop.at_work(language="en"), f"/sales.csv?day={DAY}&stand=PB", ",")
    assert [row["Amount incl. VAT"] for row in english] == ["-10.00"]


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "\uff1d1"]
)
def test_a_name_that_a_spreadsheet_would_run_is_a_name(shop: House, name: str) -> None:
    shop.sell("GS", 2500, label=name)
    (row,) = rows_of(shop.at_work(), f"/sales.csv?day={DAY}", ",")
    assert row["What"] == f"'{name}"


def test_a_name_with_a_sign_in_it_is_left_as_it_is(shop: House) -> None:
    shop.sell("GS", 2500, label="A = B - C @ D")
    (row,) = rows_of(shop.at_work(), f"/sales.csv?day={DAY}", ",")
    assert row["What"] == "A = B - C @ D"


def test_all_sales_of_a_busy_day_are_in_the_file(shop: House) -> None:
    for _ in range(1001):
        shop.sell("GS", 100)
    rows = rows_of(shop.at_work(), f"/sales.csv?day={DAY}", ",")
    assert len({row["Receipt"] for row in rows}) == len(rows) == 1001


def test_amounts_of_currencies_without_cents_have_none() -> None:
    assert CsvWriting(0, french=False).amount(1200) == "1200"
    assert CsvWriting(3, french=True).amount(1200) == "1,200"


def test_somebody_new_can_work_at_all_tills(shop: House) -> None:
    browser = shop.at_work()
    fields = {"code": "a7", "name": " Adèle  B ", "role": "manager", "pin": "402817"}
    assert browser.send("/team/staff/new", fields).status_code == 303
    with shop.hub.database.read() as connection:
        (adele,) = catalogue.all_staff(connection)
    assert (adele.code, adele.name, adele.role) == ("A7", "Adèle B", "manager")
    assert adele.is_active
    assert is_pin("402817", adele.pin_hash)
    assert "402817" not in browser.text("/team")
    assert adele.pin_hash not in browser.text("/team/staff/A7")


def test_who_left_keeps_their_code_and_an_empty_pin_keeps_the_present_one(shop: House) -> None:
    with shop.hub.database.write() as connection:
        known = StaffListed(code=OperatorCode("A7"), name="Adèle", role="cashier", pin_hash="kept")
        catalogue.put_staff(connection, [known])
    browser = shop.at_work()
    browser.send("/team/staff/A7", {"name": "Adèle", "role": "clerk", "pin": ""})
    with shop.hub.database.read() as connection:
        (adele,) = catalogue.all_staff(connection)
    assert (adele.role, adele.pin_hash, adele.is_active) == ("clerk", "kept", False)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"code": "", "name": "A"}, "cannot be used"),
        ({"code": "A B", "name": "A"}, "cannot be used"),
        ({"code": "ABCDEFGHI", "name": "A"}, "cannot be used"),
        ({"code": "A1", "name": " "}, "name is missing"),
        ({"code": "A1", "name": "A", "role": "owner"}, "name is missing"),
        ({"code": "A1", "name": "A", "pin": "1234"}, "6 to 12 digits"),
        ({"code": "A1", "name": "A", "pin": "123456"}, "6 to 12 digits"),
        ({"code": "A1", "name": "A", "pin": "40281x"}, "6 to 12 digits"),
        ({"code": "TAKEN", "name": "A"}, "in use already"),
    ],
)
def test_staff_that_cannot_be_are_a_sentence(
    shop: House, fields: dict[str, str], says: str
) -> None:
    with shop.hub.database.write() as connection:
        known = StaffListed(code=OperatorCode("TAKEN"), name="T", role="cashier", pin_hash="")
        catalogue.put_staff(connection, [known])
    answer = shop.at_work().send("/team/staff/new", {"role": "cashier", **fields})
    assert answer.status_code == 422
    assert says in answer.text
    with shop.hub.database.read() as connection:
        assert len(catalogue.all_staff(connection)) == 1


def test_a_stand_is_added_renamed_and_closed(shop: House) -> None:
    browser = shop.at_work()
    assert browser.send("/team/stands/new", {"code": "ca", "name": "Camping"}).status_code == 303
    browser.send("/team/stands/GS", {"name": "Scène Nord", "active": "yes"})
    browser.send("/team/stands/PB", {"name": "Petit Bois"})
    with shop.hub.database.read() as connection:
        stands = catalogue.all_stands(connection)
    assert stands == [
        StandListed(stand="CA", name="Camping"),
        StandListed(stand="GS", name="Scène Nord"),
        StandListed(stand="PB", name="Petit Bois", is_active=False),
    ]
    assert "Petit Bois" not in browser.text("/tills/enrol")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"code": "GS", "name": "A"}, "in use already"),
        ({"code": "TOOLONG", "name": "A"}, "cannot be used"),
        ({"code": "É", "name": "A"}, "cannot be used"),
        ({"code": "OK", "name": ""}, "name is missing"),
    ],
)
def test_a_stand_that_cannot_be_is_a_sentence(
    shop: House, fields: dict[str, str], says: str
) -> None:
    answer = shop.at_work().send("/team/stands/new", fields)
    assert (answer.status_code, says in answer.text) == (422, True)


def test_what_a_till_calls_by_another_name_is_explained_by_a_person(shop: House) -> None:
    small = SHIRT.variants[0]
    with shop.hub.database.write() as connection:
        labels = {"other": "Tee-shirt · S", "more": "B"}
        moved = {("GS", name): Movement(pieces=-1) for name in labels}
        stock.add_to_journal(connection, 1, moved)
        aliases.note_moved(connection, labels.keys(), labels, utc_text(NOW))
    browser = shop.at_work()
    assert "Which product is this?" in browser.text("/")
    page = browser.text("/unmatched?other=other&q=shirt")
    assert "Tee-shirt · S" in page
    assert small.variant_id in page
    wrong = {"other": "other", "variant": "none"}
    assert browser.send("/unmatched", wrong, form_at="/me").status_code == 404
    right = {"other": "other", "variant": small.variant_id}
    assert "Its stock now counts there" in browser.send("/unmatched", right, form_at="/me").text
    with shop.hub.database.read() as connection:
        assert [one.other_id for one in aliases.to_explain(connection)] == ["more"]


def test_an_account_is_made_shut_out_and_given_another_password(house: House) -> None:
    browser = house.at_work()
    fields = {"name": "Rosa", "role": "head_office", "password": "first of them"}
    assert "rosa may log in now" in browser.send("/accounts", fields).text
    assert house.browser().log_in("rosa", "first of them").status_code == 303
    given = {"name": "rosa", "do": "password", "password": "second of them"}
    page = browser.send("/accounts/change", given, form_at="/accounts").text
    assert "second of them" not in page
    assert house.browser().log_in("rosa", "second of them").status_code == 303
    browser.send("/accounts/change", {"name": "rosa", "do": "let_go"}, form_at="/accounts")
    assert house.browser().log_in("rosa", "second of them").status_code == 401


@pytest.mark.parametrize("wanted", ["", "x", "LET_GO"])
def test_what_nobody_can_do_to_an_account_shuts_nobody_out(house: House, wanted: str) -> None:
    fields = {"name": "henri", "do": wanted}
    answer = house.at_work().send("/accounts/change", fields, form_at="/accounts")
    assert (answer.status_code, "Nothing was changed" in answer.text) == (422, True)
    with house.hub.database.read() as connection:
        henri = people.account_of(connection, "henri")
    assert henri is not None
    assert henri.is_active


def test_the_last_owner_stays(house: House) -> None:
    fields = {"name": "odile", "do": "let_go"}
    answer = house.at_work().send("/accounts/change", fields, form_at="/accounts")
    assert "This is the last owner" in answer.text


def test_a_key_is_shown_once(house: House) -> None:
    browser = house.at_work()
    fields = {"name": "Books", "scope": ["sales:read", "stock:read"]}
    page = browser.send("/tokens", fields, form_at="/accounts").text
    shown = re.search(r'id="token">(ech_[\w-]{43})<', page)
    assert shown is not None
    again = browser.text("/accounts")
    assert shown[1] not in again
    assert "read sales, read stock" in again
    digest = re.findall(r'name="digest" value="(\w+)"', again)
    page = browser.send("/tokens/revoke", {"digest": digest[0]}, form_at="/accounts").text
    assert "Revoked" in page


@pytest.mark.parametrize("fields", [{"name": "x"}, {"scope": "sales:read"}, {"scope": "all"}])
def test_a_key_without_a_name_or_a_right_is_none(house: House, fields: dict[str, str]) -> None:
    answer = house.at_work().send("/tokens", fields, form_at="/accounts")
    assert "A key has a name" in answer.text


def test_one_s_own_password_is_changed_with_the_old_one(house: House) -> None:
    browser = house.at_work("henri")
    fields = {"old": "wrong", "new": "another password", "again": "another password"}
    assert "present password is wrong" in browser.send("/me", fields).text
    fields["old"] = "three words apart"
    assert "differ" in browser.send("/me", fields | {"again": "x"}).text
    assert "at least 10" in browser.send("/me", fields | {"new": "x", "again": "x"}).text
    assert "Your password is changed" in browser.send("/me", fields).text
    assert browser.get("/").status_code == 200


def test_tills_hear_of_what_head_office_changes(house: House) -> None:
    step(house.hub.database)
    browser = house.at_work()
    browser.send("/team/stands/new", {"code": "CA", "name": "Camping"})
    browser.send("/team/staff/new", {"code": "A7", "name": "Adèle", "role": "cashier"})
    with house.hub.database.write() as connection:
        catalogue.put_products(connection, [VINYL], utc_text(NOW))
    path = f"/products/{VINYL.product_id}"
    fields = prices_on(browser, path)
    browser.send(path, fields | {f"price-{VINYL.variants[0].variant_id}": "31"})
    assert told(house) == ["stand", "staff", "product", "product"]

"""Other systems of head office read sales and stock, and write products and prices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from starlette.testclient import TestClient

from pos.domain.feed import ProductListed
from pos.ids import product_id, variant_id
from sync.hub.api import api_router
from sync.hub.api_access import BODY_BYTES_MAX, Limiter
from sync.hub.hub import Hub
from sync.hub.store.database import HubDatabase
from sync.hub.store.people import SCOPES, make_token, revoke_token, tokens
from tests.builders import a_product, a_size
from tests.sync.hub.house import SHIRT, House, SellingTill
from tests.sync.hub.serving import a_house
from tests.sync.journals import a_key

ROOT = Path(__file__).parents[3]
SHIRT_ID = product_id("wildfire")
SIZE_M = variant_id("wildfire", ("M",))
DAY = {"from": "2026-07-18", "to": "2026-07-18"}
Json = dict[str, Any]


class Api:
    """The API of a hub, and tokens for it."""

    def __init__(self, house: House, *, a_minute: int = 600) -> None:
        self.house = house
        self.now_s = 0.0
        self.hub = Hub(house.database, a_key(), clock=house.clock)
        self.app = FastAPI()
        self.limiter = Limiter(a_minute, lambda: self.now_s)
        self.app.include_router(api_router(self.hub, limiter=self.limiter))
        self.client = TestClient(self.app)
        self.token = self.new_token(*SCOPES)

    def new_token(self, *scopes: str) -> str:
        with self.house.database.write() as connection:
            return make_token(connection, "accounting", scopes, self.house.clock())

    def get(self, path: str, token: str = "", **parameters: object) -> tuple[int, Json]:
        query = {name.rstrip("_"): str(value) for name, value in parameters.items()}
        answer = self.client.get(f"/api/v1{path}", params=query, headers=self.headers(token))
        return answer.status_code, answer.json()

    def put(self, path: str, body: Mapping[str, object], token: str = "") -> tuple[int, Json]:
        answer = self.client.put(f"/api/v1{path}", json=body, headers=self.headers(token))
        return answer.status_code, answer.json()

    def headers(self, token: str = "") -> dict[str, str]:
        return {"Authorization": f"Bearer {token or self.token}"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    database = HubDatabase.open(tmp_path / "hub.db")
    yield House(database)
    database.close()


@pytest.fixture
def api(house: House) -> Api:
    return Api(house)


def a_shirt(**changes: object) -> Json:
    variants = [{"options": ["M"], "price": {"minor": 2500, "currency": "EUR"}}]
    return {"name": "T-shirt", "option_names": ["Size"], "variants": variants} | changes


def test_sales_of_a_day_are_read_page_by_page(api: Api) -> None:
    till = SellingTill()
    for _ in range(5):
        till.sell(2)
    api.house.bring_in(till)
    status, first = api.get("/sales", **DAY, limit=3)
    assert status == 200
    assert [one["receipt_number"] for one in first["sales"]] == [
        f"GS-1-1-{number:06d}" for number in (1, 2, 3)
    ]
    assert first["sales"][0]["total"] == {"minor": 5000, "currency": "EUR"}
    assert first["sales"][0]["lines"][0] == {
        "variant_id": SHIRT,
        "label": "Shirt · M",
        "quantity": 2,
        "gross": {"minor": 5000, "currency": "EUR"},
        "tax": {"minor": 834, "currency": "EUR"},
        "rate_bp": 2000,
    }
    _, second = api.get("/sales", **DAY, limit=3, cursor=first["next"])
    assert [one["sale_id"][-1] for one in second["sales"]] == ["4", "5"]
    assert second["next"] is None
    assert api.get("/sales", **DAY, stand="QB")[1]["sales"] == []
    assert api.get("/sales", from_="2026-07-19", to="2026-07-20")[1]["sales"] == []


def test_stock_is_read_by_stand(api: Api) -> None:
    first, second = SellingTill(1), SellingTill(2, stand="QB")
    first.receive(10)
    second.receive(4, stand="QB")
    second.sell(1)
    api.house.bring_in(first, "till-1")
    api.house.bring_in(second, "till-3")
    status, page = api.get("/stock", limit=1)
    assert (status, page["next"]) == (200, f"GS.{SHIRT}")
    assert [(one["stand"], one["pieces"]) for one in page["levels"]] == [("GS", 10)]
    _, page = api.get("/stock", limit=1, cursor=page["next"])
    assert [(one["stand"], one["pieces"]) for one in page["levels"]] == [("QB", 3)]
    assert len(api.get("/stock", stand="QB")[1]["levels"]) == 1


def test_stands_and_tills_are_listed(api: Api) -> None:
    _, stands = api.get("/stands")
    assert [one["stand"] for one in stands["stands"]] == ["GS", "QB"]
    _, tills = api.get("/tills")
    assert [(one["till_id"], one["at_risk"]["minor"]) for one in tills["tills"]] == [
        ("till-1", 0),
        ("till-2", 0),
        ("till-3", 0),
    ]


def test_a_product_is_added_changed_and_read(api: Api) -> None:
    # Given a product that another system adds by its handle
    status, new = api.put("/handles/wildfire", a_shirt())
    assert (status, new["product_id"], new["handle"]) == (201, SHIRT_ID, "wildfire")
    assert new["variants"][0]["variant_id"] == SIZE_M
    # When it is sent again, nothing changes
    api.house.told()
    assert api.put("/handles/wildfire", a_shirt())[0] == 200
    assert api.house.told() == []
    # And when it is changed by its id, tills hear of it
    status, changed = api.put(f"/products/{SHIRT_ID}", a_shirt(name="Tour shirt", on_sale=False))
    assert (status, changed["name"]) == (200, "Tour shirt")
    (told,) = api.house.told()
    assert isinstance(told, ProductListed)
    assert (told.product.name, told.product.on_sale) == ("Tour shirt", False)
    assert api.get(f"/products/{SHIRT_ID}") == (200, changed)


def test_a_price_changes_by_itself(api: Api) -> None:
    api.house.put(a_product("wildfire", a_size("M"), a_size("L")))
    api.house.told()
    path = f"/products/{SHIRT_ID}/variants/{SIZE_M}/price"
    status, changed = api.put(path, {"minor": 3000, "currency": "EUR"})
    assert status == 200
    assert [one["price"]["minor"] for one in changed["variants"]] == [3000, 2500]
    assert len(api.house.told()) == 1
    assert api.put(path, {"minor": 3000, "currency": "USD"})[1]["problem"] == "currency"
    unknown = f"/products/{SHIRT_ID}/variants/unknown/price"
    assert api.put(unknown, {"minor": 1, "currency": "EUR"})[0] == 404
    assert api.put(path, {"minor": -1, "currency": "EUR"})[0] == 422
    assert api.put(path, {"minor": 12.5, "currency": "EUR"})[0] == 422


def test_products_are_found_and_listed(api: Api) -> None:
    for number in range(3):
        api.house.put(a_product(f"p{number}", name=f"Shirt {number}"))
    _, page = api.get("/products", limit=2)
    assert len(page["products"]) == 2
    _, rest = api.get("/products", limit=2, cursor=page["next"])
    assert (len(rest["products"]), rest["next"]) == (1, None)
    assert [one["handle"] for one in api.get("/products", q="shirt 1")[1]["products"]] == ["p1"]
    assert api.get("/products/nowhere")[0] == 404
    assert api.put("/products/nowhere", a_shirt())[0] == 404


TWICE = [
    {"options": ["M"], "price": {"minor": 1, "currency": "EUR"}, "barcodes": ["1"]},
    {"options": ["L"], "price": {"minor": 1, "currency": "EUR"}, "barcodes": ["1"]},
]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"tax_class": "unicorns"}, "tax_class"),
        ({"option_names": []}, "options"),
        ({"option_names": ["Size", "Colour"]}, "options"),
        ({"variants": [TWICE[0], TWICE[0]]}, "options"),
        ({"variants": TWICE}, "barcode_twice"),
        ({"name": "\u202e"}, "name"),
        ({"variants": [TWICE[0] | {"price": {"minor": 1, "currency": "USD"}}]}, "currency"),
    ],
)
def test_a_product_whose_parts_do_not_fit_is_refused(api: Api, changes: Json, problem: str) -> None:
    status, answer = api.put("/handles/wildfire", a_shirt(**changes))
    assert (status, answer["problem"]) == (409, problem)
    assert api.get(f"/products/{SHIRT_ID}")[0] == 404


def test_a_barcode_of_another_product_is_refused(api: Api) -> None:
    api.house.put(a_product("cap", a_size("", handle="cap", barcodes=("1",)), name="Cap"))
    status, answer = api.put("/handles/wildfire", a_shirt(variants=TWICE[:1]))
    assert (status, answer["problem"]) == (409, "barcode_taken")
    assert "Cap" in answer["detail"]


def test_a_product_that_tills_could_not_be_told_of_is_refused(api: Api) -> None:
    variants = [
        {"options": [f"{'x' * 90}{number}"], "price": {"minor": 1, "currency": "EUR"}}
        | {"sku": f"{'y' * 90}{number}", "barcodes": [f"{'z' * 50}{number}"]}
        for number in range(2000)
    ]
    status, answer = api.put("/handles/wildfire", a_shirt(variants=variants))
    assert (status, answer["problem"]) == (409, "product_too_large")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"Authorization": f"Bearer {'x' * 5000}"},
        {"Authorization": "Basic eDp5"},
    ],
)
def test_without_a_token_nothing_is_looked_at(api: Api, headers: dict[str, str]) -> None:
    """Neither the path's ids nor the body: whoever has no token learns nothing at all."""
    answers = {
        api.client.put(f"/api/v1/products/{SHIRT_ID}", content=body, headers=headers).content
        for body in (b"{", b"{}", b"x" * (BODY_BYTES_MAX + 1))
    } | {api.client.get("/api/v1/sales?limit=nonsense", headers=headers).content}
    assert answers == {b'{"problem":"token","detail":"no token, or one that is not known"}'}
    answer = api.client.get("/api/v1/stands", headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_token_that_was_taken_away_opens_nothing(api: Api) -> None:
    with api.house.database.write() as connection:
        (mine,) = tokens(connection)
        revoke_token(connection, bytes.fromhex(mine.digest), api.house.clock())
    assert api.get("/stands")[0] == 401


@pytest.mark.parametrize(
    ("scope", "path", "needs"),
    [
        ("stock:read", "/sales?limit=nonsense", "sales:read"),
        ("sales:read", "/stock", "stock:read"),
        ("products:write", "/products", "products:read"),
    ],
)
def test_a_token_opens_what_it_was_made_for(api: Api, scope: str, path: str, needs: str) -> None:
    token = api.new_token(scope)
    status, answer = api.get(path, token)
    assert (status, answer["problem"]) == (403, "scope")
    assert needs in answer["detail"]
    assert api.get("/stands", token)[0] == 200


def test_reading_is_not_writing(api: Api) -> None:
    token = api.new_token("products:read")
    assert api.put("/handles/wildfire", {}, token)[0] == 403
    assert api.get("/products", token)[0] == 200


def test_a_body_has_a_maximum(api: Api) -> None:
    body = b'{"name": "' + b"x" * BODY_BYTES_MAX + b'"}'
    answer = api.client.put("/api/v1/handles/wildfire", content=body, headers=api.headers())
    assert (answer.status_code, answer.json()["problem"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        (b'{"\xff', 400, "body"),
        (b"[" * 100_000, 400, "body"),
        (b'{"name": ' + b"9" * 5_000 + b"}", 400, "body"),
        (b"{", 422, "invalid"),
        (b'{"name": "\\ud800", "variants": []}', 422, "invalid"),
        (b'{"name": NaN}', 422, "invalid"),
        (b'{"\\ud800": 1e999}', 422, "invalid"),
    ],
    ids=["no text", "deep", "long", "cut", "half a sign", "no number", "endless"],
)
def test_what_is_no_product_at_all_is_refused_as_such(
    api: Api, body: bytes, status: int, problem: str
) -> None:
    """Also where the answer, if it repeated what came, could not be written."""
    for kind in ({"Content-Type": "application/json"}, {}):
        answer = api.client.put(
            "/api/v1/handles/wildfire", content=body, headers=api.headers() | kind
        )
        is_read = bool(kind)
        assert answer.status_code == (status if is_read else 422)
        assert answer.json()["problem"] == (problem if is_read else "invalid")


def test_a_parameter_that_is_not_known_is_told_of(api: Api) -> None:
    """`form` for `from` must not read all sales."""
    status, answer = api.get("/stock", stnad="GS")
    assert (status, answer) == (400, {"problem": "parameter", "detail": "not known: stnad"})


def test_a_token_has_so_many_requests_a_minute(house: House) -> None:
    api = Api(house, a_minute=60)
    assert [api.get("/stands")[0] for _ in range(60)] == [200] * 60
    answer = api.client.get("/api/v1/stands", headers=api.headers())
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    other = api.new_token("sales:read")
    assert api.get("/stands", other)[0] == 200
    api.now_s += 1
    assert [api.get("/stands")[0] for _ in range(2)] == [200, 429]


def test_when_a_token_was_used_is_kept_once_a_minute(api: Api) -> None:
    def used_at() -> str | None:
        with api.house.database.read() as connection:
            return tokens(connection)[0].used_at

    assert used_at() is None
    api.get("/stands")
    first = used_at()
    assert first is not None
    api.get("/stands")
    assert used_at() == first
    api.now_s += 61
    api.get("/stands")
    assert used_at() != first


def test_a_database_that_cannot_be_reached_is_said_to_be_so(api: Api) -> None:
    path = api.house.database.path
    assert path is not None
    api.house.database.close()
    path.with_name("hub.db-wal").unlink(missing_ok=True)
    path.unlink()
    path.mkdir()
    answer = api.client.get("/api/v1/stands", headers=api.headers())
    assert (answer.status_code, answer.json()["problem"]) == (503, "storage")
    assert answer.headers["retry-after"] == "5"


def test_the_api_describes_itself(api: Api) -> None:
    described = api.app.openapi()
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert len(operations) == 9
    for operation in operations:
        assert operation["summary"]
        assert operation["security"] == [{"HTTPBearer": []}]
        assert {"200", "401", "403", "422", "429", "503"} <= operation["responses"].keys()


OPERATIONS = [
    ("GET", "/stands"),
    ("GET", "/tills"),
    ("GET", "/sales"),
    ("GET", "/stock"),
    ("GET", "/products"),
    ("GET", "/products/{product}"),
    ("PUT", "/products/{product}"),
    ("PUT", "/products/{product}/variants/{variant}/price"),
    ("PUT", "/handles/{handle}"),
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_anybody_sends_gets_an_answer_as_described(
    house: House, method: str, path: str, mode: GenerationMode
) -> None:
    """What the description allows, and what it does not."""
    api = Api(house, a_minute=10**9)
    house.put(a_product())
    schema = schemathesis.openapi.from_asgi("/openapi.json", api.app)
    operation = schema["/api/v1" + path][method]
    statuses = set()

    @settings(
        max_examples=15,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case[Any]) -> None:
        answer = case.call(headers=api.headers())
        statuses.add(answer.status_code)
        case.validate_response(answer, excluded_checks=[ignored_auth, positive_data_acceptance])

    ask()
    assert statuses <= {200, 201, 400, 401, 404, 405, 409, 422}


def test_every_operation_is_asked_with_whatever_anybody_sends(api: Api) -> None:
    described = api.app.openapi()["paths"]
    assert {(method.upper(), path) for path, one in described.items() for method in one} == {
        (method, "/api/v1" + path) for method, path in OPERATIONS
    }


def test_the_hub_serves_its_api_and_describes_nothing_else(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        paths = house.client.get("/api/openapi.json").json()["paths"]
        assert {(method.upper(), path) for path, one in paths.items() for method in one} == {
            (method, "/api/v1" + path) for method, path in OPERATIONS
        }
        answer = house.client.get("/api/v1/stands")
    assert (answer.status_code, answer.json()["problem"]) == (401, "token")
    assert answer.headers["cache-control"] == "no-store"


def test_the_page_about_the_api_names_every_refusal_and_every_scope() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    code = "".join(
        (ROOT / "sync" / "hub" / name).read_text() for name in ("api.py", "api_access.py")
    )
    problems = set(re.findall(r'Refusal\((?:\d+|error\.status_code), "(\w+)"', code))
    problems |= {"product", "variant", "options", "name"}  # those that are handed in
    assert len(problems) > 10
    for word in (*problems - {"storage", "too_often"}, *SCOPES):
        assert f"`{word}`" in page, word

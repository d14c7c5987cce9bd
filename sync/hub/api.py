"""The API for other systems of head office: read sales and stock, write products and prices.

Described at /api/openapi.json, from these functions.  Every request needs a token (`echoppe-hub
token`), and most a token with the scope that its description names.  Lists come in pages; where a
page ends, `next` is what to ask with.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.security import HTTPBearer

from pos.clock import utc_text
from pos.countries import COUNTRIES
from pos.domain.catalogue import NAME_MAX
from pos.domain.catalogue import Product as OurProduct
from pos.domain.catalogue import Variant as OurVariant
from pos.domain.text import clean_text
from pos.ids import ProductId, product_id, variant_id
from pos.importers.plain_text import DESCRIPTION_MAX
from pos.importers.product_draft import WORD_MAX
from pos.money import Currency, Money
from sync.hub import api_models as api
from sync.hub.api_access import REQUESTS_A_MINUTE, Limiter, Refusal, guarded
from sync.hub.catalogue import BarcodeTaken, NotFound, keep_product, set_price
from sync.hub.hub import Hub
from sync.hub.store import catalogue, sales, stock
from sync.hub.store.organisation import Organisation
from sync.hub.store.overview import tills_now

_REFUSALS = {
    400: "the body is no JSON, or a parameter is not known",
    401: "no token, or one that is not known",
    403: "the token does not have the scope",
    413: "the body is too large",
    422: "the request is not as described",
    429: "too many requests within a minute",
    503: "the database cannot be reached; try again",
}
_NOT_FOUND = {404: {"model": api.Problem, "description": "there is no such thing"}}
_CONFLICT = {409: {"model": api.Problem, "description": "it does not fit what is there"}}


def api_router(hub: Hub, *, limiter: Limiter | None = None) -> APIRouter:
    """Return the API of a hub."""
    router = APIRouter(
        prefix="/api/v1",
        route_class=guarded(hub, limiter or Limiter(REQUESTS_A_MINUTE)),
        dependencies=[Depends(HTTPBearer(auto_error=False))],  # for the description only
        responses={
            status: {"model": api.Problem, "description": text}
            for status, text in _REFUSALS.items()
        },
    )

    def add(path: str, endpoint: Any, scope: str = "", method: str = "GET", **more: Any) -> None:
        extra = {"x-scope": scope} if scope else {}
        tags = [path.split("/")[1]]
        router.add_api_route(
            path, endpoint, methods=[method], openapi_extra=extra, tags=[*tags], **more
        )

    changes = _NOT_FOUND | _CONFLICT
    price = "/products/{product}/variants/{variant}/price"
    add("/stands", list_stands)
    add("/tills", list_tills)
    add("/sales", list_sales, "sales:read")
    add("/stock", list_stock, "stock:read")
    add("/products", list_products, "products:read")
    add("/products/{product}", read_product, "products:read", responses=_NOT_FOUND)
    add("/products/{product}", change_product, "products:write", "PUT", responses=changes)
    add(price, change_price, "products:write", "PUT", responses=changes)
    added = {201: {"model": api.Product, "description": "it is new"}}
    handles = "/handles/{handle}"
    add(handles, keep_product_by_handle, "products:write", "PUT", responses=_CONFLICT | added)
    return router


def _hub_of(request: Request) -> Hub:
    hub = request.state.hub
    assert isinstance(hub, Hub)
    return hub


_Hub = Annotated[Hub, Depends(_hub_of)]
_Limit = Annotated[int, Query(ge=1, le=api.PAGE_MAX)]
_Stand = Annotated[str | None, Query(pattern=api.STAND, description="this stand only")]
_ProductId = Annotated[str, Path(pattern=api.ID)]
_VariantId = Annotated[str, Path(pattern=api.ID)]


def list_stands(hub: _Hub) -> api.Stands:
    """The places that sell."""
    with hub.database.read() as connection:
        stands = catalogue.all_stands(connection)
    return api.Stands(
        stands=[
            api.Stand(stand=one.stand, name=one.name, is_active=one.is_active) for one in stands
        ]
    )


def list_tills(hub: _Hub) -> api.Tills:
    """The tills, when they were last heard of, and what only they have."""
    currency = hub.organisation().currency
    with hub.database.read() as connection:
        tills = tills_now(connection)
    return api.Tills(
        tills=[
            api.Till(
                till_id=one.till_id,
                stand=one.stand,
                till=one.till,
                is_revoked=one.revoked_at is not None,
                seen_at=one.seen_at,
                waiting=one.waiting,
                at_risk=api.Amount(minor=one.at_risk_minor, currency=currency),
            )
            for one in tills
        ]
    )


def list_sales(  # noqa: PLR0913, PLR0917 each is a parameter of the request
    hub: _Hub,
    first: Annotated[str, Query(alias="from", pattern=api.DATE, description="business date")],
    last: Annotated[str, Query(alias="to", pattern=api.DATE, description="this day too")],
    stand: _Stand = None,
    cursor: Annotated[str | None, Query(pattern=api.SALES_CURSOR)] = None,
    limit: _Limit = 100,
) -> api.Sales:
    """Sales of some days, a page at a time."""
    wanted = sales.Wanted(first_date=first, last_date=last, stand=stand or "")
    after = None
    if cursor:
        day, journal, seq = cursor.split(".")
        after = sales.Place(day, int(journal), int(seq))
    currency = hub.organisation().currency
    with hub.database.read() as connection:
        found = sales.page(connection, wanted, after=after, limit=limit)
    behind = ".".join(map(str, found[-1].place)) if len(found) == limit else None
    return api.Sales(sales=[_sale(one, currency) for one in found], next=behind)


def list_stock(
    hub: _Hub,
    stand: _Stand = None,
    cursor: Annotated[str | None, Query(pattern=api.STOCK_CURSOR)] = None,
    limit: _Limit = 100,
) -> api.Stock:
    """What is left at the stands, as far as the hub knows."""
    after = None
    if cursor:
        place, _, variant = cursor.partition(".")
        after = (place, variant)
    with hub.database.read() as connection:
        found = stock.levels(connection, stand=stand or "", after=after, limit=limit)
    last = found[-1] if len(found) == limit else None
    return api.Stock(
        levels=[
            api.Level(
                stand=one.stand,
                variant_id=one.variant_id,
                sku=one.sku,
                name=one.name,
                pieces=one.pieces,
                at=one.at,
            )
            for one in found
        ],
        next=f"{last.stand}.{last.variant_id}" if last else None,
    )


def list_products(
    hub: _Hub,
    q: Annotated[str, Query(max_length=100, description="part of name, artist or handle")] = "",
    cursor: Annotated[str | None, Query(pattern=api.ID)] = None,
    limit: _Limit = 50,
) -> api.Products:
    """Products, a page at a time, in an order that stays."""
    words = clean_text(q, length_max=100)
    with hub.database.read() as connection:
        found = catalogue.page_of_products(connection, words=words, after=cursor or "", limit=limit)
    last = found[-1].product_id if len(found) == limit else None
    return api.Products(products=[_product(one) for one in found], next=last)


def read_product(hub: _Hub, product: _ProductId) -> api.Product:
    """One product."""
    with hub.database.read() as connection:
        found = catalogue.products_by_id(connection, [product])
    if product not in found:
        raise Refusal(404, "product", "there is no such product")
    return _product(found[product])


def change_product(hub: _Hub, product: _ProductId, body: api.NewProduct) -> api.Product:
    """Change a product that is there; its handle stays."""
    organisation = hub.organisation()
    with hub.database.write() as connection:
        old = catalogue.locked_product(connection, product)
        if old is None:
            raise Refusal(404, "product", "there is no such product")
        new = _wanted(body, old.handle, old, organisation)
        _keep(hub, connection, new)
    return _product(new)


def keep_product_by_handle(
    hub: _Hub,
    handle: Annotated[str, Path(pattern=api.HANDLE)],
    body: api.NewProduct,
    response: Response,
) -> api.Product:
    """Add a product, or change the one with this handle."""
    organisation = hub.organisation()
    with hub.database.write() as connection:
        known = catalogue.product_with_handle(connection, handle)
        old = catalogue.locked_product(connection, known.product_id) if known else None
        new = _wanted(body, handle, old, organisation)
        response.status_code = 201 if _keep(hub, connection, new) else 200
    return _product(new)


def change_price(
    hub: _Hub, product: _ProductId, variant: _VariantId, body: api.Price
) -> api.Product:
    """Change what one variant costs; tills in contact take it between two baskets."""
    price = _money(body, hub.organisation())
    with hub.database.write() as connection:
        try:
            changed = set_price(connection, product, variant, price, utc_text(hub.clock()))
        except NotFound as missing:
            raise Refusal(404, missing.what, f"there is no such {missing.what}") from missing
    return _product(changed)


def _keep(hub: Hub, connection: Any, product: OurProduct) -> bool:
    try:
        return keep_product(connection, product, utc_text(hub.clock()))
    except BarcodeTaken as taken:
        detail = f"{taken.code} is the barcode of {taken.owner}"
        raise Refusal(409, "barcode_taken", detail) from taken
    except catalogue.ProductTooLarge as error:
        raise Refusal(409, "product_too_large", "more variants than tills can be told") from error


def _wanted(
    body: api.NewProduct, handle: str, old: OurProduct | None, organisation: Organisation
) -> OurProduct:
    """Return a product as a request describes it, with the ids that it has or gets.

    Raises:
        Refusal: its parts do not go together.
    """
    names = tuple(_line(name, WORD_MAX, "options") for name in body.option_names)
    known = {one.options: one.variant_id for one in old.variants} if old else {}
    variants: dict[tuple[str, ...], OurVariant] = {}
    for one in body.variants:
        options = tuple(_line(value, WORD_MAX, "options") for value in one.options)
        if len(options) != len(names) or options in variants:
            raise Refusal(409, "options", "each variant needs its own value for each option name")
        variants[options] = OurVariant(
            variant_id=known.get(options) or variant_id(handle, options),
            options=options,
            price=_money(one.price, organisation),
            sku=clean_text(one.sku, length_max=100),
            barcodes=tuple(one.barcodes),
        )
    _check_codes(body)
    if body.tax_class not in COUNTRIES[organisation.seller.country].rates:
        raise Refusal(409, "tax_class", "there is no such tax class in this country")
    return OurProduct(
        product_id=old.product_id if old else ProductId(product_id(handle)),
        handle=handle,
        name=_line(body.name, NAME_MAX, "name"),
        variants=tuple(variants.values()),
        artist=clean_text(body.artist, length_max=WORD_MAX),
        category=clean_text(body.category, length_max=WORD_MAX),
        description=clean_text(body.description, length_max=DESCRIPTION_MAX),
        tax_class=body.tax_class,
        option_names=names,
        picture=old.picture if old else "",
        on_sale=body.on_sale,
    )


def _check_codes(body: api.NewProduct) -> None:
    codes = [code for one in body.variants for code in one.barcodes]
    if len(set(codes)) != len(codes):
        raise Refusal(409, "barcode_twice", "a scan must mean one variant")


def _line(text: str, length_max: int, problem: str) -> str:
    line = clean_text(text, length_max=length_max)
    if not line:
        raise Refusal(409, problem, "nothing of this text can be shown")
    return line


def _money(price: api.Price, organisation: Organisation) -> Money:
    if price.currency != organisation.currency:
        raise Refusal(409, "currency", f"prices are in {organisation.currency} here")
    return Money(price.minor, Currency(price.currency))


def _sale(one: sales.Sale, currency: str) -> api.Sale:
    return api.Sale(
        sale_id=one.sale_id,
        till_id=one.till_id,
        stand=one.stand,
        receipt_number=one.receipt_number,
        business_date=one.business_date,
        local_time=one.local_time,
        total=api.Amount(minor=one.total_minor, currency=currency),
        lines=[
            api.SaleLine(
                variant_id=line.variant_id,
                label=line.label,
                quantity=line.quantity,
                gross=api.Amount(minor=line.gross_minor, currency=currency),
                tax=api.Amount(minor=line.tax_minor, currency=currency),
                rate_bp=line.rate_bp,
            )
            for line in one.lines
        ],
    )


def _product(one: OurProduct) -> api.Product:
    return api.Product(
        product_id=one.product_id,
        handle=one.handle,
        name=one.name,
        artist=one.artist,
        category=one.category,
        description=one.description,
        tax_class=one.tax_class,
        option_names=list(one.option_names),
        picture=one.picture,
        on_sale=one.on_sale,
        variants=[
            api.Variant(
                variant_id=variant.variant_id,
                options=list(variant.options),
                price=api.Amount(minor=variant.price.minor, currency=variant.price.currency),
                sku=variant.sku,
                barcodes=list(variant.barcodes),
            )
            for variant in one.variants
        ],
    )

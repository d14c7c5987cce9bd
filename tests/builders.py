"""What tests are made of, so that a test names only what it is about.

Amounts are minor units: `euros(2500)` is 25.00 €.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pos.bootstrap import open_till
from pos.clock import Now
from pos.commands import ApplyProducts, CompleteSale
from pos.countries import COUNTRIES
from pos.domain.basket import Basket, BasketLine
from pos.domain.catalogue import (
    STANDARD,
    OpeningStock,
    Product,
    ProductsApplied,
    Variant,
    VariantOnSale,
)
from pos.domain.facts import Identity, JournalOpened, Mode, Seller
from pos.domain.tender import Method, Tender
from pos.folders import Folders
from pos.founding import Place, found_journal
from pos.ids import BasketId, OperatorCode, SaleId, product_id, uuid7
from pos.ids import variant_id as id_of_variant
from pos.importers.import_request import ImportSummary
from pos.money import EUR, Money
from pos.reports.catalogue import FindByCode, Found
from pos.till import Till
from tests.fakes import SteppingClock

CountryCode = Literal["FR", "BE"]

ZOE = OperatorCode("ZOE")
AFTERNOON = datetime(2026, 7, 18, 13, 2, 11, tzinfo=UTC)
"""A Saturday in July, 15:02:11 at the stand."""

_SELLERS = {
    "FR": Seller(
        name="Les Disques du Quai",
        legal_form="SARL",
        address=("12 rue des Ateliers", "44000 Nantes"),
        country="FR",
        registration="12345678200010",
        vat_number="FR11123456782",
    ),
    "BE": Seller(
        name="Maison de la Boue",
        legal_form="SRL",
        address=("Rue du Pré 7", "5000 Namur"),
        country="BE",
        registration="0123456749",
        vat_number="BE0123456749",
    ),
}


def euros(minor: int) -> Money:
    return Money(minor, EUR)


def an_identity(
    country: CountryCode = "FR",
    *,
    stand: str = "GS",
    till: str = "1",
    day_starts_at: str = "05:00",
    seller: Seller | None = None,
) -> Identity:
    return Identity(
        seller=seller or _SELLERS[country],
        stand=stand,
        stand_name="Grande scène",
        till=till,
        time_zone=COUNTRIES[country].time_zone,
        day_starts_at=day_starts_at,
    )


def an_opening(
    country: CountryCode = "FR",
    *,
    identity: Identity | None = None,
    mode: Mode = "live",
    ordinal: int = 1,
) -> JournalOpened:
    return JournalOpened(
        mode=mode,
        identity=identity or an_identity(country),
        currency=EUR,
        ordinal=ordinal,
        public_key="00" * 32,
        software_version="0.1.0",
        fiscal_version="1.0",
    )


def a_variant(
    price: int = 2500,
    *,
    name: str = "T-shirt Wildfire",
    options: tuple[str, ...] = ("M",),
    tax_class: str = STANDARD,
    number: int = 1,
    sku: str = "",
    barcode: str = "",
    artist: str = "Les Naufragés",
    category: str = "T-shirts",
) -> VariantOnSale:
    """Return a variant as a basket holds it; another name or size is another variant."""
    return VariantOnSale(
        variant_id=id_of_variant(name, options),
        product_id=product_id(name),
        number=number,
        name=name,
        options=options,
        price=euros(price),
        tax_class=tax_class,
        sku=sku,
        barcode=barcode,
        artist=artist,
        category=category,
    )


def a_size(
    size: str = "M",
    *,
    handle: str = "wildfire",
    price: int = 2500,
    sku: str = "",
    barcodes: tuple[str, ...] = (),
) -> Variant:
    """Return one variant of a product of the catalogue."""
    options = (size,) if size else ()
    return Variant(
        variant_id=id_of_variant(handle, options),
        options=options,
        price=euros(price),
        sku=sku,
        barcodes=barcodes,
    )


def a_product(
    handle: str = "wildfire",
    *sizes: Variant,
    name: str = "T-shirt Wildfire",
    artist: str = "Les Naufragés",
    category: str = "T-shirts",
    tax_class: str = STANDARD,
    on_sale: bool = True,
) -> Product:
    """Return a product of the catalogue; without `sizes` it has one, M, at 25.00 €."""
    return Product(
        product_id=product_id(handle),
        handle=handle,
        name=name,
        variants=sizes or (a_size(handle=handle),),
        artist=artist,
        category=category,
        tax_class=tax_class,
        option_names=("Size",),
        on_sale=on_sale,
    )


def opening_stock(product: Product, quantity: int) -> tuple[OpeningStock, ...]:
    """Return the same number of pieces of every variant."""
    return tuple(OpeningStock(variant.variant_id, quantity) for variant in product.variants)


def lines_of(*wanted: VariantOnSale | tuple[VariantOnSale, int]) -> tuple[BasketLine, ...]:
    """Return a line for each variant, or for each pair of variant and quantity."""
    pairs = [one if isinstance(one, tuple) else (one, 1) for one in wanted]
    return tuple(BasketLine(variant=variant, quantity=quantity) for variant, quantity in pairs)


def a_basket(*wanted: VariantOnSale | tuple[VariantOnSale, int]) -> Basket:
    return Basket(basket_id=BasketId(uuid7()), currency=EUR, lines=lines_of(*wanted))


def a_tender(method: Method, minor: int, reference: str = "") -> Tender:
    return Tender(method=method, amount=euros(minor), reference=reference)


def a_sale(
    *wanted: VariantOnSale | tuple[VariantOnSale, int],
    tenders: Sequence[tuple[Method, int]],
    sale_id: str = "",
    operator: OperatorCode = ZOE,
    basket_id: BasketId | None = None,
) -> CompleteSale:
    """Ask for a sale of some variants, paid in these ways: `tenders=[("card", 2500)]`."""
    return CompleteSale(
        sale_id=SaleId(sale_id or uuid7()),
        operator=operator,
        lines=lines_of(*wanted),
        tenders=tuple(a_tender(method, minor) for method, minor in tenders),
        basket_id=basket_id,
    )


def a_cash_sale(
    price: int = 2500, *, tendered: int | None = None, sale_id: str = "", quantity: int = 1
) -> CompleteSale:
    """Ask for a sale of one variant, paid in cash: exactly, unless `tendered` says otherwise."""
    cash = price * quantity if tendered is None else tendered
    return a_sale((a_variant(price), quantity), tenders=[("cash", cash)], sale_id=sale_id)


def folders_in(tmp_path: Path) -> Folders:
    return Folders(data=tmp_path / "data", config=tmp_path / "config")


def a_till(
    tmp_path: Path,
    country: CountryCode = "FR",
    *,
    mode: Mode = "live",
    now: Now | None = None,
    identity: Identity | None = None,
) -> Till:
    """Found a journal if there is none yet, and open its till; the test closes it.

    Without `now` it is a Saturday afternoon in July, a second later at each transaction.
    """
    place = Place(folders_in(tmp_path), mode, now or SteppingClock(AFTERNOON))
    if not place.path.exists():
        found_journal(place, identity or an_identity(country))
    return open_till(place)


def fill(till: Till, *products: Product, stock: int = 0) -> ProductsApplied:
    """Let a till's catalogue have these products, with so many pieces of each variant."""
    opening = tuple(piece for one in products for piece in opening_stock(one, stock))
    answer = till.execute(ApplyProducts(products=products, opening=opening, operator=ZOE))
    assert isinstance(answer, ProductsApplied)
    return answer


def an_import_summary(
    outcome: Literal["imported", "checked", "refused"] = "checked",
    *,
    products: int = 2,
    variants: int = 3,
    bad_rows: int = 0,
    warnings: int = 0,
) -> ImportSummary:
    """Return what an import of a file did, or would do, into an empty catalogue."""
    return ImportSummary(
        outcome=outcome,
        products=products,
        variants=variants,
        bad_rows=bad_rows,
        warnings=warnings,
        applied=ProductsApplied(products_added=products, variants_added=variants),
        unchanged=0,
        quantities_left=0,
        not_in_file=0,
        pictures=0,
    )


def on_sale(till: Till, code: str) -> VariantOnSale:
    """Return the variant with this code as the till sells it now."""
    found = till.ask(FindByCode(candidates=(code,)))
    assert isinstance(found, Found), found
    return found.key.variant

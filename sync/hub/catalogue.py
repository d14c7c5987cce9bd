"""Changing what all tills sell: prices, products and pictures, one by one or from a shop's file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from pos.clock import Now, utc_now
from pos.domain.catalogue import Product
from pos.ids import OperatorCode
from pos.importers.import_request import ImportOptions, ImportSummary, Watcher
from pos.importers.product_draft import Terms
from pos.importers.product_import import check_products as check_file
from pos.importers.product_import import import_products as import_into
from pos.money import Currency, Money
from sync.hub.importing_till import HubCatalogueTill
from sync.hub.pictures import PictureFolder, media_type_of
from sync.hub.store import catalogue
from sync.hub.store.organisation import Organisation, organisation_of
from sync.hub.store.upserting import alone_with_meaning

if TYPE_CHECKING:
    from sync.hub.store.database import Connection, HubDatabase

PRICE_MAX_MINOR = 10**9
HEAD_OFFICE = OperatorCode("HUB")


class NotFound(Exception):
    """There is no such product, variant or stand; `what` says which."""

    def __init__(self, what: Literal["product", "variant", "stand"]) -> None:
        super().__init__(what)
        self.what = what


class BarcodeTaken(Exception):
    """Another product has this barcode already, and a scan must mean one thing."""

    def __init__(self, code: str, owner: str) -> None:
        super().__init__(code)
        self.code = code
        self.owner = owner  # the product's name


class NoOrganisation(Exception):
    """The hub is nobody's yet: `echoppe-hub init` comes first."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """How a person wants a product file to be imported."""

    stand: str = ""  # where the file's quantities are; "" leaves them out
    tax_classes: dict[str, str] = {}  # by the product's type
    skip_bad_rows: bool = False
    pictures: Path | None = None  # a folder of files named by handle


def set_price(
    connection: Connection, product_id: str, variant_id: str, price: Money, at: str
) -> Product:
    """Change a price and return the product as it is sold from now on.

    Raises:
        NotFound: there is no such product, or it has no such variant.
    """
    product = catalogue.locked_product(connection, product_id)
    if product is None:
        raise NotFound("product")
    if variant_id not in {one.variant_id for one in product.variants}:
        raise NotFound("variant")
    assert 0 <= price.minor <= PRICE_MAX_MINOR, "whoever asks a person for a price checks it"
    variants = tuple(
        msgspec.structs.replace(one, price=price) if one.variant_id == variant_id else one
        for one in product.variants
    )
    changed = msgspec.structs.replace(product, variants=variants)
    catalogue.put_products(connection, [changed], at)
    return changed


def keep_product(connection: Connection, product: Product, at: str) -> bool:
    """Add a product or change it, and say whether it is new.

    Raises:
        BarcodeTaken: another product has one of its barcodes.
        ProductTooLarge: it has more words or variants than tills can be told of.
    """
    alone_with_meaning(connection)  # of two that want one barcode, the second is told
    codes = [code for one in product.variants for code in one.barcodes]
    owners = catalogue.owners_of_barcodes(connection, codes)
    homes = catalogue.products_of_variants(connection, set(owners.values()))
    for code, owner in owners.items():
        if owner in homes and homes[owner].product_id != product.product_id:
            raise BarcodeTaken(code, homes[owner].name)
    return catalogue.put_products(connection, [product], at).products_added > 0


def set_picture(connection: Connection, product_id: str, body: bytes, at: str) -> Product:
    """Give a product a picture, or take it away with no bytes at all.

    Raises:
        NotFound: there is no such product.
        BadPicture: these bytes are none that tills can show.
    """
    product = catalogue.locked_product(connection, product_id)
    if product is None:
        raise NotFound("product")
    name = catalogue.put_picture(connection, body, media_type_of(body)) if body else ""
    changed = msgspec.structs.replace(product, picture=name)
    catalogue.put_products(connection, [changed], at)
    return changed


def check_products(
    database: HubDatabase, path: Path, request: Request, watcher: Watcher
) -> ImportSummary:
    """Say what importing a product file would do, and change nothing.

    Raises:
        UnreadableFile: it is not a product export that can be read.
        NoOrganisation: the hub is nobody's yet.
        NotFound: there is no such stand.
    """
    organisation = _organisation(database, request.stand)
    till = HubCatalogueTill(database, organisation, stand=request.stand)
    return check_file(till, path, _options(organisation, request), watcher)


def import_products(
    database: HubDatabase, path: Path, request: Request, watcher: Watcher, *, now: Now = utc_now
) -> ImportSummary:
    """Bring the catalogue up to date with a Shopify export, in pages of one transaction each.

    Raises:
        UnreadableFile: it is not a product export that can be read.
        NoOrganisation: the hub is nobody's yet.
        NotFound: there is no such stand.
        ProductTooLarge: one has more words or variants than tills can be told of; the pages
            applied so far stay.
        StorageUnavailable: the disk said no; they stay, too.
    """
    organisation = _organisation(database, request.stand)
    pictures = PictureFolder(request.pictures, watcher) if request.pictures else None
    till = HubCatalogueTill(database, organisation, stand=request.stand, pictures=pictures, now=now)
    summary = import_into(till, path, _options(organisation, request), watcher)
    return msgspec.structs.replace(
        summary,
        pictures=till.pictures_given,
        warnings=summary.warnings + (pictures.unreadable if pictures else 0),
    )


def _organisation(database: HubDatabase, stand: str) -> Organisation:
    with database.read() as connection:
        organisation = organisation_of(connection)
        if organisation is None:
            raise NoOrganisation
        if stand and stand not in {one.stand for one in catalogue.all_stands(connection)}:
            raise NotFound("stand")
    return organisation


def _options(organisation: Organisation, request: Request) -> ImportOptions:
    return ImportOptions(
        terms=Terms(currency=Currency(organisation.currency), tax_classes=request.tax_classes),
        operator=HEAD_OFFICE,
        skip_bad_rows=request.skip_bad_rows,
    )

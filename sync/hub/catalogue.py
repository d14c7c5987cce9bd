"""Changing what all tills sell: prices, products and pictures, one by one or from a shop's file."""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from PIL import Image, UnidentifiedImageError

from pos.clock import Now, utc_now, utc_text
from pos.commands import ApplyProducts, Command, FinishImport
from pos.domain.catalogue import OpeningStock, Product, ProductsApplied, VariantOnSale
from pos.ids import OperatorCode, VariantId
from pos.importers.import_request import AnswerT, ImportOptions, ImportSummary, Watcher
from pos.importers.notices import RowWarning
from pos.importers.product_draft import Terms
from pos.importers.product_import import check_products as check_file
from pos.importers.product_import import import_products as import_into
from pos.money import Currency, Money
from pos.reports import catalogue as questions
from pos.reports.question import Question
from sync.hub.store import catalogue, stock
from sync.hub.store.organisation import Organisation, organisation_of
from sync.hub.store.upserting import alone_with_meaning

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sync.hub.store.database import HubDatabase

PICTURE_BYTES_MAX = 2 * 1024 * 1024
PIXELS_MAX = 40_000_000
PRICE_MAX_MINOR = 10**9
HEAD_OFFICE = OperatorCode("HUB")

_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")


class _AnyPicture(str):
    """Whatever the file says of a picture: an address of the shop's is no change for us."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    def __ne__(self, other: object) -> bool:
        return not isinstance(other, str)

    __hash__ = str.__hash__


_ANY = _AnyPicture()


class NotFound(Exception):
    """There is no such product, variant or stand; `what` says which."""

    def __init__(self, what: Literal["product", "variant", "stand"]) -> None:
        super().__init__(what)
        self.what = what


class BadPicture(Exception):
    """Bytes that are no picture, or one that tills cannot take; `why` says so."""

    def __init__(self, why: Literal["too_large", "format", "damaged"]) -> None:
        super().__init__(why)
        self.why = why


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


def media_type_of(body: bytes) -> str:
    """Return what kind of picture it is, having looked at all of it.

    Raises:
        BadPicture: it is none, too large, or damaged.
    """
    if len(body) > PICTURE_BYTES_MAX:
        raise BadPicture("too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a bomb is refused by its size below
            with Image.open(io.BytesIO(body), formats=tuple(_FORMATS)) as picture:
                if picture.width * picture.height > PIXELS_MAX:
                    raise BadPicture("too_large")
                kind = picture.format or ""
                picture.load()
    except UnidentifiedImageError as error:
        raise BadPicture("format") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadPicture("damaged") from error
    return _FORMATS[kind]


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
        StorageUnavailable: the disk said no; the pages applied so far stay.
    """
    organisation = _organisation(database, request.stand)
    pictures = _Pictures(request.pictures, watcher) if request.pictures else None
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


class HubCatalogueTill:
    """The hub's catalogue as an import sees it: like a till's, with one stand's stock."""

    def __init__(
        self,
        database: HubDatabase,
        organisation: Organisation,
        *,
        stand: str = "",
        pictures: _Pictures | None = None,
        now: Now = utc_now,
    ) -> None:
        self.pictures_given = 0
        self._database = database
        self._organisation = organisation
        self._stand = stand
        self._pictures = pictures
        self._now = now

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return the answer to a question that an import has."""
        with self._database.read() as connection:
            answer: Any = self._answer(question, connection)
            return answer  # type: ignore[no-any-return]  # each question has its own type

    def _answer(self, question: Question[Any], connection: Connection) -> object:
        match question:
            case questions.ExistingProducts():
                products = catalogue.products_by_id(connection, question.product_ids)
                return {k: msgspec.structs.replace(v, picture=_ANY) for k, v in products.items()}
            case questions.BarcodeOwners():
                return catalogue.owners_of_barcodes(connection, question.barcodes)
            case questions.CountCatalogue():
                count, variants = catalogue.count(connection)
                return questions.CatalogueSize(products=count, variants=variants)
            case questions.KeysOf():
                return self._keys(question.variant_ids, connection)
            case questions.TaxClassesOf():
                return _tax_classes(question.categories, connection)
            case questions.Tiles():
                return _tiles(question, connection)
            case questions.VariantsWithStock():
                return stock.variants_moved(connection, self._stand, question.variant_ids)
            case _:
                raise AssertionError(f"no import asks {question!r}")

    def _keys(
        self, variant_ids: Sequence[VariantId], connection: Connection
    ) -> tuple[questions.SizeKey, ...]:
        products = catalogue.products_of_variants(connection, variant_ids)
        levels = stock.levels_of(connection, self._stand, variant_ids)
        keys = []
        for one in variant_ids:
            if one in products:
                variant = _on_sale(products[one], one)
                keys.append(questions.SizeKey(variant=variant, on_hand=levels.get(one, 0)))
        return tuple(keys)

    def execute(self, command: Command) -> Any:
        """Keep a page of products, durably; what ends an import is recorded by no journal here."""
        match command:
            case ApplyProducts():
                return self._apply(command)
            case FinishImport():
                return None
            case _:
                raise AssertionError(f"no import does {command!r}")

    def _apply(self, command: ApplyProducts) -> ProductsApplied:
        at = utc_text(self._now())
        with self._database.write() as connection:
            products = self._with_pictures(command.products, connection)
            applied = catalogue.put_products(connection, products, at)
            opened = self._bring(command.opening, at, connection)
        return msgspec.structs.replace(applied, stock_opened=opened)

    def _with_pictures(self, products: Sequence[Product], connection: Connection) -> list[Product]:
        """Return products with pictures of ours: an address of the shop's says nothing to tills."""
        known = catalogue.products_by_id(connection, [one.product_id for one in products])
        given = []
        for one in products:
            old = known.get(one.product_id)
            name = old.picture if old else ""
            found = self._pictures.of(one.handle) if self._pictures else None
            if found is not None:
                new = catalogue.put_picture(connection, *found)
                self.pictures_given += new != name
                name = new
            given.append(msgspec.structs.replace(one, picture=name))
        return given

    def _bring(self, opening: Sequence[OpeningStock], at: str, connection: Connection) -> int:
        """Bring the file's pieces to the stand, of what nothing has ever moved there."""
        if not self._stand or not opening:
            return 0
        moved = stock.variants_moved(connection, self._stand, [one.variant_id for one in opening])
        pieces = {one.variant_id: one.quantity for one in opening if one.variant_id not in moved}
        stock.bring(connection, self._organisation.organisation_id, self._stand, pieces, at)
        return len(pieces)


def _on_sale(product: Product, variant_id: VariantId) -> VariantOnSale:
    """Return a variant as an import shows it: what it is called, and whose it is."""
    options: tuple[str, ...] = ()
    price = Money(0, Currency("EUR"))
    for one in product.variants:
        if one.variant_id == variant_id:
            options, price = one.options, one.price
    return VariantOnSale(
        variant_id=variant_id,
        product_id=product.product_id,
        number=0,  # small numbers are a till's own
        name=product.name,
        options=options,
        price=price,
        tax_class=product.tax_class,
    )


def _tax_classes(categories: Sequence[str], connection: Connection) -> dict[str, frozenset[str]]:
    found = {
        category: frozenset(one.tax_class for one in catalogue.products_in(connection, category))
        for category in categories
    }
    return {category: classes for category, classes in found.items() if classes}


def _tiles(question: questions.Tiles, connection: Connection) -> questions.TilePage:
    limit = question.limit
    products = catalogue.products_by_number(connection, offset=question.offset, limit=limit + 1)
    tiles = tuple(
        questions.Tile(
            product_id=one.product_id,
            name=one.name,
            artist=one.artist,
            category=one.category,
            keys=(),
        )
        for one in products[:limit]
    )
    return questions.TilePage(tiles=tiles, more=len(products) > limit)


class _Pictures:
    """Pictures in a folder, named by handle; it is listed once, so that `../x` reaches nothing."""

    def __init__(self, folder: Path, watcher: Watcher) -> None:
        self.unreadable = 0
        self._watcher = watcher
        self._files = {
            _key(path.stem): path
            for path in sorted(folder.iterdir())
            if path.suffix.lower() in _SUFFIXES and path.is_file()
        }

    def of(self, handle: str) -> tuple[bytes, str] | None:
        """Return a product's picture and its media type; one that cannot be used is told of."""
        path = self._files.get(_key(handle))
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                body = file.read(PICTURE_BYTES_MAX + 1)
            return body, media_type_of(body)
        except (BadPicture, OSError):
            self.unreadable += 1
            self._watcher.notice(
                RowWarning(line=0, column="", kind="picture_unreadable", value=path.name)
            )
            return None


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

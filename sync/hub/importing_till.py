"""The hub's catalogue as an import sees it: like a till's, with one stand's stock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from pos.clock import Now, utc_now, utc_text
from pos.commands import ApplyProducts, Command, FinishImport
from pos.domain.catalogue import OpeningStock, Product, ProductsApplied, VariantOnSale
from pos.ids import VariantId
from pos.importers.import_request import AnswerT
from pos.money import Currency, Money
from pos.reports import catalogue as questions
from pos.reports.question import Question
from sync.hub.pictures import PictureFolder
from sync.hub.store import catalogue, stock
from sync.hub.store.organisation import Organisation

if TYPE_CHECKING:
    from sync.hub.store.database import Connection, HubDatabase


class _AnyPicture(str):
    """Whatever the file says of a picture: an address of the shop's is no change for us."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    def __ne__(self, other: object) -> bool:
        return not isinstance(other, str)

    __hash__ = str.__hash__


_ANY = _AnyPicture()


class HubCatalogueTill:
    """The hub's catalogue as an import sees it: like a till's, with one stand's stock."""

    def __init__(
        self,
        database: HubDatabase,
        organisation: Organisation,
        *,
        stand: str = "",
        pictures: PictureFolder | None = None,
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

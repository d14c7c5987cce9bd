"""What may be asked of a till, in the imperative.

The caller makes the ids, so that asking twice is the same as asking once.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from pos.domain.basket import Basket, BasketLine
from pos.domain.catalogue import OpeningStock, Product, ProductsApplied
from pos.domain.feed import AnyFeedItem
from pos.domain.feed_place import TillHeard
from pos.domain.tender import Method, TakenSoFar, Tender
from pos.ids import BasketId, OperatorCode, SaleId, VariantId
from pos.money import Money


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something a person or another part of the program wants done."""


class CompleteSale(Command, frozen=True, kw_only=True):
    """Take the tenders for these lines; answers with the `SaleCompleted`.

    The basket that it came from is emptied in the same transaction.
    """

    sale_id: SaleId
    operator: OperatorCode
    lines: tuple[BasketLine, ...]
    tenders: tuple[Tender, ...]
    basket_id: BasketId | None = None


class SaveBasket(Command, frozen=True, kw_only=True):
    """Keep the basket in progress, so that a power cut costs nothing; answers None."""

    basket: Basket


class SaveTenders(Command, frozen=True, kw_only=True):
    """Keep what was taken for the basket in progress; nothing taken is forgotten. Answers None."""

    taken: TakenSoFar


class ForgetUnreadTenders(Command, frozen=True, kw_only=True):
    """Forget the notes of money that cannot be read: somebody has been told. Answers None."""


class IssueReceipt(Command, frozen=True, kw_only=True):
    """Record that a receipt goes out, before it does; answers with the `ReceiptIssued`."""

    sale_id: SaleId
    channel: Literal["print", "screen", "file"]
    operator: OperatorCode


class CorrectTender(Command, frozen=True, kw_only=True):
    """Move an amount of a sale to another method; answers with the `TenderCorrected`."""

    correction_id: str
    sale_id: SaleId
    from_method: Method
    to_method: Method
    amount: Money
    reason: str
    operator: OperatorCode


class ApplyProducts(Command, frozen=True, kw_only=True):
    """Add or update a page of products (at most `PRODUCTS_PAGE_MAX`); answers `ProductsApplied`.

    A variant's opening stock becomes a movement only where the variant has none yet.
    """

    products: tuple[Product, ...]
    opening: tuple[OpeningStock, ...] = ()
    operator: OperatorCode


class FinishImport(Command, frozen=True, kw_only=True):
    """Record that a file's products have all arrived; answers with the `CatalogueChanged`."""

    source: str
    sha256: str
    products: int
    variants: int
    operator: OperatorCode


class JoinOrganisation(Command, frozen=True, kw_only=True):
    """Record that this till belongs to a hub's organisation; answers with the `Enrolled`.

    The same again changes nothing.
    """

    organisation_id: str
    organisation_name: str
    till_id: str
    serial: int  # of the certificate
    device_public_key: str  # Ed25519, hex: the machine's, not the journal's
    operator: OperatorCode


class ApplyFeed(Command, frozen=True, kw_only=True):
    """Take what a hub tells (one of `feed_pieces`); answers with a `FeedOutcome`.

    Outside a snapshot the position is that of the last item, or how far the hub had nothing to
    say; what the till has already is not taken again.  In a snapshot it is the snapshot's.
    """

    feed_id: str
    position: int
    items: tuple[AnyFeedItem, ...] = ()
    seen: tuple[TillHeard, ...] = ()


class BeginSnapshot(Command, frozen=True, kw_only=True):
    """Begin to take all that holds, as of a position; answers with a `FeedOutcome`.

    The same again goes on with it; another one takes its place.
    """

    feed_id: str
    position: int


class FinishSnapshot(Command, frozen=True, kw_only=True):
    """End a snapshot: what it did not name is gone or off sale; answers with a `FeedOutcome`.

    Ask again while the answer's place says `is_in_snapshot`: a sale may come in between.
    """

    feed_id: str
    position: int


class CountOwnNames(Command, frozen=True, kw_only=True):
    """Count what moved here under names of this till's own as what the hub means by them.

    Answers with how many levels that changed.  Names that are not in it stay as they were.
    """

    names: tuple[tuple[VariantId, VariantId | None], ...]  # own, and the hub's; None: not known


PRODUCTS_PAGE_MAX = 200

__all__ = [
    "PRODUCTS_PAGE_MAX",
    "ApplyFeed",
    "ApplyProducts",
    "BeginSnapshot",
    "Command",
    "CompleteSale",
    "CorrectTender",
    "CountOwnNames",
    "FinishImport",
    "FinishSnapshot",
    "ForgetUnreadTenders",
    "IssueReceipt",
    "JoinOrganisation",
    "ProductsApplied",
    "SaveBasket",
    "SaveTenders",
]

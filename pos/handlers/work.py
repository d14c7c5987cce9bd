"""What a handler may see and do: one transaction on the till."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from pos.domain.basket import Basket
from pos.domain.catalogue import Product, ProductsApplied
from pos.domain.counters import Counters
from pos.domain.facts import Enrolled, Fact, JournalOpened, SaleCompleted
from pos.domain.feed import StaffListed, StandListed, StockOfTill, TillListed
from pos.domain.feed_place import PlaceInFeed, TillHeard
from pos.domain.tender import Method, TakenSoFar
from pos.ids import BasketId, OperatorCode, ProductId, SaleId, ShiftId, VariantId
from pos.money import Money


class FeedTables(Protocol):
    """What a hub told, in the same transaction; `keep_` says whether anything changed."""

    def place(self) -> PlaceInFeed:
        """Return how far the till has come."""
        ...

    def begin_snapshot(self, feed_id: str, position: int) -> None:
        """Begin a snapshot: of what was named before it, nothing counts as named."""
        ...

    def go_on(self, position: int) -> None:
        """Move on in the feed."""
        ...

    def end_snapshot(self) -> None:
        """Go on with the feed from the snapshot's position."""
        ...

    def forget_unnamed(self, limit: int) -> int:
        """Let go of what the snapshot did not name, at most so many; return how many it was.

        Products go off sale, all others are gone.  People whom the feed never named stay.
        """
        ...

    def name_product(self, product_id: ProductId) -> None:
        """Note that the feed named a product."""
        ...

    def keep_staff(self, item: StaffListed) -> bool:
        """Add, update or erase somebody who works here."""
        ...

    def keep_stand(self, item: StandListed) -> bool:
        """Add or update a stand."""
        ...

    def keep_till(self, item: TillListed) -> bool:
        """Add or update a till."""
        ...

    def keep_stock(self, item: StockOfTill) -> bool:
        """Keep what another till has moved."""
        ...

    def count_own(self, stand: str, names: Mapping[VariantId, VariantId | None]) -> int:
        """Count what moved here under the till's own names as the hub's; say how many changed."""
        ...

    def keep_heard(self, heard: TillHeard) -> None:
        """Keep when the hub last heard of a till."""
        ...

    def erase_own_staff(self) -> int:
        """Erase who works here by the till's own word, if the feed names a manager."""
        ...

    def on_sale(self) -> tuple[int, int]:
        """Return how many products and variants are on sale."""
        ...


class Work(Protocol):
    """One transaction on the till: it is kept whole or not at all."""

    @property
    def opened(self) -> JournalOpened:
        """Return who this till is."""
        ...

    @property
    def now(self) -> datetime:
        """Return the moment of this transaction, in UTC."""
        ...

    def record(self, fact: Fact, actor: OperatorCode) -> None:
        """Write a fact, and all that follows from it."""
        ...

    @property
    def feed(self) -> FeedTables:
        """Return what came down from a hub."""
        ...

    def enrolments(self) -> list[Enrolled]:
        """Return when this journal's till became a hub's, the last one last."""
        ...

    def sale(self, sale_id: SaleId) -> SaleCompleted | None:
        """Return a sale of this till."""
        ...

    def counters(self) -> Counters:
        """Return the counters; zeros before the first sale."""
        ...

    def shift_on(self, business_date: str) -> ShiftId | None:
        """Return the shift that is open for a business date."""
        ...

    def first_manager(self) -> OperatorCode:
        """Return the code of the first manager; of a till without staff, its own."""
        ...

    def on_hand(self, variant_id: VariantId) -> int:
        """Return how many pieces this stand has: by this till's records and by the feed's."""
        ...

    def has_stock_history(self, variant_id: VariantId) -> bool:
        """Say whether anything ever moved of a variant on this stand."""
        ...

    def receipts_issued(self, sale_id: SaleId) -> int:
        """Return how many copies of a sale's receipt went out."""
        ...

    def tendered(self, sale_id: SaleId, method: Method) -> Money:
        """Return what a sale brought in by one method, corrections and change included."""
        ...

    def correction(self, correction_id: str) -> Fact | None:
        """Return a tender's correction that was recorded before."""
        ...

    def save_basket(self, basket: Basket) -> None:
        """Keep the basket in progress; an empty one is forgotten."""
        ...

    def save_tenders(self, taken: TakenSoFar) -> None:
        """Keep what was taken for a basket; nothing taken is forgotten."""
        ...

    def forget_unread_tenders(self) -> None:
        """Forget the notes of money that cannot be read."""
        ...

    def forget_basket(self, basket_id: BasketId) -> None:
        """Forget the basket in progress if it is this one, and what was taken for it."""
        ...

    def keep_product(self, product: Product) -> ProductsApplied:
        """Add or update a product of the catalogue."""
        ...

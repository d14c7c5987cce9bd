"""What a handler may see and do: one transaction on the till."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from pos.domain.basket import Basket
from pos.domain.catalogue import Product, ProductsApplied
from pos.domain.counters import Counters
from pos.domain.facts import Fact, JournalOpened, SaleCompleted
from pos.domain.tender import Method, TakenSoFar
from pos.ids import BasketId, OperatorCode, SaleId, ShiftId, VariantId
from pos.money import Money


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
        """Return how many pieces this stand has by its records."""
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

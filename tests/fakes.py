"""Fakes: one for each Protocol, small enough to be read at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from pos.domain.basket import Basket
from pos.domain.catalogue import Product, ProductsApplied
from pos.domain.counters import Counters
from pos.domain.facts import (
    Fact,
    JournalOpened,
    ReceiptIssued,
    SaleCompleted,
    ShiftOpened,
    StockReceived,
    TenderCorrected,
)
from pos.domain.tender import Method, TakenSoFar
from pos.ids import BasketId, OperatorCode, ProductId, SaleId, ShiftId, VariantId
from pos.money import Money, total

FactT = TypeVar("FactT", bound=Fact)


class SteppingClock:
    """A clock that stands still, or goes on by one step each time somebody looks at it."""

    def __init__(self, start: datetime, step: timedelta = timedelta(seconds=1)) -> None:
        self.moment = start
        self.step = step

    def __call__(self) -> datetime:
        shown = self.moment
        self.moment += self.step
        return shown

    @classmethod
    def fixed(cls, at: datetime) -> SteppingClock:
        return cls(at, timedelta())


class FakeWork:
    """A till in memory: it remembers facts, and answers from them."""

    def __init__(self, opened: JournalOpened, now: datetime) -> None:
        self.opened = opened
        self.now = now
        self.recorded: list[Fact] = []
        self.actors: list[OperatorCode] = []
        self.basket: Basket | None = None
        self.taken: TakenSoFar | None = None
        self.products: dict[ProductId, Product] = {}

    def record(self, fact: Fact, actor: OperatorCode) -> None:
        self.recorded.append(fact)
        self.actors.append(actor)

    def facts(self, kind: type[FactT]) -> list[FactT]:
        return [fact for fact in self.recorded if isinstance(fact, kind)]

    def sale(self, sale_id: SaleId) -> SaleCompleted | None:
        return next((s for s in self.facts(SaleCompleted) if s.sale_id == sale_id), None)

    def counters(self) -> Counters:
        sales = self.facts(SaleCompleted)
        if not sales:
            return Counters()
        last = sales[-1]
        return Counters(last.number, last.perpetual.net.minor, last.perpetual.absolute.minor)

    def shift_on(self, business_date: str) -> ShiftId | None:
        shifts = (s for s in self.facts(ShiftOpened) if s.business_date == business_date)
        return next((shift.shift_id for shift in shifts), None)

    def first_manager(self) -> OperatorCode:
        return OperatorCode("BOSS")

    def on_hand(self, variant_id: VariantId) -> int:
        return sum(quantity for moved, quantity in self._moves() if moved == variant_id)

    def has_stock_history(self, variant_id: VariantId) -> bool:
        return any(moved == variant_id for moved, _ in self._moves())

    def receipts_issued(self, sale_id: SaleId) -> int:
        return sum(issued.sale_id == sale_id for issued in self.facts(ReceiptIssued))

    def tendered(self, sale_id: SaleId, method: Method) -> Money:
        sale = self.sale(sale_id)
        assert sale is not None
        kept = [tender.amount for tender in sale.tenders if tender.method == method]
        if method == "cash":
            kept.append(-sale.change)
        for corrected in self.facts(TenderCorrected):
            if corrected.sale_id == sale_id and corrected.from_method == method:
                kept.append(-corrected.amount)
            if corrected.sale_id == sale_id and corrected.to_method == method:
                kept.append(corrected.amount)
        return total(kept, self.opened.currency)

    def correction(self, correction_id: str) -> Fact | None:
        made = self.facts(TenderCorrected)
        return next((c for c in made if c.correction_id == correction_id), None)

    def save_basket(self, basket: Basket) -> None:
        self.basket = basket if basket.lines else None

    def save_tenders(self, taken: TakenSoFar) -> None:
        self.taken = taken if taken.is_any else None

    def forget_unread_tenders(self) -> None:
        pass  # a note of its own can always be read

    def forget_basket(self, basket_id: BasketId) -> None:
        if self.basket is not None and self.basket.basket_id == basket_id:
            self.basket = None
        if self.taken is not None and self.taken.basket_id == basket_id:
            self.taken = None

    def keep_product(self, product: Product) -> ProductsApplied:
        is_new = product.product_id not in self.products
        self.products[product.product_id] = product
        return ProductsApplied(
            products_added=int(is_new), variants_added=len(product.variants) if is_new else 0
        )

    def _moves(self) -> list[tuple[VariantId, int]]:
        moves = [
            (piece.variant_id, piece.quantity)
            for received in self.facts(StockReceived)
            for piece in received.pieces
        ]
        moves += [
            (line.variant_id, -line.quantity)
            for sale in self.facts(SaleCompleted)
            for line in sale.lines
        ]
        return moves

"""Fakes: one for each Protocol, small enough to be read at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from pos.domain.basket import Basket
from pos.domain.catalogue import Product, ProductsApplied
from pos.domain.counters import Counters
from pos.domain.facts import (
    Enrolled,
    Fact,
    JournalOpened,
    ReceiptIssued,
    SaleCompleted,
    ShiftOpened,
    StockReceived,
    TenderCorrected,
)
from pos.domain.feed import FeedItem, StaffListed, StandListed, StockOfTill, TillListed
from pos.domain.feed_place import PlaceInFeed, TillHeard
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


class FakeFeed:
    """What a hub told a till in memory."""

    def __init__(
        self, products: dict[ProductId, Product], moved: Callable[[VariantId], int]
    ) -> None:
        self._products = products
        self._moved = moved
        self._place = PlaceInFeed()
        self._named: set[tuple[str, str]] = set()  # in the snapshot, or ever since
        self.items: dict[tuple[str, str], FeedItem] = {}
        self.own_staff: list[OperatorCode] = []
        self.heard: dict[str, str] = {}

    def place(self) -> PlaceInFeed:
        return self._place

    def begin_snapshot(self, feed_id: str, position: int) -> None:
        self._place = PlaceInFeed(feed_id=feed_id, position=position, is_in_snapshot=True)
        self._named.clear()

    def go_on(self, position: int) -> None:
        self._place = msgspec.structs.replace(self._place, position=position)

    def end_snapshot(self) -> None:
        self._place = msgspec.structs.replace(self._place, is_in_snapshot=False)

    def forget_unnamed(self, limit: int) -> int:
        over = [p for p in self._products.values() if p.on_sale and not self._is_named(p)][:limit]
        for product in over:
            gone = msgspec.structs.replace(product, on_sale=False)
            self._products[product.product_id] = gone
        left = [key for key in self.items if key not in self._named][: limit - len(over)]
        for key in left:
            del self.items[key]
        return len(over) + len(left)

    def name_product(self, product_id: ProductId) -> None:
        self._named.add(("product", product_id))

    def keep_staff(self, item: StaffListed) -> bool:
        if item.is_active:
            return self._keep("staff", item)
        if item.code in self.own_staff:
            self.own_staff.remove(item.code)
            return True
        return self.items.pop(("staff", item.code), None) is not None

    def keep_stand(self, item: StandListed) -> bool:
        return self._keep("stand", item)

    def keep_till(self, item: TillListed) -> bool:
        return self._keep("till", item)

    def keep_stock(self, item: StockOfTill) -> bool:
        return self._keep("stock", item)

    def count_own(self, stand: str, names: Mapping[VariantId, VariantId | None]) -> int:
        changed = 0
        for own, ours in names.items():
            till_id = f"own/{own}"
            for key, item in list(self.items.items()):
                is_it = isinstance(item, StockOfTill) and item.till_id == till_id
                if is_it and item.key != f"{till_id}/{stand}/{ours}":
                    del self.items[key]
                    changed += 1
            if ours is not None:
                pieces = self._moved(own)
                changed += self.keep_stock(
                    StockOfTill(till_id=till_id, stand=stand, variant_id=ours, pieces=pieces, at="")
                )
        return changed

    def keep_heard(self, heard: TillHeard) -> None:
        if ("till", heard.till_id) in self.items:
            self.heard[heard.till_id] = max(self.heard.get(heard.till_id, ""), heard.seen_at)

    def erase_own_staff(self) -> int:
        staff = [item for item in self.items.values() if isinstance(item, StaffListed)]
        if not any(one.role == "manager" for one in staff):
            return 0
        erased = len(self.own_staff)
        self.own_staff.clear()
        return erased

    def on_sale(self) -> tuple[int, int]:
        sold = [product for product in self._products.values() if product.on_sale]
        return len(sold), sum(len(product.variants) for product in sold)

    def pieces(self, stand: str, variant_id: VariantId) -> int:
        stock = (item for item in self.items.values() if isinstance(item, StockOfTill))
        return sum(s.pieces for s in stock if (s.stand, s.variant_id) == (stand, variant_id))

    def _keep(self, kind: str, item: FeedItem) -> bool:
        key = (kind, item.key)
        self._named.add(key)
        before, self.items[key] = self.items.get(key), item
        return before != item

    def _is_named(self, product: Product) -> bool:
        return ("product", product.product_id) in self._named


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
        self.feed = FakeFeed(self.products, self._moved)

    def record(self, fact: Fact, actor: OperatorCode) -> None:
        self.recorded.append(fact)
        self.actors.append(actor)

    def facts(self, kind: type[FactT]) -> list[FactT]:
        return [fact for fact in self.recorded if isinstance(fact, kind)]

    def enrolments(self) -> list[Enrolled]:
        return self.facts(Enrolled)

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
        return self._moved(variant_id) + self.feed.pieces(self.opened.identity.stand, variant_id)

    def has_stock_history(self, variant_id: VariantId) -> bool:
        stand = self.opened.identity.stand
        others = (i for i in self.feed.items.values() if isinstance(i, StockOfTill))
        return any(moved == variant_id for moved, _ in self._moves()) or any(
            (item.stand, item.variant_id) == (stand, variant_id) for item in others
        )

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

    def _moved(self, variant_id: VariantId) -> int:
        return sum(quantity for moved, quantity in self._moves() if moved == variant_id)

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

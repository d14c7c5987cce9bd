"""An organisation with stands and tills on a hub's database, and tills that bring journals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import insert, select, update

from pos.domain.catalogue import OpeningStock, Product
from pos.domain.facts import (
    JournalOpened,
    PerpetualTotals,
    PreviousJournal,
    SaleCompleted,
    SaleLine,
    StockReceived,
)
from pos.domain.feed import AnyFeedItem, StandListed, StockOfTill
from pos.ids import JournalId, ProductId, SaleId, ShiftId, VariantId
from pos.money import EUR, Currency, Money
from sync.hub import interpret
from sync.hub.ingest import accept
from sync.hub.store import catalogue, organisation, stock
from sync.hub.store.database import HubDatabase
from sync.hub.store.incidents import Incident, open_incidents
from sync.hub.store.journals import SqlJournals
from sync.hub.store.tables import inbox, journal, till
from sync.protocol import Answer
from tests.builders import ZOE, an_identity, an_opening, euros
from tests.sync.journals import TillJournal, a_key

NOON = datetime(2026, 7, 18, 12, 0, tzinfo=UTC)
ORGANISATION = "organisation-1"
SHIRT = VariantId("variant-shirt")
CAP = VariantId("variant-cap")


def journal_number(number: int) -> JournalId:
    return JournalId(f"01931f2a-7c4e-7b1a-9a53-{number:012d}")


class House:
    """One organisation and its hub."""

    def __init__(self, database: HubDatabase, *, mode: str = "live") -> None:
        self.database = database
        self.now = NOON
        identity = an_identity()
        with database.write() as connection:
            organisation.found_organisation(
                connection,
                organisation.Organisation(
                    organisation_id=ORGANISATION,
                    name="Les Disques du Quai",
                    mode="training" if mode == "training" else "live",
                    currency="EUR",
                    seller=identity.seller,
                    time_zone="Europe/Paris",
                    day_starts_at="05:00",
                    public_key=bytes(32),
                ),
                "2026-07-01T00:00:00.000000Z",
            )
            stands = [
                StandListed(stand="GS", name="Grande scène"),
                StandListed(stand="QB", name="Bar"),
            ]
            catalogue.put_stands(connection, stands)
        for number, place in enumerate(("GS", "GS", "QB"), start=1):
            self._add_till(number, place)
        self.told()

    def _add_till(self, number: int, stand: str) -> None:
        with self.database.write() as connection:
            connection.execute(
                insert(till).values(
                    till_id=f"till-{number}",
                    stand=stand,
                    till=str(number),
                    public_key=bytes([number]) * 32,
                    certificate=b"certificate",
                    serial=number,
                )
            )

    def organisation(self) -> organisation.Organisation:
        with self.database.read() as connection:
            found = organisation.organisation_of(connection)
        assert found is not None
        return found

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def take(self, journal: TillJournal, *, first: int = 1, last: int | None = None) -> Answer:
        """Let a till bring entries, as many as there are unless said otherwise."""
        last = len(journal.entries) if last is None else last
        answer: Answer | None = None
        for start in range(first, last + 1, 200):
            with SqlJournals(self.database, self.clock).work(journal.journal_id) as work:
                answer = accept(work, journal.batch(start, min(start + 199, last)))
        assert answer is not None
        with self.database.write() as connection:
            interpret.note_answer(connection, journal.journal_id, answer, now=self.clock)
        return answer

    def claim(self, journal_id: str, till_id: str) -> None:
        with self.database.write() as connection:
            connection.execute(
                update(journal).where(journal.c.journal_id == journal_id).values(till_id=till_id)
            )

    def interpret(self) -> None:
        """Interpret until nothing is left."""
        for _ in range(1_000):
            if interpret.step(self.database, now=self.clock) == 0:
                return
        raise AssertionError("it never ends")

    def bring_in(self, journal: TillJournal, till_id: str = "till-1") -> None:
        """Take a whole journal in, with its owner, and interpret it."""
        self.take(journal)
        self.claim(journal.journal_id, till_id)
        self.interpret()

    def revoke(self, till_id: str) -> None:
        with self.database.write() as connection:
            at = "2026-07-18T11:00:00.000000Z"
            connection.execute(update(till).where(till.c.till_id == till_id).values(revoked_at=at))

    def put(self, *products: Product) -> None:
        with self.database.write() as connection:
            catalogue.put_products(connection, products, "2026-07-18T10:00:00.000000Z")

    def levels(self) -> dict[tuple[str, str], int]:
        """Return what there is at the stands, without what there is none of."""
        with self.database.read() as connection:
            levels = stock.levels(connection)
        return {(one.stand, one.variant_id): one.pieces for one in levels if one.pieces}

    def incidents(self, kind: str = "") -> list[Incident]:
        with self.database.read() as connection:
            found = open_incidents(connection)
        return [one for one in found if kind in ("", one.kind)]

    def told(self) -> list[AnyFeedItem]:
        """Return what the tills were told since the last time, in order."""
        with self.database.write() as connection:
            rows = connection.execute(select(inbox.c.item).order_by(inbox.c.number)).all()
            connection.execute(inbox.delete())
        return [msgspec.json.decode(row.item, type=AnyFeedItem) for row in rows]

    def told_stock(self) -> dict[tuple[str, str, str], int]:
        """Return what the tills were told of stock, the last of each."""
        return {
            (one.till_id, one.stand, one.variant_id): one.pieces
            for one in self.told()
            if isinstance(one, StockOfTill)
        }


class SellingTill(TillJournal):
    """A till's journal that sells."""

    def __init__(
        self,
        number: int = 1,
        *,
        stand: str = "GS",
        opened: JournalOpened | None = None,
        previous: PreviousJournal | None = None,
    ) -> None:
        opening = opened or an_opening()
        identity = msgspec.structs.replace(opening.identity, stand=stand)
        opening = msgspec.structs.replace(opening, identity=identity, previous=previous)
        self._sales = 0
        super().__init__(journal_number(number), a_key(number), opened=opening)

    def receive(
        self, quantity: int, variant: VariantId = SHIRT, *, carried: bool = False, stand: str = "GS"
    ) -> None:
        self.record(
            StockReceived(
                stand=stand,
                reason="carried_over" if carried else "opening",
                pieces=(OpeningStock(variant, quantity),),
            )
        )

    def sell(
        self,
        quantity: int = 1,
        variant: VariantId = SHIRT,
        *,
        sale_id: str = "",
        changes: dict[str, object] | None = None,
    ) -> SaleCompleted:
        self._sales += 1
        sale = a_sold(
            [(variant, quantity)],
            sale_id=sale_id or f"sale-{self.journal_id[-3:]}-{self._sales}",
            number=self._sales,
        )
        sale = msgspec.structs.replace(sale, **(changes or {}))
        self.record(sale)
        return sale

    def goes_on(self, *, reason: str = "damaged") -> PreviousJournal:
        """Return how the next journal names this one."""
        end = self.end()
        return PreviousJournal(
            journal_id=self.journal_id, seq=end.seq, digest=end.digest, reason=reason
        )


def a_sold(
    sold: Sequence[tuple[VariantId, int]],
    *,
    sale_id: str = "sale-1",
    number: int = 1,
    currency: Currency = EUR,
    business_date: str = "2026-07-18",
) -> SaleCompleted:
    total = Money(sum(2500 * quantity for _, quantity in sold), currency)
    return SaleCompleted(
        sale_id=SaleId(sale_id),
        shift_id=ShiftId("shift-1"),
        receipt_number=f"GS-1-1-{number:06d}",
        number=number,
        business_date=business_date,
        local_time="2026-07-18T15:02:11+02:00",
        operator=ZOE,
        lines=tuple(_line(variant, quantity) for variant, quantity in sold),
        taxes=(),
        total=total,
        rounding=euros(0),
        tenders=(),
        change=euros(0),
        perpetual=PerpetualTotals(net=total, absolute=total),
        software_version="0",
        fiscal_version="0",
    )


def _line(variant: VariantId, quantity: int) -> SaleLine:
    return SaleLine(
        variant_id=variant,
        product_id=ProductId("product-1"),
        variant_number=1,
        label="Shirt",
        options=("M",),
        sku="SH-M",
        artist="",
        category="",
        tax_class="standard",
        rate_bp=2000,
        quantity=quantity,
        unit_price=euros(2500),
        discount=euros(0),
        gross=euros(2500 * quantity),
        net=euros(2083 * quantity),
        tax=euros(417 * quantity),
    )

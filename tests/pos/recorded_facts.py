"""Facts for the tests of their bytes: one of each kind as frozen, and any at all."""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec
from hypothesis import strategies as st

from pos.codec import Place, digest_of, encode_body
from pos.domain.catalogue import OpeningStock
from pos.domain.facts import (
    CatalogueChanged,
    ClockDoubted,
    Enrolled,
    Fact,
    IntegrityFailed,
    JournalEntry,
    JournalOpened,
    PerpetualTotals,
    PreviousJournal,
    ReceiptIssued,
    SaleCompleted,
    SaleLine,
    ShiftOpened,
    SoftwareChanged,
    StockReceived,
    TenderCorrected,
)
from pos.domain.tax import TaxTotal
from pos.ids import JournalId, OperatorCode, ProductId, SaleId, ShiftId, VariantId
from tests.builders import a_tender, an_identity, euros

JOURNAL = JournalId("01931f2a-7c4e-7b1a-9a53-0242ac120002")
SALE = SaleId("019a8d00-0000-7000-8000-000000000001")
SHIFT = ShiftId("019a8d00-0000-7000-8000-000000000002")
SHIRT = VariantId("00000000-0000-5000-8000-000000000003")
DESIGN = ProductId("00000000-0000-5000-8000-000000000004")

LINE = SaleLine(
    variant_id=SHIRT,
    product_id=DESIGN,
    variant_number=212,
    label='L’œuf | "cœur", 100 % coton €\nligne 2 \\ 🤘🏽',
    options=("M", "Noir, mat"),
    sku="TS-WIL-M",
    artist="Les Naufragés",
    category="T-shirts",
    tax_class="standard",
    rate_bp=2000,
    quantity=2,
    unit_price=euros(2500),
    discount=euros(0),
    gross=euros(5000),
    net=euros(4167),
    tax=euros(833),
    oversold=True,
)

FACTS: tuple[Fact, ...] = (
    JournalOpened(
        mode="live",
        identity=an_identity("FR"),
        currency=euros(0).currency,
        ordinal=2,
        public_key="d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        software_version="0.1.0",
        fiscal_version="1.0",
        previous=PreviousJournal(journal_id=None, seq=0, digest="", reason="damaged"),
    ),
    SoftwareChanged(software_version="0.2.0", fiscal_version="1.1"),
    CatalogueChanged(source="été.csv", sha256="00" * 32, products=20, variants=22),
    StockReceived(stand="GS", reason="opening", pieces=(OpeningStock(SHIRT, 40),)),
    ShiftOpened(shift_id=SHIFT, business_date="2026-07-18", cash_float=None),
    ShiftOpened(shift_id=SHIFT, business_date="2026-07-19", cash_float=euros(15000)),
    SaleCompleted(
        sale_id=SALE,
        shift_id=SHIFT,
        receipt_number="GS-1-2-000001",
        number=1,
        business_date="2026-07-18",
        local_time="2026-07-18T15:02:11+02:00",
        operator=OperatorCode("ZOE"),
        lines=(LINE,),
        taxes=(TaxTotal(rate_bp=2000, gross=euros(5000), net=euros(4167), tax=euros(833)),),
        total=euros(5000),
        rounding=euros(0),
        tenders=(a_tender("card", 2000, "A1B2C3"), a_tender("cash", 5000)),
        change=euros(2000),
        perpetual=PerpetualTotals(net=euros(5000), absolute=euros(5000)),
        software_version="0.1.0",
        fiscal_version="1.0",
    ),
    TenderCorrected(
        correction_id="019a8d00-0000-7000-8000-000000000005",
        sale_id=SALE,
        from_method="card",
        to_method="voucher",
        amount=euros(2000),
        reason="le terminal était éteint",
        business_date="2026-07-18",
    ),
    ReceiptIssued(
        sale_id=SALE,
        receipt_number="GS-1-2-000001",
        copy=1,
        channel="print",
        local_time="2026-07-18T15:02:14+02:00",
    ),
    IntegrityFailed(check="chain", seq=7, reason="digest"),
    ClockDoubted(last_seen="2026-07-18T13:02:20.000000Z", now="1970-01-01T00:00:09.000000Z"),
    Enrolled(
        organisation_id="019a8d00-0000-7000-8000-000000000006",
        organisation_name="Association « Les Quais »",
        till_id="019a8d00-0000-7000-8000-000000000007",
        serial=12,
        device_public_key="3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    ),
)


def recorded(facts: tuple[Fact, ...] = FACTS) -> list[tuple[JournalEntry, bytes]]:
    """Return a journal of these facts, one a second, with each entry's bytes."""
    entries: list[tuple[JournalEntry, bytes]] = []
    follows = ""
    for seq, fact in enumerate(facts, start=1):
        place = a_place(seq=seq, follows=follows)
        body = encode_body(fact, place)
        follows = digest_of(body)
        entry = JournalEntry(
            journal_id=place.journal_id,
            seq=seq,
            occurred_at=place.occurred_at,
            actor=place.actor,
            fact=fact,
            follows=place.follows,
            digest=follows,
        )
        entries.append((entry, body))
    return entries


def a_place(*, seq: int = 1, follows: str = "", actor: str = "ZOE") -> Place:
    return Place(
        journal_id=JOURNAL,
        seq=seq,
        occurred_at=f"2026-07-18T13:02:{seq:02d}.000000Z",
        actor=OperatorCode(actor),
        follows=follows,
    )


_HOSTILE = st.text(alphabet=',|\n\t"\\{}[]:é€œ🤘ЖM1n\u0303 ', max_size=12)


texts = st.one_of(_HOSTILE, st.text(max_size=12)).map(
    lambda text: unicodedata.normalize("NFC", text)
)
"""Any text in the form in which it is kept."""


def any_of(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a type of the facts, whatever is in it."""
    return _values(msgspec.inspect.type_info(kind))


def _values(kind: msgspec.inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case msgspec.inspect.StructType(cls=cls, fields=fields):
            named = {field.name: _values(field.type) for field in fields}
            return st.fixed_dictionaries(named).map(lambda values: cls(**values))
        case msgspec.inspect.IntType():
            return st.integers(-(2**63), 2**63 - 1)
        case msgspec.inspect.StrType():
            return texts
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.NoneType():
            return st.none()
        case msgspec.inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case msgspec.inspect.VarTupleType(item_type=item):
            return st.lists(_values(item), max_size=3).map(tuple)
        case msgspec.inspect.UnionType(types=types):
            return st.one_of(*(_values(one) for one in types))
    raise NotImplementedError(kind)

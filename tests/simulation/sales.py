"""What simulated tills sell: a few designs in a few sizes, and facts about them, quickly made."""

from __future__ import annotations

import random
from functools import cache

import msgspec

from pos.domain.catalogue import OpeningStock, Product
from pos.domain.facts import Fact, PerpetualTotals, SaleCompleted, SaleLine, StockReceived
from pos.domain.tender import Tender
from pos.ids import OperatorCode, SaleId, ShiftId, VariantId
from tests.builders import ZOE, a_product, a_size, euros

DESIGNS = 8
SIZES = ("S", "M", "L")
STANDS = ("GS", "PS", "BAR")


def handle(number: int) -> str:
    return f"design-{number}"


@cache
def variant_ids() -> tuple[VariantId, ...]:
    """Return every variant that anybody may sell."""
    designs = [a_listing(number, price=1000) for number in range(DESIGNS)]
    return tuple(variant.variant_id for design in designs for variant in design.variants)


def a_listing(
    number: int, *, price: int, sizes: tuple[str, ...] = SIZES, on_sale: bool = True
) -> Product:
    """Return a design as head office lists it."""
    name = handle(number)
    return a_product(
        name,
        *(a_size(size, handle=name, price=price) for size in sizes),
        name=f"T-shirt {number}",
        on_sale=on_sale,
    )


@cache
def _line() -> SaleLine:
    return SaleLine(
        variant_id=variant_ids()[0],
        product_id=a_listing(0, price=1000).product_id,
        variant_number=1,
        label="T-shirt",
        options=("M",),
        sku="",
        artist="",
        category="",
        tax_class="standard",
        rate_bp=2000,
        quantity=1,
        unit_price=euros(2500),
        discount=euros(0),
        gross=euros(2500),
        net=euros(2083),
        tax=euros(417),
    )


@cache
def _sale() -> SaleCompleted:
    return SaleCompleted(
        sale_id=SaleId(""),
        shift_id=ShiftId("shift"),
        receipt_number="",
        number=1,
        business_date="2026-07-18",
        local_time="2026-07-18T15:02:11+02:00",
        operator=OperatorCode(ZOE),
        lines=(),
        taxes=(),
        total=euros(2500),
        rounding=euros(0),
        tenders=(Tender(method="cash", amount=euros(2500)),),
        change=euros(0),
        perpetual=PerpetualTotals(net=euros(2500), absolute=euros(2500)),
        software_version="0.1.0",
        fiscal_version="1.0",
    )


def a_sale_of(chance: random.Random, stand: str) -> Fact:
    """Return a sale of one to three sizes."""
    lines = tuple(
        msgspec.structs.replace(_line(), variant_id=variant, quantity=chance.randint(1, 3))
        for variant in chance.sample(variant_ids(), chance.randint(1, 3))
    )
    number = chance.randrange(10**9)
    return msgspec.structs.replace(
        _sale(),
        sale_id=SaleId(f"sale-{number}"),
        receipt_number=f"{stand}-1-1-{number:06d}",
        number=number,
        lines=lines,
    )


def a_delivery(chance: random.Random, stand: str) -> Fact:
    """Return some opening stock."""
    pieces = tuple(
        OpeningStock(variant, chance.randint(1, 50))
        for variant in chance.sample(variant_ids(), chance.randint(1, 4))
    )
    return StockReceived(stand=stand, reason="opening", pieces=pieces)

"""What head office changes during a weekend: products, people, stands, and things of tomorrow."""

from __future__ import annotations

import random

import msgspec

from pos.domain.feed import (
    AnyFeedItem,
    ProductListed,
    StaffListed,
    StandListed,
    TillListed,
)
from pos.ids import OperatorCode
from tests.simulation.hub_disk import RawItem, raw_item
from tests.simulation.sales import DESIGNS, SIZES, STANDS, a_listing

NAMES = ("Zoé", "Malo", "Inès", "Yann")


def a_change(chance: random.Random) -> RawItem:
    """Return something that a hub tells from now on."""
    match chance.randrange(8):
        case 0:
            return _listed(_staff(chance))
        case 1:
            stand = chance.choice(STANDS)
            return _listed(
                StandListed(stand=stand, name=f"Stand {stand}", is_active=_mostly(chance))
            )
        case 2:
            till = str(chance.randrange(4))
            stand = chance.choice(STANDS)
            return _listed(TillListed(till_id=f"till-{till}", till=till, stand=stand))
        case 3:
            number = str(chance.randrange(5))
            return raw_item("moon", number, craters=chance.randrange(100))
        case 4:
            return _of_tomorrow(_listed(_product(chance)), chance)
        case _:
            return _listed(_product(chance))


def second_thoughts(chance: random.Random) -> list[RawItem]:
    """Return two prices of one product, the second a moment after the first."""
    number = chance.randrange(DESIGNS)
    prices = (chance.randrange(500, 5000, 50), chance.randrange(500, 5000, 50))
    return [_listed(ProductListed(product=a_listing(number, price=price))) for price in prices]


def _product(chance: random.Random) -> ProductListed:
    sizes = tuple(size for size in SIZES if chance.random() < 0.8) or SIZES
    price = chance.randrange(500, 5000, 50)
    number = chance.randrange(DESIGNS)
    return ProductListed(
        product=a_listing(number, price=price, sizes=sizes, on_sale=_mostly(chance))
    )


def _staff(chance: random.Random) -> StaffListed:
    name = chance.choice(NAMES)
    role = chance.choice(("cashier", "clerk", "manager"))
    code = OperatorCode(name[0])
    return StaffListed(code=code, name=name, role=role, pin_hash="", is_active=_mostly(chance))


def _mostly(chance: random.Random) -> bool:
    return chance.random() < 0.8


def _listed(item: AnyFeedItem) -> RawItem:
    return RawItem(str(item.__struct_config__.tag), item.key, msgspec.json.encode(item))


def _of_tomorrow(item: RawItem, chance: random.Random) -> RawItem:
    """Return the item with fields that only a newer version knows."""
    fields = msgspec.json.decode(item.item)
    fields["product"]["allergens"] = ["gluten"] * chance.randrange(3)
    return RawItem(item.kind, item.key, msgspec.json.encode(fields | {"season": {"year": 2031}}))

"""What a hub tells, for tests: items, and a till that belongs to a hub."""

from __future__ import annotations

from collections.abc import Sequence

from pos.commands import ApplyFeed, BeginSnapshot, FinishSnapshot, JoinOrganisation
from pos.domain.catalogue import Product
from pos.domain.feed import (
    AnyFeedItem,
    ProductListed,
    StaffListed,
    StandListed,
    StockOfTill,
    TillListed,
)
from pos.domain.feed_place import FeedOutcome, TillHeard
from pos.ids import OperatorCode, VariantId
from pos.till import Till
from tests.builders import ZOE

OWN, OTHER, THIRD = "till-own", "till-other", "till-third"
FEED = "feed-1"
NOON = "2026-07-18T12:00:00.000000Z"


def joining(till_id: str = OWN, *, serial: int = 7) -> JoinOrganisation:
    return JoinOrganisation(
        organisation_id="org-1",
        organisation_name="Festival du Quai",
        till_id=till_id,
        serial=serial,
        device_public_key="ab" * 32,
        operator=ZOE,
    )


def listed(*products: Product) -> list[AnyFeedItem]:
    return [ProductListed(product=product) for product in products]


def somebody(
    code: str = "ANA", *, name: str = "Ana Lopez", role: str = "cashier", is_active: bool = True
) -> StaffListed:
    return StaffListed(
        code=OperatorCode(code), name=name, role=role, pin_hash="hash", is_active=is_active
    )


def a_stand(stand: str = "PL", name: str = "Plage", *, is_active: bool = True) -> StandListed:
    return StandListed(stand=stand, name=name, is_active=is_active)


def another_till(
    till_id: str = OTHER, *, stand: str = "GS", till: str = "2", is_active: bool = True
) -> TillListed:
    return TillListed(till_id=till_id, till=till, stand=stand, is_active=is_active)


def stock(
    variant_id: VariantId, pieces: int, *, till_id: str = OTHER, stand: str = "GS", at: str = NOON
) -> StockOfTill:
    return StockOfTill(till_id=till_id, stand=stand, variant_id=variant_id, pieces=pieces, at=at)


def page(
    position: int,
    *items: AnyFeedItem,
    feed_id: str = FEED,
    seen: Sequence[tuple[str, str]] = (),
) -> ApplyFeed:
    return ApplyFeed(
        feed_id=feed_id,
        position=position,
        items=items,
        seen=tuple(TillHeard(till_id=till_id, seen_at=at) for till_id, at in seen),
    )


def begin(position: int, feed_id: str = FEED) -> BeginSnapshot:
    return BeginSnapshot(feed_id=feed_id, position=position)


def finish(position: int, feed_id: str = FEED) -> FinishSnapshot:
    return FinishSnapshot(feed_id=feed_id, position=position)


def join_hub(till: Till, *items: AnyFeedItem, position: int = 1) -> FeedOutcome:
    """Let a till belong to a hub that tells this, all at once."""
    till.execute(joining())
    return take_snapshot(till, *items, position=position)


def take_snapshot(till: Till, *items: AnyFeedItem, position: int) -> FeedOutcome:
    """Let a till take all that holds."""
    till.execute(begin(position))
    if items:
        till.execute(page(position, *items))
    answer: FeedOutcome = till.execute(finish(position))
    return answer

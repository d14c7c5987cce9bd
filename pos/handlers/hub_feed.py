"""What comes down from a hub: page by page, and all at once where pages do not reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from pos.commands import (
    ApplyFeed,
    BeginSnapshot,
    CountOwnNames,
    FinishSnapshot,
    JoinOrganisation,
)
from pos.domain.facts import CatalogueChanged, Enrolled
from pos.domain.feed import (
    FEED_ITEMS_MAX,
    AnyFeedItem,
    ProductListed,
    StaffListed,
    StandListed,
    StockOfTill,
    TillListed,
)
from pos.domain.feed_place import (
    FeedNotTaken,
    FeedOutcome,
    FeedProblem,
    FeedTaken,
    PlaceInFeed,
    feed_pieces,
    is_usable,
)
from pos.domain.text import clean_text
from pos.handlers.work import Work
from pos.ids import OperatorCode

HUB = OperatorCode("hub")
"""Who acts when nobody at the till does: what the hub said is recorded under this code."""

FORGOTTEN_MAX = FEED_ITEMS_MAX
"""How much of what a snapshot did not name goes in one transaction."""

NAME_MAX = 200


def join_organisation(command: JoinOrganisation, work: Work) -> Enrolled:
    """Record that the till belongs to an organisation; the same again changes nothing."""
    joined = Enrolled(
        organisation_id=command.organisation_id,
        organisation_name=clean_text(command.organisation_name, length_max=NAME_MAX),
        till_id=command.till_id,
        serial=command.serial,
        device_public_key=command.device_public_key,
    )
    if joined not in work.enrolments()[-1:]:
        work.record(joined, command.operator)
    return joined


def apply_feed(command: ApplyFeed, work: Work) -> FeedOutcome:
    """Keep a page, whole or not at all, and move on to its position.

    A page that is behind the till's position was taken before: an answer was lost on the way.
    """
    assert len(list(feed_pieces(command.items))) <= 1, "a page is bounded: a sale is waiting"
    place = work.feed.place()
    if problem := _problem(command, place, work):
        return FeedNotTaken(problem=problem, place=place)
    for heard in command.seen:
        work.feed.keep_heard(heard)
    page = _Page(work)
    if place.is_in_snapshot or command.position > place.position:
        for item in command.items:
            page.keep(item)
        work.feed.go_on(command.position)
    if not place.is_in_snapshot:
        work.feed.erase_own_staff()
    return page.taken()


def begin_snapshot(command: BeginSnapshot, work: Work) -> FeedOutcome:
    """Begin to take all that holds; what the till has stays on sale meanwhile."""
    place = work.feed.place()
    if not work.enrolments():
        return FeedNotTaken(problem="not_enrolled", place=place)
    if place != _snapshot(command):
        work.feed.begin_snapshot(command.feed_id, command.position)
    return FeedTaken(place=work.feed.place())


def finish_snapshot(command: FinishSnapshot, work: Work) -> FeedOutcome:
    """Let go of what the snapshot did not name, and of the last of it record that it is taken.

    Nothing that was sold is lost: products stay for receipts, off sale.
    """
    place = work.feed.place()
    if place == PlaceInFeed(feed_id=command.feed_id, position=command.position):
        return FeedTaken(place=place)
    if place != _snapshot(command):
        return FeedNotTaken(problem="no_snapshot", place=place)
    if work.feed.forget_unnamed(FORGOTTEN_MAX) == FORGOTTEN_MAX:
        return FeedTaken(place=place)
    work.feed.erase_own_staff()
    work.feed.end_snapshot()
    products, variants = work.feed.on_sale()
    changed = CatalogueChanged(source="hub", sha256="", products=products, variants=variants)
    work.record(changed, HUB)
    return FeedTaken(place=work.feed.place())


def count_own_names(command: CountOwnNames, work: Work) -> int:
    """Let what a stand-alone till had be on the shelf under the names that the hub has for it.

    The feed leaves out what this till moved by itself, and the till's own records have it under
    names of its own.  It is no fact: who has it decides what it is called, and may decide again.
    """
    if not work.enrolments():
        return 0
    return work.feed.count_own(work.opened.identity.stand, dict(command.names))


def _snapshot(command: BeginSnapshot | FinishSnapshot) -> PlaceInFeed:
    return PlaceInFeed(feed_id=command.feed_id, position=command.position, is_in_snapshot=True)


def _problem(command: ApplyFeed, place: PlaceInFeed, work: Work) -> FeedProblem | None:
    """Return why a page must not be taken: it would stand beside what it does not go with."""
    if not work.enrolments():
        return "not_enrolled"  # its own stock would count as another till's
    if command.feed_id != place.feed_id:
        return "other_feed"
    if place.is_in_snapshot and command.position != place.position:
        return "in_snapshot"
    return None


@dataclass
class _Page:
    """Keeps the items of one page and counts what changed."""

    work: Work
    products: int = 0
    staff: int = 0
    stands: int = 0
    stock: int = 0
    left_aside: int = 0
    own: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.own = frozenset(joined.till_id for joined in self.work.enrolments())

    def keep(self, item: AnyFeedItem) -> None:
        """Keep an item, if a till can count with it."""
        if not is_usable(item):
            self.left_aside += 1
            return
        match item:
            case ProductListed():
                kept = self.work.keep_product(item.product)
                self.work.feed.name_product(item.product.product_id)
                self.products += kept.products_added + kept.products_changed
            case StaffListed():
                self.staff += self.work.feed.keep_staff(item)
            case StandListed():
                self.stands += self.work.feed.keep_stand(item)
            case TillListed():
                self.stands += self.work.feed.keep_till(item)
            case StockOfTill():
                self.stock += not self._is_own(item) and self.work.feed.keep_stock(item)
            case _:
                assert_never(item)

    def taken(self) -> FeedTaken:
        """Return what became of the page."""
        return FeedTaken(
            place=self.work.feed.place(),
            products=self.products,
            staff=self.staff,
            stands=self.stands,
            stock=self.stock,
            left_aside=self.left_aside,
        )

    def _is_own(self, item: StockOfTill) -> bool:
        """Say whether these movements are in this till's own records.

        What it moved at another stand, before it came here, is not.
        """
        return item.till_id in self.own and item.stand == self.work.opened.identity.stand

"""A real till's database as what came down to a simulated till."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlite_utils.utils import sqlite3  # the till's own: two libraries undo each other's locks

from pos.bootstrap import open_till
from pos.commands import ApplyFeed, BeginSnapshot, FinishSnapshot, JoinOrganisation
from pos.domain.catalogue import Product, Variant
from pos.domain.feed import (
    AnyFeedItem,
    ProductListed,
    StaffListed,
    StandListed,
    StockOfTill,
    TillListed,
)
from pos.domain.feed_place import FeedNotTaken, FeedOutcome
from pos.folders import Folders
from pos.founding import Place as TillPlace
from pos.founding import found_journal
from pos.money import EUR, Money
from pos.reports.hub import FeedPlace
from sync.pull import NotTaken, Place
from tests.builders import AFTERNOON, ZOE, an_identity
from tests.fakes import SteppingClock
from tests.simulation.till_disk import View

_numbers = itertools.count()


class RealCatalogue:
    """A till's own commands, questions and tables; each copy is another folder."""

    def __init__(self, root: Path, till_id: str, stand: str) -> None:
        self._root = root
        self._till_id = till_id
        self._stand = stand
        self._folder = root / f"till-{next(_numbers)}"
        self.may_die: Callable[[], None] = lambda: None
        self._found()
        self._open()

    def _found(self) -> None:
        found_journal(self._place(), an_identity(stand=self._stand))

    def _place(self) -> TillPlace:
        folders = Folders(self._folder / "data", self._folder / "config")
        return TillPlace(folders, "live", SteppingClock(AFTERNOON))

    def _open(self) -> None:
        self._till = open_till(self._place())
        self._till.execute(
            JoinOrganisation(
                organisation_id="organisation",
                organisation_name="Les Disques du Quai",
                till_id=self._till_id,
                serial=1,
                device_public_key="ab" * 32,
                operator=ZOE,
            )
        )

    def copy(self) -> RealCatalogue:
        """Return a copy of the whole disk: another till, or an old one."""
        copy = RealCatalogue.__new__(RealCatalogue)
        copy.__dict__.update(self.__dict__)
        copy._folder = self._root / f"till-{next(_numbers)}"  # noqa: SLF001 our own
        self._till.close()
        shutil.copytree(self._folder, copy._folder)  # noqa: SLF001 our own
        self._open()
        copy._open()  # noqa: SLF001 our own
        copy.may_die = lambda: None
        return copy

    def ask_anew(self) -> None:
        self._till._store.forget_place_in_feed()  # noqa: SLF001 as its start does

    def close(self) -> None:
        self._till.close()

    def place(self) -> Place:
        return self._till.ask(FeedPlace())

    def apply(self, feed_id: str, position: int, items: tuple[AnyFeedItem, ...]) -> None:
        self._do(ApplyFeed(feed_id=feed_id, position=position, items=items))

    def begin_snapshot(self, feed_id: str, position: int) -> None:
        self._do(BeginSnapshot(feed_id=feed_id, position=position))

    def finish_snapshot(self, feed_id: str, position: int) -> None:
        while self._do(FinishSnapshot(feed_id=feed_id, position=position)).place.is_in_snapshot:
            pass

    def _do(self, command: ApplyFeed | BeginSnapshot | FinishSnapshot) -> FeedOutcome:
        self.may_die()
        outcome: FeedOutcome = self._till.execute(command)
        self.may_die()
        if isinstance(outcome, FeedNotTaken):
            raise NotTaken(is_enrolled=outcome.problem != "not_enrolled")
        return outcome

    def view(self) -> View:
        """Return what the till's tables say, in the words of the feed."""
        path = self._place().folders.live
        with closing(sqlite3.connect(path)) as db:  # allowed: a look from outside
            rows = db.execute
            items: list[AnyFeedItem] = [
                *(ProductListed(product=product) for product in _products(db)),
                *(
                    StaffListed(code=code, name=name, role=role, pin_hash=pin_hash)
                    for code, name, role, pin_hash in rows(
                        "SELECT code, name, role, pin_hash FROM staff"
                        " JOIN from_feed ON kind = 'staff' AND key = code"
                    )
                ),
                *(
                    StandListed(stand=stand, name=name, is_active=bool(is_active))
                    for stand, name, is_active in rows(
                        "SELECT stand, name, is_active FROM stand_name"
                    )
                ),
                *(
                    TillListed(till_id=till_id, till=till, stand=stand, is_active=bool(is_active))
                    for till_id, till, stand, is_active in rows(
                        "SELECT till_id, till, stand, is_active FROM till_name"
                    )
                ),
                *(
                    StockOfTill(
                        till_id=till_id, stand=stand, variant_id=variant_id, pieces=pieces, at=at
                    )
                    for variant_id, stand, till_id, pieces, at in rows(
                        "SELECT variant_id, stand, till_id, pieces, at FROM other_stock"
                    )
                ),
            ]
        return {(type(item), item.key): item for item in items}


def _products(db: sqlite3.Connection) -> list[Product]:
    products = []
    for product_id, handle, name, artist, category, tax_class, options in db.execute(
        "SELECT product_id, handle, name, artist, category, tax_class, option_names"
        " FROM product WHERE on_sale = 1"
    ):
        variants = tuple(
            Variant(variant_id=variant_id, options=tuple(json.loads(own)), price=Money(price, EUR))
            for variant_id, own, price in db.execute(
                "SELECT variant_id, options, price_minor FROM variant"
                " WHERE product_id = ? AND listed = 1 ORDER BY position",
                [product_id],
            )
        )
        products.append(
            Product(
                product_id=product_id,
                handle=handle,
                name=name,
                variants=variants,
                artist=artist,
                category=category,
                tax_class=tax_class,
                option_names=tuple(json.loads(options)),
            )
        )
    return products

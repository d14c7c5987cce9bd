"""A till that takes what a hub tells, piece by piece, until it is killed; it goes on where it was.

    python -m tests.pos.durability.feed_loop FOLDER PAGES

After so many pieces it kills itself, in the middle of the next one's transaction; 0 is never.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from pos.commands import Command
from pos.domain.feed import AnyFeedItem
from pos.handlers import hub_feed
from pos.ids import VariantId
from pos.reports.hub import FeedPlace
from pos.till import Till
from tests.builders import a_product, a_size, a_till
from tests.feed_items import (
    a_stand,
    another_till,
    begin,
    finish,
    joining,
    listed,
    page,
    somebody,
    stock,
)

SNAPSHOT = 100
PAGES = 8
A_PAGE = 5


def snapshot_pages() -> list[list[AnyFeedItem]]:
    """Return what a snapshot holds."""
    pages: list[list[AnyFeedItem]] = []
    for number in range(PAGES):
        handles = [f"design-{number}-{n}" for n in range(A_PAGE)]
        designs = [a_product(handle, a_size(handle=handle), name=handle) for handle in handles]
        levels = [stock(one.variants[0].variant_id, number + 1) for one in designs]
        people = [somebody(f"C{number}", role="manager" if number == 3 else "cashier")]
        pages.append([*listed(*designs), *levels, *people, a_stand(f"S{number}"), another_till()])
    return pages


def later_pages() -> list[list[AnyFeedItem]]:
    """Return what changed behind the snapshot, one position each."""
    return [
        [*listed(a_product(f"later-{n}", a_size(handle=f"later-{n}"))), stock(VariantId("x"), n)]
        for n in range(PAGES)
    ]


def commands(till: Till) -> list[Command]:
    """Return what is still to be asked of a till, as whoever pulls finds out: by its place."""
    place = till.ask(FeedPlace())
    steps: list[Command] = []
    if place.position < SNAPSHOT or place.is_in_snapshot:
        pages = [page(SNAPSHOT, *items) for items in snapshot_pages()]
        steps = [joining(), begin(SNAPSHOT), *pages, finish(SNAPSHOT)]
    steps += [
        page(SNAPSHOT + number, *items)
        for number, items in enumerate(later_pages(), start=1)
        if SNAPSHOT + number > place.position
    ]
    return steps


def main(folder: Path, pieces: int) -> None:
    """Take piece after piece."""
    till = a_till(folder)
    for number, command in enumerate(commands(till), start=1):
        if number == pieces:
            _die_in_the_middle(till, command)
        till.execute(command)
    till.close()


def _die_in_the_middle(till: Till, command: Command) -> None:
    """Do all that a piece does, and be gone before it is durable."""
    handlers = (hub_feed.join_organisation, hub_feed.apply_feed)
    handlers += (hub_feed.begin_snapshot, hub_feed.finish_snapshot)  # type: ignore[assignment]  # as many as there are
    by_command = {handler.__annotations__["command"]: handler for handler in handlers}
    with till._store.work(till._key.sign_entry, till._now) as work:  # noqa: SLF001 the transaction is the subject
        by_command[type(command).__name__](command, work)  # type: ignore[arg-type]  # its own
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

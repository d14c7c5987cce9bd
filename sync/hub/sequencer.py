"""Handing out the feed's positions: 1, 2, 3 … in the order in which changes became visible.

Whoever changes something puts it into the inbox with its own transaction, without a position.
One short step after the other, alone over all processes, takes changes out and numbers them, so
that a till which has seen a position has seen all that is before it.  (A counter of the database
as position loses changes: a lower number may become visible after a higher one was read.)
"""

from __future__ import annotations

import msgspec

from sync.hub.store import feed_store
from sync.hub.store.database import HubDatabase

STEP_MAX = 2_000
"""How many changes one step numbers: an import of a whole catalogue must not hold up the rest."""


def step(database: HubDatabase) -> int:
    """Number what waits, at most `STEP_MAX`, and return how many it were.

    Raises:
        StorageUnavailable: nothing was numbered; call again later.
    """
    with database.read() as connection:
        if not feed_store.is_anybody_waiting(connection):
            return 0
    with database.write() as connection:
        head = feed_store.read_head(connection, locked=True)
        waiting = feed_store.take_waiting(connection, STEP_MAX)
        if waiting:
            feed_store.place(connection, _numbered(waiting, head.position))
        return len(waiting)


def _numbered(waiting: list[feed_store.Waiting], position: int) -> list[feed_store.Waiting]:
    return [
        msgspec.structs.replace(one, position=position + count)
        for count, one in enumerate(waiting, start=1)
    ]

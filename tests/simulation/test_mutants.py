"""What the simulation would notice: each mistake here is found by one of the first seeds.

A check that cannot fail is worse than none.  Each mistake is put into the real code, or into a real
database's, and weekends are lived through until one of them goes wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pos.domain.feed import AnyFeedItem
from pos.handlers import hub_feed
from pos.store.feed import FeedStore
from pos.store.till_store import TillStore
from sync import pull
from sync.hub import feed, ingest, sequencer
from sync.hub.store import feed_store, stock
from sync.pull import Puller
from sync.push import Pusher
from tests.simulation.checks import check
from tests.simulation.hub_disk import HubDisk, MemoryDisk
from tests.simulation.real_hub import RealDisk
from tests.simulation.real_till import RealCatalogue
from tests.simulation.till_disk import Catalogue, MemoryCatalogue
from tests.simulation.world import World

SEEDS = 100
Patch = pytest.MonkeyPatch


def skip_to_head(patch: Patch) -> None:
    """A till goes on from the hub's position instead of the page's."""
    take = vars(Puller)["_take_page"]

    def mistaken(self: Puller, asked: Any, page: Any) -> Any:
        return take(self, asked, msgspec.structs.replace(page, last=page.head))

    patch.setattr(Puller, "_take_page", mistaken)


def ask_on_in_a_snapshot(patch: Patch) -> None:
    """A till that was killed in a snapshot goes on as if it had taken all of it."""
    ask = vars(Puller)["_ask"]

    def mistaken(self: Puller, wait_s: int) -> Any:
        catalogue = self._catalogue
        place = catalogue.place()
        if place.is_in_snapshot:
            catalogue.finish_snapshot(place.feed_id, place.position)
        return ask(self, wait_s)

    patch.setattr(Puller, "_ask", mistaken)


def believe_any_part(patch: Patch) -> None:
    """A part of a snapshot that cannot be read is left out."""

    def mistaken(self: Puller, taking: Any) -> Any:
        try:
            return fetch(self, taking)
        finally:
            taking.taken += taking.bad > 0

    fetch = vars(Puller)["_fetch"]
    patch.setattr(Puller, "_fetch", mistaken)


def lose_the_last_of_a_chunk(patch: Patch) -> None:
    """A page that is cut into transactions loses an item at the cut."""
    chunks = vars(pull)["_chunks"]

    def mistaken(changes: Sequence[tuple[int, AnyFeedItem]], *, last: int) -> Any:
        return chunks(changes[:-1] if len(changes) > 5 else changes, last=last)

    patch.setattr(pull, "_chunks", mistaken)


def forget_to_let_go(patch: Patch) -> None:
    """A real till does not let go of what a snapshot did not name."""
    patch.setattr(FeedStore, "forget_unnamed", lambda _self, _limit: 0)


def count_own_stock_twice(patch: Patch) -> None:
    """A real till takes its own movements for another till's."""
    patch.setattr(vars(hub_feed)["_Page"], "_is_own", lambda _self, _item: False)


def go_on_after_an_update(patch: Patch) -> None:
    """A real till that was updated goes on where the version before was."""
    patch.setattr(TillStore, "forget_place_in_feed", lambda _self: None)


def keep_the_feed_id(patch: Patch) -> None:
    """A real hub that was restored goes on under the name of its old feed."""
    patch.setattr(feed_store, "set_feed_id", lambda _connection, _feed_id: None)


def ignore_the_feed_id(patch: Patch) -> None:
    """A real hub answers whoever asks, whatever feed they were in."""
    answer = feed.answer

    def mistaken(database: Any, *, feed_id: str, after: int, limit: int, now: Any) -> Any:
        own = feed.head(database).feed_id
        asked = own if feed_id else ""
        page = answer(database, feed_id=asked, after=after, limit=limit, now=now)
        return msgspec.structs.replace(page, feed_id=feed_id or own)

    patch.setattr(feed, "answer", mistaken)


def number_with_gaps(patch: Patch) -> None:
    """A real sequencer takes more out of the inbox than it numbers."""
    numbered = vars(sequencer)["_numbered"]
    patch.setattr(
        sequencer,
        "_numbered",
        lambda waiting, position: numbered(waiting[:-1] if len(waiting) > 3 else waiting, position),
    )


def number_from_the_end(patch: Patch) -> None:
    """A real sequencer numbers the newest first: an older price wins."""
    numbered = vars(sequencer)["_numbered"]
    patch.setattr(
        sequencer, "_numbered", lambda waiting, position: numbered(waiting[::-1], position)
    )


def count_a_page_twice(patch: Patch) -> None:
    """A real hub adds what a journal moved twice."""
    add = stock.add_to_journal

    def mistaken(*arguments: Any) -> None:
        add(*arguments)
        add(*arguments)

    patch.setattr(stock, "add_to_journal", mistaken)


def believe_any_signature(patch: Patch) -> None:
    """A hub takes in what nobody with the journal's key signed."""
    patch.setattr(ingest, "entry_verifier", lambda _key: lambda _digest, _signature: True)


def leave_branches_behind(patch: Patch) -> None:
    """A till that knows of a fork does not send its branch."""

    def mistaken(self: Pusher, parted: Any) -> None:
        end = self._journal.end().seq
        self._state = msgspec.structs.replace(parted, kept=end, is_certain=True)

    patch.setattr(Pusher, "_set_aside", mistaken)


def remember_what_was_sent(patch: Patch) -> None:
    """A till believes its own note of what the hub has, and asks no more."""

    def mistaken(self: Pusher, sending: Any) -> Any:
        if self._batch(sending.position.seq, 1) is None:
            return None
        return go_on(self, sending)

    go_on = vars(Pusher)["_go_on"]
    patch.setattr(Pusher, "_go_on", mistaken)


FOUND_BY = {
    "skip_to_head": 2,
    "ask_on_in_a_snapshot": 36,
    "believe_any_part": 5,
    "believe_any_signature": 2,
    "leave_branches_behind": 2,
    "remember_what_was_sent": 49,
    "go_on_after_an_update": 2,
    "keep_the_feed_id": 9,
    "ignore_the_feed_id": 9,
}
"""The first seed that found a mistake when this was written, where it was not 0."""

IN_MEMORY = (
    *(skip_to_head, ask_on_in_a_snapshot, believe_any_part, lose_the_last_of_a_chunk),
    *(believe_any_signature, leave_branches_behind, remember_what_was_sent),
)
OF_TILLS = (forget_to_let_go, count_own_stock_twice, go_on_after_an_update)
OF_HUBS = (
    *(keep_the_feed_id, ignore_the_feed_id, number_with_gaps, number_from_the_end),
    count_a_page_twice,
)


@pytest.mark.soak
@pytest.mark.parametrize("mistake", [*IN_MEMORY, *OF_TILLS, *OF_HUBS])
def test_a_mistake_is_found_by_one_of_the_first_seeds(
    mistake: Callable[[Patch], None], monkeypatch: Patch, tmp_path: Path
) -> None:
    mistake(monkeypatch)
    likely = FOUND_BY.get(mistake.__name__, 0)
    for seed in sorted(range(SEEDS), key=lambda seed: seed != likely):
        folder = tmp_path / str(seed)
        folder.mkdir()
        if is_found(mistake, seed, folder):
            return
    pytest.fail(f"{mistake.__doc__} Nobody noticed")


def is_found(mistake: Callable[[Patch], None], seed: int, folder: Path) -> bool:
    """Say whether a weekend goes wrong with a mistake in it."""

    def make_disk(chance: random.Random) -> HubDisk:
        return RealDisk(folder, chance) if mistake in OF_HUBS else MemoryDisk(chance)

    def make_catalogue(till_id: str, stand: str) -> Catalogue:
        if mistake in OF_TILLS:
            return RealCatalogue(folder, till_id, stand)
        return MemoryCatalogue(till_id)

    world = World(seed, make_disk=make_disk, make_catalogue=make_catalogue, tills_max=4)
    try:
        world.run()
        check(world)
    except (AssertionError, KeyError):
        return True
    finally:
        world.close()
    return False

"""From a price at the hub to the tills: `python -m bench.hub_price`.

Thirty real tills, in three processes, wait for news of one hub.  Another process changes a price in
the hub's database, as an import beside it does; what counts is when each till has it on its disk,
from the moment on which the hub's change is durable.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bench.figures import Figure, p50, p95, percentile, table
from bench.hub_new_till import is_current
from bench.hub_server import hub_place, invitations, serving, set_up
from bench.hub_till import EnrolledTill
from bench.stand import SMALLEST, products
from pos.clock import utc_now, utc_text
from pos.domain.catalogue import Product
from pos.domain.feed import AnyFeedItem, ProductListed
from pos.money import EUR, Money
from sync.enrolment_protocol import Invitation
from sync.hub.hub import Hub, Place
from sync.hub.store import catalogue

TILLS = 30
PROCESSES = 3
CHANGES = 40
EVERY_S = 0.5
TARGET_S = 2
FIRST_MINOR = 1_111
HANG_GUARD_S = 120.0


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """The tills of one process."""

    folder: str
    invitations: tuple[Invitation, ...]
    changes: int


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """When the prices came, by price; one dictionary a till, moments of the monotonic clock."""

    tills: tuple[dict[int, float], ...]


class _Notes:
    """Notes when each new price of the first product is durable on one till."""

    def __init__(self, product_id: str, changes: int) -> None:
        self.came: dict[int, float] = {}
        self.has_all = threading.Event()
        self._product_id = product_id
        self._last = FIRST_MINOR + changes - 1

    def applied(self, items: tuple[AnyFeedItem, ...], at: float) -> None:
        for item in items:
            if isinstance(item, ProductListed) and item.product.product_id == self._product_id:
                minor = item.product.variants[0].price.minor
                if minor >= FIRST_MINOR:
                    self.came[minor] = at
                if minor == self._last:
                    self.has_all.set()


def _first() -> Product:
    return next(products(SMALLEST))


def _be_tills(stand: Stand) -> None:
    """Be tills until the last price has come, and tell when each did."""
    notes, tills = [], []
    for at, invitation in enumerate(stand.invitations):
        till = EnrolledTill(Path(stand.folder) / str(at), invitation)
        note = _Notes(_first().product_id, stand.changes)
        till.applied = note.applied
        till.start()
        notes.append(note)
        tills.append(till)
    for till in tills:
        till.wait_until(is_current)
    print("ready", flush=True)
    for note in notes:
        note.has_all.wait(stand.changes * EVERY_S + HANG_GUARD_S)
    for till in tills:
        till.close()
    print(msgspec.json.encode(Came(tills=tuple(note.came for note in notes))).decode())


def change_prices(place: Place, changes: int) -> dict[int, float]:
    """Give the first product one price after the other; return when each was durable."""
    hub = Hub.open(place)
    first, done = _first(), {}
    tick = threading.Event()
    for minor in range(FIRST_MINOR, FIRST_MINOR + changes):
        priced = tuple(
            msgspec.structs.replace(one, price=Money(minor, EUR)) for one in first.variants
        )
        changed = msgspec.structs.replace(first, variants=priced)
        with hub.database.write() as connection:
            catalogue.put_products(connection, [changed], utc_text(utc_now()))
        done[minor] = time.monotonic()
        tick.wait(EVERY_S)
    hub.close()
    return done


def delays_s(tills: int, changes: int) -> Sequence[float]:
    """Return how long each price took to each till."""
    with hub_place() as place:
        set_up(place, journals=0)
        with serving(place):
            codes = invitations(place, tills)
            running = []
            for at in range(PROCESSES):
                stand = Stand(
                    folder=str(place.data / f"tills-{at}"),
                    invitations=tuple(codes[at::PROCESSES]),
                    changes=changes,
                )
                task = msgspec.json.encode(stand).decode()
                command = [sys.executable, "-m", "bench.hub_price", "--tills", task]
                running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            for one in running:
                assert one.stdout is not None
                assert one.stdout.readline() == "ready\n"
            changed = change_prices(place, changes)
            came = [msgspec.json.decode(one.communicate()[0], type=Came) for one in running]
    every = [note for of_process in came for note in of_process.tills]
    last = FIRST_MINOR + changes - 1
    assert all(last in note for note in every), "the last price came to all of them"
    return [_came_at(note, minor) - at for note in every for minor, at in changed.items()]


def _came_at(note: dict[int, float], minor: int) -> float:
    """Return when a till had this price, or one that replaced it before the till heard of it."""
    return min(at for other, at in note.items() if other >= minor)


def figures(runs: int = 1, tills: int = TILLS, changes: int = CHANGES) -> list[Figure]:
    """Measure."""
    every = [delays_s(tills, changes) for _ in range(runs)]
    flat = [one for run in every for one in run]
    return [
        Figure(
            f"price change at the hub → durable on {tills} online tills, p95",
            tuple(p95(run) for run in every),
            TARGET_S,
            "s",
            beside=f"p50 {p50(flat):.2f} s, p99 {percentile(flat, 0.99):.2f} s, worst"
            f" {max(flat):.2f} s of {len(flat)}; a change every {EVERY_S} s",
        )
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_price")
    parser.add_argument("--quick", action="store_true", help="six tills, ten changes")
    parser.add_argument("--tills", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.tills:
        _be_tills(msgspec.json.decode(options.tills, type=Stand))
        return
    print(table("A price reaches the tills", figures(1, 6, 10) if options.quick else figures()))


if __name__ == "__main__":
    main()

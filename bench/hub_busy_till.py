"""Selling while a hub changes the whole catalogue: `python -m bench.hub_busy_till`.

The real window sells on 50 000 variants: three scans in a row, pay, next.  Meanwhile the thread of
its engine takes in changes of all of them, page by page, as often as there is time for.  Measured
three times in a process of its own each: as the till does it (no page while a basket is open),
as if it did not wait for baskets, and with no hub at all.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from typing import Any, Literal

import msgspec

from bench.figures import Figure, each, number, p50, p99, table
from bench.stand import barcode, copy_of, products, stand
from pos.commands import JoinOrganisation
from pos.domain.feed import ProductListed
from pos.ids import OperatorCode
from pos.money import EUR, Money
from sync.feed_protocol import Change, FeedAnswer, FeedPage, SnapshotOffer
from sync.pictures import PictureQueue
from sync.pull import Place, Puller
from sync.taking import TillKeeper

VARIANTS = 50_000
RUNS = 3
SALES = 300
SCANS = 3
TARGET_MS = 50
Mode = Literal["waiting", "pushing", "alone"]
MODES: tuple[Mode, ...] = ("waiting", "pushing", "alone")
FEED = "bench"


@dataclass
class Measured:
    """Milliseconds, and counts."""

    pay: list[float] = field(default_factory=list)
    gap: float = 0.0
    scans: int = 0
    lines: int = 0
    variants: int = 0
    page: list[float] = field(default_factory=list)  # each transaction of the feed


class EndlessFeed:
    """A hub that changes the price of every product, again and again.

    What it says is ready before anybody asks: a real one thinks on another machine.
    """

    def __init__(self, variants: int) -> None:
        self._changes = cycle([*_all_at(1_000, variants), *_all_at(1_100, variants)])

    def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedAnswer:
        """Return the next page; the snapshot before it is empty."""
        del wait_s
        if place.feed_id != FEED:
            return SnapshotOffer(feed_id=FEED, position=0, parts=())
        changes = tuple(
            Change(position=place.position + at, item=item)
            for at, item in enumerate(islice(self._changes, limit), start=1)
        )
        last = place.position + len(changes)
        return FeedPage(feed_id=FEED, last=last, head=last + 1, changes=changes)

    def part(self, digest: str) -> bytes | None:
        """There are none."""
        raise AssertionError(digest)


def _all_at(minor: int, variants: int) -> Iterator[msgspec.Raw]:
    """Yield all products, as they travel, at one price."""
    price = Money(minor, EUR)
    for product in products(variants):
        changed = tuple(msgspec.structs.replace(one, price=price) for one in product.variants)
        item = ProductListed(product=msgspec.structs.replace(product, variants=changed))
        yield msgspec.Raw(msgspec.json.encode(item))


class FeedingEngine:
    """Takes pages in, as the engine's thread does, until it is closed."""

    def __init__(self, till: Any, measured: Measured, *, waits: bool) -> None:
        self._till = till
        self._measured = measured
        self._waits = waits
        self._is_over = False
        self.has_begun = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync-down", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        from bench.paints import now_ms

        puller = Puller(TillKeeper(self._till, PictureQueue(None)), EndlessFeed(VARIANTS))
        while not self._is_over:
            applies = puller.applies_next
            if applies and self._waits:
                self._till.may_apply()
            begun = now_ms()
            before = puller.step()
            if before.trouble is not None:
                raise RuntimeError(before.trouble)
            if applies and before.place.position > 0:
                self._measured.page.append(now_ms() - begun)
                self._measured.variants = before.place.position * 5
                self.has_begun.set()

    def wake(self) -> None:
        """Sales go nowhere here."""

    def send_now(self) -> None:
        """Nor now."""

    def close(self) -> None:
        """Stop after this page."""
        self._is_over = True


def _joining() -> JoinOrganisation:
    return JoinOrganisation(
        organisation_id="bench",
        organisation_name="Banc",
        till_id="bench-own",
        serial=1,
        device_public_key="ab" * 32,
        operator=OperatorCode("till"),
    )


def one_process(mode: Mode, sales: int) -> Measured:
    """Sell in a real window, with or without a hub behind it."""
    from bench.paints import Beats
    from bench.window_run import Run
    from ui.screens.sync.state import Hub

    measured = Measured()
    run = Run(copy_of(stand(VARIANTS)), VARIANTS)
    engines: list[FeedingEngine] = []

    def make(till: Any, _tells: Callable[..., None]) -> FeedingEngine:
        engines.append(FeedingEngine(till, measured, waits=mode == "waiting"))
        return engines[0]

    if mode != "alone":
        run.till.bridge.call(lambda till: till.execute(_joining())).result()
        hub = Hub(organisation="Banc", address="", stand="GS")
        run.till.syncing.begin(run.till.bridge, hub, make)
        engines[0].has_begun.wait(60)
    beats = Beats()
    _sell(run, measured, sales)
    measured.gap = max(beats.stop())
    run.till.close()
    return measured


def _sell(run: Any, measured: Measured, sales: int) -> None:
    """Scan three codes in a row, pay, and go on to the next."""
    from bench.keys import scan
    from bench.paints import now_ms
    from pos.domain.tender import CASH

    checkout, payment = run.till.checkout, run.till.payment
    acknowledged: list[float] = []
    show = payment.sold

    def sold(sale: Any, basket_id: str) -> None:
        acknowledged.append(now_ms())
        measured.lines += sum(line.quantity for line in sale.lines)
        show(sale, basket_id)
        run.wake.look()

    payment.sold = sold
    checkout.basket_changed.append(lambda _basket: run.wake.look())
    for count in range(1, sales + 1):
        for at in range(SCANS):
            scan(run.till.window, barcode((count * SCANS + at) * 37 % VARIANTS))
            measured.scans += 1
        run.wait(lambda: checkout.basket.pieces == SCANS)
        run.till.selling.pay()
        run.rest()
        sent = now_ms()
        payment.pay(CASH)

        def is_sold(n: int = count) -> bool:
            return len(acknowledged) == n

        run.wait(is_sold)
        measured.pay.append(acknowledged[-1] - sent)
        run.rest()
        run.till.done.next_sale()
        run.rest()
    payment.sold = show


def in_process(mode: Mode, sales: int) -> Measured:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "bench.hub_busy_till", "--mode", mode, "--sales", str(sales)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=900)
    if done.returncode:
        sys.exit(done.stderr)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def figures(  # long: one table, row by row
    runs: int = RUNS, sales: int = SALES
) -> list[Figure]:
    """Measure the three beside each other in each run."""
    stand(VARIANTS)
    found: dict[Mode, list[Measured]] = {mode: [] for mode in MODES}
    for _ in range(runs):
        for mode in MODES:
            found[mode].append(in_process(mode, sales))

    def pays(mode: Mode) -> Sequence[Sequence[float]]:
        return [one.pay for one in found[mode]]

    def page(mode: Mode) -> str:
        pages = [took for one in found[mode] for took in one.page]
        return f"a page takes p50 {number(p50(pages))} ms, p99 {number(p99(pages))} ms"

    alone = statistics.median(each(pays("alone"), p99))
    waiting, pushing = found["waiting"], found["pushing"]
    changed = number(statistics.median(one.variants for one in waiting))
    scans, lines = sum(one.scans for one in waiting), sum(one.lines for one in waiting)
    middle = statistics.median(each(pays("waiting"), p50))
    return [
        Figure(
            f"Pay → acknowledged while {VARIANTS} variants change, p99",
            each(pays("waiting"), p99),
            TARGET_MS,
            beside=f"p50 {number(middle)} ms; no hub: p99 {number(alone)} ms; {changed} changes"
            f" taken in between {sales} baskets; {page('waiting')}",
            ratio=statistics.median(each(pays("waiting"), p99)) / alone,
        ),
        Figure(
            "scans that did not become a line",
            tuple(float(one.scans - one.lines) for one in (*waiting, *pushing)),
            0,
            "scans",
            beside=f"{scans} scans, {lines} pieces sold",
        ),
        Figure(
            "the same if pages did not wait for baskets, p99",
            each(pays("pushing"), p99),
            None,
            beside=f"{page('pushing')}; {number(statistics.median(o.variants for o in pushing))}"
            " changes",
        ),
        Figure(
            "longest gap of a 5 ms beat meanwhile",
            tuple(one.gap for one in waiting),
            None,
            beside=f"no hub: {number(statistics.median(one.gap for one in found['alone']))} ms",
        ),
    ]


def main() -> None:
    """Print the table, or be one of the processes."""
    parser = argparse.ArgumentParser(prog="python -m bench.hub_busy_till")
    parser.add_argument("--quick", action="store_true", help="one run of sixty sales")
    parser.add_argument("--mode", choices=MODES, help=argparse.SUPPRESS)
    parser.add_argument("--sales", type=int, default=SALES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.mode:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        print(json.dumps(asdict(one_process(options.mode, options.sales))))
        return
    rows = figures(1, 60) if options.quick else figures()
    print(table("A till that sells while the catalogue changes", rows))


if __name__ == "__main__":
    main()

"""The hub's real code over a real SQLite file, as the disk of a simulated hub."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec
from sqlalchemy import event, insert, select

from pos.ids import JournalId, VariantId
from sync.feed_protocol import FeedAnswer
from sync.hub import claiming, feed, interpret, sequencer
from sync.hub.ingest import JournalWork, Reason, Row
from sync.hub.store import tills
from sync.hub.store.claims import Claim
from sync.hub.store.database import HubDatabase, sqlite_module
from sync.hub.store.journals import SqlJournals
from sync.hub.store.organisation import Organisation, found_organisation
from sync.hub.store.tables import (
    entry,
    feed_now,
    inbox,
    journal,
    moved,
    product,
    quarantine,
    stand,
    variant,
)
from tests.builders import an_identity
from tests.simulation.hub_disk import Aside, Kept, Moved, RawItem
from tests.simulation.sales import DESIGNS, STANDS, a_listing
from tests.simulation.world import TILLS_MAX
from tests.sync.journals import a_key

LONG_AGO = "2026-07-01T00:00:00.000000Z"


class RealDisk:
    """A hub's database in a folder; each copy is another file."""

    def __init__(self, folder: Path, chance: random.Random, path: Path | None = None) -> None:
        self._folder = folder
        self._chance = chance
        is_new = path is None
        self._path = path or folder / f"{chance.getrandbits(64):016x}.db"
        self._database = HubDatabase.open(self._path)
        self._journals = SqlJournals(self._database)
        self.before_each: Callable[[], None] = lambda: None
        if is_new:
            self._found()
        for engine in (self._database._writer, self._database._reader):  # noqa: SLF001 to kill it
            event.listen(engine, "before_cursor_execute", self._before_each)
            event.listen(engine, "commit", self._before_each)

    def _before_each(self, *_anything: object) -> None:
        self.before_each()

    def _found(self) -> None:
        """Found an organisation with its stands, tills and products."""
        identity = an_identity()
        with self._database.write() as connection:
            found_organisation(
                connection,
                Organisation(
                    organisation_id="organisation",
                    name="Les Disques du Quai",
                    mode="live",
                    currency="EUR",
                    seller=identity.seller,
                    time_zone=identity.time_zone,
                    day_starts_at=identity.day_starts_at,
                    public_key=a_key(1000).public,
                ),
                LONG_AGO,
            )
            connection.execute(insert(stand), [{"stand": one, "name": one} for one in STANDS])
            for number in range(TILLS_MAX):
                new = tills.NewTill(
                    till_id=f"till-{number}",
                    stand=STANDS[0],
                    till=str(number),
                    public_key=a_key(2000 + number).public,
                    certificate=b"",
                    serial=number + 1,
                    machine_name="",
                    software_version="",
                    enrolled_at=LONG_AGO,
                )
                tills.add_till(connection, new)
            for number in range(DESIGNS):
                design = a_listing(number, price=1000)
                row = {"product_id": design.product_id, "body": msgspec.json.encode(design)}
                connection.execute(insert(product), row)
                for one in design.variants:
                    values = {"variant_id": one.variant_id, "product_id": design.product_id}
                    connection.execute(insert(variant), values | {"price_minor": 1000})

    @property
    def kept(self) -> Kept:
        kept: dict[JournalId, list[Row]] = {}
        with self._database.read() as connection:
            rows = connection.execute(
                select(journal.c.journal_id, entry)
                .join_from(entry, journal, journal.c.number == entry.c.journal)
                .order_by(entry.c.journal, entry.c.seq)
            )
            for row in rows:
                kept.setdefault(row.journal_id, []).append(_row(row))
        return kept

    @property
    def aside(self) -> Aside:
        aside: dict[JournalId, dict[str, tuple[Row, Reason]]] = {}
        with self._database.read() as connection:
            rows = connection.execute(
                select(journal.c.journal_id, quarantine).join_from(
                    quarantine, journal, journal.c.number == quarantine.c.journal
                )
            )
            for row in rows:
                kept = _row(row)
                aside.setdefault(row.journal_id, {})[kept.digest] = (kept, row.reason)
        return aside

    @property
    def moved(self) -> Moved:
        with self._database.read() as connection:
            rows = connection.execute(select(moved))
            return {(row.till_id, row.stand, VariantId(row.variant_id)): row.pieces for row in rows}

    @property
    def claims(self) -> Mapping[JournalId, str]:
        with self._database.read() as connection:
            rows = connection.execute(select(journal).where(journal.c.till_id.is_not(None)))
            return {row.journal_id: row.till_id for row in rows}

    @property
    def feed_id(self) -> str:
        return feed.head(self._database).feed_id

    @property
    def feed_now(self) -> Mapping[tuple[str, str], bytes]:
        with self._database.read() as connection:
            rows = connection.execute(select(feed_now))
            return {(row.kind, row.key): row.item for row in rows}

    def work(self, journal_id: JournalId) -> AbstractContextManager[JournalWork]:
        return self._journals.work(journal_id)

    def claim(self, journal_id: JournalId, till_id: str) -> None:
        claiming.claim(self._database, Claim(journal_id=journal_id, till_id=till_id, mode="live"))

    def put(self, items: Sequence[RawItem]) -> None:
        with self._database.write() as connection:
            connection.execute(insert(inbox), [msgspec.structs.asdict(item) for item in items])

    def interpret(self) -> int:
        return interpret.step(self._database)

    def sequence(self) -> int:
        return sequencer.step(self._database)

    def forget_gone(self) -> None:
        position = feed.head(self._database).position
        feed.forget_gone(self._database, before=max(0, position - self._chance.randint(0, 10)))

    def answer(self, *, feed_id: str, after: int, limit: int) -> FeedAnswer:
        asked = feed.Question(till_id="", feed_id=feed_id, after=after, limit=limit)
        return feed.answer_till(self._database, asked)

    def part(self, digest: str) -> bytes | None:
        return feed.parts(self._database, digest)

    def backup(self) -> RealDisk:
        path = self._folder / f"{self._chance.getrandbits(64):016x}.db"
        module = sqlite_module()  # the same as the hub's: two libraries undo each other's locks
        source, copy = module.connect(self._path), module.connect(path)
        source.backup(copy)
        source.close()
        copy.close()
        return RealDisk(self._folder, self._chance, path)

    def new_feed_id(self) -> None:
        feed.new_feed_id(self._database)

    def close(self) -> None:
        self._database.close()


def _row(row: object) -> Row:
    return Row(
        seq=row.seq,  # type: ignore[attr-defined]  # as selected
        body=row.body,  # type: ignore[attr-defined]  # as selected
        digest=row.digest.hex(),  # type: ignore[attr-defined]  # as selected
        signature=row.signature,  # type: ignore[attr-defined]  # as selected
        kind=row.kind,  # type: ignore[attr-defined]  # as selected
        problem=row.problem,  # type: ignore[attr-defined]  # as selected
    )

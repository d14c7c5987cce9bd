"""Journals of many tills, written, signed and packed beforehand, so that no client is measured.

python -m bench.hub_journals FIRST END ENTRIES   makes those that are not there yet

What they hold is what a till writes: the facts of real sales of `bench.stand`, under other numbers.
They are kept in `build/bench/hub`; a thousand of 2 000 entries take 400 MB and three minutes.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.stand import IDENTITY, OPERATOR, ROOT, SMALLEST, sell, stand
from pos import FISCAL_VERSION, __version__
from pos.bootstrap import open_till
from pos.codec import Place, decode_body, decode_fact, digest_of, encode_body
from pos.domain.facts import Fact, JournalOpened, PerpetualTotals, SaleCompleted, ShiftOpened
from pos.folders import Folders
from pos.founding import Place as TillPlace
from pos.ids import JournalId, SaleId, ShiftId
from pos.money import EUR, Money
from pos.reports.journal import RawPage
from pos.signing import TillKey
from sync.packing import packed
from sync.protocol import BATCH_ENTRIES_FIRST, BATCH_ENTRIES_MAX, Batch, Entry, encode_batch

FOLDER = ROOT / "hub" / "journals-2"
ENTRIES = 2_000
PATTERNS = 200  # different baskets, sold again and again
PROCESSES = 2
BUSINESS_DATE = "2026-07-18"
_DEVICES = 1_000_000


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A journal, ready to be sent."""

    number: int
    journal_id: JournalId
    public_key: str  # hex
    entries: int
    batches: tuple[bytes, ...]  # as they travel, each twice as long as the one before

    @property
    def till_id(self) -> str:
        """Return which till is to send it."""
        return f"bench-{self.number:04d}"


def key_of(number: int) -> TillKey:
    """Return a key, the same for the same number."""
    return TillKey(Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big")))


def device_key(number: int) -> TillKey:
    """Return the key with which a till signs its requests."""
    return key_of(_DEVICES + number)


def prepare(journals: int, entries: int = ENTRIES) -> None:
    """Make so many journals, those that are not there yet, on both processors."""
    missing = [one for one in range(journals) if not path_of(one, entries).exists()]
    if not missing:
        return
    _patterns()  # or both would make them
    cuts = [journals * at // PROCESSES for at in range(PROCESSES + 1)]
    command = [sys.executable, "-m", "bench.hub_journals"]
    running = [
        subprocess.Popen([*command, str(first), str(end), str(entries)])
        for first, end in pairwise(cuts)
    ]
    if max(one.wait() for one in running):
        sys.exit("the journals could not be made")


def path_of(number: int, entries: int = ENTRIES) -> Path:
    """Return where a journal is kept."""
    return FOLDER / f"{number:04d}-{entries}"


def load(number: int, entries: int = ENTRIES) -> Prepared:
    """Return a journal that was prepared."""
    return _decoder.decode(path_of(number, entries).read_bytes())


def opening_of(number: int) -> JournalOpened:
    """Return how the journal with this number begins."""
    return JournalOpened(
        mode="live",
        identity=msgspec.structs.replace(IDENTITY, till=str(number + 1)),
        currency=EUR,
        ordinal=1,
        public_key=key_of(number).public.hex(),
        software_version=__version__,
        fiscal_version=FISCAL_VERSION,
    )


def write(number: int, entries: int) -> Prepared:
    """Return a journal of so many entries, sales but for the first two."""
    key = key_of(number)
    journal_id = JournalId(f"01931f2a-7c4e-7b1a-9a53-{number:012x}")
    rows: list[Entry] = []
    batches: list[bytes] = []
    follows = first_follows = ""
    batch_entries = BATCH_ENTRIES_FIRST
    for seq, fact in enumerate(_facts(number, entries), start=1):
        place = Place(
            journal_id=journal_id,
            seq=seq,
            occurred_at=f"2026-07-18T{10 + seq // 360 % 12:02d}:{seq // 6 % 60:02d}:11.000000Z",
            actor=OPERATOR,
            follows=follows,
        )
        body = encode_body(fact, place)
        follows = digest_of(body)
        rows.append(Entry(body, key.sign_entry(follows)))
        if len(rows) == batch_entries or seq == entries:
            batch = Batch(first_seq=seq - len(rows) + 1, follows=first_follows, entries=tuple(rows))
            batches.append(packed(encode_batch(batch)))
            rows, first_follows = [], follows
            batch_entries = min(2 * batch_entries, BATCH_ENTRIES_MAX)
    return Prepared(
        number=number,
        journal_id=journal_id,
        public_key=key.public.hex(),
        entries=entries,
        batches=tuple(batches),
    )


def _facts(number: int, entries: int) -> Iterator[Fact]:
    yield opening_of(number)
    shift = ShiftId(f"01931f2a-7c4e-7b1a-8a53-{number:012x}")
    yield ShiftOpened(shift_id=shift, business_date=BUSINESS_DATE, cash_float=None)
    chosen = random.Random(number)
    total = 0
    for count in range(1, entries - 1):
        pattern = chosen.choice(_patterns())
        total += pattern.total.minor
        yield msgspec.structs.replace(
            pattern,
            sale_id=SaleId(f"01931f2a-{count:04x}-7b1a-{chosen.getrandbits(16):04x}-{number:012x}"),
            shift_id=shift,
            receipt_number=f"GS-{number + 1}-1-{count:06d}",
            number=count,
            business_date=BUSINESS_DATE,
            perpetual=PerpetualTotals(net=Money(total, EUR), absolute=Money(total, EUR)),
        )


@cache
def _patterns() -> Sequence[SaleCompleted]:
    """Return sales that a real till made of one to four lines of its catalogue."""
    path = FOLDER / "patterns"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        unborn = path.with_suffix(".unborn")
        unborn.write_bytes(msgspec.msgpack.encode(_sold_bodies()))
        unborn.rename(path)
    bodies = msgspec.msgpack.decode(path.read_bytes(), type=list[bytes])
    facts = [decode_fact(decode_body(body)) for body in bodies]
    return [fact for fact in facts if isinstance(fact, SaleCompleted)]


def _sold_bodies() -> list[bytes]:
    folders = stand(SMALLEST)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "till"
        shutil.copytree(folders.data.parent, root)
        till = open_till(TillPlace(Folders(root / "data", root / "config")))
        sell(till, PATTERNS, SMALLEST)
        rows = till.ask(RawPage(after=0, entries_max=10 * PATTERNS, bytes_max=2**30))
        till.close()
    return [row.body for row in rows]


_decoder = msgspec.msgpack.Decoder(Prepared)


def main() -> None:
    """Make journals, each file whole or not at all."""
    first, end, entries = (int(one) for one in sys.argv[1:4])
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number in range(first, end):
        path = path_of(number, entries)
        if not path.exists():
            unborn = path.with_suffix(".unborn")
            unborn.write_bytes(msgspec.msgpack.encode(write(number, entries)))
            unborn.rename(path)


if __name__ == "__main__":
    main()

"""A real till and a real hub, over TLS on sockets of this machine: a weekend in one test each."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from pos.clock import utc_now, utc_text
from pos.commands import ApplyProducts, Command
from pos.domain.facts import Identity
from pos.enrolment import Enrolment
from pos.ids import OperatorCode, VariantId
from pos.money import EUR
from pos.reports.catalogue import CountCatalogue, FindByCode, Found, KeysOf
from pos.reports.journal import EndOfJournal
from pos.reports.question import Question
from pos.till import Till
from sync.engine import CLOSE_MAX_S, Engine, Plan
from sync.enrol import CodeRefused, HubNotReached, Machine, enrol
from sync.enrolment_code import read_invitation
from sync.enrolment_protocol import Invitation, JournalClaim
from sync.hub import enrolment
from sync.hub.catalogue import set_picture, set_price
from sync.hub.hub import Hub, Seen
from sync.hub.server import HubServer, Serving
from sync.hub.store import aliases, catalogue, stock
from sync.hub.store.database import HubDatabase
from sync.hub.tls import Tls, own_certificate
from sync.hub_client import HubAddress, HubClient, Who
from sync.joining_protocol import OtherVariants
from sync.outbound import OutboundJournal
from sync.sending import Cargo, Outgoing, SentUpToNow
from tests.builders import (
    a_cash_sale,
    a_product,
    a_sale,
    a_size,
    a_till,
    euros,
    opening_stock,
)
from tests.sync.hub.serving import HANG_GUARD_S, ORGANISATION_KEY, found
from tests.sync.journals import a_key
from tests.sync.lines import Statuses

AnswerT = TypeVar("AnswerT")
PRODUCTS = 300
ENTRIES = 500
MACHINE = a_key(41)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cf"
    "c000000301010018dd8db00000000049454e44ae426082"
)


class Site:
    """A hub that is started, stopped and started again on its port."""

    def __init__(self, folder: Path) -> None:
        self._tls: Tls = own_certificate(folder, ["127.0.0.1"], lambda: datetime.now(UTC))
        self._database = HubDatabase.open(folder / "hub.db")
        found(self._database)
        self.hub = Hub(self._database, ORGANISATION_KEY)
        self.port = 0
        self._server: HubServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._server = HubServer(self.hub, Serving(host="127.0.0.1", port=self.port, tls=self._tls))
        is_ready = threading.Event()

        def ready(port: int) -> None:
            self.port = port
            is_ready.set()

        self._thread = threading.Thread(target=self._server.run, args=(ready,))
        self._thread.start()
        assert is_ready.wait(HANG_GUARD_S)
        self.hub.seen = Seen(
            address=f"https://127.0.0.1:{self.port}", fingerprint=self._tls.fingerprint
        )

    def stop(self) -> None:
        assert self._server is not None
        assert self._thread is not None
        self._server.stop()
        self._thread.join(HANG_GUARD_S)
        assert not self._thread.is_alive()
        self._server = None

    def close(self) -> None:
        if self._server is not None:
            self.stop()
        self.hub.close()

    def change(self, work: Callable[[Any], object]) -> None:
        """Change something at head office."""
        with self._database.write() as connection:
            work(connection)
        self.hub.wake()

    def put_products(self, count: int) -> None:
        for first in range(0, count, 100):
            products = [
                a_product(f"design-{number}", a_size("M", handle=f"design-{number}"))
                for number in range(first, min(first + 100, count))
            ]
            self.change(partial(catalogue.put_products, products=products, at=now()))

    def invitation(self) -> Invitation:
        return read_invitation(enrolment.invite(self.hub.gate, "GS").text)


class TillOnItsThread:
    """A till as the window has it: one thread, and whoever asks waits for the answer."""

    def __init__(self, folder: Path) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="till")
        self._till: Till = self._thread.submit(a_till, folder).result()

    @property
    def till(self) -> Till:
        return self._till

    def ask(self, question: Question[AnswerT], /) -> AnswerT:
        return self._thread.submit(self._till.ask, question).result()

    def execute(self, command: Command) -> Any:
        return self._thread.submit(self._till.execute, command).result()

    def may_apply(self) -> None:
        """No basket is ever open."""

    def close(self) -> None:
        self._thread.submit(self._till.close).result()
        self._thread.shutdown()

    def end(self) -> int:
        return self.ask(EndOfJournal()).seq

    def on_shelf(self, variant_id: VariantId) -> int:
        return self.ask(KeysOf(variant_ids=(variant_id,)))[0].on_hand

    def price(self, number: int) -> int:
        variant = a_size("M", handle=f"design-{number}").variant_id
        keys = self.ask(KeysOf(variant_ids=(variant,)))
        return keys[0].variant.price.minor


class Shelf:
    """A folder of pictures in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.came = threading.Event()

    def wanted(self) -> list[Any]:
        return []

    def has(self, product_id: str, digest: str) -> bool:
        return False

    def save(self, product_id: str, digest: str, picture: bytes) -> None:
        self.kept[product_id] = picture
        self.came.set()


def now() -> str:
    return utc_text(utc_now())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "hub").mkdir()
    site = Site(tmp_path / "hub")
    site.start()
    yield site
    site.close()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillOnItsThread]:
    till = TillOnItsThread(tmp_path / "till")
    yield till
    till.close()


def joined(site: Site, till: TillOnItsThread, identity: Identity | None = None) -> Enrolment:
    invitation = site.invitation()
    taken = enrol(invitation, Machine(public_key=MACHINE.public, identity=identity))
    till.execute(taken.joining(OperatorCode("till")))
    return taken


@contextmanager
def speaking(
    taken: Enrolment, till: TillOnItsThread, statuses: Statuses, shelf: Shelf | None = None
) -> Iterator[Engine]:
    opened = till.till.opened
    outgoing = Outgoing(
        source=OutboundJournal(till.till.journal_id, till.ask),
        claim=JournalClaim(public_key=opened.public_key, mode=opened.mode),
    )
    address = HubAddress(url=taken.address, fingerprint=bytes.fromhex(taken.fingerprint))
    who = Who(
        till_id=taken.till_id, sign=MACHINE.sign, certificate=bytes.fromhex(taken.certificate)
    )
    engine = Engine(
        Plan(
            till=till,
            cargo=Cargo(journals=[outgoing], ask=till.ask, currency=EUR, sent=SentUpToNow()),
            connect=lambda: HubClient(address, who),
            publish=statuses,
            pictures=shelf,
            chance=random.Random(1),
            wait_max_s=0.2,
        )
    )
    engine.start()
    try:
        yield engine
    finally:
        engine.close()
        for thread in threading.enumerate():
            if thread.name in {"sync-up", "sync-down"}:
                thread.join(10 * CLOSE_MAX_S)
                assert not thread.is_alive(), "though the hub keeps a question open"


def test_a_weekend_of_one_till(site: Site, till: TillOnItsThread) -> None:
    # Given a hub with a catalogue, and a till that has sold for a day and then joins
    site.put_products(PRODUCTS)
    while till.end() < ENTRIES:
        till.execute(a_cash_sale())
    taken = joined(site, till)
    statuses, shelf = Statuses(), Shelf()
    with speaking(taken, till, statuses, shelf) as engine:
        # When they have spoken, the catalogue is here, and the day there
        statuses.until(lambda one: one.state == "all_sent" and one.position > 0)
        statuses.until(lambda one: not one.is_arriving and one.position == one.head)
        assert till.ask(CountCatalogue()).products == PRODUCTS
        # (That it has arrived is an entry of its own, which may still be on its way)
        journals, journal_id = site.hub.journals, till.till.journal_id
        statuses.until(lambda _one: journals.position(journal_id).seq == till.end())
        assert till.end() >= ENTRIES
        # And a price changes at head office
        before = statuses.all[-1].position
        product = a_product("design-7")
        variant = a_size("M", handle="design-7").variant_id
        site.change(lambda one: set_price(one, product.product_id, variant, euros(1990), now()))
        site.change(lambda one: set_picture(one, product.product_id, PICTURE, now()))
        statuses.until(lambda one: one.position >= before + 2)
        assert till.price(7) == 1990
        assert shelf.came.wait(HANG_GUARD_S)
        assert shelf.kept == {product.product_id: PICTURE}
        # And the hub's plug is pulled, and a sale is made
        site.stop()
        statuses.until(lambda one: one.state == "no_contact")
        till.execute(a_cash_sale())
        engine.wake()
        status = statuses.until(lambda one: one.waiting > 0)
        assert (status.sales, status.amount) == (1, euros(2500))
        # Then everything arrives when it is back
        site.start()
        statuses.until(lambda one: one.state == "all_sent")
        assert site.hub.journals.position(till.till.journal_id).seq == till.end()


def test_a_till_that_was_revoked_says_so_and_sells_on(site: Site, till: TillOnItsThread) -> None:
    taken = joined(site, till)
    statuses = Statuses()
    with speaking(taken, till, statuses) as engine:
        statuses.until(lambda one: one.state == "all_sent")
        assert enrolment.revoke(site.hub.gate, taken.till_id)
        till.execute(a_cash_sale())
        engine.wake()
        status = statuses.until(lambda one: one.state == "revoked" and one.waiting > 0)
        assert status.amount == euros(2500)


def test_a_till_whose_clock_is_years_off_speaks_all_the_same(
    site: Site, till: TillOnItsThread
) -> None:
    taken = joined(site, till)
    address = HubAddress(url=taken.address, fingerprint=bytes.fromhex(taken.fingerprint))
    who = Who(
        till_id=taken.till_id, sign=MACHINE.sign, certificate=bytes.fromhex(taken.certificate)
    )
    client = HubClient(address, who, now=lambda: datetime(2015, 1, 1, tzinfo=UTC))
    client.position(till.till.journal_id)
    client.close()
    assert client.clock_off_s > 10 * 365 * 86_400


EAN, OWN_CODE, POSTER_CODE = "4006381333931", "3760093871234", "3760093879995"
OURS = a_product("feu", a_size("Medium", handle="feu", barcodes=(EAN,)), name="Feu")
THEIRS = (
    a_product("wildfire", a_size("M", barcodes=(EAN, OWN_CODE)), a_size("L")),
    a_product("poster", a_size("", handle="poster", barcodes=(POSTER_CODE,)), name="Poster"),
)
(OUR_SIZE,) = (one.variant_id for one in OURS.variants)


def sell(till: TillOnItsThread, code: str) -> None:
    found = till.ask(FindByCode(candidates=(code,)))
    assert isinstance(found, Found), found
    till.execute(a_sale(found.key.variant, tenders=[("card", 2500)]))


def becomes(find: Callable[[], object], expected: object) -> None:
    """Wait until something is so; others are at it."""
    end = time.monotonic() + HANG_GUARD_S
    while (found := find()) != expected and time.monotonic() < end:
        threading.Event().wait(0.05)
    assert found == expected


def levels(site: Site) -> dict[str, int]:
    with site.hub.database.read() as connection:
        return {one.variant_id: one.pieces for one in stock.levels(connection) if one.pieces}


def test_what_a_till_moved_before_it_joined_is_the_hub_s_by_its_barcode(
    site: Site, till: TillOnItsThread
) -> None:
    # Given a till that has sold for itself, what the hub calls by another name
    site.change(partial(catalogue.put_products, products=[OURS], at=now()))
    opening = opening_stock(THEIRS[0], 5)[:1]
    till.execute(ApplyProducts(products=THEIRS, opening=opening, operator=OperatorCode("ZOE")))
    sell(till, EAN)
    sell(till, POSTER_CODE)
    taken, statuses = joined(site, till), Statuses()
    poster = THEIRS[1].variants[0].variant_id
    with speaking(taken, till, statuses) as engine:
        # When it joins, the pieces are the hub's, and nobody was asked but about the poster
        statuses.until(lambda one: one.state == "all_sent" and not one.is_arriving)
        statuses.until(lambda one: one.position == one.head > 0)
        becomes(partial(levels, site), {OUR_SIZE: 4, poster: -1})
        with site.hub.database.read() as connection:
            assert [one.other_id for one in aliases.to_explain(connection)] == [poster]
        becomes(partial(till.on_shelf, OUR_SIZE), 4)
        # And its code sells the hub's product from now on; one that only this till has, its own
        sell(till, EAN)
        sell(till, OWN_CODE)
        engine.wake()
        becomes(partial(levels, site), {OUR_SIZE: 2, poster: -1})
    # And at the next start the hub says how many a person has to explain
    with speaking(taken, till, statuses):
        statuses.until(lambda one: one.to_explain == 1)
        becomes(partial(till.on_shelf, OUR_SIZE), 2)
    with site.hub.database.write() as connection:
        aliases.resolve(connection, poster, OUR_SIZE, now())
    with speaking(taken, till, statuses):
        statuses.until(lambda one: one.state == "all_sent" and one.to_explain == 0)
        becomes(partial(till.on_shelf, OUR_SIZE), 1)
    becomes(partial(levels, site), {OUR_SIZE: 1})


def test_a_till_whose_catalogue_is_the_hub_s_says_nothing_of_its_own(
    site: Site, till: TillOnItsThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[OtherVariants] = []
    monkeypatch.setattr(HubClient, "explain", lambda _self, names: said.append(names))
    site.change(partial(catalogue.put_products, products=[OURS], at=now()))
    taken, statuses = joined(site, till), Statuses()
    for sales in range(2):
        with speaking(taken, till, statuses) as engine:
            statuses.until(lambda one: one.state == "all_sent" and not one.is_arriving)
            statuses.until(lambda one: one.position == one.head > 0)
            sell(till, EAN)
            engine.wake()
            becomes(partial(levels, site), {OUR_SIZE: -sales - 1})
    assert said == []


def test_a_code_is_good_once(site: Site) -> None:
    invitation = site.invitation()
    first = enrol(invitation, Machine(public_key=MACHINE.public))
    again = enrol(invitation, Machine(public_key=MACHINE.public))
    assert (again.till_id, again.certificate) == (first.till_id, first.certificate)
    with pytest.raises(CodeRefused) as raised:
        enrol(invitation, Machine(public_key=a_key(42).public))
    assert raised.value.kind == "code_used"


def test_a_typed_code_is_as_good_as_a_scanned_one(site: Site) -> None:
    scanned = site.invitation()
    typed = Invitation(address=scanned.address, fingerprint=b"", code=scanned.code, expires_at=0)
    taken = enrol(typed, Machine(public_key=MACHINE.public))
    assert taken.fingerprint == scanned.fingerprint.hex()


def test_a_hub_that_is_not_there_is_told(site: Site) -> None:
    invitation = site.invitation()
    site.stop()
    with pytest.raises(HubNotReached) as raised:
        enrol(invitation, Machine(public_key=MACHINE.public))
    assert raised.value.kind == "hub_error"

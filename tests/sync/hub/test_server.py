"""A hub on a real socket with TLS: what a till, a slow one, a dead one and Ctrl+C find there."""

from __future__ import annotations

import contextlib
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.clock import utc_now, utc_text
from pos.domain.feed import StandListed
from pos.enrolment import Enrolment
from pos.ids import JournalId
from sync.enrol import Machine, enrol
from sync.enrolment_code import read_invitation
from sync.enrolment_protocol import JournalClaim
from sync.feed_protocol import FeedAnswer, FeedPage, SnapshotOffer
from sync.hub import enrolment
from sync.hub.connections import HEAD_BYTES_MAX, Waits
from sync.hub.devices import THREADS
from sync.hub.messages import Patience
from sync.hub.store import catalogue
from sync.hub_client import HubAddress, HubClient, Who
from sync.protocol import Accepted
from sync.pull import Place
from sync.signing import Request, authorization, body_digest
from sync.trouble import Silent
from tests.sync.hub.serving import HANG_GUARD_S, Running, running
from tests.sync.journals import JOURNAL, TillJournal, a_key

MACHINE = a_key(77)
QUICK = Patience(whole_s=1.0, pause_s=0.5)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path) as made:
        yield made


def join(hub: Running) -> Enrolment:
    """Scan the hub's QR code on a new machine."""
    invitation = enrolment.invite(hub.hub.gate, "GS")
    return enrol(read_invitation(invitation.text), Machine(public_key=MACHINE.public))


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """An enrolled till and its line."""

    till_id: str
    line: HubClient

    def place(self) -> Place:
        """Return where the feed is now."""
        offer = self.line.feed(Place(feed_id="", position=0), limit=500, wait_s=0)
        assert isinstance(offer, SnapshotOffer)
        position = offer.position
        while True:
            place = Place(feed_id=offer.feed_id, position=position)
            page = self.line.feed(place, limit=500, wait_s=0)
            assert isinstance(page, FeedPage)
            if page.last == position:
                return place
            position = page.last

    def signed(self, method: str, target: str) -> str:
        """Return the header of a request without a body."""
        request = Request(
            method=method,
            target=target,
            body_sha256=body_digest(b""),
            time=utc_text(utc_now()),
            nonce="0123456789abcdef",
        )
        return authorization(request, till_id=self.till_id, sign=MACHINE.sign)

    def head_of_entries(self, length: int) -> bytes:
        """Return the head of a request with entries, of which the body is still to come."""
        target = f"/v1/journals/{JOURNAL}/entries"
        return (
            f"POST {target} HTTP/1.1\r\nHost: hub\r\nContent-Length: {length}\r\n"
            f"Authorization: {self.signed('POST', target)}\r\n\r\n"
        ).encode()


@contextmanager
def a_till(hub: Running) -> Iterator[Till]:
    """Give an enrolled till."""
    joined = join(hub)
    while hub.hub.step_jobs():  # that it came is news as well: no later one is taken for another
        pass
    who = Who(
        till_id=joined.till_id,
        sign=MACHINE.sign,
        certificate=bytes.fromhex(joined.certificate),
    )
    address = HubAddress(url=joined.address, fingerprint=bytes.fromhex(joined.fingerprint))
    client = HubClient(address, who)
    try:
        yield Till(till_id=joined.till_id, line=client)
    finally:
        client.close()


def connect(hub: Running) -> ssl.SSLSocket:
    """Open a raw connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    raw = socket.create_connection(("127.0.0.1", hub.port), HANG_GUARD_S)
    return context.wrap_socket(raw)


def until_it_waits(hub: Running, asked: Future[FeedAnswer]) -> None:
    """Return when a till waits for news; what it would be answered at once is a failure."""
    while not hub.hub.news.is_anybody_waiting:
        assert not wait([asked], timeout=0.01).done, asked.result()


def until_nobody_is_connected(hub: Running) -> None:
    """Return when the hub has ended every connection."""
    end = time.monotonic() + HANG_GUARD_S
    while hub.connections():
        assert time.monotonic() < end, "the hub keeps a connection"
        threading.Event().wait(0.01)


def rest_of(connection: ssl.SSLSocket) -> bytes:
    """Return what comes until the hub hangs up."""
    received = bytearray()
    with contextlib.suppress(ssl.SSLError, ConnectionResetError):
        while piece := connection.recv(65_536):
            received += piece
    return bytes(received)


def test_a_machine_joins_by_a_qr_code_and_sends_and_hears(hub: Running) -> None:
    journal = TillJournal(facts=300)
    with a_till(hub) as till:
        claim = JournalClaim(public_key=a_key().public.hex(), mode="live")
        till.line.claim(JournalId(JOURNAL), claim)
        assert till.line.position(JournalId(JOURNAL)).seq == 0
        for first in (1, 201):
            answer = till.line.send(JournalId(JOURNAL), journal.batch(first, min(first + 199, 301)))
            assert isinstance(answer, Accepted)
        assert till.line.position(JournalId(JOURNAL)).seq == 301
        offer = till.line.feed(Place(feed_id="", position=0), limit=500, wait_s=0)
        assert isinstance(offer, SnapshotOffer)


def test_a_change_reaches_a_till_that_waits(hub: Running) -> None:
    with a_till(hub) as till, ThreadPoolExecutor() as beside:
        place = till.place()
        waiting = beside.submit(till.line.feed, place, limit=500, wait_s=25)
        until_it_waits(hub, waiting)
        with hub.hub.database.write() as connection:
            catalogue.put_stands(connection, [StandListed(stand="NEW", name="Neuf")])
        page = waiting.result(HANG_GUARD_S)
        assert isinstance(page, FeedPage)
        assert [change.position for change in page.changes] == [place.position + 1]


def test_waiting_for_news_and_for_slow_bodies_holds_no_thread(hub: Running) -> None:
    """Many more of both than there are threads, and a till is served all the same."""
    with a_till(hub) as till:
        slow = [connect(hub) for _ in range(4 * THREADS)]
        for connection in slow:
            connection.sendall(till.head_of_entries(1_000_000) + b"x")
        silent = [connect(hub) for _ in range(THREADS)]
        for connection in silent:
            connection.sendall(b"GET /health HT")
        for _ in range(20):
            assert till.line.position(JournalId(JOURNAL)).seq == 0
        for connection in slow + silent:
            connection.close()


def test_a_body_that_drips_is_refused_in_time(tmp_path: Path) -> None:
    with running(tmp_path, patience=QUICK) as hub, a_till(hub) as till:
        with connect(hub) as connection:
            connection.sendall(till.head_of_entries(1_000))
            is_over = threading.Event()

            def drip() -> None:
                while not is_over.wait(0.1):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

            dripping = threading.Thread(target=drip)
            dripping.start()
            answer = rest_of(connection)
            is_over.set()
            dripping.join(HANG_GUARD_S)
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b'"problem":"slow"' in answer


def test_a_body_that_stops_is_refused_in_time(tmp_path: Path) -> None:
    patience = Patience(whole_s=HANG_GUARD_S, pause_s=0.3)
    with (
        running(tmp_path, patience=patience) as hub,
        a_till(hub) as till,
        connect(hub) as connection,
    ):
        connection.sendall(till.head_of_entries(1_000) + b"x" * 10)
        assert rest_of(connection).startswith(b"HTTP/1.1 408 ")


def test_a_form_that_stops_is_refused_in_time(tmp_path: Path) -> None:
    patience = Patience(whole_s=HANG_GUARD_S, pause_s=0.3)
    with running(tmp_path, patience=patience) as hub, connect(hub) as connection:
        connection.sendall(
            b"POST /login HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nname="
        )
        assert rest_of(connection).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("said", [b"", b"GET /hea", b"\r\n", b"GET /health HTTP/1.1\r\nX: y\r\n"])
def test_a_connection_that_does_not_say_what_it_wants_is_ended(tmp_path: Path, said: bytes) -> None:
    with running(tmp_path, waits=Waits(head_s=0.3)) as hub, connect(hub) as connection:
        with contextlib.suppress(OSError):  # on a busy machine it is ended before
            connection.sendall(said)
        assert rest_of(connection) == b""


def test_a_head_without_end_is_ended(hub: Running) -> None:
    with connect(hub) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\n")
        with pytest.raises(OSError):  # noqa: PT011 because it depends on the moment which one
            connection.sendall(b"".join(b"X-%d: y\r\n" % number for number in range(2_000_000)))
        assert HEAD_BYTES_MAX < 1_000_000


@pytest.mark.parametrize("behind", [b"X-%d: y\r\n", b"x" * 65_536], ids=["many", "one"])
@pytest.mark.parametrize("path", [b"/health", b"/v1/enrol", b"/login"])
def test_lines_without_end_behind_a_body_are_ended(
    hub: Running, path: bytes, behind: bytes
) -> None:
    """They took memory, ten bytes for each that came, from somebody whom nobody knows."""
    lines = behind if b"%d" not in behind else b"".join(behind % one for one in range(5_000))
    with connect(hub) as connection:
        connection.sendall(
            b"POST " + path + b" HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"2\r\n{}\r\n0\r\nX-0: "
        )
        with pytest.raises(OSError):  # noqa: PT011 because it depends on the moment which one
            connection.sendall(lines * (30_000_000 // len(lines)))


def test_a_body_in_many_small_pieces_is_a_body(hub: Running) -> None:
    pieces = b"1\r\n \r\n" * 4_000
    with connect(hub) as connection:
        connection.sendall(
            b"POST /v1/enrol HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n"
            b"Connection: close\r\n\r\n" + pieces
        )
        connection.sendall(pieces + b"2\r\n{}\r\n0\r\n\r\n")
        assert rest_of(connection).startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize(
    "said", [b"", b"GET /", b"GET /health HTTP/1.1\r\nHost: hub\r\n\r\n", b"stops"]
)
def test_more_connections_than_there_is_room_for_keep_no_till_out(
    tmp_path: Path, said: bytes
) -> None:
    """Somebody holds connections without end; a till that waits stays, one that comes gets in."""
    if said == b"stops":  # in the middle of a body
        said = b"POST /v1/enrol HTTP/1.1\r\nHost: hub\r\nContent-Length: 90\r\n\r\n{"
    with (
        ThreadPoolExecutor() as beside,
        running(tmp_path, connections_max=100) as hub,
        a_till(hub) as till,
        contextlib.ExitStack() as held,
    ):
        waiting = beside.submit(till.line.feed, till.place(), limit=500, wait_s=25)
        until_it_waits(hub, waiting)
        for _ in range(120):
            with contextlib.suppress(OSError):  # it may be ended at once
                held.enter_context(connect(hub)).sendall(said)
        comes = HubClient(HubAddress(url=hub.address, fingerprint=hub.fingerprint))
        held.callback(comes.close)
        comes.health()
        with hub.hub.database.write() as connection:
            catalogue.put_stands(connection, [StandListed(stand="NEW", name="Neu")])
        hub.hub.wake()
        page = waiting.result(HANG_GUARD_S)
        assert isinstance(page, FeedPage)
        assert page.changes


def test_what_is_left_of_a_refused_body_is_not_waited_for_without_end(tmp_path: Path) -> None:
    with running(tmp_path, waits=Waits(rest_s=0.3)) as hub, connect(hub) as connection:
        connection.sendall(b"POST /v1/status HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\nx")
        answer = rest_of(connection)
        assert answer.startswith(b"HTTP/1.1 401 ")
        assert answer.endswith(b"}")


def test_an_answer_that_nobody_takes_is_not_kept_without_end(tmp_path: Path) -> None:
    with running(tmp_path, waits=Waits(answer_s=0.3)) as hub:
        with hub.hub.database.write() as connection:
            name = catalogue.put_picture(connection, bytes(40_000_000), "image/png")
        with a_till(hub) as till:
            target = f"/v1/pictures/{name.removeprefix('sha256:')}"
            signed = till.signed("GET", target)
        with connect(hub) as raw:
            raw.sendall(
                f"GET {target} HTTP/1.1\r\nHost: h\r\nAuthorization: {signed}\r\n\r\n".encode()
            )
            assert raw.recv(16).startswith(b"HTTP/1.1 200")
            until_nobody_is_connected(hub)  # nothing is taken for longer than the hub waits
            assert len(rest_of(raw)) < 10_000_000


def test_a_till_that_waits_does_not_hold_up_the_end(tmp_path: Path) -> None:
    """Ctrl+C answers whoever waits for news, and ends long before the 25 seconds are over."""
    with ThreadPoolExecutor() as beside, running(tmp_path) as hub, a_till(hub) as till:
        waiting = beside.submit(till.line.feed, till.place(), limit=500, wait_s=25)
        until_it_waits(hub, waiting)
        begun = time.monotonic()
        hub.stop()
        page = waiting.result(HANG_GUARD_S)
        assert isinstance(page, FeedPage)
        assert page.changes == ()
        assert time.monotonic() - begun < 20


def test_a_revoked_till_is_told_so_even_with_a_large_body(hub: Running) -> None:
    """It can read the answer: the connection is not cut while it is still sending."""
    journal = TillJournal()
    for _ in range(20):
        journal.record_raw(secrets.token_hex(50_000).encode())
    with a_till(hub) as till:
        enrolment.revoke(hub.hub.gate, till.till_id)
        with pytest.raises(Silent) as no:
            till.line.send(JournalId(JOURNAL), journal.batch())
        assert no.value.reason == "revoked"

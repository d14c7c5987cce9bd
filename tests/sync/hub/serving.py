"""A hub with tills, in process and on a real socket, as tests of its doors need it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
from starlette.testclient import TestClient

from pos.clock import utc_text
from pos.domain.feed import StandListed
from pos.signing import TillKey
from sync.enrolment_code import name_of, secret_of, till_proof
from sync.enrolment_protocol import Enrolled, EnrolRequest, Hex32
from sync.hub import enrolment
from sync.hub.app import HubApp, make_app
from sync.hub.hub import Hub, Seen
from sync.hub.messages import PATIENCE, Patience
from sync.hub.server import HubServer, Serving
from sync.hub.store import catalogue
from sync.hub.store.database import HubDatabase
from sync.hub.store.organisation import Organisation, found_organisation
from sync.hub.tls import own_certificate
from sync.packing import packed
from sync.protocol import Batch, encode_batch
from sync.signing import Request, authorization, body_digest
from tests.builders import an_identity
from tests.sync.journals import a_key

NOON = datetime(2026, 7, 18, 12, 0, tzinfo=UTC)
HANG_GUARD_S = 60
ORGANISATION_KEY = a_key(999)
FINGERPRINT = b"\x07" * 32


@dataclass
class Clock:
    """A clock that stands still until it is told otherwise."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def found(database: HubDatabase, *, key: TillKey = ORGANISATION_KEY, mode: str = "live") -> None:
    """Make a database an organisation's, with two stands."""
    identity = an_identity()
    with database.write() as connection:
        found_organisation(
            connection,
            Organisation(
                organisation_id="organisation-1",
                name="Les Disques du Quai",
                mode="training" if mode == "training" else "live",
                currency="EUR",
                seller=identity.seller,
                time_zone="Europe/Paris",
                day_starts_at="05:00",
                public_key=key.public,
            ),
            utc_text(NOON),
        )
        catalogue.put_stands(
            connection,
            [
                StandListed(stand="GS", name="Grande scène"),
                StandListed(stand="QB", name="Quai Bar"),
                StandListed(stand="OLD", name="Ancien", is_active=False),
            ],
        )


@contextmanager
def a_hub(folder: Path, *, clock: Clock | None = None) -> Iterator[Hub]:
    """Give the hub of an organisation with two stands, on SQLite."""
    database = HubDatabase.open(folder / "hub.db")
    found(database)
    seen = Seen(address="https://10.0.0.2:8443", fingerprint=FINGERPRINT)
    hub = Hub(database, ORGANISATION_KEY, clock=clock or Clock(), seen=seen)
    try:
        yield hub
    finally:
        hub.close()


def request_to_join(code: str, key: TillKey, *, fingerprint: bytes = FINGERPRINT) -> EnrolRequest:
    """Return what a machine sends that knows a code."""
    public_key: Hex32 = key.public.hex()
    return EnrolRequest(
        code_name=name_of(code),
        public_key=public_key,
        proof=till_proof(secret_of(code), public_key=key.public, fingerprint=fingerprint),
        software_version="0.1.0",
        machine_name="till under the stage",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """An enrolled machine, asking an application in process."""

    client: TestClient
    key: TillKey
    enrolled: Enrolled
    clock: Clock

    @property
    def till_id(self) -> str:
        return self.enrolled.till_id

    def signature(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        *,
        certificate: bytes = b"",
        off_s: float = 0,
        nonce: str = "",
    ) -> str:
        """Return the header that this machine would send."""
        request = Request(
            method=method,
            target=target,
            body_sha256=body_digest(body),
            time=utc_text(self.clock() + timedelta(seconds=off_s)),
            nonce=nonce or secrets.token_urlsafe(18),
        )
        return authorization(
            request, till_id=self.till_id, sign=self.key.sign, certificate=certificate
        )

    def ask(self, method: str, target: str, body: bytes = b"", **signed: object) -> httpx2.Response:
        """Ask, signed."""
        header = self.signature(method, target, body, **signed)  # type: ignore[arg-type]  # because they are its own
        return self.client.request(method, target, content=body, headers={"Authorization": header})

    def send(self, journal_id: str, batch: Batch) -> httpx2.Response:
        """Send entries."""
        return self.ask("POST", f"/v1/journals/{journal_id}/entries", packed(encode_batch(batch)))


@dataclass(kw_only=True)
class House:
    """A hub in process, with its application and a clock."""

    hub: Hub
    clock: Clock
    app: HubApp
    client: TestClient
    _machines: Iterator[int] = field(default_factory=lambda: iter(range(2_000, 3_000)))

    def device(self, stand: str = "GS") -> Device:
        """Enrol a machine."""
        invitation = enrolment.invite(self.hub.gate, stand)
        key = a_key(next(self._machines))
        enrolled = enrolment.enrol(self.hub.gate, request_to_join(invitation.code, key))
        assert isinstance(enrolled, Enrolled), enrolled
        return Device(client=self.client, key=key, enrolled=enrolled, clock=self.clock)

    def work(self) -> None:
        """Do all background work there is."""
        while self.hub.step_jobs():
            pass


@contextmanager
def a_house(folder: Path, *, patience: Patience = PATIENCE) -> Iterator[House]:
    """Give a hub in process."""
    clock = Clock()
    with a_hub(folder, clock=clock) as hub:
        app = make_app(hub, patience=patience)
        with TestClient(app, follow_redirects=False) as client:
            yield House(hub=hub, clock=clock, app=app, client=client)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A hub on a real socket."""

    hub: Hub
    port: int
    fingerprint: bytes
    stop: Callable[[], None]
    connections: Callable[[], int]  # that are open

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"


@contextmanager
def running(folder: Path, **serving: object) -> Iterator[Running]:
    """Serve a hub over TLS on a free port of this machine, its background at work."""
    tls = own_certificate(folder, ["127.0.0.1", "localhost"], lambda: datetime.now(UTC))
    database = HubDatabase.open(folder / "hub.db")
    found(database)
    hub = Hub(database, ORGANISATION_KEY)
    asked = Serving(host="127.0.0.1", port=0, tls=tls, **serving)  # type: ignore[arg-type]  # because they are its own
    server = HubServer(hub, asked)
    ports: list[int] = []
    is_ready = threading.Event()

    def ready(port: int) -> None:
        ports.append(port)
        is_ready.set()

    thread = threading.Thread(target=server.run, args=(ready,), name="hub-server")
    thread.start()
    try:
        assert is_ready.wait(HANG_GUARD_S), "the hub does not start"
        address = f"https://127.0.0.1:{ports[0]}"
        hub.seen = Seen(address=address, fingerprint=tls.fingerprint)
        yield Running(
            hub=hub,
            port=ports[0],
            fingerprint=tls.fingerprint,
            stop=server.stop,
            connections=lambda: len(server._server.server_state.connections),  # noqa: SLF001 nobody else needs to know
        )
    finally:
        server.stop()
        thread.join(HANG_GUARD_S)
        hub.close()
        assert not thread.is_alive(), "the hub does not stop"

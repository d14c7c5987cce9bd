"""Hubs to measure: real `echoppe-hub serve` processes on this machine, with everything set up."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec

from bench.hub_journals import device_key
from bench.stand import IDENTITY, OPERATOR, SMALLEST, products
from pos.clock import utc_now, utc_text
from pos.commands import PRODUCTS_PAGE_MAX
from pos.seller_file import Manager, TillPlan
from pos.signing import TillKey
from sync.enrolment_code import read_invitation
from sync.enrolment_protocol import Invitation
from sync.hub.cli_common import SERVING_NAME
from sync.hub.enrolment import invite
from sync.hub.founding import Plan, found
from sync.hub.hub import Hub, Place, Seen
from sync.hub.store import catalogue, tills
from sync.hub.store.database import HubDatabase
from sync.signing import Certificate, sign_certificate

PASSWORD = "a password for the bench"  # noqa: S105 of a hub that lives for minutes
OWNER = "bench"
_ADDRESS = re.compile(r"https?://[^:/]+:(\d+)")


@contextmanager
def hub_place(database_url: str = "") -> Iterator[Place]:
    """Give a folder, on the disk and not in memory, that is thrown away afterwards."""
    root = Path("build") / "bench" / "hub"
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=root)).absolute()
    try:
        yield Place(data=folder, database_url=database_url)
    finally:
        shutil.rmtree(folder)


def set_up(place: Place, *, journals: int, variants: int = SMALLEST) -> None:
    """Found an organisation with a catalogue, and enrol the till of each prepared journal."""
    manager = Manager(code=OPERATOR, name="Banc", pin="")
    plan = Plan(
        name="Banc",
        mode="live",
        owner=OWNER,
        password=PASSWORD,
        seller=TillPlan(identity=IDENTITY, manager=manager),
    )
    found(place, plan, utc_now)
    hub = Hub.open(place)
    organisation_id = hub.organisation().organisation_id
    try:
        with hub.database.write() as connection:
            for number in range(journals):
                tills.add_till(connection, _till(number, hub.key, organisation_id))
        list_products(hub.database, variants)
        while hub.step_jobs():
            pass
    finally:
        hub.close()


def invitations(place: Place, count: int) -> list[Invitation]:
    """Make codes by which so many tills may join a hub that serves."""
    hub = Hub.open(place)
    hub.seen = msgspec.json.decode((place.data / SERVING_NAME).read_bytes(), type=Seen)
    try:
        made = [invite(hub.gate, IDENTITY.stand) for _ in range(count)]
    finally:
        hub.close()
    return [read_invitation(one.text) for one in made]


def list_products(database: HubDatabase, variants: int) -> None:
    """Let a hub have the catalogue of `bench.stand`."""
    every = products(variants)
    while page := list(islice(every, PRODUCTS_PAGE_MAX)):
        with database.write() as connection:
            catalogue.put_products(connection, page, utc_text(utc_now()))


def _till(number: int, key: TillKey, organisation_id: str) -> tills.NewTill:
    certificate = Certificate(
        organisation_id=organisation_id,
        till_id=f"bench-{number:04d}",
        public_key=device_key(number).public.hex(),
        not_before=utc_text(utc_now()),
        not_after="2099-01-01T00:00:00.000000Z",
        serial=number + 1,
        stand=IDENTITY.stand,
        till=str(number + 1),
    )
    return tills.NewTill(
        till_id=certificate.till_id,
        stand=certificate.stand,
        till=certificate.till,
        public_key=device_key(number).public,
        certificate=sign_certificate(certificate, key.sign),
        serial=certificate.serial,
        machine_name="bench",
        software_version="",
        enrolled_at=certificate.not_before,
    )


class Server:
    """One process that serves a hub."""

    def __init__(self, place: Place, *, is_tls: bool = True) -> None:
        program = Path(sys.executable).with_name("echoppe-hub")
        command: list[str | Path] = [program, "serve", "--data", place.data]
        command += ["--host", "127.0.0.1", "--port", "0"]
        if not is_tls:
            command.append("--no-tls")
        if place.database_url:
            command += ["--database", place.database_url]
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 closed by `stop`
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self._log, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        address = _ADDRESS.search(line)
        if address is None:
            self._log.seek(0)
            raise RuntimeError(line + self._log.read().decode())
        self.port = int(address[1])
        self.pid = self._process.pid

    def processor_s(self) -> float:
        """Return how much processor time it took so far, in all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100  # USER_HZ

    def stop(self) -> None:
        """End it as an operator does."""
        self._process.terminate()
        self._process.communicate(timeout=60)
        self._log.close()


@contextmanager
def serving(place: Place, *, processes: int = 1, is_tls: bool = True) -> Iterator[Sequence[Server]]:
    """Serve a hub by so many processes for the block."""
    servers: list[Server] = []
    try:
        for _ in range(processes):
            servers.append(Server(place, is_tls=is_tls))  # noqa: PERF401 to stop those that began
        yield servers
    finally:
        for server in servers:
            server.stop()

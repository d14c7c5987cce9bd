"""A hub with a small organisation, and somebody of head office at a browser."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from httpx2 import Response
from sqlalchemy import insert
from starlette.testclient import TestClient

from pos.clock import utc_text
from pos.domain.facts import Seller
from pos.signing import TillKey
from sync.hub.app import make_app
from sync.hub.hub import Hub
from sync.hub.passwords import hash_password
from sync.hub.people import SESSION_LIFE
from sync.hub.store import people, tills
from sync.hub.store.database import HubDatabase
from sync.hub.store.organisation import Organisation, found_organisation
from sync.hub.store.tables import sale, sale_line
from sync.hub.store.tills import NewTill

NOW = datetime(2026, 7, 18, 20, 0, tzinfo=UTC)
DAY = "2026-07-18"
PASSWORD = "three words apart"
ORGANISATION_ID = "0190a5d0-0000-7000-8000-000000000001"


@dataclass(slots=True)
class Clock:
    """A clock that stands still until somebody moves it."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def pass_time(self, **passed: int) -> None:
        self.moment += timedelta(**passed)


@cache
def password_hash() -> str:
    return hash_password(PASSWORD, name="")


def organisation(public_key: bytes) -> Organisation:
    return Organisation(
        organisation_id=ORGANISATION_ID,
        name="Festival du Bout du Pré",
        mode="live",
        currency="EUR",
        seller=Seller(
            name="Merch SARL",
            legal_form="SARL",
            address=("1 rue de la Scène",),
            country="FR",
            registration="73282932000074",
            vat_number="FR44732829320",
        ),
        time_zone="Europe/Paris",
        day_starts_at="06:00",
        public_key=public_key,
        address="https://hub.example:8443",
    )


KEY = TillKey(Ed25519PrivateKey.generate())


def found(database: HubDatabase) -> None:
    """Let there be an organisation with two stands, an owner and somebody of head office."""
    with database.write() as connection:
        found_organisation(connection, organisation(KEY.public), utc_text(NOW))
        tills.add_stand(connection, "GS", "Grande Scène")
        tills.add_stand(connection, "PB", "Petit Bois")
        people.add_account(connection, "odile", "owner", password_hash())
        people.add_account(connection, "henri", "head_office", password_hash())


@cache
def founded() -> bytes:
    """Return the file of a hub that was just founded; to make it takes a third of a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hub.db"
        database = HubDatabase.open(path)
        found(database)
        database.close()
        return path.read_bytes()


@dataclass(slots=True)
class House:
    """A hub and its clock."""

    hub: Hub
    clock: Clock
    sold: int = 0
    people: dict[str, str] = field(default_factory=dict)

    @classmethod
    def build(cls, folder: Path) -> House:
        path = folder / "hub.db"
        path.write_bytes(founded())
        return cls.over(HubDatabase.open(path))

    @classmethod
    def over(cls, database: HubDatabase) -> House:
        clock = Clock()
        return cls(Hub(database, KEY, clock=clock), clock)

    def till(self, stand: str, code: str, **said: object) -> str:
        """Take a till in, and note what it said of itself."""
        till_id = f"till-{stand}-{code}"
        with self.hub.database.write() as connection:
            tills.add_till(
                connection,
                NewTill(
                    till_id=till_id,
                    stand=stand,
                    till=code,
                    public_key=till_id.encode().ljust(32, b"\0"),
                    certificate=b"",
                    serial=tills.next_serial(connection),
                    machine_name=str(said.pop("machine_name", "laptop-7")),
                    software_version="0.3.0",
                    enrolled_at=utc_text(NOW),
                ),
            )
            if said:
                tills.note_seen(connection, [tills.Seen(till_id=till_id, **said)])  # type: ignore[arg-type]  # fields by name
        return till_id

    def sell(
        self, stand: str, total_minor: int, *, pieces: int = 1, label: str = "T-shirt · M"
    ) -> None:
        """Let a sale be known, as if its till had sent it."""
        self.sold += 1
        with self.hub.database.write() as connection:
            connection.execute(
                insert(sale).values(
                    journal=1,
                    seq=self.sold,
                    sale_id=f"sale-{self.sold}",
                    till_id=f"till-{stand}-1",
                    stand=stand,
                    receipt_number=f"{stand}-1-1-{self.sold:06}",
                    business_date=DAY,
                    local_time=f"{DAY}T22:{self.sold % 60:02}:00+02:00",
                    total_minor=total_minor,
                    pieces=pieces,
                )
            )
            connection.execute(
                insert(sale_line).values(
                    journal=1,
                    seq=self.sold,
                    line=0,
                    variant_id="variant",
                    label=label,
                    quantity=pieces,
                    gross_minor=total_minor,
                    tax_minor=total_minor // 6,
                    rate_bp=2000,
                )
            )

    def browser(self, *, language: str = "en", tls: bool = True) -> Browser:
        address = "https://hub.example:8443" if tls else "http://hub.example:8080"
        client = TestClient(make_app(self.hub), base_url=address, follow_redirects=False)
        client.headers["Accept-Language"] = language
        return Browser(client)

    def at_work(self, name: str = "odile", *, language: str = "en") -> Browser:
        """Return a browser in which somebody is logged in, without the tenth of a second."""
        browser = self.browser(language=language)
        now = self.clock()
        with self.hub.database.write() as connection:
            token = people.open_session(connection, name, now=now, until=now + SESSION_LIFE)
        browser.client.cookies.set("__Host-echoppe-session", token)
        return browser


@dataclass(slots=True)
class Browser:
    """What somebody does: opens pages, fills in forms."""

    client: TestClient

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers=headers)

    def text(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers)
        return answer.text

    def csrf(self, path: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.text(path))
        assert found is not None, path
        return found[1]

    def send(self, path: str, fields: Mapping[str, object], *, form_at: str = "") -> Response:
        """Send a form as its page would."""
        return self.client.post(path, data={"csrf": self.csrf(form_at or path), **fields})

    def log_in(self, name: str, password: str, **fields: str) -> Response:
        return self.send("/login", {"name": name, "password": password, **fields})


@contextmanager
def built(folder: Path) -> Iterator[House]:
    house = House.build(folder)
    try:
        yield house
    finally:
        house.hub.close()

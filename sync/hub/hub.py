"""The hub, put together: a database, the organisation's key, and what is done in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from pos import __version__
from pos.clock import Now, utc_now
from pos.domain.facts import Mode
from pos.errors import KeyMissing
from pos.signing import TillKey, fingerprint
from sync.hub import claiming, feed, interpret, sequencer
from sync.hub.enrolment import Gate, NotFounded
from sync.hub.news import News
from sync.hub.presence import Presence
from sync.hub.private_files import write_private
from sync.hub.store.claims import Claim
from sync.hub.store.database import HubDatabase
from sync.hub.store.journals import SqlJournals
from sync.hub.store.organisation import Organisation, answers, organisation_of, set_address
from sync.hub.turns import Turns

DATABASE_NAME = "hub.db"
KEY_NAME = "organisation.key"
FORGETS_EVERY = timedelta(days=1)
"""How often the feed forgets people, stands and tills that are gone (R34), and at each start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a hub has its things."""

    data: Path
    database_url: str = ""  # postgresql://…; "" is the file in the data folder
    key_file: Path | None = None  # of several processes that share one database

    @property
    def database(self) -> str | Path:
        """Return what `HubDatabase.open` takes."""
        return self.database_url or self.data / DATABASE_NAME

    @property
    def key(self) -> Path:
        """Return the file of the organisation's key."""
        return self.key_file or self.data / KEY_NAME


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What tills see of a hub's connections."""

    address: str = ""  # https://10.0.0.2:8443; "" is what the organisation has said, if anything
    fingerprint: bytes = b""  # SHA-256 of the TLS certificate
    trusted: bool = False  # authorities vouch for it, so that a till may do without a fingerprint


class Hub:
    """What pages, tills' requests and commands work with.  Safe to use from several threads."""

    version = __version__

    def __init__(
        self, database: HubDatabase, key: TillKey, *, clock: Now = utc_now, seen: Seen | None = None
    ) -> None:
        self.database = database
        self.key = key
        self.clock = clock
        self.seen = seen or Seen()
        self.journals = SqlJournals(database, clock)
        self.news = News()
        self.presence = Presence(clock)
        self.turns = Turns()
        self._wake: Callable[[], None] = lambda: None
        self._forgot_at: datetime | None = None

    @classmethod
    def open(cls, place: Place, *, clock: Now = utc_now, seen: Seen | None = None) -> Hub:
        """Open the hub that `init` made.

        Raises:
            NotFounded: there is none.
            KeyMissing: the organisation's key is not here, or another one is.
            StorageUnavailable: the database cannot be reached.
            HubTooNew: a newer version has used it.
        """
        if not place.database_url and not (place.data / DATABASE_NAME).exists():
            raise NotFounded
        database = HubDatabase.open(place.database)
        try:
            key = _key_of(database, place.key)
        except BaseException:  # whatever it was, nobody else will close the connections
            database.close()
            raise
        return cls(database, key, clock=clock, seen=seen)

    @property
    def gate(self) -> Gate:
        """Return what enrolling takes."""
        return Gate(
            database=self.database,
            key=self.key,
            now=self.clock,
            address=self.address,
            fingerprint=self.seen.fingerprint,
            trusted=self.seen.trusted,
        )

    @property
    def address(self) -> str:
        """Return under which address tills reach this hub; "" if nobody said."""
        return self.organisation().address or self.seen.address

    def organisation(self) -> Organisation:
        """Return whose hub this is.

        Raises:
            NotFounded: nobody has said.
            StorageUnavailable: try again.
        """
        with self.database.read() as connection:
            organisation = organisation_of(connection)
        if organisation is None:
            raise NotFounded
        return organisation

    def set_address(self, address: str) -> None:
        """Say under which address tills reach this hub.

        Raises:
            StorageUnavailable: try again.
        """
        with self.database.write() as connection:
            set_address(connection, address)

    def check(self) -> None:
        """See whether the database answers.

        Raises:
            StorageUnavailable: it does not.
        """
        with self.database.read() as connection:
            answers(connection)

    def claim(self, journal_id: str, *, till_id: str, mode: Mode, key: bytes | None = None) -> bool:
        """Note that a till calls a journal its own; say whether that is new.

        `key` is the journal's, if the till proved that it has it: see `sync.hub.claiming`.
        """
        new = Claim(journal_id=journal_id, till_id=till_id, mode=mode, key=key)
        return claiming.claim(self.database, new, now=self.clock)

    # In the background -------------------------------------------------------------------

    def wake(self) -> None:
        """Say that there is something to do."""
        self._wake()

    def call_when_woken(self, wake: Callable[[], None]) -> None:
        """Say who does it."""
        self._wake = wake

    def step_jobs(self) -> int:
        """Do a bit of everything that is done in the background; return how much it was.

        In a crowd (see `Turns`) interpreting may have to wait.
        """
        return sum(job() for job in self.jobs())

    def jobs(self) -> tuple[Callable[[], int], ...]:
        """Return what is done in the background, each returning how much it did."""
        return (
            self._interpret,
            self._number,
            self._tell_news,
            self._note_presence,
            self._forget_gone,
        )

    def _interpret(self) -> int:
        return interpret.step(self.database, now=self.clock) if self.turns.take() else 0

    def _number(self) -> int:
        return sequencer.step(self.database)

    def _tell_news(self) -> int:
        if self.news.is_anybody_waiting:
            head = feed.head(self.database)
            self.news.tell(head.feed_id, head.position)
        return 0

    def _note_presence(self) -> int:
        self.presence.write(self.database)
        return 0

    def _forget_gone(self) -> int:
        now = self.clock()
        if self._forgot_at is not None and abs(now - self._forgot_at) < FORGETS_EVERY:
            return 0
        gone = feed.forget_gone_for_all(self.database, now=self.clock)
        self._forgot_at = now
        return gone

    def close(self) -> None:
        """Let everybody go and give the connections back."""
        self.news.end()
        self.database.close()


def _key_of(database: HubDatabase, path: Path) -> TillKey:
    with database.read() as connection:
        organisation = organisation_of(connection)
    if organisation is None:
        raise NotFounded
    key = load_key(path)
    if key.public != organisation.public_key:
        raise KeyMissing(fingerprint(organisation.public_key))
    return key


def make_key(path: Path) -> TillKey:
    """Make the organisation's key, in a file that nobody else may read.

    Raises:
        FileExistsError: there is one.
        StorageUnavailable: it cannot be kept.
    """
    private = Ed25519PrivateKey.generate()
    write_private(path, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return TillKey(private)


def load_key(path: Path) -> TillKey:
    """Return the organisation's key.

    Raises:
        KeyMissing: the file is not there, not readable, or no such key.
    """
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise KeyMissing(path.name) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyMissing(path.name)
    return TillKey(private)

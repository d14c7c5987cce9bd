"""Everything that can go wrong without being our mistake.

PosError
├─ Refused               a rule of the shop says no: tell the cashier, log nothing
│  ├─ TenderTooSmall     the tenders do not cover the basket
│  ├─ ChangeNeedsCash    change is due, but not enough cash came in
│  ├─ CashLimitExceeded  the law caps what may be paid in cash
│  ├─ WrongLine          a line that nobody can sell: its price, quantity or currency
│  ├─ NoTaxRate          country data has no rate for a product's class
│  ├─ UnknownSale        no such receipt on this till
│  ├─ TrainingOnly       this needs a live till
│  └─ WrongTender        the correction does not fit the sale
├─ Unavailable           the world says not now: keep the work, try again
│  ├─ StorageUnavailable
│  ├─ StorageDamaged     the database file cannot be read as it stands
│  ├─ TillAlreadyOpen    another process holds this till
│  └─ PrinterUnavailable
└─ Incompatible          it cannot go on like this: say what to change or whom to call
   ├─ DatabaseTooNew
   ├─ JournalBroken      an entry does not verify
   ├─ JournalRolledBack  the journal is gone, or ends before what the anchor saw
   ├─ KeyMissing         this machine does not hold the till's key
   ├─ BadConfiguration   a field of a settings file is wrong
   └─ EnrolmentDamaged   what this machine remembers of its hub cannot be read

A bug is none of these. It stays an AssertionError, TypeError or KeyError, reaches the crash
handler, and is fixed; nobody catches it on the way. Errors carry data, never a sentence for the
screen: `ui/wording.py` has the sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pos.money import Money


class PosError(Exception):
    """Anything a person can be told about."""

    def __str__(self) -> str:
        return repr(self)  # data for a log; `ui/wording.py` has the sentence


class Refused(PosError):
    """A rule of the shop says no; nothing was recorded."""


class Unavailable(PosError):
    """The world says not now; the work is kept and may be tried again."""


class Incompatible(PosError):
    """Two versions, files or machines do not belong together."""


@dataclass(eq=False)
class TenderTooSmall(Refused):
    """The tenders do not cover the basket."""

    short_by: Money


@dataclass(eq=False)
class ChangeNeedsCash(Refused):
    """Change is due, but the drawer got too little cash to give it from."""

    over_by: Money


@dataclass(eq=False)
class CashLimitExceeded(Refused):
    """The country caps what one debt may be paid in cash."""

    limit: Money
    cash: Money


@dataclass(eq=False)
class WrongLine(Refused):
    """A negative price, an impossible quantity or a foreign currency: no screen offers it."""

    label: str


@dataclass(eq=False)
class NoTaxRate(Refused):
    """Country data has no rate for this class on this day, so it cannot be sold (R57)."""

    tax_class: str
    label: str


@dataclass(eq=False)
class UnknownSale(Refused):
    """No sale with this identity or number on this till."""

    sale: str


@dataclass(eq=False)
class TrainingOnly(Refused):
    """This till has no legal identity or no key: it can train, not sell."""


@dataclass(eq=False)
class WrongTender(Refused):
    """What is to be corrected is not among the sale's tenders."""

    method: str


@dataclass(eq=False)
class StorageUnavailable(Unavailable):
    """The disk is full, read-only or the file is locked."""

    reason: str  # SQLite's error name, such as SQLITE_FULL


@dataclass(eq=False)
class StorageDamaged(Unavailable):
    """The database cannot be read as it stands; it was left as it is."""

    path: Path
    reason: str


@dataclass(eq=False)
class TillAlreadyOpen(Unavailable):
    """Another process has this data folder open."""

    pid: int


@dataclass(eq=False)
class PrinterUnavailable(Unavailable):
    """The printer cannot be reached or says no."""

    reason: str  # one of: refused, timeout, unreachable, write, paper, cover, offline,
    # or queue: too much is waiting already
    detail: str = ""


@dataclass(eq=False)
class DatabaseTooNew(Incompatible):
    """Made by a newer version of the program; it was left as it is."""

    path: Path
    unknown_steps: tuple[str, ...]


@dataclass(eq=False)
class JournalBroken(Incompatible):
    """An entry does not verify: changed, missing or signed by another key."""

    seq: int
    reason: str  # gap, digest, chain, signature, body, mode, derived:<table>, schema:<name>


@dataclass(eq=False)
class JournalRolledBack(Incompatible):
    """The journal ends before, or differs from, what the anchor file last saw.

    Where another journal is in its place, or none, `found_seq` is 0.
    """

    anchored_seq: int
    found_seq: int
    kept: int = 0  # the journal that this machine kept last, by its number; 0 if it is in place
    in_place: int = 0  # another journal's number; 0 if there is none


@dataclass(eq=False)
class KeyMissing(Incompatible):
    """The key that signs this journal is not on this machine."""

    fingerprint: str


@dataclass(eq=False)
class BadConfiguration(Incompatible):
    """A settings file has wrong or missing fields.

    Each problem names the field as written in the file and says what is wrong with it:
    missing, empty, type, length, check_digit, unknown, choice, syntax.
    """

    path: Path
    problems: tuple[tuple[str, str], ...] = field(default_factory=tuple)


@dataclass(eq=False)
class EnrolmentDamaged(Incompatible):
    """What this machine remembers of its hub cannot be read; it was left as it is.

    The till sells on; to send again it has to join the hub anew.
    """

    path: Path
    reason: str  # content, mode (of the other till of this machine), key

"""Every error that a person may be told of, with values as long as they get, and why printers stop.

Who adds a kind of error adds it here: it is said in every language, and seen on every page.
"""

from __future__ import annotations

from pathlib import Path

from pos.errors import (
    BadConfiguration,
    CashLimitExceeded,
    ChangeNeedsCash,
    DatabaseTooNew,
    EnrolmentDamaged,
    Incompatible,
    JournalBroken,
    JournalRolledBack,
    KeyMissing,
    NoTaxRate,
    Refused,
    StorageDamaged,
    StorageUnavailable,
    TenderTooSmall,
    TillAlreadyOpen,
    TrainingOnly,
    Unavailable,
    UnknownSale,
    WrongLine,
    WrongTender,
)
from tests.builders import euros

UNRATED = NoTaxRate(tax_class="books", label="Dix-huit étés")

REFUSALS: tuple[tuple[Refused, str], ...] = (
    (TenderTooSmall(short_by=euros(1250)), "12"),
    (ChangeNeedsCash(over_by=euros(1250)), "12"),
    (CashLimitExceeded(limit=euros(300_000), cash=euros(312_345)), "123"),
    (UNRATED, "Dix-huit étés"),
    (WrongLine(label="Fusée · rouge"), "Fusée · rouge"),
    (UnknownSale(sale="GS1-1-000042"), ""),
    (TrainingOnly(), ""),
    (WrongTender(method="voucher"), ""),
)
"""Each with the fact that its sentence has to say."""

UNSAVED: tuple[tuple[Unavailable | Incompatible, str], ...] = (
    (StorageUnavailable(reason="SQLITE_FULL"), ""),
    (StorageUnavailable(reason="SQLITE_READONLY"), ""),
    (StorageUnavailable(reason="PermissionError"), ""),
    (StorageUnavailable(reason="SQLITE_IOERR_FSYNC"), "SQLITE_IOERR_FSYNC"),
    (StorageDamaged(path=Path("till.db"), reason="SQLITE_CORRUPT"), "till.db"),
)
"""What may keep a sale from the disk."""

TROUBLES: tuple[tuple[Unavailable | Incompatible, str], ...] = (
    *UNSAVED,
    (TillAlreadyOpen(pid=4242), ""),
    (DatabaseTooNew(path=Path("till.db"), unknown_steps=("m0042",)), ""),
    (JournalBroken(seq=12_345, reason="digest"), "12345"),
    (JournalRolledBack(anchored_seq=12_345, found_seq=12_001), "12001"),
    (JournalRolledBack(anchored_seq=12_345, found_seq=0, kept=3), "12345"),
    (JournalRolledBack(anchored_seq=12_345, found_seq=0, kept=13, in_place=11), "13"),
    (KeyMissing(fingerprint="4f2a"), ""),
    (EnrolmentDamaged(path=Path("config/enrolment.json"), reason="content"), "enrolment.json"),
    (BadConfiguration(path=Path("till.toml"), problems=(("printer.kind", "choice"),)), "till"),
)

PRINTER_REASONS = (
    *("refused", "timeout", "unreachable", "write", "paper", "cover", "offline", "queue"),
    "of a new kind",
)
"""Why a printer does not print."""

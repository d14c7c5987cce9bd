"""The demo's stand on disk: founded once, its catalogue imported, and found again at every start.

A demo is always training. The folder says that it is a demo's (`MARK`), because `--fresh` deletes.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from pos.bootstrap import open_till
from pos.countries import COUNTRIES
from pos.domain.facts import Identity, Seller
from pos.folders import Folders
from pos.founding import TILL, Place, found_journal
from pos.ids import OperatorCode
from pos.importers.import_request import ImportOptions
from pos.importers.notices import Notice
from pos.importers.product_draft import Terms
from pos.importers.product_import import import_products
from pos.lock import TillLock
from pos.setup import AlreadySetUp, add_manager, found_enrolled
from sync.enrolment_protocol import Invitation
from ui.demo import (
    CATALOGUE,
    MANAGER_CODE,
    MANAGER_NAME,
    PICTURES,
    SELLER,
    STAND_CODE,
    STAND_NAME,
    TAX_CLASSES,
    TILL_CODE,
    TIME_ZONE,
)
from ui.hub import enroller

LOCK_FILE = "till.lock"  # what `TillLock` leaves in the data folder
MARK = "demo"
DAY_STARTS_AT = "05:00"


class NotOurs(Exception):
    """The folder holds something that no demo made."""


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """Where a demo keeps its till, and what it leaves to look at."""

    out: Path

    @property
    def folders(self) -> Folders:
        """Return the till's own two folders."""
        return Folders(data=self.out / "data", config=self.out / "config")

    @property
    def pictures(self) -> Path:
        """Return the folder of pictures of the screens."""
        return self.out / "pictures"

    @property
    def receipts(self) -> Path:
        """Return the folder of printed receipts."""
        return self.out / "receipts"

    @property
    def parts(self) -> tuple[Path, ...]:
        """Return all folders that are the demo's; that of the mark comes last."""
        return self.folders.data, self.pictures, self.receipts, self.folders.config

    @property
    def hub(self) -> Path:
        """Return the folder of the hub."""
        return self.out / "hub"

    @property
    def beside(self) -> DemoFolder:
        """Return the second till's folder."""
        return DemoFolder(self.out / "till-2")

    @property
    def mark(self) -> Path:
        """Return the file that says: a demo made this. In it, which catalogue was imported."""
        return self.folders.config / MARK


def lock_demo(demo: DemoFolder) -> TillLock:
    """Take the demo's folder.

    Raises:
        TillAlreadyOpen: another process has it.
        NotOurs: there is something in it that no demo made; nothing was changed.
        StorageUnavailable: it cannot be written.
    """
    folders = demo.folders
    theirs = folders.live.exists()  # somebody sells in there, by our mark or not
    if theirs or (not demo.mark.exists() and any(_content(part) for part in demo.parts)):
        raise NotOurs
    return TillLock(folders.data).take()


def is_set_up(demo: DemoFolder) -> bool:
    """Say whether the stand is there, with the catalogue as it is now."""
    try:
        return demo.mark.read_text(encoding="ascii") == _digest(CATALOGUE)
    except OSError:
        return False


def set_up(demo: DemoFolder) -> None:
    """Found the stand if it is not there, and bring its catalogue up to date.

    The caller holds the lock. Going on after an interruption is the same call again.
    """
    folders = demo.folders
    folders.config.mkdir(parents=True, exist_ok=True)
    demo.mark.touch()
    place = Place(folders, "training")
    if not place.path.exists():
        found_journal(place, identity())
        add_manager(place, OperatorCode(MANAGER_CODE), MANAGER_NAME)
    till = open_till(place)
    try:
        terms = Terms(currency=till.opened.currency, tax_classes=TAX_CLASSES)
        options = ImportOptions(
            terms=terms, operator=TILL, pictures=PICTURES, pictures_to=folders.pictures
        )
        imported = import_products(till, CATALOGUE, options, _NobodyWatches())
        assert imported.outcome == "imported", "the demo's own catalogue has no bad row"
    finally:
        till.close()
    demo.mark.write_text(_digest(CATALOGUE), encoding="ascii")


def join(demo: DemoFolder, invitation: Invitation) -> None:
    """Found the till that a hub describes; its catalogue comes when it is open.

    The caller holds the lock.

    Raises:
        NotTaken: the hub did not take it.
    """
    folders = demo.folders
    folders.config.mkdir(parents=True, exist_ok=True)
    demo.mark.touch()
    made = found_enrolled(folders, enroller(folders)(invitation))
    assert not isinstance(made, AlreadySetUp), "there was no till a moment ago"
    demo.mark.write_text(_digest(CATALOGUE), encoding="ascii")


def clear(demo: DemoFolder) -> None:
    """Forget the stand and what it left; the caller holds the lock, and keeps it."""
    for folder in demo.parts:
        for path in _content(folder):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for folder in (demo.hub, demo.beside.out):
        shutil.rmtree(folder, ignore_errors=True)


def identity() -> Identity:
    """Return who the demo's till is: an invented festival's."""
    seller = msgspec.convert(SELLER, Seller)
    assert seller.country in COUNTRIES
    return Identity(
        seller=seller,
        stand=STAND_CODE,
        stand_name=STAND_NAME,
        till=TILL_CODE,
        time_zone=TIME_ZONE,
        day_starts_at=DAY_STARTS_AT,
    )


def _content(folder: Path) -> list[Path]:
    """Return what is in a folder besides the lock; the mark comes last, so it stays longest."""
    found = [path for path in folder.glob("*") if path.name != LOCK_FILE]
    return sorted(found, key=lambda path: (path.name == MARK, path.name))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class _NobodyWatches:
    def notice(self, notice: Notice) -> None:
        """Hear a notice; a test sees to it that the catalogue gives none."""

    def progress(self, phase: Literal["check", "apply"], done: int, total: int) -> None:
        """Hear how far it is."""

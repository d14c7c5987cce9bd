"""Setting up a till: from a seller's file, or from what a hub says that it is."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pos.clock import Now, utc_now
from pos.domain.facts import Identity
from pos.enrolment import Enrolment, enrolment_file, flaws_of, keep_enrolment
from pos.errors import BadConfiguration
from pos.folders import Folders
from pos.founding import Place, found_journal
from pos.ids import OperatorCode
from pos.lock import TillLock
from pos.pins import hash_pin
from pos.seller_file import Manager, TillPlan, read_seller_file
from pos.store.carry_over import CarriedOver
from pos.store.journal import read_end
from pos.store.staff import add_first_manager, has_staff


class TillSetUp(msgspec.Struct, frozen=True, kw_only=True):
    """The till is there."""

    identity: Identity
    manager: Manager
    carried: CarriedOver  # what came along from training


class TillEnrolled(msgspec.Struct, frozen=True, kw_only=True):
    """The till is there, and belongs to a hub."""

    identity: Identity


class AlreadySetUp(msgspec.Struct, frozen=True, kw_only=True):
    """There is a till in this folder already; it was left as it is."""

    identity: Identity | None  # None: it does not say who it is


def set_up(folders: Folders, seller_file: Path, now: Now = utc_now) -> TillSetUp | AlreadySetUp:
    """Make the live till that a file describes; a catalogue of the training till comes along.

    Raises:
        BadConfiguration: the file has wrong or missing fields; nothing was made.
        TillAlreadyOpen: another process has the folder open; nothing was made.
        StorageUnavailable: the disk says no; the same command may be given again.
    """
    plan = read_seller_file(seller_file)
    with TillLock(folders.data):
        return set_up_plan(folders, plan, now)


def set_up_plan(folders: Folders, plan: TillPlan, now: Now = utc_now) -> TillSetUp | AlreadySetUp:
    """Make the live till of a plan; the caller holds the folder's lock.

    Raises:
        StorageUnavailable: the disk says no; the same may be asked again.
    """
    pin_hash = hash_pin(plan.manager.pin) if plan.manager.pin else ""
    place = Place(folders, "live", now)
    carried = CarriedOver()
    if place.path.exists():
        if not _is_half_made(place, plan):
            known = read_end(place.path)
            return AlreadySetUp(identity=known[1].identity if known else None)
    else:
        training = folders.training if folders.training.exists() else None
        carried = found_journal(place, plan.identity, carry_from=training)
    manager = plan.manager
    add_first_manager(place.path, code=manager.code, name=manager.name, pin_hash=pin_hash)
    return TillSetUp(identity=plan.identity, manager=plan.manager, carried=carried)


def found_enrolled(
    folders: Folders, enrolment: Enrolment, now: Now = utc_now
) -> TillEnrolled | AlreadySetUp:
    """Make the till that a hub described; the caller holds the folder's lock.

    It needs no manager of its own: whoever had the code was let in by head office, and may open it
    until the feed brings the staff; what the till does by itself is recorded under its own name.
    Nothing of a training till comes along: the catalogue is the hub's.  After a power cut the same
    may be asked again, with what `read_enrolment` returns.

    Raises:
        BadConfiguration: the hub says what no till can be; nothing was made.
        StorageUnavailable: the disk says no; the same may be asked again.
    """
    if flaws := flaws_of(enrolment.identity, enrolment.mode):
        raise BadConfiguration(enrolment_file(folders, enrolment.mode), flaws)
    place = Place(folders, enrolment.mode, now)
    if place.path.exists():
        known = read_end(place.path)
        if known is None or known[1].identity != enrolment.identity:
            return AlreadySetUp(identity=known[1].identity if known else None)
    keep_enrolment(folders, enrolment)
    if not place.path.exists():
        found_journal(place, enrolment.identity)
    return TillEnrolled(identity=enrolment.identity)


def add_manager(place: Place, code: OperatorCode, name: str) -> None:
    """Let somebody without a PIN manage a till that was just founded, such as a demo's.

    Raises:
        StorageUnavailable: the disk says no; nothing has changed.
    """
    add_first_manager(place.path, code=code, name=name, pin_hash="")


def _is_half_made(place: Place, plan: TillPlan) -> bool:
    """Say whether a power cut came between this till's journal and its manager."""
    known = read_end(place.path)
    if known is None or known[1].identity != plan.identity:
        return False
    return known[2].seq == 1 and not has_staff(place.path)

"""What a till remembers of its hub, in the config folder: a copied data folder belongs to no hub.

One file for the live till and one for training.  The machine's own key lies among the keys, by the
name of its public key; a file without it is of no use, and so it is on another machine.
"""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from pos.commands import JoinOrganisation
from pos.countries import COUNTRIES
from pos.disk import reason_of, write_durably
from pos.domain.facts import Identity, Mode
from pos.errors import EnrolmentDamaged, StorageUnavailable
from pos.folders import Folders
from pos.ids import OperatorCode
from pos.signing import KeyStore, TillKey

_CODE = re.compile(r"[A-Z0-9]{1,6}", re.ASCII)
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """Which till of which organisation this machine is, and where the hub is; bytes as hex."""

    address: str  # https://10.0.0.2:8443
    fingerprint: str  # SHA-256 of the hub's TLS certificate (DER); "": the system vouches
    organisation_id: str
    organisation_name: str
    organisation_key: str  # Ed25519
    till_id: str
    serial: int  # of the certificate
    certificate: str
    device_public_key: str  # Ed25519; its other half is in the config folder's keys
    mode: Mode
    identity: Identity  # as the hub gave it; a till that joined later keeps its own
    feed_id: str = ""
    hub_time: str = ""  # UTC by the hub's clock, when it was enrolled

    def joining(self, operator: OperatorCode) -> JoinOrganisation:
        """Return the command that records this in a journal."""
        return JoinOrganisation(
            organisation_id=self.organisation_id,
            organisation_name=self.organisation_name,
            till_id=self.till_id,
            serial=self.serial,
            device_public_key=self.device_public_key,
            operator=operator,
        )


def enrolment_file(folders: Folders, mode: Mode) -> Path:
    """Return where it is kept."""
    return folders.config / ("enrolment.json" if mode == "live" else "enrolment-training.json")


def read_enrolment(folders: Folders, mode: Mode) -> Enrolment | None:
    """Return what this machine remembers of its hub; None if it never joined one.

    Raises:
        EnrolmentDamaged: the file cannot be read or is not of this mode; it was left as it is.
            The till sells on; only what goes to the hub waits until it has joined again.
        StorageUnavailable: the disk does not give it now.
    """
    path = enrolment_file(folders, mode)
    try:
        enrolment = msgspec.json.decode(path.read_bytes(), type=Enrolment)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EnrolmentDamaged(path=path, reason="content") from error
    if enrolment.mode != mode:
        raise EnrolmentDamaged(path=path, reason="mode")
    return enrolment


def keep_enrolment(folders: Folders, enrolment: Enrolment) -> None:
    """Remember a hub, durably, before anything is recorded of it.

    Raises:
        StorageUnavailable: the disk says no; what was remembered before is still there.
    """
    try:
        write_durably(enrolment_file(folders, enrolment.mode), msgspec.json.encode(enrolment))
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error


def forget_enrolment(folders: Folders, mode: Mode) -> None:
    """Belong to no hub any more; what is in the journal stays.

    Raises:
        StorageUnavailable: the disk says no.
    """
    try:
        enrolment_file(folders, mode).unlink(missing_ok=True)
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error


def make_device_key(folders: Folders) -> TillKey:
    """Make and keep this machine's key, which is no journal's.

    Raises:
        StorageUnavailable: the disk says no.
    """
    try:
        return KeyStore(folders.keys).make()
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error


def load_device_key(folders: Folders, enrolment: Enrolment) -> TillKey:
    """Return the key that signs what this machine asks of its hub.

    Raises:
        EnrolmentDamaged: the file does not name a key.
        KeyMissing: it is not on this machine.
    """
    try:
        public_key = bytes.fromhex(enrolment.device_public_key)
    except ValueError as error:
        path = enrolment_file(folders, enrolment.mode)
        raise EnrolmentDamaged(path=path, reason="key") from error
    return KeyStore(folders.keys).load(public_key)


def flaws_of(identity: Identity, mode: Mode) -> tuple[tuple[str, str], ...]:
    """Return which fields of a hub's word make it impossible to found a till, and why.

    Who sells has to have the numbers that a receipt must show (fiscal.md R83); who trains need not.
    """
    seller, trains = identity.seller, mode == "training"
    vat = seller.vat_number.strip() or seller.vat_exemption.strip()
    checks = (
        ("seller.country", "choice", seller.country in COUNTRIES),
        ("seller.name", "empty", bool(seller.name.strip())),
        ("seller.registration", "missing", trains or bool(seller.registration.strip())),
        ("seller.vat_number", "missing", trains or bool(vat)),
        ("stand.code", "format", _CODE.fullmatch(identity.stand) is not None),
        ("till.code", "format", _CODE.fullmatch(identity.till) is not None),
        ("stand.time_zone", "choice", _is_time_zone(identity.time_zone)),
        ("stand.day_starts_at", "format", _HOUR.fullmatch(identity.day_starts_at) is not None),
    )
    return tuple((name, problem) for name, problem, is_right in checks if not is_right)


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # a folder, a path, an unknown name
        return False
    return True

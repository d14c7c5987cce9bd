"""Saying whose hub it is: the organisation, its key, its first stand, its first people."""

from __future__ import annotations

import msgspec

from pos.clock import Now, utc_text
from pos.countries import COUNTRIES
from pos.domain.facts import Mode, Seller
from pos.domain.feed import StaffListed, StandListed
from pos.ids import uuid7
from pos.pins import hash_pin
from pos.seller_file import DAY_STARTS_AT, TillPlan
from pos.signing import TillKey
from sync.hub.hub import Place, load_key, make_key
from sync.hub.people import make_owner
from sync.hub.store import catalogue
from sync.hub.store.database import HubDatabase
from sync.hub.store.organisation import Organisation, found_organisation, organisation_of

TRAINING_COUNTRY = "FR"


class AlreadyFounded(Exception):
    """The database is an organisation's already; it was left as it is."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(organisation.name)
        self.organisation = organisation


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Whose hub it shall be."""

    name: str  # of the organisation
    mode: Mode
    owner: str
    password: str
    seller: TillPlan | None = None  # None: nobody's, for training
    address: str = ""


def found(place: Place, plan: Plan, now: Now) -> Organisation:
    """Make the hub of an organisation and return it; all of it, or nothing but its key.

    Raises:
        AlreadyFounded: it is one already.
        BadAccount: the owner's name or password will not do.
        KeyMissing: there is a file in the key's place that is no key.
        StorageUnavailable: disk or database say no.
        HubTooNew: a newer version has used the database.
    """
    database = HubDatabase.open(place.database)
    try:
        with database.write() as connection:
            if (known := organisation_of(connection)) is not None:
                raise AlreadyFounded(known)
            new = _organisation(plan, _key(place))
            found_organisation(connection, new, utc_text(now()))
            if plan.seller is not None:
                identity, manager = plan.seller.identity, plan.seller.manager
                stand = StandListed(stand=identity.stand, name=identity.stand_name)
                catalogue.put_stands(connection, [stand])
                pin_hash = hash_pin(manager.pin) if manager.pin else ""
                person = StaffListed(
                    code=manager.code, name=manager.name, role="manager", pin_hash=pin_hash
                )
                catalogue.put_staff(connection, [person])
            make_owner(connection, plan.owner, plan.password)
    finally:
        database.close()
    return new


def _key(place: Place) -> TillKey:
    """Return the key in its place: of an attempt that stopped halfway, or of another process."""
    try:
        return make_key(place.key)
    except FileExistsError:
        return load_key(place.key)


def _organisation(plan: Plan, key: TillKey) -> Organisation:
    if plan.seller is None:
        seller = Seller(
            name=plan.name,
            legal_form="",
            address=(),
            country=TRAINING_COUNTRY,
            registration="",
            vat_number="",
        )
        time_zone, day_starts_at = COUNTRIES[TRAINING_COUNTRY].time_zone, DAY_STARTS_AT
    else:
        identity = plan.seller.identity
        seller, time_zone = identity.seller, identity.time_zone
        day_starts_at = identity.day_starts_at
    return Organisation(
        organisation_id=uuid7(),
        name=plan.name,
        mode=plan.mode,
        currency=COUNTRIES[seller.country].currency,
        seller=seller,
        time_zone=time_zone,
        day_starts_at=day_starts_at,
        public_key=key.public,
        address=plan.address,
    )

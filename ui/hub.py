"""Wiring the till to its hub: becoming one of its tills, and speaking with it from then on."""

from __future__ import annotations

import platform
from collections.abc import Callable

import msgspec

from pos.bootstrap import open_till
from pos.domain.facts import Identity, Mode
from pos.enrolment import Enrolment, keep_enrolment, make_device_key, read_enrolment
from pos.errors import PosError, Refused
from pos.folders import Folders
from pos.founding import TILL, Place
from pos.setup import AlreadySetUp, found_enrolled
from pos.till import Till
from sync.enrolment_protocol import Invitation
from ui.bridge import TillBridge
from ui.joining import Enrol, NotTaken
from ui.screens.sync.state import Hub
from ui.syncing import Syncing


class Link:
    """One open till and the hub that it belongs to, if any."""

    def __init__(
        self, syncing: Syncing, bridge: TillBridge, place: Place, identity: Identity
    ) -> None:
        self._syncing, self._bridge = syncing, bridge
        self._place, self._identity = place, identity

    @property
    def hub(self) -> Hub | None:
        """Return which hub it is."""
        return self._syncing.hub

    def begin(self, troubled: Callable[[PosError], None]) -> None:
        """Speak with the hub that this machine remembers, if it remembers one."""
        try:
            enrolment = read_enrolment(self._place.folders, self._place.mode)
        except PosError as error:  # the till sells on
            troubled(error)
            return
        if enrolment is not None:
            self._speak(enrolment)

    def enroller(self) -> Enrol:
        """Return what asks a hub to take this till, which sells already."""
        ask = enroller(self._place.folders, self._identity)

        def enrol(invitation: Invitation) -> Enrolment:
            taken = ask(invitation)
            if taken.mode != self._place.mode:
                raise NotTaken("mode")
            keep_enrolment(self._place.folders, taken)
            return taken

        return enrol

    def joined(self, taken: Enrolment) -> None:
        """Begin to speak with a hub that has just taken this till."""
        self._speak(taken)

    def _speak(self, enrolment: Enrolment) -> None:
        """Have the journal say whose till it is, then begin."""
        hub = Hub(
            organisation=enrolment.organisation_name,
            address=enrolment.address,
            till=self._identity.till,
            stand_name=self._identity.stand_name,
        )
        self._bridge.execute(
            enrolment.joining(TILL),
            done=lambda _fact: self._syncing.know(hub),
            refused=_never,
        )


def enroller(folders: Folders, identity: Identity | None = None) -> Enrol:
    """Return what asks a hub to take this machine; `identity` is that of a till that sells already.

    The machine has a key for what comes back, and remembers nothing of it yet.
    """

    def enrol(invitation: Invitation) -> Enrolment:
        from sync.enrol import EnrolmentFailed, Machine
        from sync.enrol import enrol as ask_hub  # with all that a network needs

        key = make_device_key(folders)
        machine = Machine(public_key=key.public, name=platform.node(), identity=identity)
        try:
            taken = ask_hub(invitation, machine)
        except EnrolmentFailed as error:
            raise NotTaken(error.kind) from error
        if identity is None and Place(folders, taken.mode).path.exists():
            raise NotTaken("trains_already")
        return msgspec.convert(taken, Enrolment, from_attributes=True)

    return enrol


def founder(folders: Folders, taken: Enrolment) -> tuple[Mode, Callable[[], Till]]:
    """Return the mode of a till that a hub has described, and what founds and opens it."""

    def found() -> Till:
        made = found_enrolled(folders, taken)
        assert not isinstance(made, AlreadySetUp), "there was no till a moment ago"
        return open_till(Place(folders, taken.mode))

    return taken.mode, found


def _never(refusal: Refused) -> None:
    raise refusal

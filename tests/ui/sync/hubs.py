"""An engine that does what a test says, and hubs as they may stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

from sync.enrolment_protocol import EnrolProblem
from sync.trouble import Reason
from tests.builders import AFTERNOON, euros
from ui.screens.sync.state import Hub, HubStatus, Peer
from ui.syncing import Till

HUB = Hub(
    organisation="Les Disques du Quai",
    address="https://10.0.0.2:8443",
    stand="GS",
)
NOW = AFTERNOON
SENT = HubStatus(
    state="all_sent", last_contact=NOW - timedelta(seconds=12), position=4_210, head=4_210
)
APART = HubStatus(
    state="no_contact",
    last_contact=NOW - timedelta(minutes=61),
    waiting=142,
    sales=48,
    amount=euros(124_000),
)
SENDING = HubStatus(
    state="sending", last_contact=NOW, waiting=20, sales=18, amount=euros(43_000), head=1
)
ARRIVING = HubStatus(state="sending", last_contact=NOW, is_arriving=True, products=5_000, head=9)
FORKED = HubStatus(state="forked", last_contact=NOW, fork_seq=1_234, quarantined=12)
UNEXPLAINED = HubStatus(
    state="all_sent", last_contact=NOW, position=4_210, head=4_210, to_explain=12
)
REVOKED = HubStatus(state="revoked", last_contact=NOW, waiting=3)
PEERS = (
    Peer(till="2", seen_at=NOW - timedelta(minutes=3)),
    Peer(till="3", seen_at=None),
)


HUB_STATES = {
    "sent": SENT,
    "apart": APART,
    "sending": SENDING,
    "arriving": ARRIVING,
    "never heard of": HubStatus(state="no_contact", waiting=3),
    "away, and all is sent": HubStatus(state="no_contact", last_contact=NOW),
    "behind": HubStatus(state="all_sent", last_contact=NOW, position=1_200, head=4_711),
    "with items that are not explained": UNEXPLAINED,
    "forked": FORKED,
    "revoked": REVOKED,
}
HUB_TROUBLES = (*get_args(Reason), "contradiction", "storage", "bug", "of a new kind")
JOIN_PROBLEMS = (*get_args(EnrolProblem), "identity", "mode", "trains_already", "address")


@dataclass
class FakeEngine:
    """Keeps what it was asked for, and says what a test wants."""

    till: Till
    tell: Callable[[HubStatus], None]
    woken: int = 0
    sent: int = 0
    is_closed: bool = False

    def wake(self) -> None:
        self.woken += 1

    def send_now(self) -> None:
        self.sent += 1

    def close(self) -> None:
        self.is_closed = True

    def says(self, status: HubStatus) -> None:
        """Tell how things stand."""
        self.tell(status)

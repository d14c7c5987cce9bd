"""The page about the hub: what is only here, who else sells, what has to be looked at. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pos.clock import Now
from ui import format as text_of
from ui.screens.sync import wording
from ui.screens.sync.state import Hub, HubStatus, Peer


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncText:
    """Everything that stands on the page."""

    shape: wording.Shape
    sentence: str
    hub: str  # the organisation
    address: str
    contact: str
    waiting: tuple[str, ...]  # what is only here, line by line
    feed: str
    peers: tuple[str, ...]
    problems: tuple[str, ...]  # what somebody has to do something about
    can_go_on: bool  # with a new journal


class SyncView(Protocol):
    """What the page needs of its widgets."""

    def show_sync(self, text: SyncText) -> None: ...
    def show_sure(self, text: str) -> None: ...


class SyncPresenter:
    """Keeps what was heard last; ages go on by `tick` alone, and nobody is asked for them."""

    def __init__(self, view: SyncView, hub: Hub, language: Callable[[], str], now: Now) -> None:
        self._view, self._hub = view, hub
        self._language, self._now = language, now
        self._status = HubStatus()
        self._peers: tuple[Peer, ...] = ()
        self._shown: SyncText | None = None
        self._is_asked = False
        self.send_now: Callable[[], None] = lambda: None
        self.begin_anew: Callable[[], None] = lambda: None

    def show(self, status: HubStatus, peers: Sequence[Peer]) -> None:
        """Take how things stand now."""
        self._status, self._peers = status, tuple(peers)
        if status.state != "forked":
            self._take_back()
        self.tick()

    def belong_to(self, hub: Hub) -> None:
        """Show another hub from now on, or the same after this till joined it again."""
        self._hub = hub
        self.show(HubStatus(), self._peers)

    def tick(self) -> None:
        """Let the ages go on; what reads the same is not painted again."""
        text = self._text()
        if text != self._shown:
            self._shown = text
            self._view.show_sync(text)

    def send(self) -> None:
        """Try now instead of when the next try is due."""
        self.send_now()

    def new_journal(self) -> None:
        """Ask whether the journal is really to be set aside; the second press does it."""
        if self._status.state != "forked":
            return
        if self._is_asked:
            self._take_back()
            self.begin_anew()
            return
        self._is_asked = True
        self._view.show_sure(wording.sure_of_a_new_journal())

    def leave(self) -> None:
        """Take a question back that nobody answered."""
        self._take_back()

    def _take_back(self) -> None:
        if self._is_asked:
            self._is_asked = False
            self._view.show_sure("")

    def _text(self) -> SyncText:
        status, now, language = self._status, self._now(), self._language()
        said = wording.light(status, now, language)
        return SyncText(
            shape=said.shape,
            sentence=said.sentence,
            hub=self._hub.organisation,
            address=self._hub.address,
            contact=wording.contact(status, now, language),
            waiting=self._waiting(language),
            feed=wording.feed(status, language),
            peers=tuple(self._peer(one, now, language) for one in self._peers)
            or (wording.no_peers(),),
            problems=self._problems(),
            can_go_on=status.state == "forked",
        )

    def _waiting(self, language: str) -> tuple[str, ...]:
        status = self._status
        if not status.waiting:
            return (wording.nothing_waits(),)
        lines = []
        if status.amount is not None and status.amount.minor:
            lines.append(text_of.money(status.amount, language))
        if status.sales:
            lines.append(wording.sales(status.sales))
        return (*lines, wording.entries(status.waiting))

    def _problems(self) -> tuple[str, ...]:
        status = self._status
        found = []
        if status.state == "forked":
            found.append(wording.what_of_a_fork(status.fork_seq))
        if status.state == "revoked":
            found.append(wording.revoked_till())
        if status.quarantined:
            found.append(wording.quarantined(status.quarantined))
        if status.to_explain and not status.is_arriving:
            found.append(wording.to_explain(status.to_explain))
        return tuple(found)

    @staticmethod
    def _peer(one: Peer, now: datetime, language: str) -> str:
        seen = wording.never_seen()
        if one.seen_at is not None:
            seen = wording.age(one.seen_at, now, language)
        return wording.peer(one.till, seen)

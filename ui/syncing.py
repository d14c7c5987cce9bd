"""The till and its hub: the engine beside the sale, its light, its page, and what it changes here.

The engine has threads of its own.  It asks the till as everybody does, through the bridge, and what
it tells comes back as signals: nothing in here waits, and no page of the hub's is taken in while a
basket is open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from pos.clock import Now, utc_now
from pos.commands import Command
from pos.domain.basket import Basket
from pos.domain.facts import JournalEntry
from pos.ids import ProductId
from pos.reports.catalogue import CatalogueSize, CountCatalogue
from pos.reports.hub import OtherTill, OtherTills
from pos.reports.question import Question
from ui.bridge import TillBridge
from ui.main_window import MainWindow
from ui.screens.join.wording import has_a_hub, joins_in_settings
from ui.screens.sync import wording
from ui.screens.sync.presenter import SyncPresenter
from ui.screens.sync.state import Hub, HubStatus, Peer, moment_of
from ui.widgets.lights import Light

AnswerT = TypeVar("AnswerT")

TICK_MS = 1_000
APPLY_WAIT_MAX_S = 600.0
"""A basket that stays open longer holds nothing up any more: a price may be old for ten minutes."""
SHOW_EVERY_MS = 500
FINGER_MS = 100
ICONS = {"good": "", "busy": "cloud-upload", "apart": "cloud-off", "trouble": ""}


class Engine(Protocol):
    """What brings entries up and pages down."""

    def wake(self) -> None:
        """Hear that something was recorded."""
        ...

    def send_now(self) -> None:
        """Try at once, whatever the last try came to."""
        ...

    def close(self) -> None:
        """Stop; what is under way is left."""
        ...


class Till(Protocol):
    """What an engine may ask of the till, from threads of its own."""

    def ask(self, question: Question[AnswerT], /) -> AnswerT: ...
    def execute(self, command: Command) -> Any: ...
    def may_apply(self) -> None: ...


Tells = Callable[[HubStatus], None]
MakeEngine = Callable[[Till, Tells], Engine]
"""Makes an engine of what it may ask, and whom it tells how things stand."""


class TillClosed(Exception):
    """The window was closed while a page was on its way."""


class BetweenBaskets:
    """Lets other threads wait until no basket is open."""

    def __init__(self, wait_max_s: float = APPLY_WAIT_MAX_S) -> None:
        self._wait_max_s = wait_max_s
        self._none_is_open = threading.Event()
        self._none_is_open.set()
        self._is_over = False

    def basket_is(self, *, is_open: bool) -> None:
        """Hear whether somebody is buying something."""
        if is_open and not self._is_over:
            self._none_is_open.clear()
        else:
            self._none_is_open.set()

    def wait(self) -> None:
        """Return once no basket is open, or this one has been for ten minutes."""
        self._none_is_open.wait(self._wait_max_s)

    def release(self) -> None:
        """Hold nobody up any more: the till is about to be closed."""
        self._is_over = True
        self._none_is_open.set()


class TillForEngine:
    """The open till, asked from the engine's threads: each call waits its turn."""

    def __init__(
        self, bridge: TillBridge, between: BetweenBaskets, applied: Callable[[], None]
    ) -> None:
        self._bridge, self._between, self._applied = bridge, between, applied

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return the answer to a question."""
        return self._wait(lambda: self._bridge.call(lambda till: till.ask(question)))

    def execute(self, command: Command) -> Any:
        """Do what is asked, durably, and tell that the tiles may be old."""
        answer = self._wait(lambda: self._bridge.call(lambda till: till.execute(command)))
        self._applied()
        return answer

    def may_apply(self) -> None:
        """Wait until what is on the shelf may change."""
        self._between.wait()

    @staticmethod
    def _wait(call: Callable[[], Future[AnswerT]]) -> AnswerT:
        try:
            future = call()
        except RuntimeError as error:  # the executor takes nothing after its shutdown
            raise TillClosed from error
        return future.result()


class Syncing(QObject):
    """One till's dealings with its hub, whichever window is there meanwhile.

    Signals:
        catalogue_changed: what the tiles show is old; at most twice a second, and never while a
            finger is on the screen.
        picture_saved: the id of a product that has another picture now.
        new_journal_wanted: a manager goes on with another journal, because of a fork.
    """

    catalogue_changed = Signal()
    picture_saved = Signal(str)
    new_journal_wanted = Signal()
    _heard = Signal(object)
    _applied = Signal()

    def __init__(
        self,
        language: Callable[[], str],
        parent: QObject | None = None,
        *,
        now: Now = utc_now,
        fingers: Callable[[], bool] = lambda: bool(QApplication.mouseButtons().value),
    ) -> None:
        super().__init__(parent)
        self._language, self._now, self._fingers = language, now, fingers
        self.status = HubStatus()
        self.peers: tuple[Peer, ...] = ()
        self.hub: Hub | None = None
        self.between = BetweenBaskets()
        self._engine: Engine | None = None
        self._bridge: TillBridge | None = None
        self._window: MainWindow | None = None
        self._presenter: SyncPresenter | None = None
        self._said: wording.Said | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._go_on)
        self._show_soon = QTimer(self, singleShot=True, interval=SHOW_EVERY_MS)
        self._show_soon.timeout.connect(self._show_catalogue)
        self._is_catalogue_old = False
        self._heard.connect(self._hear)
        self._applied.connect(self._catalogue_is_old)

    # Coming and going ----------------------------------------------------------------------------

    def begin(
        self, bridge: TillBridge, hub: Hub, make_engine: MakeEngine, basket: Basket | None = None
    ) -> None:
        """Speak with a hub from now on; `basket` is what somebody is buying just now."""
        assert self._engine is None, "a till has one hub"
        self.hub, self.between, self.status = hub, BetweenBaskets(), HubStatus()
        if self._presenter is not None:
            self._presenter.belong_to(hub)
        if basket is not None:
            self.basket_changed(basket)
        self._bridge = bridge
        till = TillForEngine(bridge, self.between, lambda: self._tell(self._applied))
        self._engine = make_engine(till, lambda status: self._tell(self._heard, status))
        self._tick.start()
        self._show_light()
        self._ask_peers()

    def show_on(self, window: MainWindow) -> None:
        """Show the light, and the page when it is wanted, on this window from now on."""
        self._window, self._presenter, self._said = window, None, None
        self._show_light()

    def make_page(self) -> bool:
        """Make the page of this window when it is first wanted, and say whether that was now."""
        if self._presenter is not None or self._window is None or self.hub is None:
            return False
        page = self._window.sync
        self._presenter = SyncPresenter(page, self.hub, self._language, self._now)
        self._presenter.send_now = self._send_now
        self._presenter.begin_anew = self.new_journal_wanted.emit
        page.send_wanted.connect(self._presenter.send)
        page.new_journal_wanted.connect(self._presenter.new_journal)
        page.left.connect(self._presenter.leave)
        self._presenter.show(self.status, self.peers)
        return True

    def close(self) -> None:
        """Let nobody wait for a basket any more, and stop; idempotent."""
        self.between.release()
        engine, self._engine = self._engine, None
        if engine is not None:
            self._tick.stop()
            engine.close()
            self._bridge = None

    # What the till tells -------------------------------------------------------------------------

    @Slot(object)
    def entry_written(self, _entry: JournalEntry) -> None:
        """Send what was just recorded."""
        if self._engine is not None:
            self._engine.wake()

    def basket_changed(self, basket: Basket) -> None:
        """Take nothing in while somebody is buying something."""
        self.between.basket_is(is_open=bool(basket.lines))

    def what_of_a_code(self) -> str:
        """Return what to say of a hub's code that was scanned at the checkout."""
        if self.hub is None or self.status.wants_to_join_again:
            return joins_in_settings()
        return has_a_hub(self.hub.organisation)

    def sold(self) -> None:
        """Let wait no longer what waited for a basket: it is paid, at the prices that it had."""
        self.between.basket_is(is_open=False)

    def closing_text(self) -> str:
        """Return what to say before the window is closed; "" for nothing."""
        return wording.closing(self.status, self._language()) if self.status.has_unsent else ""

    # What the engine tells -----------------------------------------------------------------------

    def tell_picture(self, product_id: ProductId) -> None:
        """Hear of a new picture, on whatever thread it came."""
        self._tell(self.picture_saved, product_id)

    def _tell(self, signal: Any, *values: object) -> None:
        with suppress(RuntimeError):  # the till was closed, and this is gone
            signal.emit(*values)

    @Slot(object)
    def _hear(self, status: HubStatus) -> None:
        self.status = replace(status, products=self.status.products)
        self._show()

    def _ask_peers(self) -> None:
        """Ask the till who else sells at this stand, and how much of the catalogue is here."""
        if self._bridge is not None:
            self._bridge.ask(OtherTills(), done=self._peers_here)
            if self.status.is_arriving or not self.status.products:
                self._bridge.ask(CountCatalogue(), done=self._counted)

    def _peers_here(self, tills: tuple[OtherTill, ...]) -> None:
        stand = self.hub.stand if self.hub is not None else ""
        self.show_peers(
            tuple(
                Peer(till=one.till, seen_at=moment_of(one.seen_at))
                for one in tills
                if one.is_active and one.stand == stand
            )
        )

    def show_peers(self, peers: tuple[Peer, ...]) -> None:
        """Show who else sells at this stand."""
        self.peers = peers
        self._show()

    def _counted(self, size: CatalogueSize) -> None:
        self.status = replace(self.status, products=size.products)
        self._show()

    def _show(self) -> None:
        self._show_light()
        if self._presenter is not None:
            self._presenter.show(self.status, self.peers)

    def _send_now(self) -> None:
        if self._engine is not None:
            self._engine.send_now()

    # What is shown -------------------------------------------------------------------------------

    @Slot()
    def _go_on(self) -> None:
        """Let the ages go on."""
        self._show_light()
        if self._presenter is not None and self._window is not None and self._window.shows("sync"):
            self._presenter.tick()

    def _show_light(self) -> None:
        if self._window is None:
            return
        light = self._window.hub
        light.setVisible(self.hub is not None)
        if self.hub is None:
            return
        self._window.checkout.expect_catalogue(wording.expected(self.status, self._language()))
        said = wording.light(self.status, self._now(), self._language())
        if said != self._said:
            self._said = said
            show_light(light, said)

    @Slot()
    def _catalogue_is_old(self) -> None:
        self._is_catalogue_old = True
        if not self._show_soon.isActive():
            self._show_soon.start(SHOW_EVERY_MS)

    @Slot()
    def _show_catalogue(self) -> None:
        """Tell of the new catalogue, unless a finger would find another key below it."""
        if self._fingers():
            self._show_soon.start(FINGER_MS)
        elif self._is_catalogue_old:
            self._is_catalogue_old = False
            self.catalogue_changed.emit()
            self._ask_peers()


def show_light(light: Light, said: wording.Said) -> None:
    """Show on a light what is said of the hub."""
    light.show_state(
        "busy" if said.shape == "apart" else said.shape,
        said.sentence,
        icon_name=ICONS[said.shape],
        more=said.sentence,
        word=said.word,
    )

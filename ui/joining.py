"""Asking a hub to take this till, on a thread of its own: the window goes on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal, Slot

from pos.enrolment import Enrolment
from pos.errors import PosError
from sync.enrolment_protocol import Invitation
from ui import wording as common
from ui.screens.join import wording
from ui.screens.join.presenter import JoinPresenter
from ui.widgets.join_card import JoinCard


class NotTaken(Exception):
    """The hub did not take this till; `kind` says why, as `wording.problem` knows it."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


Enrol = Callable[[Invitation], Enrolment]
"""Asks the hub, and returns what the till is from now on, remembered already.

Raises `NotTaken`, or a `PosError` of this machine's disk.
"""


class Joining(QObject):
    """Joins one card to a hub.

    Signals:
        joined: what the till is from now on.
    """

    joined = Signal(object)
    _ended = Signal(object)

    def __init__(
        self,
        card: JoinCard,
        enrol: Enrol,
        language: Callable[[], str],
        *,
        asks_first: bool = False,
    ) -> None:
        super().__init__(card)
        self._enrol, self._language = enrol, language
        self.presenter = JoinPresenter(card, self._begin, asks_first=asks_first)
        card.address_typed.connect(self.presenter.type_address)
        card.code_typed.connect(self.presenter.type_code)
        card.join_wanted.connect(self.presenter.join)
        self._ended.connect(self._end)

    def _begin(self, invitation: Invitation) -> None:
        def run() -> None:
            end: object = None
            try:
                end = self._enrol(invitation)
            except (NotTaken, PosError) as why:
                end = why
            finally:  # also after a bug, which goes on to the crash handler
                with suppress(RuntimeError):  # the window was closed, and this is gone
                    self._ended.emit(end)

        threading.Thread(target=run, name="join", daemon=True).start()

    @Slot(object)
    def _end(self, end: object) -> None:
        match end:
            case None:
                self.presenter.failed(wording.problem(""))
            case NotTaken(kind=kind):
                self.presenter.failed(wording.problem(kind))
            case PosError() as error:
                self.presenter.failed(common.sentence(error, self._language()))
            case taken:
                self.presenter.reached("founding")
                self.joined.emit(taken)

"""The demo's menu at the real window: the hub's plug, pulled and put back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tests.ui.window.cashier import Cashier
from ui.demo.hub import DemoHub, HubFailed
from ui.demo.menu import PlugMenu


class Plug(DemoHub):
    """A hub that is only a plug."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))
        self.is_in, self.why = True, ""

    @property
    def is_plugged(self) -> bool:
        return self.is_in

    def plug_in(self) -> None:
        if self.why:
            raise HubFailed(self.why)
        self.is_in = True

    def pull_the_plug(self) -> None:
        self.is_in = False


@pytest.fixture
def plug(cashier: Cashier) -> Plug:
    plug = Plug()
    PlugMenu(cashier.app, plug)
    cashier.app.ready.emit()
    return plug


def entry(cashier: Cashier) -> QAction:
    # Not its children: a bar once laid out too narrow keeps a menu of its own for what hung over.
    (demo,) = cashier.window.menuBar().actions()
    menu = demo.menu()
    assert isinstance(menu, QMenu)
    (only,) = menu.actions()
    return only


def test_one_entry_pulls_the_plug_and_puts_it_back(cashier: Cashier, plug: Plug) -> None:
    assert entry(cashier).text() == "Pull the hub's plug"
    entry(cashier).trigger()
    cashier.until(lambda: entry(cashier).text() == "Plug the hub in again")
    assert not plug.is_in
    entry(cashier).trigger()
    cashier.until(lambda: entry(cashier).text() == "Pull the hub's plug")
    assert plug.is_in


def test_the_menu_comes_along_into_another_language(cashier: Cashier, plug: Plug) -> None:
    old = cashier.window
    cashier.press("Language")
    cashier.until(lambda: cashier.window is not old)
    assert entry(cashier).text() == "Débrancher le hub"
    assert plug.is_in


def test_a_hub_that_does_not_start_is_said(cashier: Cashier, plug: Plug) -> None:
    plug.is_in, plug.why = False, "the port is taken"
    entry(cashier).trigger()
    cashier.until(lambda: "the port is taken" in cashier.notice())
    cashier.until(lambda: entry(cashier).isEnabled())

"""The foot of the window: what gives way where it is narrow, and what its keys say."""

from __future__ import annotations

from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from pos.folders import Folders
from pos.settings import Settings
from tests.ui.screens.conftest import WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui.main_window import SMALLEST
from ui.theme.theme import colours
from ui.widgets.basket_row import BasketLineRow
from ui.widgets.lights import Place


def french(opens: Opens, stand: Folders) -> Cashier:
    cashier = opens(stand, settings=Settings(language="fr", sound=False))
    cashier.window.resize(*SMALLEST)
    return cashier


def test_the_light_is_whole_beside_a_long_place(opens: Opens, stand: Folders) -> None:
    cashier = french(opens, stand)
    place = "Grande Scène du Festival des Ateliers et du Vieux Port · caisse 12"
    cashier.window.show_till(place, "Marie-Antoinette")
    light = cashier.window.printer
    cashier.until(lambda: light.width() >= light.sizeHint().width())
    shown, _who = cashier.window.findChildren(Place)
    cashier.until(lambda: shown.text().endswith("…"))
    assert place in shown.toolTip()
    assert shown.accessibleName() == place


def test_a_usual_place_is_whole_on_the_smallest_window(opens: Opens, stand: Folders) -> None:
    cashier = french(opens, stand)
    cashier.window.show_till("Grande Scène · caisse 1", "Camille")
    light = cashier.window.printer
    cashier.until_says("Sans imprimante")
    assert light.toolTip().startswith("<p>Sans imprimante\N{NO-BREAK SPACE}: tickets")
    cashier.until(lambda: light.width() >= light.sizeHint().width())
    cashier.until_says("Grande Scène · caisse 1")
    cashier.until_says("Camille")


def test_the_help_has_a_word_for_who_knows_no_f1(opens: Opens, stand: Folders) -> None:
    cashier = french(opens, stand)
    cashier.press("Aide")
    cashier.until_page(cashier.window.help)


@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_icon_of_a_key_that_asks_is_drawn_in_the_ink_of_its_ground(
    opens: Opens, stand: Folders, theme: Literal["day", "night"]
) -> None:
    cashier = opens(stand, settings=Settings(language="en", theme=theme, sound=False))
    key = cashier.window.last_receipt
    assert ink_of(key) == colours().ink_soft
    cashier.press("Last receipt")
    assert ink_of(key) == colours().on_warn
    cashier.press_key(Qt.Key.Key_Escape)
    assert ink_of(key) == colours().ink_soft


def ink_of(key: QAbstractButton) -> str:
    """Return the colour of the icon's opaque pixels."""
    picture = key.icon().pixmap(key.iconSize()).toImage()
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    opaque = [picture.pixelColor(x, y) for x, y in places if picture.pixelColor(x, y).alpha() > 250]
    return opaque[0].name().upper()


@pytest.mark.parametrize(("theme", "shown"), [("day", "moon"), ("night", "sun")])
def test_the_key_of_the_colours_shows_where_it_leads(
    opens: Opens, stand: Folders, theme: Literal["day", "night"], shown: str
) -> None:
    cashier = opens(stand, settings=Settings(language="en", theme=theme, sound=False))
    assert cashier.button("Day or night").property("icon_name") == shown
    other = {"moon": "sun", "sun": "moon"}[shown]
    old = cashier.window
    cashier.press("Day or night")
    cashier.until(lambda: cashier.window is not old)
    assert cashier.button("Day or night").property("icon_name") == other


def test_the_light_without_a_printer_leads_to_the_settings_of_it(
    opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand, settings=Settings(language="en", sound=False))
    cashier.until_says("No printer")
    cashier.press("No printer: receipts on screen")
    cashier.until_page(cashier.window.settings)
    chosen = cashier.window.focusWidget()
    assert chosen is not None
    assert chosen.accessibleName() == "Where receipts go, Window"


def test_the_light_is_a_key_only_where_it_does_something(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand, settings=Settings(language="en", sound=False))
    cashier.until_says("No printer")
    light = cashier.window.printer
    assert light.isEnabled()
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.pay()
    assert not light.isEnabled()
    light.show_state("trouble", "no paper")
    assert light.isEnabled()  # to try again
    light.show_state("good", "Printer ready")
    assert not light.isEnabled()


def test_the_last_line_that_goes_leaves_no_focus_at_the_foot(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand)
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    (row,) = [row for row in cashier.window.basket.findChildren(BasketLineRow) if row.isVisible()]
    row.setFocus(Qt.FocusReason.TabFocusReason)  # a finger's touch leaves it where it is
    cashier.until(row.hasFocus)
    cashier.press("Remove line")
    cashier.until_lines()
    assert cashier.window.focusWidget() is cashier.window.checkout


def test_the_window_fits_a_screen_with_bars(opens: Opens, stand: Folders) -> None:
    cashier = french(opens, stand)
    assert QGuiApplication.platformName() == "offscreen"
    assert (cashier.window.width(), cashier.window.height()) == SMALLEST
    assert SMALLEST[1] <= 768 - 60  # a title bar and a task bar
    foot = cashier.window.printer
    bottom = foot.mapTo(cashier.window, foot.rect().bottomLeft()).y()
    assert bottom < SMALLEST[1]

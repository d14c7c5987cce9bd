"""The foot of the window: what gives way where it is narrow, and what its keys say."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from pos.folders import Folders
from pos.settings import Settings
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui.main_window import SMALLEST
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


def test_the_window_fits_a_screen_with_bars(opens: Opens, stand: Folders) -> None:
    cashier = french(opens, stand)
    assert QGuiApplication.platformName() == "offscreen"
    assert (cashier.window.width(), cashier.window.height()) == SMALLEST
    assert SMALLEST[1] <= 768 - 60  # a title bar and a task bar
    foot = cashier.window.printer
    bottom = foot.mapTo(cashier.window, foot.rect().bottomLeft()).y()
    assert bottom < SMALLEST[1]

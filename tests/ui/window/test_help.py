"""What the map of the keys says is true, in each language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos.folders import Folders
from pos.settings import Settings
from tests.ui.screens.conftest import WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui.main_window import SMALLEST

SAYS = {
    "fr": ("Sur le terminal", "Sur le terminal", "le bon", "Encaisser autrement"),
    "en": ("On the terminal", "On the terminal", "the voucher", "other means"),
}


@pytest.mark.parametrize("language", SAYS)
def test_the_letters_of_the_payment_are_those_that_the_map_shows(
    opens: Opens, stand: Folders, language: str
) -> None:
    known = {"fr": Settings(language="fr", sound=False), "en": Settings(language="en", sound=False)}
    cashier = opens(stand, settings=known[language])
    shown = [label.text() for label in cashier.window.help.findChildren(QLabel)]
    (letters,) = [
        text for text in shown if text.count(", ") == 3 and len(text) == len("C, W, V, O")
    ]
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.press_key(Qt.Key.Key_F12)
    cashier.until_page(cashier.window.payment)
    for letter, said in zip(letters.split(", "), SAYS[language], strict=True):
        cashier.press_key(Qt.Key(ord(letter)), letter.lower())
        cashier.until_says(said)
        cashier.press_key(Qt.Key.Key_Escape)
        cashier.until(lambda: not _waits(cashier, language))


def _waits(cashier: Cashier, language: str) -> bool:
    return any(words in text for words in SAYS[language] for text in cashier.texts())


def test_a_finger_finds_how_to_sell_before_the_keys(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand)
    cashier.window.resize(*SMALLEST)
    cashier.press("Help")
    cashier.until_page(cashier.window.help)
    page = cashier.window.help
    cashier.until(lambda: not page.area.visibleRegion().isEmpty())
    seen = [
        label.text()
        for label in page.findChildren(QLabel)
        if label.visibleRegion().boundingRect() == label.rect()
    ]
    steps = [str(number) for number in range(1, 7)]
    assert [text for text in seen if text in steps] == steps
    assert "Touch the size, or scan" in seen
    assert "Touch its size twice: it is sold all the same." in seen


def test_the_help_scrolls_to_its_last_key(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand)
    cashier.window.resize(*SMALLEST)
    cashier.press_key(Qt.Key.Key_F1)
    cashier.until_page(cashier.window.help)
    bar = cashier.window.help.area.verticalScrollBar()
    cashier.until(lambda: bar.maximum() > 0)
    cashier.press_key(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()


def test_the_map_names_the_settings(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand)
    cashier.press_key(Qt.Key.Key_F1)
    assert "F10" in cashier.texts(cashier.window.help)
    cashier.press_key(Qt.Key.Key_F10)
    cashier.until_page(cashier.window.settings)

"""What a key asks is painted in the language of the screens, though its face is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage, QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.reports.catalogue import SizeKey as Key
from tests.builders import a_variant
from ui.languages import SOURCE, Languages
from ui.widgets.size_key import SizeKey


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    QPixmapCache.clear()
    languages = Languages(qapp)
    yield languages
    languages.speak(SOURCE)


def armed(qtbot: QtBot) -> QImage:
    """Return the picture of a sold-out key that asks."""
    parent = QWidget()
    qtbot.addWidget(parent)
    key = SizeKey(parent)
    key.resize(90, 56)
    key.show_key(Key(variant=a_variant(), on_hand=0), "M", 0)
    assert not key.confirmed()
    return key.grab().toImage()


def test_a_sold_out_key_asks_in_the_language_that_is_spoken_now(
    languages: Languages, qtbot: QtBot
) -> None:
    languages.speak("en")
    english = armed(qtbot)
    languages.speak("fr")
    french = armed(qtbot)
    assert french != english
    QPixmapCache.clear()
    assert armed(qtbot) == french

"""The cashier's page is one press away from the map of the keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from pos.folders import Folders
from pos.settings import Settings
from tests.ui.window.conftest import Opens
from ui.manual import cashiers_page


class Browser(QObject):
    """Is asked to show pages, and remembers which."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(url.toLocalFile())


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    method: str = "show"
    QDesktopServices.setUrlHandler("file", browser, method)  # type: ignore[arg-type]  # takes text
    yield browser
    QDesktopServices.unsetUrlHandler("file")


@pytest.mark.parametrize(
    ("language", "page"), [("fr", "cashier.fr.html"), ("en", "cashier.en.html")]
)
def test_the_page_opens_in_the_language_of_the_screens(
    opens: Opens, stand: Folders, browser: Browser, language: str, page: str
) -> None:
    french = language == "fr"
    settings = Settings(language="fr" if french else "en", sound=False)
    cashier = opens(stand, settings=settings)
    cashier.press_key(Qt.Key.Key_F1)
    cashier.press("Guide de caisse" if french else "Cashier's page")
    assert browser.shown == [str(cashiers_page(language))]
    assert browser.shown[0].endswith(page)
    # Who was asked to show it may fail later, without a word.
    instead = "au responsable du stand." if french else "ask the stand's manager for it on paper."
    assert cashier.window.help.notice.text.endswith(instead)


def test_without_anything_that_shows_pages_the_till_says_who_has_it_on_paper(
    opens: Opens, stand: Folders
) -> None:
    if QGuiApplication.platformName() != "offscreen":
        pytest.skip("here something may show pages; the offscreen platform has nothing")
    cashier = opens(stand)
    cashier.press_key(Qt.Key.Key_F1)
    cashier.press("Cashier's page")
    assert cashier.window.help.notice.text == (
        "This till cannot show the page: ask the stand's manager for it on paper."
    )


def test_a_language_without_a_page_gets_the_english_one() -> None:
    assert cashiers_page("nl") == cashiers_page("en")

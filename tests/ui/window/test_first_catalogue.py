"""The file that comes along with a first start: the till is there, whatever becomes of the file."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

import pytest

from pos.importers.import_request import ImportSummary
from pos.importers.product_import import import_products
from tests.builders import folders_in
from tests.ui.looks.walk import SET_UP
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui import first_start
from ui.demo import CATALOGUE
from ui.screens.catalogue_choice import CataloguePreview

NOT_IMPORTED = "products.csv was not imported. The till is ready; import it later."


@pytest.fixture
def newcomer(opens: Opens, tmp_path: Path) -> Cashier:
    """Return somebody in front of a machine that is no till yet."""
    return opens(folders_in(tmp_path))


def fill_all(newcomer: Cashier, file: Path) -> None:
    """Go to the last page, with a file."""
    newcomer.press("Set up this till")
    assert newcomer.app.first_start is not None
    presenter = newcomer.app.first_start.presenter
    for name, text in SET_UP.items():
        presenter.change(name, text)
    for _ in range(3):
        presenter.next()
    newcomer.window.welcome.catalogue_chosen.emit(file)
    newcomer.until(lambda: presenter.catalogue.usable is not None)
    presenter.next()


@pytest.mark.parametrize("becomes", ["gone", "wrong", "a bug"])
def test_a_file_that_does_not_come_along_leaves_a_till_that_sells(
    newcomer: Cashier,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    becomes: str,
) -> None:
    file = newcomer.folders.data.parent / "products.csv"
    file.write_bytes(CATALOGUE.read_bytes())
    fill_all(newcomer, file)

    def bring(*asked: Any) -> ImportSummary:
        if becomes == "a bug":
            raise ValueError
        if becomes == "gone":
            raise FileNotFoundError(file)
        return import_products(*asked)

    monkeypatch.setattr(first_start, "import_products", bring)
    if becomes == "wrong":
        file.write_text(file.read_text(encoding="utf-8-sig").replace("25.00", "abc"), "utf-8")
    newcomer.expects_crashes = becomes == "a bug"
    assert newcomer.app.first_start is not None
    with caplog.at_level(logging.ERROR if becomes == "a bug" else logging.NOTSET):
        newcomer.app.first_start.presenter.next()
        newcomer.until_page(newcomer.window.checkout)
        newcomer.until(lambda: NOT_IMPORTED in newcomer.banners())


def test_another_language_while_a_file_is_read_breaks_nothing(
    newcomer: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read, really = threading.Event(), first_start.preview_of

    def slowly(*asked: Any) -> CataloguePreview:
        may_read.wait(20)
        return really(*asked)

    monkeypatch.setattr(first_start, "preview_of", slowly)
    newcomer.window.welcome.catalogue_chosen.emit(CATALOGUE)
    old = newcomer.window
    newcomer.press("Français")
    newcomer.until(lambda: newcomer.window is not old)
    newcomer.until_says("English")
    may_read.set()
    read: list[bool] = []  # the file comes before it, on the same thread
    newcomer.app.bridge.run(lambda: True, done=read.append)
    newcomer.until(lambda: bool(read))
    assert newcomer.crashes == []

"""Products with names that are markup, commands or endless: text everywhere, and nothing breaks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from pos.clock import utc_now
from pos.domain.catalogue import Product
from pos.folders import Folders
from tests.builders import a_product, a_size, a_till, fill, folders_in
from tests.receipts.escpos_interpreter import DrawerPulse, EscposPrinter
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui.main_window import SMALLEST

HOSTILE = {
    "html": '<h1>BIG</h1><img src="x.png"><a href="http://x">x</a>',
    "rich": "<b>bold</b>",
    "escape": "\x1b@\x1bp\x00\x19\xfaDrawer\x07\n\r\t",
    "right-to-left": "T-shirt \u202eEUR 00.5\u202c \u200fשלום\u200e",
    "endless": "W" * 10_000,
    "endless-words": "mot " * 2_500,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🎸" * 8,
    "mnemonic": "Rock && Roll &File &",
    "braces": "{article} {0} %n %1 ${x}",
    "combining": "Z" + "\u0310\u0351\u0343" * 200,
    "spaces": " \u2003\u200b ",
}
CODES = {name: f"37601{place:08}" for place, name in enumerate(HOSTILE)}


def product(name: str) -> Product:
    """Return a product that is hostile in every field, as a broken feed might bring it."""
    text = HOSTILE[name]
    size = a_size(text, handle=name, barcodes=(CODES[name],), sku=f"{name}-1")
    other = a_size("M", handle=name, barcodes=(CODES[name].replace("37601", "37602"),))
    return a_product(name, size, other, name=text, artist=text, category=text)


@pytest.fixture(scope="module")
def bad_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bad")
    till = a_till(place, now=utc_now)
    fill(till, *(product(name) for name in HOSTILE), stock=5)
    fill(till, *(product(name) for name in HOSTILE))
    till.close()
    return place


@pytest.fixture
def cashier(opens: Opens, bad_catalogue: Path) -> Iterator[Cashier]:
    cashier = opens(folders_in(bad_catalogue))
    cashier.window.resize(*SMALLEST)
    cashier.until(lambda: len(cashier.tiles()) >= len(HOSTILE))
    yield cashier
    cashier.close()


def shown_by(tip: str) -> str:
    """Return what a person reads when Qt shows a tool tip."""
    if GuiQt.mightBeRichText(tip):
        return QTextDocumentFragment.fromHtml(tip).toPlainText()
    return tip


def assert_layout_holds(cashier: Cashier) -> None:
    """The window is no wider than the smallest screen, and nothing lies outside its page."""
    window = cashier.window
    assert window.size().width() == SMALLEST[0]
    wanted = window.page.minimumSizeHint()
    assert wanted.width() + window.basket.width() <= SMALLEST[0]
    assert wanted.height() <= SMALLEST[1] - 100  # the foot, and a banner
    inside = QRect(QPoint(0, 0), window.size())
    for widget in window.findChildren(QAbstractButton):
        if widget.isVisible() and not in_scroll_area(widget):
            corner = widget.mapTo(window, QPoint(0, 0))
            assert inside.contains(QRect(corner, widget.size())), widget.text()[:40]


def in_scroll_area(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if parent.objectName() == "qt_scrollarea_viewport":
            return True
        parent = parent.parentWidget()
    return False


def test_no_label_of_the_window_reads_markup(cashier: Cashier) -> None:
    labels = cashier.window.findChildren(QLabel)
    assert len(labels) > 20
    formats = {label.textFormat() for label in labels if label.pixmap().isNull()}
    assert formats == {Qt.TextFormat.PlainText}


def test_tiles_keys_and_categories_hold(cashier: Cashier) -> None:
    assert_layout_holds(cashier)
    cashier.window.grab()
    for card in cashier.window.checkout.grid.cards:
        assert card.height() < 500
        for key in card.keys:
            assert card.rect().contains(key.geometry())


def test_names_are_text_on_their_tiles_and_in_their_tool_tips(cashier: Cashier) -> None:
    names = names_in_the_catalogue(cashier)
    assert set(names) == set(HOSTILE)
    for card in cashier.window.checkout.grid.cards:
        assert card.accessibleName().startswith(card.keys[0].key.variant.name)
        for key in card.keys:
            tip = shown_by(key.tip)
            assert flat(tip).startswith(flat(key.key.variant.label)[:60])
            assert len(tip) < 400


def names_in_the_catalogue(cashier: Cashier) -> dict[str, str]:
    keys = (card.keys[0].key for card in cashier.window.checkout.grid.cards)
    return {key.variant.sku.removesuffix("-1"): key.variant.name for key in keys}


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", HOSTILE)
def test_it_can_be_sold_and_its_receipt_has_no_command_in_it(
    opens: Opens, bad_catalogue: Path, tmp_path: Path, name: str
) -> None:
    # Given a till of its own with that product
    folders = a_copy(bad_catalogue, tmp_path)
    cashier = opens(folders)
    cashier.window.resize(*SMALLEST)
    # When it is scanned, paid and printed
    cashier.scan(CODES[name])
    cashier.until(lambda: len(cashier.lines()) == 1)
    kept = names_in_the_catalogue(cashier)[name]
    assert cashier.lines()[0].startswith(f"1 × {kept}")
    assert_layout_holds(cashier)
    cashier.pay_exactly()
    assert_layout_holds(cashier)
    cashier.app.done.clock = count().__next__  # a person is slower than a slip
    cashier.press("Show")
    cashier.until(lambda: bool(cashier.receipt_on_screen()))
    cashier.press("Print a duplicate")
    (receipt,) = cashier.printed()
    # Then the paper shows characters, and the drawer stays shut
    assert not [char for char in receipt if ord(char) < 32 and char != "\n"]
    assert not set(receipt) & set("\u202e\u202c\u200f\u200e")
    (job,) = (folders.data / "receipts" / "paper").glob("*.escpos")
    printed = EscposPrinter().take(job.read_bytes())
    assert not [one for one in printed if isinstance(one, DrawerPulse)]


def a_copy(source: Path, target: Path) -> Folders:
    shutil.copytree(source, target, dirs_exist_ok=True)
    return folders_in(target)


def test_a_notice_about_any_of_them_stays_on_its_page(cashier: Cashier) -> None:
    page = cashier.window.checkout
    for name, code in CODES.items():
        cashier.app.checkout.next_sale()
        for _ in range(6):  # five are there
            cashier.scan(code)
        cashier.until(lambda: bool(cashier.notice()))
        assert page.rect().contains(page.notice.geometry()), name
        assert len(cashier.notice()) < 400
        assert_layout_holds(cashier)


def test_an_endless_unknown_code_stays_on_its_page(cashier: Cashier) -> None:
    cashier.scan("9" * 120)
    cashier.until(lambda: bool(cashier.notice()))
    page = cashier.window.checkout
    assert page.rect().contains(page.notice.geometry())
    assert_layout_holds(cashier)

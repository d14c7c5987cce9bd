"""Make the pictures of the cashier's page, in each language: into ui/manual/pictures/.

Usage: python -m scripts.manual_pictures

They are parts of the real till's screens while the demo's stand sells, twice as fine as on the
screen so that they print well. The first shows the whole window; its numbers are those of the page.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from ui.demo.cashier import Cashier
from ui.demo.player import Scene, Until, expect
from ui.demo.playing import Performance, perform, scripted_settings
from ui.demo.stage import Stage
from ui.demo.stand import DemoFolder, lock_demo, set_up
from ui.demo.words import Language
from ui.theme.palette import DAY, PAD
from ui.theme.theme import font

OUT = Path(__file__).parent.parent / "ui" / "manual" / "pictures"
LANGUAGES: tuple[Language, ...] = ("fr", "en")
SIZE = (1024, 768)
FINENESS = 2
COLOURS, BYTES_MAX = 192, 170_000
MARK_PX = 40
MARK_MAX_PX = 80
HANDED_OVER = "20"


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the pictures of one language go; as an album, where a failure is seen."""

    language: Language
    folder: Path

    def place(self, name: str) -> Path:
        """Return the file of a picture."""
        return self.folder / f"{name}.{self.language}.png"


class Photographer:
    """Takes parts of a window."""

    def __init__(self, stage: Stage, pages: Pages) -> None:
        self._window = stage.window
        self._pages = pages

    def take(self, name: str, widgets: Sequence[QWidget], *, around: int = PAD) -> None:
        """Save the part of the window that holds these widgets, with some room around."""
        expect(bool(widgets), f"there is something to be seen of {name}")
        part = QRect()
        for widget in widgets:
            part = part.united(self._place_of(widget))
        room = part.adjusted(-around, -around, around, around)
        self._save(name, self._window.grab(room & self._window.rect()))

    def take_all(self, name: str, marked: Sequence[QWidget]) -> None:
        """Save the whole window, with a number on each of these widgets."""
        picture = self._window.grab()
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, widget in enumerate(marked, start=1):
            _mark(painter, number, self._place_of(widget))
        painter.end()
        self._save(name, picture)

    def _place_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._window, widget.rect().topLeft()), widget.size())

    def _save(self, name: str, picture: QPixmap) -> None:
        path = self._pages.place(name)
        expect(picture.save(str(path)), f"{path} is written")


def _mark(painter: QPainter, number: int, place: QRect) -> None:
    """Paint a number on the left of a place: beside small ones, over the corner of large ones."""
    half = MARK_PX / 2
    is_small = place.height() <= MARK_MAX_PX and place.width() <= MARK_MAX_PX
    top = place.center().y() if is_small else place.top() + 4
    middle = QPointF(max(place.left() - 2, half + 3), max(top, half + 3))
    box = QRectF(middle.x() - half, middle.y() - half, MARK_PX, MARK_PX)
    painter.setPen(QPen(QColor(DAY.surface), 4))
    painter.setBrush(QColor(DAY.ink))
    painter.drawEllipse(box)
    painter.setFont(font(26, QFont.Weight.Bold))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def sale(stage: Stage, photographer: Photographer) -> Scene:
    """Sell for cash, photographing what the page explains."""
    cashier, window = Cashier(stage), stage.window
    yield Until("the till is ready", lambda: stage.is_ready)
    yield Until("the tiles are there", lambda: bool(stage.keys(cashier.hand)))
    yield from cashier.scan(1)
    shirt = cashier.key(left_min=3)
    for count in (2, 3):
        cashier.hand.touch(shirt)
        yield stage.pieces(count)
    yield from _settled(stage)
    photographer.take_all("checkout", _explained(stage, cashier))
    dead = next(key for key in stage.keys(cashier.hand) if key.is_sold_out)
    cashier.hand.touch(dead)
    photographer.take("sold-out", [_card_of(dead)], around=6)
    yield from cashier.to_payment()
    photographer.take("cash", cashier.quick_keys(), around=8)
    cashier.hand.touch(cashier.quick_keys()[2])
    yield from cashier.paid()
    photographer.take("change", _labels(window.done, "title", "huge"), around=8)
    keys = [stage.button(window.done, icon=name) for name in ("qr-code", "printer", "arrow-right")]
    photographer.take("receipt", keys, around=8)
    yield from cashier.next_by_touch()


def split(stage: Stage, photographer: Photographer) -> Scene:
    """Sell for some cash and the rest by card."""
    cashier, window = Cashier(stage), stage.window
    cashier.hand.touch(cashier.key(left_min=1))
    yield stage.pieces(1)
    yield from cashier.to_payment()
    cashier.hand.type(HANDED_OVER)
    cashier.hand.key(Qt.Key.Key_Return, "\r")
    yield Until("the cash is taken", lambda: bool(stage.buttons(window.payment, icon="x")))
    tender = stage.button(window.payment, icon="x")
    photographer.take("several", [*_labels(window.payment, "huge"), tender], around=8)
    yield from cashier.on_terminal(Qt.Key.Key_C, "c")
    keys = [stage.buttons(window.payment, icon=name)[-1] for name in ("x", "check")]
    photographer.take("card", keys, around=8)


def _explained(stage: Stage, cashier: Cashier) -> list[QWidget]:
    """Return what has a number on the page, in its order."""
    window = stage.window
    search = window.checkout.findChild(QLineEdit)
    expect(search is not None, "there is a search field")
    assert isinstance(search, QLineEdit)
    return [
        stage.keys(cashier.hand)[1],
        search,
        stage.button(window.basket, icon="minus"),
        stage.button(window.basket, icon="undo-2"),
        stage.button(window.basket, role="accent"),
        stage.button(window, icon="receipt-text"),
        stage.button(window, icon="circle-help"),
    ]


def _card_of(key: QWidget) -> QWidget:
    card = key.parentWidget()
    assert card is not None
    return card


def _labels(page: QWidget, *roles: str) -> list[QLabel]:
    return [
        found
        for found in page.findChildren(QLabel)
        if found.property("role") in roles and found.text() and found.isVisible()
    ]


def _settled(stage: Stage) -> Scene:
    """Wait until every product on the screen has its picture."""
    stage.window.grab()
    stage.till.pictures.finish()
    for _turn in range(2):  # they arrive as signals
        yield Until("pictures arrive", lambda: True)


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(FINENESS)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="echoppe-manual-") as folder:
        stand = DemoFolder(Path(folder) / "stand")
        with lock_demo(stand):
            set_up(stand)
        taken = Path(folder) / "taken"
        taken.mkdir()
        failed = [
            language
            for language in LANGUAGES
            if not _photograph(app, stand, Pages(language, taken))
        ]
        if failed:
            return 1
        OUT.mkdir(parents=True, exist_ok=True)
        for picture in sorted(taken.glob("*.png")):
            _publish(picture)
    return 0


def _photograph(app: QApplication, stand: DemoFolder, pages: Pages) -> bool:
    """Play on a copy of the stand; say whether all was seen."""
    copy = DemoFolder(stand.out.with_name("copy"))
    shutil.rmtree(copy.out, ignore_errors=True)
    shutil.copytree(stand.out, copy.out)

    def scenes(stage: Stage) -> Iterator[tuple[str, Scene]]:
        photographer = Photographer(stage, pages)
        yield "sale", sale(stage, photographer)
        yield "split", split(stage, photographer)

    failure = perform(
        app,
        Performance(
            demo=copy,
            settings=scripted_settings(copy, pages.language),
            scenes=scenes,
            album=pages,
            size=SIZE,
        ),
        lock_demo(copy),
    )
    if failure is not None:
        print(f"{pages.language}, {failure.scene}: not seen: {failure.what} ({failure.picture})")
    return failure is None


def _publish(picture: Path) -> None:
    """Write a picture with few colours: it is in every copy of the program."""
    path = OUT / picture.name
    with Image.open(picture) as taken:
        shown = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    shown.save(path, optimize=True)
    size = path.stat().st_size
    assert size <= BYTES_MAX, f"{path} is too large: {size} bytes"
    print(f"{size:>7} {path.name} {shown.width} × {shown.height}")


if __name__ == "__main__":
    sys.exit(main())

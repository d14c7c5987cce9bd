"""A cashier in front of the real window: mouse, keys and scanner in; what is on the screen out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pos.folders import Folders
from pos.lock import TillLock
from pos.reports.question import Question
from pos.settings import PrinterSettings, Settings
from tests.ui.scanning.wedge import Wedge
from ui.app import Start, TillApp
from ui.main_window import MainWindow
from ui.widgets.basket_row import BasketLineRow
from ui.widgets.size_key import SizeKey

AnswerT = TypeVar("AnswerT")

HANG_GUARD_MS = 20_000
Modifiers = Qt.KeyboardModifier
NONE = Modifiers.NoModifier
LEFT = Qt.MouseButton.LeftButton
ENGLISH_TO_FILES = Settings(
    language="en", sound=False, printer=PrinterSettings(kind="file", folder="paper")
)


class Cashier:
    """Works at one till; every key has a time stamp, every press a place in the window."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folders: Folders, start: Start) -> None:
        self._qtbot = qtbot
        self.folders = folders
        self.app = TillApp(qapp, start, TillLock(folders.data).take())
        self.expects_crashes = False
        self.crashes: list[str] = []
        self.app.crash.crashed.connect(self.crashes.append)
        self._is_ready = self._is_closed = False
        self.app.ready.connect(self._ready)
        self._at_ms = 100_000

    def _ready(self) -> None:
        self._is_ready = True

    # Opening and closing -------------------------------------------------------------------------

    def open(self) -> None:
        """Start the till and wait until it sells, or says why it does not."""
        self.app.run()
        self.until_open()

    def until_open(self) -> None:
        self.until(lambda: self._is_ready or self.is_in_trouble or self.is_welcomed)

    @property
    def is_in_trouble(self) -> bool:
        """Say whether the page of a till that cannot be opened is there, and says why."""
        page = self.window.trouble
        return page.isVisible() and any(b.isVisible() for b in page.findChildren(QAbstractButton))

    @property
    def is_welcomed(self) -> bool:
        """Say whether the page of a first start is there."""
        return self.window.page is self.window.welcome

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.app.close()
            for gone in (self.window, self.app.scans, self.app):
                gone.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def window(self) -> MainWindow:
        return self.app.window

    # Waiting -------------------------------------------------------------------------------------

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=HANG_GUARD_MS)

    def until_says(self, text: str) -> None:
        """Wait until some label, light or button of the window has these words."""
        self.until(lambda: any(text in shown for shown in self.texts()))

    def until_page(self, page: QWidget) -> None:
        self.until(lambda: self.window.page is page)

    # Hands ---------------------------------------------------------------------------------------

    @property
    def _wedge(self) -> Wedge:
        handle = self.window.windowHandle()
        return Wedge(target=handle, window=self.window, at_ms=self._at_ms)

    def scan(self, code: str) -> None:
        """Scan a code with a keyboard wedge: a burst of keys, then Enter."""
        wedge = self._wedge
        wedge.scan(code)
        self._at_ms = wedge.at_ms + 500

    def type(self, text: str) -> None:
        """Type as a person does."""
        wedge = self._wedge
        wedge.type(text)
        self._at_ms = wedge.at_ms + 500

    def press_key(self, key: Qt.Key, text: str = "", modifiers: Modifiers = NONE) -> None:
        wedge = self._wedge
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            wedge.at_ms += 100
            wedge.key(kind, key, 0, text=text, modifiers=modifiers)
        self._at_ms = wedge.at_ms + 500

    def hold(self, key: Qt.Key, text: str = "", modifiers: Modifiers = NONE) -> None:
        """Hold a key down, so long that it repeats itself, and let go of the modifiers first."""
        wedge = self._wedge
        wedge.key(QEvent.Type.KeyPress, key, 0, text=text, modifiers=modifiers)
        self._at_ms = wedge.at_ms + 500
        self.hold_on(key, text)

    def hold_on(self, key: Qt.Key, text: str = "") -> None:
        """Go on holding a key that is down, and let go of it."""
        wedge = self._wedge
        for _ in range(3):
            wedge.at_ms += 100
            wedge.key(QEvent.Type.KeyPress, key, 0, text=text, repeated=True)
        wedge.key(QEvent.Type.KeyRelease, key, 0, text=text)
        self._at_ms = wedge.at_ms + 500

    def touch(self, widget: QWidget) -> None:
        """Press where a widget is, whatever lies over it."""
        assert widget.isVisible(), widget
        assert widget.isEnabled(), widget
        around = widget.parentWidget()
        while around is not None:  # a person scrolls
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(widget)
            around = around.parentWidget()
        place = widget.mapTo(self.window, QPoint(widget.width() // 2, widget.height() // 2))
        QTest.mouseClick(self.window.windowHandle(), LEFT, NONE, place)

    def press(self, name: str) -> None:
        """Press the button of this name."""
        self.touch(self.button(name))

    def press_last_receipt(self) -> None:
        """Ask for a copy of the last receipt, and say yes once that is an answer."""
        self.press_key(Qt.Key.Key_F9)
        self.until(lambda: self.window.last_receipt.takes_yes)
        self.press_key(Qt.Key.Key_F9)

    def size_key(self, label: str) -> SizeKey:
        """Return the key of a size once it is there, scrolled to where it can be touched."""
        grid = self.window.checkout.grid

        def keys() -> list[SizeKey]:
            all_keys = (key for card in grid.cards for key in card.keys)
            return [key for key in all_keys if key.key.variant.label == label]

        self.until(lambda: bool(keys()))
        grid.ensureWidgetVisible(keys()[0])
        return keys()[0]

    def button(self, name: str) -> QAbstractButton:
        buttons = self.window.findChildren(QAbstractButton)
        shown = [b for b in buttons if b.isVisible() and name in {b.text(), b.accessibleName()}]
        assert shown, f"no button {name!r} among {[b.text() for b in buttons if b.isVisible()]}"
        return shown[0]

    def search_field(self) -> QLineEdit:
        return self.window.checkout.findChildren(QLineEdit)[0]

    # Eyes ----------------------------------------------------------------------------------------

    def texts(self, inside: QWidget | None = None) -> list[str]:
        """Return all words on the screen, of one part of the window or of all."""
        place = inside or self.window
        labels = [label.text() for label in place.findChildren(QLabel) if label.isVisible()]
        buttons = place.findChildren(QAbstractButton)
        return [text for text in (*labels, *(b.text() for b in buttons if b.isVisible())) if text]

    def tiles(self) -> list[str]:
        return [card.accessibleName() for card in self.window.checkout.grid.cards]

    def lines(self) -> list[str]:
        """Return the lines of the basket as a screen reader says them."""
        rows = self.window.basket.findChildren(BasketLineRow)
        shown = [row for row in rows if row.isVisible()]
        return [row.accessibleName() for row in sorted(shown, key=lambda row: row.y())]

    def until_lines(self, *lines: str) -> None:
        self.until(lambda: self.lines() == list(lines))

    def notice(self) -> str:
        """Return the sentence over the foot of the page in front."""
        page = self.window.page
        for owner in (self.window.checkout, self.window.payment, self.window.done):
            if page is owner:
                return owner.notice.text
        return ""

    def receipt_on_screen(self) -> str:
        """Return the number of the receipt whose picture is on the screen; "" for none."""
        labels = self.window.done.findChildren(QLabel)
        pictures = [label for label in labels if label.isVisible() and label.accessibleName()]
        return pictures[0].accessibleName() if pictures else ""

    def banners(self) -> tuple[str, ...]:
        return self.window.banners.texts()

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return what the till answers to the screens."""
        answers: list[AnswerT] = []
        self.app.bridge.ask(question, done=answers.append)
        self.until(lambda: bool(answers))
        return answers[0]

    # A sale --------------------------------------------------------------------------------------

    def pay(self) -> None:
        self.press("Pay")
        self.until_page(self.window.payment)

    def pay_exactly(self) -> None:
        """Pay the basket in cash with the key that says what is due."""
        self.pay()
        self.press_key(Qt.Key.Key_F5)
        self.until_page(self.window.done)

    def printed(self, count: int = 1) -> list[str]:
        """Return the texts of the receipts that were printed, once there are so many."""
        folder = self.folders.data / "receipts" / "paper"

        def files() -> list[Path]:
            return sorted(folder.glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)

        self.until(lambda: len(files()) >= count and len(list(folder.glob("*.escpos"))) >= count)
        return [path.read_text(encoding="utf-8") for path in files()]

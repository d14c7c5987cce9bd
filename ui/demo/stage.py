"""The real till as scenes see it: what is on the screen, what was recorded, and its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self, TypeVar

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from pos.domain.basket import Basket
from pos.domain.facts import JournalEntry, ReceiptIssued, SaleCompleted
from pos.errors import PosError
from pos.reports.catalogue import SizeKey, Tile, Tiles
from pos.reports.question import Question
from ui.app import TillApp
from ui.demo.hand import Hand
from ui.demo.player import Scene, Until, expect
from ui.main_window import MainWindow
from ui.widgets import size_key, tile

SIZE = (1280, 800)
TILES_MAX = 60
AnswerT = TypeVar("AnswerT")


class Album(Protocol):
    """Where pictures of the screens go."""

    def place(self, name: str) -> Path:
        """Return the file of a picture of this name."""
        ...


@dataclass(frozen=True, slots=True)
class NumberedAlbum:
    """Pictures numbered as they were taken: 01-open.png, 02-basket.png and so on."""

    folder: Path

    def place(self, name: str) -> Path:
        """Return the file under the next number."""
        return self.folder / f"{len(self.pictures()) + 1:02}-{name}.png"

    def emptied(self) -> Self:
        """Throw away what is in it."""
        for old in self.pictures():
            old.unlink()
        return self

    def pictures(self) -> list[Path]:
        """Return what is in it."""
        return sorted(self.folder.glob("[0-9][0-9]-*.png"))


class Stage(QObject):
    """One open till, a hand in front of it, and a memory of what it recorded."""

    def __init__(self, till: TillApp, album: Album, receipts: Path) -> None:
        super().__init__(till)
        self.till = till
        self.receipts_folder = receipts
        self._album = album
        self.sales: list[SaleCompleted] = []
        self.receipts: list[ReceiptIssued] = []
        self.is_ready = False
        self._trouble = ""
        till.ready.connect(self._till_ready)
        till.bridge.recorded.connect(self._recorded)
        till.bridge.trouble.connect(self._met_trouble)
        till.bridge.not_opened.connect(self._met_trouble)
        self.expects_trouble = False  # a scene about trouble says so
        till.crash.crashed.connect(self._crashed)

    def trouble(self) -> str:
        """Return what went wrong behind the screen; "" if nothing did that was not wanted."""
        return "" if self.expects_trouble else self._trouble

    # What is there -------------------------------------------------------------------------------

    @property
    def window(self) -> MainWindow:
        """Return the till's window."""
        return self.till.window

    @property
    def basket(self) -> Basket:
        """Return the basket as it stands."""
        return self.till.checkout.basket

    def cards(self) -> list[tile.TileCard]:
        """Return the cards of the grid, in order."""
        return self.window.checkout.grid.cards

    def keys(self, hand: Hand) -> list[size_key.SizeKey]:
        """Return the size keys that a hand reaches without scrolling."""
        return [key for card in self.cards() for key in card.keys if hand.reaches(key)]

    def buttons(self, within: QWidget, *, icon: str = "", role: str = "") -> list[QPushButton]:
        """Return the buttons that are seen there with this icon, or in this role."""
        return [
            found
            for found in within.findChildren(QPushButton)
            if found.isVisibleTo(self.window)
            and (not icon or found.property("icon_name") == icon)
            and (not role or found.property("role") == role)
        ]

    def button(self, within: QWidget, *, icon: str = "", role: str = "") -> QPushButton:
        """Return the first of these buttons.

        Raises:
            NotAsScripted: there is none.
        """
        seen = self.buttons(within, icon=icon, role=role)
        expect(bool(seen), f"a button {icon or role} is to be seen")
        return seen[0]

    # What is waited for --------------------------------------------------------------------------

    def shows(self, page: QWidget) -> Until:
        """Wait until a page is in front."""
        name = type(page).__name__
        return Until(f"{name} is in front", lambda: self.window.page is page)

    def pieces(self, count: int) -> Until:
        """Wait until so many pieces are in the basket."""
        return Until(f"{count} in the basket", lambda: self.basket.pieces == count)

    def sold(self, count: int) -> Until:
        """Wait until so many sales were recorded since this stage was set."""
        return Until(f"{count} sales recorded", lambda: len(self.sales) == count)

    def asked(self, question: Question[AnswerT], answers: list[AnswerT]) -> Until:
        """Ask the till, and wait for the answer; whatever was asked before is done then."""
        self.till.bridge.ask(question, done=answers.append)
        return Until(f"an answer to {type(question).__name__}", lambda: bool(answers))

    def labels(self, wanted: Callable[[SizeKey], bool], found: list[SizeKey]) -> Scene:
        """Find articles of the whole stand: what a cashier has in the hand, with its label."""
        answers: list[Iterable[Tile]] = []
        self.till.bridge.ask(Tiles(limit=TILES_MAX), done=lambda page: answers.append(page.tiles))
        yield Until("the catalogue answers", lambda: bool(answers))
        found += [key for one in answers[0] for key in one.keys if wanted(key)]

    # Pictures ------------------------------------------------------------------------------------

    def photograph(self, name: str) -> Scene:
        """Save a picture of the window, once every product on it has its own."""
        self.window.grab()  # so that what is on the screen asks for its pictures
        self.till.pictures.finish()
        for _turn in range(2):  # they arrive as signals
            yield Until("pictures arrive", lambda: True)
        self.save_picture(name)

    def save_picture(self, name: str, widget: QWidget | None = None) -> Path:
        """Save a picture of the window, or of another one, as it is."""
        path = self._album.place(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        expect((widget or self.window).grab().save(str(path)), f"{path} is written")
        return path

    # What the till tells -------------------------------------------------------------------------

    @Slot()
    def _till_ready(self) -> None:
        self.is_ready = True

    @Slot(object)
    def _recorded(self, entry: JournalEntry) -> None:
        match entry.fact:
            case SaleCompleted() as sale:
                self.sales.append(sale)
            case ReceiptIssued() as issued:
                self.receipts.append(issued)
            case _:
                pass

    @Slot(object)
    def _met_trouble(self, error: PosError) -> None:
        self._trouble = f"{type(error).__name__} {error}"

    @Slot(str)
    def _crashed(self, number: str) -> None:
        self._trouble = f"a bug; the report is {number}"

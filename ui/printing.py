"""Receipts on their way out: the spooler, its light, and the preview."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos.errors import PrinterUnavailable
from pos.settings import PrinterSettings
from receipts.copy import ReceiptCopy
from receipts.document import Document
from receipts.drawer import open_drawer
from receipts.messages import receipt_language
from receipts.printers import make_printer
from receipts.spooler import GivenUp, Printing, Ready, Spooler, Status, Trouble
from ui import wording
from ui.widgets.lights import Light
from ui.widgets.receipt_window import ReceiptWindow

CLOSE_MAX_S = 3.0


class Receipts(QObject):
    """Prints on a thread of its own and says on the light how that goes.

    Signals:
        given_up: a sentence about a document that will not come by itself.
    """

    _status = Signal(object)
    _preview = Signal(object, object)
    _drawn = Signal(object, object)
    given_up = Signal(str)

    def __init__(self, settings: PrinterSettings, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._last: Status | None = None
        self._shown: ReceiptWindow | None = None
        self._light: Light | None = None
        self._status.connect(self._printer_says)
        self._preview.connect(self._show_preview)
        self._drawn.connect(self._hand_over)
        printer = make_printer(
            settings,
            show=lambda document, png: self._preview.emit(document.title, png),
            folder=folder,
        )
        self._spooler = Spooler(printer, self._status.emit)

    def show_on(self, light: Light, window: QWidget) -> None:
        """Say on this light how the printer is, and show previews over this window."""
        self._light, self._window, self._shown = light, window, None
        if self._last is not None:
            self._printer_says(self._last)

    def document(self, copy: ReceiptCopy) -> Document:
        """Lay a receipt out for this printer, in the country's language."""
        from receipts.layouts import sale_receipt  # babel's calendars come with it

        country = copy.opened.identity.seller.country
        return sale_receipt(copy, columns=self._spooler.columns, language=receipt_language(country))

    def print(self, copy: ReceiptCopy) -> None:
        """Print a receipt; returns at once."""
        self._submit(self.document(copy), keeps=True)

    def warm_up(self) -> None:
        """Import what the first receipt needs, once the till is open and nobody waits for it."""

        def load() -> None:
            import receipts.image_renderer
            import receipts.layouts  # noqa: F401 because importing them is the purpose

        threading.Thread(target=load, name="warm-up", daemon=True).start()

    def open_drawer(self) -> None:
        """Open the drawer, or not at all: later is worth nothing."""
        self._submit(open_drawer(), keeps=False)

    def retry(self) -> None:
        """Try again now: somebody has seen to the printer."""
        self._spooler.retry()

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return the receipts that wait for a printer in trouble."""
        return self._last.waiting if isinstance(self._last, Trouble) else ()

    def picture(self, copy: ReceiptCopy, done: Callable[[bytes], None]) -> None:
        """Draw a receipt as a PNG on a thread of its own, and hand it over on this one."""

        def draw() -> None:
            from receipts.image_renderer import render_png  # Pillow and qrcode, when wanted

            self._drawn.emit(render_png(document), done)

        document = self.document(copy)
        threading.Thread(target=draw, name="picture", daemon=True).start()

    @Slot(object, object)
    def _hand_over(self, png: bytes, done: Callable[[bytes], None]) -> None:
        done(png)

    def close(self) -> tuple[str, ...]:
        """Stop, and return what was not printed."""
        return self._spooler.close(timeout_s=CLOSE_MAX_S)

    def _submit(self, document: Document, *, keeps: bool) -> None:
        try:
            self._spooler.submit(document, keeps=keeps)
        except PrinterUnavailable as error:
            self._say_trouble(wording.sentence(error, ""))

    @Slot(object)
    def _printer_says(self, status: Status) -> None:
        self._last = status
        if self._light is None:
            return
        match status:
            case Ready():
                self._light.show_state("good", self.tr("Printer ready"))
            case Printing(title=title):
                self._light.show_state("busy", self.tr("Printing {title}").format(title=title))
            case Trouble(reason=reason, waiting=waiting):
                text = wording.sentence(PrinterUnavailable(reason), "")
                if waiting:
                    text = self.tr("{trouble} {count} waiting.").format(
                        trouble=text, count=len(waiting)
                    )
                self._say_trouble(text)
            case GivenUp():
                self.given_up.emit(self._lost(status))
            case _:
                pass

    def _lost(self, status: GivenUp) -> str:
        """Return what a person should know of a document that will not come by itself."""
        if status.title == open_drawer().title:
            return self.tr("The drawer did not open.")
        if status.is_partly_printed:
            text = self.tr("Receipt {title} was not printed whole: print it again.")
        else:
            text = self.tr("Receipt {title} was not printed: print it again.")
        return text.format(title=status.title)

    def _say_trouble(self, text: str) -> None:
        if self._light is not None:
            self._light.show_state("trouble", text)

    @Slot(object, object)
    def _show_preview(self, title: str, png: bytes) -> None:
        if self._window is None:
            return
        if self._shown is None:
            self._shown = ReceiptWindow(self._window)
        self._shown.show_receipt(title, png)

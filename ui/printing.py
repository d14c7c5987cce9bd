"""Receipts on their way out: the spooler, its light, and the preview."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos.errors import PrinterUnavailable
from pos.settings import PrinterSettings
from receipts.copy import ReceiptCopy
from receipts.document import Document
from receipts.drawer import open_drawer
from receipts.layouts import sale_receipt
from receipts.messages import receipt_language
from receipts.printers import make_printer
from receipts.spooler import GivenUp, Printing, Ready, Spooler, Status, Trouble
from ui import wording
from ui.widgets.lights import Light
from ui.widgets.receipt_window import ReceiptWindow

CLOSE_MAX_S = 3.0


class Receipts(QObject):
    """Prints on a thread of its own and says on the light how that goes."""

    _status = Signal(object)
    _preview = Signal(object, object)

    def __init__(self, settings: PrinterSettings, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._last: Status | None = None
        self._shown: ReceiptWindow | None = None
        self._light: Light | None = None
        self._status.connect(self._printer_says)
        self._preview.connect(self._show_preview)
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
        country = copy.opened.identity.seller.country
        return sale_receipt(copy, columns=self._spooler.columns, language=receipt_language(country))

    def print(self, copy: ReceiptCopy) -> None:
        """Print a receipt; returns at once."""
        self._submit(self.document(copy), keeps=True)

    def open_drawer(self) -> None:
        """Open the drawer, or not at all: later is worth nothing."""
        self._submit(open_drawer(), keeps=False)

    def retry(self) -> None:
        """Try again now: somebody has seen to the printer."""
        self._spooler.retry()

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
            case GivenUp(title=title):
                text = self.tr("Receipt {title} was not printed whole: print it again.")
                self._say_trouble(text.format(title=title))
            case _:
                pass

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

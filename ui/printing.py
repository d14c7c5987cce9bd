"""Receipts on their way out: the spooler, its light, and the preview."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from pos.errors import PrinterUnavailable
from pos.settings import PrinterSettings
from receipts.copy import ReceiptCopy
from receipts.document import Document
from receipts.drawer import open_drawer
from receipts.messages import receipt_language
from receipts.printers import make_printer
from receipts.spooler import GivenUp, Printed, Printing, Ready, Spooler, Status, Trouble
from ui import wording
from ui.unprinted import Unprinted
from ui.widgets.lights import Light
from ui.widgets.receipt_window import ReceiptWindow

CLOSE_MAX_S = 3.0
TEST_TITLE = "test"

TestResult = Literal["printed", "shown", "filed", "failed"]
PrinterIs = Literal["ready", "missing", "in_trouble"]


class Receipts(QObject):
    """Prints on a thread of its own and says on the light how that goes.

    Signals:
        drawer_failed: the drawer did not open, and will not by itself.
        tested: how the test page went, a `TestResult`, and the reason where it failed.
    """

    _status = Signal(object, object)
    _preview = Signal(object, object)
    _drawn = Signal(object, object)
    _left_behind = Signal(object, object)
    drawer_failed = Signal()
    tested = Signal(str, str)

    def __init__(self, settings: PrinterSettings, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self.unprinted = Unprinted(folder, self)
        self._settings = settings
        self.wanted_language = "auto"
        self._window: QWidget | None = None
        self._last: Status | None = None
        self._shown: ReceiptWindow | None = None
        self._light: Light | None = None
        self._status.connect(self._printer_says)
        self._preview.connect(self._show_preview)
        self._drawn.connect(self._hand_over)
        self._left_behind.connect(self._not_sent)
        self._old: list[Spooler] = []
        self._spooler = self._make_spooler(settings)

    @property
    def has_drawer(self) -> bool:
        """Say whether a cash drawer hangs on the printer."""
        return self._settings.drawer

    def printer_is(self) -> PrinterIs:
        """Say how the printer was when it was last heard of, or that there is none."""
        if self._settings.kind == "preview":
            return "missing"
        return "in_trouble" if isinstance(self._last, Trouble) else "ready"

    def use(self, settings: PrinterSettings) -> None:
        """Print elsewhere from now on; what still waits for the old printer is told."""
        if settings == self._settings:
            return
        old, self._settings = self._spooler, settings
        self._old.append(old)
        self.unprinted.add("lost", _receipts(old.clear()))

        def close() -> None:
            left = old.close()
            with suppress(RuntimeError):  # the till was closed meanwhile, and has asked itself
                self._left_behind.emit(old, left)

        # What is being sent may take its time, and nobody waits for it here.
        threading.Thread(target=close, name="old printer", daemon=True).start()
        self._last = None
        self._spooler = self._make_spooler(settings)

    def _make_spooler(self, settings: PrinterSettings) -> Spooler:
        printer = make_printer(
            settings,
            show=lambda document, png: self._preview.emit(document.title, png),
            folder=self._folder,
        )

        def tell(status: Status) -> None:
            with suppress(RuntimeError):  # the till is gone: a printer may hang longer than it
                self._status.emit(settings, status)

        return Spooler(printer, tell)

    def show_on(self, light: Light, window: QWidget) -> None:
        """Say on this light how the printer is, and show previews over this window."""
        self._light, self._window, self._shown = light, window, None
        if self._last is not None:
            self._printer_says(self._settings, self._last)

    def document(self, copy: ReceiptCopy) -> Document:
        """Lay a receipt out for this printer, in a language of its country."""
        from receipts.layouts import sale_receipt  # babel's calendars come with it

        country = copy.opened.identity.seller.country
        language = receipt_language(country, self.wanted_language)
        return sale_receipt(copy, columns=self._spooler.columns, language=language)

    def print(self, copy: ReceiptCopy) -> None:
        """Print a receipt; returns at once."""
        self._submit(self.document(copy), keeps=True)

    def print_test_page(self, country: str, now: datetime) -> None:
        """Print a page that shows how the printer is set up; `tested` says how that went.

        Args:
            country: where the till sells: the page is in the language of its receipts.
            now: the local time that stands on the page.
        """
        from receipts.layouts import printer_test_page  # babel's calendars come with it

        settings = self._settings
        where = {"network": f"{settings.host}:{settings.port}", "file": settings.folder}
        page = printer_test_page(
            columns=self._spooler.columns,
            language=receipt_language(country, self.wanted_language),
            printer=where.get(settings.kind, "Échoppe"),
            local_time=now.isoformat(timespec="seconds"),
            native_qr=settings.native_qr,
        )
        try:
            self._spooler.submit(page, keeps=False)
        except PrinterUnavailable as error:
            self.tested.emit("failed", error.reason)

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

    @Slot(object, object)
    def _not_sent(self, old: Spooler, left: tuple[str, ...]) -> None:
        if old in self._old:
            self._old.remove(old)
            self.unprinted.add("lost", _receipts(left))

    def close(self) -> tuple[str, ...]:
        """Stop within three seconds, and return which receipts were not printed.

        They are noted for the next start.
        """
        left = self._spooler.close(timeout_s=CLOSE_MAX_S)
        for old in self._old:  # it had its time
            left += old.close(timeout_s=0)
        self._old.clear()
        # What the printers have said so far: nobody tells it later.
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        receipts = _receipts(left)
        self.unprinted.add("closed", receipts)
        return receipts

    def _submit(self, document: Document, *, keeps: bool) -> None:
        try:
            self._spooler.submit(document, keeps=keeps)
        except PrinterUnavailable as error:
            self._say_trouble(wording.sentence(error, ""))

    @Slot(object, object)
    def _printer_says(self, settings: PrinterSettings, status: Status) -> None:
        if isinstance(status, GivenUp) and status.title != TEST_TITLE:
            self._given_up(status)  # whatever printer it was meant for
        if isinstance(status, Printed):
            self.unprinted.printed(status.title)
        if settings is not self._settings:
            return  # of a printer that is not in use any more
        self._last = status
        if isinstance(status, Printed | GivenUp) and status.title == TEST_TITLE:
            self._tell_test(status)
        elif self._light is not None:
            self._show(status)

    def _tell_test(self, status: Printed | GivenUp) -> None:
        if isinstance(status, GivenUp):
            self.tested.emit("failed", status.reason)
        else:
            result = {"network": "printed", "file": "filed", "preview": "shown"}
            self.tested.emit(result[self._settings.kind], "")

    def _show(self, status: Status) -> None:
        assert self._light is not None
        match status:
            case Ready() if self._settings.kind == "preview":
                more = self.tr("No printer: receipts on screen")
                self._light.show_state(
                    "plain", self.tr("No printer"), icon_name="monitor", more=more
                )
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
            case _:
                pass

    def _given_up(self, status: GivenUp) -> None:
        if status.title == open_drawer().title:
            self.drawer_failed.emit()
        else:
            self.unprinted.add("partly" if status.is_partly_printed else "lost", (status.title,))

    def _say_trouble(self, text: str) -> None:
        if self._light is not None:
            self._light.show_state("trouble", text)

    @Slot(object, object)
    def _show_preview(self, title: str, png: bytes) -> None:
        self.show_picture(title, png)

    def show_picture(self, title: str, png: bytes) -> None:
        """Show a receipt over the tiles, until somebody closes it or goes to another page."""
        if self._window is None:
            return
        if self._shown is None:
            self._shown = ReceiptWindow(self._window)
        self._shown.show_receipt(title, png)


def _receipts(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of these documents are receipts."""
    return tuple(title for title in titles if title not in {TEST_TITLE, open_drawer().title})

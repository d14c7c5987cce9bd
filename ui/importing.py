"""Catalogue files read and imported beside the sale, whichever window is there meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from pos.commands import Command
from pos.errors import PosError
from pos.folders import Folders
from pos.importers.import_request import ImportSummary
from pos.importers.messages import Language
from pos.importers.notices import UnreadableFile
from pos.reports.question import Question
from ui import wording
from ui.bridge import TillBridge
from ui.screens.catalogue_choice import CataloguePreview

AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportEnd:
    """How an import went: exactly one of `summary` and `error`, or neither after a bug."""

    path: Path
    summary: ImportSummary | None = None
    sentences: tuple[str, ...] = ()  # what is wrong or noteworthy, at most a few
    error: UnreadableFile | PosError | OSError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """What to import, and how."""

    path: Path
    country: str
    tax_classes: dict[str, str]
    language: Language


class Imports(QObject):
    """At most one import at a time, on a thread of its own; sales go between its pages.

    Signals:
        previewed: a `CataloguePreview`.
        ended: an `ImportEnd`; also in `last`, for a window that comes later.
        catalogue_changed: what the tiles show is old.
    """

    previewed = Signal(object)
    ended = Signal(object)
    catalogue_changed = Signal()
    _done = Signal(object)

    def __init__(self, bridge: TillBridge, folders: Folders, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._folders = bridge, folders
        self.running: Path | None = None
        self.last: ImportEnd | None = None
        self._done.connect(self._end)

    def preview(self, path: Path, country: str, language: Language) -> None:
        """Read what a file would bring; `previewed` tells."""
        self.last = None
        till = _TillAcross(self._bridge)

        def read() -> CataloguePreview:
            from ui.first_start import preview_of  # with all that an import imports

            return preview_of(path, country, language, till)

        def run() -> None:
            preview: CataloguePreview | None = CataloguePreview(path, None, ())
            try:
                preview = read()
            except PosError as error:
                preview = CataloguePreview(path, None, (wording.sentence(error, language),))
            except OSError:
                pass  # said as a file that cannot be read
            except _TillClosed:
                preview = None
            finally:  # also after a bug, which goes on to the crash handler
                self._tell(self.previewed, preview)

        threading.Thread(target=run, name="preview", daemon=True).start()

    def begin(self, wanted: Bringing) -> None:
        """Import a file, unless another import goes on; `ended` tells."""
        if self.running is not None:
            return
        self.running, self.last = wanted.path, None

        def run() -> None:
            end: ImportEnd | None = ImportEnd(path=wanted.path)
            try:
                end = self._bring(wanted)
            except (UnreadableFile, PosError, OSError) as error:
                end = ImportEnd(path=wanted.path, error=error)
            except _TillClosed:
                end = None  # what was imported stays; importing again does the rest
            finally:  # also after a bug, which goes on to the crash handler
                self._tell(self._done, end)

        threading.Thread(target=run, name="import", daemon=True).start()

    def _bring(self, wanted: Bringing) -> ImportEnd:
        from pos.importers.product_import import import_products
        from ui.first_start import Listening, import_options

        options = import_options(
            wanted.country, tax_classes=wanted.tax_classes, pictures_to=self._folders.pictures
        )
        listening = Listening(wanted.language)
        summary = import_products(_TillAcross(self._bridge), wanted.path, options, listening)
        return ImportEnd(path=wanted.path, summary=summary, sentences=tuple(listening.sentences))

    def _tell(self, signal: SignalInstance, result: object | None) -> None:
        if result is not None:
            with suppress(RuntimeError):  # the till was closed, and this is gone
                signal.emit(result)

    @Slot(object)
    def _end(self, end: ImportEnd) -> None:
        self.running, self.last = None, end
        if end.summary is None or end.summary.outcome != "refused":
            self.catalogue_changed.emit()  # what broke off has brought some pages, perhaps
        self.ended.emit(end)


class _TillClosed(Exception):
    """The window was closed while an import went on."""


class _TillAcross:
    """The open till, asked from another thread: each call waits its turn on the till's own."""

    def __init__(self, bridge: TillBridge) -> None:
        self._bridge = bridge

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return the answer to a question."""
        return self._wait(lambda: self._bridge.call(lambda till: till.ask(question)))

    def execute(self, command: Command) -> Any:
        """Do what is asked, durably."""
        return self._wait(lambda: self._bridge.call(lambda till: till.execute(command)))

    def _wait(self, call: Callable[[], Future[AnswerT]]) -> AnswerT:
        try:
            future = call()
        except RuntimeError as error:  # the executor takes nothing after its shutdown
            raise _TillClosed from error
        return future.result()

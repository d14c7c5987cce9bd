"""The settings page of one window, put together with what its changes change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal, Slot

from pos import FISCAL_VERSION, __version__
from pos.clock import Now, utc_now
from pos.commands import Command
from pos.domain.facts import JournalOpened
from pos.errors import PosError
from pos.folders import Folders
from pos.importers.import_request import ImportSummary
from pos.importers.messages import Language, sentence_of_file
from pos.importers.notices import UnreadableFile
from pos.reports.question import Question
from pos.settings import Settings
from receipts.messages import receipt_language, receipt_languages
from ui import wording
from ui.bridge import TillBridge
from ui.languages import own_name
from ui.printing import Receipts
from ui.scanning.filter import ScanFilter
from ui.scanning.readings import Scan, has_check_digit
from ui.screens.settings.presenter import Hands, Place, SettingsPresenter
from ui.screens.settings.view import About, SettingsPage

LICENCE = "Apache 2.0"
AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the settings reach."""

    bridge: TillBridge
    receipts: Receipts
    scans: ScanFilter
    folders: Folders
    opened: JournalOpened
    languages: list[str]
    language: Callable[[], str]
    settings: Settings
    use: Callable[[Settings], None]
    now: Now = utc_now


class Preferences(QObject):
    """Joins one window's settings page to printer, scanner and catalogue.

    Signals:
        catalogue_changed: an import is done; what the tiles show is old.
    """

    catalogue_changed = Signal()
    _imported = Signal(object)
    _failed = Signal(object)

    def __init__(self, page: SettingsPage, around: Surroundings) -> None:
        super().__init__(page)
        self._page, self._around = page, around
        country = around.opened.identity.seller.country
        page.build(self._about(country))
        automatic = {
            "language": around.language(),
            "receipt_language": receipt_language(country),
        }
        self.presenter = SettingsPresenter(
            page,
            around.settings,
            Hands(
                use=around.use,
                print_test_page=self._print_test_page,
                forget_calibration=around.scans.forget_calibration,
                preview=self._preview,
                bring=self._bring,
            ),
            Place(country, automatic),
        )
        self._wire()
        self.presenter.begin()

    def scanned(self, scan: Scan) -> None:
        """Show a scan instead of selling it."""
        self.presenter.scanned(scan.text, scan.source, is_barcode=has_check_digit(scan.text))

    def _wire(self) -> None:
        page, presenter = self._page, self.presenter
        page.changed.connect(presenter.change)
        page.test_page_wanted.connect(presenter.print_test_page)
        page.calibration_unwanted.connect(presenter.forget_calibration)
        page.catalogue_chosen.connect(presenter.catalogue.choose)
        page.books_answered.connect(self._books_answered)
        page.import_wanted.connect(presenter.bring)
        self._around.receipts.tested.connect(self._tested)
        self._around.scans.calibration_refused.connect(self._calibration_refused)
        self._imported.connect(self._brought)
        self._failed.connect(self._not_brought)

    def _about(self, country: str) -> About:
        around = self._around
        folders = around.folders
        return About(
            languages=[(code, own_name(code)) for code in around.languages],
            receipt_languages=[(code, own_name(code)) for code in receipt_languages(country)],
            lines=(
                (self.tr("Version"), f"Échoppe {__version__}"),
                (self.tr("Fiscal module"), FISCAL_VERSION),
                (self.tr("Licence"), LICENCE),
                (self.tr("Data of the till"), str(folders.data)),
                (self.tr("Key and settings: never copy the key"), str(folders.config)),
            ),
        )

    @Slot(str, bool)
    def _books_answered(self, product_type: str, is_book: bool) -> None:
        self.presenter.catalogue.tax_as_books(product_type, is_book=is_book)

    @Slot(str, str)
    def _tested(self, result: str, reason: str) -> None:
        self.presenter.tested(result, reason)

    @Slot()
    def _calibration_refused(self) -> None:
        self.presenter.calibration_refused()

    def _print_test_page(self) -> None:
        identity = self._around.opened.identity
        now = self._around.now().astimezone(ZoneInfo(identity.time_zone))
        self._around.receipts.print_test_page(identity.seller.country, now)

    # The catalogue: on a thread of its own, page by page through the till's, where sales go between

    def _spoken(self) -> Language:
        return "fr" if self._around.language() == "fr" else "en"

    def _preview(self, path: Path, country: str) -> None:
        from ui.first_start import preview_of  # with all that an import imports

        said, till = self._spoken(), _TillAcross(self._around.bridge)
        self._aside(
            lambda: preview_of(path, country, said, till),
            self.presenter.catalogue.previewed,
        )

    def _bring(self, path: Path, tax_classes: dict[str, str]) -> None:
        from pos.importers.product_import import import_products
        from ui.first_start import Listening, import_options

        around = self._around
        options = import_options(
            around.opened.identity.seller.country,
            tax_classes=tax_classes,
            pictures_to=around.folders.pictures,
        )
        till = _TillAcross(around.bridge)
        self._aside(
            lambda: import_products(till, path, options, Listening("en")),
            self._counted,
        )

    def _aside(self, job: Callable[[], AnswerT], done: Callable[[AnswerT], None]) -> None:
        def run() -> None:
            try:
                answer = job()
            except (UnreadableFile, PosError) as error:
                self._failed.emit(error)
            except _TillClosed:
                pass  # what was imported stays; importing again does the rest
            else:
                self._imported.emit((done, answer))

        threading.Thread(target=run, name="import", daemon=True).start()

    def _counted(self, summary: ImportSummary) -> None:
        applied = summary.applied
        added, changed = applied.products_added, applied.products_changed
        self.presenter.brought(added, changed, summary.unchanged)
        self.catalogue_changed.emit()

    @Slot(object)
    def _brought(self, answer: tuple[Callable[[Any], None], Any]) -> None:
        done, result = answer
        done(result)

    @Slot(object)
    def _not_brought(self, error: UnreadableFile | PosError) -> None:
        language = self._spoken()
        if isinstance(error, UnreadableFile):
            chosen = self.presenter.catalogue.usable
            name = chosen.path.name if chosen is not None else ""
            sentence = sentence_of_file(error, name, language)
        else:
            sentence = wording.sentence(error, language)
        self.presenter.not_brought(sentence)


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

"""The settings page of one window, put together with what its changes change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Slot

from pos import FISCAL_VERSION, __version__
from pos.clock import Now, utc_now
from pos.domain.facts import JournalOpened
from pos.enrolment import Enrolment
from pos.errors import PosError
from pos.folders import Folders
from pos.importers.messages import Language, sentence_of_file
from pos.importers.notices import UnreadableFile
from pos.settings import Settings
from receipts.messages import receipt_language, receipt_languages
from ui import wording
from ui.bridge import TillBridge
from ui.hub import Link
from ui.importing import Bringing, ImportEnd, Imports
from ui.joining import Joining
from ui.languages import own_name
from ui.printing import Receipts
from ui.scanning.filter import ScanFilter
from ui.scanning.readings import Scan, has_check_digit, is_hub_code
from ui.screens.catalogue_choice import CataloguePreview
from ui.screens.join.wording import has_a_hub
from ui.screens.settings.presenter import Hands, Place, SettingsPresenter
from ui.screens.settings.view import About, SettingsPage
from ui.screens.welcome.wording import file_unreadable

LICENCE = "Apache 2.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the settings reach."""

    bridge: TillBridge
    receipts: Receipts
    imports: Imports
    scans: ScanFilter
    folders: Folders
    opened: JournalOpened
    languages: list[str]
    language: Callable[[], str]
    settings: Settings
    use: Callable[[Settings], None]
    link: Link
    now: Now = utc_now


class Preferences(QObject):
    """Joins one window's settings page to printer, scanner and catalogue."""

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
        enrol = around.link.enroller()
        self._joining = Joining(page.join, enrol, around.language, asks_first=True)
        self._joining.joined.connect(self._joined)
        self._wire()
        self.presenter.begin()
        self._joining.presenter.begin()
        self.show_hub()
        imports = around.imports
        if imports.running is not None:
            self.presenter.importing(imports.running)
        elif imports.last is not None:
            self._import_ended(imports.last)

    def scanned(self, scan: Scan) -> None:
        """Show a scan instead of selling it; a hub's code is one to join it by."""
        if any(is_hub_code(text) for text in scan.candidates):
            hub = self._around.link.hub
            if hub is not None and not self._around.link.may_join:
                self._page.show_scan("", has_a_hub(hub.organisation))
                return
            self._page.join.show()
            self._joining.presenter.scanned(scan.candidates)
            self._page.show_join()
            return
        self.presenter.scanned(scan.text, scan.source, is_barcode=has_check_digit(scan.text))

    def show_hub(self) -> None:
        """Show which hub this till belongs to, if any, and how to join where that is possible."""
        hub = self._around.link.hub
        if hub is not None:
            self._page.show_hub((hub.organisation, hub.address))
            self._page.join.setVisible(self._around.link.may_join)

    @Slot(object)
    def _joined(self, taken: Enrolment) -> None:
        """Begin to speak with the hub that has just taken this till."""
        self._around.link.joined()
        self._page.show_hub((taken.organisation_name, taken.address))
        self._joining.presenter.begin()  # ready for the day on which it has to join again

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
        self._around.imports.previewed.connect(self._previewed)
        self._around.imports.ended.connect(self._import_ended)

    def _about(self, country: str) -> About:
        around = self._around
        folders = around.folders
        return About(
            has_hub=around.link.hub is not None,
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

    # The catalogue

    def _spoken(self) -> Language:
        return "fr" if self._around.language() == "fr" else "en"

    def _preview(self, path: Path, country: str) -> None:
        self._around.imports.preview(path, country, self._spoken())

    def _bring(self, path: Path, tax_classes: dict[str, str]) -> None:
        self._around.imports.begin(
            Bringing(
                path=path,
                country=self._around.opened.identity.seller.country,
                tax_classes=tax_classes,
                language=self._spoken(),
            )
        )

    @Slot(object)
    def _previewed(self, preview: CataloguePreview) -> None:
        self.presenter.catalogue.previewed(preview)

    @Slot(object)
    def _import_ended(self, end: ImportEnd) -> None:
        if end.summary is None:
            self.presenter.not_brought(self._why_not(end))
        elif end.summary.outcome == "refused":
            self.presenter.refused(CataloguePreview(end.path, end.summary, end.sentences))
        else:
            applied = end.summary.applied
            added, changed = applied.products_added, applied.products_changed
            self.presenter.brought(added, changed, end.summary.unchanged)

    def _why_not(self, end: ImportEnd) -> str:
        language = self._spoken()
        if isinstance(end.error, UnreadableFile):
            return sentence_of_file(end.error, end.path.name, language)
        if isinstance(end.error, PosError):
            return wording.sentence(end.error, language)
        return file_unreadable(end.path.name)

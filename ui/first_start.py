"""The first start, put together: the steps, a look at the catalogue, and then the till."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from pos.bootstrap import open_till
from pos.countries import COUNTRIES
from pos.disk import write_durably
from pos.enrolment import Enrolment
from pos.errors import PosError
from pos.folders import Folders
from pos.founding import TILL, Place
from pos.importers.answering import NewTill
from pos.importers.book_words import names_books
from pos.importers.import_request import AnsweringTill, ImportOptions
from pos.importers.messages import Language, sentence_of, sentence_of_file
from pos.importers.notices import Notice, RowWarning, UnreadableFile
from pos.importers.product_draft import Terms
from pos.importers.product_import import check_products, import_products
from pos.reports.catalogue import TaxClassesOf
from pos.setup import AlreadySetUp, set_up_plan
from pos.till import Till
from ui.bridge import TillBridge
from ui.hub import enroller, founder
from ui.joining import Joining
from ui.main_window import MainWindow
from ui.scanning.readings import Scan, is_hub_code
from ui.screens.catalogue_choice import CataloguePreview
from ui.screens.welcome.presenter import FRESH, Wanted, WelcomePresenter

SENTENCES_MAX = 6
DRAFT = "first-start.json"
DRAFT_SOON_MS = 500
TEXT_MAX = 200

_log = logging.getLogger(__name__)


class FirstStart(QObject):
    """Leads from an empty folder to a till that is open.

    Signals:
        import_failed: the name of a catalogue that did not come along after all.
        mode_known: that of the organisation whose hub has just taken this till.
    """

    import_failed = Signal(str)
    mode_known = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        bridge: TillBridge,
        folders: Folders,
        language: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._folders, self._language = folders, language
        self._is_over = False
        page = window.welcome
        self.presenter = WelcomePresenter(page, self._preview)
        self.presenter.finished = self._found
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAFT_SOON_MS)
        self._soon.timeout.connect(self.keep_draft)
        self.presenter.changed = self._soon.start
        window.closing.connect(self.keep_draft)
        page.forget_wanted.connect(self.presenter.forget)
        page.demo_wanted.connect(self._open_demo)
        page.set_up_wanted.connect(self.presenter.set_up)
        page.join_wanted.connect(self._join)
        page.changed.connect(self.presenter.change)
        page.next_wanted.connect(self.presenter.next)
        page.back_wanted.connect(self.presenter.back)
        page.catalogue_chosen.connect(self.presenter.catalogue.choose)
        page.books_answered.connect(self._books_answered)
        self._joining = Joining(page.join, enroller(folders), language)
        self._joining.joined.connect(self._joined)

    def begin(self) -> None:
        """Show the doors; what was typed a moment ago, or another time, is offered."""
        self._window.show_page(self._window.welcome)
        typed = self.presenter.draft
        self.presenter.begin(self._read_draft() if typed == FRESH else typed)

    def scanned(self, scan: Scan) -> None:
        """Join the hub whose code is scanned, at whatever step; nothing else is known here yet."""
        if self._is_over or not self._window.shows("welcome"):
            return  # the till is open
        if not any(is_hub_code(text) for text in scan.candidates):
            return
        self._join()
        self._joining.presenter.scanned(scan.candidates)

    @Slot()
    def _join(self) -> None:
        if not self._joining.presenter.is_busy:
            self._joining.presenter.begin()
        self.presenter.join()

    @Slot()
    def keep_draft(self) -> None:
        """Write what was typed, without the PIN, so that closing the window loses nothing."""
        if not self._soon.isActive() and self.sender() is not self._soon:
            return  # nothing has changed since
        self._soon.stop()
        draft = self.presenter.draft
        try:
            if draft == FRESH:
                self._draft.unlink(missing_ok=True)
            else:
                write_durably(self._draft, json.dumps(draft, ensure_ascii=False).encode())
        except OSError as error:  # it is a convenience; the set-up itself will say that of the disk
            _log.info("the draft of the set-up was not kept: %s", error)

    @property
    def _draft(self) -> Path:
        return self._folders.config / DRAFT

    def _read_draft(self) -> dict[str, str]:
        """Return what was typed another time; nothing where the file says something else."""
        try:
            kept = json.loads(self._draft.read_bytes())
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {k: v[:TEXT_MAX] for k, v in kept.items() if isinstance(v, str)}

    def _books_answered(self, product_type: str, is_book: bool) -> None:
        self.presenter.catalogue.tax_as_books(product_type, is_book=is_book)

    def _open_demo(self) -> None:
        """Open the demo beside this folder, in a process of its own, and leave."""
        call = "from ui.cli import main; main()"
        demo = str(self._folders.data.with_name(f"{self._folders.data.name}-demo"))
        language = "fr" if self._language() == "fr" else "en"  # those of the demo
        words = ["demo", "--out", demo, "--language", language]
        if QProcess.startDetached(sys.executable, ["-c", call, *words])[0]:
            self._window.close()

    def _preview(self, path: Path, country: str) -> None:
        said: Language = "fr" if self._language() == "fr" else "en"
        self._bridge.run(lambda: preview_of(path, country, said), done=self._previewed)

    def _previewed(self, preview: CataloguePreview) -> None:
        if not self._is_over:
            self.presenter.catalogue.previewed(preview)

    def close(self) -> None:
        """Show nothing any more: another window takes over."""
        self._is_over = True

    def _found(self, wanted: Wanted) -> None:
        folders = self._folders
        self.keep_draft()  # for the case that the disk refuses the till

        def found() -> Till:
            made = set_up_plan(folders, wanted.plan)
            assert not isinstance(made, AlreadySetUp), "there was no live till a moment ago"
            with suppress(OSError):
                self._draft.unlink()
            till = open_till(Place(folders))
            if wanted.catalogue is not None and not self._bring(till, wanted):
                # It was read a moment ago. The till is there; the file can come later.
                self.import_failed.emit(wanted.catalogue.name)
            return till

        self._window.trouble.show_opening()
        self._window.show_page(self._window.trouble)
        self._bridge.open(found)

    @Slot(object)
    def _joined(self, taken: Enrolment) -> None:
        """Open the till that the hub has described; its catalogue comes while it is open."""
        mode, found = founder(self._folders, taken)
        self.mode_known.emit(mode)
        self._window.trouble.show_opening()
        self._window.show_page(self._window.trouble)
        self._bridge.open(found)

    def _bring(self, till: Till, wanted: Wanted) -> bool:
        """Import the first catalogue; say whether it came along."""
        assert wanted.catalogue is not None
        options = import_options(
            wanted.plan.identity.seller.country,
            tax_classes=wanted.tax_classes,
            pictures_to=self._folders.pictures,
        )
        try:
            summary = import_products(till, wanted.catalogue, options, Listening("en"))
        except (UnreadableFile, PosError, OSError) as error:
            _log.info("the first catalogue was not imported: %s", error)
            return False
        except Exception as bug:  # noqa: BLE001 because the till is founded, and sells without it
            this = threading.current_thread()
            threading.excepthook(
                threading.ExceptHookArgs((type(bug), bug, bug.__traceback__, this))
            )
            return False
        return summary.outcome != "refused"


def import_options(
    country: str,
    *,
    tax_classes: dict[str, str] | None = None,
    pictures_to: Path | None = None,
) -> ImportOptions:
    """Return how the first catalogue is imported: as the country and the person have it."""
    terms = Terms(currency=COUNTRIES[country].currency, tax_classes=tax_classes or {})
    return ImportOptions(terms=terms, operator=TILL, pictures_to=pictures_to)


def preview_of(
    path: Path, country: str, language: Language, till: AnsweringTill | None = None
) -> CataloguePreview:
    """Return what importing a file into a till would bring; without one, into a new till."""
    listening = Listening(language)
    try:
        summary = check_products(till or NewTill(), path, import_options(country), listening)
    except UnreadableFile as problem:
        sentence = sentence_of_file(problem, path.name, language)
        return CataloguePreview(path, None, (sentence,))
    types = tuple(dict.fromkeys(listening.book_types))
    known = (till or NewTill()).ask(TaxClassesOf(categories=types))
    proposed = frozenset(name for name in types if names_books(name) and name not in known)
    return CataloguePreview(path, summary, tuple(listening.sentences), types, proposed)


class Listening:
    """Keeps the first few sentences of an import."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self.sentences: list[str] = []
        self.book_types: list[str] = []

    def notice(self, notice: Notice) -> None:
        """Keep a sentence, if there are not enough yet."""
        if isinstance(notice, RowWarning) and notice.kind == "looks_like_books":
            self.book_types.append(notice.value)  # asked about with a key instead
        elif len(self.sentences) < SENTENCES_MAX:
            self.sentences.append(sentence_of(notice, self._language))

    def progress(self, phase: Literal["check", "apply"], done: int, total: int) -> None:
        """Hear how far it is."""

"""The till's composition root: folders -> window -> till -> screens -> printer, and back."""

# long: the composition root wires everything once, in one place.

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from pos.bootstrap import open_till
from pos.domain.basket import Basket
from pos.domain.facts import Mode
from pos.errors import (
    BadConfiguration,
    PosError,
    StorageUnavailable,
    TrainingOnly,
)
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.ids import OperatorCode
from pos.lock import TillLock
from pos.reports.sales import SavedBasket, Staff, StaffMember
from pos.settings import Settings
from pos.settings_file import save_settings
from pos.till import Till
from ui.asking import ask
from ui.bridge import TillBridge, TillFacts
from ui.chain_check import ChainCheck
from ui.crash import CrashHandler
from ui.found import show_found
from ui.languages import SOURCE, Languages, own_name
from ui.main_window import MainWindow
from ui.place import show_place
from ui.placing import Corner, open_in
from ui.printing import Receipts
from ui.scanning.calibration import Calibration
from ui.scanning.filter import ScanFilter
from ui.screens.checkout.presenter import CheckoutPresenter
from ui.screens.done.presenter import DonePresenter
from ui.screens.payment.presenter import PaymentPresenter
from ui.screens.rows import Notice
from ui.selling import Selling, Stage
from ui.single import FirstWindow
from ui.sound import Sounds
from ui.strips import Strips
from ui.syncing import Syncing
from ui.theme import theme
from ui.watch import MachineWatch
from ui.widgets.pictures import Pictures
from ui.wrong_settings import show_kept, show_wrong

if TYPE_CHECKING:
    from ui.first_start import FirstStart
    from ui.hub import Link
    from ui.importing import Imports
    from ui.preferences import Preferences

PICTURE_PX = 192
WARM_UP_MS = 1_500
SWITCH_S = 0.0005
"""How long one thread may keep the other waiting; Python's own 5 ms are a third of a frame."""
NOBODY = OperatorCode("till")
REASONS = {
    "StorageDamaged": "damaged",
    "JournalBroken": "broken",
    "JournalRolledBack": "rolled_back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a till is started with."""

    folders: Folders
    settings: Settings
    mode: Mode = "live"
    wrong: BadConfiguration | None = None  # why the file's settings are not those in use
    corner: Corner = ""


class TillApp(QObject):
    """Builds the till in order, and takes it down in the opposite one.

    The caller holds the data folder's lock and gives it over.

    Signals:
        ready: the checkout is there; also after the window was built anew.
    """

    ready = Signal()

    def __init__(self, app: QApplication, start: Start, lock: TillLock) -> None:
        super().__init__()
        sys.setswitchinterval(SWITCH_S)
        self._app, self._start, self._lock = app, start, lock
        self.settings = start.settings
        self._mode: Mode = start.mode
        self._why: PosError | None = None
        self._facts: TillFacts | None = None
        self._staff: tuple[StaffMember, ...] = ()
        self._selling: Selling | None = None
        self._check: ChainCheck | None = None
        self.first_start: FirstStart | None = None
        self.preferences: Preferences | None = None
        self._is_closed = False
        self._is_rebuilding = self._is_rebuild_due = False
        theme.put_on(app, self.settings.theme)
        self._languages = Languages(app)
        self._languages.speak(self.language())
        self.pictures = Pictures(start.folders.pictures, PICTURE_PX, self)
        self.bridge = TillBridge(self)
        self.crash = CrashHandler(start.folders.reports, self)
        self.scans = ScanFilter(
            app, calibration=Calibration.from_dict(self.settings.scanner.calibration)
        )
        self.watch = MachineWatch(start.folders.data, self)
        self.first = FirstWindow(start.folders.data, self)
        self.receipts = Receipts(self.settings.printer, start.folders.data / "receipts", self)
        self.receipts.wanted_language = self.settings.receipt_language
        self.imports: Imports | None = None
        self.sounds = Sounds(is_on=self.settings.sound)
        self.syncing = Syncing(self.language, self)
        self.strips = Strips(
            lambda: self.window.banners, self.language, self.receipts, self.syncing, self
        )
        self.window = self._make_window()
        self._wire()
        if start.wrong is not None:
            show_wrong(start.wrong, self.window.banners)

    @property
    def checkout(self) -> CheckoutPresenter:
        """Return the checkout of the window that is there."""
        return self.selling.checkout

    @property
    def payment(self) -> PaymentPresenter:
        """Return the payment of the window that is there."""
        return self.selling.payment

    @property
    def done(self) -> DonePresenter:
        """Return the end of a sale of the window that is there."""
        return self.selling.done

    @property
    def selling(self) -> Selling:
        """Return the screens; the till must be open."""
        assert self._selling is not None, "the till is not open"
        return self._selling

    def run(self) -> None:
        """Open the till on its thread, and show the window meanwhile."""
        self.crash.install()
        self._open()  # on the till's thread, while this one shows the window
        if self._app.platformName() == "offscreen":  # a screen that nobody looks at has no size
            self.window.show()
        else:
            open_in(self.window, self._start.corner)

    def language(self) -> str:
        """Return the language of the screens."""
        return self._languages.choose(self.settings.language)

    def close(self) -> None:
        """Take everything down, in the opposite order; idempotent."""
        if self._is_closed:
            return
        self._is_closed = True
        self.scans.close()
        if self._check is not None:
            self._check.close()
        self.syncing.close()  # its threads wait for the till's
        self.watch.close()
        self.receipts.close()
        self.pictures.finish()
        self.bridge.close()
        self.first.close()
        self.crash.uninstall()
        self._languages.speak(SOURCE)  # whoever opens another till in this process begins anew
        self._lock.release()

    # Opening -------------------------------------------------------------------------------------

    @property
    def _place(self) -> Place:
        return Place(self._start.folders, self._mode)

    @Slot()
    def _open(self) -> None:
        place = self._place
        if not self._is_closed:  # somebody may close the window before the till is open
            self.window.trouble.show_opening()  # nothing to press twice meanwhile
            self._let_go_of_till()
            self.bridge.open(lambda: open_till(place))

    @Slot()
    def _open_anew(self) -> None:
        """Set the journal aside and open a new one."""
        self._go_on_with_new_journal(REASONS[type(self._why).__name__])

    @Slot()
    def _part_from_journal(self) -> None:
        """Set a journal aside of which the hub has another continuation, while it is open."""
        self.selling.close()
        self._selling = None
        old = self._replace_window()
        old.banners.hand_over(self.window.banners)
        self._show_instead_of(old)
        old.deleteLater()
        self.syncing.close()
        self.imports = None  # it asks the bridge of the old till
        self._go_on_with_new_journal("forked")

    def _go_on_with_new_journal(self, reason: str) -> None:
        place = self._place

        def begin() -> Till:
            continue_with_new_journal(place, reason)
            return open_till(place)

        self.window.trouble.show_opening()
        self._let_go_of_till()
        self.bridge.open(begin)

    def _let_go_of_till(self) -> None:
        """Close a till that opened but did not answer, as a new start of the program would."""
        if self._facts is not None:
            self._facts = None
            self._is_rebuilding = False  # the answer that it waits for comes to nobody any more
            if self._check is not None:
                self._check.close()
            self.bridge.close()
            self.bridge = TillBridge(self)
            self._wire_bridge()
            self.strips.storage_works()

    @Slot()
    def _open_training(self) -> None:
        self._mode = "training"
        self.window.show_page(self.window.trouble)
        self.window.trouble.show_opening()
        self._open()

    @Slot(str)
    def _use_mode(self, mode: Mode) -> None:
        """Be what the hub says: one that trains takes no till that sells."""
        self._mode = mode

    @Slot(object)
    def _not_opened(self, error: PosError | None) -> None:
        if isinstance(error, TrainingOnly) and self._mode == "live":
            self._begin_first_start()
            return
        self._why = error
        if error is None:
            self.window.trouble.show_bug()
        else:
            self.window.trouble.show_trouble(error, self.language())
        self.window.show_page(self.window.trouble)

    def _begin_first_start(self) -> None:
        """Show the doors, also once more: one page is listened to by one first start."""
        if self.first_start is None:
            self.first_start = self._make_first_start()
        self.first_start.begin()

    def _make_first_start(self) -> FirstStart:
        from ui.first_start import FirstStart  # once in a till's life, with all that imports

        first = FirstStart(self.window, self.bridge, self._start.folders, self.language)
        self.scans.scanned.connect(first.scanned)
        first.mode_known.connect(self._use_mode)
        first.import_failed.connect(self.strips.import_failed)
        other = self._languages.after(self.language())
        self.window.welcome.show_other_language(own_name(other))
        self.window.welcome.language_wanted.connect(self._welcome_in_another_language)
        self.window.welcome.training_wanted.connect(self._open_training)
        return first

    @Slot()
    def _welcome_in_another_language(self) -> None:
        """Show the doors anew, in the next language; what was typed comes along."""
        self._next_language()
        old = self._replace_window()
        if self.first_start is not None:
            self.first_start.close()
            self.first_start = None
        old.closing.emit()  # whoever has something to keep, keeps it
        self._begin_first_start()
        self._show_instead_of(old)
        old.deleteLater()

    @Slot(object)
    def _opened(self, facts: TillFacts) -> None:
        self._facts = facts
        self.watch.begin(facts.last_seen)
        show_found(facts.found_at_open, self.window.banners, self.language)
        ask(self.bridge, Staff(), done=self._staff_here, failed=self._did_not_begin)

    def _did_not_begin(self, error: PosError | None) -> None:
        if self._selling is None:  # a bug once the screens are there is told by the strip alone
            self._not_opened(error)

    def _staff_here(self, staff: tuple[StaffMember, ...]) -> None:
        self._staff = staff
        ask(self.bridge, SavedBasket(), done=self._basket_here, failed=self._did_not_begin)

    def _basket_here(self, saved: Basket | None) -> None:
        self._build_screens()
        self.selling.start(saved)
        self.strips.unprinted("closed")
        self.ready.emit()
        QTimer.singleShot(0, self._begin_sync)
        self._check = ChainCheck(
            self.bridge, lambda broken: self.strips.trouble(broken, "chain"), self
        )
        QTimer.singleShot(0, self._check.go_on)
        QTimer.singleShot(WARM_UP_MS, self.receipts.warm_up)

    @Slot()
    def _begin_sync(self) -> None:
        """Speak with the hub that this machine remembers, now that the till sells."""
        if not self._is_closed and self._facts is not None:
            self._make_link(self._facts).begin(self.strips.hub_trouble)

    def _make_link(self, facts: TillFacts) -> Link:
        from ui.hub import Link  # once the till sells

        return Link(self.syncing, self.bridge, self._place, facts, lambda: self.checkout.basket)

    # The window ----------------------------------------------------------------------------------

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.pictures)
        window.trouble.retried.connect(self._open)
        window.trouble.training_wanted.connect(self._open_training)
        window.trouble.new_journal_wanted.connect(self._open_anew)
        window.may_close = self.strips.may_close
        window.closing.connect(self.close)
        window.theme_wanted.connect(self._other_theme)
        window.language_wanted.connect(self._other_language)
        window.page_changed.connect(self._page_changed)
        window.printer.clicked.connect(self.receipts.retry)
        self.receipts.show_on(window.printer, window)
        self.syncing.show_on(window)
        return window

    def _replace_window(self) -> MainWindow:
        """Make another window, and return the old one, which nobody closes the till with."""
        old = self.window
        old.closing.disconnect(self.close)
        self.window = self._make_window()
        return old

    def _show_instead_of(self, old: MainWindow) -> None:
        self.window.setGeometry(old.geometry())
        self.window.setWindowState(old.windowState())
        self.window.show()
        old.hide()

    def _build_screens(self) -> None:
        assert self._facts is not None
        self._selling = Selling(
            Stage(
                window=self.window,
                bridge=self.bridge,
                facts=self._facts,
                operator=self._staff[0].code if self._staff else NOBODY,
                receipts=self.receipts,
                scans=self.scans,
                language=self.language,
                sounds=self.sounds,
            )
        )
        self._selling.sold = [self.strips.storage_works, self.syncing.sold]
        self.preferences = None
        self._selling.before_settings = self._prepare_settings
        self._selling.before_sync = self._prepare_sync
        self._selling.hub_code_scanned = self.syncing.what_of_a_code
        self._selling.checkout.basket_changed.append(self.syncing.basket_changed)
        show_place(self.window, self._facts.opened, self._staff)

    def _prepare_settings(self) -> None:
        """Make the settings of this window when they are first wanted: the start is for selling."""
        if self.preferences is not None:
            self.preferences.show_hub()
            return
        from ui.importing import Imports
        from ui.preferences import Preferences, Surroundings

        assert self._facts is not None
        if self.imports is None:  # outlives the window: an import goes on whatever is shown
            self.imports = Imports(self.bridge, self._start.folders, self)
            self.imports.catalogue_changed.connect(self._catalogue_changed)
        self.preferences = Preferences(
            self.window.settings,
            Surroundings(
                bridge=self.bridge,
                receipts=self.receipts,
                imports=self.imports,
                scans=self.scans,
                folders=self._start.folders,
                opened=self._facts.opened,
                languages=self._languages.known(),
                language=self.language,
                settings=self.settings,
                use=self._use,
                link=self._make_link(self._facts),
            ),
        )
        self.window.settings.left.connect(self.selling.show_settings)
        self.window.settings.sync_wanted.connect(self.selling.show_sync)
        self.selling.scan_tested = self.preferences.scanned

    def _prepare_sync(self) -> bool:
        """Make the hub's page of this window when it is first wanted; say whether there is one."""
        if self.syncing.make_page():
            self.window.sync.left.connect(self.selling.left_sync)
        return self.syncing.hub is not None

    def _rebuild_soon(self) -> None:
        """Build the window anew once all that was asked before is answered.

        What is scanned from now on waits for the new window: no scan is lost.
        """
        if not self._is_rebuilding:
            self._is_rebuilding, self._is_rebuild_due = True, False
            self.checkout.pause()
            self._once_answered(self._rebuild)

    def _once_answered(self, go_on: Callable[[], None]) -> None:
        """Go on behind all that was asked; nothing is read for it, so that it cannot fail."""
        self.bridge.run(lambda: None, done=lambda _nothing: go_on())

    @Slot()
    def _page_changed(self) -> None:
        """Come back to a change of looks that somebody's next step was faster than."""
        if self._is_rebuild_due and self.selling.may_rebuild and not self._is_closed:
            self._rebuild_soon()

    def _rebuild(self) -> None:
        """Build the window anew, in another language or theme; the basket comes along."""
        self._is_rebuilding = False
        if not self.selling.may_rebuild:
            self._is_rebuild_due = True  # somebody went on: later, from the next checkout
            self.checkout.go_on()
            return
        typed = self.preferences.presenter.typed if self.preferences is not None else {}
        carried, old = self.selling.carry(), self.window
        self.selling.close()
        self._replace_window()
        old.banners.hand_over(self.window.banners)
        self._build_screens()
        self.selling.go_on(carried)
        if old.shows("settings"):
            self.selling.show_settings()
            if self.preferences is not None:
                self.preferences.presenter.go_on_with(typed)
            self.window.settings.focus_on(old.settings.focused())
        self._show_instead_of(old)
        # Its screens may have asked something still; the answers end there.
        self._once_answered(old.deleteLater)
        self.ready.emit()

    @Slot()
    def _other_theme(self) -> None:
        if self._selling is not None and self.selling.may_rebuild:
            other = "night" if self.settings.theme == "day" else "day"
            self._keep(msgspec.structs.replace(self.settings, theme=other))
            theme.put_on(self._app, self.settings.theme)
            self._rebuild_soon()

    @Slot()
    def _other_language(self) -> None:
        if self._selling is not None and self.selling.may_rebuild:
            self._next_language()
            self._rebuild_soon()

    def _next_language(self) -> None:
        other = self._languages.after(self.language())
        self._keep(msgspec.structs.replace(self.settings, language=other))
        self._languages.speak(other)

    @Slot(object)
    def _calibrated(self, calibration: Calibration) -> None:
        scanner = msgspec.structs.replace(self.settings.scanner, calibration=calibration.to_dict())
        self._keep(msgspec.structs.replace(self.settings, scanner=scanner))
        if self.preferences is not None:
            self.preferences.presenter.calibrated(self.settings)
        self.window.checkout.show_notice(Notice(self.tr("The scanner's keyboard is known now.")))

    def _use(self, settings: Settings) -> None:
        """Use changed settings from now on."""
        before = self.settings
        self._keep(settings)
        self.sounds.is_on = settings.sound
        self.receipts.use(settings.printer)
        self.receipts.wanted_language = settings.receipt_language
        if (settings.theme, settings.language) != (before.theme, before.language):
            theme.put_on(self._app, settings.theme)
            self._languages.speak(self.language())
            self._rebuild_soon()

    @Slot()
    def _catalogue_changed(self) -> None:
        """Show the new tiles and categories in their places; nothing that is typed is lost."""
        if not self._is_closed:
            self.checkout.catalogue_changed()
            if not self._staff:  # nobody was known yet when this till was opened
                self.bridge.ask(Staff(), done=self._staff_known)

    def _staff_known(self, staff: tuple[StaffMember, ...]) -> None:
        self._staff = staff
        self.selling.work_as(staff[0].code if staff else NOBODY)
        show_place(self.window, self.selling.opened, staff)

    @Slot()
    def _calibration_refused(self) -> None:
        text = self.tr("This calibration code is not valid: nothing was changed.")
        self.window.checkout.show_notice(Notice(text, is_trouble=True))

    def _keep(self, settings: Settings) -> None:
        """Use settings, and keep them for the next start if the disk takes them."""
        self.settings = settings
        if self.preferences is not None:
            self.preferences.presenter.kept(settings)
        try:
            kept = save_settings(self._start.folders.settings, settings)
        except (StorageUnavailable, BadConfiguration) as error:
            self.strips.trouble(error)
        else:
            if kept is not None:
                show_kept(kept, self.window.banners)

    # What lasts ----------------------------------------------------------------------------------

    def _wire(self) -> None:
        self._wire_bridge()
        self.watch.warned.connect(self.strips.warned)
        self.crash.crashed.connect(self.strips.crashed)
        self.first.called.connect(self._come_to_front)
        self.scans.calibrated.connect(self._calibrated)
        self.scans.calibration_refused.connect(self._calibration_refused)
        self.receipts.drawer_failed.connect(self.strips.drawer_failed)
        self.receipts.unprinted.changed.connect(self.strips.unprinted)
        self.syncing.catalogue_changed.connect(self._catalogue_changed)
        self.syncing.picture_saved.connect(self.pictures.came)
        self.syncing.new_journal_wanted.connect(self._part_from_journal)

    def _wire_bridge(self) -> None:
        self.bridge.opened.connect(self._opened)
        self.bridge.not_opened.connect(self._not_opened)
        self.bridge.trouble.connect(self.strips.trouble)
        self.bridge.recorded.connect(self.watch.entry_written)
        self.bridge.recorded.connect(self.syncing.entry_written)

    @Slot()
    def _come_to_front(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()


def collect_again() -> None:
    """Collect garbage from here on, and never look again at what the start has made."""
    gc.freeze()
    gc.enable()


def run_till(
    start: Start, lock: TillLock, prepare: Callable[[TillApp], object] = lambda _till: None
) -> int:
    """Open the window, run until it is closed, and return the exit status."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("echoppe")
    app.setApplicationDisplayName("Échoppe")
    # Ctrl+C ends the till as a power cut would: what was acknowledged is on the disk.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    till = TillApp(app, start, lock)
    prepared = prepare(till)
    till.run()
    QTimer.singleShot(WARM_UP_MS, collect_again)
    try:
        return app.exec()
    finally:
        till.close()
        del prepared

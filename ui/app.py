"""The till's composition root: folders -> window -> till -> screens -> printer, and back."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from pos.bootstrap import open_till
from pos.countries import COUNTRIES
from pos.domain.basket import Basket
from pos.domain.facts import JournalEntry, Mode, SaleCompleted
from pos.errors import (
    Incompatible,
    PosError,
    TrainingOnly,
    Unavailable,
)
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.ids import OperatorCode
from pos.lock import TillLock
from pos.reports.sales import SavedBasket, Staff, StaffMember
from pos.settings import Settings
from pos.till import CheckProgress, Till
from receipts.copy import ReceiptCopy
from receipts.image_renderer import render_png
from ui import wording
from ui.bridge import TillBridge, TillFacts
from ui.crash import CrashHandler
from ui.main_window import MainWindow
from ui.printing import Receipts
from ui.scanning.filter import ScanFilter
from ui.scanning.readings import Scan
from ui.screens.checkout.presenter import CheckoutPresenter
from ui.screens.done.presenter import DonePresenter
from ui.screens.payment.presenter import PaymentPresenter
from ui.screens.rows import Notice
from ui.single import FirstWindow
from ui.theme import theme
from ui.widgets.banner import BannerText
from ui.widgets.pictures import Pictures

PICTURE_PX = 192
CHECK_PIECE = 2_000
NOBODY = OperatorCode("till")
REASONS = {
    "StorageDamaged": "damaged",
    "JournalBroken": "broken",
    "JournalRolledBack": "rolled_back",
    "KeyMissing": "key_missing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a till is started with."""

    folders: Folders
    settings: Settings
    mode: Mode = "live"


class TillApp(QObject):
    """Builds the till in order, and takes it down in the opposite one.

    The caller holds the data folder's lock and gives it over.
    """

    ready = Signal()

    def __init__(self, app: QApplication, start: Start, lock: TillLock) -> None:
        super().__init__()
        self._app, self._start, self._lock = app, start, lock
        self._mode: Mode = start.mode
        theme.put_on(app, start.settings.theme)
        self.pictures = Pictures(start.folders.pictures, PICTURE_PX, self)
        self.window = MainWindow(self.pictures)
        self.bridge = TillBridge(self)
        self.crash = CrashHandler(start.folders.reports, self)
        self.scans = ScanFilter(app)
        self.first = FirstWindow(start.folders.data, self)
        self.receipts = Receipts(
            start.settings.printer, start.folders.data / "receipts", self.window
        )
        self.receipts.show_on(self.window.printer)
        self._is_closed = False
        self._wire()

    def run(self) -> None:
        """Show the window, then open the till."""
        self.crash.install()
        self.window.trouble.show_opening()
        self.window.show()
        QTimer.singleShot(0, self._open)

    def language(self) -> str:
        """Return the language of the screens."""
        chosen = self._start.settings.language
        if chosen != "auto":
            return chosen
        return "fr" if QLocale.system().language() == QLocale.Language.French else "en"

    def close(self) -> None:
        """Take everything down, in the opposite order; idempotent."""
        if self._is_closed:
            return
        self._is_closed = True
        self.scans.close()
        self.receipts.close()
        self.pictures.finish()
        self.bridge.close()
        self.first.close()
        self.crash.uninstall()
        self._lock.release()

    # Opening -------------------------------------------------------------------------------------

    @property
    def _place(self) -> Place:
        return Place(self._start.folders, self._mode)

    def _open(self) -> None:
        place = self._place
        self.bridge.open(lambda: open_till(place))

    def _open_anew(self) -> None:
        """Set the journal aside and open a new one."""
        place, reason = self._place, REASONS[type(self._why).__name__]

        def begin() -> Till:
            continue_with_new_journal(place, reason)
            return open_till(place)

        self.window.trouble.show_opening()
        self.bridge.open(begin)

    def _open_training(self) -> None:
        self._mode = "training"
        self.window.trouble.show_opening()
        self._open()

    @Slot(object)
    def _not_opened(self, error: PosError) -> None:
        if isinstance(error, TrainingOnly) and self._mode == "live":
            self._open_training()
            return
        self._why = error
        self.window.trouble.show_trouble(error, self.language())
        self.window.show_page(self.window.trouble)

    @Slot(object)
    def _opened(self, facts: TillFacts) -> None:
        self._facts = facts
        self.bridge.ask(Staff(), done=self._staff_here)

    def _staff_here(self, staff: tuple[StaffMember, ...]) -> None:
        operator = staff[0].code if staff else NOBODY
        self._build_screens(operator)
        identity = self._facts.opened.identity
        name = staff[0].name if staff else ""
        till = self.tr("till {number}").format(number=identity.till)
        self.window.show_till(f"{identity.stand_name} · {till}", name)
        if self._facts.opened.mode == "training":
            self.window.banners.show_banner(
                "training", BannerText(self.tr("TRAINING: nothing here is a real sale."))
            )
        self.bridge.ask(SavedBasket(), done=self._basket_here)

    def _basket_here(self, saved: Basket | None) -> None:
        self.checkout.start(saved)
        self.window.show_page(self.window.checkout)
        self.scans.scanned.connect(self._scanned)
        self.ready.emit()
        QTimer.singleShot(0, self._check_chain)

    def _build_screens(self, operator: OperatorCode) -> None:
        opened = self._facts.opened
        window = self.window
        self.checkout = CheckoutPresenter(
            _CheckoutWidgets(window), self.bridge, self.language, opened.currency
        )
        self.payment = PaymentPresenter(
            window.payment,
            self.bridge,
            self.language,
            country=COUNTRIES[opened.identity.seller.country],
            operator=operator,
        )
        self.done = DonePresenter(
            _DoneWidgets(window, self), self.bridge, self.language, operator=operator
        )
        self._wire_screens()

    # Wiring --------------------------------------------------------------------------------------

    def _wire(self) -> None:
        self.bridge.opened.connect(self._opened)
        self.bridge.not_opened.connect(self._not_opened)
        self.bridge.trouble.connect(self._trouble)
        self.bridge.recorded.connect(self._recorded)
        self.window.trouble.retried.connect(self._open)
        self.window.trouble.training_wanted.connect(self._open_training)
        self.window.trouble.new_journal_wanted.connect(self._open_anew)
        self.window.closing.connect(self.close)
        self.crash.crashed.connect(self._crashed)
        self.first.called.connect(self._come_to_front)
        self.window.printer.clicked.connect(self.receipts.retry)

    def _wire_screens(self) -> None:
        self._wire_checkout()
        self._wire_payment()
        self._wire_done()
        self._shortcut("F2", self.window.checkout.focus_search)
        self._shortcut("F9", lambda: self.done.last_receipt("print"))
        self._shortcut("F12", self._pay)
        self._shortcut("Ctrl+Return", self._pay)
        self._shortcut("Ctrl+Z", self.checkout.undo)
        self._basket_changed(self.checkout.basket)

    def _wire_checkout(self) -> None:
        checkout, page, panel = self.checkout, self.window.checkout, self.window.basket
        page.searched.connect(checkout.search)
        page.submitted.connect(checkout.submit_search)
        page.category_chosen.connect(checkout.choose_category)
        page.key_chosen.connect(checkout.add_key)
        page.more_wanted.connect(checkout.more_wanted)
        page.digit_typed.connect(checkout.type_digit)
        page.erased.connect(checkout.erase_digit)
        page.escaped.connect(checkout.escape)
        page.stepped.connect(checkout.step)
        page.changed.connect(checkout.change_current)
        page.line_removed.connect(checkout.remove_current)
        page.notice_confirmed.connect(checkout.confirm_notice)
        panel.line_chosen.connect(checkout.choose_line)
        panel.plus.connect(lambda: checkout.change_current(1))
        panel.minus.connect(lambda: checkout.change_current(-1))
        panel.removed.connect(checkout.remove_current)
        panel.undone.connect(checkout.undo)
        panel.paid.connect(self._pay)
        checkout.basket_changed.append(self._basket_changed)
        checkout.basket_changed.append(self.payment.basket_changed)
        self.scans.register(checkout, owner=page)

    def _wire_payment(self) -> None:
        payment, page = self.payment, self.window.payment
        page.typed.connect(payment.type_text)
        page.erased.connect(payment.erase)
        page.left.connect(payment.back)
        page.retried.connect(payment.retry)
        page.method_chosen.connect(payment.pay)
        page.quick_chosen.connect(payment.quick)
        page.terminal_confirmed.connect(payment.confirm_terminal)
        page.terminal_cancelled.connect(payment.cancel_terminal)
        page.tender_removed.connect(payment.remove_tender)
        page.notice.confirmed.connect(self.checkout.confirm_notice)
        payment.sold = self._sold
        payment.left = self._show_checkout
        self.scans.register(payment, owner=page)

    def _wire_done(self) -> None:
        done, page = self.done, self.window.done
        page.next_wanted.connect(done.next_sale)
        page.print_wanted.connect(lambda: done.receipt("print"))
        page.show_wanted.connect(lambda: done.receipt("screen"))
        self.window.last_receipt_wanted.connect(lambda: done.last_receipt("print"))
        done.finished = self._next_sale
        done.print_copy = self.receipts.print

    def _shortcut(self, keys: str, action: object) -> None:
        QShortcut(QKeySequence(keys), self.window, action)  # type: ignore[call-overload]  # a callable

    # A sale, from basket to basket ---------------------------------------------------------------

    def _basket_changed(self, basket: Basket) -> None:
        self.window.basket.show_pay(text=self.tr("Pay"), is_enabled=bool(basket.lines))

    def _pay(self) -> None:
        on_checkout = self.window.page is self.window.checkout
        if on_checkout and self.checkout.basket.lines:
            self.payment.begin(self.checkout.basket)
            self.window.basket.show_pay(text=self.tr("Pay"), is_enabled=False)
            self.window.show_page(self.window.payment)

    def _show_checkout(self) -> None:
        self._basket_changed(self.checkout.basket)
        self.window.show_page(self.window.checkout)

    def _sold(self, sale: SaleCompleted, _basket_id: str) -> None:
        self._storage_works()
        self.window.basket.set_locked(is_locked=True)
        self.done.begin(sale)
        self.window.show_page(self.window.done)
        self.window.done.focus_next()
        if self._start.settings.printer.drawer and any(
            tender.method == "cash" for tender in sale.tenders
        ):
            self.receipts.open_drawer()

    def _next_sale(self) -> None:
        self.window.basket.set_locked(is_locked=False)
        self.checkout.next_sale()
        self._show_checkout()

    @Slot(object)
    def _scanned(self, scan: Scan) -> None:
        """Do the right thing with a scan, whatever is on the screen."""
        if self.done.is_open:
            self.done.next_sale()
        if not self.payment.is_locked:
            self.checkout.scanned(scan.candidates)

    @Slot(object)
    def _recorded(self, entry: JournalEntry) -> None:
        if isinstance(entry.fact, SaleCompleted) and hasattr(self, "checkout"):
            self.checkout.stock_moved([line.variant_id for line in entry.fact.lines])

    # Receipts ------------------------------------------------------------------------------------

    def show_receipt(self, copy: ReceiptCopy) -> None:
        """Show a receipt on the page of the finished sale."""
        png = render_png(self.receipts.document(copy))
        self.window.done.show_receipt_picture(png, copy.sale.receipt_number)

    # What lasts ----------------------------------------------------------------------------------

    @Slot(object)
    def _trouble(self, error: Unavailable | Incompatible) -> None:
        text = wording.sentence(error, self.language())
        self.window.banners.show_banner("storage", BannerText(text, is_trouble=True))

    def _storage_works(self) -> None:
        self.window.banners.show_banner("storage", None)

    @Slot(str)
    def _crashed(self, number: str) -> None:
        text = self.tr(
            "The last action was not saved. The basket is kept. Report {number}."
        ).format(number=number)
        self.window.banners.show_banner("crash", BannerText(text, is_trouble=True, can_close=True))

    def _check_chain(self) -> None:
        if not self._is_closed:
            self.bridge.check_chain(CHECK_PIECE, done=self._chain_checked)

    def _chain_checked(self, progress: CheckProgress) -> None:
        if progress.broken is not None:
            text = wording.sentence(progress.broken, self.language())
            self.window.banners.show_banner("chain", BannerText(text, is_trouble=True))
        elif not progress.is_done:
            QTimer.singleShot(0, self._check_chain)

    @Slot()
    def _come_to_front(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()


class _CheckoutWidgets:
    """The checkout's view: its page and the basket beside it."""

    def __init__(self, window: MainWindow) -> None:
        page = window.checkout
        self.show_categories = page.show_categories
        self.show_tiles = page.show_tiles
        self.show_nothing_found = page.show_nothing_found
        self.show_quantity = page.show_quantity
        self.clear_search = page.clear_search
        self.show_basket = window.basket.show_basket
        self._window = window

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence on the page that is in front."""
        paying = self._window.page is self._window.payment
        (self._window.payment if paying else self._window.checkout).show_notice(notice)


class _DoneWidgets:
    """The end of a sale's view; receipts as pictures come from the app."""

    def __init__(self, window: MainWindow, app: TillApp) -> None:
        self.show_change = window.done.show_change
        self.show_notice = window.done.show_notice
        self.show_busy = window.done.show_busy
        self.show_receipt = app.show_receipt


def run_till(start: Start, lock: TillLock, argv: list[str] | None = None) -> int:
    """Open the window, run until it is closed, and return the exit status."""
    app = QApplication.instance() or QApplication(argv or sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("echoppe")
    app.setApplicationDisplayName("Échoppe")
    till = TillApp(app, start, lock)
    till.run()
    try:
        return app.exec()
    finally:
        till.close()

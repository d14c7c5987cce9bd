"""The screens of an open till, put together: basket, payment, receipt, and round again."""

# long: the one place where the screens are wired to each other

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos.countries import COUNTRIES
from pos.domain.basket import Basket
from pos.domain.facts import JournalEntry, SaleCompleted
from pos.domain.tender import TakenSoFar
from pos.ids import OperatorCode
from pos.money import Money
from pos.reports.sales import FindLastSale, SaleRecord
from receipts.copy import ReceiptCopy
from ui import format as text_of
from ui import wording
from ui.bridge import TillBridge, TillFacts
from ui.main_window import MainWindow
from ui.manual import cashiers_page
from ui.printing import Receipts
from ui.scanning.filter import ScanFilter
from ui.scanning.readings import Scan, is_hub_code
from ui.screens.checkout.elsewhere import Elsewhere
from ui.screens.checkout.memory import CheckoutMemory
from ui.screens.checkout.presenter import CheckoutPresenter
from ui.screens.checkout.view import CheckoutPage
from ui.screens.done.presenter import DonePresenter
from ui.screens.done.view import DonePage
from ui.screens.join.wording import joins_in_settings
from ui.screens.payment import doubts
from ui.screens.payment.due import Due
from ui.screens.payment.presenter import PaymentPresenter
from ui.screens.payment.view import WAIT_SHOWN_MS, PaymentPage
from ui.screens.rows import Notice
from ui.sound import Sounds
from ui.taken_before import TakenBefore
from ui.widgets.banner import BannerText

KEEP_AGAIN_MS = 2_000
OWED = "owed "
"""How the strips begin that say what goes back; the basket follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the screens stand on."""

    window: MainWindow
    bridge: TillBridge
    facts: TillFacts
    operator: OperatorCode
    receipts: Receipts
    scans: ScanFilter
    language: Callable[[], str]
    sounds: Sounds


@dataclass(frozen=True, slots=True)
class Carried:
    """What a window hands over to the one that is built in its place."""

    checkout: CheckoutMemory
    taken: TakenSoFar
    owed: tuple[TakenSoFar, ...]
    change: str  # of the last sale, while it is still to be seen
    is_taken_known: bool = True  # what was taken before the till stopped
    unsaved: tuple[TakenSoFar, ...] = ()  # what the disk has not confirmed yet


class Selling(QObject):
    """One window's screens; built anew when the language or the theme changes."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self.window = stage.window
        opened, bridge, language = stage.facts.opened, stage.bridge, stage.language
        self.opened = opened
        self._country = COUNTRIES[opened.identity.seller.country]
        self.checkout = CheckoutPresenter(
            _CheckoutWidgets(self.window), bridge, language, opened.currency
        )
        self.payment = PaymentPresenter(
            self.window.payment,
            bridge,
            language,
            country=self._country,
            operator=stage.operator,
        )
        self.done = DonePresenter(_DoneWidgets(self), bridge, language, operator=stage.operator)
        self._taken_said = ""
        self._elsewhere = Elsewhere(bridge, language, self.window.checkout.show_elsewhere)
        self.sold: list[Callable[[], None]] = []
        self.before_settings: Callable[[], None] = lambda: None
        self.scan_tested: Callable[[Scan], None] = lambda _scan: None
        self.before_sync: Callable[[], bool] = lambda: False  # says whether there is a hub
        self.hub_code_scanned: Callable[[], str] = joins_in_settings  # what to say of it
        self._locked_soon = QTimer(self, singleShot=True, interval=WAIT_SHOWN_MS)
        self._keep_soon = QTimer(self, singleShot=True, interval=KEEP_AGAIN_MS)
        self._keep_soon.timeout.connect(self.payment.kept.again)
        self._keep_soon.timeout.connect(self.checkout.save_again)
        self._locked_soon.timeout.connect(lambda: self._show_lock(is_locked=True))
        self._before_stop = TakenBefore(self.window, bridge, self._taken_here)
        self._before_stop.pay_again = self.pay
        self._wire_checkout()
        self._wire_payment()
        self._wire_done()
        self._wire_keys()
        self._before_help: QWidget = self.window.checkout
        self._is_help_wired = False

    def start(self, saved: Basket | None) -> None:
        """Show the checkout, with the basket that was in progress."""
        self.checkout.start(saved)
        self._show_checkout()
        self._before_stop.ask()

    def carry(self) -> Carried:
        """Return what the next window goes on with."""
        change = self.window.basket.last_change
        taken, owed, is_known = self.payment.taken, self.payment.owed, self._before_stop.is_known
        unsaved = self.payment.kept.unsaved
        return Carried(self.checkout.memory, taken, owed, change, is_known, unsaved)

    def go_on(self, carried: Carried) -> None:
        """Show the checkout as another window left it: its basket, what was taken, and undo."""
        self.checkout.start(carried.checkout)
        if carried.taken.basket_id == self.checkout.basket.basket_id:
            self.payment.go_on_with(carried.taken)
        for unsaved in carried.unsaved:
            self.payment.kept.keep_anew(unsaved)
        for owed in carried.owed:
            self.payment.owe(owed)
            self._say_owed(owed)
        self._show_checkout()
        self.window.basket.show_last_change(carried.change)
        if carried.is_taken_known:
            self._before_stop.know()
        else:
            self._before_stop.ask()

    def _taken_here(self, all_taken: tuple[TakenSoFar, ...]) -> None:
        """Go on with the payment of the basket that was in progress; the rest goes back."""
        basket = self.checkout.basket
        for taken in all_taken:
            if taken.basket_id == basket.basket_id and basket.lines and not taken.is_owed:
                self.payment.go_on_with(taken)
                self.pay()
                self.payment.say_stopped()
            else:
                self.payment.owe(taken)
                self._say_owed(taken)

    def work_as(self, operator: OperatorCode) -> None:
        """Record under this code from now on who sells."""
        self.payment.operator = self.done.operator = operator

    def close(self) -> None:
        """Let go of the scanner; another window takes it."""
        self._before_stop.close()
        self._keep_soon.stop()  # the next window keeps what this one could not
        self.payment.kept.failed = self.checkout.kept.failed = lambda: None
        self._stage.scans.scanned.disconnect(self._scanned)
        self._stage.bridge.recorded.disconnect(self._recorded)
        self._stage.scans.unregister(self.checkout)
        self._stage.scans.unregister(self.payment)

    @property
    def may_rebuild(self) -> bool:
        """Say whether nothing is half done but the basket."""
        return self.window.page is self.window.checkout or self.window.shows("settings")

    def pay(self) -> None:
        """Ask for the total of a filled basket."""
        on_checkout = self.window.page is self.window.checkout
        if on_checkout and self.checkout.has_to_be_answered():
            return  # what the customer holds would be missing
        if on_checkout and self.checkout.basket.lines and not self._before_stop.is_known:
            self._before_stop.pay_pressed()
        elif on_checkout and self.checkout.basket.lines:
            self.checkout.drop_quantity()
            self.payment.begin(self.checkout.basket)
            self.window.basket.show_pay(text=self.tr("Pay"), is_enabled=False)
            self.window.show_page(self.window.payment)

    def show_receipt(self, copy: ReceiptCopy) -> None:
        """Show a receipt on the page of the finished sale, or over the tiles if there is none."""
        number, is_of_sale = copy.sale.receipt_number, self.done.is_open

        def drawn(png: bytes) -> None:
            if not is_of_sale:
                self._stage.receipts.show_picture(number, png)
            elif self.done.is_open:  # nobody went on to the next customer meanwhile
                self.window.done.show_receipt_picture(png, number)

        self._stage.receipts.picture(copy, drawn)

    def _basket_changed(self, basket: Basket) -> None:
        paying = self.window.page is self.window.payment
        enabled = bool(basket.lines) and not paying
        self.window.basket.show_pay(text=self.tr("Pay"), is_enabled=enabled)
        self._show_taken(self._taken_said)

    def _show_taken(self, said: str) -> None:
        """Show what was taken for this basket, and what is left of its total or goes back."""
        basket, language = self.checkout.basket, self._stage.language()
        self._taken_said = said
        if not said or not basket.lines:
            self.window.basket.show_taken(said)
            return
        rest = Due(basket, self.payment.taken.tenders, self._country).rest
        left = text_of.money(Money(abs(rest.minor), rest.currency), language)
        self.window.basket.show_taken(said, left, goes_back=rest.minor < 0)

    def _show_checkout(self) -> None:
        self.window.show_page(self.window.checkout)
        self._basket_changed(self.checkout.basket)

    def _lock(self, is_locked: bool) -> None:
        """Let nothing of the basket be changed while it is saved, or once it is paid.

        The screen shows it only if somebody has to wait: a sale is saved in a millisecond, if
        nothing is painted meanwhile.
        """
        if is_locked:
            self.checkout.lock()
            self._locked_soon.start()
        else:
            self._show_lock(is_locked=False)
            self.checkout.unlock()

    def _show_lock(self, *, is_locked: bool) -> None:
        self._locked_soon.stop()
        self.window.basket.set_locked(is_locked=is_locked)

    def _sold(self, sale: SaleCompleted, _basket_id: str) -> None:
        for tell in self.sold:
            tell()
        self.checkout.lock()
        self._show_lock(is_locked=True)
        self.done.begin(sale)
        self.window.show_page(self.window.done)
        self.window.done.focus_next()
        if self._stage.receipts.has_drawer and any(t.method == "cash" for t in sale.tenders):
            self._stage.receipts.open_drawer()

    def _abandoned(self) -> None:
        """Begin anew after a sale that nobody could save."""
        self._show_lock(is_locked=False)
        self._show_checkout()  # first: what is said of the next basket is said there
        self.checkout.abandon()

    def _next_sale(self) -> None:
        self._show_lock(is_locked=False)
        self._show_checkout()  # first: what is said of the next basket is said there
        self.checkout.next_sale()
        self.window.basket.show_last_change(self.done.change)

    @Slot(object)
    def _scanned(self, scan: Scan) -> None:
        """Do the right thing with a scan, whatever is on the screen."""
        if self.window.shows("help"):
            self._help()
        if self.window.shows("settings"):
            self.scan_tested(scan)
            return
        if self.window.shows("sync"):
            self._show_checkout()
        if any(is_hub_code(text) for text in scan.candidates):
            self._stage.sounds.scan(False)
            _in_front(self.window).show_notice(Notice(self.hub_code_scanned(), is_trouble=True))
            return
        if self.done.is_open:
            self.done.next_sale()
        self.checkout.scanned(scan.candidates)

    @Slot(object)
    def _recorded(self, entry: JournalEntry) -> None:
        if isinstance(entry.fact, SaleCompleted):
            self.checkout.stock_moved([line.variant_id for line in entry.fact.lines])

    # Wiring --------------------------------------------------------------------------------------

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
        page.settings_wanted.connect(self.show_settings)
        page.sold_out_asked.connect(self._elsewhere.ask)
        page.line_removed.connect(checkout.remove_current)
        page.notice_confirmed.connect(checkout.confirm_notice)
        page.notice.gone.connect(checkout.forget_notice)
        page.notice.uncovered.connect(checkout.ask_again)
        panel.line_chosen.connect(checkout.choose_line)
        panel.plus.connect(lambda: checkout.change_current(1))
        panel.minus.connect(lambda: checkout.change_current(-1))
        panel.removed.connect(checkout.remove_current)
        panel.size_chosen.connect(checkout.change_size)
        panel.size_asked.connect(page.say_sold_out)
        panel.size_chosen.connect(page.hear_answer)
        panel.undone.connect(self._undo)
        panel.quantity_dropped.connect(checkout.drop_quantity)
        panel.paid.connect(self.pay)
        checkout.scan_told = self._stage.sounds.scan
        checkout.kept.failed = self._keep_soon.start
        checkout.basket_changed.append(self._basket_changed)
        checkout.basket_changed.append(self.payment.basket_changed)
        self._stage.scans.register(checkout, owner=page)
        self._stage.scans.scanned.connect(self._scanned)
        self._stage.bridge.recorded.connect(self._recorded)

    def _wire_payment(self) -> None:
        payment, page = self.payment, self.window.payment
        page.typed.connect(payment.type_text)
        page.erased.connect(payment.erase)
        page.left.connect(payment.back)
        page.retried.connect(payment.retry)
        page.basket_wanted.connect(payment.to_basket)
        page.abandoned.connect(payment.abandon)
        page.answered.connect(lambda is_yes: payment.answer(is_yes=is_yes))
        page.method_chosen.connect(payment.pay)
        page.quick_chosen.connect(payment.quick)
        page.terminal_confirmed.connect(payment.confirm_terminal)
        page.terminal_cancelled.connect(payment.cancel_terminal)
        page.tender_removed.connect(payment.remove_tender)
        page.notice.confirmed.connect(self.checkout.confirm_notice)
        page.notice.gone.connect(self.checkout.forget_notice)
        page.notice.uncovered.connect(self.checkout.ask_again)
        payment.sold = self._sold
        payment.gave_back = lambda owed: self._show_owed(owed, doubts.owed)
        payment.kept.failed = self._keep_soon.start
        payment.left = self._show_checkout
        payment.abandoned = self._abandoned
        payment.taken_changed = self._show_taken
        payment.lock_changed = self._lock
        payment.waiting_changed = lambda waits: self.window.basket.set_locked(is_locked=waits)
        self._stage.scans.register(payment, owner=page)

    def _wire_done(self) -> None:
        done, page = self.done, self.window.done
        page.next_wanted.connect(done.next_sale)
        page.print_wanted.connect(lambda: done.receipt("print"))
        page.show_wanted.connect(lambda: done.receipt("screen"))
        self.window.last_receipt_wanted.connect(lambda: done.last_receipt("print"))
        self.window.last_receipt.asks.connect(self._name_last_sale)
        done.finished = self._next_sale
        done.print_copy = self._stage.receipts.print
        done.printer_is = self._stage.receipts.printer_is

    def _name_last_sale(self) -> None:
        """Say on the key which sale it would print again, while it asks."""

        def say(last: SaleRecord | None) -> None:
            if last is not None:
                amount = last.sale.total + last.sale.rounding
                self.window.name_last_sale(text_of.money(amount, self._stage.language()))

        self._stage.bridge.ask(FindLastSale(), done=say)

    def _wire_keys(self) -> None:
        self.window.help_wanted.connect(self._help)
        self.window.settings_wanted.connect(self.show_settings)
        self.window.sync_wanted.connect(self.show_sync)
        for keys, action in (
            ("F1", self._help),
            ("F2", self.window.checkout.focus_search),
            ("F9", self.window.last_receipt.click),
            ("F11", self.show_sync),
            ("F10", self.show_settings),
            ("F12", self.pay),
            ("Ctrl+Return", self.pay),
            ("Ctrl+Z", self._undo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.window, action)
            shortcut.setAutoRepeat(keys == "Ctrl+Z")  # only what takes back may be held down

    def _help(self) -> None:
        """Show the map of the keys, or go back to where one was."""
        window = self.window
        if window.shows("help"):
            window.show_page(self._before_help)
        else:
            if not self._is_help_wired:
                self._is_help_wired = True
                window.help.left.connect(self._help)
                window.help.manual_wanted.connect(self._manual)
            self._before_help = window.page
            window.show_page(window.help)

    def show_settings(self) -> None:
        """Show the settings, from the checkout only, or go back to it."""
        window = self.window
        if window.shows("help"):
            self._help()
        if window.shows("settings"):
            self._show_checkout()
        elif window.page is window.checkout:
            self.before_settings()
            window.show_page(window.settings)

    def show_sync(self) -> None:
        """Show the hub's page, from the checkout only, or go back to it."""
        window = self.window
        if window.shows("help"):
            self._help()
        if window.shows("sync"):
            window.sync.left.emit()
        elif window.page is window.checkout and self.before_sync():
            window.show_page(window.sync)

    def left_sync(self) -> None:
        """Go back to the checkout."""
        if self.window.shows("sync"):
            self._show_checkout()

    def _manual(self) -> None:
        """Open the cashier's page in what this machine shows pages with, and say what else helps.

        That somebody was asked to show it does not mean that it is shown: `xdg-open` starts, and
        fails later, where there is no browser.
        """
        page = str(cashiers_page(self._stage.language()))
        is_asked = QDesktopServices.openUrl(QUrl.fromLocalFile(page))
        said = wording.page_opens() if is_asked else wording.nothing_shows_pages()
        self.window.help.show_notice(Notice(said))

    def _undo(self) -> None:
        if self.payment.is_open and self.payment.is_waiting:
            return  # what the terminal takes is reckoned from this basket
        if not self.done.is_open and not self.payment.is_locked:
            self.checkout.undo()
            basket = self.checkout.basket
            if self.payment.take_again(basket):
                self.window.banners.show_banner(f"{OWED}{basket.basket_id}", None)

    def _say_owed(self, taken: TakenSoFar) -> None:
        """Say what goes back until somebody has understood it; each basket has its own strip."""
        say = doubts.owed if taken.is_owed else doubts.owed_of_no_basket
        self._show_owed(taken, say)

    def _show_owed(self, taken: TakenSoFar, say: Callable[[TakenSoFar, str], str]) -> None:
        subject, language = f"{OWED}{taken.basket_id}", self._stage.language
        strip = BannerText(
            say(taken, language()),
            can_close=True,
            again=lambda: say(taken, language()),
            closed=lambda: self.payment.given_back(taken.basket_id),
        )
        self.window.banners.show_banner(subject, None)  # another window's strip tells that window
        self.window.banners.show_banner(subject, strip)


class _CheckoutWidgets:
    """The checkout's view: its page and the basket beside it."""

    def __init__(self, window: MainWindow) -> None:
        page = window.checkout
        self.show_categories = page.show_categories
        self.show_tiles = page.show_tiles
        self.show_nothing_found = page.show_nothing_found
        self.show_left = page.show_left
        self.show_quantity = window.basket.show_quantity
        self.show_search = page.show_search
        self.show_basket = window.basket.show_basket
        self._window = window

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence on the page that is in front."""
        _in_front(self._window).show_notice(notice)


class _DoneWidgets:
    """The end of a sale's view; its notices also show on the checkout, for the last receipt."""

    def __init__(self, selling: Selling) -> None:
        window = selling.window
        self.show_change = window.done.show_change
        self.show_paid = window.done.show_paid
        self.show_ways = window.done.show_ways
        self.show_busy = window.done.show_busy
        self.show_issued = window.done.show_issued
        self.show_receipt = selling.show_receipt
        self._window = window

    def show_notice(self, notice: Notice | None) -> None:
        """Show a sentence on the page that is in front."""
        _in_front(self._window).show_notice(notice)


def _in_front(window: MainWindow) -> CheckoutPage | PaymentPage | DonePage:
    page = window.page
    return page if isinstance(page, PaymentPage | DonePage) else window.checkout

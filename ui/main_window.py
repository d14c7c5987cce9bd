"""The window: pages on the left, basket on the right, lights at the foot, banners at the top."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.screens.checkout.view import CheckoutPage
from ui.screens.done.view import DonePage
from ui.screens.payment.view import PaymentPage
from ui.screens.trouble.view import TroublePage
from ui.theme.palette import GAP, NIGHT
from ui.theme.theme import colours
from ui.widgets.banner import Banners
from ui.widgets.basket_panel import BasketPanel
from ui.widgets.controls import AskingKey, button
from ui.widgets.lights import Light, Place
from ui.widgets.pictures import Pictures
from ui.widgets.receipt_window import PAGES

if TYPE_CHECKING:
    from ui.screens.help.view import HelpPage
    from ui.screens.settings.view import SettingsPage
    from ui.screens.sync.view import SyncPage
    from ui.screens.welcome.view import WelcomePage

SMALLEST = (1024, 706)
"""768 lines less a title bar and a task bar."""
MORE_THAN_NOTHING = 1_000
"""How much of the free room the hub's sentence has, beside the emptiness left of it."""
Rare = Literal["help", "settings", "sync", "welcome"]
"""Pages that are made when they are first wanted: the start is for selling."""


class MainWindow(QMainWindow):
    """Arranges the pages; what they do is decided elsewhere.

    Signals:
        closing: the window is about to close.
        last_receipt_wanted: print the last receipt again; its key has asked already.
        theme_wanted, language_wanted: the next one, please.
        help_wanted: the map of the keys, or back.
        settings_wanted: the settings of this machine, or back.
        sync_wanted: the page about the hub, or back.
        page_changed: a page is in front, which may be the one that was there.
    """

    closing = Signal()
    last_receipt_wanted = Signal()
    theme_wanted = Signal()
    language_wanted = Signal()
    help_wanted = Signal()
    settings_wanted = Signal()
    sync_wanted = Signal()
    page_changed = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.setWindowTitle("Échoppe")
        self.setMinimumSize(*SMALLEST)
        self.trouble = TroublePage()
        self.checkout = CheckoutPage(pictures)
        self.payment = PaymentPage()
        self.done = DonePage()
        self.basket = BasketPanel()
        self.banners = Banners()
        self.may_close: Callable[[], bool] = lambda: True
        self._pages = QStackedWidget()
        self._pages.setObjectName(PAGES)
        for page in (self.trouble, self.checkout, self.payment, self.done):
            self._pages.addWidget(page)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._pages, 1)
        body.addWidget(self.basket)
        central = QWidget()
        central.setObjectName("page")
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banners)
        layout.addLayout(body, 1)
        layout.addWidget(self._make_foot())
        self.setCentralWidget(central)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self.show_page(self.trouble)

    @cached_property
    def help(self) -> HelpPage:
        """Return the map of the keys."""
        from ui.screens.help.view import HelpPage

        page = HelpPage()
        self._pages.addWidget(page)
        return page

    @cached_property
    def settings(self) -> SettingsPage:
        """Return the settings of this machine."""
        from ui.screens.settings.view import SettingsPage

        page = SettingsPage()
        self._pages.addWidget(page)
        return page

    @cached_property
    def sync(self) -> SyncPage:
        """Return the page about the hub."""
        from ui.screens.sync.view import SyncPage

        page = SyncPage()
        self._pages.addWidget(page)
        return page

    @cached_property
    def welcome(self) -> WelcomePage:
        """Return the first start."""
        from ui.screens.welcome.view import WelcomePage

        page = WelcomePage()
        self._pages.addWidget(page)
        return page

    def shows(self, *names: Rare) -> bool:
        """Say whether one of these pages is in front; makes none."""
        return any(self.__dict__.get(name) is self.page for name in names)

    @property
    def page(self) -> QWidget:
        """Return the page that is shown."""
        page = self._pages.currentWidget()
        assert page is not None
        return page

    def show_page(self, page: QWidget) -> None:
        """Show a page and give it the keys."""
        self._pages.setCurrentWidget(page)
        selling = page is not self.trouble and not self.shows("welcome")
        self.basket.setVisible(selling and not self.shows("help", "settings", "sync"))
        self._foot.setVisible(selling)
        for key in self._looks:  # elsewhere something is half done
            key.setEnabled(page is self.checkout or self.shows("settings"))
        self.printer.lead_on(leads_on=page is self.checkout)
        self.hub.lead_on(leads_on=page is self.checkout or self.shows("sync"))
        if selling:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_changed.emit()

    def show_till(self, place: str, operator: str) -> None:
        """Show where this till is, and who works with it."""
        self._where.show_place(place)
        self._who.show_place(operator)

    def name_last_sale(self, amount: str) -> None:
        """Say on the key of the last receipt, while it asks, which one it would print."""
        self.last_receipt.say_exactly(self._print_again(amount))

    def _print_again(self, amount: str) -> str:
        return self.tr("Copy of {amount}?").format(amount=amount)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape reach the page also from beside it: it goes back a step everywhere."""
        focus = QApplication.focusWidget()
        is_beside = focus is not None and not self.page.isAncestorOf(focus)
        if event.key() == Qt.Key.Key_Escape and is_beside and focus is not self.page:
            self.page.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close unless something must be finished first."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """Scroll what has the focus into sight, unless a finger is on the screen."""
        if now is None or now.window() is not self or QApplication.mouseButtons():
            return
        if old is not None and self.basket.isAncestorOf(old) and not old.isVisible():
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)  # not on to whatever comes next
            return
        around = now.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(now, 0, GAP)
            around = around.parentWidget()

    @Slot()
    def _printer_pressed(self) -> None:
        """Lead to the printer's settings, unless the press is to try again."""
        if not self.printer.is_in_trouble:
            self.settings_wanted.emit()
            if self.shows("settings"):
                self.settings.focus_on("kind")

    def _make_foot(self) -> QFrame:
        self._foot = QFrame()
        self._foot.setObjectName("statusbar")
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(GAP, 2, GAP, 2)
        row.setSpacing(GAP)
        self._where, self._who = Place(), Place()
        self._where.setContentsMargins(GAP, 0, 0, 0)
        self.printer = Light("printer")
        self.printer.clicked.connect(self._printer_pressed)
        self.hub = Light("cloud-upload")
        self.hub.clicked.connect(self.sync_wanted)
        self.hub.hide()  # until there is one
        help_key = button(
            self.tr("Help"), self.help_wanted.emit, role="foot", icon_name="circle-help"
        )
        help_key.setToolTip("F1")
        last = AskingKey(
            self.tr("Last receipt"),
            self.tr("Make a copy?"),
            longest=self._print_again("€8,888.88"),
            icon_name="receipt-text",
        )
        last.confirmed.connect(self.last_receipt_wanted)
        self.last_receipt = last
        self._looks = self._make_looks()
        row.addWidget(self._where)
        row.addWidget(self._who)
        row.addStretch(1)
        row.addWidget(self.hub, MORE_THAN_NOTHING)
        row.addWidget(self.printer)
        for key in (last, help_key, *self._looks):
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a finger's press leaves the focus alone
            row.addWidget(key)
        return self._foot

    def _make_looks(self) -> tuple[QPushButton, ...]:
        """Return the keys that build the window anew, or lead away from the sale."""
        theme = button(
            "",
            self.theme_wanted.emit,
            role="foot",
            icon_name="sun" if colours() is NIGHT else "moon",  # where it leads
            name=self.tr("Day or night"),
        )
        language = button(
            "",
            self.language_wanted.emit,
            role="foot",
            icon_name="languages",
            name=self.tr("Language"),
        )
        settings = button(
            "",
            self.settings_wanted.emit,
            role="foot",
            icon_name="sliders-horizontal",
            name=self.tr("Settings"),
        )
        return settings, theme, language

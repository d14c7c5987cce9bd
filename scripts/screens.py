"""Every screen of the till, brought about as it comes about on a stand."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos.domain.basket import Basket
from pos.reports.catalogue import SizeKey
from pos.reports.sales import SavedBasket
from ui.demo import CATALOGUE, MANAGER_CODE, MANAGER_NAME, SELLER, STAND_NAME
from ui.demo.cashier import Cashier
from ui.demo.player import Scene, Until, expect
from ui.demo.stage import Stage
from ui.widgets.basket_row import BasketLineRow
from ui.widgets.receipt_window import ReceiptWindow

UNKNOWN_CODE = "4006381333931"
LONG_BASKET = 12
PIN = "271828"


def everyday(stage: Stage) -> Iterator[tuple[str, Scene]]:
    """Return the four screens of every sale."""
    yield "everyday", _everyday(stage)


def details(stage: Stage) -> Iterator[tuple[str, Scene]]:
    """Return what else may be seen while all is well."""
    detail = _Details(stage)
    yield "opening", detail.opening()
    yield "checkout", detail.checkout()
    yield "payment", detail.payment()
    yield "receipt", detail.receipt()


def printer_off(stage: Stage) -> Iterator[tuple[str, Scene]]:
    """Return a printer that does not answer; the settings name one."""
    yield "printer off", _printer_off(stage)


def full_disk(stage: Stage) -> Iterator[tuple[str, Scene]]:
    """Return a sale that the disk does not take."""
    yield "full disk", _full_disk(stage)


def damaged(stage: Stage) -> Iterator[tuple[str, Scene]]:
    """Return a till that does not open; somebody has damaged its file before."""
    stage.expects_trouble = True  # from the start: it comes as soon as the till is opened
    return iter([("damaged", _damaged(stage))])


def settings(stage: Stage) -> Iterator[tuple[str, Scene]]:
    """Return the settings of a till that works."""
    yield "settings", _settings(stage)


def first_start(stage: Stage) -> Iterator[tuple[str, Scene]]:
    """Return the way from an empty folder to a till that sells."""
    stage.expects_trouble = True  # there is no till yet, and the window hears so
    return iter([("first start", _FirstStart(stage).set_up())])


@dataclass(frozen=True, slots=True)
class Tour:
    """Some screens, and what the till has to be like for them."""

    name: str
    scenes: Callable[[Stage], Iterator[tuple[str, Scene]]]
    printer: str = "preview"
    is_damaged: bool = False
    is_first_start: bool = False  # in an empty folder, for a till that sells


EVERYDAY = Tour("everyday", everyday)
OTHERS = (
    Tour("details", details),
    Tour("printer off", printer_off, printer="network"),
    Tour("full disk", full_disk),
    Tour("damaged", damaged, is_damaged=True),
    Tour("settings", settings),
    Tour("first start", first_start, is_first_start=True),
)


def _ready(stage: Stage, cashier: Cashier) -> Scene:
    yield Until("the till is ready", lambda: stage.is_ready)
    yield Until("the tiles are there", lambda: bool(stage.keys(cashier.hand)))


def _fill(stage: Stage, cashier: Cashier) -> Scene:
    """Put two of one design and one of another into the basket."""
    first, *_, last = cashier.live(stage.keys(cashier.hand), 3)
    for count, key in enumerate((first, first, last), start=1):
        cashier.hand.touch(key)
        yield stage.pieces(count)


def _everyday(stage: Stage) -> Scene:
    cashier = Cashier(stage)
    yield from _ready(stage, cashier)
    yield from stage.photograph("checkout-empty")
    yield from _fill(stage, cashier)
    yield from stage.photograph("checkout")
    yield from cashier.to_payment()
    yield from stage.photograph("payment")
    cashier.hand.touch(cashier.quick_keys()[-1])
    yield from cashier.paid()
    yield from stage.photograph("done-change")


class _Details:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._cashier = Cashier(stage)
        self._hand = self._cashier.hand

    def opening(self) -> Scene:
        """See the window before the till is open; the chain is checked meanwhile."""
        self._stage.save_picture("opening")
        yield from _ready(self._stage, self._cashier)

    def checkout(self) -> Scene:
        """Search, sell what is gone, scan what nobody knows; ask for the keys."""
        stage, hand, cashier = self._stage, self._hand, self._cashier
        hand.key(Qt.Key.Key_F2)
        hand.type("vent")
        yield stage.asked(SavedBasket(), [])  # whatever was asked before is answered then
        yield from stage.photograph("checkout-search")
        hand.type("ilo")
        yield Until("nothing is found", lambda: not stage.cards())
        yield from stage.photograph("checkout-nothing-found")
        yield from cashier.empty_search()
        dead = next(key for key in stage.keys(hand) if key.is_sold_out)
        hand.touch(dead)
        yield from stage.photograph("checkout-sell-anyway")
        yield Until("the key takes a yes", lambda: dead.takes_yes)
        hand.touch(dead)
        yield stage.pieces(1)
        yield from stage.photograph("checkout-oversold")
        yield from self._open_line(-1)
        yield from stage.photograph("checkout-sizes")
        yield from self._scan_what_is_gone()
        yield from stage.photograph("checkout-sold-out-scan")
        hand.scan(UNKNOWN_CODE)
        notice = stage.window.checkout.notice
        yield Until("the code is named", lambda: UNKNOWN_CODE in notice.text)
        yield from cashier.type_quantity("12")
        yield from stage.photograph("checkout-unknown-code-and-quantity")
        hand.key(Qt.Key.Key_Escape)
        hand.key(Qt.Key.Key_F1)
        yield stage.shows(stage.window.help)
        yield from stage.photograph("help")
        hand.key(Qt.Key.Key_F1)
        yield stage.shows(stage.window.checkout)
        yield from cashier.scan(LONG_BASKET)
        yield from stage.photograph("checkout-long-basket")
        yield from self._open_line(-3)
        yield from stage.photograph("checkout-long-basket-sizes")

    def _open_line(self, place: int) -> Scene:
        """Touch a line that is seen of the basket, for its other sizes."""
        rows = self._stage.window.basket.findChildren(BasketLineRow)
        seen = [row for row in rows if self._hand.reaches(row)]
        self._hand.touch(sorted(seen, key=lambda row: row.y())[place])
        yield self._stage.asked(SavedBasket(), [])

    def _scan_what_is_gone(self) -> Scene:
        stage = self._stage
        gone: list[SizeKey] = []
        yield from stage.labels(lambda key: bool(key.variant.barcode) and key.on_hand <= 0, gone)
        self._hand.scan(gone[-1].variant.barcode)
        notice = stage.window.checkout.notice
        yield Until("the till asks", lambda: bool(notice.text))

    def payment(self) -> Scene:
        """Type, take several tenders, ask the terminal."""
        stage, hand, cashier = self._stage, self._hand, self._cashier
        yield from cashier.to_payment()
        yield from cashier.type_amount("20")
        yield from stage.photograph("payment-typed")
        hand.key(Qt.Key.Key_Return, "\r")
        yield from cashier.type_amount("30")
        yield from cashier.on_terminal(Qt.Key.Key_V, "v")
        hand.key(Qt.Key.Key_Return, "\r")
        yield from cashier.type_amount("999")
        hand.key(Qt.Key.Key_C, "c")

        def is_asked() -> bool:
            return len(stage.buttons(stage.window.payment, icon="chevron-left")) > 1

        yield Until("the till asks", is_asked)
        yield from stage.photograph("payment-too-much")
        hand.key(Qt.Key.Key_Escape)
        yield Until("the keys are back", lambda: not is_asked())
        yield from stage.photograph("payment-split")
        yield from cashier.on_terminal(Qt.Key.Key_C, "c")
        yield from stage.photograph("payment-terminal")
        hand.key(Qt.Key.Key_Return, "\r")
        yield from cashier.paid()
        yield from stage.photograph("done-paid")

    def receipt(self) -> Scene:
        """Show the receipt, wait for the next customer, and show it once more."""
        stage, hand, cashier = self._stage, self._hand, self._cashier
        sale = stage.sales[-1]
        hand.touch(stage.button(stage.window.done, icon="qr-code"))
        yield Until("the receipt is on the screen", lambda: cashier.sees_receipt(sale))
        yield from stage.photograph("done-receipt")
        yield from cashier.next_by_touch()
        yield from stage.photograph("checkout-next")
        hand.key(Qt.Key.Key_F9)
        yield Until("the key takes a yes", lambda: stage.window.last_receipt.takes_yes)
        hand.key(Qt.Key.Key_F9)
        yield Until("the receipt is over the tiles", self._sees_last_receipt)
        yield from stage.photograph("last-receipt")
        hand.key(Qt.Key.Key_Escape)
        yield Until("the tiles are free", lambda: not self._sees_last_receipt())

    def _sees_last_receipt(self) -> bool:
        shown = self._stage.window.findChildren(ReceiptWindow)
        return any(window.isVisible() for window in shown)


def _printer_off(stage: Stage) -> Scene:
    cashier = Cashier(stage)
    yield from _ready(stage, cashier)
    yield from _fill(stage, cashier)
    yield from cashier.to_payment()
    cashier.hand.touch(cashier.quick_keys()[0])
    yield from cashier.paid()
    cashier.hand.touch(stage.button(stage.window.done, icon="printer"))
    light = stage.window.printer
    before = light.text()
    yield Until("the light says that it is off", lambda: light.text() != before)
    yield from stage.photograph("printer-off")


def _full_disk(stage: Stage) -> Scene:
    """Let no file grow any more for as long as one sale takes."""
    cashier = Cashier(stage)
    yield from _ready(stage, cashier)
    yield from _fill(stage, cashier)
    saved: list[Basket | None] = []
    yield stage.asked(SavedBasket(), saved)
    yield from cashier.to_payment()
    stage.expects_trouble = True
    with _no_file_grows():
        cashier.hand.touch(cashier.quick_keys()[0])
        yield Until("a banner says so", lambda: len(stage.window.banners.texts()) > 1)
    yield from stage.photograph("payment-not-saved")
    expect(not stage.sales, "nothing was sold")
    cashier.hand.touch(stage.button(stage.window.payment, icon="rotate-ccw"))
    yield from cashier.paid()


@contextmanager
def _no_file_grows() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _damaged(stage: Stage) -> Scene:
    cashier = Cashier(stage)
    page = stage.window.trouble
    yield Until("the ways on are shown", lambda: bool(stage.buttons(page, icon="sparkles")))
    yield from stage.photograph("trouble-damaged")
    cashier.hand.touch(stage.button(page, icon="sparkles"))
    yield from stage.photograph("trouble-sure")


def _settings(stage: Stage) -> Scene:
    cashier = Cashier(stage)
    yield from _ready(stage, cashier)
    cashier.hand.key(Qt.Key.Key_F10)
    yield stage.shows(stage.window.settings)
    yield from stage.photograph("settings")


class _FirstStart:
    """Somebody with a new laptop in a field, who types what is missing."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._hand = Cashier(stage).hand
        self._page = stage.window.welcome

    def set_up(self) -> Scene:
        """Go through the door to a till that sells, and on to its open window."""
        stage, page = self._stage, self._page
        yield stage.shows(page)
        yield from stage.photograph("first-start-doors")
        _demo, set_up, _training = stage.buttons(page, role="accent")
        self._hand.touch(set_up)
        yield Until("the seller is asked for", lambda: bool(self._fields()))
        self._next()
        yield from stage.photograph("first-start-seller-missing")
        street, town = SELLER["address"]
        named = (SELLER["name"], SELLER["legal_form"], street, town)
        self._fill(*named, SELLER["registration"], SELLER["vat_number"])
        yield from stage.photograph("first-start-seller")
        yield from self._next_with(3)
        self._fill(STAND_NAME)
        yield from stage.photograph("first-start-stand")
        yield from self._next_with(4)
        self._fill(MANAGER_NAME, MANAGER_CODE, PIN, PIN)
        yield from stage.photograph("first-start-manager")
        yield from self._next_with(0)
        yield from stage.photograph("first-start-catalogue")
        page.catalogue_chosen.emit(CATALOGUE)
        yield Until("the books are asked about", lambda: bool(stage.buttons(page, role="chip")))
        yield from stage.photograph("first-start-catalogue-chosen")
        self._next()
        yield Until("all is shown once more", lambda: not stage.buttons(page, role="chip"))
        yield from stage.photograph("first-start-ready")
        self._next()
        yield Until("the till is ready", lambda: stage.is_ready)
        yield Until("the tiles are there", lambda: bool(stage.keys(self._hand)))
        yield from stage.photograph("checkout-live")

    def _fields(self) -> list[QLineEdit]:
        fields = self._page.findChildren(QLineEdit)
        return [field for field in fields if field.isVisibleTo(self._stage.window)]

    def _fill(self, *texts: str) -> None:
        for field, text in zip(self._fields(), texts, strict=False):
            self._hand.touch(field)
            self._hand.key(Qt.Key.Key_A, "", Qt.KeyboardModifier.ControlModifier)
            self._hand.type(text)

    def _next(self) -> None:
        self._hand.touch(self._stage.buttons(self._page, role="accent")[-1])

    def _next_with(self, fields: int) -> Scene:
        self._next()
        yield Until(f"a step with {fields} fields", lambda: len(self._fields()) == fields)

"""The scripted day: what happens on a stand, scene by scene.

Nothing in here knows a price or a number of pieces left: articles are chosen by what the screen
shows, so that the same day can be played again tomorrow on the same stock.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.domain.basket import Basket
from pos.domain.tender import CASH
from pos.reports.catalogue import SizeKey
from pos.reports.sales import SavedBasket
from ui.demo.cashier import Cashier
from ui.demo.player import Scene, Until, expect
from ui.demo.stage import Stage

SCANNED = 5
SCANNED_BEFORE_THE_CUT = 2
HALF_A_NAME = "âimànts"  # Aimants des bois, by somebody in a hurry
UNKNOWN_CODE = "4006381333931"
NOTE = "50"  # typed as what was handed over, in euros


class Day:
    """The scenes of a day, on one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._cashier = Cashier(stage)
        self._hand = self._cashier.hand

    def until_the_cut(self) -> Iterator[tuple[str, Scene]]:
        """Return the scenes up to the moment at which the plug is pulled."""
        yield "open", self.open()
        yield "cash_by_tile", self.cash_by_tile()
        yield "three_by_card", self.three_by_card()
        yield "unplugged", self.unplugged()

    def after_the_cut(self) -> Iterator[tuple[str, Scene]]:
        """Return the scenes from the next start on."""
        yield "after_the_cut", self.after_the_plug()
        yield "five_codes", self.five_codes()
        yield "record_by_name", self.record_by_name()
        yield "wrong_size", self.wrong_size()
        yield "sold_out", self.sold_out()
        yield "unknown_code", self.unknown_code()
        yield "quantity_and_receipt", self.quantity_and_receipt()

    # Before the cut ------------------------------------------------------------------------------

    def open(self) -> Scene:
        """Wait for the till; put back what an earlier day left in the basket."""
        stage = self._stage
        yield Until("the till is ready", lambda: stage.is_ready)
        yield Until("the tiles are there", lambda: bool(stage.keys(self._hand)))
        expect(bool(stage.window.banners.texts()), "the banner says that this is training")
        for _line in stage.basket.lines:
            self._hand.key(Qt.Key.Key_PageDown)
            self._hand.key(Qt.Key.Key_Delete)
        yield stage.pieces(0)
        yield from stage.photograph("open")

    def cash_by_tile(self) -> Scene:
        """Four taps: size, pay, exact cash, next."""
        stage, hand = self._stage, self._hand
        hand.touch(self._cashier.key(left_min=1))
        yield stage.pieces(1)
        yield from stage.photograph("basket")
        yield from self._cashier.to_payment()
        yield from stage.photograph("payment")
        hand.touch(self._cashier.quick_keys()[0])  # the exact amount
        yield from self._cashier.paid()
        sale = stage.sales[-1]
        expect(not sale.change, "exact cash gives no change")
        expect([tender.method for tender in sale.tenders] == [CASH], "paid in cash")
        yield from stage.photograph("paid")
        yield from self._cashier.next_by_touch()

    def three_by_card(self) -> Scene:
        """Three sizes of one design, paid on the terminal, by keyboard."""
        stage, hand = self._stage, self._hand
        yield from self._cashier.category("Sweats")
        card = next(c for c in stage.cards() if len(self._cashier.live(c.keys, 2)) >= 3)
        for count, key in enumerate(self._cashier.live(card.keys, 2)[:3], start=1):
            hand.touch(key)
            yield stage.pieces(count)
        yield from stage.photograph("three-sizes")
        hand.key(Qt.Key.Key_F12)
        yield stage.shows(stage.window.payment)
        yield from self._cashier.on_terminal(Qt.Key.Key_C, "c")
        yield from stage.photograph("terminal")
        hand.key(Qt.Key.Key_Return, "\r")
        yield from self._cashier.paid()
        expect([t.method for t in stage.sales[-1].tenders] == ["card"], "paid by card")
        yield from stage.photograph("paid-by-card")
        hand.key(Qt.Key.Key_Return, "\r")
        yield stage.shows(stage.window.checkout)

    def unplugged(self) -> Scene:
        """Scan two articles, and wait until the till says that it has written them down."""
        yield from self._cashier.scan(SCANNED_BEFORE_THE_CUT)
        yield from self._stage.photograph("before-the-cut")
        saved: list[Basket | None] = []
        yield self._stage.asked(SavedBasket(), saved)
        expect(saved == [self._stage.basket], "the basket is saved")

    # After it ------------------------------------------------------------------------------------

    def after_the_plug(self) -> Scene:
        """See the basket that was there when the power went."""
        stage = self._stage
        yield Until("the till is ready", lambda: stage.is_ready)
        yield Until("the tiles are there", lambda: bool(stage.keys(self._hand)))
        yield stage.pieces(SCANNED_BEFORE_THE_CUT)
        yield from stage.photograph("after-the-cut")

    def five_codes(self) -> Scene:
        """Three more codes, and a note that is more than enough."""
        stage, hand = self._stage, self._hand
        yield from self._cashier.scan(SCANNED - SCANNED_BEFORE_THE_CUT)
        expect(stage.basket.pieces == SCANNED, "five articles were scanned, none twice or lost")
        yield from stage.photograph("five-codes")
        yield from self._cashier.to_payment()
        yield from self._cashier.type_amount(NOTE)
        yield from stage.photograph("note-typed")
        hand.key(Qt.Key.Key_Return, "\r")
        yield from self._cashier.paid()
        self._cashier.expect_change()
        yield from stage.photograph("change")
        yield from self._cashier.next_by_touch()

    def record_by_name(self) -> Scene:
        """Search as one speaks; pay with a note that has its key; show the receipt."""
        stage, hand = self._stage, self._hand
        yield from self._cashier.search(HALF_A_NAME)
        yield from stage.photograph("search")
        hand.touch(self._cashier.key(left_min=1))
        yield stage.pieces(1)
        yield from self._cashier.to_payment()
        hand.touch(self._cashier.quick_keys()[-1])  # the largest of the notes that people hand over
        yield from self._cashier.paid()
        self._cashier.expect_change()
        sale = stage.sales[-1]
        shown = len(stage.receipts)
        hand.touch(stage.button(stage.window.done, icon="qr-code"))
        yield Until("a receipt is issued", lambda: len(stage.receipts) == shown + 1)
        yield Until(
            "the receipt is on the screen",
            lambda: self._cashier.sees_receipt(sale),
        )
        yield from stage.photograph("receipt-shown")
        yield from self._cashier.next_by_touch()

    def wrong_size(self) -> Scene:
        """Take a size out, undo, take another instead; pay half in cash, half by card."""
        stage, hand = self._stage, self._hand
        yield from self._cashier.category("T-shirts")
        wrong, right = self._cashier.live(stage.keys(hand), 1)[:2]
        hand.touch(wrong)
        yield stage.pieces(1)
        hand.touch(stage.button(stage.window.basket, icon="trash-2"))
        yield stage.pieces(0)
        hand.touch(stage.button(stage.window.basket, icon="undo-2"))
        yield stage.pieces(1)
        hand.touch(stage.button(stage.window.basket, icon="minus"))
        yield stage.pieces(0)
        hand.touch(right)
        yield stage.pieces(1)
        bought = right.key.variant.variant_id
        expect(stage.basket.lines[0].variant.variant_id == bought, "it is the right size now")
        yield from stage.photograph("changed-size")
        yield from self._cashier.to_payment()
        yield from self._cashier.type_amount("10")
        hand.key(Qt.Key.Key_Return, "\r")
        yield from stage.photograph("split")
        hand.touch(stage.button(stage.window.payment, icon="credit-card"))
        yield Until("the terminal is asked", self._cashier.terminal_is_asked)
        hand.touch(stage.button(stage.window.payment, icon="check"))
        yield from self._cashier.paid()
        methods = {tender.method for tender in stage.sales[-1].tenders}
        expect(methods == {CASH, "card"}, "paid in two ways")
        yield from self._cashier.next_by_touch()

    def sold_out(self) -> Scene:
        """Sell what the records say is gone: it asks once, and the line says so."""
        stage, hand = self._stage, self._hand
        dead = next(key for key in stage.keys(hand) if key.is_sold_out)
        hand.touch(dead)
        yield from stage.photograph("sell-anyway")
        expect(stage.basket.pieces == 0, "a dead size is not sold by one touch")
        yield Until("the key takes a yes", lambda: dead.takes_yes)
        hand.touch(dead)
        yield stage.pieces(1)
        yield from stage.photograph("oversold")
        yield from self._cashier.to_payment()
        yield from self._cashier.on_terminal(Qt.Key.Key_W, "w")
        hand.key(Qt.Key.Key_Return, "\r")
        yield from self._cashier.paid()
        expect([t.method for t in stage.sales[-1].tenders] == ["wristband"], "paid by wristband")

    def unknown_code(self) -> Scene:
        """Scan what nobody knows, straight from the end of the sale before."""
        stage = self._stage
        self._hand.scan(UNKNOWN_CODE)
        yield stage.shows(stage.window.checkout)
        notice = stage.window.checkout.notice
        yield Until("the code is named", lambda: UNKNOWN_CODE in notice.text)
        expect(stage.basket.pieces == 0, "an unknown code adds nothing")
        yield from stage.photograph("unknown-code")

    def quantity_and_receipt(self) -> Scene:
        """Type 3 and scan; print the receipt, then print it again."""
        stage, hand = self._stage, self._hand
        found: list[SizeKey] = []
        yield from stage.labels(lambda key: bool(key.variant.barcode) and key.on_hand >= 3, found)
        yield from self._cashier.type_quantity("3")
        yield from stage.photograph("quantity")
        hand.scan(found[-1].variant.barcode)
        yield stage.pieces(3)
        yield from self._cashier.to_payment()
        hand.key(Qt.Key.Key_F5)
        yield from self._cashier.paid()
        number = stage.sales[-1].receipt_number
        hand.touch(stage.button(stage.window.done, icon="printer"))
        yield self._cashier.printed(number, copies=1)
        yield from self._cashier.next_by_touch()
        hand.key(Qt.Key.Key_F9)
        yield Until("the key takes a yes", lambda: stage.window.last_receipt.takes_yes)
        hand.key(Qt.Key.Key_F9)
        yield self._cashier.printed(number, copies=2)
        copies = [one.copy for one in stage.receipts if one.receipt_number == number]
        expect(copies == [1, 2], "the second print is numbered as a duplicate")
        yield from stage.photograph("end-of-the-day")

"""What happens after a sale: change, and a receipt for who wants one. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal, Protocol

from pos.commands import IssueReceipt
from pos.domain.facts import ReceiptIssued, SaleCompleted
from pos.errors import Refused
from pos.ids import OperatorCode, SaleId
from pos.reports.sales import FindLastSale, FindSale, SaleRecord
from receipts.copy import ReceiptCopy
from ui import format as text_of
from ui import wording
from ui.screens.done.wording import receipt_number, receipt_waits, received
from ui.screens.rows import Notice
from ui.screens.till_access import TillAccess

Channel = Literal["print", "screen"]
PrinterIs = Literal["ready", "missing", "in_trouble"]
SLIP_S = 0.7
"""A press sooner than this after an issue is the same finger's slip: nobody wants a duplicate."""


class DoneView(Protocol):
    """What the end of a sale needs of its widgets."""

    def show_change(self, amount: str, received: str, detail: str) -> None: ...
    def show_paid(self, amount: str, detail: str) -> None: ...
    def show_ways(self, *, can_print: bool) -> None: ...
    def show_receipt(self, copy: ReceiptCopy) -> None: ...
    def show_notice(self, notice: Notice | None) -> None: ...
    def show_issued(self) -> None: ...
    def show_busy(self, *, is_busy: bool) -> None: ...


class DonePresenter:
    """No receipt unless somebody asks: French law forbids printing unasked (AGEC, R50)."""

    def __init__(
        self,
        view: DoneView,
        till: TillAccess,
        language: Callable[[], str],
        *,
        operator: OperatorCode,
    ) -> None:
        self._view = view
        self._till = till
        self._language = language
        self.operator = operator
        self._sale: SaleCompleted | None = None
        self._is_busy = False
        self._pressed_at: float | None = None  # the last press that there was, since an issue
        self._change = ""
        self.clock: Callable[[], float] = time.monotonic
        self.print_copy: Callable[[ReceiptCopy], None] = lambda _copy: None
        self.printer_is: Callable[[], PrinterIs] = lambda: "ready"
        self.finished: Callable[[], None] = lambda: None

    @property
    def is_open(self) -> bool:
        """Say whether a paid sale is on the screen."""
        return self._sale is not None

    @property
    def change(self) -> str:
        """Return what the last sale gives back; "" for nothing."""
        return self._change

    def begin(self, sale: SaleCompleted) -> None:
        """Show what to give back; what was received beside it, so that a wrong note is noticed."""
        self._sale, self._pressed_at = sale, None
        language = self._language()
        self._view.show_ways(can_print=self.printer_is() != "missing")
        total = text_of.money(sale.total + sale.rounding, language)
        self._change = text_of.money(sale.change, language) if sale.change else ""
        if sale.change:
            notes = received(amounts_of(sale, language), total)
            detail = receipt_number(sale.receipt_number)
            self._view.show_change(self._change, notes, detail)
        else:
            detail = wording.receipt_line(sale.receipt_number, total)
            self._view.show_paid(total, detail)

    def receipt(self, channel: Channel) -> None:
        """Issue a receipt of the sale on the screen; a double tap is one press."""
        if self._sale is not None and not self._is_slip():
            self._issue(self._sale.sale_id, channel)

    def last_receipt(self, channel: Channel) -> None:
        """Issue a receipt of the last sale, whenever that was."""
        if self._is_busy:
            return
        self._till.ask(
            FindLastSale(),
            done=lambda record: (
                self._issue(record.sale.sale_id, channel)
                if record
                else self._view.show_notice(Notice(wording.no_sale_yet()))
            ),
        )

    def next_sale(self) -> None:
        """Go on to the next customer."""
        if self._sale is not None:
            self._sale = None
            self.finished()

    def _issue(self, sale_id: SaleId, channel: Channel) -> None:
        """Record the issue first, then print or show it (R18); one at a time."""
        if self._is_busy:
            return
        if self.printer_is() == "missing":
            channel = "screen"
        self._say_busy(is_busy=True)
        self._till.execute(
            IssueReceipt(sale_id=sale_id, channel=channel, operator=self.operator),
            done=lambda issued: self._issued(issued, channel),
            refused=self._refused,
            settled=lambda: self._say_busy(is_busy=False),
        )

    @property
    def takes_press(self) -> bool:
        """Say whether a press now is none too soon after an issue, or after a press that was."""
        return self._pressed_at is None or self.clock() - self._pressed_at >= SLIP_S

    def _is_slip(self) -> bool:
        """Say whether a press comes too soon; the next one may not come too soon after this."""
        is_slip = not self.takes_press
        if self._pressed_at is not None:
            self._pressed_at = self.clock()
        return is_slip

    def _say_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._view.show_busy(is_busy=is_busy)

    def _issued(self, issued: ReceiptIssued, channel: Channel) -> None:
        self._pressed_at = self.clock()
        self._till.ask(
            FindSale(sale_id=issued.sale_id),
            done=lambda record: self._hand_out(record, issued, channel),
        )

    def _hand_out(self, record: SaleRecord | None, issued: ReceiptIssued, channel: Channel) -> None:
        assert record is not None, "a receipt was issued for it"
        copy = ReceiptCopy(
            sale=record.sale,
            issued=issued,
            issued_by=self.operator,
            opened=record.opened,
            seq=record.seq,
            signature=record.signature,
            code=record.code,
        )
        self._view.show_issued()
        if channel == "print":
            self.print_copy(copy)
            say = wording.receipt_issued
            if self.printer_is() == "in_trouble":
                say = receipt_waits
            self._view.show_notice(Notice(say(issued.receipt_number, issued.copy)))
        else:
            self._view.show_receipt(copy)

    def _refused(self, refusal: Refused) -> None:
        text = wording.sentence(refusal, self._language())
        self._view.show_notice(Notice(text, is_trouble=True))


def amounts_of(sale: SaleCompleted, language: str) -> str:
    """Return what was handed over: an amount, or where there were several ways, each of them."""
    said = [text_of.money(tender.amount, language) for tender in sale.tenders]
    if len(said) > 1:
        names = (wording.method(tender.method) for tender in sale.tenders)
        said = [f"{name} {amount}" for name, amount in zip(names, said, strict=True)]
    return " + ".join(said)

"""How a basket is paid: tenders, what is still due, change, and rounding of cash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from pos.ids import BasketId, SaleId
from pos.money import Money, total

Method = Literal["cash", "card", "wristband", "voucher", "other"]

CASH: Method = "cash"
REFERENCE_MAX = 60


class Tender(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which (a part of) a sale was paid.

    `amount` is what was handed over, before change. `reference` is what an external terminal
    printed, such as its authorisation number; never a card number (fiscal.md R73).
    """

    method: Method
    amount: Money
    reference: str = ""


class TakenSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken for a basket that is not sold yet: money, so it has to survive a power cut."""

    basket_id: BasketId
    sale_id: SaleId
    tenders: tuple[Tender, ...] = ()
    on_terminal: Tender | None = None  # asked for on a terminal; nobody has said yet how it went
    is_owed: bool = False  # its basket was emptied: it goes back to the customer

    @property
    def is_any(self) -> bool:
        """Say whether there is anything that a customer could ask for."""
        return bool(self.tenders) or self.on_terminal is not None


def read_taken(note: bytes) -> TakenSoFar | None:
    """Return what a note on the disk says was taken; None if it cannot be read."""
    try:
        taken = msgspec.json.decode(note, type=TakenSoFar)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    waiting = () if taken.on_terminal is None else (taken.on_terminal,)
    is_usable = all(tender.amount.minor > 0 for tender in (*taken.tenders, *waiting))
    return taken if is_usable else None


class CashRounding(msgspec.Struct, frozen=True, kw_only=True):
    """A country's rule for amounts paid in cash, such as Belgium's five cents."""

    step_minor: int
    above_minor: int  # amounts up to this are not rounded


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """Where a payment stands.

    `total + rounding == tendered - change + still_due` always holds.
    """

    total: Money
    rounding: Money
    tendered: Money
    change: Money
    still_due: Money
    cash_kept: Money  # cash in minus change

    @property
    def is_settled(self) -> bool:
        """Say whether nothing is due any more."""
        return self.still_due.minor == 0


def rounded_for_cash(due: Money, rule: CashRounding | None) -> Money:
    """Return what is due when it is paid in cash.

    Belgium, Code de droit économique VI.7/1: …1, 2 go to 0; …3, 4, 6, 7 to 5; …8, 9 to 10; five
    cents and less stay as they are.
    """
    if rule is None or due.minor <= rule.above_minor:
        return due
    step = rule.step_minor
    return Money((2 * due.minor + step) // (2 * step) * step, due.currency)


def settle(due: Money, tenders: Sequence[Tender], rule: CashRounding | None) -> Settlement:
    """Work out rounding, change and what is still due.

    What the other tenders leave for cash is rounded, once, in however many pieces it is handed
    over; so change in cash is a multiple of the step where the cash was. The cents of a mixed
    payment can go on the card: its amount is never rounded.
    """
    currency = due.currency
    tendered = total((tender.amount for tender in tenders), currency)
    cash = total((t.amount for t in tenders if t.method == CASH), currency)
    rounding = Money(0, currency)
    others = tendered - cash
    if cash and not (others and tendered == due):  # a mixed payment may fit to the cent
        rounding = rounded_for_cash(due - others, rule) - (due - others)
    over = tendered - (due + rounding)
    change = over if over.minor > 0 else Money(0, currency)
    return Settlement(
        total=due,
        rounding=rounding,
        tendered=tendered,
        change=change,
        still_due=change - over,
        cash_kept=cash - change,
    )

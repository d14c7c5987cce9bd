"""What the payment does: takes tenders until nothing is due, then sells. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos.commands import CompleteSale
from pos.countries import Country
from pos.domain.basket import Basket
from pos.domain.facts import SaleCompleted
from pos.domain.tender import CASH, Method, Settlement, Tender, rounded_for_cash, settle
from pos.errors import CashLimitExceeded, Refused
from pos.ids import BasketId, OperatorCode, SaleId, uuid7
from pos.money import Money
from ui import format as text_of
from ui import wording
from ui.screens.rows import Notice, PaymentText, TenderRow
from ui.screens.till_access import TillAccess

QUICK_MAX = 4
TYPED_MAX = 9
TO_CONFIRM: frozenset[Method] = frozenset({"card", "wristband", "voucher", "other"})
"""What somebody has to have seen elsewhere before it counts; cash is in the hand."""


class PaymentView(Protocol):
    """What the payment needs of its widgets."""

    def show_payment(self, payment: PaymentText) -> None: ...
    def show_notice(self, notice: Notice | None) -> None: ...
    def clear_reference(self) -> None: ...


class PaymentPresenter:
    """From the total to a sale that is on disk.

    The sale's id is made when the payment begins, so that whatever is pressed twice is one sale.
    """

    def __init__(
        self,
        view: PaymentView,
        till: TillAccess,
        language: Callable[[], str],
        *,
        country: Country,
        operator: OperatorCode,
    ) -> None:
        self._view = view
        self._till = till
        self._language = language
        self._country = country
        self._operator = operator
        self._basket: Basket | None = None
        self._sale_id = SaleId("")
        self._paid_for = BasketId("")
        self._tenders: list[Tender] = []
        self._typed = ""
        self._on_terminal: Tender | None = None
        self._is_busy = False
        self._failed = ""
        self._was_locked = False
        self.lock_changed: Callable[[bool], None] = lambda _is_locked: None
        self.sold: Callable[[SaleCompleted, str], None] = lambda _sale, _basket_id: None
        self.left: Callable[[], None] = lambda: None
        self.gave_back: Callable[[str], None] = lambda _sentence: None

    @property
    def is_open(self) -> bool:
        """Say whether a basket is being paid."""
        return self._basket is not None

    @property
    def is_locked(self) -> bool:
        """Say whether a sale is being saved, so that nothing of it may change."""
        return self._is_busy or bool(self._failed)

    def begin(self, basket: Basket) -> None:
        """Ask for the total of a basket; what was taken for it before still counts."""
        assert basket.lines
        if basket.basket_id != self._paid_for:
            self._paid_for, self._sale_id = basket.basket_id, SaleId(uuid7())
            self._tenders = []
        self._basket, self._typed, self._on_terminal = basket, "", None
        self._is_busy, self._failed, self._was_locked = False, "", False
        self._view.show_notice(None)
        self._finish_if_settled()
        self._show()

    def basket_changed(self, basket: Basket) -> None:
        """Go on with a basket that changed while it was being paid."""
        if not basket.lines:
            self._give_back()
        if self._basket is None:
            return
        if not basket.lines:
            self._leave()
            return
        self._basket = basket
        waiting = self._on_terminal
        if waiting is not None and self._still_due(waiting.method) < waiting.amount:
            self._on_terminal = None
            self._say_more_than_due(waiting.method)
        self._finish_if_settled()
        self._show()

    @property
    def has_tenders(self) -> bool:
        """Say whether money was taken for a basket that is not sold yet."""
        return bool(self._tenders) or self._on_terminal is not None

    def _give_back(self) -> None:
        """Say what goes back to the customer: nobody buys any more."""
        if self._tenders:
            amounts = (
                f"{wording.method(t.method)} {text_of.money(t.amount, self._language())}"
                for t in self._tenders
            )
            self.gave_back(wording.to_give_back(", ".join(amounts)))
        self._tenders = []

    # What was pressed --------------------------------------------------------------------------

    def type_text(self, char: str) -> None:
        """Take a digit or a decimal sign of an amount."""
        char = "," if char == "." else char
        fits = len(self._typed) < TYPED_MAX and not (char == "," and "," in self._typed)
        if not self.is_locked and fits:
            typed = (self._typed + char).lstrip("0")
            self._typed = "0" + typed if typed.startswith(",") else typed
            self._show()

    def erase(self) -> None:
        """Take the last typed sign back."""
        self._typed = self._typed[:-1]
        self._show()

    def pay(self, method: Method) -> None:
        """Take what was typed by a method, or all that is due."""
        if self._basket is None or self.is_locked:
            return
        amount = self._typed_amount()
        if amount is None:
            self._view.show_notice(
                Notice(wording.not_an_amount(self._shown_typed()), is_trouble=True)
            )
            return
        due = self._still_due(method)
        amount = amount if amount.minor else due
        if method != CASH and due < amount:
            self._say_more_than_due(method)
            return
        self._take(Tender(method=method, amount=amount))

    def quick(self, place: int) -> None:
        """Take one of the quick cash amounts."""
        if self._basket is not None and not self.is_locked:
            amounts = self._quick_amounts()
            if place < len(amounts):
                self._take(Tender(method=CASH, amount=amounts[place]))

    def confirm_terminal(self, reference: str) -> None:
        """Believe the person who saw the terminal say yes."""
        tender, self._on_terminal = self._on_terminal, None
        if tender is not None and not self.is_locked:
            self._view.clear_reference()
            self._add(Tender(method=tender.method, amount=tender.amount, reference=reference))

    def cancel_terminal(self) -> None:
        """Go on without that payment: the terminal said no, or nobody wants it any more."""
        self._on_terminal = None
        self._view.clear_reference()
        self._show()

    def remove_tender(self, place: int) -> None:
        """Give a tender back that was taken by mistake."""
        if not self.is_locked and place < len(self._tenders):
            del self._tenders[place]
            self._show()

    def retry(self) -> None:
        """Try again to save a sale that the disk did not take."""
        if self._failed and not self._is_busy:
            self._failed = ""
            self._finish_if_settled()
            self._show()

    def back(self) -> None:
        """Go back to the basket, or one step back in here."""
        if self.is_locked:
            return
        if self._on_terminal is not None:
            self.cancel_terminal()
        elif self._typed:
            self._typed = ""
            self._show()
        else:
            self._leave()

    def _leave(self) -> None:
        self._basket, self._typed, self._on_terminal = None, "", None
        self.left()

    # Snapshots, for the scanner ----------------------------------------------------------------

    def snapshot(self) -> object:
        """Return what a burst of keys may disturb."""
        return self._typed

    def restore(self, snapshot: object) -> None:
        """Take back what a burst of keys typed, once it proved to be a scan."""
        assert isinstance(snapshot, str)
        self._typed = snapshot
        if self.is_open:
            self._show()

    # The rules ---------------------------------------------------------------------------------

    def _take(self, tender: Tender) -> None:
        self._view.show_notice(None)
        self._typed = ""
        if not tender.amount:
            self._finish_if_settled(is_free=not self._tenders)
            self._show()
        elif tender.method in TO_CONFIRM:
            self._on_terminal = tender
            self._show()
        else:
            self._add(tender)

    def _add(self, tender: Tender) -> None:
        # Cash stays last: what remains for it is what is rounded where coins are.
        cash = [taken for taken in self._tenders if taken.method == CASH]
        others = [taken for taken in self._tenders if taken.method != CASH]
        (cash if tender.method == CASH else others).append(tender)
        self._tenders = others + cash
        self._finish_if_settled()  # first to the disk, then to the screen
        self._show()

    def _finish_if_settled(self, *, is_free: bool = False) -> None:
        basket = self._basket
        is_paid = bool(self._tenders) or is_free
        if basket is None or not is_paid or not self._settlement().is_settled:
            return
        self._is_busy = True
        command = CompleteSale(
            sale_id=self._sale_id,
            operator=self._operator,
            lines=basket.lines,
            tenders=tuple(self._tenders),
            basket_id=basket.basket_id,
        )
        self._till.execute(command, done=self._sold, refused=self._refused, settled=self._settled)

    def _sold(self, sale: SaleCompleted) -> None:
        basket, self._basket = self._basket, None
        assert basket is not None
        self._is_busy, self._tenders = False, []  # taken for good: nothing goes back
        self.sold(sale, basket.basket_id)

    def _refused(self, refusal: Refused) -> None:
        self._is_busy = False
        if isinstance(refusal, CashLimitExceeded):
            self._tenders.pop()  # cash is last; what a terminal took stays, it was really taken
        text = wording.sentence(refusal, self._language())
        self._view.show_notice(Notice(text, is_trouble=True))
        self._show()

    def _settled(self) -> None:
        """Notice that neither yes nor no came: the disk did not take it."""
        if self._basket is not None and self._is_busy:
            self._is_busy = False
            self._failed = wording.not_saved()
            self._show()

    def _settlement(self) -> Settlement:
        assert self._basket is not None
        return settle(self._basket.total, self._tenders, self._country.cash_rounding)

    def _still_due(self, method: Method) -> Money:
        """Return what remains, rounded if it is to be paid in cash."""
        assert self._basket is not None
        paid = Money(sum(t.amount.minor for t in self._tenders), self._basket.currency)
        remaining = self._basket.total - paid
        if method != CASH:
            return remaining if remaining.minor > 0 else Money(0, remaining.currency)
        if any(t.method == CASH for t in self._tenders):
            return self._settlement().still_due
        due = rounded_for_cash(remaining, self._country.cash_rounding)
        return due if due.minor > 0 else Money(0, due.currency)

    def _say_more_than_due(self, method: Method) -> None:
        due = text_of.money(self._still_due(method), self._language())
        self._view.show_notice(Notice(wording.more_than_due(due), is_trouble=True))

    def _quick_amounts(self) -> list[Money]:
        """Return the exact amount, then what people hand over: the next sums of notes."""
        due = self._still_due(CASH)
        if not due.minor and self._tenders:
            return []
        above = {-(-due.minor // note) * note for note in self._country.notes_minor}
        rounder = sorted(minor for minor in above if minor > due.minor)
        return [due, *(Money(minor, due.currency) for minor in rounder[: QUICK_MAX - 1])]

    def _shown_typed(self) -> str:
        """Return what was typed, with the decimal sign of the screens' language."""
        return self._typed.replace(",", wording.decimal_sign())

    def _typed_amount(self) -> Money | None:
        assert self._basket is not None
        return text_of.parse_amount(self._typed or "0", self._basket.currency)

    def _show(self) -> None:
        if self._basket is None:
            return
        if self.is_locked != self._was_locked:
            self._was_locked = self.is_locked
            self.lock_changed(self.is_locked)
        language = self._language()
        due, cash = self._still_due("card"), self._still_due(CASH)
        note = ""
        if due != cash:
            note = wording.rounded_in_cash(text_of.money(cash, language))
        waiting = self._on_terminal
        self._view.show_payment(
            PaymentText(
                due=text_of.money(self._basket.total if self._failed else due, language),
                due_note=note,
                typed=self._shown_typed(),
                tenders=tuple(
                    TenderRow(wording.method(t.method), text_of.money(t.amount, language))
                    for t in self._tenders
                ),
                quick=tuple(
                    text_of.short_money(amount, language) for amount in self._quick_amounts()
                ),
                card_waiting=text_of.money(waiting.amount, language) if waiting else "",
                waiting_for=wording.waiting_for(waiting.method) if waiting else "",
                is_busy=self._is_busy,
                failed=self._failed,
            )
        )

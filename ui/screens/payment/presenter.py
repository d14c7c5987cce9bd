"""What the payment does: takes tenders until nothing is due, then sells. No Qt."""

# long: one presenter a screen; money, sums and words are in taken.py, due.py and payment_text.py

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from pos.commands import CompleteSale
from pos.countries import Country
from pos.domain.basket import Basket
from pos.domain.facts import SaleCompleted
from pos.domain.tender import CASH, Method, TakenSoFar, Tender
from pos.errors import CashLimitExceeded, ChangeNeedsCash, Incompatible, Refused, Unavailable
from pos.ids import BasketId, OperatorCode
from pos.money import Money, total
from pos.reports.sales import FindSale, SaleRecord
from ui import format as text_of
from ui import wording
from ui.screens.payment import doubts
from ui.screens.payment import wording as texts
from ui.screens.payment.cash import is_doubtful
from ui.screens.payment.due import Due
from ui.screens.payment.payment_text import sums_text, with_terminal
from ui.screens.payment.taken import MoneyTaken
from ui.screens.payment.typed import TypedAmount
from ui.screens.rows import Notice, PaymentText, QuestionText
from ui.screens.till_access import TillAccess

TO_CONFIRM: frozenset[Method] = frozenset({"card", "wristband", "voucher", "other"})
"""What somebody has to have seen elsewhere before it counts; cash is in the hand."""
DOUBLE_PRESS_S = 0.7
"""A second press of the same key sooner than this is the same finger's slip."""


class PaymentView(Protocol):
    """What the payment needs of its widgets."""

    def show_payment(self, payment: PaymentText) -> None: ...
    def show_notice(self, notice: Notice | None) -> None: ...
    def clear_reference(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Stuck:
    """Why a paid basket is not sold yet."""

    sentence: str
    can_retry: bool  # else a rule said no: it would say so again


@dataclass(frozen=True, slots=True)
class _Question:
    text: QuestionText
    go: Callable[[], None]


class PaymentPresenter:
    """From the total to a sale that is on disk; the money itself is in taken.py."""

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
        self._cash_at_s = -DOUBLE_PRESS_S  # when the last part was taken in cash
        self._till = till
        self._language = language
        self._country = country
        self.operator = operator
        self._basket: Basket | None = None
        self._money = MoneyTaken(till)
        self.kept = self._money.kept
        self._typed = TypedAmount()
        self._is_busy = False
        self._stuck: _Stuck | None = None
        self._trouble: Unavailable | Incompatible | None = None
        self._question: _Question | None = None
        self._was_locked = self._was_waiting = self._is_after_stop = False
        self.clock_s: Callable[[], float] = time.monotonic
        self.waiting_changed: Callable[[bool], None] = lambda _is_waiting: None
        self.lock_changed: Callable[[bool], None] = lambda _is_locked: None
        self.sold: Callable[[SaleCompleted, str], None] = lambda _sale, _basket_id: None
        self.left: Callable[[], None] = lambda: None
        self.abandoned: Callable[[], None] = lambda: None
        self.gave_back: Callable[[TakenSoFar], None] = lambda _owed: None
        self.taken_changed: Callable[[str], None] = lambda _amount: None

    @property
    def is_open(self) -> bool:
        """Say whether a basket is being paid."""
        return self._basket is not None

    @property
    def is_locked(self) -> bool:
        """Say whether a sale is being saved, so that nothing of it may change."""
        return self._is_busy or (self._stuck is not None and self._stuck.can_retry)

    @property
    def is_waiting(self) -> bool:
        """Say whether the terminal was asked for an amount, which nothing may change now."""
        return self._money.on_terminal is not None

    @property
    def _is_held(self) -> bool:
        """Say whether something else has to be answered before money is taken."""
        return self._is_busy or self._stuck is not None or self._question is not None

    def begin(self, basket: Basket) -> None:
        """Ask for the total of a basket; what was taken for it before still counts."""
        assert basket.lines
        self._money.begin(basket.basket_id)
        self._basket = basket
        self._typed.clear()
        self._cash_at_s = -DOUBLE_PRESS_S
        self._is_busy, self._stuck, self._question = False, None, None
        self._was_locked = self._was_waiting = self._is_after_stop = False
        self._view.show_notice(None)
        self._finish_if_settled()
        self._show()

    def go_on_with(self, taken: TakenSoFar) -> None:
        """Go on with what was taken before the till stopped, or the window was built anew."""
        self._money.go_on_with(taken)
        self._keep()

    def say_stopped(self) -> None:
        """Say what was kept, and where to look, once a till goes on that stopped meanwhile."""
        if self._basket is None or not self.has_tenders:
            return
        self._is_after_stop = self.is_waiting
        if self._money.tenders:
            self._view.show_notice(Notice(texts.kept(self._amounts())))
        self._show()

    @property
    def taken(self) -> TakenSoFar:
        """Return what was taken so far for the basket in progress."""
        return self._money.so_far

    def basket_changed(self, basket: Basket) -> None:
        """Go on with a basket that changed while it was being paid."""
        if not basket.lines:
            self._give_back()
        if self._basket is None:
            return
        if not basket.lines:
            self._leave()
            return
        self._basket, self._stuck = basket, None
        waiting = self._money.on_terminal
        if waiting is not None and self._due.by(waiting.method) < waiting.amount:
            self._say_more_than_due(waiting.method)
        self._finish_if_settled()
        self._show()

    @property
    def has_tenders(self) -> bool:
        """Say whether money was taken for a basket that is not sold yet."""
        return self.taken.is_any

    @property
    def owed(self) -> tuple[TakenSoFar, ...]:
        """Return what has to be given back, of each emptied basket."""
        return self._money.owed

    def owe(self, taken: TakenSoFar) -> None:
        """Keep what was taken for a basket that nobody buys, until it was given back."""
        self._money.owe(taken)

    def given_back(self, basket_id: BasketId) -> None:
        """Forget what was owed: somebody has read that it goes back."""
        self._money.given_back(basket_id)

    def take_again(self, basket: Basket) -> bool:
        """Count what was to be given back, if its basket is there again; say whether it was.

        An emptied basket has a new id, so that this one is as it was when it was emptied.
        """
        is_there = bool(basket.lines) and self._money.take_again(basket.basket_id)
        if is_there:
            self._keep()
        return is_there

    def _give_back(self) -> None:
        """Say what goes back to the customer: nobody buys any more."""
        taken = self._money.let_go()
        self._view.clear_reference()
        self._tell_taken()
        if taken.is_any:
            self._money.owe(taken)
            self.gave_back(taken)

    def _amounts(self) -> str:
        return doubts.amounts(self._money.tenders, self._language())

    # What was pressed --------------------------------------------------------------------------

    def type_text(self, char: str) -> None:
        """Take a digit or a decimal sign of an amount."""
        if not self._is_held and self._typed.add(char):
            self._show()

    def erase(self) -> None:
        """Take the last typed sign back."""
        self._typed.erase()
        self._show()

    def pay(self, method: Method) -> None:
        """Take what was typed by a method, or all that is due."""
        if self._basket is None or self._is_held or self.is_waiting:
            return
        amount = self._typed.amount(self._basket.currency)
        if amount is None or (self._typed.text and not amount.minor):
            text = wording.not_an_amount(self._typed.shown)
            self._view.show_notice(Notice(text, is_trouble=True))
            return
        if not amount.minor and self._is_double(method):
            return
        due = self._due.by(method)
        amount = amount if amount.minor else due
        if method != CASH and due < amount:
            self._offer_what_is_due(method, amount)
            return
        tender = Tender(method=method, amount=amount)
        if method == CASH and is_doubtful(amount, due, self._country.notes_minor):
            self._typed.clear()
            given, change = self._said(amount), self._said(amount - due)
            self._ask(doubts.really_so_much(given, change), lambda: self._take(tender))
            return
        self._take(tender)

    def _is_double(self, method: Method) -> bool:
        """Say whether the press that took a part came twice: no amount means all the rest."""
        return method == CASH and self.clock_s() - self._cash_at_s < DOUBLE_PRESS_S

    def quick(self, place: int) -> None:
        """Take one of the quick cash amounts."""
        if self._basket is not None and not self._is_held and not self.is_waiting:
            amounts = self._due.quick()
            if place < len(amounts):
                self._take(Tender(method=CASH, amount=amounts[place]))

    def confirm_terminal(self, reference: str) -> None:
        """Believe the person who saw the terminal say yes."""
        if self._is_held:
            return
        tender, self._money.on_terminal = self._money.on_terminal, None
        if tender is not None:
            self._view.clear_reference()
            self._add(Tender(method=tender.method, amount=tender.amount, reference=reference))

    def cancel_terminal(self) -> None:
        """Go on without that payment: the terminal said no, or nobody wants it any more."""
        self._money.on_terminal = None
        self._view.clear_reference()
        self._finish_if_settled()  # a line may have gone meanwhile
        self._show()

    def remove_tender(self, place: int) -> None:
        """Give a tender back; what was charged elsewhere has to be refunded there first."""
        is_held = self.is_locked or self.is_waiting or self._question is not None
        if is_held or place >= len(self._money.tenders):
            return
        tender = self._money.tenders[place]
        if tender.method == CASH:
            self._remove(tender)
            self._view.show_notice(Notice(doubts.give_cash_back(self._said(tender.amount))))
        else:
            text = doubts.really_take_back(tender.method, self._said(tender.amount))
            self._ask(text, lambda: self._remove(tender))

    def retry(self) -> None:
        """Try again to save a sale that the disk did not take."""
        if self._stuck is not None and self._stuck.can_retry and not self._is_busy:
            self._stuck = None
            self._finish_if_settled()
            self._show()

    def answer(self, *, is_yes: bool) -> None:
        """Take the answer to the question on the page."""
        question, self._question = self._question, None
        if question is not None and is_yes:
            question.go()
        elif self._stuck is None:
            self._finish_if_settled()  # a line may have gone meanwhile
        self._show()

    def to_basket(self) -> None:
        """Go back to the basket of a sale that was not saved; what was taken still counts."""
        if not self._is_busy:
            self._stuck = self._question = None
            self._leave()

    def abandon(self) -> None:
        """Give up a sale that cannot be saved, once somebody has said so."""
        if self._stuck is not None and not self._is_busy:
            self._ask(doubts.really_abandon(self._amounts()), self._abandon)

    def _abandon(self) -> None:
        self._stuck, self._was_locked = None, False
        self._give_back()
        self._basket = None
        self._typed.clear()
        self.abandoned()

    def _remove(self, tender: Tender) -> None:
        if tender in self._money.tenders:
            self._money.tenders.remove(tender)
        self._stuck = None
        self._show()

    def _ask(self, text: QuestionText, go: Callable[[], None]) -> None:
        self._view.show_notice(None)
        self._question = _Question(text, go)
        self._show()

    def back(self) -> None:
        """Go back to the basket, or one step back in here."""
        if self._is_busy:
            return
        if self._question is not None:
            self.answer(is_yes=False)
        elif self._stuck is not None:
            self.to_basket()
        elif self.is_waiting:
            self.cancel_terminal()
        elif self._typed.text:
            self._typed.clear()
            self._show()
        else:
            self._leave()

    def _leave(self) -> None:
        self._basket = self._question = None
        self._typed.clear()
        self._tell_lock()
        self._tell_waiting()
        self.left()

    # Snapshots, for the scanner ----------------------------------------------------------------

    def snapshot(self) -> object:
        """Return what a burst of keys may disturb."""
        return self._typed.text

    def restore(self, snapshot: object) -> None:
        """Take back what a burst of keys typed, once it proved to be a scan."""
        assert isinstance(snapshot, str)
        self._typed.text = snapshot
        if self.is_open:
            self._show()

    # The rules ---------------------------------------------------------------------------------

    def _take(self, tender: Tender) -> None:
        self._view.show_notice(None)
        self._typed.clear()
        if not tender.amount:
            self._finish_if_settled(is_free=not self._money.tenders)
            self._show()
        elif tender.method in TO_CONFIRM:
            self._money.on_terminal = tender
            self._show()
        else:
            self._add(tender)

    def _add(self, tender: Tender) -> None:
        self._money.add(tender)
        if tender.method == CASH:
            self._cash_at_s = self.clock_s()
        self._finish_if_settled()  # first to the disk, then to the screen
        self._show()

    def _finish_if_settled(self, *, is_free: bool = False) -> None:
        if self.is_waiting or self._question is not None:
            return  # one thing after the other: the answer may change what is paid
        basket = self._basket
        is_paid = bool(self._money.tenders) or is_free
        if basket is None or not is_paid or not self._due.settlement.is_settled:
            return
        self._is_busy, self._trouble = True, None
        command = CompleteSale(
            sale_id=self._money.sale_id,
            operator=self.operator,
            lines=basket.lines,
            tenders=tuple(self._money.tenders),
            basket_id=basket.basket_id,
        )
        self._till.execute(
            command,
            done=self._sold,
            refused=self._refused,
            settled=self._settled,
            troubled=self._troubled,
        )

    def _sold(self, sale: SaleCompleted) -> None:
        basket, self._basket = self._basket, None
        assert basket is not None
        self._is_busy, self._stuck, self._question = False, None, None
        self._money.sold(basket.basket_id)
        self._tell_taken()
        self.sold(sale, basket.basket_id)

    def _refused(self, refusal: Refused) -> None:
        self._is_busy = False
        if isinstance(refusal, CashLimitExceeded):
            self._money.tenders.pop()  # cash is last; what a terminal took stays, for it was taken
        text = wording.sentence(refusal, self._language())
        if isinstance(refusal, ChangeNeedsCash) and self._basket is not None:
            paid = [tender for tender in self._money.tenders if tender.method != CASH]
            said = doubts.amounts(paid, self._language())
            text = texts.paid_too_much(paid, said, self._said(self._basket.total))
        if self._due.settlement.is_settled:  # nothing is left to pay: it takes another way on
            self._stuck = _Stuck(text, can_retry=False)
        else:
            self._view.show_notice(Notice(text, is_trouble=True))
        self._show()

    def _troubled(self, trouble: Unavailable | Incompatible) -> None:
        self._trouble = trouble

    def _settled(self) -> None:
        """Notice that neither yes nor no came: the disk did not take it, or it is our mistake."""
        if self._basket is None or not self._is_busy:
            return
        if self._trouble is not None:
            text = doubts.not_saved(wording.sentence(self._trouble, self._language()))
        else:
            text = doubts.not_saved_by_mistake()
        # Perhaps it was saved, and only the answer was lost: nobody goes back to a basket that is
        # sold, so nothing can be pressed until that is known.
        self._till.ask(
            FindSale(sale_id=self._money.sale_id),
            done=self._found,
            settled=lambda: self._not_saved(text),
        )

    def _found(self, record: SaleRecord | None) -> None:
        if record is not None:
            self._sold(record.sale)

    def _not_saved(self, text: str) -> None:
        if self._basket is not None:
            self._is_busy, self._stuck = False, _Stuck(text, can_retry=True)
            self._show()

    @property
    def _due(self) -> Due:
        assert self._basket is not None
        return Due(self._basket, tuple(self._money.tenders), self._country)

    def _say_more_than_due(self, method: Method) -> None:
        due = self._said(self._due.by(method))
        self._view.show_notice(Notice(wording.more_than_due(due), is_trouble=True))

    def _offer_what_is_due(self, method: Method, amount: Money) -> None:
        due = self._due.by(method)
        if not due.minor:
            self._say_more_than_due(method)
            return
        self._typed.clear()
        question = texts.take_what_is_due(
            self._said(amount), self._said(due), wording.method(method)
        )
        self._ask(question, lambda: self._take_what_was_due(method, due))

    def _take_what_was_due(self, method: Method, due: Money) -> None:
        """Take what was offered, unless a line has gone meanwhile: then offer what is due now."""
        if self._due.by(method) < due:
            self._offer_what_is_due(method, due)
        else:
            self._take(Tender(method=method, amount=due))

    def _said(self, amount: Money) -> str:
        return text_of.money(amount, self._language())

    def _keep(self) -> None:
        """Have the disk keep what was taken, when it changed."""
        self._money.keep()
        self._tell_taken()

    def _tell_taken(self) -> None:
        amounts = [tender.amount for tender in self._money.tenders]
        is_any = bool(amounts)
        self.taken_changed(self._said(total(amounts, amounts[0].currency)) if is_any else "")

    def _tell_waiting(self) -> None:
        is_waiting = self._basket is not None and self.is_waiting
        self._is_after_stop = self._is_after_stop and is_waiting
        if is_waiting != self._was_waiting:
            self._was_waiting = is_waiting
            self.waiting_changed(is_waiting)

    def _tell_lock(self) -> None:
        if self.is_locked != self._was_locked:
            self._was_locked = self.is_locked
            self.lock_changed(self.is_locked)

    def _show(self) -> None:
        if self._basket is None:
            return
        self._tell_waiting()
        self._tell_lock()
        if not self._is_busy:  # a sale that is being saved takes its tenders along
            self._keep()
        language, waiting = self._language(), self._money.on_terminal
        text = sums_text(self._due, self._typed, language)
        text = with_terminal(text, waiting, is_after_stop=self._is_after_stop, language=language)
        self._view.show_payment(
            replace(
                text,
                due=self._said(self._basket.total) if self._stuck else text.due,
                is_busy=self._is_busy,
                failed=self._stuck.sentence if self._stuck else "",
                can_retry=self._stuck is not None and self._stuck.can_retry,
                has_part=bool(self._money.tenders) and self._stuck is None,
                question=self._question.text if self._question else None,
            )
        )

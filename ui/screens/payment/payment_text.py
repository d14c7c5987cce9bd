"""From the sums of a payment to what its panel says."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.tender import CASH, Tender
from ui import format as text_of
from ui import wording
from ui.screens.payment import wording as texts
from ui.screens.payment.due import Due
from ui.screens.payment.typed import TypedAmount
from ui.screens.rows import PaymentText, TenderRow


def sums_text(due: Due, typed: TypedAmount, language: str) -> PaymentText:
    """Return what is due, what was taken and what is being typed, in words."""
    remaining, cash = due.by("card"), due.by(CASH)
    currency = due.basket.currency
    note = ""
    if remaining != cash:
        note = wording.rounded_in_cash(text_of.money(cash, language))
    return PaymentText(
        due=text_of.money(remaining, language),
        due_note=note,
        typed=typed.shown,
        tenders=tuple(
            TenderRow(wording.method(t.method), text_of.money(t.amount, language))
            for t in due.tenders
        ),
        quick=tuple(text_of.short_money(amount, language) for amount in due.quick()),
        typed_sum=text_of.typed_sum(typed.shown, currency, language),
        typed_amount=typed.said(currency, language),
    )


def with_terminal(
    text: PaymentText, waiting: Tender | None, *, is_after_stop: bool, language: str
) -> PaymentText:
    """Return a payment with what has to be seen elsewhere before it counts, if anything.

    Args:
        text: the sums.
        waiting: what was asked for elsewhere.
        is_after_stop: the till stopped meanwhile: it may have been accepted already.
        language: of amounts.
    """
    if waiting is None:
        return text
    say = texts.look_first if is_after_stop else wording.waiting_for
    return replace(
        text,
        card_waiting=text_of.money(waiting.amount, language),
        waiting_for=say(waiting.method),
        reference_hint=texts.reference_hint(waiting.method),
    )

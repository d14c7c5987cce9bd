"""Sentences of a payment in doubt: what is asked, and why a sale is not saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from pos.domain.tender import TakenSoFar, Tender
from ui import format as text_of
from ui import wording
from ui.screens.rows import QuestionText


def not_saved(why: str) -> str:
    return QCoreApplication.translate("wording", "The sale is not saved yet. {why}").format(why=why)


def not_saved_by_mistake() -> str:
    return QCoreApplication.translate(
        "wording",
        "A mistake in the program kept the sale from being saved. What was taken is kept."
        " Try again; if it comes back, call for help.",
    )


def give_cash_back(amount: str) -> str:
    return QCoreApplication.translate("wording", "Give {amount} in cash back.").format(
        amount=amount
    )


def really_so_much(given: str, change: str) -> QuestionText:
    heading = QCoreApplication.translate("wording", "Really {amount} in cash?")
    detail = QCoreApplication.translate("wording", "{change} would go back as change.")
    go = QCoreApplication.translate("wording", "Yes, {amount}")
    return QuestionText(
        heading=heading.format(amount=given),
        detail=detail.format(change=change),
        keep=QCoreApplication.translate("wording", "No, type it again"),
        go=go.format(amount=given),
    )


def really_take_back(name: str, amount: str) -> QuestionText:
    heading = QCoreApplication.translate("wording", "Take {amount} ({method}) back?")
    if name in ("card", "wristband"):
        detail = QCoreApplication.translate(
            "wording", "It was really charged. Refund it on the terminal first."
        )
        go = QCoreApplication.translate("wording", "It is refunded")
    else:
        detail = QCoreApplication.translate("wording", "Give it back to the customer first.")
        go = QCoreApplication.translate("wording", "It is given back")
    return QuestionText(
        heading=heading.format(amount=amount, method=wording.method(name)),
        detail=detail,
        keep=QCoreApplication.translate("wording", "Keep this payment"),
        go=go,
    )


def really_abandon(amounts: str) -> QuestionText:
    detail = QCoreApplication.translate(
        "wording", "The basket is emptied, and nothing is sold. {give_back}"
    )
    return QuestionText(
        heading=QCoreApplication.translate("wording", "Abandon this sale?"),
        detail=detail.format(give_back=wording.to_give_back(amounts) if amounts else "").strip(),
        keep=QCoreApplication.translate("wording", "Keep the sale"),
        go=QCoreApplication.translate("wording", "Abandon the sale"),
    )


def amounts(tenders: Sequence[Tender], language: str) -> str:
    """Return what was taken, by each way."""
    return ", ".join(
        f"{wording.method(t.method)} {text_of.money(t.amount, language)}" for t in tenders
    )


def owed(taken: TakenSoFar, language: str) -> str:
    """Return what goes back to a customer who does not buy, and where to look first."""
    waiting, said = taken.on_terminal, []
    if waiting is not None:
        said.append(_not_confirmed(waiting).format(payment=amounts([waiting], language)))
    if taken.tenders:
        said.append(wording.to_give_back(amounts(taken.tenders, language)))
    return " ".join(said)


def owed_of_no_basket(taken: TakenSoFar, language: str) -> str:
    """Return what goes back, where a start did not find the basket it was taken for."""
    why = QCoreApplication.translate(
        "wording", "Money was taken for a basket that is no longer there."
    )
    return f"{why} {owed(taken, language)}"


def _not_confirmed(waiting: Tender) -> str:
    if waiting.method in ("card", "wristband"):
        return QCoreApplication.translate(
            "wording",
            "{payment} was not confirmed yet."
            " Look at the terminal: if it was paid, refund it there.",
        )
    return QCoreApplication.translate(
        "wording", "{payment} was not confirmed yet. If it was taken, give it back."
    )

"""Sentences of a payment in doubt: what is asked, and why a sale is not saved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

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

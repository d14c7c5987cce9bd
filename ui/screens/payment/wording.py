"""What the payment's page says of amounts, of the terminal, and of a till that stopped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from pos.domain.tender import Method, Tender
from ui import wording
from ui.screens.rows import QuestionText

ON_TERMINAL: frozenset[Method] = frozenset({"card", "wristband"})


def reference_hint(method: Method) -> str:
    """Return what may be noted with a payment that is not cash."""
    if method in ON_TERMINAL:
        return QCoreApplication.translate("wording", "Authorisation number (optional)")
    if method == "voucher":
        return QCoreApplication.translate("wording", "Number of the voucher (optional)")
    return QCoreApplication.translate("wording", "Note (optional)")


def with_amount(name: str, amount: str) -> str:
    return QCoreApplication.translate("wording", "{method} · {amount}").format(
        method=name, amount=amount
    )


def take_what_is_due(amount: str, due: str, method: str) -> QuestionText:
    """Return the question for more than is due, by what gives no change."""
    heading = QCoreApplication.translate(
        "wording", "{amount} is more than is due: no change on cards or vouchers."
    )
    return QuestionText(
        heading=heading.format(amount=amount),
        detail=QCoreApplication.translate("wording", "{due} is due.").format(due=due),
        keep=QCoreApplication.translate("wording", "Type another amount"),
        go=QCoreApplication.translate("wording", "Take {amount} ({method})").format(
            amount=due, method=method
        ),
    )


def look_first(method: Method) -> str:
    """Return what to ask oneself where the till stopped while a payment was waited for."""
    if method in ON_TERMINAL:
        return QCoreApplication.translate(
            "wording", "The till stopped here. Look at the terminal: was it already accepted?"
        )
    return QCoreApplication.translate("wording", "The till stopped here. Was it already taken?")


def kept(amounts: str) -> str:
    return QCoreApplication.translate(
        "wording", "The till had stopped. What was paid already is kept: {amounts}."
    ).format(amounts=amounts)


def note_unread() -> str:
    return QCoreApplication.translate(
        "wording",
        "Money was taken for a basket, but the note of it cannot be read."
        " Look at the terminal and ask the customer.",
    )


def taken_is_not_known() -> str:
    return QCoreApplication.translate(
        "wording",
        "The disk does not say yet what was taken before the till stopped."
        " Until it does, no payment can begin. The till asks again by itself.",
    )


def not_before_it_is_known() -> str:
    return QCoreApplication.translate(
        "wording",
        "No payment yet: perhaps this basket is paid already. The till is asking the disk.",
    )


def paid_too_much(tenders: Sequence[Tender], amounts: str, total: str) -> str:
    """Return what to do where more was paid than is due, by what gives no change.

    Args:
        tenders: what was paid, but for cash.
        amounts: the same, to be read.
        total: what the basket costs now.
    """
    methods = {tender.method for tender in tenders}
    if methods <= ON_TERMINAL:
        text = QCoreApplication.translate(
            "wording",
            "Paid {amounts} for {total}: add an article,"
            " or refund it on the terminal, then touch × {method}.",
        )
    else:
        text = QCoreApplication.translate(
            "wording",
            "Paid {amounts} for {total}: add an article, or give it back, then touch × {method}.",
        )
    names = " / ".join(dict.fromkeys(wording.method(tender.method) for tender in tenders))
    return text.format(amounts=amounts, total=total, method=names)

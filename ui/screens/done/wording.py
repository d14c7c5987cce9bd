"""What the end of a sale says."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def received(amounts: str, total: str) -> str:
    return QCoreApplication.translate("wording", "Received {amounts} · total {total}").format(
        amounts=amounts, total=total
    )


def receipt_number(number: str) -> str:
    return QCoreApplication.translate("wording", "Receipt {number}").format(number=number)


def receipt_waits(number: str, copy: int) -> str:
    """Return what became of a receipt while the printer says no; its light says why."""
    if copy == 1:
        text = QCoreApplication.translate(
            "wording", "Receipt {number} waits: the printer does not print now."
        )
    else:
        text = QCoreApplication.translate(
            "wording", "Receipt {number}, duplicate {copy}, waits: the printer does not print now."
        )
    return text.format(number=number, copy=copy - 1)

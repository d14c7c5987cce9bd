"""Sentences of the screens. Errors carry data; what a person reads is here.

`tr` takes English; French and others are in `ui/translations/`.
"""

# long: the sentences of all screens in one place, where a test finds each

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from pos.errors import (
    BadConfiguration,
    CashLimitExceeded,
    ChangeNeedsCash,
    DatabaseTooNew,
    EnrolmentDamaged,
    JournalBroken,
    JournalRolledBack,
    KeyMissing,
    NoTaxRate,
    PosError,
    PrinterUnavailable,
    StorageDamaged,
    StorageUnavailable,
    TenderTooSmall,
    TillAlreadyOpen,
    TrainingOnly,
    UnknownSale,
    WrongLine,
    WrongTender,
)
from pos.machine import BatteryLow, ClockWrong, DiskLow, MachineWarning
from pos.money import Money
from ui import format as text_of


class _Plural:
    """Asks with a count; lupdate finds plurals in `tr` only, under the name before the point."""

    @staticmethod
    def tr(text: str, comment: str, count: int) -> str:
        return QCoreApplication.translate("wording", text, comment, count)


wording = _Plural()

TEXT_MAX = 60
"""Characters of a name or a code from outside in a sentence: it has to stay one."""


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_MAX else text[: TEXT_MAX - 1] + "…"


# Checkout --------------------------------------------------------------------------------------


def pieces(count: int) -> str:
    return wording.tr("%n item(s)", "", count)


def unknown_code(code: str) -> str:
    return QCoreApplication.translate("wording", "Unknown code: {code}").format(code=_cut(code))


def not_scanned() -> str:
    return QCoreApplication.translate("wording", "The last scan was not taken: scan it once more.")


def ambiguous_code(code: str) -> str:
    return QCoreApplication.translate(
        "wording", "Several items share {code}: touch the right one."
    ).format(code=_cut(code))


def sold_out(label: str) -> str:
    return QCoreApplication.translate(
        "wording", "{article}: none left in stock. It is in the basket all the same."
    ).format(article=_cut(label))


def so_many(count: int, label: str, left: int) -> str:
    """Ask about a number that may be a slip."""
    if left >= count:
        text = QCoreApplication.translate("wording", "Really {count} × {article}?")
    else:
        text = QCoreApplication.translate(
            "wording", "{count} × {article}? Only {left} left in stock."
        )
    return text.format(count=count, article=_cut(label), left=left)


def add_so_many(count: int) -> str:
    return QCoreApplication.translate("wording", "Add {count}").format(count=count)


def take_out() -> str:
    return QCoreApplication.translate("wording", "Take out")


def none_left() -> str:
    return QCoreApplication.translate("wording", "none left")


def only_left(count: int) -> str:
    return QCoreApplication.translate("wording", "only {count} left").format(count=count)


def in_the_next_sale(label: str) -> str:
    return QCoreApplication.translate(
        "wording", "{article} waits for the next sale: this one is being saved."
    ).format(article=_cut(label))


def add() -> str:
    return QCoreApplication.translate("wording", "Add")


def from_price(price: str) -> str:
    return QCoreApplication.translate("wording", "from {price}").format(price=price)


def each(price: str) -> str:
    return QCoreApplication.translate("wording", "{price} each").format(price=price)


def undo_added() -> str:
    return QCoreApplication.translate("wording", "Undo: added")


def undo_removed() -> str:
    return QCoreApplication.translate("wording", "Undo: removed")


def undo_changed() -> str:
    return QCoreApplication.translate("wording", "Undo: changed")


def basket_full(lines_max: int) -> str:
    return QCoreApplication.translate(
        "wording", "A basket holds {count} lines: take payment, then go on."
    ).format(count=lines_max)


def line_full(label: str, quantity_max: int, left_out: int) -> str:
    return QCoreApplication.translate(
        "wording", "{article}: a basket holds {count}. Not added: {missing}; sell them apart."
    ).format(article=_cut(label), count=quantity_max, missing=left_out)


# Payment ---------------------------------------------------------------------------------------


def method(name: str) -> str:
    names = {
        "cash": QCoreApplication.translate("wording", "Cash"),
        "card": QCoreApplication.translate("wording", "Card"),
        "wristband": QCoreApplication.translate("wording", "Wristband"),
        "voucher": QCoreApplication.translate("wording", "Voucher"),
        "other": QCoreApplication.translate("wording", "Other"),
    }
    return names[name]


def waiting_for(name: str) -> str:
    """Return what to do before a payment that is not cash counts."""
    if name in ("card", "wristband"):
        return QCoreApplication.translate("wording", "On the terminal, take")
    if name == "voucher":
        return QCoreApplication.translate("wording", "Take the voucher for")
    return QCoreApplication.translate("wording", "Take by other means")


def to_give_back(amounts: str) -> str:
    return QCoreApplication.translate("wording", "Give back to the customer: {amounts}").format(
        amounts=amounts
    )


def decimal_sign() -> str:
    """Return the sign before the cents, as the screens' language has it."""
    return QCoreApplication.translate("wording", ".", "decimal sign")


def receipt_issued(number: str, copy: int) -> str:
    if copy == 1:
        text = QCoreApplication.translate("wording", "Receipt {number} is being printed.")
    else:
        text = QCoreApplication.translate(
            "wording", "Receipt {number} is being printed: duplicate {copy}."
        )
    return text.format(number=number, copy=copy - 1)


def not_an_amount(typed: str) -> str:
    return QCoreApplication.translate("wording", "“{typed}” is not an amount.").format(typed=typed)


def more_than_due(due: str) -> str:
    return QCoreApplication.translate(
        "wording", "Only {due} is due: no change on cards or vouchers."
    ).format(due=due)


def rounded_in_cash(amount: str) -> str:
    return QCoreApplication.translate("wording", "{amount} in cash, rounded to 5 cents").format(
        amount=amount
    )


def receipt_line(number: str, total: str) -> str:
    return QCoreApplication.translate("wording", "Receipt {number} · {total}").format(
        number=number, total=total
    )


def no_sale_yet() -> str:
    return QCoreApplication.translate("wording", "There is no sale on this till yet.")


# Help ------------------------------------------------------------------------------------------


def page_opens() -> str:
    return QCoreApplication.translate(
        "wording", "The page opens beside the till. Else ask the stand's manager for it on paper."
    )


def nothing_shows_pages() -> str:
    return QCoreApplication.translate(
        "wording", "This till cannot show the page: ask the stand's manager for it on paper."
    )


# The machine ----------------------------------------------------------------------------------


def machine_warning(warning: MachineWarning, language: str) -> str:
    """Return what is about to go wrong with the machine, and what to do."""
    match warning:
        case DiskLow(free_bytes=free_bytes):
            return QCoreApplication.translate(
                "wording", "Only {size} MB left on the disk: make room before it is full."
            ).format(size=free_bytes // 1_000_000)
        case BatteryLow(percent=percent):
            return QCoreApplication.translate(
                "wording", "Battery at {percent} %: plug the machine in."
            ).format(percent=percent)
        case ClockWrong(now=now):
            return QCoreApplication.translate(
                "wording",
                "The machine's clock says {date}: set it, or receipts carry a wrong date.",
            ).format(date=text_of.day(now, language))


# Errors ----------------------------------------------------------------------------------------

_Sentence = Callable[[Any, str], str]


def sentence(error: PosError, language: str) -> str:
    """Return what a person should know of an error, and do."""
    return _SENTENCES[type(error)](error, language)


def _amount(amount: Money, language: str) -> str:
    return text_of.money(amount, language)


def _tender_too_small(error: TenderTooSmall, language: str) -> str:
    return QCoreApplication.translate("wording", "{amount} is still due.").format(
        amount=_amount(error.short_by, language)
    )


def _change_needs_cash(error: ChangeNeedsCash, language: str) -> str:
    return QCoreApplication.translate(
        "wording", "{amount} too much: no change on cards or vouchers."
    ).format(amount=_amount(error.over_by, language))


def _cash_limit(error: CashLimitExceeded, language: str) -> str:
    return QCoreApplication.translate(
        "wording", "The law allows {limit} in cash at most; this would be {cash}. Use the card."
    ).format(limit=_amount(error.limit, language), cash=_amount(error.cash, language))


def _no_tax_rate(error: NoTaxRate, _language: str) -> str:
    return QCoreApplication.translate(
        "wording", "{article} has no VAT rate ({tax_class}): it cannot be sold. Tell the manager."
    ).format(article=_cut(error.label), tax_class=_cut(error.tax_class))


def _wrong_line(error: WrongLine, _language: str) -> str:
    return QCoreApplication.translate(
        "wording", "{article} has an impossible price or quantity: it cannot be sold."
    ).format(article=_cut(error.label))


def _unknown_sale(_error: UnknownSale, _language: str) -> str:
    return QCoreApplication.translate("wording", "This receipt is not of this till.")


def _wrong_tender(error: WrongTender, _language: str) -> str:
    return QCoreApplication.translate(
        "wording", "The sale did not bring in that much by {method}."
    ).format(method=method(error.method))


def _training_only(_error: TrainingOnly, _language: str) -> str:
    return QCoreApplication.translate(
        "wording", "This till is not set up for selling: it can train only."
    )


def _storage_unavailable(error: StorageUnavailable, _language: str) -> str:
    if "FULL" in error.reason:
        return QCoreApplication.translate(
            "wording", "The disk is full. Nothing is lost: make room, then try again."
        )
    if "READONLY" in error.reason or error.reason == "PermissionError":
        return QCoreApplication.translate(
            "wording", "The till may not write to its disk. Nothing is lost: call for help."
        )
    return QCoreApplication.translate(
        "wording", "The disk does not answer ({reason}). Nothing is lost: try again."
    ).format(reason=error.reason)


def _storage_damaged(error: StorageDamaged, _language: str) -> str:
    return QCoreApplication.translate(
        "wording", "The till's file {name} is damaged. It was left as it is."
    ).format(name=error.path.name)


def _till_already_open(_error: TillAlreadyOpen, _language: str) -> str:
    return QCoreApplication.translate("wording", "This till is open already in another window.")


def _printer_unavailable(error: PrinterUnavailable, _language: str) -> str:
    reasons = {
        "refused": QCoreApplication.translate("wording", "The printer is off."),
        "timeout": QCoreApplication.translate("wording", "The printer does not answer."),
        "unreachable": QCoreApplication.translate("wording", "The printer cannot be found."),
        "queue": QCoreApplication.translate("wording", "Too many receipts are waiting."),
        "write": QCoreApplication.translate("wording", "The printer stopped in mid-receipt."),
        "paper": QCoreApplication.translate("wording", "The printer has no paper."),
        "cover": QCoreApplication.translate("wording", "The printer's cover is open."),
        "offline": QCoreApplication.translate("wording", "The printer is offline."),
    }
    return reasons.get(
        error.reason, QCoreApplication.translate("wording", "The printer does not print.")
    )


def _database_too_new(_error: DatabaseTooNew, _language: str) -> str:
    return QCoreApplication.translate(
        "wording", "A newer version of Échoppe wrote this till. Update the program on this machine."
    )


def _journal_broken(error: JournalBroken, _language: str) -> str:
    return QCoreApplication.translate(
        "wording", "Entry {number} of the till's journal is not as it was written."
    ).format(number=error.seq)


def _journal_rolled_back(error: JournalRolledBack, _language: str) -> str:
    if error.in_place:
        return QCoreApplication.translate(
            "wording",
            "Another journal is in place of the till's last one:"
            " it has number {found}, number {kept} was kept here.",
        ).format(found=error.in_place, kept=error.kept)
    if error.kept:
        return QCoreApplication.translate(
            "wording",
            "The till's journal, number {kept}, is not in its folder any more:"
            " entry {seen} was seen here.",
        ).format(kept=error.kept, seen=error.anchored_seq)
    return QCoreApplication.translate(
        "wording",
        "Somebody put an older copy of the till's file in place:"
        " it ends at entry {found}, entry {seen} was seen here.",
    ).format(found=error.found_seq, seen=error.anchored_seq)


def _key_missing(_error: KeyMissing, _language: str) -> str:
    return QCoreApplication.translate(
        "wording", "This machine does not hold the till's key: the till belongs to another one."
    )


def _bad_configuration(error: BadConfiguration, _language: str) -> str:
    fields = ", ".join(name for name, _problem in error.problems)
    return QCoreApplication.translate("wording", "{file} has wrong fields: {fields}.").format(
        file=error.path.name, fields=fields
    )


def _enrolment_damaged(error: EnrolmentDamaged, _language: str) -> str:
    return QCoreApplication.translate(
        "wording",
        "What this till remembers of its hub cannot be read ({file}). It sells on;"
        " let it join the hub again, so that its sales are sent.",
    ).format(file=error.path.name)


_SENTENCES: dict[type[PosError], _Sentence] = {
    TenderTooSmall: _tender_too_small,
    ChangeNeedsCash: _change_needs_cash,
    CashLimitExceeded: _cash_limit,
    NoTaxRate: _no_tax_rate,
    WrongLine: _wrong_line,
    UnknownSale: _unknown_sale,
    WrongTender: _wrong_tender,
    TrainingOnly: _training_only,
    StorageUnavailable: _storage_unavailable,
    StorageDamaged: _storage_damaged,
    TillAlreadyOpen: _till_already_open,
    PrinterUnavailable: _printer_unavailable,
    DatabaseTooNew: _database_too_new,
    JournalBroken: _journal_broken,
    JournalRolledBack: _journal_rolled_back,
    KeyMissing: _key_missing,
    BadConfiguration: _bad_configuration,
    EnrolmentDamaged: _enrolment_damaged,
}

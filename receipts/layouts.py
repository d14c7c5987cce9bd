"""What stands on a receipt and where (fiscal.md R18, R19, R20, R49, R53, R62)."""

from __future__ import annotations

from collections.abc import Iterator

from pos.countries import COUNTRIES
from pos.domain.facts import SaleCompleted, SaleLine, Seller
from pos.domain.tax import TaxTotal
from pos.money import EUR, Money
from receipts.amounts import amount_text, moment_text, money_text, rate_text
from receipts.copy import ReceiptCopy
from receipts.document import (
    BOLD,
    LARGE,
    Columns,
    Cut,
    Document,
    Qr,
    Row,
    Rule,
    Space,
    Text,
    Width,
)
from receipts.messages import MESSAGES, Messages
from receipts.typesetting import width_of

LABEL_MAX = 200
"""Longest label, in characters, that is printed whole: 7 lines of the narrowest paper."""


TEST_CODE = "ECHOPPE TEST"
TEST_TITLE = "test"


def sale_receipt(copy: ReceiptCopy, *, columns: Width, language: str) -> Document:
    """Lay out one issue of a sale's receipt.

    A duplicate is the original under a legend with its number, date and operator: below the
    legend the two are the same, byte for byte (R18).

    Args:
        copy: the facts; nothing else is looked up but how the country calls its numbers.
        columns: characters in a line of the printer's paper.
        language: one of `MESSAGES`; `receipt_language` says which one the country wants.
    """
    said = MESSAGES[language]
    legend = tuple(_training(copy, said))
    rows = (
        *legend,
        *_duplicate(copy, said),
        *_seller(copy.opened.identity.seller, columns),
        *_heading(copy, said),
        *_lines(copy.sale, said),
        *_totals(copy.sale, said),
        *_taxes(copy.sale, said, columns),
        *_evidence(copy, said),
        *legend,
        Cut(),
    )
    return Document(title=copy.sale.receipt_number, columns=columns, rows=rows)


def printer_test_page(
    *, columns: Width, language: str, printer: str, local_time: str, native_qr: bool = True
) -> Document:
    """Lay out a page that shows at a glance whether a printer is set up well.

    `printer` is what the person calls it, such as its address.  `local_time` (ISO 8601) tells
    this page from the one before.  `native_qr` is only told.
    """
    said = MESSAGES[language]
    ruler = "".join(str(place % 10) for place in range(1, columns + 1))
    rows = (
        Text(said.test_page, LARGE, centred=True),
        Text(printer, centred=True),
        Text(moment_text(local_time, said), centred=True),
        Rule(),
        Text("€ é œ à ç", LARGE, centred=True),
        Text("É È Ê Ç Œ Æ « » ’ – … × · ° ß ñ ü # @ [ ] { }", centred=True),
        Text(ruler),
        Columns((said.total, money_text(Money(123_456, EUR), said))),
        Columns((said.total, money_text(Money(123_456, EUR), said)), LARGE),
        Rule(),
        Qr(TEST_CODE),
        Text(f"QR {'ESC/POS' if native_qr else 'raster'} · {columns}", centred=True),
        Text(said.test_hint, centred=True),
        Cut(),
    )
    return Document(title=TEST_TITLE, columns=columns, rows=rows)


def _training(copy: ReceiptCopy, said: Messages) -> Iterator[Row]:
    if copy.is_training:
        yield Space()
        yield Text(said.training, LARGE, centred=True)
        yield Space()


def _duplicate(copy: ReceiptCopy, said: Messages) -> Iterator[Row]:
    if not copy.duplicate:
        return
    when = moment_text(copy.issued.local_time, said)
    yield Text(said.duplicate.format(number=copy.duplicate), LARGE, centred=True)
    yield Columns((when, f"{said.operator} {copy.issued_by}"))
    yield Rule()


def _seller(seller: Seller, columns: Width) -> Iterator[Row]:
    numbers = COUNTRIES[seller.country].numbers if seller.country in COUNTRIES else None
    registration = f"{numbers.registration} " if numbers else ""
    vat = f"{numbers.vat_number} " if numbers else ""
    fits_large = len(seller.name) <= width_of(LARGE, columns)
    yield Text(_short(seller.name), LARGE if fits_large else BOLD, centred=True)
    for text in (
        seller.legal_form,
        *seller.address,
        registration + seller.registration if seller.registration else "",
        vat + seller.vat_number if seller.vat_number else "",
        seller.vat_exemption,
    ):
        if text:
            yield Text(_short(text), centred=True)
    yield Space()


def _heading(copy: ReceiptCopy, said: Messages) -> Iterator[Row]:
    sale, identity = copy.sale, copy.opened.identity
    yield Columns((said.receipt, sale.receipt_number), BOLD)
    yield Columns((moment_text(sale.local_time, said), f"{said.till} {identity.till}"))
    yield Columns((_short(identity.stand_name), f"{said.operator} {sale.operator}"))
    yield Rule()


def _lines(sale: SaleCompleted, said: Messages) -> Iterator[Row]:
    letters = _rate_letters(sale.taxes)
    for line in sale.lines:
        yield Text(_label(line), hanging=2)
        counted = f"  {line.quantity} × {amount_text(line.unit_price, said)}"
        if line.rate_bp in letters:
            counted = f"{counted}  {letters[line.rate_bp]}"
        total = amount_text(line.gross, said)
        if line.discount:
            less = amount_text(-line.discount, said)
            yield Text(counted)
            yield Columns((f"  {said.discount} {less}", total))
        else:
            yield Columns((counted, total))
    yield Rule()


def _rate_letters(taxes: tuple[TaxTotal, ...]) -> dict[int, str]:
    """Return A, B, … by rate, highest first; none where there is only one to tell."""
    if len(taxes) < 2:
        return {}
    return {tax.rate_bp: chr(ord("A") + index) for index, tax in enumerate(taxes)}


def _totals(sale: SaleCompleted, said: Messages) -> Iterator[Row]:
    if sale.rounding:
        yield Columns((said.total, money_text(sale.total, said)), BOLD)
        yield Columns((said.rounding, money_text(sale.rounding, said)))
        yield Columns((said.to_pay, money_text(sale.total + sale.rounding, said)), LARGE)
    else:
        yield Columns((said.total, money_text(sale.total, said)), LARGE)
    yield Space()
    for tender in sale.tenders:
        yield Columns((said.methods[tender.method], money_text(tender.amount, said)))
        if tender.reference:
            yield Text(f"  {said.reference} {_short(tender.reference)}", hanging=2)
    if sale.change:
        yield Columns((said.change, money_text(sale.change, said)))
    yield Space()


def _taxes(sale: SaleCompleted, said: Messages, columns: Width) -> Iterator[Row]:
    least = 6 if columns == 32 else 9  # apart where there is room
    letters = _rate_letters(sale.taxes)
    names = (said.net, said.tax, said.gross)
    sums = [
        tuple(amount_text(amount, said) for amount in (tax.net, tax.tax, tax.gross))
        for tax in sale.taxes
    ]
    needed = (max(len(cell) for cell in cells) for cells in zip(names, *sums, strict=True))
    widths = tuple(max(least, width) for width in needed)
    yield Columns((said.rate, *names), widths=widths)
    for tax, cells in zip(sale.taxes, sums, strict=True):
        rate = f"{letters.get(tax.rate_bp, '')} {rate_text(tax.rate_bp, said)}"
        yield Columns((rate.lstrip(), *cells), widths=widths)
    yield Space()


def _evidence(copy: ReceiptCopy, said: Messages) -> Iterator[Row]:
    sale = copy.sale
    pieces = sum(line.quantity for line in sale.lines)
    yield Columns((f"{said.lines} {len(sale.lines)}", f"{said.pieces} {pieces}"))
    yield Columns(
        (f"Échoppe {sale.software_version}", f"{said.fiscal} {sale.fiscal_version}"),
    )
    yield Columns((f"{said.signature} {copy.signature_excerpt}", f"{said.entry} {copy.seq}"))
    yield Space()
    yield Qr(copy.code)


def _label(line: SaleLine) -> str:
    return _short(" · ".join((line.label, *line.options)))


def _short(text: str) -> str:
    """Keep what somebody typed from filling a metre of paper."""
    return text if len(text) <= LABEL_MAX else text[: LABEL_MAX - 1].rstrip() + "…"

"""Selling: rules in, facts out."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from pos import FISCAL_VERSION, __version__
from pos.clock import business_date
from pos.commands import CompleteSale, CorrectTender, IssueReceipt
from pos.countries import COUNTRIES, Country
from pos.domain.basket import BasketLine
from pos.domain.counters import Counters
from pos.domain.facts import (
    PerpetualTotals,
    ReceiptIssued,
    SaleCompleted,
    SaleLine,
    ShiftOpened,
    TenderCorrected,
)
from pos.domain.receipt_number import receipt_number
from pos.domain.tax import Taxed, tax_included, totals_by_rate
from pos.domain.tender import REFERENCE_MAX, Settlement, Tender, settle
from pos.domain.text import clean_text
from pos.errors import (
    CashLimitExceeded,
    ChangeNeedsCash,
    NoTaxRate,
    TenderTooSmall,
    UnknownSale,
    WrongLine,
    WrongTender,
)
from pos.handlers.work import Work
from pos.ids import ShiftId, VariantId, uuid7
from pos.money import Money, total

REASON_MAX = 200


def complete_sale(command: CompleteSale, work: Work) -> SaleCompleted:
    """Record a paid sale and return it.

    Raises:
        WrongLine: a line's price is negative, its quantity impossible or its currency foreign.
        NoTaxRate: a line's tax class has no rate on this day.
        TenderTooSmall: the tenders do not cover the lines.
        ChangeNeedsCash: change is due, but the drawer got too little cash to give it from.
        CashLimitExceeded: more cash than the country allows for one debt.
    """
    assert command.lines, "the screen offers Pay for a filled basket only"
    if (already := work.sale(command.sale_id)) is not None:
        _assert_same(command, already)
        return already
    identity = work.opened.identity
    country = COUNTRIES[identity.seller.country]
    day = _business_date(work)
    lines = _sale_lines(command.lines, country, day, work)
    currency = work.opened.currency
    due = total((line.gross for line in lines), currency)
    tenders = tuple(_clean_tender(tender) for tender in command.tenders)
    settlement = _settle(due, tenders, country)
    last = work.counters()
    number = last.number + 1
    sale = SaleCompleted(
        sale_id=command.sale_id,
        shift_id=_shift(day, work),
        receipt_number=receipt_number(work.opened, number),
        number=number,
        business_date=day.isoformat(),
        local_time=_local_time(work),
        operator=command.operator,
        lines=lines,
        taxes=totals_by_rate((Taxed(ln.rate_bp, ln.gross, ln.tax) for ln in lines), currency),
        total=due,
        rounding=settlement.rounding,
        tenders=tenders,
        change=settlement.change,
        perpetual=_perpetual_after(due, last),
        software_version=__version__,
        fiscal_version=FISCAL_VERSION,
    )
    check_balance(sale)
    work.record(sale, command.operator)
    if command.basket_id is not None:
        work.forget_basket(command.basket_id)
    return sale


def check_balance(sale: SaleCompleted) -> None:
    """Assert R2: lines = total = VAT totals, and total + rounding = tenders − change."""
    currency = sale.total.currency
    assert total((line.gross for line in sale.lines), currency) == sale.total
    assert total((rate.gross for rate in sale.taxes), currency) == sale.total
    assert all(rate.net + rate.tax == rate.gross for rate in sale.taxes)
    tendered = total((tender.amount for tender in sale.tenders), currency)
    assert sale.total + sale.rounding == tendered - sale.change


def _perpetual_after(due: Money, last: Counters) -> PerpetualTotals:
    return PerpetualTotals(
        net=Money(last.perpetual_net_minor, due.currency) + due,
        absolute=Money(last.perpetual_absolute_minor, due.currency) + abs(due),
    )


def _business_date(work: Work) -> date:
    identity = work.opened.identity
    starts_at = time.fromisoformat(identity.day_starts_at)
    return business_date(work.now, ZoneInfo(identity.time_zone), starts_at)


def _local_time(work: Work) -> str:
    zone = ZoneInfo(work.opened.identity.time_zone)
    return work.now.astimezone(zone).isoformat(timespec="seconds")


def _assert_same(command: CompleteSale, already: SaleCompleted) -> None:
    """Assert that a repeated id means the same sale."""
    asked = [(line.variant.variant_id, line.quantity) for line in command.lines]
    assert asked == [(line.variant_id, line.quantity) for line in already.lines], "two sales"
    assert [t.amount for t in command.tenders] == [t.amount for t in already.tenders]


def _settle(due: Money, tenders: tuple[Tender, ...], country: Country) -> Settlement:
    assert all(tender.amount.minor > 0 for tender in tenders), "a tender brings money in"
    settlement = settle(due, tenders, country.cash_rounding)
    if settlement.still_due.minor > 0:
        raise TenderTooSmall(short_by=settlement.still_due)
    if settlement.cash_kept.minor < 0:
        raise ChangeNeedsCash(over_by=-settlement.cash_kept)
    limit = country.cash_limit
    if limit is not None and limit < settlement.cash_kept:
        raise CashLimitExceeded(limit=limit, cash=settlement.cash_kept)
    return settlement


def _sale_lines(
    lines: tuple[BasketLine, ...], country: Country, day: date, work: Work
) -> tuple[SaleLine, ...]:
    taken: dict[VariantId, int] = {}
    result = []
    for line in lines:
        if not line.is_sellable_in(work.opened.currency):
            raise WrongLine(label=line.variant.label)
        variant_id = line.variant.variant_id
        taken[variant_id] = taken.get(variant_id, 0) + line.quantity
        oversold = work.on_hand(variant_id) < taken[variant_id]
        rate_bp = country.rate_bp(line.variant.tax_class, day)
        if rate_bp is None:
            raise NoTaxRate(tax_class=line.variant.tax_class, label=line.variant.label)
        if work.opened.identity.seller.vat_exemption:
            rate_bp = 0  # who shows VAT owes it (CGI art. 283, 3)
        result.append(_sale_line(line, rate_bp, oversold=oversold))
    return tuple(result)


def _sale_line(line: BasketLine, rate_bp: int, *, oversold: bool) -> SaleLine:
    variant = line.variant
    gross = variant.price * line.quantity
    tax = tax_included(gross, rate_bp=rate_bp)
    return SaleLine(
        variant_id=variant.variant_id,
        product_id=variant.product_id,
        variant_number=variant.number,
        label=variant.name,
        options=variant.options,
        sku=variant.sku,
        artist=variant.artist,
        category=variant.category,
        tax_class=variant.tax_class,
        rate_bp=rate_bp,
        quantity=line.quantity,
        unit_price=variant.price,
        discount=Money(0, gross.currency),
        gross=gross,
        net=gross - tax,
        tax=tax,
        oversold=oversold,
    )


def _clean_tender(tender: Tender) -> Tender:
    reference = clean_text(tender.reference, length_max=REFERENCE_MAX)
    return Tender(method=tender.method, amount=tender.amount, reference=reference)


def _shift(day: date, work: Work) -> ShiftId:
    """Return the day's shift; the first sale of a business date opens it by itself."""
    if (shift_id := work.shift_on(day.isoformat())) is not None:
        return shift_id
    shift_id = ShiftId(uuid7())
    opened = ShiftOpened(shift_id=shift_id, business_date=day.isoformat(), cash_float=None)
    work.record(opened, work.first_manager())
    return shift_id


def issue_receipt(command: IssueReceipt, work: Work) -> ReceiptIssued:
    """Record that a receipt goes out: copy 1 is the original, then numbered duplicates.

    Raises:
        UnknownSale: there is no such sale on this till.
    """
    if (sale := work.sale(command.sale_id)) is None:
        raise UnknownSale(sale=command.sale_id)
    issued = ReceiptIssued(
        sale_id=sale.sale_id,
        receipt_number=sale.receipt_number,
        copy=work.receipts_issued(sale.sale_id) + 1,
        channel=command.channel,
        local_time=_local_time(work),
    )
    work.record(issued, command.operator)
    return issued


def correct_tender(command: CorrectTender, work: Work) -> TenderCorrected:
    """Record that an amount was paid otherwise; the sale itself stays as it is.

    Raises:
        UnknownSale: there is no such sale on this till.
        WrongTender: the sale did not bring in that much by that method.
        CashLimitExceeded: the correction would make it more cash than the country allows.
    """
    if (already := work.correction(command.correction_id)) is not None:
        assert isinstance(already, TenderCorrected)
        _assert_same_correction(command, already)
        return already
    if (sale := work.sale(command.sale_id)) is None:
        raise UnknownSale(sale=command.sale_id)
    assert command.amount.minor > 0
    assert command.from_method != command.to_method
    if work.tendered(command.sale_id, command.from_method) < command.amount:
        raise WrongTender(method=command.from_method)
    limit = COUNTRIES[work.opened.identity.seller.country].cash_limit
    if command.to_method == "cash" and limit is not None:
        cash = work.tendered(command.sale_id, "cash") + command.amount
        if limit < cash:
            raise CashLimitExceeded(limit=limit, cash=cash)
    corrected = TenderCorrected(
        correction_id=command.correction_id,
        sale_id=sale.sale_id,
        from_method=command.from_method,
        to_method=command.to_method,
        amount=command.amount,
        reason=clean_text(command.reason, length_max=REASON_MAX),
        business_date=_business_date(work).isoformat(),
    )
    work.record(corrected, command.operator)
    return corrected


def _assert_same_correction(command: CorrectTender, already: TenderCorrected) -> None:
    """Assert that a repeated id means the same correction."""
    assert command.sale_id == already.sale_id, "two corrections"
    assert command.amount == already.amount
    methods = (command.from_method, command.to_method)
    assert methods == (already.from_method, already.to_method)

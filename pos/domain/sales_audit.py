"""Adding a journal's sales up again: what each of them claims has to follow from those before.

A sale's fact carries its number and the perpetual totals after it (fiscal.md R1, R23, R24).  The
audit takes the facts in order and names the first rule that one of them breaks:

    number          numbers are 1, 2, 3 … without gaps (R11)
    receipt_number  stand, till, journal and number, as printed
    lines           unit price × quantity − discount = gross = net + tax; they make the total
    taxes           the totals by rate are those of the lines
    tenders         total + rounding = tenders − change (R2)
    perpetual       the totals before, plus this sale; before the first, those of the journal
                    that this one goes on from
"""

from __future__ import annotations

from pos.domain.counters import first_counters
from pos.domain.facts import Fact, JournalOpened, PerpetualTotals, SaleCompleted, SaleLine
from pos.domain.receipt_number import receipt_number, unmarked_number
from pos.domain.tax import Taxed, totals_by_rate
from pos.money import Money, total


class SalesAudit:
    """Follows the sales of one journal; feed it all facts in order."""

    def __init__(self, opened: JournalOpened) -> None:
        first = first_counters(opened)
        self._opened = opened
        self._number: int | None = 0
        self._perpetual = PerpetualTotals(
            net=Money(first.perpetual_net_minor, opened.currency),
            absolute=Money(first.perpetual_absolute_minor, opened.currency),
        )
        self.sales = 0

    def check(self, fact: Fact) -> str:
        """Return the name of the rule that a fact breaks, "" if it breaks none."""
        if not isinstance(fact, SaleCompleted):
            return ""
        broken = self._first_broken(fact)
        self.sales += 1
        self._number = fact.number
        self._perpetual = fact.perpetual
        return broken

    def skip(self) -> None:
        """Pass over a fact that a newer version wrote: it may have moved the counters."""
        self._number = None

    def _first_broken(self, sale: SaleCompleted) -> str:
        rules = {
            "number": self._number is None or sale.number == self._number + 1,
            "receipt_number": sale.receipt_number in self._receipt_numbers(sale.number),
            "lines": _lines_add_up(sale),
            "taxes": _taxes_add_up(sale),
            "tenders": _tenders_add_up(sale),
            "perpetual": self._number is None or sale.perpetual == self._perpetual_after(sale),
        }
        return next((name for name, is_kept in rules.items() if not is_kept), "")

    def _receipt_numbers(self, number: int) -> set[str]:
        """Return how a number may be printed: training had no mark in version 0.1.0."""
        expected = {receipt_number(self._opened, number)}
        if self._opened.mode == "training":
            expected.add(unmarked_number(self._opened, number))
        return expected

    def _perpetual_after(self, sale: SaleCompleted) -> PerpetualTotals:
        return PerpetualTotals(
            net=self._perpetual.net + sale.total,
            absolute=self._perpetual.absolute + abs(sale.total),
        )


def _lines_add_up(sale: SaleCompleted) -> bool:
    gross = total((line.gross for line in sale.lines), sale.total.currency)
    return gross == sale.total and all(_line_adds_up(line) for line in sale.lines)


def _line_adds_up(line: SaleLine) -> bool:
    asked = line.unit_price * line.quantity - line.discount
    return line.gross == asked == line.net + line.tax


def _taxes_add_up(sale: SaleCompleted) -> bool:
    taxed = (Taxed(line.rate_bp, line.gross, line.tax) for line in sale.lines)
    return sale.taxes == totals_by_rate(taxed, sale.total.currency)


def _tenders_add_up(sale: SaleCompleted) -> bool:
    tendered = total((tender.amount for tender in sale.tenders), sale.total.currency)
    return sale.total + sale.rounding == tendered - sale.change

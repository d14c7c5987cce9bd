"""Stock of all stands, and the sales of a day: as pages, and as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from starlette.responses import Response, StreamingResponse

from pos.money import minor_digits
from sync.hub.hub import Hub
from sync.hub.store import sales
from sync.hub.store.browsing import shelves
from sync.hub.store.overview import lines_of, sale_of, sales_of_day, stands, stands_of_day
from sync.hub.web.today import today
from sync.hub.web.visit import Visit

PAGE = 100
PRODUCTS_PAGE = 25
_FORMULA = re.compile(r"[\t\r\n]|[\s\x00\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet runs, also in full width, as in Japanese, and behind what it does not see."""


def stock_page(visit: Visit) -> Response:
    """Show how many pieces of each size every stand has."""
    asked, stand = visit.query.get("q", "").strip(), visit.query.get("stand", "")
    start = (visit.page_number - 1) * PRODUCTS_PAGE
    with visit.hub.database.read() as connection:
        known = stands(connection)
        count, found = shelves(connection, asked, stand, start=start, limit=PRODUCTS_PAGE)
    somewhere = {code for shelf in found for code in shelf.levels}
    return visit.page(
        "stock.html",
        columns=[one for one in known if one.stand in somewhere],
        has_more=start + PRODUCTS_PAGE < count,
        number=visit.page_number,
        q=asked,
        shelves=found,
        stand=stand,
        stands=known,
    )


def sales_page(visit: Visit) -> Response:
    """Show the sales of a day, the latest first."""
    day, stand, start = _day(visit), visit.query.get("stand", ""), (visit.page_number - 1) * PAGE
    with visit.hub.database.read() as connection:
        known = stands(connection)
        of_day = [one for one in stands_of_day(connection, day) if stand in ("", one.stand)]
        found = sales_of_day(connection, day, stand, start=start, limit=PAGE + 1)
    when = date.fromisoformat(day)
    return visit.page(
        "sales.html",
        after=(when + timedelta(days=1)).isoformat(),
        before=(when - timedelta(days=1)).isoformat(),
        count=sum(one.sales for one in of_day),
        day=day,
        has_more=len(found) > PAGE,
        number=visit.page_number,
        pieces=sum(one.pieces for one in of_day),
        sales=found[:PAGE],
        stand=stand,
        stands=known,
        total_minor=sum(one.total_minor for one in of_day),
    )


def _day(visit: Visit) -> str:
    """Return the day that was asked for; today, if it is none."""
    try:
        asked = date.fromisoformat(visit.query.get("day", ""))
    except ValueError:
        return today(visit.house, visit.now)
    is_near = date(2000, 1, 2) < asked < date(2999, 1, 1)
    return asked.isoformat() if is_near else today(visit.house, visit.now)


def sale_page(visit: Visit) -> Response:
    """Show the lines of one sale."""
    journal, seq = visit.number("journal"), visit.number("seq")
    if journal is None or seq is None:
        return visit.not_found()
    with visit.hub.database.read() as connection:
        sale = sale_of(connection, journal, seq)
        lines = lines_of(connection, journal, seq)
    if sale is None:
        return visit.not_found()
    return visit.page("sale.html", sale=sale, lines=lines)


def sales_csv(visit: Visit) -> Response:
    """Return the lines of all sales of a day, as this person's spreadsheet reads them."""
    day, stand = _day(visit), visit.query.get("stand", "")
    wanted = sales.Wanted(first_date=day, last_date=day, stand=stand)
    head = tuple(visit.say(f"csv.{name}") for name in COLUMNS)
    french = visit.language == "fr"
    writing = CsvWriting(minor_digits(visit.currency), french=french)
    name = f"{visit.say('csv.file')}-{day}.csv"
    return StreamingResponse(
        _rows(visit.hub, wanted, head, writing),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


COLUMNS = (
    *("day", "time", "stand", "receipt", "what", "quantity", "amount", "rate", "tax"),
    *("variant", "sale"),
)


class CsvWriting:
    """How a spreadsheet of a language wants its files: Excel reads `;` and `,` in French."""

    def __init__(self, digits: int, *, french: bool) -> None:
        self._digits = digits
        self._point = "," if french else "."
        self._delimiter = ";" if french else ","

    def row(self, *cells: str | int) -> str:
        """Return a line; a text that a spreadsheet would run as a formula gets an apostrophe."""
        text = io.StringIO()
        csv.writer(text, delimiter=self._delimiter).writerow([_plain(cell) for cell in cells])
        return text.getvalue()

    def amount(self, minor: int) -> Number:
        """Return an amount as a number that a spreadsheet can add up."""
        value = Decimal(minor).scaleb(-self._digits)
        return Number(f"{value:.{self._digits}f}".replace(".", self._point))

    def rate(self, rate_bp: int) -> Number:
        return Number(f"{Decimal(rate_bp).scaleb(-2):.2f}".replace(".", self._point))


class Number(str):
    """A number written out by us: its minus sign is a minus sign."""

    __slots__ = ()


def _plain(cell: str | int) -> str | int:
    if isinstance(cell, Number | int):
        return cell
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _rows(
    hub: Hub, wanted: sales.Wanted, head: tuple[str, ...], writing: CsvWriting
) -> Iterator[str]:
    yield "\ufeff" + writing.row(*head)  # so that Excel takes it for UTF-8
    place = None
    while True:
        with hub.database.read() as connection:
            page = sales.page(connection, wanted, after=place, limit=sales.PAGE_MAX)
        yield "".join(
            writing.row(
                sale.business_date,
                sale.local_time,
                sale.stand,
                sale.receipt_number,
                line.label,
                line.quantity,
                writing.amount(line.gross_minor),
                writing.rate(line.rate_bp),
                writing.amount(line.tax_minor),
                line.variant_id,
                sale.sale_id,
            )
            for sale in page
            for line in sale.lines
        )
        if len(page) < sales.PAGE_MAX:
            return
        place = page[-1].place

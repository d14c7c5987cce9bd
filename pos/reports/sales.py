"""Sales of this till: the receipt again, the last one, what the day brought."""

from __future__ import annotations

import msgspec

from pos.domain.basket import Basket
from pos.domain.facts import JournalOpened, SaleCompleted
from pos.domain.tender import TakenSoFar, read_taken
from pos.ids import OperatorCode, SaleId
from pos.reports.question import Question
from pos.reports.reader import Reader


class SaleRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A sale as recorded, with what a receipt needs besides it."""

    sale: SaleCompleted
    seq: int
    signature: bytes
    opened: JournalOpened
    code: str  # the receipt's QR: `R1:…`
    copies: int  # how many receipts of it went out


class FindSale(Question[SaleRecord | None], frozen=True, kw_only=True):
    """What is recorded of this sale?"""

    sale_id: SaleId


class FindLastSale(Question[SaleRecord | None], frozen=True, kw_only=True):
    """What was the last sale of this till?"""


class SavedBasket(Question[Basket | None], frozen=True, kw_only=True):
    """Which basket was in progress when the till stopped?"""


class SavedTenders(Question[tuple[TakenSoFar, ...]], frozen=True, kw_only=True):
    """What was taken and not sold when the till stopped, also for baskets that are gone?

    Besides this there may be `UnreadTenders`.
    """


class UnreadTenders(Question[int], frozen=True, kw_only=True):
    """Of how many payments that were not sold can the note not be read?"""


class StaffMember(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works with this till."""

    code: OperatorCode
    name: str
    role: str


class Staff(Question[tuple[StaffMember, ...]], frozen=True, kw_only=True):
    """Who works with this till?"""


class DayTotals(msgspec.Struct, frozen=True, kw_only=True):
    """What a business date brought in so far."""

    business_date: str
    sales: int
    total_minor: int
    by_method: tuple[tuple[str, int], ...]  # kept, change taken off; largest first


class TotalsOn(Question[DayTotals], frozen=True, kw_only=True):
    """What did this business date bring in so far?"""

    business_date: str


def sale_seq(question: FindSale, reader: Reader) -> int | None:
    """Return the entry number of a sale."""
    rows = reader.rows("SELECT seq FROM sale WHERE sale_id = ?", question.sale_id)
    return int(rows[0][0]) if rows else None


def last_sale_seq(reader: Reader) -> int | None:
    """Return the entry number of the last sale."""
    rows = reader.rows("SELECT max(seq) FROM sale")
    return rows[0][0]  # type: ignore[no-any-return]  # an INTEGER column


def copies_of(sale_id: SaleId, reader: Reader) -> int:
    """Return how many receipts of a sale went out."""
    rows = reader.rows("SELECT count(*) FROM receipt_issue WHERE sale_id = ?", sale_id)
    return int(rows[0][0])


def saved_basket(_question: SavedBasket, reader: Reader, _stand: str) -> Basket | None:
    """Return the basket in progress; one that cannot be read or sold any more counts as none."""
    rows = reader.rows("SELECT body FROM saved_basket WHERE slot = 'current'")
    if not rows:
        return None
    try:
        basket = msgspec.json.decode(rows[0][0], type=Basket)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    is_sellable = all(line.is_sellable_in(basket.currency) for line in basket.lines)
    variants = {line.variant.variant_id for line in basket.lines}
    is_usable = is_sellable and 0 < len(variants) == len(basket.lines)
    return basket if is_usable else None


def saved_tenders(_question: SavedTenders, reader: Reader, _stand: str) -> tuple[TakenSoFar, ...]:
    """Return what was taken, oldest first; what is sold counts as nothing."""
    notes = [taken for taken in _notes(reader) if taken is not None]
    sold = "SELECT 1 FROM sale WHERE sale_id = ?"
    return tuple(taken for taken in notes if not reader.rows(sold, taken.sale_id))


def unread_tenders(_question: UnreadTenders, reader: Reader, _stand: str) -> int:
    """Count the notes of money that cannot be read."""
    return sum(taken is None for taken in _notes(reader))


def _notes(reader: Reader) -> list[TakenSoFar | None]:
    rows = reader.rows("SELECT body FROM saved_basket WHERE slot <> 'current' ORDER BY rowid")
    return [read_taken(body) for (body,) in rows]


def staff(_question: Staff, reader: Reader, _stand: str) -> tuple[StaffMember, ...]:
    """Return the staff in the order in which they were added."""
    rows = reader.rows("SELECT code, name, role FROM staff ORDER BY rowid")
    return tuple(
        StaffMember(code=OperatorCode(code), name=name, role=role) for code, name, role in rows
    )


def totals_on(question: TotalsOn, reader: Reader, _stand: str) -> DayTotals:
    """Add up a business date from the derived tables."""
    ((sales, total_minor),) = reader.rows(
        "SELECT count(*), coalesce(sum(total_minor), 0) FROM sale WHERE business_date = ?",
        question.business_date,
    )
    by_method = reader.rows(
        "SELECT method, sum(amount_minor) AS kept FROM sale JOIN sale_tender USING (sale_id)"
        " WHERE business_date = ? GROUP BY method ORDER BY kept DESC, method",
        question.business_date,
    )
    return DayTotals(
        business_date=question.business_date,
        sales=sales,
        total_minor=total_minor,
        by_method=tuple((method, kept) for method, kept in by_method),
    )

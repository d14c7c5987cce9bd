"""What entries mean for head office: sales, movements of stock, and what somebody has to look at.

Pure: bytes in, rows out.  An entry that cannot be understood is told of and left aside; it never
holds up the ones behind it.  Numbers and texts that no till writes, but that somebody with a
till's key could, are such entries too: no database would take them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from pos.codec import MalformedBody, UnknownKind, decode_body, decode_fact
from pos.domain.facts import (
    ClockDoubted,
    Fact,
    IntegrityFailed,
    JournalOpened,
    SaleCompleted,
    SaleLine,
    StockReceived,
)

KINDS = ("SaleCompleted", "StockReceived", "ClockDoubted", "IntegrityFailed")
"""What means something here; entries of other kinds are kept, and not even read."""

PIECES_MAX = 10**9
AMOUNT_MAX = 10**12
"""Ten milliards, so that sums of a day's sales stay far below 2**63, where SQLite gives up."""

SEQ_MAX = 2**53 - 1
ID_MAX = 200
LABEL_MAX = 400

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Kind = Literal[
    "fork",
    "quarantine",
    "clock",
    "integrity",
    "oversell",
    "stranger",
    "revoked",
    "unmatched",
    "twice",
    "claim",
    "link",
    "ahead",
]
"""What an incident is about; `twice` is a sale that was recorded twice, `claim` and `link` name
another till's journal, and `ahead` tells of a hub that was put back without anybody's saying so."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as far as its meaning goes."""

    seq: int
    body: bytes
    problem: str = ""


class SoldLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a sale, as it is kept here."""

    variant_id: str
    label: str
    quantity: int
    gross_minor: int
    tax_minor: int
    rate_bp: int


class Sold(msgspec.Struct, frozen=True, kw_only=True):
    """One sale, as it is kept here."""

    seq: int
    sale_id: str
    receipt_number: str
    business_date: str
    local_time: str
    total_minor: int
    lines: tuple[SoldLine, ...]

    @property
    def pieces(self) -> int:
        """Return how many pieces were sold."""
        return sum(line.quantity for line in self.lines)


class Movement(msgspec.Struct, kw_only=True):
    """What a journal moved of a variant at a stand; carried is what the journal before had left."""

    pieces: int = 0
    carried: int = 0
    at: str = ""


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a person should look at; those of one kind and subject are one incident."""

    kind: Kind
    subject: str
    detail: dict[str, str | int] = {}
    stand: str = ""
    till_id: str = ""
    times: int = 1


class Whose(msgspec.Struct, frozen=True, kw_only=True):
    """The journal that is read, and whose it is."""

    journal_id: str
    till_id: str
    opened: JournalOpened
    currency: str  # of the organisation

    @property
    def stand(self) -> str:
        """Return the stand where the journal's till works."""
        return self.opened.identity.stand.replace("\0", "")[:ID_MAX]


class Meaning(msgspec.Struct, kw_only=True):
    """What some entries of one journal come to."""

    sales: list[Sold] = []
    moved: dict[tuple[str, str], Movement] = {}  # by stand and variant
    labels: dict[str, str] = {}  # of variants that were sold
    troubles: list[Trouble] = []

    @property
    def has_carried(self) -> bool:
        """Say whether stock came along from the journal before."""
        return any(movement.carried for movement in self.moved.values())


class _Unusable(Exception):
    """An entry that is no sale or movement as a till makes them."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def meaning_of(entries: Iterable[Entry], whose: Whose) -> Meaning:
    """Return what entries come to, in their order."""
    meaning = Meaning()
    for entry in entries:
        try:
            _add(meaning, entry, whose)
        except _Unusable as problem:
            meaning.troubles.append(
                _trouble("quarantine", whose, {"why": problem.why, "seq": entry.seq})
            )
    return meaning


def _add(meaning: Meaning, entry: Entry, whose: Whose) -> None:
    fact, occurred_at = _read(entry)
    match fact:
        case SaleCompleted():
            sold = _sold(entry.seq, fact, whose.currency)
            meaning.sales.append(sold)
            for line in sold.lines:
                meaning.labels[line.variant_id] = line.label
                movement = _movement(meaning, whose.stand, line.variant_id, occurred_at)
                movement.pieces -= line.quantity
        case StockReceived():
            _receive(meaning, fact, occurred_at)
        case ClockDoubted():
            detail: dict[str, str | int] = {"last_seen": fact.last_seen[:40], "now": fact.now[:40]}
            meaning.troubles.append(_trouble("clock", whose, detail | {"seq": entry.seq}))
        case IntegrityFailed():
            detail = {"check": fact.check, "seq": _bounded(fact.seq, SEQ_MAX)}
            detail["reason"] = _plain(fact.reason)
            meaning.troubles.append(_trouble("integrity", whose, detail))
        case _:
            pass  # kept, and of no consequence here


def _read(entry: Entry) -> tuple[Fact | None, str]:
    """Return an entry's fact and when it happened; None for a kind of a newer version."""
    if entry.problem:
        raise _Unusable(entry.problem)
    try:
        body = decode_body(entry.body)
        return decode_fact(body), _short(body.occurred_at)
    except UnknownKind:
        return None, ""
    except (MalformedBody, RecursionError) as error:
        raise _Unusable("malformed") from error


def _receive(meaning: Meaning, fact: StockReceived, occurred_at: str) -> None:
    stand = _short(fact.stand)
    pieces = [
        (_short(one.variant_id), _bounded(one.quantity, PIECES_MAX)) for one in fact.pieces
    ]  # all of it is right, or nothing counts
    for variant_id, quantity in pieces:
        movement = _movement(meaning, stand, variant_id, occurred_at)
        if fact.reason == "carried_over":
            movement.carried += quantity
        else:
            movement.pieces += quantity


def _movement(meaning: Meaning, stand: str, variant_id: str, at: str) -> Movement:
    movement = meaning.moved.setdefault((stand, variant_id), Movement())
    movement.at = max(movement.at, at)
    return movement


def _sold(seq: int, sale: SaleCompleted, currency: str) -> Sold:
    if sale.total.currency != currency:
        raise _Unusable("currency")
    if not _DATE.fullmatch(sale.business_date):
        raise _Unusable("range")
    sold = Sold(
        seq=seq,
        sale_id=_short(sale.sale_id),
        receipt_number=_short(sale.receipt_number),
        business_date=sale.business_date,
        local_time=_short(sale.local_time),
        total_minor=_bounded(sale.total.minor, AMOUNT_MAX),
        lines=tuple(map(_sold_line, sale.lines)),
    )
    _bounded(sold.pieces, PIECES_MAX)
    return sold


def _sold_line(line: SaleLine) -> SoldLine:
    return SoldLine(
        variant_id=_short(line.variant_id),
        label=_plain(" · ".join((line.label, *line.options)))
        if line.options
        else _plain(line.label),
        quantity=_bounded(line.quantity, PIECES_MAX),
        gross_minor=_bounded(line.gross.minor, AMOUNT_MAX),
        tax_minor=_bounded(line.tax.minor, AMOUNT_MAX),
        rate_bp=_bounded(line.rate_bp, PIECES_MAX),
    )


def _bounded(number: int, most: int) -> int:
    if not -most <= number <= most:
        raise _Unusable("range")
    return number


def _short(text: str) -> str:
    """Return an identity or a time as it is; PostgreSQL keeps no zero bytes in texts."""
    if len(text) > ID_MAX or "\0" in text:
        raise _Unusable("range")
    return text


def _plain(text: str) -> str:
    return text.replace("\0", "")[:LABEL_MAX]


def _trouble(kind: Kind, whose: Whose, detail: dict[str, str | int]) -> Trouble:
    return Trouble(
        kind=kind,
        subject=whose.journal_id,
        detail=detail,
        stand=whose.stand,
        till_id=whose.till_id,
    )

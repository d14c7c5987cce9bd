"""Everything that can be recorded, in the past tense.

A fact is written once, at the end of a till's journal, and never changed; a mistake is corrected
by another fact.  It holds codes and ids of people, never names (fiscal.md R34), and of customers
nothing at all.  Field order is the order of the bytes that are hashed: add fields at the end,
with a default, and never reorder.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from pos.domain.catalogue import OpeningStock
from pos.domain.tax import TaxTotal
from pos.domain.tender import Method, Tender
from pos.ids import JournalId, OperatorCode, ProductId, SaleId, ShiftId, VariantId
from pos.money import Currency, Money

Mode = Literal["live", "training"]


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something that became true on a till."""


class Seller(msgspec.Struct, frozen=True, kw_only=True):
    """Who sells, as the law wants it on a receipt."""

    name: str
    legal_form: str
    address: tuple[str, ...]
    country: str  # ISO 3166, two letters
    registration: str  # SIRET in France, enterprise number in Belgium
    vat_number: str
    vat_exemption: str = ""  # the legend that stands instead of a VAT number


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Which till this is, on which stand, for whom."""

    seller: Seller
    stand: str  # short code, as in a receipt number: GS
    stand_name: str
    till: str  # short code: 1
    time_zone: str  # IANA name
    day_starts_at: str  # local HH:MM from which a new business date counts


class PreviousJournal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The journal that this one goes on from, and why it could not be continued.

    Its perpetual totals are those of its last entry that is as it was signed, `perpetual_seq`;
    0 says that none could be trusted, and they begin at zero.  (Zeros are not written, so that
    what was recorded before there were totals keeps its bytes.)
    """

    journal_id: JournalId | None  # None: it could not even be read
    seq: int
    digest: str
    reason: str  # damaged, rolled_back, broken, key_missing, forked
    perpetual_net_minor: int = 0
    perpetual_absolute_minor: int = 0
    perpetual_seq: int = 0


class JournalOpened(Fact, frozen=True, kw_only=True):
    """A till's journal begins; always entry 1 (fiscal.md R11)."""

    mode: Mode
    identity: Identity
    currency: Currency
    ordinal: int  # 1 for the first journal of a till; part of each receipt number
    public_key: str  # Ed25519, hex
    software_version: str
    fiscal_version: str
    previous: PreviousJournal | None = None


class SoftwareChanged(Fact, frozen=True, kw_only=True):
    """Another version of the program writes from here on."""

    software_version: str
    fiscal_version: str


class CatalogueChanged(Fact, frozen=True, kw_only=True):
    """Products arrived from a file or a feed."""

    source: str  # the file's own name without its folder
    sha256: str
    products: int
    variants: int


class StockReceived(Fact, frozen=True, kw_only=True):
    """Pieces came to the stand."""

    stand: str
    reason: Literal["opening", "carried_over"]
    pieces: tuple[OpeningStock, ...]


class ShiftOpened(Fact, frozen=True, kw_only=True):
    """A drawer went into service for a business date."""

    shift_id: ShiftId
    business_date: str  # YYYY-MM-DD
    cash_float: Money | None  # None: nobody counted it


class SaleLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was sold, complete in itself: nothing of it is looked up later (R1)."""

    variant_id: VariantId
    product_id: ProductId
    variant_number: int
    label: str
    options: tuple[str, ...]
    sku: str
    artist: str
    category: str
    tax_class: str
    rate_bp: int
    quantity: int
    unit_price: Money  # tax included, before discount
    discount: Money  # taken off the whole line; zero or positive
    gross: Money  # unit_price × quantity − discount
    net: Money
    tax: Money
    oversold: bool = False  # sold although the stock said that there were not enough


class PerpetualTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Counters that never go back to zero (R23, R24)."""

    net: Money  # sales minus refunds
    absolute: Money  # sales plus refunds


class SaleCompleted(Fact, frozen=True, kw_only=True):
    """A basket was paid in full; from here on only a refund can undo it."""

    sale_id: SaleId
    shift_id: ShiftId
    receipt_number: str  # GS-1-2-000123
    number: int  # 123: without gaps within the journal
    business_date: str  # YYYY-MM-DD
    local_time: str  # ISO 8601 with offset, to the second
    operator: OperatorCode
    lines: tuple[SaleLine, ...]
    taxes: tuple[TaxTotal, ...]
    total: Money  # what the lines add up to
    rounding: Money  # total + rounding = tenders − change
    tenders: tuple[Tender, ...]
    change: Money  # given in cash
    perpetual: PerpetualTotals  # after this sale
    software_version: str
    fiscal_version: str


class TenderCorrected(Fact, frozen=True, kw_only=True):
    """An amount was paid otherwise than recorded: moved from one method to another (R14).

    The sale stays as it is; totals by method add both.
    """

    correction_id: str
    sale_id: SaleId
    from_method: Method
    to_method: Method
    amount: Money
    reason: str
    business_date: str


class ReceiptIssued(Fact, frozen=True, kw_only=True):
    """A receipt was given out: copy 1 is the original, 2 and up are duplicates (R18, R19)."""

    sale_id: SaleId
    receipt_number: str
    copy: int
    channel: Literal["print", "screen", "file"]
    local_time: str


class IntegrityFailed(Fact, frozen=True, kw_only=True):
    """A check found something that does not verify (R10)."""

    check: Literal["anchor", "chain", "signature", "derived"]
    seq: int  # the first bad entry; 0 if it is not about one
    reason: str


class ClockDoubted(Fact, frozen=True, kw_only=True):
    """The clock went back, or jumped further than a festival lasts (R12)."""

    last_seen: str  # UTC of the entry before
    now: str


class Enrolled(Fact, frozen=True, kw_only=True):
    """The till belongs to a hub's organisation from here on, under this id."""

    organisation_id: str
    organisation_name: str
    till_id: str
    serial: int  # of the certificate that the organisation signed for it
    device_public_key: str  # Ed25519, hex: the machine's, not the journal's


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A fact, and its place in the journal of one till."""

    journal_id: JournalId
    seq: int  # 1, 2, 3, … no gaps: this is the order, not the clock
    occurred_at: str  # UTC by the till's clock, which may be wrong
    actor: OperatorCode
    fact: Fact
    follows: str  # digest of the entry before; "" for the first
    digest: str  # SHA-256 of the body, hex

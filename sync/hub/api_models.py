"""What other systems read and write: the words of the API, from which its description is made.

Amounts are whole minor units (cents) with their currency; times are UTC.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pos.domain.catalogue import NAME_MAX, STANDARD
from pos.importers.cells import BARCODE_MAX, SKU_MAX
from pos.importers.plain_text import DESCRIPTION_MAX
from pos.importers.product_draft import VARIANTS_MAX, WORD_MAX
from sync.hub.catalogue import PRICE_MAX_MINOR

PAGE_MAX = 500
ID = r"^[0-9A-Za-z-]{1,64}$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
STAND = r"^[A-Z0-9]{1,6}$"
HANDLE = r"^[0-9A-Za-z][0-9A-Za-z._~-]{0,199}$"
SALES_CURSOR = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,15}\.[0-9]{1,15}$"
STOCK_CURSOR = r"^[A-Z0-9]{1,6}\.[!-~]{1,200}$"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Amount(_Model):
    """An amount of money: 1250 and EUR are 12.50 €."""

    minor: int
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Price(Amount):
    """What a piece costs, tax included."""

    minor: Annotated[int, Field(ge=0, le=PRICE_MAX_MINOR)]


class Problem(_Model):
    """Why a request was refused."""

    problem: str
    detail: str


class Stand(_Model):
    """A place that sells."""

    stand: str
    name: str
    is_active: bool


class Stands(_Model):
    stands: list[Stand]


class Till(_Model):
    """A till, and what it said last."""

    till_id: str
    stand: str
    till: str
    is_revoked: bool
    seen_at: Annotated[str | None, Field(description="UTC by the hub's clock")]
    waiting: Annotated[int, Field(description="entries that only this till has")]
    at_risk: Annotated[Amount, Field(description="what they are worth, as the till says")]


class Tills(_Model):
    tills: list[Till]


class SaleLine(_Model):
    variant_id: str
    label: str
    quantity: int
    gross: Amount
    tax: Amount
    rate_bp: Annotated[int, Field(description="tax rate in basis points: 2000 is 20 %")]


class Sale(_Model):
    """A sale, as a till recorded it."""

    sale_id: str
    till_id: str
    stand: str
    receipt_number: str
    business_date: Annotated[str, Field(description="a night belongs to the evening before")]
    local_time: Annotated[str, Field(description="ISO 8601 with offset, by the till's clock")]
    total: Amount
    lines: list[SaleLine]


class Sales(_Model):
    """A page of sales, by business date.

    What comes later from a till without contact stands in its place: read the last days again.
    """

    sales: list[Sale]
    next: Annotated[str | None, Field(description="cursor of the next page; null: the end")]


class Level(_Model):
    """How many pieces of a variant there are at a stand; below zero where more were sold."""

    stand: str
    variant_id: str
    sku: str
    name: str
    pieces: int
    at: Annotated[str, Field(description="UTC of the last movement that is known")]


class Stock(_Model):
    levels: list[Level]
    next: Annotated[str | None, Field(description="cursor of the next page; null: the end")]


class Variant(_Model):
    """One size, colour or format."""

    variant_id: str
    options: list[str]
    price: Amount
    sku: str
    barcodes: list[str]


class Product(_Model):
    """One design."""

    product_id: str
    handle: str
    name: str
    artist: str
    category: str
    description: str
    tax_class: str
    option_names: list[str]
    picture: Annotated[str, Field(description="sha256: and a digest, or empty")]
    on_sale: bool
    variants: list[Variant]


class Products(_Model):
    products: list[Product]
    next: Annotated[str | None, Field(description="cursor of the next page; null: the end")]


_Word = Annotated[str, Field(max_length=WORD_MAX)]
_Option = Annotated[str, Field(min_length=1, max_length=WORD_MAX)]
_Barcode = Annotated[str, Field(min_length=1, max_length=BARCODE_MAX, pattern=r"^[!-~]+$")]


class NewVariant(_Model):
    """One size, colour or format; one with the same options as before is the same variant."""

    options: Annotated[list[_Option], Field(max_length=3)] = []
    price: Price
    sku: Annotated[str, Field(max_length=SKU_MAX)] = ""
    barcodes: Annotated[list[_Barcode], Field(max_length=10)] = []


class NewProduct(_Model):
    """A product as it is sold from now on: what it has no more is not sold any more."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_MAX)]
    variants: Annotated[list[NewVariant], Field(min_length=1, max_length=VARIANTS_MAX)]
    artist: _Word = ""
    category: _Word = ""
    description: Annotated[str, Field(max_length=DESCRIPTION_MAX)] = ""
    tax_class: Annotated[str, Field(max_length=40)] = STANDARD
    option_names: Annotated[list[_Option], Field(max_length=3)] = []
    on_sale: bool = True

"""What is sold: a product is one design, a variant is what is scanned and paid.

These come down by the feed (or by an import, which is a local feed); a till never edits them.
"""

from __future__ import annotations

import msgspec

from pos.ids import ProductId, VariantId
from pos.money import Money

NAME_MAX = 200

STANDARD = "standard"
"""The tax class of everything that nobody classed otherwise."""


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One size, colour or format of a product."""

    variant_id: VariantId
    options: tuple[str, ...]  # at most three values, in the order of the product's option names
    price: Money  # includes tax
    sku: str = ""
    barcodes: tuple[str, ...] = ()  # as printed on the label; the first one is shown


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One design: a tile on the screen."""

    product_id: ProductId
    handle: str
    name: str
    variants: tuple[Variant, ...]
    artist: str = ""
    category: str = ""
    description: str = ""
    tax_class: str = STANDARD
    option_names: tuple[str, ...] = ()
    picture: str = ""  # address or file it came from; what is on disk is found by product_id
    on_sale: bool = True


class VariantOnSale(msgspec.Struct, frozen=True, kw_only=True):
    """A variant as the till sells it at this moment: what a basket line keeps."""

    variant_id: VariantId
    product_id: ProductId
    number: int  # small, per till; travels in receipt codes
    name: str
    options: tuple[str, ...]
    price: Money
    tax_class: str
    sku: str = ""
    barcode: str = ""
    artist: str = ""
    category: str = ""

    @property
    def label(self) -> str:
        """Return name and options in one line, as on a receipt."""
        return " · ".join((self.name, *self.options))


class OpeningStock(msgspec.Struct, frozen=True, array_like=True):
    """Pieces that were there when a variant first arrived."""

    variant_id: VariantId
    quantity: int


class ProductsApplied(msgspec.Struct, frozen=True, kw_only=True):
    """What a page of products changed, counted in variants unless said otherwise."""

    products_added: int = 0
    products_changed: int = 0
    variants_added: int = 0
    variants_changed: int = 0
    stock_opened: int = 0

"""What a hub tells its tills: one item for each thing, and a later one replaces an earlier one.

A till never edits what came down, and a hub never what went up.  Items travel as tagged JSON; a
till leaves aside what a newer hub says in a kind that it does not know.
"""

from __future__ import annotations

import msgspec

from pos.domain.catalogue import Product
from pos.ids import OperatorCode, VariantId

FEED_ITEMS_MAX = 500
"""How many items a till takes in one transaction: a sale may be waiting behind it."""


class FeedItem(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """One thing as it is now."""

    @property
    def key(self) -> str:
        """Return what it is about: a later item of this kind and key replaces an earlier one."""
        raise NotImplementedError


class ProductListed(FeedItem, frozen=True, kw_only=True, tag="product"):
    """A product as it is sold from now on; one that is over has `on_sale` false.

    `Product.picture` is `sha256:` and the digest of a picture that the hub has, or empty.
    """

    product: Product

    @property
    def key(self) -> str:
        return self.product.product_id


class StaffListed(FeedItem, frozen=True, kw_only=True, tag="staff"):
    """Somebody who works here; `is_active` false erases them (fiscal.md R34)."""

    code: OperatorCode
    name: str
    role: str  # cashier, clerk, manager
    pin_hash: str  # see `pos.pins`; "" for no PIN
    is_active: bool = True

    @property
    def key(self) -> str:
        return self.code


class StandListed(FeedItem, frozen=True, kw_only=True, tag="stand"):
    """A place that sells."""

    stand: str  # short code, as in a receipt number: GS
    name: str
    is_active: bool = True

    @property
    def key(self) -> str:
        return self.stand


class StockOfTill(FeedItem, frozen=True, kw_only=True, tag="stock"):
    """What one till has moved of a variant at a stand, all in all.

    A stand's level is the sum over all tills; each till owns its own movements, so that adding
    is all there is to merge.  The hub itself counts as one, for what head office brought.
    """

    till_id: str
    stand: str
    variant_id: VariantId
    pieces: int  # may be negative: more sold than received
    at: str  # UTC of the last of them, by the clock of the till that moved it

    @property
    def key(self) -> str:
        return f"{self.till_id}/{self.stand}/{self.variant_id}"


class TillListed(FeedItem, frozen=True, kw_only=True, tag="till"):
    """A till of the organisation, and the stand where it works."""

    till_id: str
    till: str  # its short code: 1
    stand: str
    is_active: bool = True

    @property
    def key(self) -> str:
        return self.till_id


AnyFeedItem = ProductListed | StaffListed | StandListed | StockOfTill | TillListed

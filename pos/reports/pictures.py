"""Which pictures of the hub's the catalogue names."""

from __future__ import annotations

import msgspec

from pos.ids import ProductId
from pos.reports.question import Question
from pos.reports.reader import Reader

HUB_PICTURE = "sha256:"
"""How a product names a picture that the hub has; the digest in hex follows."""

PICTURES_PAGE_MAX = 1_000


class NamedPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A product on sale and the picture that it names."""

    number: int  # of the product: to ask for those behind it
    product_id: ProductId
    digest: str


class PicturesNamed(Question[tuple[NamedPicture, ...]], frozen=True, kw_only=True):
    """Which pictures of the hub's does the catalogue name? In pages, by the products' numbers."""

    after: int = 0
    limit: int = PICTURES_PAGE_MAX


def pictures_named(
    question: PicturesNamed, reader: Reader, _stand: str
) -> tuple[NamedPicture, ...]:
    """Return one page, in the catalogue's order."""
    rows = reader.rows(
        "SELECT number, product_id, substr(picture, ?2) FROM product"
        " WHERE number > ?1 AND on_sale = 1 AND picture GLOB 'sha256:?*' ORDER BY number LIMIT ?3",
        question.after,
        len(HUB_PICTURE) + 1,
        min(question.limit, PICTURES_PAGE_MAX),
    )
    return tuple(
        NamedPicture(number=number, product_id=product_id, digest=digest)
        for number, product_id, digest in rows
    )

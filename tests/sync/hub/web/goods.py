"""Products for head office's shelves."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.catalogue import Product, Variant
from pos.ids import product_id, variant_id
from pos.money import EUR, Money

EVIL = "<script>alert(1)</script>"


def product(
    name: str, sizes: Sequence[str], *, minor: int = 2500, artist: str = "Goéland"
) -> Product:
    handle = name.lower().replace(" ", "-")
    return Product(
        product_id=product_id(handle),
        handle=handle,
        name=name,
        artist=artist,
        category="Textile",
        option_names=("Size",),
        variants=tuple(
            Variant(
                variant_id=variant_id(handle, [size]),
                options=(size,),
                price=Money(minor, EUR),
                sku=f"{handle}-{size}".upper(),
                barcodes=(f"{handle}/{size}",),
            )
            for size in sizes
        ),
    )

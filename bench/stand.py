"""Stands of any size to measure on, made once and kept in `build/bench`."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from pos.bootstrap import open_till
from pos.commands import PRODUCTS_PAGE_MAX, ApplyProducts, CompleteSale
from pos.domain.basket import BasketLine
from pos.domain.catalogue import OpeningStock, Product, Variant
from pos.domain.facts import Identity, Seller
from pos.domain.tender import Tender
from pos.folders import Folders
from pos.founding import Place, found_journal
from pos.handlers.selling import complete_sale
from pos.ids import OperatorCode, SaleId, product_id, uuid7, variant_id, with_check_digit
from pos.money import EUR, Money
from pos.reports.catalogue import KeysOf, SizeKey
from pos.till import Till

ROOT = Path("build") / "bench"
OPERATOR = OperatorCode("M1")
SMALLEST = 300
_SEEN: set[Path] = set()
BATCH = 1_000
SIZES = ("S", "M", "L", "XL", "XXL")
_NOUNS = ("Lune", "Marée", "Phare", "Écume", "Renard", "Orage", "Lierre", "Comète", "Sillage")
_KINDS = ("T-shirt", "Sweat", "Vinyle", "Affiche", "Casquette", "Mug")
IDENTITY = Identity(
    seller=Seller(
        name="Banc d'essai",
        legal_form="SARL",
        address=("1 rue du Banc",),
        country="FR",
        registration="12345678200010",
        vat_number="FR11123456782",
    ),
    stand="GS",
    stand_name="Banc",
    till="1",
    time_zone="Europe/Paris",
    day_starts_at="05:00",
)


def barcode(number: int) -> str:
    """Return the barcode of the variant with this number."""
    return with_check_digit(f"29{number:010d}")


def products(variants: int) -> Iterator[Product]:
    """Yield products of five sizes each, until there are so many variants."""
    chosen = random.Random(variants)
    for number in range(-(-variants // len(SIZES))):
        kind, noun = chosen.choice(_KINDS), chosen.choice(_NOUNS)
        handle = f"design-{number}"
        yield Product(
            product_id=product_id(handle),
            handle=handle,
            name=f"{kind} {noun} {number}",
            artist=f"Artiste {number % 97}",
            category=kind,
            option_names=("Taille",),
            variants=tuple(
                Variant(
                    variant_id=variant_id(handle, [size]),
                    options=(size,),
                    price=Money(1000 + number % 40 * 100, EUR),
                    sku=f"D{number}-{size}",
                    barcodes=(barcode(number * len(SIZES) + at),),
                )
                for at, size in enumerate(SIZES)
            ),
        )


def stand(variants: int, sales: int = 0) -> Folders:
    """Return the folders of a live till with a catalogue and a history; made if not there.

    A long history is sold once, from the smallest catalogue; the others come on top of it.
    """
    root = (ROOT / f"{variants}-{sales}").absolute()
    folders = Folders(root / "data", root / "config")
    place = Place(folders)
    if (root / "complete").exists():
        if root not in _SEEN:  # an older version may have made it
            open_till(place).close()
            _SEEN.add(root)
        return folders
    shutil.rmtree(root, ignore_errors=True)
    if sales and variants != SMALLEST:
        shutil.copytree(stand(SMALLEST, sales).data.parent, root)
        (root / "complete").unlink()
    else:
        found_journal(place, IDENTITY)
    till = open_till(place)
    page: list[Product] = []
    for product in products(variants):
        page.append(product)
        if len(page) == PRODUCTS_PAGE_MAX:
            _apply(till, page)
            page = []
    _apply(till, page)
    if variants == SMALLEST:
        sell(till, sales, variants)
    till.close()
    (root / "complete").touch()
    return folders


def copy_of(folders: Folders) -> Folders:
    """Return a copy to sell from, so that each run begins at the same place."""
    root = folders.data.parent
    copy = root.with_name(f"{root.name}-run")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    os.sync()  # or the first one to write waits until the copy is on the disk
    return Folders(copy / "data", copy / "config")


def sell(till: Till, count: int, variants: int) -> None:
    """Sell so many baskets of one to four lines for cash.

    Many go into one transaction, and only the last one is sold as the till does it: a hundred
    thousand commits would take a quarter of an hour.
    """
    chosen = random.Random(7)
    known = [variant.variant_id for product in products(variants) for variant in product.variants]
    keys = till.ask(KeysOf(variant_ids=tuple(known)))
    for first in range(0, count - 1, BATCH):
        with till._store.work(till._key.sign_entry, till._now) as work:  # noqa: SLF001 -- see above
            for _ in range(min(BATCH, count - 1 - first)):
                complete_sale(_sale(keys, chosen), work)
    if count:
        till.execute(_sale(keys, chosen))


def _sale(keys: tuple[SizeKey, ...], chosen: random.Random) -> CompleteSale:
    wanted = chosen.sample(keys, chosen.randint(1, 4))
    lines = tuple(BasketLine(variant=key.variant, quantity=1) for key in wanted)
    due = sum(line.amount.minor for line in lines)
    return CompleteSale(
        sale_id=SaleId(uuid7()),
        operator=OPERATOR,
        lines=lines,
        tenders=(Tender(method="cash", amount=Money(due, EUR)),),
    )


def _apply(till: Till, page: list[Product]) -> None:
    if page:
        opening = tuple(
            OpeningStock(variant.variant_id, 1_200 + at * 7 % 83)  # no two keys look the same
            for at, variant in enumerate(variant for one in page for variant in one.variants)
        )
        till.execute(ApplyProducts(products=tuple(page), opening=opening, operator=OPERATOR))

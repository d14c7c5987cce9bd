"""The designs as a shop's product export: one row a variant, as `echoppe import products` reads."""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterator

from scripts.demo_catalogue.design import Design

COLUMNS = (
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    "Tags",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Fulfillment Service",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Variant Barcode",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Gift Card",
    "SEO Title",
    "SEO Description",
    "Google Shopping / Google Product Category",
    "Google Shopping / Gender",
    "Google Shopping / Age Group",
    "Google Shopping / MPN",
    "Google Shopping / AdWords Grouping",
    "Google Shopping / AdWords Labels",
    "Google Shopping / Condition",
    "Google Shopping / Custom Product",
    "Google Shopping / Custom Label 0",
    "Google Shopping / Custom Label 1",
    "Google Shopping / Custom Label 2",
    "Google Shopping / Custom Label 3",
    "Google Shopping / Custom Label 4",
    "Variant Image",
    "Variant Weight Unit",
    "Variant Tax Code",
)

_GRAMS = {
    "T-shirts": 190,
    "Enfants": 120,
    "Sweats": 620,
    "Vinyles": 320,
    "CD": 100,
    "Livres": 640,
    "Mugs": 340,
    "Affiches": 90,
    "Cassettes": 80,
}
_DEMAND = {"S": 0.7, "M": 1.0, "L": 1.0, "XL": 0.8, "XXL": 0.5, "3XL": 0.25, "Femme": 0.5}
"""How much of a design's usual stock is bought in; sizes that are not named get all of it."""

_IN_STORE = "20"
"""The first digits that GS1 leaves to a shop's own numbers, so that no real product has them."""


def as_csv(artists: dict[str, str], designs: list[Design]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for design in designs:
        writer.writerows(_rows(design, artists))
    return out.getvalue()


def _rows(design: Design, artists: dict[str, str]) -> Iterator[dict[str, str]]:
    for position, values in enumerate(design.versions(), start=1):
        row = {"Handle": design.handle} | _variant(design, position, values)
        yield row | _head(design, artists) if position == 1 else row


def _head(design: Design, artists: dict[str, str]) -> dict[str, str]:
    """Return what only the first row of a product holds."""
    names = design.options or ("Title",)
    return {f"Option{i} Name": name for i, name in enumerate(names, start=1)} | {
        "Title": design.title,
        "Body (HTML)": design.text,
        "Vendor": artists[design.artist],
        "Type": design.category,
        "Tags": "demo",
        "Published": "true",
        "Image Src": f"pictures/{design.handle}.png",
        "Image Position": "1",
        "Image Alt Text": f"{design.title}, {artists[design.artist]}",
        "Gift Card": "false",
    }


def _variant(design: Design, position: int, values: tuple[str, ...]) -> dict[str, str]:
    shown = values or ("Default Title",)
    return {f"Option{i} Value": value for i, value in enumerate(shown, start=1)} | {
        "Variant SKU": _sku(design, values) if design.codes != "none" else "",
        "Variant Grams": str(_GRAMS.get(design.category, 60)),
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": str(_quantity(design, values)),
        "Variant Inventory Policy": "deny",
        "Variant Fulfillment Service": "manual",
        "Variant Price": f"{design.price_of(values):.2f}",
        "Variant Requires Shipping": "true",
        "Variant Taxable": "true",
        "Variant Barcode": _barcode(design, position) if design.codes == "all" else "",
        "Variant Weight Unit": "kg",
    }


def _quantity(design: Design, values: tuple[str, ...]) -> int:
    """Return pieces at the stand: by demand, and no two heaps quite alike."""
    if design.is_sold_out(values):
        return 0
    expected = float(design.stock)
    for value in values:
        expected *= _DEMAND.get(value, 1.0)
    seed = hashlib.sha256("/".join((design.handle, *values)).encode()).digest()
    return max(1, round(expected * (0.45 + seed[0] / 256 * 0.75)))


def _sku(design: Design, values: tuple[str, ...]) -> str:
    parts = [f"{design.artist}{design.number:03d}", *(_short(value) for value in values)]
    return "-".join(parts)


def _short(value: str) -> str:
    """Return an option's value in a few capitals: BNU for "Bleu nuit", XXL for itself."""
    plain = unicodedata.normalize("NFKD", value.upper().replace("×", "X"))
    words = "".join(
        c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c)
    ).split()
    whole = "".join(words)
    return (
        whole
        if len(whole) <= 4 or whole[0].isdigit()
        else words[0][0] + words[-1][:2]
        if len(words) > 1
        else whole[:3]
    )


def _barcode(design: Design, position: int) -> str:
    """Return an EAN-13: in-store prefix, design, variant, check digit."""
    body = f"{_IN_STORE}18{design.number:05d}{position:03d}"
    return body + ean_check_digit(body)


def ean_check_digit(body: str) -> str:
    """Return the digit that makes twelve digits an EAN-13 (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(body))
    return str(-total % 10)

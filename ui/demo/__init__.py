"""What `echoppe demo` opens: an invented festival's stand, its catalogue and its pictures.

Everything here is fiction. The postcode is in no department, and the seller's numbers are made
of 123456782 so that their check digits hold and nobody takes them for real.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict


class SellerIdentity(TypedDict):
    """The seller in the words of seller.toml."""

    name: str
    legal_form: str
    address: list[str]
    country: str
    registration: str
    vat_number: str


CATALOGUE = Path(__file__).with_name("catalogue") / "products.csv"
"""A shop's product export of some 50 designs, as `echoppe import products` reads it."""

PICTURES = Path(__file__).with_name("catalogue") / "pictures"
"""One `<handle>.png` for each design, square."""

TAX_CLASSES: dict[str, str] = {"Livres": "books"}
"""Product types that are not taxed at the standard rate: type -> tax class."""

FESTIVAL = "Festival Ventaraille"

STAND_CODE = "GS"
STAND_NAME = "Grande Scène"
TILL_CODE = "1"
TIME_ZONE = "Europe/Paris"

SELLER: SellerIdentity = {
    "name": "Les Amis de Ventaraille",
    "legal_form": "Association loi 1901",
    "address": ["3 chemin des Quatre-Vents", "96180 Saint-Aubral-sur-Velle"],
    "country": "FR",
    "registration": "12345678200010",
    "vat_number": "FR11123456782",
}

MANAGER_CODE = "camille"
MANAGER_NAME = "Camille"

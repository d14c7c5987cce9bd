"""The designs as written down in designs.toml."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Literal

import msgspec

from pos.domain.search import slug
from scripts.demo_catalogue.look import Look

DESIGNS = Path(__file__).with_name("designs.toml")


class Tint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is another colour in a version of a design; "" and () where nothing is."""

    base: str
    inks: tuple[str, ...] = ()
    trim: str = ""
    backdrop: str = ""


class Design(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One product with all its variants; what each field means stands in designs.toml."""

    number: int  # never reused: barcodes are made of it
    handle: str
    title: str
    artist: str
    category: str
    text: str
    price: Decimal
    stock: int
    look: Look
    options: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    prices: dict[str, Decimal] = msgspec.field(default_factory=dict)
    colours: dict[str, Tint] = msgspec.field(default_factory=dict)
    sold_out: tuple[str, ...] = ()
    codes: Literal["all", "sku", "none"] = "all"

    def versions(self) -> list[tuple[str, ...]]:
        """Return the option values of each variant; one empty tuple when there are no options."""
        if not self.options:
            return [()]
        return [values for line in self.variants for values in _expanded(line)]

    def price_of(self, values: tuple[str, ...]) -> Decimal:
        return next((self.prices[value] for value in values if value in self.prices), self.price)

    def looks(self) -> dict[str, Look]:
        """Return how it looks, by the picture's name: that of the design, then of its colours."""
        others = {
            f"{self.handle}--{slug(colour)}": msgspec.structs.replace(
                self.look,
                **{name: value for name, value in msgspec.structs.asdict(tint).items() if value},
            )
            for colour, tint in self.colours.items()
        }
        return {self.handle: self.look} | others

    def is_sold_out(self, values: tuple[str, ...]) -> bool:
        return self.sold_out == ("*",) or " / ".join(values) in self.sold_out


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    artists: dict[str, str]
    design: list[Design]


def _expanded(line: str) -> list[tuple[str, ...]]:
    alternatives = [[value.strip() for value in part.split("|")] for part in line.split(" / ")]
    return list(product(*alternatives))


def read_designs() -> tuple[dict[str, str], list[Design]]:
    """Return the artists' names by their letters, and the designs."""
    file = msgspec.toml.decode(DESIGNS.read_bytes(), type=_File)
    return file.artists, file.design

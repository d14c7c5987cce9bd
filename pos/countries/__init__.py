"""Country data by ISO code."""

from __future__ import annotations

from pos.countries.belgium import BELGIUM
from pos.countries.country import Country
from pos.countries.france import FRANCE

COUNTRIES: dict[str, Country] = {country.code: country for country in (FRANCE, BELGIUM)}

__all__ = ["BELGIUM", "COUNTRIES", "FRANCE", "Country"]

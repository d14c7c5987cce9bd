"""Belgium: AR n° 20 (21, 12, 6 %), Code de droit économique VI.7/1 (rounding of cash)."""

from __future__ import annotations

from datetime import date

from pos.countries.country import Country, DatedRate, RegistrationNumber
from pos.domain.tender import CashRounding
from pos.money import EUR

_RATES_OF_1996 = date(1996, 1, 1)

BELGIUM = Country(
    code="BE",
    currency=EUR,
    time_zone="Europe/Brussels",
    languages=("fr", "nl"),
    rates={
        "standard": (DatedRate(_RATES_OF_1996, 2100),),
        "intermediate": (DatedRate(_RATES_OF_1996, 1200),),
        "books": (DatedRate(_RATES_OF_1996, 600),),
        "food": (DatedRate(_RATES_OF_1996, 600),),
        "press": (DatedRate(_RATES_OF_1996, 0),),
        "zero": (DatedRate(_RATES_OF_1996, 0),),
    },
    numbers=RegistrationNumber(registration="BCE/KBO", vat_number="TVA/BTW"),
    cash_limit_minor=300_000,
    cash_rounding=CashRounding(step_minor=5, above_minor=5),
    notes_minor=(500, 1000, 2000, 5000, 10_000),
)

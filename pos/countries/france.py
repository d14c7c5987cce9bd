"""France: CGI art. 278 (20 %), 278-0 bis (5.5 %), 279 (10 %), 281 quater ff. (2.1 %)."""

from __future__ import annotations

from datetime import date

from pos.countries.country import Country, DatedRate, DatedText, RegistrationNumber
from pos.money import EUR

_RATES_OF_2014 = date(2014, 1, 1)

FRANCE = Country(
    code="FR",
    currency=EUR,
    time_zone="Europe/Paris",
    languages=("fr",),
    rates={
        # Sound carriers are always standard rated; books and sheet music are not.
        "standard": (DatedRate(_RATES_OF_2014, 2000),),
        "intermediate": (DatedRate(_RATES_OF_2014, 1000),),
        "books": (DatedRate(_RATES_OF_2014, 550),),
        "food": (DatedRate(_RATES_OF_2014, 550),),
        "press": (DatedRate(_RATES_OF_2014, 210),),
        "zero": (DatedRate(_RATES_OF_2014, 0),),
    },
    numbers=RegistrationNumber(registration="SIRET", vat_number="N° TVA"),
    # C. mon. fin. L112-6, D112-3: payer resident in France or professional.
    cash_limit_minor=100_000,
    cash_rounding=None,  # France has no legal rounding.
    notes_minor=(500, 1000, 2000, 5000, 10_000),
    legal_references={
        "anti_fraud": (
            DatedText(date(2018, 1, 1), "CGI art. 286, I, 3° bis"),
            DatedText(date(2027, 1, 1), "CIBS art. L.216-40"),
        ),
    },
)

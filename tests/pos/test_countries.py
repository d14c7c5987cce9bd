from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from pos.countries import BELGIUM, COUNTRIES, FRANCE, Country
from pos.countries.country import DatedRate
from pos.money import EUR
from tests.builders import euros

TODAY = date(2026, 7, 18)


@pytest.mark.parametrize(
    ("country", "rates"),
    [
        (
            FRANCE,
            {
                "standard": 2000,
                "intermediate": 1000,
                "books": 550,
                "food": 550,
                "press": 210,
                "zero": 0,
            },
        ),
        (
            BELGIUM,
            {
                "standard": 2100,
                "intermediate": 1200,
                "books": 600,
                "food": 600,
                "press": 0,
                "zero": 0,
            },
        ),
    ],
    ids=["FR", "BE"],
)
def test_each_class_has_its_rate_in_basis_points(country: Country, rates: dict[str, int]) -> None:
    assert {name: country.rate_bp(name, TODAY) for name in country.rates} == rates


def test_both_countries_know_the_same_classes() -> None:
    """A catalogue goes from a French stand to a Belgian one without being classed again."""
    assert set(FRANCE.rates) == set(BELGIUM.rates)


def test_a_rate_changes_at_the_start_of_its_day() -> None:
    changing = msgspec.structs.replace(
        FRANCE,
        rates={
            "standard": (
                DatedRate(date(2014, 1, 1), 2000),
                DatedRate(date(2026, 7, 19), 2200),
                DatedRate(date(2027, 1, 1), None),
            )
        },
    )
    assert changing.rate_bp("standard", TODAY) == 2000
    assert changing.rate_bp("standard", TODAY + timedelta(days=1)) == 2200
    assert changing.rate_bp("standard", date(2027, 1, 1)) is None


def test_there_is_no_rate_before_the_first_or_for_an_unknown_class() -> None:
    assert FRANCE.rate_bp("standard", date(2013, 12, 31)) is None
    assert FRANCE.rate_bp("wine", TODAY) is None


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=lambda country: country.code)
def test_country_data_is_in_order(country: Country) -> None:
    """Rates and texts are looked up by the last one that has begun."""
    assert COUNTRIES[country.code] is country
    assert len(country.code) == 2
    assert ZoneInfo(country.time_zone).key == country.time_zone
    assert country.languages
    rates = [[rate.since for rate in rates] for rates in country.rates.values()]
    texts = [[text.since for text in texts] for texts in country.legal_references.values()]
    for begins in rates + texts:
        assert begins == sorted(set(begins))
    assert list(country.notes_minor) == sorted(country.notes_minor)


def test_cash_limits_are_those_of_the_law() -> None:
    assert FRANCE.cash_limit == euros(100_000)
    assert BELGIUM.cash_limit == euros(300_000)
    unlimited = msgspec.structs.replace(FRANCE, cash_limit_minor=None)
    assert unlimited.cash_limit is None


def test_only_belgium_rounds_cash() -> None:
    assert FRANCE.cash_rounding is None
    assert BELGIUM.cash_rounding is not None
    assert BELGIUM.currency == FRANCE.currency == EUR

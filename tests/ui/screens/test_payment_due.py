"""What is left to pay of a basket, and what goes back."""

from __future__ import annotations

import pytest

from pos.countries import COUNTRIES
from pos.domain.tender import Method, Tender
from tests.builders import a_basket, a_variant, euros
from ui.screens.payment.due import Due


@pytest.mark.parametrize(
    ("country", "method", "total", "taken", "rest"),
    [
        ("FR", "card", 2500, 1000, 1500),
        ("FR", "card", 2500, 2500, 0),
        ("FR", "card", 1250, 3000, -1750),
        ("FR", "cash", 1252, 3000, -1748),
        # Belgium rounds what is paid in cash: 12.52 is 12.50, if too much comes or just so
        ("BE", "cash", 1252, 3000, -1750),
        ("BE", "cash", 1252, 1250, 0),
        ("BE", "card", 1252, 3000, -1748),
        ("BE", "cash", 1252, 1000, 252),  # by card; in cash the payment says 2.50 beside it
    ],
)
def test_the_rest_is_what_the_payment_would_ask_for_or_give_back(
    country: str, method: Method, total: int, taken: int, rest: int
) -> None:
    tenders = [Tender(method=method, amount=euros(taken))]
    due = Due(a_basket(a_variant(total)), tenders, COUNTRIES[country])
    assert due.rest == euros(rest)

"""Somebody who takes the money of a basket, and what can be seen of it."""

from __future__ import annotations

from pos.countries import COUNTRIES
from pos.domain.basket import Basket
from pos.domain.facts import SaleCompleted
from pos.domain.tender import Method
from pos.reports.sales import SavedTenders
from pos.till import Till
from tests.builders import ZOE, CountryCode, a_basket, a_variant
from tests.ui.fake_views import FakePaymentView
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.payment.presenter import PaymentPresenter

TSHIRT = a_variant(2500)
TOTE = a_variant(1237, name="Sac en toile", options=())
PIANO = a_variant(120_000, name="Piano", options=())


class Counter:
    """A payment, and what it told."""

    def __init__(self, till: Till, country: CountryCode) -> None:
        self.till = TillThatAnswers(till)
        self.view = FakePaymentView()
        self.now_s = 0.0
        self.payment = PaymentPresenter(
            self.view,
            self.till,
            lambda: "en",
            country=COUNTRIES[country],
            operator=ZOE,
        )
        self.payment.clock_s = lambda: self.now_s
        self.sold: list[SaleCompleted] = []
        self.left = 0
        self.locks: list[bool] = []
        self.payment.sold = lambda sale, _basket_id: self.sold.append(sale)
        self.payment.left = self._left
        self.payment.lock_changed = self.locks.append

    @property
    def question(self) -> str:
        """Return what is asked on the page; "" for nothing."""
        asked = self.view.payment.question
        return f"{asked.heading} {asked.detail}" if asked else ""

    def saved(self) -> list[tuple[str, int]]:
        """Return what the disk holds of the payment in progress."""
        saved = [taken for taken in self.till.till.ask(SavedTenders()) if not taken.is_owed]
        return [(t.method, t.amount.minor) for taken in saved for t in taken.tenders]

    def _left(self) -> None:
        self.left += 1

    def begin(self, *wanted: object) -> Basket:
        basket = a_basket(*wanted)  # type: ignore[arg-type]  # as a_basket takes them
        self.payment.begin(basket)
        return basket

    def type(self, text: str) -> None:
        for char in text:
            self.payment.type_text(char)

    def pay(self, method: Method, typed: str = "", *, after_s: float = 2.0) -> None:
        self.now_s += after_s
        self.type(typed)
        self.payment.pay(method)

    def card(self, typed: str = "", reference: str = "") -> None:
        self.pay("card", typed)
        self.payment.confirm_terminal(reference)

    @property
    def notice(self) -> str:
        return self.view.notice.text if self.view.notice else ""

    def tendered(self) -> list[tuple[Method, int]]:
        (sale,) = self.sold
        return [(tender.method, tender.amount.minor) for tender in sale.tenders]

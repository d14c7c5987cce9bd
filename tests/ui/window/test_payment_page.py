"""The payment's page as it looks: one green key, keys that say what they take, and room."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from tests.ui.screens.conftest import WILDFIRE_M
from tests.ui.window.cashier import Cashier


def begin(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines("1 × T-shirt Wildfire, M, €25.00")
    cashier.pay()


def keys(cashier: Cashier) -> list[QPushButton]:
    shown = cashier.window.payment.findChildren(QPushButton)
    return [key for key in shown if key.isVisible()]


def green(cashier: Cashier) -> list[str]:
    return [key.text() for key in keys(cashier) if key.property("role") == "accent"]


def test_one_key_is_green_and_the_keys_say_what_they_take(cashier: Cashier) -> None:
    begin(cashier)
    assert green(cashier) == ["€25"]
    cashier.type("20")
    cashier.until_says("Card · €20")
    assert green(cashier) == ["Cash\n€20"]
    cashier.press("Erase")
    cashier.press("Erase")
    cashier.until(lambda: green(cashier) == ["€25"])
    assert {"Card", "Cash"} <= set(cashier.texts(cashier.window.payment))


def test_keys_use_the_room_of_a_high_screen_and_stay_as_they_are_on_a_low_one(
    cashier: Cashier,
) -> None:
    cashier.window.resize(1024, 768)
    begin(cashier)
    low = {key.text(): key.height() for key in keys(cashier)}
    cashier.window.resize(1920, 1080)
    cashier.until(lambda: cashier.button("7").height() > 88)
    for name in ("€25", "Card", "Wristband", "Cash", "7"):
        assert cashier.button(name).height() > low[name]
        assert cashier.button(name).height() <= 100
    cashier.window.resize(1024, 768)
    cashier.until(lambda: {key.text(): key.height() for key in keys(cashier)} == low)

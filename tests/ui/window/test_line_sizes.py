"""A wrong size in the basket: touch the line, touch the right size."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from pos.clock import utc_now
from pos.folders import Folders
from tests.builders import a_product, a_size, a_till, fill
from tests.ui.screens.conftest import PIN, POSTER, WILDFIRE_L, WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui.theme.palette import GAP, TARGET
from ui.widgets.basket_row import BasketLineRow
from ui.widgets.sibling_sizes import SiblingKey

SHIRT = "1 × T-shirt Wildfire, M, €25.00"


def keys(cashier: Cashier) -> list[SiblingKey]:
    return [key for key in cashier.window.basket.findChildren(SiblingKey) if key.isVisible()]


def names(cashier: Cashier) -> list[str]:
    return [key.accessibleName() for key in keys(cashier)]


def row(cashier: Cashier, text: str) -> BasketLineRow:
    rows = cashier.window.basket.findChildren(BasketLineRow)
    return next(one for one in rows if one.isVisible() and text in one.accessibleName())


def place(cashier: Cashier, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(cashier.window, QPoint()), widget.size())


def the_list(cashier: Cashier) -> QScrollArea:
    return cashier.window.basket.findChildren(QScrollArea)[0]


def in_sight(cashier: Cashier, widget: QWidget) -> bool:
    view, whole = place(cashier, the_list(cashier).viewport()), place(cashier, widget)
    return view.top() <= whole.top() and whole.bottom() <= view.bottom()


def open_shirt(cashier: Cashier) -> None:
    cashier.touch(row(cashier, "Wildfire"))
    cashier.until(lambda: len(keys(cashier)) == 3)


def test_touch_the_line_then_the_right_size(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    assert keys(cashier) == []
    open_shirt(cashier)
    assert names(cashier) == [
        "Change to S, 10 left",
        "M: the size of this line",
        "Change to L, 10 left",
    ]
    cashier.press("Change to L, 10 left")
    cashier.until(lambda: cashier.lines()[0] == "1 × T-shirt Wildfire, L, €27.50")
    assert names(cashier)[1:] == ["Change to M, 10 left", "L: the size of this line"]
    cashier.press("L: the size of this line")
    cashier.press("Undo: changed T-shirt Wildfire M → L")
    cashier.until(lambda: cashier.lines()[0] == SHIRT)
    # What is scanned next is another piece
    cashier.scan(WILDFIRE_L)
    cashier.until(lambda: len(cashier.lines()) == 3)
    assert keys(cashier) == []


def test_the_keys_of_the_sizes_are_for_fingers(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    open_shirt(cashier)
    places = [place(cashier, key) for key in keys(cashier)]
    assert all(one.height() >= TARGET and one.width() >= TARGET for one in places)
    around = [one.adjusted(0, 0, GAP - 1, GAP - 1) for one in places]
    below = place(cashier, cashier.button("One more"))
    assert all(one.top() >= below.bottom() + GAP for one in places)
    for at, one in enumerate(around):
        assert not any(one.intersects(other) for other in places[at + 1 :])


def test_a_sold_out_size_asks_once(opens: Opens, stand: Folders) -> None:
    till = a_till(stand.data.parent, now=utc_now)
    few = (a_size(size, handle="bob", sku=f"BOB-{size}") for size in ("S", "L"))
    fill(till, a_product("bob", *few, name="Bob"))
    till.close()
    cashier = opens(stand)
    cashier.scan("BOB-S")
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.touch(row(cashier, "Bob"))
    cashier.until(lambda: len(keys(cashier)) == 2)
    dead = keys(cashier)[1]
    assert dead.accessibleName() == "Change to L, sold out"
    cashier.touch(dead)
    assert cashier.lines()[0].startswith("1 × Bob, S")
    cashier.until(lambda: dead.takes_yes)
    cashier.touch(dead)
    cashier.until(lambda: cashier.lines()[0].startswith("1 × Bob, L"))


def test_tab_leads_from_the_stepper_to_the_sizes(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    open_shirt(cashier)
    cashier.button("One more").setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(3):
        cashier.press_key(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
    assert seen == names(cashier)
    cashier.press_key(Qt.Key.Key_Return, "\r")
    cashier.until(lambda: ", L, " in cashier.lines()[0])
    assert QApplication.focusWidget() is keys(cashier)[2]


def test_a_touched_line_stays_under_the_finger_and_all_of_it_is_in_sight(
    cashier: Cashier,
) -> None:
    cashier.window.resize(1024, 768)
    for count, code in enumerate((WILDFIRE_M, POSTER, PIN, WILDFIRE_L), start=1):
        cashier.scan(code)
        cashier.until(partial(has_lines, cashier, count))
    for text in (", M,", "Affiche", "Pin", ", M,", ", L,"):
        touched = row(cashier, text)
        the_list(cashier).ensureWidgetVisible(touched, 0, 0)
        before = place(cashier, touched)
        cashier.touch(touched)
        if "Wildfire" in touched.accessibleName():
            cashier.until(lambda: len(keys(cashier)) == 3)
        plus = cashier.button("One more")
        cashier.until(partial(is_under, cashier, plus, touched))
        lowest = keys(cashier)[-1] if keys(cashier) else plus
        assert in_sight(cashier, touched), text
        assert in_sight(cashier, lowest), text
        room = list_bottom(cashier) - place(cashier, lowest).bottom()
        # It moves only where what opens under it would not be seen
        assert place(cashier, touched).top() == before.top() or 0 <= room <= 2 * GAP, text


def has_lines(cashier: Cashier, count: int) -> bool:
    return len(cashier.lines()) == count


def is_under(cashier: Cashier, stepper: QWidget, line: QWidget) -> bool:
    return place(cashier, stepper).top() == place(cashier, line).bottom() + 1 + GAP


def list_bottom(cashier: Cashier) -> int:
    return place(cashier, the_list(cashier).viewport()).bottom()

"""Tab goes to everything, in a sensible order, never gets stuck, and one sees where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.looks.contrast import contrast
from tests.ui.looks.painted import shown_part
from tests.ui.looks.stand import WAIT_MS
from tests.ui.looks.walk import Walk
from tests.ui.scanning.wedge import SHIFT, Wedge
from ui.widgets.basket_panel import BasketPanel
from ui.widgets.size_key import SizeKey
from ui.widgets.tile_grid import TileGrid

pytestmark = pytest.mark.xdist_group("looks")

STATES = (
    "checkout: a line that is sold without stock",
    "checkout: one category",
    "payment: three tenders",
    "payment: the terminal's turn",
    "payment: a sale that is not saved",
    "done: change to give",
    "trouble: JournalBroken",
    "trouble: asked whether",
    "welcome: three doors",
    "welcome: seller, with what is missing",
    "welcome: manager, with what is missing",
    "welcome: catalogue, with books",
    "settings: receipts by network",
    "settings: a catalogue with books",
    "help: how to sell",
)
EDGE = 3.0  # of what shows the focus to what was there before (WCAG 2, 1.4.11)
TILES_MAX = 60


@dataclass(slots=True)
class Round:
    """One way with Tab through everything, from where the state begins."""

    walk: Walk
    at_ms: int = 500_000
    stops: list[QWidget] = field(default_factory=list)

    def press_tab(self, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
        """Press Tab as a person does, and return where the focus is then."""
        window = self.walk.window
        before = window.focusWidget()
        wedge = Wedge(target=window.windowHandle(), window=window, at_ms=self.at_ms)
        key = Qt.Key.Key_Backtab if modifiers & SHIFT else Qt.Key.Key_Tab
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            wedge.at_ms += 100
            wedge.key(kind, key, 0, text="\t", modifiers=modifiers)
        self.at_ms = wedge.at_ms + 500
        self.walk.qtbot.waitUntil(lambda: window.focusWidget() is not before, timeout=WAIT_MS)
        now = window.focusWidget()
        assert now is not None
        return now

    def go(self) -> Iterator[QWidget]:
        """Yield each stop until the first one comes again."""
        limit = len(wanted(self.walk.window)) + 20
        while len(self.stops) < limit:
            now = self.press_tab()
            if self.stops and now is self.stops[0]:
                return
            assert now not in self.stops, f"Tab goes in a circle that leaves some out: {now}"
            self.stops.append(now)
            yield now
        pytest.fail(f"after {limit} times Tab the first control has not come again")


def wanted(window: QWidget) -> list[QWidget]:
    """Return what Tab has to reach: visible, enabled, and willing to take the focus."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.fixture
def active(walk: Walk, qtbot: QtBot) -> Walk:
    """Return a walk through a window that has the keyboard."""
    walk.window.activateWindow()
    qtbot.waitUntil(walk.window.isActiveWindow, timeout=WAIT_MS)
    return walk


def _visit(walk: Walk, names: tuple[str, ...]) -> Iterator[str]:
    """Walk, and stop in the states of these names; each has to be there."""
    missing = set(names)
    for state in walk.states():
        found = next((name for name in names if state.startswith(name)), None)
        if found in missing:
            missing.discard(found)
            walk.window.activateWindow()  # a preview may have had the keyboard
            walk.qtbot.waitUntil(walk.window.isActiveWindow, timeout=WAIT_MS)
            yield state
    assert not missing, "the walk has no such states"


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName() or getattr(widget, 'text', str)()}”"


def test_tab_reaches_every_control_and_comes_back(active: Walk) -> None:
    for state in _visit(active, STATES):
        tour = Round(active)
        stops = list(tour.go())
        left_out = [_name(widget) for widget in wanted(active.window) if widget not in stops]
        assert not left_out, f"{state}: {left_out}"
        hidden = [_name(widget) for widget in stops if not widget.isVisibleTo(active.window)]
        assert not hidden, f"{state}: {hidden}"


def test_shift_and_tab_go_the_same_way_back(active: Walk) -> None:
    for _state in _visit(active, ("payment: three tenders",)):
        tour = Round(active)
        there = list(tour.go())
        back = [tour.press_tab(SHIFT) for _ in there]
        assert back == there[::-1]


def test_the_focus_is_never_out_of_sight(active: Walk) -> None:
    for state in _visit(active, STATES):
        tour = Round(active)
        for stop in tour.go():
            seen = shown_part(stop, active.window)
            whole = stop.width() * stop.height()
            assert seen.width() * seen.height() > whole / 2, f"{state}: {_name(stop)}"


def test_one_sees_where_the_focus_is(active: Walk) -> None:
    unseen = {}
    for state in _visit(active, STATES):
        tour = Round(active)
        last: tuple[QWidget, QImage] | None = None
        for stop in tour.go():
            if last is not None:
                there, with_focus = last
                marked = _marked(with_focus, there.grab().toImage())
                if marked < there.width() + there.height():
                    unseen[_name(there)] = f"{marked} px of {there.size().toTuple()}  [{state}]"
            last = (stop, stop.grab().toImage()) if stop in wanted(active.window) else None
    assert not unseen, "\n" + "\n".join(f"{name}: {why}" for name, why in unseen.items())


def _marked(one: QImage, other: QImage) -> int:
    """Return how many pixels the focus changes, clearly enough to be seen."""
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        and contrast(one.pixelColor(x, y), other.pixelColor(x, y)) >= EDGE
        for x in range(one.width())
        for y in range(one.height())
    )


def test_tab_goes_from_the_search_over_the_tiles_to_the_basket(active: Walk) -> None:
    for _state in _visit(active, ("checkout: one category",)):
        parts = [_part(stop) for stop in Round(active).go()]
        start = parts.index("search")
        order = [part for part, _all in groupby(parts[start:] + parts[:start])]
        assert order == ["search", "categories", "tiles", "basket", "foot"]


def _part(widget: QWidget) -> str:
    around: QWidget | None = widget
    while around is not None:
        if isinstance(around, BasketPanel):
            return "basket"
        if isinstance(around, TileGrid):
            return "tiles"
        if around.objectName() == "statusbar":
            return "foot"
        around = around.parentWidget()
    if isinstance(widget, QLineEdit):
        return "search"
    return "categories" if widget.property("role") == "chip" else "page"


def test_the_arrows_walk_the_sizes_as_they_lie(active: Walk) -> None:
    for _state in _visit(active, ("checkout: an empty basket",)):
        keys = [k for card in active.window.checkout.grid.cards for k in card.keys]
        keys[0].setFocus()
        right = _after(active, Qt.Key.Key_Right)
        assert right is keys[1]
        assert _after(active, Qt.Key.Key_Left) is keys[0]
        down = _after(active, Qt.Key.Key_Down)
        assert isinstance(down, SizeKey)
        assert _place(down).top() > _place(keys[0]).bottom()
        assert abs(_place(down).left() - _place(keys[0]).left()) < keys[0].width()
        assert _after(active, Qt.Key.Key_Up) is keys[0]


def _after(walk: Walk, key: Qt.Key) -> QWidget:
    before = walk.window.focusWidget()
    walk.qtbot.keyClick(before, key)  # type: ignore[no-untyped-call]  # pytest-qt has no types
    walk.qtbot.waitUntil(lambda: walk.window.focusWidget() is not before, timeout=WAIT_MS)
    now = walk.window.focusWidget()
    assert now is not None
    return now


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())

"""Every control has a name for a screen reader, and a size and a distance for a finger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRect

from tests.ui.looks.looked import Look, Seen
from tests.ui.looks.test_texts import hold
from ui.theme.palette import GAP, TARGET

pytestmark = pytest.mark.xdist_group("looks")


def test_every_control_has_a_name_for_a_screen_reader(look: Look) -> None:
    """Also what a finger alone reaches: who hears the screen touches it as well."""
    hold(
        (seen, f"no name at {seen.box.topLeft().toTuple()}")
        for seen in look.seen
        if (seen.is_control or seen.takes_focus) and not seen.name
    )
    assert {"SizeKey", "BasketLineRow", "QLineEdit", "Light"} <= {
        seen.kind for seen in look.seen if seen.is_control and seen.name
    }


def test_what_tab_does_not_reach_is_typed(look: Look) -> None:
    """Only the digits on the screen are for fingers alone: the keyboard has its own."""
    erase = {"Erase", "Effacer"}
    hold(
        (seen, f"“{seen.name}” takes no focus")
        for seen in look.seen
        if seen.is_control and not seen.takes_focus
        if not (seen.name in erase or (len(seen.name) == 1 and seen.name in "0123456789,."))
    )


def test_two_controls_of_one_screen_do_not_share_a_name(look: Look) -> None:
    """A screen reader says the name alone; the keys of quick amounts may be equal amounts."""

    def judge() -> Iterator[tuple[Seen, str]]:
        there: dict[tuple[str, str], Seen] = {}
        for seen in look.seen:
            if not seen.is_control or "huge" in seen.state:
                continue
            other = there.setdefault((seen.state, seen.name), seen)
            if other is not seen and other.kind == seen.kind and seen.kind != "QPushButton":
                yield seen, f"“{seen.name}” is there twice"

    hold(judge())


def test_every_control_is_large_enough_for_a_finger(look: Look) -> None:
    hold(
        (seen, f"“{seen.name}” is {seen.size[0]} × {seen.size[1]} px")
        for seen in look.seen
        if seen.is_control and min(seen.size) < TARGET
    )


def test_neighbours_leave_a_gap_that_no_finger_presses(look: Look) -> None:
    def judge() -> Iterator[tuple[Seen, str]]:
        layers = defaultdict(list)
        for seen in look.seen:
            if seen.is_control:
                layers[seen.state, seen.layer].append(seen)
        for controls in layers.values():
            for one, other in combinations(controls, 2):
                gap = _gap(one.box, other.box)
                if gap < GAP:
                    yield one, f"“{one.name}” is {gap} px from “{other.name}”"

    hold(judge())


def _gap(one: QRect, other: QRect) -> int:
    """Return how far two boxes are apart, px; negative where they overlap."""
    across = max(one.left(), other.left()) - min(one.right(), other.right()) - 1
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom()) - 1
    return max(across, down)


def test_a_gap_is_measured_as_a_ruler_would() -> None:
    box = QRect(0, 0, 56, 56)
    assert _gap(box, QRect(64, 0, 56, 56)) == 8
    assert _gap(box, QRect(0, 64, 56, 56)) == 8
    assert _gap(box, QRect(60, 70, 56, 56)) == 14
    assert _gap(box, QRect(50, 50, 56, 56)) < 0

"""Where a window opens, alone or one of two."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize

from ui.placing import SEEN_PX, Corner, place_in

SMALLEST = QSize(1024, 706)
LARGE = QRect(0, 30, 1920, 1010)


def test_a_till_that_has_the_screen_alone_takes_all_of_it() -> None:
    assert place_in(LARGE, SMALLEST, "") is None


def test_of_two_tills_both_are_seen() -> None:
    first = place_in(LARGE, SMALLEST, "top_left")
    second = place_in(LARGE, SMALLEST, "bottom_right")
    assert first is not None
    assert second is not None
    assert first.topLeft() == LARGE.topLeft()
    assert second.bottomRight() == LARGE.bottomRight()
    assert first.size() == second.size() == QSize(1280, 706)
    assert second.left() - first.left() >= SEEN_PX


@pytest.mark.parametrize("corner", ["top_left", "bottom_right"])
@pytest.mark.parametrize("size", [(1024, 768), (1180, 850), (800, 2000), (3000, 700)])
def test_where_two_have_no_room_each_takes_all_of_it(size: tuple[int, int], corner: Corner) -> None:
    assert place_in(QRect(0, 0, *size), SMALLEST, corner) is None


def test_a_laptop_shows_the_edge_of_the_other() -> None:
    place = place_in(QRect(0, 0, 1366, 730), SMALLEST, "bottom_right")
    assert place == QRect(342, 24, 1024, 706)

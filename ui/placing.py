"""Where a window opens: over the whole screen, or in a corner where two are to be seen at once."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

Corner = Literal["", "top_left", "bottom_right"]
"""Opposite corners are those of two tills on one screen; "": the till has it alone."""

SEEN_PX = 160
"""So much of a window has to stick out from under the other, or both take the whole screen."""

TITLE_PX = 40
"""What a desktop puts on top of a window, at most; nobody knows before it is shown."""


def place_in(room: QRect, smallest: QSize, corner: Corner) -> QRect | None:
    """Return where a window stands; None if it takes the whole screen.

    Args:
        room: what the desktop leaves free of the screen.
        smallest: below this a window does not shrink.
    """
    width = max(smallest.width(), room.width() * 2 // 3)
    height = max(smallest.height(), room.height() * 2 // 3)
    left, top = room.width() - width, room.height() - height
    if not corner or min(left, top) < 0 or max(left, top) < SEEN_PX:
        return None
    if corner == "top_left":
        left = top = 0
    return QRect(room.left() + left, room.top() + top, width, height)


def open_in(window: QWidget, corner: Corner) -> None:
    """Show a window."""
    room = window.screen().availableGeometry().adjusted(0, 0, 0, -TITLE_PX)
    place = place_in(room, window.minimumSize(), corner)
    if place is None:
        window.showMaximized()
        return
    window.resize(place.size())
    window.move(place.topLeft())
    window.show()

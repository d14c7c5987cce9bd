"""The cash drawer, which hangs on the printer and opens by a pulse from it."""

from __future__ import annotations

from receipts.document import Document, OpenDrawer

ON_MS = 50
OFF_MS = 500  # the least pause that a solenoid of common drawers wants

_UNIT_MS = 2


def pulse() -> bytes:
    """Return ESC p: a pulse on connector pin 2, which is where nearly every drawer listens."""
    return bytes((0x1B, 0x70, 0, ON_MS // _UNIT_MS, OFF_MS // _UNIT_MS))


def open_drawer() -> Document:
    """Return a job that opens the drawer and prints nothing."""
    return Document(title="drawer", columns=48, rows=(OpenDrawer(),))

"""What a picture shows: which thing, in which colours, with which art on it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from scripts.demo_catalogue.canvas import Canvas

SIDE = 480
"""Pixels of a finished picture's side; things are drawn in these units."""


class Look(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A design's appearance."""

    thing: str
    art: str
    inks: tuple[str, ...]  # what the art is printed in; what each is for, the art says
    base: str  # the fabric, the board, the glaze
    backdrop: str
    trim: str = ""  # a second colour of the thing: disc, cuffs, handles


class Sheet(msgspec.Struct, frozen=True):
    """What an art is printed on: it reaches from -100 to 100, and so far up and down."""

    inks: tuple[str, ...]
    base: str
    half_height: float = 100


Art = Callable[[Canvas, Sheet], None]
"""Draws about the origin: an emblem within its 200 units, a cover over the whole sheet."""

Thing = Callable[[Canvas, Look, Art], None]
"""Draws the thing on a field of SIDE by SIDE, with the art where it belongs."""

"""A search keystroke, stage by stage."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QApplication, QLineEdit

from bench.keys import press
from bench.paints import now_ms
from bench.window_run import WORDS, Run
from pos.folders import Folders
from pos.reports.catalogue import Tiles
from pos.till import Till
from ui.widgets.size_key import SizeKey
from ui.widgets.tile import TileCard
from ui.widgets.tile_grid import TileGrid

STAGES = (
    "the key, until the till's thread has the question",
    "the till's answer",
    "the UI thread has it, and cards and keys know what to show",
    "until the first of them is painted",
    "painting them, to the end of the paint",
)
ROUNDS = 3
TILES_PAINTED_MIN = 5  # fewer is not a page

Row = tuple[float, ...]


class _Marks:
    """When each stage of the keystroke that is under way was over."""

    def __init__(self) -> None:
        self.at: dict[int, float] = {}
        self.painted = 0
        self._follow(Till, "ask", 1, 2, wanted=Tiles)
        self._follow(TileGrid, "show_cards", None, 3)
        for one in (TileCard, SizeKey):
            self._follow(one, "paintEvent", 4, 5)

    def _follow(
        self, one: type, name: str, before: int | None, after: int, wanted: Any = None
    ) -> None:
        follow = getattr(one, name)

        def followed(self_: Any, *values: Any, **named: Any) -> Any:
            if wanted is not None and not isinstance(values[0], wanted):
                return follow(self_, *values, **named)
            if before is not None:
                self.at.setdefault(before, now_ms())
            result = follow(self_, *values, **named)
            self.at[after] = now_ms()
            self.painted += after == len(STAGES)
            return result

        setattr(one, name, followed)

    def row(self) -> Row | None:
        """Return the length of each stage, if a page of tiles was painted."""
        at = [self.at.get(place) for place in range(len(STAGES) + 1)]
        times = [moment for moment in at if moment is not None]
        if len(times) <= len(STAGES) or self.painted < TILES_PAINTED_MIN:
            return None
        return tuple(max(b - a, 0.0) for a, b in pairwise(times))


def keystrokes(folders: Folders, variants: int) -> tuple[list[Row], list[Row]]:
    """Return the stages of keystrokes for tiles that are new, and for tiles seen before."""
    marks = _Marks()  # before the window: Qt for Python looks a method up once an object
    run = Run(folders, variants)
    rounds = [_round(run, marks) for _ in range(ROUNDS)]
    run.till.close()
    return rounds[0], [row for rows in rounds[1:] for row in rows]


def _round(run: Run, marks: _Marks) -> list[Row]:
    rows = []
    checkout, page = run.till.checkout, run.till.window.checkout
    for words in WORDS:
        page.focus_search()
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        for char in words:
            answered = checkout.answers
            marks.at, marks.painted = {0: now_ms()}, 0
            press(field, 0, char, round(now_ms()))
            while checkout.answers == answered:
                run.wake.pause(1)
            run.rest()
            run.tile_paints.finish()
            if (row := marks.row()) is not None:
                rows.append(row)
        field.clear()
        run.rest()
    return rows

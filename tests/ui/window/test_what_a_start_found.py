"""What a start found wrong is said on the screen, not only in the journal (fiscal.md R10, R12)."""

from __future__ import annotations

import shutil
from datetime import timedelta

from pos.bootstrap import open_till
from pos.clock import utc_now
from pos.commands import FinishImport
from pos.folders import Folders
from pos.founding import Place
from tests.builders import ZOE
from tests.ui.window.conftest import Opens

UNSURE = (
    "The till could not make sure that nothing is missing at the end of its journal."
    " It is on record; tell the manager."
)
NOT_THE_NEWEST = (
    "The till could not make sure that this is its newest journal."
    " It is on record; tell the manager."
)


def test_a_lost_anchor_is_said_until_somebody_has_read_it(opens: Opens, stand: Folders) -> None:
    shutil.rmtree(stand.anchors)
    cashier = opens(stand)
    assert UNSURE in cashier.banners()

    def is_read() -> bool:
        """Touch it until it goes: the strip may still be moving to its place."""
        if UNSURE in cashier.banners():
            cashier.press("Understood")
        return UNSURE not in cashier.banners()

    cashier.until(is_read)
    cashier.close()
    assert UNSURE not in opens(stand).banners(), "it was said, and stays on record"


def test_a_lost_memory_is_said_beside_a_lost_anchor(opens: Opens, stand: Folders) -> None:
    shutil.rmtree(stand.anchors)
    (stand.config / "founded.json").unlink()
    cashier = opens(stand)
    assert {UNSURE, NOT_THE_NEWEST} <= set(cashier.banners())
    cashier.close()
    assert opens(stand).banners() == ()


def test_a_clock_that_went_back_is_said_with_both_times(opens: Opens, stand: Folders) -> None:
    later = open_till(Place(stand, now=lambda: utc_now() + timedelta(days=30)))
    later.execute(FinishImport(source="a.csv", sha256="", products=0, variants=0, operator=ZOE))
    later.close()
    (said,) = [text for text in opens(stand).banners() if text.startswith("Since the till was")]
    assert said.endswith("It is on record; check the clock.")


def test_an_ordinary_start_says_nothing(opens: Opens, stand: Folders) -> None:
    assert opens(stand).banners() == ()

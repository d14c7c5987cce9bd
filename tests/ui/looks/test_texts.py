"""Whatever the screens say is translated, whole, and on the screen."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

import ui.screens
from pos.errors import StorageUnavailable
from tests.ui.looks.looked import Look, Seen, Text, is_amount
from tests.ui.looks.painted import visible_widgets
from tests.ui.looks.stand import SIZE, WAIT_MS
from tests.ui.looks.walk import Walk
from tests.ui.looks.words import Words

pytestmark = pytest.mark.xdist_group("looks")  # one worker walks once, for all tests

MONEY_CHANGES_HANDS = (
    "checkout: a filled basket",
    "payment: what is due",
    "payment: a typed",
    "payment: three",
    "payment: the terminal",
    "done: change",
    "done: paid",
)


def hold(wrong: Iterator[tuple[Seen, str]]) -> None:
    """Fail with what is wrong, once for each sentence, and the first state that shows it."""
    first: dict[str, str] = {}
    for seen, sentence in wrong:
        first.setdefault(f"{seen.kind}: {sentence}", seen.state)
    assert not first, "\n" + "\n".join(f"{text}  [{state}]" for text, state in first.items())


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_text_is_painted_whole(look: Look) -> None:
    words = Words(look.language)

    def judge() -> Iterator[tuple[Seen, str]]:
        for seen in look.seen:
            for text in seen.texts:
                if not text.is_whole:
                    yield seen, f"“{text.text}” is cut off in {seen.size}"
                if text.is_behind:
                    yield seen, f"“{text.text}” is hidden behind an edge"
                if text.covers:
                    yield seen, f"“{text.text}” lies on “{text.covers}”"
                if _is_shortened(text, words):
                    yield seen, f"“{text.text}” is shortened"
            shown = " ".join(text.text for text in seen.texts)
            if seen.wanted is not None and _letters(shown) != _letters(seen.wanted):
                yield seen, f"of “{seen.wanted}” only “{shown}” is shown"

    hold(judge())


def _is_shortened(text: Text, words: Words) -> bool:
    """Say whether words of ours end in …; names from the catalogue may."""
    return "…" in text.text and not words.is_explained(text.text) and not words.is_data(text.text)


def test_nothing_is_said_in_another_language(look: Look) -> None:
    words = Words(look.language)

    def judge() -> Iterator[tuple[Seen, str]]:
        for seen in look.seen:
            for text in seen.said:
                if words.is_foreign(text):
                    yield seen, f"“{text}” is English"
                elif not words.is_explained(text) and not _is_part(text, seen, words):
                    yield seen, f"“{text}” is neither a translation nor from the catalogue"

    hold(judge())


def _is_part(text: str, seen: Seen, words: Words) -> bool:
    """Say whether a text is one line of what a widget of ours paints on several."""
    if not seen.paints_itself:
        return False
    whole = " ".join(line.text for line in seen.texts)
    return text in whole and (words.is_explained(whole) or words.is_data(text))


def test_no_place_for_a_name_or_an_amount_is_left_empty(look: Look) -> None:
    hold(
        (seen, text)
        for seen in look.seen
        for text in seen.said
        if re.search(r"\{\w*\}|%n|%L?\d", text)
    )


def test_nothing_is_squeezed_on_the_smallest_screen(look: Look) -> None:
    hold(
        (seen, f"“{seen.name}” lacks {seen.lacks[0]} × {seen.lacks[1]} px")
        for seen in look.seen
        if seen.lacks != (0, 0)
    )
    windows = {seen.size for seen in look.seen if seen.kind == "MainWindow"}
    assert windows == {SIZE}


@pytest.mark.parametrize("state", MONEY_CHANGES_HANDS)
def test_an_amount_is_the_largest_text_while_money_changes_hands(look: Look, state: str) -> None:
    texts = [text for seen in look.in_state(state) for text in seen.texts]
    size = max(text.size_px for text in texts)
    largest = [text.text for text in texts if text.size_px == size]
    assert all(is_amount(text) for text in largest), largest


def test_the_walk_sees_every_page(look: Look) -> None:
    """A page that nobody visits is a page that nobody looked at."""
    pages = set()
    for module in pkgutil.walk_packages(ui.screens.__path__, "ui.screens."):
        kinds = inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        pages |= {
            name
            for name, kind in kinds
            if issubclass(kind, QWidget) and kind.__module__ == module.name
        }
    assert "CheckoutPage" in pages
    unseen = {page for page in pages if page.endswith("Page")} - look.pages
    assert not unseen, "tests/ui/looks/walk.py has no state for these"


def test_the_walk_has_states_of_its_own_for_each_kind_of_trouble(walk: Walk) -> None:
    states = list(walk.states())
    assert len(states) == len(set(states))
    assert len(states) > 50


def test_what_is_on_the_screen_changes_with_the_language(walk: Walk) -> None:
    """Also what lasts: banners, the light, the basket with its plurals."""
    till, states = walk.till, walk.states()
    while next(states) != "checkout: a filled basket":
        pass
    till.bridge.trouble.emit(StorageUnavailable(reason="SQLITE_FULL"))
    till.crash.crashed.emit("4F2A99")
    with walk.qtbot.waitSignal(till.ready, timeout=WAIT_MS):
        walk.window.language_wanted.emit()
    walk.qtbot.waitUntil(lambda: len(walk.window.checkout.grid.cards) > 3, timeout=WAIT_MS)
    assert till.language() == "en"
    words = Words("en")
    said = {
        text
        for widget in visible_widgets(walk.window)
        for text in (widget.accessibleName(), getattr(widget, "text", str)())
        if text
    }
    french = {text for text in said if not words.is_explained(text.replace("&&", "&"))}
    assert not french
    assert {"4 items", "Pay"} <= said
    assert any("disk is full" in text for text in walk.window.banners.texts())

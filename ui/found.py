"""Says what the till found wrong while it opened: it is on record, and somebody should know."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from pos.clock import from_utc_text
from pos.domain.facts import ClockDoubted, Fact, IntegrityFailed
from ui import format as text_of
from ui.widgets.banner import Banners, BannerText


def show_found(found: Iterable[Fact], banners: Banners, language: Callable[[], str]) -> None:
    """Show a banner for each, until somebody has read it."""
    for fact in found:
        match fact:
            case IntegrityFailed(reason=reason):
                key = f"found {reason}"
                sentence = _unsure_of_the_last if reason == "memory missing" else _unsure_of_the_end
                said = BannerText.said(sentence, is_trouble=True, can_close=True)
            case ClockDoubted() as doubted:
                key = "found clock"
                said = _said_of_the_clock(doubted, language)
            case _:
                continue
        banners.show_banner(key, said)


def _said_of_the_clock(doubted: ClockDoubted, language: Callable[[], str]) -> BannerText:
    return BannerText.said(lambda: _clock_jumped(doubted, language()), can_close=True)


def _unsure_of_the_end() -> str:
    return QCoreApplication.translate(
        "wording",
        "The till could not make sure that nothing is missing at the end of its journal."
        " It is on record; tell the manager.",
    )


def _unsure_of_the_last() -> str:
    return QCoreApplication.translate(
        "wording",
        "The till could not make sure that this is its newest journal."
        " It is on record; tell the manager.",
    )


def _clock_jumped(doubted: ClockDoubted, language: str) -> str:
    return QCoreApplication.translate(
        "wording",
        "Since the till was last used, the clock jumped from {before} to {now}."
        " It is on record; check the clock.",
    ).format(
        before=_moment(doubted.last_seen, language),
        now=_moment(doubted.now, language),
    )


def _moment(text: str, language: str) -> str:
    moment = from_utc_text(text).astimezone()
    return f"{text_of.day(moment, language)} {text_of.clock_time(moment, language)}"

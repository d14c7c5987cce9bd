"""Sentences about the hub: the light, its page, joining, and whatever keeps the two apart.

What people read is short, says what is only here in money, and never asks anybody to wait.
"""

# long: all that is said about the hub in one place, where a test finds each

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from PySide6.QtCore import QCoreApplication

from ui import format as text_of
from ui.screens.sync.state import HubStatus
from ui.wording import wording

Shape = Literal["good", "busy", "apart", "trouble"]

NOW_S = 5
"""Younger than this, an age would only flicker."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the light says."""

    shape: Shape
    word: str  # where there is no room for more
    sentence: str


# Ages -----------------------------------------------------------------------------------------


def age(moment: datetime, now: datetime, language: str) -> str:
    """Return how long ago something was, in the largest unit; after a day, when."""
    passed = now - moment
    seconds = int(passed.total_seconds())
    if seconds < NOW_S:  # also what a clock that was set back would put into the future
        return QCoreApplication.translate("wording", "just now")
    if seconds < 60:
        text = QCoreApplication.translate("wording", "{count} s ago")
    elif seconds < 3600:
        text, seconds = QCoreApplication.translate("wording", "{count} min ago"), seconds // 60
    elif passed < timedelta(days=1):
        text, seconds = QCoreApplication.translate("wording", "{count} h ago"), seconds // 3600
    else:
        return text_of.day(moment.astimezone(), language)
    return text.format(count=seconds)


def moment(when: datetime, now: datetime, language: str) -> str:
    """Return the wall clock's time of something; with its day if that was not today."""
    local = when.astimezone()
    clock = text_of.clock_time(local, language)
    if local.date() == now.astimezone().date():
        return clock
    return f"{text_of.day(local, language)}, {clock}"


# The light ------------------------------------------------------------------------------------


def light(status: HubStatus, now: datetime, language: str) -> Said:
    """Return shape, word and sentence of the light; a till without a hub has none."""
    match status.state:
        case "forked":
            word = QCoreApplication.translate("wording", "Two journals")
            return Said("trouble", word, forked())
        case "revoked":
            return Said(
                "trouble", QCoreApplication.translate("wording", "Till revoked"), trouble("revoked")
            )
        case "trouble":
            word = QCoreApplication.translate("wording", "Hub: see why")
            return Said("trouble", word, _with_what_waits(status, language))
        case "no_contact" | "waiting":
            return _apart(status, now, language)
        case "sending" if status.is_arriving:
            word = QCoreApplication.translate("wording", "Catalogue …")
            return Said("busy", word, arriving(status, language))
        case "sending":
            word = QCoreApplication.translate("wording", "Sending …")
            return Said("busy", word, _sending(status, language))
        case _:
            word = QCoreApplication.translate("wording", "Sent")
            return Said("good", word, _all_sent(status, now, language))


def _all_sent(status: HubStatus, now: datetime, language: str) -> str:
    if status.last_contact is None:
        return QCoreApplication.translate("wording", "All sent")
    return QCoreApplication.translate("wording", "All sent, {age}").format(
        age=age(status.last_contact, now, language)
    )


def _sending(status: HubStatus, language: str) -> str:
    if status.amount is None or not status.amount.minor:
        return QCoreApplication.translate("wording", "Sending …")
    return QCoreApplication.translate("wording", "Sending {amount} …").format(
        amount=text_of.short_money(status.amount, language)
    )


def _apart(status: HubStatus, now: datetime, language: str) -> Said:
    here = only_here(status, language)
    if status.last_contact is None:
        since = QCoreApplication.translate("wording", "no contact yet")
    else:
        since = QCoreApplication.translate("wording", "last contact {time}").format(
            time=moment(status.last_contact, now, language)
        )
    if not here:
        word = QCoreApplication.translate("wording", "No contact")
        text = QCoreApplication.translate("wording", "All sent, {since}")
        if status.last_contact is None:
            text = QCoreApplication.translate("wording", "Hub: {since}")
        return Said("apart", word, text.format(since=since))
    word = _short_here(status, language)
    text = QCoreApplication.translate("wording", "{what} only on this till, {since}")
    return Said("apart", word, text.format(what=here, since=since))


def _short_here(status: HubStatus, language: str) -> str:
    if status.amount is None or not status.amount.minor:
        return QCoreApplication.translate("wording", "No contact")
    return QCoreApplication.translate("wording", "{amount} here").format(
        amount=text_of.short_money(status.amount, language)
    )


def only_here(status: HubStatus, language: str) -> str:
    """Return what is on this till alone: money if there is any, else entries; "" for nothing."""
    if status.amount is not None and status.amount.minor:
        return text_of.short_money(status.amount, language)
    return entries(status.waiting) if status.waiting else ""


def _with_what_waits(status: HubStatus, language: str) -> str:
    why, here = trouble(status.trouble), only_here(status, language)
    if not here:
        return why
    text = QCoreApplication.translate("wording", "{why} {what} only on this till.")
    return text.format(why=why, what=here)


def arriving(status: HubStatus, language: str) -> str:
    """Say that the catalogue is on its way, and how much of it is here."""
    if not status.products:
        return QCoreApplication.translate("wording", "The catalogue is arriving from the hub …")
    return QCoreApplication.translate("wording", "{products}, still arriving …").format(
        products=products(status.products, language)
    )


def expected(status: HubStatus, language: str) -> str:
    """Say instead of “no items” where they come from."""
    if status.is_arriving or not status.position:
        return arriving(status, language)
    return QCoreApplication.translate("wording", "No items yet: the hub sends them to this stand.")


# The page -------------------------------------------------------------------------------------


def entries(count: int) -> str:
    return wording.tr("%n journal entry(ies)", "", count)


def sales(count: int) -> str:
    return wording.tr("%n sale(s)", "", count)


def products(count: int, language: str) -> str:
    """Return a number of products as the language groups its digits."""
    from babel.numbers import format_decimal

    text = wording.tr("{count} product(s)", "", count)
    return text.format(count=format_decimal(count, locale=language))


def nothing_waits() -> str:
    return QCoreApplication.translate("wording", "Nothing: the hub has everything.")


def no_peers() -> str:
    return QCoreApplication.translate("wording", "No other till at this stand.")


def peer(till: str, seen: str) -> str:
    return QCoreApplication.translate("wording", "till {number}, {seen}").format(
        number=till, seen=seen
    )


def never_seen() -> str:
    return QCoreApplication.translate("wording", "not heard of yet")


def contact(status: HubStatus, now: datetime, language: str) -> str:
    """Say when the hub last answered."""
    if status.last_contact is None:
        return QCoreApplication.translate("wording", "No contact yet.")
    time = moment(status.last_contact, now, language)
    if now - status.last_contact >= timedelta(days=1):  # its age is the day that `time` names
        return QCoreApplication.translate("wording", "Last contact {time}.").format(time=time)
    return QCoreApplication.translate("wording", "Last contact {time}, {age}.").format(
        time=time, age=age(status.last_contact, now, language)
    )


def feed(status: HubStatus, language: str) -> str:
    """Say how far catalogue and stock have come down."""
    from babel.numbers import format_decimal

    if status.is_arriving:
        return arriving(status, language)
    number = format_decimal(status.position, locale=language)
    behind = status.head - status.position
    if behind > 0:
        text = QCoreApplication.translate(
            "wording", "{behind} changes still to come (at {position})."
        )
        return text.format(behind=format_decimal(behind, locale=language), position=number)
    return QCoreApplication.translate("wording", "Up to date (change {position}).").format(
        position=number
    )


def quarantined(count: int) -> str:
    return wording.tr(
        "The hub keeps %n entry(ies) of this till apart, with the reason. Nothing is lost;"
        " head office sees them on the hub's page.",
        "",
        count,
    )


def to_explain(count: int) -> str:
    return wording.tr(
        "Head office has not said yet which of its items %n item(s) of this till are: “Which"
        " product is this?” on the hub's page. Until then their stock counts apart.",
        "",
        count,
    )


def forked() -> str:
    return QCoreApplication.translate(
        "wording", "The hub has another continuation of this till's journal."
    )


def what_of_a_fork(seq: int) -> str:
    return QCoreApplication.translate(
        "wording",
        "From entry {number} on, somebody sold with a copy of this till, or an old copy was put"
        " back. All of it is kept at the hub. Tell the manager: this till goes on with a new"
        " journal that names the old one.",
    ).format(number=seq)


def sure_of_a_new_journal() -> str:
    return QCoreApplication.translate(
        "wording",
        "The old file stays untouched in the folder “set-aside”. Basket, catalogue and stock come"
        " along. Receipt numbers begin a new series that names the old one.",
    )


def revoked_till() -> str:
    return QCoreApplication.translate(
        "wording",
        "Selling goes on, and all of it stays on this machine. If this till was not lost, ask"
        " head office for a new code and join again.",
    )


# Closing --------------------------------------------------------------------------------------


def closing(status: HubStatus, language: str) -> str:
    """Say once that something is only here."""
    return QCoreApplication.translate(
        "wording",
        "Not sent to the hub yet: {what}. It is safe on this till; close once more to leave.",
    ).format(what=only_here(status, language))


# What is wrong --------------------------------------------------------------------------------


def trouble(kind: str) -> str:
    """Return why there is no speaking with the hub, and what to do."""
    return _TROUBLES.get(kind, _unknown)()


def _unknown() -> str:
    return QCoreApplication.translate("wording", "The hub did not answer as it should.")


def _no_network() -> str:
    return QCoreApplication.translate(
        "wording", "The hub cannot be reached: look at the network and the hub's machine."
    )


def _portal() -> str:
    return QCoreApplication.translate(
        "wording",
        "Another page answers instead of the hub: log this machine into the network first.",
    )


def _pin() -> str:
    return QCoreApplication.translate(
        "wording",
        "Whoever answers is not the hub that this till knows. Nothing was sent. Tell head office.",
    )


def _certificate() -> str:
    return QCoreApplication.translate(
        "wording", "This hub belongs to another organisation. Nothing was sent."
    )


def _clock() -> str:
    return QCoreApplication.translate(
        "wording", "This machine's clock differs too much from the hub's: set date and time."
    )


def _revoked() -> str:
    return QCoreApplication.translate("wording", "Head office has revoked this till at the hub.")


def _cut() -> str:
    return QCoreApplication.translate(
        "wording", "Something on the way cuts the connection to the hub. The till tries again."
    )


def _too_large() -> str:
    return QCoreApplication.translate(
        "wording", "An entry is too large for the hub. Nothing is lost; call for help."
    )


def _version() -> str:
    return QCoreApplication.translate(
        "wording",
        "Hub and till do not understand each other: update the program on the older of the two.",
    )


def _unknown_till() -> str:
    return QCoreApplication.translate(
        "wording", "The hub does not know this till any more: ask head office for a new code."
    )


def _contradiction() -> str:
    return QCoreApplication.translate(
        "wording", "The hub says what cannot be. Nothing is lost; call for help."
    )


def _busy_hub() -> str:
    return QCoreApplication.translate(
        "wording", "The hub cannot work at the moment. The till tries again by itself."
    )


def _storage() -> str:
    return QCoreApplication.translate(
        "wording", "This till's disk keeps what the hub sends from being written."
    )


def _bug() -> str:
    return QCoreApplication.translate(
        "wording", "A mistake in the program disturbs the sync. Selling goes on; call for help."
    )


_TROUBLES: dict[str, Callable[[], str]] = {
    "no_network": _no_network,
    "portal": _portal,
    "wrong_certificate": _pin,
    "other_organisation": _certificate,
    "clock": _clock,
    "revoked": _revoked,
    "unknown": _unknown_till,
    "cut": _cut,
    "too_large": _too_large,
    "hub_error": _busy_hub,
    "version": _version,
    "contradiction": _contradiction,
    "storage": _storage,
    "not_enrolled": _unknown_till,
    "bug": _bug,
}

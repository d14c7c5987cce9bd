"""Sentences about joining a hub; why it cannot be reached stands in `ui/screens/sync/wording`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from ui.screens.sync import wording as hub

EXAMPLE = "10.0.0.2:8443"
"""An address as people type one; not in the sentence, where French has a space before a colon."""


def damaged_code() -> str:
    return QCoreApplication.translate(
        "wording", "This hub's code was not read whole: scan it once more, or type it."
    )


def another_code() -> str:
    return QCoreApplication.translate(
        "wording", "This is no code of a hub. Scan the one on the hub's page."
    )


def press_to_join() -> str:
    return QCoreApplication.translate(
        "wording",
        "Press “Join this hub” to go on. From then on products and prices come from head office.",
    )


def no_address() -> str:
    return QCoreApplication.translate(
        "wording", "Type the hub's address as its page shows it, such as {example}."
    ).format(example=EXAMPLE)


def no_code() -> str:
    return QCoreApplication.translate(
        "wording", "The code has twelve letters and digits: XXXX-XXXX-XXXX."
    )


def asking(host: str) -> str:
    return QCoreApplication.translate("wording", "Asking the hub {host} …").format(host=host)


def phase(name: str) -> str:
    """Return how far joining is."""
    phases = {
        "asking": QCoreApplication.translate("wording", "Asking the hub …"),
        "founding": QCoreApplication.translate("wording", "The hub knows this till. Opening it …"),
        "done": QCoreApplication.translate("wording", "This till belongs to the hub now."),
    }
    return phases[name]


def has_a_hub(organisation: str) -> str:
    """Say what a hub's code does on a till that belongs to one: nothing."""
    return QCoreApplication.translate(
        "wording", "This till belongs to {organisation} already: the code was left unused."
    ).format(organisation=organisation)


def joins_in_settings() -> str:
    return QCoreApplication.translate(
        "wording", "This is a hub's code. To join it, open the settings (F10) and scan it there."
    )


# Why not --------------------------------------------------------------------------------------


def problem(kind: str) -> str:
    """Return why a hub did not take this till, and what to do."""
    return _PROBLEMS[kind]() if kind in _PROBLEMS else hub.trouble(kind)


def _expired() -> str:
    return QCoreApplication.translate(
        "wording", "The code has expired: codes live for 30 minutes. Ask for a new one."
    )


def _used() -> str:
    return QCoreApplication.translate(
        "wording", "Another till has used this code: each till needs its own."
    )


def _proof() -> str:
    return QCoreApplication.translate(
        "wording",
        "Code and hub do not fit: a sign was mistyped, or somebody else answers. Ask for a new"
        " code.",
    )


def _stand_gone() -> str:
    return QCoreApplication.translate(
        "wording", "The stand of this code is closed: ask for a code of another one."
    )


def _not_ours() -> str:
    return QCoreApplication.translate(
        "wording", "This till sells for another company or in another country than the hub."
    )


def _mode() -> str:
    return QCoreApplication.translate(
        "wording", "This hub trains and this till sells, or the other way round: they stay apart."
    )


def _trains_already() -> str:
    return QCoreApplication.translate(
        "wording",
        "This machine has a till for training already: open it with “Training only”, and join in"
        " the settings (F10).",
    )


_PROBLEMS: dict[str, Callable[[], str]] = {
    "code_expired": _expired,
    "code_used": _used,
    "proof": _proof,
    "stand_gone": _stand_gone,
    "identity": _not_ours,
    "mode": _mode,
    "trains_already": _trains_already,
    "address": no_address,
}

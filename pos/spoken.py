"""Which language a command line speaks, and saying it."""

from __future__ import annotations

import os
from enum import StrEnum


class Language(StrEnum):
    """Languages of the command lines."""

    EN = "en"
    FR = "fr"


Sentence = tuple[str, str]
"""English, then French; with names of values in braces."""


def spoken(chosen: Language | None) -> Language:
    """Return the language that was asked for, else that of the machine's environment."""
    if chosen is not None:
        return chosen
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    usual = next((name for name in names if name), "")
    return Language.FR if usual.lower().startswith("fr") else Language.EN


def say(sentence: Sentence, language: Language, /, **values: object) -> str:
    """Return a sentence in a language, with its values."""
    return sentence[language is Language.FR].format(**values)

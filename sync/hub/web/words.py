"""The words of head office's pages, in English and French.

A `|` sets one thing and several apart, counted by `n`: `{n} sale|{n} sales`.
"""

from __future__ import annotations

from typing import Literal, get_args

from starlette.requests import Request

from sync.hub.web.words_of_details import DETAILS
from sync.hub.web.words_of_goods import GOODS
from sync.hub.web.words_of_incidents import INCIDENTS
from sync.hub.web.words_of_pages import PAGES
from sync.hub.web.words_of_people import PEOPLE
from sync.hub.web.words_of_problems import PROBLEMS
from sync.hub.web.words_of_team import TEAM

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LANGUAGE_COOKIE = "echoppe-language"

WORDS: dict[str, tuple[str, str]] = PAGES | GOODS | TEAM | PEOPLE | INCIDENTS | DETAILS | PROBLEMS


def say(language: Language, key: str, /, **values: object) -> str:
    """Return a sentence of the table; what stands in braces is filled in as plain text."""
    text = WORDS[key][LANGUAGES.index(language)]
    if "|" in text:
        text = text.split("|")[_is_several(language, values["n"])]
    return text.format(**values)


def _is_several(language: Language, count: object) -> bool:
    assert isinstance(count, int), count
    return abs(count) > 1 or (language == "en" and count == 0)


def language_of(request: Request) -> Language:
    """Return the language that was chosen, or else the first of the browser's that we speak."""
    for language in LANGUAGES:
        if request.cookies.get(LANGUAGE_COOKIE) == language:
            return language
    weighed = [
        _weighed(part) for part in request.headers.get("Accept-Language", "").split(",")[:20]
    ]
    for _, tag in sorted((one for one in weighed if one[0] > 0), key=lambda pair: -pair[0]):
        for language in LANGUAGES:
            if tag == language:
                return language
    return "en"


def _weighed(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";q=")
    try:
        value = float(weight or 1)
        return value if 0 <= value <= 1 else 0.0, tag.strip().lower().split("-")[0]
    except ValueError:
        return 0.0, ""

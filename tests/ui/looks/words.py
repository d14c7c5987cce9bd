"""Which words may be on a screen: translations, what is in the catalogue, numbers."""

from __future__ import annotations

import csv
import re
from functools import cache

from pos import __version__
from scripts.translations import FOLDER, SOURCE, Message, read
from tests.builders import an_identity
from tests.ui.looks.walk import SET_UP, import_sentences
from tests.ui.sync.hubs import HUB
from ui.demo import CATALOGUE
from ui.preferences import LICENCE
from ui.screens.settings.presenter import FOLDER as FOLDER_OF_RECEIPTS
from ui.widgets.tile_picture import initials

_PLACE = re.compile(r"\\\{\w*\\\}|%n")
_NO_WORD = re.compile(r"F\d+|[A-Z]+(-[A-Z]+)*(-\d+)+")
"""A key of the keyboard, a receipt's number."""

LEGAL_LINE = "SIRET 12345678200010"
FIRST_MANAGER = "M1"
OWN_NAMES = {"English", "Français", "Nederlands"}
"""Of languages: each is written in itself, whatever the screens speak."""

NAMES = {f"Échoppe {__version__}", FOLDER_OF_RECEIPTS, LICENCE, "SIRET"}
HUB_NAMES = {HUB.organisation, HUB.address, "XXXX-XXXX-XXXX", "ABCD-EFGH-JKMN", "10.0.0.2:8443"}


class Words:
    """The words of one language on the stand of the tests."""

    def __init__(self, language: str) -> None:
        sources = read(FOLDER / "echoppe_fr.ts")
        spoken = sources if language == SOURCE else read(FOLDER / f"echoppe_{language}.ts")
        said = [
            form
            for message in spoken
            for form in ((message.source,) if language == SOURCE else message.forms)
        ]
        if language == SOURCE:
            said += [form for m in read(FOLDER / "echoppe_en.ts") for form in m.forms]
        self._said = [_pattern(text) for text in said]
        self._data = catalogue_words() | set(SET_UP.values()) | {LEGAL_LINE, FIRST_MANAGER}
        self._data |= OWN_NAMES | NAMES | HUB_NAMES
        self._data |= set(import_sentences("fr" if language == "fr" else "en"))
        self._foreign = _foreign(sources) if language != SOURCE else []

    def is_explained(self, text: str) -> bool:
        """Say whether a text is a translation, product data, a number, or made of those."""
        if "\n" in text:
            return all(self.is_explained(line) for line in text.split("\n"))
        if self._is_known(text) or _NO_WORD.fullmatch(text):
            return True
        parts = re.split(r" · |, |  | × ", text)
        return all(self._is_known(part.strip()) for part in parts) or self._is_undo(text)

    def _is_undo(self, text: str) -> bool:
        """Say whether a text is what undo says: our words, a name, its size; or the last two."""
        cuts = [(text[: at.start()], text[at.end() :]) for at in re.finditer(" ", text)]
        return any(
            (left in self._data or left.endswith((":", "added", "removed")))
            and self._is_known(left)
            and self.is_explained(right)
            for left, right in cuts
        )

    def is_foreign(self, text: str) -> bool:
        """Say whether a text is English that has another translation."""
        if text in self._data:
            return False
        return any(pattern.fullmatch(text) for pattern in self._foreign)

    def is_data(self, text: str) -> bool:
        """Say whether a text begins something from the catalogue; such may end in `…`."""
        start = text.removesuffix("…").strip()
        return any(start in known for known in self._data)

    def _is_known(self, text: str) -> bool:
        if not re.search(r"[^\W\d_]", text) or text in self._data:
            return True  # no letter at all, or a name
        if any(pattern.fullmatch(text) for pattern in self._said):
            return True
        return text.endswith("…") and self.is_data(text)


@cache
def catalogue_words() -> frozenset[str]:
    """Return everything that the demo's catalogue and the tests' stand say themselves."""
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    words = {value.strip() for row in rows for value in row.values() if value}
    words |= {initials(name) for name in words}  # instead of a picture
    identity = an_identity("BE")
    return frozenset(words | {identity.stand_name, identity.seller.name, "Échoppe"})


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(".+", re.escape(text)), re.DOTALL)


def _foreign(messages: list[Message]) -> list[re.Pattern[str]]:
    """Return the English texts that are something else in this language."""
    same = {message.source for message in messages if message.source in message.forms}
    return [
        _pattern(message.source)
        for message in messages
        if message.source not in same and re.search(r"[A-Za-z]{2}", _PLACE.sub("", message.source))
    ]

"""Words as people type them in a hurry: no accents, no capitals, ligatures spelled out."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_WORD = re.compile(r"[^\W_]+")
WORDS_MAX = 8


def folded(text: str) -> str:
    """Return the text as it is compared: `Œillet d'Été` becomes `oeillet d'ete`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def search_words(text: str) -> tuple[str, ...]:
    """Return the words to look for, each as the beginning of a word; at most `WORDS_MAX`."""
    return tuple(_WORD.findall(folded(text)))[:WORDS_MAX]

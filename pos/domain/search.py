"""Words as people type them in a hurry: no accents, no capitals, ligatures spelled out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
# Letters and digits as SQLite's tokenizer sees them: to its older tables these vowels of New Tai
# Lue and two Vedic signs are not letters, and a word that it cuts in two is an error there.
_WORD = re.compile(r"[^\W_\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+")
# From the beginning of a word, and never back: else each letter of each word were tried anew.
_JOINED = re.compile(
    r"(?<![^\W_])[^\W_]++(?:[-\u2010][^\W_]++)+"
)  # the hyphen that does not break folds to U+2010
WORDS_MAX = 8
SLUG_MAX = 40


def folded(text: str) -> str:
    """Return the text as it is compared: `Œillet d'Été` becomes `oeillet d'ete`."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slug(text: str) -> str:
    """Return the text as part of a file's name: `Gris orage` becomes `gris-orage`."""
    return "-".join(_WORD.findall(folded(text)))[:SLUG_MAX]


def search_words(text: str) -> tuple[str, ...]:
    """Return the words to look for, each as the beginning of a word; at most `WORDS_MAX`."""
    return tuple(_WORD.findall(folded(text)))[:WORDS_MAX]


def without_hyphens(text: str) -> str:
    """Return the words of a folded text that have hyphens, without them: `t-shirt` as `tshirt`."""
    joined = (re.sub("[-\u2010]", "", word) for word in _JOINED.findall(text))
    return " ".join(dict.fromkeys(joined))


def index_text(words: Iterable[str]) -> str:
    """Return what a product is found by: its words folded, those with hyphens in both spellings."""
    text = folded(" ".join(dict.fromkeys(words)))
    return f"{text} {without_hyphens(text)}".rstrip()

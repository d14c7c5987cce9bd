"""Text from outside, made harmless before anything keeps it."""

from __future__ import annotations

import unicodedata

# Overrides and isolates turn the reading order of what follows them, also of the price.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str, *, length_max: int) -> str:
    """Return one line of NFC text without control or direction characters.

    White space is folded; what is longer than `length_max` characters ends in `…`.
    """
    text = text.strip()
    read = text[: length_max * 8]  # a name of a million characters costs no more than a long one
    shown = (" " if char.isspace() else char for char in read)
    kept = "".join(char for char in shown if _is_harmless(char))
    line = " ".join(unicodedata.normalize("NFC", kept).split())
    if len(line) <= length_max and len(read) == len(text):
        return line
    return line[: length_max - 1].rstrip() + "…"


def _is_harmless(char: str) -> bool:
    return char not in _DIRECTION and unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}

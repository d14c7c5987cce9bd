"""Text that every printer can print, so that paper, file and preview say the same.

A receipt printer has one byte a character.  Code page 1252 is the one that has `€` and `œ` and
that nearly every ESC/POS printer knows, under number 16.  What it lacks is written plainly
(`ő` as `o`) or becomes `?`; control and direction characters vanish.  One character is one cell
of a line, so what is laid out here cannot be torn apart by a printer.
"""

from __future__ import annotations

import unicodedata
from functools import cache

CODE_PAGE = "cp1252"
NO_BREAK_SPACE = "\u00a0"
UNKNOWN = "?"

_NO_BREAK_SPACES = "\u00a0\u202f\u2007"
# Letters and signs that Unicode does not take apart into a plain one and a mark.
_PLAIN = {
    **dict(zip("łŁđĐħĦıŧŦŋŊ", "lLdDhHitTnN", strict=True)),
    **dict.fromkeys("\u2212\u2010\u2011\u2012", "-"),
    **dict(zip("\u2015\u2032\u2033\u02bc\u2044→←", "—'\"’/><", strict=True)),
    "ẞ": "SS",
}
# Categories of characters that take no place on paper: marks, formats, controls, halves.
_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc", "Cs", "Cn", "Co"})


def printable(text: str) -> str:
    """Return the text in characters of code page 1252, none of them a control character.

    Tabs and line breaks become spaces.  Spaces that must not break stay so, as U+00A0.  Several
    characters in a row that cannot be printed become one `?`.
    """
    shown: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        plain = _one(char)
        if plain == UNKNOWN and char != UNKNOWN and shown[-1:] == [UNKNOWN]:
            continue
        if plain:
            shown.append(plain)
    return "".join(shown)


def encoded(text: str) -> bytes:
    """Return the bytes of a text for a printer that stands on code page 1252.

    Whatever the text holds, no byte below 0x20 and no 0x7F comes out of here.
    """
    plain = printable(text).replace(NO_BREAK_SPACE, " ")
    return plain.encode(CODE_PAGE, errors="strict")


@cache
def _one(char: str) -> str:
    if char in _NO_BREAK_SPACES:
        return NO_BREAK_SPACE
    if char.isspace():
        return " "
    if char in _PLAIN:
        return _PLAIN[char]
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    if _is_on_the_code_page(char):
        return char
    apart = unicodedata.normalize("NFKD", char)
    parts = [part for part in apart if unicodedata.category(part) not in _INVISIBLE]
    if parts and all(_is_on_the_code_page(part) for part in parts):
        return "".join(parts)
    return UNKNOWN


def _is_on_the_code_page(char: str) -> bool:
    try:
        char.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return True

"""The words of an HTML description, without its markup."""

from __future__ import annotations

import html
import re

from pos.importers.cells import tidy_text

HTML_CHARS_MAX = 50_000
DESCRIPTION_MAX = 2_000

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*+)[^<>]*>|<[!?/][^<>]*>")
_NOT_SHOWN = frozenset({"script", "style", "head", "template", "svg"})
# Tags inside a word or sentence; at all others, words are apart.
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "font", "i", "small", "span", "strong", "sub"})
_INLINE_TOO = frozenset({"sup", "u", "s", "mark", "wbr"})


def plain_text(markup: str) -> str:
    """Return what a reader would see of a description, in one line, at most `DESCRIPTION_MAX`.

    Every step is linear in the text's length, however broken the markup is.
    """
    shown = _without_comments(markup[:HTML_CHARS_MAX])
    kept: list[str] = []
    hidden_by, end = "", 0
    for tag in _TAG.finditer(shown):
        name = (tag[1] or "").lower()
        if not hidden_by:
            kept.append(shown[end : tag.start()])
            kept.append("" if name in _INLINE or name in _INLINE_TOO else " ")
        end = tag.end()
        closes = tag[0].startswith("</")
        if hidden_by and closes and name == hidden_by:
            hidden_by = ""
        elif not hidden_by and not closes and name in _NOT_SHOWN:
            hidden_by = name
    if not hidden_by:
        kept.append(shown[end:])
    return tidy_text(html.unescape("".join(kept)), length_max=DESCRIPTION_MAX)


def _without_comments(markup: str) -> str:
    first, *others = markup.split("<!--")
    return first + " ".join(other.partition("-->")[2] for other in others)

"""Taking out of a text what is nobody's business, before it is sent to somebody who helps.

Reports of crashes are made of our own code's lines and of what went wrong; what went wrong may
quote a name, a product or a receipt.  Words that are known to be personal are taken out; so is
whatever stands in quotes, in braces or in a value's own description, whether it is known or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

GONE = "[…]"
PART_MIN = 4  # a part of a name as short as "de" is no name

_FRAME = re.compile(r'\s*(?:File|Fichier) "')
_DESCRIPTION = re.compile(r"\b([A-Z]\w*)\((?=\w+=).*")
_BRACES = re.compile(r"\{.*\}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")


class Redaction:
    """Knows which words to take out; everything else is the same for everybody."""

    def __init__(self, personal: Iterable[str], home: Path | None = None) -> None:
        self._home = str(home or Path.home())
        user = Path(self._home).name
        words = {part for text in (*personal, user) for part in _parts(text)}
        longest_first = sorted(words, key=len, reverse=True)
        known = "|".join(re.escape(word) for word in longest_first)
        self._known = re.compile(rf"(?<!\w)(?:{known})(?!\w)", re.IGNORECASE) if known else None

    def words(self, text: str) -> str:
        """Return the text without known words, and with the home folder as `~`."""
        # A folder such as / or /root says nothing of a person, and would stand in every path.
        if len(Path(self._home).parts) > 2:
            text = text.replace(self._home, "~")
        return self._known.sub(GONE, text) if self._known else text

    def report(self, text: str) -> str:
        """Return a report of a crash with its places in the code, but without any values."""
        return "".join(f"{self._line(line)}\n" for line in text.splitlines())

    def _line(self, line: str) -> str:
        if not _FRAME.match(line):
            line = _DESCRIPTION.sub(rf"\1({GONE})", line)
            line = _QUOTED.sub(GONE, _BRACES.sub(GONE, line))
        return self.words(line)


def _parts(text: str) -> set[str]:
    """Return a name or an address as a whole, and its longer words."""
    return {text.strip(), *(part for part in re.findall(r"\w+", text) if len(part) >= PART_MIN)} - {
        ""
    }

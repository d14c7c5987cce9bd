"""Write the tables of docs/design.md anew: the palette with its contrasts, type and spacing.

Usage: python -m scripts.design_tables [--check]

They come from `ui/theme/palette.py`; nothing in them is typed. With `--check`: changes nothing,
and fails where the page says something else.

Contrast is that of WCAG 2 (relative luminance, success criterion 1.4.3): from 1 to 21.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ui.theme import palette
from ui.theme.palette import DAY, NIGHT, TYPE, Palette

PAGE = Path(__file__).parent.parent / "docs" / "design.md"
THEMES = (DAY, NIGHT)
READ_AT_ARMS_LENGTH, TEXT, SHAPE = 7.0, 4.5, 3.0


@dataclass(frozen=True, slots=True)
class Use:
    """One colour on another, what for, and the least contrast that this needs."""

    ink: str
    ground: str
    what: str
    least: float


USES = (
    Use("ink", "surface", "names, amounts, basket", READ_AT_ARMS_LENGTH),
    Use("ink", "ground", "what is due, the change", READ_AT_ARMS_LENGTH),
    Use("ink", "raised", "size keys, number keys", READ_AT_ARMS_LENGTH),
    Use("ink", "pressed", "a key under a finger", READ_AT_ARMS_LENGTH),
    Use("ink", "accent_soft", "the line that was touched last", READ_AT_ARMS_LENGTH),
    Use("on_accent", "accent", "the key to press next", READ_AT_ARMS_LENGTH),
    Use("on_accent", "accent_pressed", "the same under a finger", READ_AT_ARMS_LENGTH),
    Use("surface", "ink", "a notice; the chosen category", READ_AT_ARMS_LENGTH),
    Use("on_warn", "warn", "training; “Sell?” on a key", READ_AT_ARMS_LENGTH),
    Use("on_trouble", "trouble", "trouble across the top", READ_AT_ARMS_LENGTH),
    Use("ink_soft", "surface", "what comes second", TEXT),
    Use("ink_soft", "ground", "the same on the ground", TEXT),
    Use("ink_soft", "raised", "the number left on a size key", TEXT),
    Use("trouble", "surface", "what is wrong with a field; a light", TEXT),
    Use("accent", "surface", "a light that is well", TEXT),
    Use("dead_ink", "dead_ground", "sold out", TEXT),
    Use("dead_ink", "ground", "cannot be pressed now", SHAPE),
    Use("focus", "surface", "the ring of the keyboard", SHAPE),
    Use("focus", "ground", "the same on the ground", SHAPE),
    Use("focus", "raised", "the same on a key", SHAPE),
    Use("warn_on_ink", "ink", "the sign of a notice", SHAPE),
)


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours (#RRGGBB), from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measured(use: Use, theme: Palette) -> float:
    """Return the contrast of a use in a theme, rounded down: 6.99 is not 7."""
    return int(contrast(getattr(theme, use.ink), getattr(theme, use.ground)) * 10) / 10


def tables() -> dict[str, str]:
    """Return the tables by the names of their places on the page."""
    return {
        "palette": _table(("", *(theme.name for theme in THEMES)), _palette()),
        "contrast": _table(
            ("text or shape", "on", "for", "least", *(theme.name for theme in THEMES)), _contrasts()
        ),
        "type": _table(("name", "px"), ((n, str(getattr(TYPE, n))) for n in TYPE.__slots__)),
        "spacing": _table(("name", "px"), _spacing()),
    }


def _palette() -> Iterator[Sequence[str]]:
    for name in Palette.__slots__:
        if name != "name":
            yield f"`{name}`", *(f"`{getattr(theme, name)}`" for theme in THEMES)


def _contrasts() -> Iterator[Sequence[str]]:
    for use in USES:
        ratios = (f"{measured(use, theme):.1f}" for theme in THEMES)
        yield f"`{use.ink}`", f"`{use.ground}`", use.what, f"{use.least:g}", *ratios


def _spacing() -> Iterator[Sequence[str]]:
    for name in ("GAP", "PAD", "TARGET", "RADIUS", "RADIUS_SMALL"):
        yield f"`{name}`", str(getattr(palette, name))


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def written_anew(page: str) -> str:
    """Return the page with its tables as they are to be."""
    for name, table in tables().items():
        before, opening, rest = page.partition(f"<!-- {name} -->\n")
        _old, closing, after = rest.partition(f"<!-- /{name} -->")
        assert opening, f"the page has no place for the table of {name}"
        assert closing, f"the table of {name} has no end"
        page = f"{before}{opening}{table}\n{closing}{after}"
    return page


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    checks_only = parser.parse_args().check
    page = PAGE.read_text(encoding="utf-8")
    new = written_anew(page)
    if checks_only:
        return int(new != page)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

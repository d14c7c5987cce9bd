"""Colours, sizes and type: the one place in code. `docs/design.md` says why.

Contrast (WCAG 2): amounts and keys on their ground are at least 7 : 1 in both themes; a test
measures it.
"""

from __future__ import annotations

from dataclasses import dataclass

GAP = 8  # between touch targets, px
PAD = 16
TARGET = 56  # the least height and width of anything that is touched, px
RADIUS = 12
RADIUS_SMALL = 8
FAMILY = "Inter"


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours, as #RRGGBB."""

    name: str
    ground: str  # behind everything
    surface: str  # cards, basket
    raised: str  # keys on a surface
    pressed: str
    line: str  # hairlines
    ink: str
    ink_soft: str  # secondary text, ≥ 4.5 : 1
    dead_ground: str  # sold out
    dead_ink: str
    accent: str
    accent_pressed: str
    on_accent: str
    accent_soft: str  # selected ground
    warn: str
    on_warn: str
    trouble: str
    on_trouble: str
    focus: str
    warn_on_ink: str  # a warning's sign on a notice


DAY = Palette(
    name="day",
    ground="#EFEDE6",
    surface="#FFFFFF",
    raised="#F3F1EB",
    pressed="#DDD9CC",
    line="#D8D4C8",
    ink="#14201C",
    ink_soft="#4C5A54",
    dead_ground="#FFFFFF",
    dead_ink="#6F7672",
    accent="#0B5C46",
    accent_pressed="#084534",
    on_accent="#FFFFFF",
    accent_soft="#D9ECE4",
    warn="#FFD466",
    on_warn="#2B1F00",
    trouble="#A3161F",
    on_trouble="#FFFFFF",
    focus="#1558D6",
    warn_on_ink="#FFD466",
)

NIGHT = Palette(
    name="night",
    ground="#0D1211",
    surface="#161D1B",
    raised="#212B28",
    pressed="#31403B",
    line="#2C3834",
    ink="#E9F0EC",
    ink_soft="#A3B3AC",
    dead_ground="#141A18",
    dead_ink="#7C8A84",
    accent="#4CC9A0",
    accent_pressed="#7ADCBB",
    on_accent="#04241A",
    accent_soft="#173A30",
    warn="#E3B341",
    on_warn="#201600",
    trouble="#FF9A94",
    on_trouble="#3A0906",
    focus="#8AB4FF",
    warn_on_ink="#7A4B00",
)

THEMES = {"day": DAY, "night": NIGHT}


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Sizes of type in px: few, far apart."""

    small: int = 13
    body: int = 16
    label: int = 18
    title: int = 24
    amount: int = 32
    huge: int = 72


TYPE = TypeScale()

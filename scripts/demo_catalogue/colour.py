"""Colours by name and their mixtures; `#AARRGGBB` has its opacity in front."""

from __future__ import annotations

from PySide6.QtGui import QColor


def mix(one: str, other: str, share: float) -> str:
    """Return the colour `share` (0 to 1) of the way from one to the other."""
    a, b = QColor(one), QColor(other)
    return QColor(
        round(a.red() + (b.red() - a.red()) * share),
        round(a.green() + (b.green() - a.green()) * share),
        round(a.blue() + (b.blue() - a.blue()) * share),
    ).name()


def darker(colour: str, share: float) -> str:
    return mix(colour, "#0d0b1e", share)


def lighter(colour: str, share: float) -> str:
    return mix(colour, "#fffdf6", share)


def veil(colour: str, opacity: float) -> str:
    """Return the colour with an opacity from 0 to 1."""
    return f"#{round(opacity * 255):02x}{QColor(colour).name()[1:]}"


def is_dark(colour: str) -> bool:
    return QColor(colour).lightnessF() < 0.45

"""Contrast as WCAG 2 defines it (relative luminance, success criterion 1.4.3)."""

from __future__ import annotations

from PySide6.QtGui import QColor


def contrast(ink: QColor, ground: QColor) -> float:
    """Return the ratio of two colours, from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: QColor) -> float:
    """Return how much light a colour gives, from 0 to 1."""
    parts = colour.redF(), colour.greenF(), colour.blueF()
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

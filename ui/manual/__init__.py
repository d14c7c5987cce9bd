"""The cashier's page: one sheet a language, for the wall of the stand."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def cashiers_page(language: str) -> Path:
    """Return the page in a language, in English where nobody has written it."""
    page = _HERE / f"cashier.{language}.html"
    return page if page.exists() else _HERE / "cashier.en.html"

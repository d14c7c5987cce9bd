"""The strip of a till whose `till.toml` cannot be used: what is wrong, and where it is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from pos.errors import BadConfiguration
from ui.widgets.banner import Banners, BannerText

SUBJECT = "settings"


def show_wrong(error: BadConfiguration, banners: Banners) -> None:
    """Say that the usual settings are in use, and why."""
    said = BannerText.said(lambda: _wrong(error), is_trouble=True, can_close=True)
    banners.show_banner(SUBJECT, said)


def show_kept(kept: Path, banners: Banners) -> None:
    """Say where the file is now that was wrong; what was chosen stands in its place."""
    said = BannerText.said(lambda: _kept(kept), can_close=True)
    banners.show_banner(SUBJECT, said)


def _wrong(error: BadConfiguration) -> str:
    fields = [name for name, _problem in error.problems if name and not name[0].isdigit()]
    if fields:
        text = QCoreApplication.translate(
            "wording",
            "{file} has wrong fields: {fields}. The till uses the usual settings instead.",
        )
        return text.format(file=error.path.name, fields=", ".join(fields))
    line = error.problems[0][0].partition(":")[0]  # of the place where it is not TOML
    if line:
        text = QCoreApplication.translate(
            "wording",
            "Line {line} of {file} is not written as it must be."
            " The till uses the usual settings instead.",
        )
        return text.format(line=line, file=error.path.name)
    text = QCoreApplication.translate(
        "wording", "{file} cannot be read. The till uses the usual settings instead."
    )
    return text.format(file=error.path.name)


def _kept(kept: Path) -> str:
    text = QCoreApplication.translate(
        "wording", "The old settings file is kept as {file}. The till uses what is chosen here."
    )
    return text.format(file=kept.name)

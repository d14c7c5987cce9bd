"""Strips across the top for what lasts: training, a full disk, a journal that does not verify."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Self

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme.palette import PAD
from ui.theme.theme import colours, pixmap
from ui.widgets.controls import button, label


@dataclass(frozen=True, slots=True)
class BannerText:
    """One lasting sentence."""

    text: str
    is_trouble: bool = False
    can_close: bool = False
    again: Callable[[], str] | None = field(default=None, compare=False)
    closed: Callable[[], None] | None = field(default=None, compare=False)  # by a person

    @classmethod
    def said(
        cls, say: Callable[[], str], *, is_trouble: bool = False, can_close: bool = False
    ) -> Self:
        """Return a banner that can be said again in another language."""
        return cls(say(), is_trouble, can_close, say)


class Banners(QWidget):
    """Shows one strip a subject, in the order in which they came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strips: dict[str, QFrame] = {}
        self._texts: dict[str, BannerText] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_banner(self, subject: str, banner: BannerText | None) -> None:
        """Show what is said about a subject, or nothing any more."""
        if self._texts.get(subject) == banner:
            return
        old = self._strips.pop(subject, None)
        self._texts.pop(subject, None)
        if old is not None:
            self._layout.removeWidget(old)
            old.deleteLater()
        if banner is not None:
            strip = self._make(subject, banner)
            self._strips[subject], self._texts[subject] = strip, banner
            self._layout.addWidget(strip)

    def hand_over(self, other: Banners) -> None:
        """Say on other banners what is shown here, in the language of the moment."""
        for subject, banner in self._texts.items():
            text = banner.again() if banner.again is not None else banner.text
            other.show_banner(subject, replace(banner, text=text))

    def texts(self) -> tuple[str, ...]:
        """Return the sentences that are shown."""
        return tuple(banner.text for banner in self._texts.values())

    def _make(self, subject: str, banner: BannerText) -> QFrame:
        c = colours()
        strip = QFrame()
        strip.setObjectName("banner")
        strip.setProperty("role", "trouble" if banner.is_trouble else "")
        row = QHBoxLayout(strip)
        row.setContentsMargins(PAD, 6, PAD, 6)
        shape = label()
        ink = c.on_trouble if banner.is_trouble else c.on_warn
        shape.setPixmap(pixmap("triangle-alert", 22, ink, 2.0))
        row.addWidget(shape)
        row.addWidget(label(banner.text, wrap=True), 1)
        if banner.can_close:
            row.addWidget(self._closer(subject))
        strip.setAccessibleName(banner.text)
        return strip

    def _closer(self, subject: str) -> QPushButton:
        return button(self.tr("Understood"), lambda: self._understood(subject), role="quiet")

    def _understood(self, subject: str) -> None:
        closed = self._texts[subject].closed
        self.show_banner(subject, None)
        if closed is not None:
            closed()

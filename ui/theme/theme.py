"""Putting a theme on: fonts, palette, the style sheet, icons."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ui.theme.palette import DAY, FAMILY, GAP, PAD, RADIUS, RADIUS_SMALL, TARGET, THEMES, TYPE
from ui.theme.palette import Palette as Colours

_HERE = Path(__file__).parent
_current: Colours = DAY


def colours() -> Colours:
    """Return the colours of the theme that is on."""
    return _current


def font(
    size: int, weight: QFont.Weight = QFont.Weight.Medium, *, is_tabular: bool = True
) -> QFont:
    """Return the house font in px, with figures of one width unless they stand alone."""
    return QFont(_made_font(size, weight, is_tabular))  # a copy: whoever paints may change it


@lru_cache(maxsize=64)
def _made_font(size: int, weight: QFont.Weight, is_tabular: bool) -> QFont:
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), int(is_tabular))
    return made


def load_fonts() -> None:
    """Load the bundled font; idempotent."""
    if FAMILY in QFontDatabase.families():
        return
    for path in sorted((_HERE / "fonts").glob("*.otf")):
        assert QFontDatabase.addApplicationFont(str(path)) >= 0, path.name


def put_on(app: QApplication, name: str) -> None:
    """Dress the application in a theme."""
    global _current  # noqa: PLW0603 -- one application, one theme; widgets read it as they paint
    _current = THEMES[name]
    load_fonts()
    app.setStyle("Fusion")
    app.setFont(font(TYPE.body))
    app.setPalette(_qt_palette(_current))
    app.setStyleSheet(_style_sheet(_current))
    for widget in app.allWidgets():
        widget.update()


def _qt_palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.ground,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.raised,
        QPalette.ColorRole.Text: c.ink,
        QPalette.ColorRole.WindowText: c.ink,
        QPalette.ColorRole.Button: c.raised,
        QPalette.ColorRole.ButtonText: c.ink,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
        QPalette.ColorRole.PlaceholderText: c.ink_soft,
        QPalette.ColorRole.ToolTipBase: c.surface,
        QPalette.ColorRole.ToolTipText: c.ink,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette


def _style_sheet(c: Colours) -> str:
    template = Template((_HERE / "style.qss").read_text(encoding="utf-8"))
    names = {name: getattr(c, name) for name in c.__slots__}
    sizes = {
        "gap": f"{GAP}px",
        "pad": f"{PAD}px",
        "radius": f"{RADIUS}px",
        "radius_small": f"{RADIUS_SMALL}px",
        "target": f"{TARGET}px",
        **{f"type_{name}": f"{getattr(TYPE, name)}px" for name in TYPE.__slots__},
    }
    return template.substitute(names | sizes)


@lru_cache(maxsize=256)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return an icon of the set, drawn in one colour."""
    svg = (_HERE / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour: str | None = None, size: int = 24, *, gap: int = 0) -> QIcon:
    """Return an icon of the set in the ink of the theme, with a gap before the text."""
    drawn = pixmap(name, size, colour or _current.ink, 2.0)
    if not gap:
        return QIcon(drawn)
    wide = QPixmap(round((size + gap) * 2.0), round(size * 2.0))
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(2.0)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return QIcon(wide)

"""What is seen on a walk through the screens, written down once and judged by many tests."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from tests.ui.looks.contrast import contrast
from tests.ui.looks.painted import Line, lines, scroll_area_of, shown_part, visible_widgets
from tests.ui.looks.walk import Walk
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.size_key import SizeKey
from ui.widgets.tile import TileCard

RING_PX = 3
SAMPLE_PX = 3

_KEPT = "\ue000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text as it was painted."""

    text: str
    size_px: float
    is_whole: bool  # in its widget
    is_behind: bool  # partly behind an edge of what is around it
    covers: str  # the control on which it lies without being its text; "" for none
    contrast: float | None  # to the ground around it; None where something lies over it


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One widget in one state."""

    state: str
    kind: str
    role: str
    is_enabled: bool
    paints_itself: bool
    texts: tuple[Text, ...]
    wanted: str | None  # the text that a widget of Qt's is to show
    said: frozenset[str]  # everything it says, to eyes and to a screen reader
    name: str  # to a screen reader
    is_control: bool
    takes_focus: bool
    box: QRect  # in the window, without what a list hides
    size: tuple[int, int]
    lacks: tuple[int, int]  # px of width and height, of what it needs at least
    layer: int  # 0 for the window itself; what floats over it is another layer


@dataclass(slots=True)
class Look:
    """Everything that was seen in one language and theme."""

    language: str
    theme: str
    seen: list[Seen] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)

    def in_state(self, start: str) -> list[Seen]:
        """Return what was seen in the states whose names begin like this."""
        return [seen for seen in self.seen if seen.state.startswith(start)]


def look_around(walk: Walk, language: str, theme: str) -> Look:
    """Walk through every state, and write down what is there."""
    look = Look(language, theme)
    for state in walk.states():
        scene = _Scene(walk.top, walk.top.grab().toImage(), state)
        look.seen += [_see(widget, scene, state) for widget in scene.widgets]
    look.pages = walk.seen
    return look


class _Scene:
    """One state of the window, to which what is in it is compared."""

    def __init__(self, window: QWidget, picture: QImage, state: str) -> None:
        self.window, self.picture = window, picture
        # The tiles look the same behind every notice: seeing them on the checkout is enough.
        self.widgets = [
            widget
            for widget in visible_widgets(window)
            if state.startswith("checkout") or not isinstance(widget, TileCard | SizeKey)
        ]
        self._controls = [
            (widget, QRectF(shown_part(widget, window)), _layer(widget))
            for widget in self.widgets
            if isinstance(widget, QAbstractButton | QLineEdit)
        ]

    def covered_by(self, line: Line) -> str:
        """Return the name of a control on which a text lies that is not the control's own."""
        box, layer = line.box_in(self.window), _layer(line.widget)
        if _is_scrolled_away(line, self.window):
            return ""
        for control, place, its_layer in self._controls:
            is_own = control is line.widget or control.isAncestorOf(line.widget)
            if not is_own and layer == its_layer and place.intersects(box):
                return _name(control)
        return ""


def _see(widget: QWidget, scene: _Scene, state: str) -> Seen:
    window = scene.window
    painted = lines(widget)
    name = _name(widget)
    wanted = _wanted(widget)
    said = {line.text for line in painted if not isinstance(widget, QLabel)}
    said |= {
        _plain(widget.toolTip()),
        widget.accessibleName(),
        widget.accessibleDescription(),
        name,
    }
    said.add(wanted or "")
    return Seen(
        state=state,
        kind=type(widget).__name__.replace("_Key", "QPushButton"),
        role=str(widget.property("role") or ""),
        is_enabled=widget.isEnabled(),
        paints_itself=not type(widget).__module__.startswith("PySide6"),
        texts=tuple(_text(line, scene) for line in painted),
        wanted=wanted,
        said=frozenset(text.replace("&&", "&").strip() for text in said if text.strip()),
        name=name,
        is_control=isinstance(widget, QAbstractButton | QLineEdit),
        takes_focus=bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus),
        box=shown_part(widget, window),
        size=widget.size().toTuple(),
        lacks=_lacks(widget),
        layer=_layer(widget),
    )


def _plain(tip: str) -> str:
    """Return a tip as it is read; Qt takes one that looks like markup for markup."""
    if not tip.startswith("<"):
        return tip
    tip = tip.replace("\N{NO-BREAK SPACE}", _KEPT)  # plain text would have a usual space instead
    return QTextDocumentFragment.fromHtml(tip).toPlainText().replace(_KEPT, "\N{NO-BREAK SPACE}")


def _name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def _wanted(widget: QWidget) -> str | None:
    if isinstance(widget, QLabel):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return None


def _lacks(widget: QWidget) -> tuple[int, int]:
    """Return by how much a widget is smaller than what is in it needs.

    Keys are left out, whose texts are looked at themselves, and what holds the pages, which
    counts those that are not in front.
    """
    if isinstance(widget, QAbstractButton) or any(
        type(child).__name__.endswith("Page") for child in widget.findChildren(QWidget)
    ):
        return 0, 0
    least = widget.minimumSizeHint().expandedTo(widget.minimumSize())
    return max(least.width() - widget.width(), 0), max(least.height() - widget.height(), 0)


def _layer(widget: QWidget) -> int:
    around: QWidget | None = widget
    while around is not None:
        if isinstance(around, NoticeBar):
            return 1
        around = around.parentWidget()
    return 0


def _text(line: Line, scene: _Scene) -> Text:
    return Text(
        text=line.text,
        size_px=line.size_px,
        is_whole=line.is_whole,
        is_behind=_is_behind(line, scene.window),
        covers=scene.covered_by(line),
        contrast=_contrast(line, scene.window, scene.picture),
    )


def _is_behind(line: Line, window: QWidget) -> bool:
    """Say whether an edge of what is around cuts a line; what a list scrolled away is not cut."""
    box, around = line.box_in(window), [line.widget]
    while around[-1] is not window and (parent := around[-1].parentWidget()) is not None:
        around.append(parent)
    area = scroll_area_of(line.widget)
    if area is not None:
        port = _frame(area.viewport(), window)
        if box.left() < port.left() or box.right() > port.right():
            return True  # lists scroll up and down only
        if _is_scrolled_away(line, window):
            return False
    return not all(_frame(widget, window).contains(box) for widget in around)


def _is_scrolled_away(line: Line, window: QWidget) -> bool:
    """Say whether a line is above or below what its list shows now, at least partly."""
    area = scroll_area_of(line.widget)
    if area is None:
        return False
    port, box = _frame(area.viewport(), window), line.box_in(window)
    return box.top() < port.top() or box.bottom() > port.bottom()


def _frame(widget: QWidget, window: QWidget) -> QRectF:
    """Return a widget's place in the window, with a hair of room around it."""
    return QRectF(QRect(widget.mapTo(window, QPoint()), widget.size())).adjusted(-1, -1, 1, 1)


def _contrast(line: Line, window: QWidget, picture: QImage) -> float | None:
    box = line.box_in(window).toAlignedRect()
    ring = box.adjusted(-RING_PX, -RING_PX, RING_PX, RING_PX)
    corners = (ring.topLeft(), ring.topRight(), ring.bottomLeft(), ring.bottomRight())
    if any(window.childAt(corner) is not line.widget for corner in (*corners, ring.center())):
        return None  # something lies over it, or an edge is near
    ratio = picture.devicePixelRatio()
    grounds = Counter(
        picture.pixelColor(round(x * ratio), round(y * ratio)).name()
        for x in range(ring.left(), ring.right(), SAMPLE_PX)
        for y in (ring.top(), ring.bottom())
    )
    ground = QColor(grounds.most_common(1)[0][0])
    return contrast(_over(line.colour, ground), ground)


def _over(ink: QColor, ground: QColor) -> QColor:
    """Return what a colour that lets some ground through looks like."""
    share = ink.alphaF()
    own = ink.red(), ink.green(), ink.blue()
    below = ground.red(), ground.green(), ground.blue()
    mixed = [round(share * a + (1 - share) * b) for a, b in zip(own, below, strict=True)]
    return QColor(*mixed)


def is_amount(text: str) -> bool:
    """Say whether a text is an amount of money, in either language."""
    return bool(re.fullmatch(r"[-−]?(€[\d,.]+|[\d\s\u202f.,]+[\u00a0\u202f ]?€)", text))

"""Drawing in plain coordinates: paths as SVG writes them, circles, rays and mirrored halves."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen

_TOKEN = re.compile(r"[MLCQZ]|-?\d*\.?\d+")
_POINTS_OF = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}


def path(d: str) -> QPainterPath:
    """Return the path that an SVG `d` of absolute M, L, Q, C and Z commands describes."""
    result = QPainterPath()
    tokens = _TOKEN.findall(d)
    command, at = "M", 0
    while at < len(tokens):
        if tokens[at] in _POINTS_OF:
            command, at = tokens[at], at + 1
        count = 2 * _POINTS_OF[command]
        numbers = [float(token) for token in tokens[at : at + count]]
        points = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        _add(result, command, points)
        at += count
        command = "L" if command == "M" else command
    return result


def _add(result: QPainterPath, command: str, points: list[QPointF]) -> None:
    match command:
        case "M":
            result.moveTo(points[0])
        case "L":
            result.lineTo(points[0])
        case "Q":
            result.quadTo(points[0], points[1])
        case "C":
            result.cubicTo(points[0], points[1], points[2])
        case _:
            result.closeSubpath()


def disc(x: float, y: float, rx: float, ry: float | None = None) -> QPainterPath:
    result = QPainterPath()
    result.addEllipse(QPointF(x, y), rx, rx if ry is None else ry)
    return result


def box(x: float, y: float, width: float, height: float, *, round_by: float = 0) -> QPainterPath:
    result = QPainterPath()
    result.addRoundedRect(QRectF(x, y, width, height), round_by, round_by)
    return result


def polygon(points: Iterable[tuple[float, float]]) -> QPainterPath:
    corners = [QPointF(x, y) for x, y in points]
    result = QPainterPath(corners[0])
    for corner in corners[1:]:
        result.lineTo(corner)
    result.closeSubpath()
    return result


def polar(radius: float, degrees: float) -> tuple[float, float]:
    """Return a point of a circle about the origin; 0° is up, clockwise."""
    angle = math.radians(degrees)
    return radius * math.sin(angle), -radius * math.cos(angle)


def star(points: int, outer: float, inner: float) -> QPainterPath:
    step = 180 / points
    return polygon(polar(inner if i % 2 else outer, i * step) for i in range(2 * points))


def outline(shape: QPainterPath, width: float) -> QPainterPath:
    """Return the area that a round pen of that width covers along the path."""
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(shape)


def grown(shape: QPainterPath, by: float) -> QPainterPath:
    """Return the shape with a border of that width added all around."""
    return shape.united(outline(shape, 2 * by))


class Canvas:
    """A painter that knows the words drawings are made of."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter

    def fill(self, shape: str | QPainterPath, ink: str) -> None:
        self._painter.fillPath(path(shape) if isinstance(shape, str) else shape, QColor(ink))

    def line(
        self, shape: str | QPainterPath, ink: str, width: float, *, dashes: tuple[float, ...] = ()
    ) -> None:
        pen = QPen(QColor(ink), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dashes:
            pen.setDashPattern(list(dashes))
        self._painter.strokePath(path(shape) if isinstance(shape, str) else shape, pen)

    def circle(self, x: float, y: float, radius: float, ink: str) -> None:
        self.fill(disc(x, y, radius), ink)

    def ring(self, centre: tuple[float, float], radius: float, ink: str, width: float) -> None:
        self.line(disc(*centre, radius), ink, width)

    @contextmanager
    def at(
        self, x: float = 0, y: float = 0, *, scale: float = 1, turn: float = 0, flip: bool = False
    ) -> Iterator[None]:
        """Move the origin there; `turn` in degrees clockwise, `flip` mirrors left and right."""
        self._painter.save()
        self._painter.translate(x, y)
        self._painter.rotate(turn)
        self._painter.scale(-scale if flip else scale, scale)
        try:
            yield
        finally:
            self._painter.restore()

    @contextmanager
    def inside(self, shape: str | QPainterPath) -> Iterator[None]:
        """Draw only within the shape."""
        self._painter.save()
        self._painter.setClipPath(
            path(shape) if isinstance(shape, str) else shape, Qt.ClipOperation.IntersectClip
        )
        try:
            yield
        finally:
            self._painter.restore()

    @contextmanager
    def faint(self, opacity: float) -> Iterator[None]:
        self._painter.save()
        self._painter.setOpacity(self._painter.opacity() * opacity)
        try:
            yield
        finally:
            self._painter.restore()

    def twice(self, draw: Callable[[], None]) -> None:
        """Draw, and draw the mirror image about x = 0."""
        draw()
        with self.at(flip=True):
            draw()

    def around(self, count: int, draw: Callable[[int], None], *, start: float = 0) -> None:
        """Draw `count` times, turned evenly about the origin."""
        for i in range(count):
            with self.at(turn=start + 360 * i / count):
                draw(i)


def symmetric(d: str, axis: float = 0) -> QPainterPath:
    """Return a closed shape from its left half, which begins and ends on the axis."""
    half = path(d)
    elements = half.toReversed()
    result = QPainterPath(half)
    other = QPainterPath()
    for i in range(elements.elementCount()):
        element = elements.elementAt(i)
        point = QPointF(2 * axis - element.x, element.y)
        if element.type is QPainterPath.ElementType.MoveToElement:
            other.moveTo(point)
        elif element.type is QPainterPath.ElementType.LineToElement:
            other.lineTo(point)
        elif element.type is QPainterPath.ElementType.CurveToElement:
            second, third = elements.elementAt(i + 1), elements.elementAt(i + 2)
            other.cubicTo(
                point,
                QPointF(2 * axis - second.x, second.y),
                QPointF(2 * axis - third.x, third.y),
            )
    result.connectPath(other)
    result.closeSubpath()
    return result

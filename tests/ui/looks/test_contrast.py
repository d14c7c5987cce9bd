"""What is on the screen can be read in the sun and in the dark, by every eye (WCAG 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.reports.catalogue import SizeKey as Key
from tests.builders import a_variant
from tests.ui.looks.contrast import contrast
from tests.ui.looks.looked import Look, Seen, is_amount
from tests.ui.looks.test_texts import hold
from ui.theme import theme
from ui.theme.palette import THEMES, Palette
from ui.widgets.banner import Banners, BannerText
from ui.widgets.controls import button
from ui.widgets.lights import Light
from ui.widgets.size_key import SizeKey

pytestmark = pytest.mark.xdist_group("looks")

READ, READ_AT_ONCE = 4.5, 7.0  # secondary text; amounts and keys
EDGE = 3.0  # what shows a state or the focus (WCAG 2, 1.4.11)

AT_ONCE = (
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "raised"),
    ("ink", "pressed"),
    ("ink", "accent_soft"),
    ("surface", "ink"),
    ("on_accent", "accent"),
    ("on_accent", "accent_pressed"),
    ("on_warn", "warn"),
    ("on_trouble", "trouble"),
)
SECONDARY = (
    ("ink_soft", "ground"),
    ("ink_soft", "surface"),
    ("ink_soft", "raised"),
    ("ink_soft", "pressed"),
    ("ink_soft", "accent_soft"),
    ("dead_ink", "dead_ground"),
    ("accent", "surface"),
    ("trouble", "surface"),
)
EDGES = (("focus", "ground"), ("focus", "surface"), ("focus", "raised"), ("warn_on_ink", "ink"))


def _ratio(palette: Palette, ink: str, ground: str) -> float:
    return contrast(QColor(getattr(palette, ink)), QColor(getattr(palette, ground)))


def test_contrast_is_what_wcag_says_it_is() -> None:
    black, white, grey = QColor("#000000"), QColor("#FFFFFF"), QColor("#767676")
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)  # the classic least grey


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("pairs", "least"), [(AT_ONCE, READ_AT_ONCE), (SECONDARY, READ), (EDGES, EDGE)]
)
def test_the_palette_has_the_contrast_that_it_promises(
    name: str, pairs: tuple[tuple[str, str], ...], least: float
) -> None:
    palette = THEMES[name]
    low = {pair: round(_ratio(palette, *pair), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in low.items() if ratio < least}


def test_every_text_that_is_painted_can_be_read(look: Look) -> None:
    """Not the palette's word for it: the ink of each text, and the ground around it."""

    def judge() -> Iterator[tuple[Seen, str]]:
        for seen in look.seen:
            for text in seen.texts:
                least = READ_AT_ONCE if _is_read_at_once(seen, text.text) else READ
                if seen.is_enabled and text.contrast is not None and text.contrast < least:
                    yield seen, f"“{text.text}” has {text.contrast:.2f} : 1, not {least}"

    hold(judge())
    measured = [text for seen in look.seen for text in seen.texts if text.contrast is not None]
    assert len(measured) > 1_000


def _is_read_at_once(seen: Seen, text: str) -> bool:
    """Say whether it is an amount or the label of a key; quiet keys and dead ones are not."""
    is_key = seen.kind == "QPushButton" and seen.role not in {"quiet", "foot"}
    return is_key or (is_amount(text) and seen.kind != "SizeKey" and seen.role != "soft")


# State never by colour alone ---------------------------------------------------------------------


@pytest.fixture(params=THEMES)
def one_colour(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Palette:
    """Put a theme on in which no state has a colour of its own."""
    own = THEMES[request.param]
    same = {
        "dead_ground": own.raised,
        "dead_ink": own.ink,
        "accent": own.ink,
        "accent_soft": own.surface,
        "accent_pressed": own.ink,
        "ink_soft": own.ink,
        "warn": own.raised,
        "on_warn": own.ink,
        "trouble": own.raised,
        "on_trouble": own.ink,
        "pressed": own.raised,
    }
    palette = replace(own, **same)
    monkeypatch.setattr(theme, "_current", palette)
    return palette


def _picture(widget: QWidget, qtbot: QtBot, size: tuple[int, int] = (200, 56)) -> QImage:
    qtbot.addWidget(widget)
    widget.resize(*size)
    picture = QImage(*size, QImage.Format.Format_RGB32)
    picture.fill(QColor(theme.colours().surface))
    widget.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def _differing(one: QImage, other: QImage) -> int:
    """Return how many pixels differ clearly."""
    assert one.size() == other.size()
    return sum(
        abs(QColor(one.pixel(x, y)).lightness() - QColor(other.pixel(x, y)).lightness()) > 40
        for x in range(one.width())
        for y in range(one.height())
    )


def _key(left: int, qtbot: QtBot, *, armed: bool = False) -> QImage:
    parent = QWidget()
    qtbot.addWidget(parent)
    key = SizeKey(parent)
    variant = a_variant()
    key.show_key(Key(variant=variant, on_hand=left), "M", left)
    if armed:
        key.confirmed()
    return _picture(key, qtbot, (56, 56))


def test_a_sold_out_key_differs_in_shape(one_colour: Palette, qtbot: QtBot) -> None:
    # Beside the number, which any sale changes, a line through the size and a dashed edge.
    another_number = _differing(_key(8, qtbot), _key(1, qtbot))
    assert _differing(_key(8, qtbot), _key(0, qtbot)) > another_number + 100


def test_a_key_that_asks_differs_in_words(one_colour: Palette, qtbot: QtBot) -> None:
    assert _differing(_key(0, qtbot), _key(0, qtbot, armed=True)) > 100


def test_the_printers_light_differs_in_shape(one_colour: Palette, qtbot: QtBot) -> None:
    pictures = []
    for state in ("good", "busy", "trouble", "plain"):
        light = Light("printer")
        light.show_state(state, "…")
        pictures.append(_picture(light, qtbot))
    good, busy, trouble, plain = pictures
    assert _differing(good, trouble) > 30
    assert _differing(good, busy) > 30
    assert _differing(trouble, busy) > 30
    assert _differing(busy, plain) == 0, "the same shape: the word says it"


def test_a_banner_of_trouble_has_a_shape_beside_its_words(qtbot: QtBot) -> None:
    banners = Banners()
    qtbot.addWidget(banners)
    banners.show_banner("storage", BannerText("…", is_trouble=True))
    shapes = [child for child in banners.findChildren(QWidget) if _has_pixmap(child)]
    assert len(shapes) == 1


def _has_pixmap(widget: QWidget) -> bool:
    pixmap = getattr(widget, "pixmap", None)
    return pixmap is not None and not pixmap().isNull()


@pytest.mark.parametrize("name", THEMES)
def test_the_chosen_category_differs_without_colour(
    name: str, qtbot: QtBot, qapp: QApplication
) -> None:
    """It is turned inside out: light on dark instead of dark on light, or the other way round."""
    theme.put_on(qapp, name)
    pictures = []
    for is_chosen in (False, True):
        chip = button("Vinyles", role="chip")
        chip.setCheckable(True)
        chip.setChecked(is_chosen)
        pictures.append(_picture(chip, qtbot))
    assert _differing(*pictures) > pictures[0].width() * pictures[0].height() / 2
    qapp.setStyleSheet("")

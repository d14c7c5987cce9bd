"""Every screen that `make pictures` shows can be brought about, and shows something."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from pos.settings import PrinterSettings, Settings
from scripts.pictures import NOBODYS_PORT, contact_sheet, damage
from scripts.screens import EVERYDAY, OTHERS, Tour
from ui.demo.playing import Performance, perform
from ui.demo.stand import DemoFolder, lock_demo, set_up

SIZE = (1024, 768)
COLOURS_MIN = 20


@dataclass(frozen=True, slots=True)
class Album:
    """Puts pictures into a folder, under their names."""

    folder: Path

    def place(self, name: str) -> Path:
        return self.folder / f"{name}.png"


@pytest.mark.parametrize("tour", [EVERYDAY, *OTHERS], ids=lambda tour: tour.name.replace(" ", "-"))
def test_a_screen_comes_as_it_comes_on_a_stand(
    tour: Tour, tmp_path: Path, qapp: QApplication
) -> None:
    demo = DemoFolder(tmp_path / "out")
    if not tour.is_first_start:
        with lock_demo(demo):
            set_up(demo)
    if tour.is_damaged:
        damage(demo.folders.training)
    printer = PrinterSettings(
        kind="network" if tour.printer == "network" else "preview",
        host="127.0.0.1",
        port=NOBODYS_PORT,
    )
    performance = Performance(
        demo=demo,
        settings=Settings(language="en", sound=False, printer=printer),
        scenes=tour.scenes,
        album=Album(tmp_path / "pictures"),
        size=SIZE,
        mode="live" if tour.is_first_start else "training",
    )
    assert perform(qapp, performance, lock_demo(demo)) is None
    pictures = sorted((tmp_path / "pictures").iterdir())
    assert pictures
    for path in pictures:
        with Image.open(path) as picture:
            colours = picture.convert("RGB").getcolors(picture.width * picture.height)
        assert colours is not None
        assert len(colours) >= COLOURS_MIN, path.name
    assert contact_sheet(pictures).width > SIZE[0]

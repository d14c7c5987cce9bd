"""Make a picture of every screen: `make pictures`, into pictures-out/, with one sheet of all.

The screens of every sale are pictured in both themes, both languages and two sizes; the others by
day in French on a small screen, and by night in English on a large one. Whoever changes a screen
opens its pictures before saying that it is done.

    --docs      also write the few that the manual shows, small, to docs/pictures/
    --only X    only pictures whose tour has this name
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication

from pos.settings import PrinterSettings, Settings
from scripts.screens import EVERYDAY, OTHERS, Tour
from ui.demo.playing import Performance, perform
from ui.demo.stand import DemoFolder, lock_demo, set_up
from ui.demo.words import Language

ROOT = Path(__file__).parent.parent
OUT = ROOT / "pictures-out"
DOCS = ROOT / "docs" / "pictures"
SMALL, LARGE = (1024, 768), (1920, 1080)
NOBODYS_PORT = 9  # discard: nothing listens there, so a printer on it is off
THUMBNAIL_PX, COLUMNS, LABEL_PX = 480, 5, 22

# What the manual shows: file there -> picture of the run.
SHOWN = {
    "checkout.png": "checkout-day-en-1024x768.png",
    "payment.png": "payment-day-en-1024x768.png",
    "change.png": "done-change-day-fr-1024x768.png",
    "night.png": "checkout-night-fr-1920x1080.png",
}
SHOWN_WIDTH_PX, SHOWN_COLOURS, SHOWN_BYTES_MAX = 1024, 128, 150_000


@dataclass(frozen=True, slots=True)
class Look:
    """How a screen looks; as an album, it puts that into the name of each picture."""

    theme: str
    language: Language
    size: tuple[int, int]

    def place(self, name: str) -> Path:
        """Return the file of a picture."""
        width, height = self.size
        return OUT / f"{name}-{self.theme}-{self.language}-{width}x{height}.png"

    def settings(self, printer: str) -> Settings:
        """Return the settings of a till that looks like this."""
        return Settings(
            theme="night" if self.theme == "night" else "day",
            language=self.language,
            sound=False,
            printer=PrinterSettings(
                kind="network" if printer == "network" else "preview",
                host="127.0.0.1",
                port=NOBODYS_PORT,
            ),
        )


LANGUAGES: tuple[Language, ...] = ("fr", "en")
LOOKS = tuple(
    Look(theme, language, size)
    for theme in ("day", "night")
    for language in LANGUAGES
    for size in (SMALL, LARGE)
)
FEW_LOOKS = (Look("day", "fr", SMALL), Look("night", "en", LARGE))


def main() -> int:
    options = _options()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    if options.only is None:
        shutil.rmtree(OUT, ignore_errors=True)
    failed = False
    with tempfile.TemporaryDirectory(prefix="echoppe-pictures-") as folder:
        stand = DemoFolder(Path(folder) / "stand")
        with lock_demo(stand):
            set_up(stand)
        for look, tour in _wanted(options.only):
            failed |= not _take(app, stand, look, tour)
    pictures = sorted(path for path in OUT.glob("*.png") if path.name != "all.png")
    contact_sheet(pictures).save(OUT / "all.png")
    print(f"{len(pictures)} pictures: {OUT}")
    if options.docs and not failed:
        write_docs()
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--only", choices=[tour.name for tour in (EVERYDAY, *OTHERS)])
    return parser.parse_args()


def _wanted(only: str | None) -> Iterator[tuple[Look, Tour]]:
    plan = [(look, EVERYDAY) for look in LOOKS]
    plan += [(look, tour) for look in FEW_LOOKS for tour in OTHERS]
    yield from ((look, tour) for look, tour in plan if only in {None, tour.name})


def _take(app: QApplication, stand: DemoFolder, look: Look, tour: Tour) -> bool:
    """Play a tour on a copy of the stand; say whether all its screens came."""
    copy = DemoFolder(stand.out.with_name("copy"))
    shutil.rmtree(copy.out, ignore_errors=True)
    if not tour.is_first_start:
        shutil.copytree(stand.out, copy.out)
    if tour.is_damaged:
        damage(copy.folders.training)
    performance = Performance(
        demo=copy,
        settings=look.settings(tour.printer),
        scenes=tour.scenes,
        album=look,
        size=look.size,
        mode="live" if tour.is_first_start else "training",
    )
    failure = perform(app, performance, lock_demo(copy))
    if failure is not None:
        print(f"{look}, {failure.scene}: not seen: {failure.what} ({failure.picture})")
    return failure is None


def damage(database: Path) -> None:
    """Overwrite the middle of a file, as a dying disk does."""
    content = bytearray(database.read_bytes())
    middle = len(content) // 2
    content[:middle] = bytes(middle)
    database.write_bytes(content)


def contact_sheet(pictures: list[Path]) -> Image.Image:
    """Return all pictures on one sheet, each with its name below."""
    cell = THUMBNAIL_PX * 3 // 4 + LABEL_PX
    rows = -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * THUMBNAIL_PX, rows * cell), "#808080")
    pen = ImageDraw.Draw(sheet)
    for place, path in enumerate(pictures):
        row, column = divmod(place, COLUMNS)
        with Image.open(path) as picture:
            shown = picture.convert("RGB")
        shown.thumbnail((THUMBNAIL_PX - 8, cell - LABEL_PX))
        sheet.paste(shown, (column * THUMBNAIL_PX + 4, row * cell))
        pen.text((column * THUMBNAIL_PX + 4, (row + 1) * cell - LABEL_PX), path.stem, fill="white")
    return sheet


def write_docs() -> None:
    """Write the pictures of the manual: no wider than a page, with few colours."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, source in SHOWN.items():
        with Image.open(OUT / source) as picture:
            shown = picture.convert("RGB")
        shown.thumbnail((SHOWN_WIDTH_PX, SHOWN_WIDTH_PX), Image.Resampling.LANCZOS)
        path = DOCS / name
        shown.quantize(SHOWN_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        assert path.stat().st_size <= SHOWN_BYTES_MAX, f"{path} is too large"


if __name__ == "__main__":
    sys.exit(main())

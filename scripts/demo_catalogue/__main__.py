r"""Write the demo catalogue again: products.csv and the pictures.

The words come from designs.toml. The pictures are lettered in free fonts, of which nothing but
pixels is kept; they are installed once, into a folder that git ignores:

    npm install --prefix build/demo-fonts --no-save \
        $(python -m scripts.demo_catalogue --fonts-needed)
    python -m scripts.demo_catalogue

All are under the SIL Open Font License 1.1 but Permanent Marker, which is under Apache-2.0.
With the same fonts, PySide6 and Pillow, every run writes the same bytes.

    --sheet FILE    also write all pictures on one sheet, by day and by night
    --only HANDLE   draw this one only
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from scripts.demo_catalogue.design import Design, read_designs
from scripts.demo_catalogue.export import as_csv
from scripts.demo_catalogue.lettering import FONTS, VERSION, FontMissing
from ui.demo import CATALOGUE, PICTURES


def main() -> int:
    options = _options()
    if options.fonts_needed:
        print(*(f"@fontsource/{package}@{VERSION}" for package in FONTS.values()))
        return 0
    artists, designs = read_designs()
    CATALOGUE.write_text(as_csv(artists, designs), encoding="utf-8", newline="")
    try:
        _draw([design for design in designs if options.only in {None, design.handle}])
    except FontMissing as missing:
        print(f"a font is not installed: {missing}", "how to install it: --help", sep="\n")
        return 1
    if options.sheet:
        from scripts.demo_catalogue.sheet import contact_sheet

        contact_sheet(
            [PICTURES / f"{name}.png" for design in designs for name in design.looks()]
        ).save(options.sheet)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--only")
    parser.add_argument("--fonts-needed", action="store_true")
    return parser.parse_args()


def _draw(designs: list[Design]) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from scripts.demo_catalogue.picture import draw, encoded
    from scripts.demo_catalogue.registry import ARTS, THINGS

    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    assert application is not None
    PICTURES.mkdir(parents=True, exist_ok=True)
    for design in designs:
        for name, look in design.looks().items():
            (PICTURES / f"{name}.png").write_bytes(encoded(draw(look, THINGS, ARTS)))


if __name__ == "__main__":
    sys.exit(main())

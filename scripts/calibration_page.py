"""Write docs/scanner-calibration.html: the page to print for scanners on another layout.

Usage: python -m scripts.calibration_page [--check]

The code on it is drawn from `CALIBRATION_TEXT`. With `--check`: changes nothing, and fails where
the page holds something else.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from receipts.qr import QUIET_ZONE, matrix
from ui.scanning.calibration import CALIBRATION_TEXT
from ui.theme.palette import DAY

PAGE = Path(__file__).parent.parent / "docs" / "scanner-calibration.html"
CODE_MM = 90  # some 1.5 mm a module: read from the length of an arm

_PAGE = """\
<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Échoppe · Douchette / Scanner</title>
<style>
@font-face {{
  font-family: Inter; font-weight: 500; src: url("../ui/theme/fonts/Inter-Medium.otf");
}}
@font-face {{
  font-family: Inter; font-weight: 700; src: url("../ui/theme/fonts/Inter-Bold.otf");
}}
@page {{ size: A4 portrait; margin: 20mm; }}
html {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
body {{
  margin: 0 auto; max-width: 170mm; color: {ink}; background: {surface}; text-align: center;
  font: 500 12pt/1.45 Inter, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
}}
h1 {{ font-size: 24pt; line-height: 1.15; color: {accent}; margin: 0 0 8mm; }}
svg {{ display: block; width: {code_mm}mm; height: {code_mm}mm; margin: 0 auto 8mm; }}
p {{ max-width: 140mm; margin: 0 auto 4mm; }}
p + p {{ color: {ink_soft}; }}
hr {{ border: 0; border-top: 0.3mm solid {line}; margin: 6mm auto; width: 60mm; }}
</style>
</head>
<body>
<h1>Douchette · Scanner</h1>
{code}
<p><b>La caisse lit <i>&amp;é"'(</i> au lieu de chiffres ?</b> Ouvrir la caisse,
puis scanner ce code. Une fois suffit : la caisse le retient.</p>
<p>Un code-barres connu, scanné ensuite, doit ajouter son article.</p>
<hr>
<p lang="en"><b>Does the till read <i>&amp;é"'(</i> instead of digits?</b> Open the till,
then scan this code. Once is enough: the till remembers.</p>
<p lang="en">A barcode that the till knows, scanned after it, has to add its item.</p>
</body>
</html>
"""


def page() -> str:
    """Return the whole page."""
    return _PAGE.format(
        ink=DAY.ink,
        ink_soft=DAY.ink_soft,
        surface=DAY.surface,
        accent=DAY.accent,
        line=DAY.line,
        code_mm=CODE_MM,
        code=code_svg(CALIBRATION_TEXT),
    )


def code_svg(text: str) -> str:
    """Return a QR code as a drawing, a unit a module, with its quiet zone."""
    modules = matrix(text)
    side = len(modules) + 2 * QUIET_ZONE
    runs = "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, is_black in enumerate(row)
        if is_black
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#FFFFFF"/>'
        f'<path fill="#000000" d="{runs}"/></svg>'
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

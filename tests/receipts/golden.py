"""The receipts that are kept as text in tests/golden.

After a change of a layout: `python -m tests.receipts.golden` writes them anew; read the diff.
"""

from __future__ import annotations

from pathlib import Path

from receipts.document import Document, Width
from receipts.layouts import printer_test_page, sale_receipt
from receipts.text_renderer import render_text
from tests.receipts.samples import (
    A_MOMENT,
    ASSOCIATION,
    BELGIAN,
    FIVE_LINES,
    MAISON_DE_LA_BOUE,
    a_copy,
    a_line,
    a_sale,
    paid,
)

FOLDER = Path(__file__).parent.parent / "golden"

BELGIAN_CASH = a_sale(
    a_line("Sac en toile", 1237, options=(), rate_bp=2100),
    a_line("Bande dessinée", 1500, options=(), rate_bp=600),
    tenders=(paid("cash", 5000),),
    rounding=BELGIAN,
)
BELGIAN_MIXED = a_sale(
    a_line("Sac en toile", 1238, 2, options=(), rate_bp=2100),
    tenders=(paid("card", 1000), paid("wristband", 470), paid("cash", 1005)),
    rounding=BELGIAN,
)


def _sales(columns: Width) -> dict[str, Document]:
    return {
        f"fr_five_lines_{columns}": sale_receipt(
            a_copy(FIVE_LINES), columns=columns, language="fr"
        ),
        f"fr_duplicate_{columns}": sale_receipt(
            a_copy(FIVE_LINES, copy=3), columns=columns, language="fr"
        ),
        f"fr_exemption_{columns}": sale_receipt(
            a_copy(a_sale(a_line(rate_bp=0)), seller=ASSOCIATION), columns=columns, language="fr"
        ),
        f"fr_training_{columns}": sale_receipt(
            a_copy(mode="training", copy=2), columns=columns, language="fr"
        ),
        f"be_cash_fr_{columns}": sale_receipt(
            a_copy(BELGIAN_CASH, seller=MAISON_DE_LA_BOUE), columns=columns, language="fr"
        ),
        f"be_mixed_nl_{columns}": sale_receipt(
            a_copy(BELGIAN_MIXED, seller=MAISON_DE_LA_BOUE), columns=columns, language="nl"
        ),
        f"en_{columns}": sale_receipt(a_copy(FIVE_LINES), columns=columns, language="en"),
        f"test_page_{columns}": printer_test_page(
            columns=columns,
            language="fr",
            printer="192.168.1.40:9100",
            local_time=A_MOMENT,
        ),
    }


WIDTHS: tuple[Width, ...] = (32, 42, 48)
GOLDEN = {name: document for columns in WIDTHS for name, document in _sales(columns).items()}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, document in GOLDEN.items():
        (FOLDER / f"{name}.txt").write_text(render_text(document), encoding="utf-8")


if __name__ == "__main__":
    main()

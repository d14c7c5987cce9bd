"""A hundred thousand rows need no more memory than what tells duplicates apart."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from pos.ids import with_check_digit
from pos.importers import import_request
from pos.importers.answering import NewTill
from pos.importers.product_import import check_products
from tests.pos.importers.shop_files import Heard, a_shirt, a_size, csv_text, options

SIZES = ("S", "M", "L", "XL", "XXL")
DESCRIPTION = "<p>Un <b>beau</b> T-shirt en coton bio, imprime a la main.</p>" * 10
BYTES_A_ROW_MAX = 400


class _Silent(Heard):
    def progress(self, phase: str, done: int, total: int) -> None:
        pass


def _large_file(tmp_path: Path, rows: int) -> Path:
    path = tmp_path / f"{rows}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        for number in range(rows // len(SIZES)):
            handle = f"shirt-{number}"
            codes = [with_check_digit(f"{number:010d}{size:02d}") for size in range(len(SIZES))]
            first = a_shirt(handle, SIZES[0], Variant_Barcode=codes[0])
            first["Body (HTML)"] = DESCRIPTION
            others = [
                a_size(handle, size, Variant_Barcode=code)
                for size, code in zip(SIZES[1:], codes[1:], strict=True)
            ]
            text = csv_text([first, *others])
            file.write(text if number == 0 else text.partition("\r\n")[2])
    return path


def _peak_bytes(path: Path) -> int:
    tracemalloc.start()
    try:
        summary = check_products(NewTill(), path, options(), _Silent())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert summary.bad_rows == summary.warnings == 0
    return peak


def test_more_rows_need_only_their_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that was kept would take nearly a thousand bytes."""
    monkeypatch.setattr(import_request, "VARIANTS_PAGE_MAX", 100)  # so that few rows are many pages
    small, large = _large_file(tmp_path, 300), _large_file(tmp_path, 2_300)
    _peak_bytes(small)  # what is imported and compiled once belongs to neither
    small_peak, large_peak = _peak_bytes(small), _peak_bytes(large)
    assert large_peak - small_peak < 2_000 * BYTES_A_ROW_MAX


@pytest.mark.soak
def test_a_hundred_thousand_rows_fit_in_20_megabytes(tmp_path: Path) -> None:
    path = _large_file(tmp_path, 100_000)
    assert _peak_bytes(path) < 20_000_000

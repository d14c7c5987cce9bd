"""Receipts as text, compared with what was looked at: see `golden.py`."""

from __future__ import annotations

import pytest

from receipts.text_renderer import render_text
from tests.receipts.golden import FOLDER, GOLDEN


@pytest.mark.parametrize("name", GOLDEN)
def test_a_receipt_looks_as_it_was_agreed(name: str) -> None:
    kept = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert render_text(GOLDEN[name]) == kept


def test_no_golden_receipt_is_forgotten() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(GOLDEN)

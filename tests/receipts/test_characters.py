from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.characters import encoded, printable

DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("typed", "paper"),
    [
        ("Cœur d’été à 12 €", "Cœur d’été à 12 €"),
        ("Łódź", "Lódz"),
        ("Dvořák & Erdős", "Dvorák & Erdos"),
        ("ﬁn ½ ①", "fin ½ 1"),
        ("T-shirt 🎸🔥", "T-shirt ?"),
        ("👩‍🎤 Vinyl", "? Vinyl"),
        ("日本語", "?"),
        ("a\tb\nc\rd", "a b c d"),
        ("−5 → 6", "-5 > 6"),
        ("1\u202f234,50\u00a0€", "1\u00a0234,50\u00a0€"),
        ("Z\u0351\u0352a\u0301", "Zá"),
        ("what??", "what??"),
        ("\ufeffBOM\u00ad", "BOM"),
        ("", ""),
    ],
)
def test_a_text_is_written_as_plainly_as_a_printer_needs(typed: str, paper: str) -> None:
    assert printable(typed) == paper


@pytest.mark.parametrize("mark", list(DIRECTION))
def test_a_direction_mark_vanishes(mark: str) -> None:
    """It would turn the price around on a screen that shows the receipt."""
    assert printable(f"a{mark}b") == "ab"


@given(st.text())
def test_no_text_becomes_a_control_character(text: str) -> None:
    raw = encoded(text)
    assert all(byte >= 0x20 and byte != 0x7F for byte in raw)


@given(st.text())
def test_what_was_made_printable_stays_as_it_is(text: str) -> None:
    assert printable(printable(text)) == printable(text)
    assert len(encoded(text)) == len(printable(text))


@given(st.text())
def test_no_character_is_invisible_and_none_turns_the_line(text: str) -> None:
    categories = {unicodedata.category(char) for char in printable(text)}
    assert categories.isdisjoint({"Cc", "Cf", "Mn", "Me", "Zl", "Zp"})


def test_the_euro_and_the_ligature_have_the_bytes_of_code_page_1252() -> None:
    """From the code page's table: € 0x80, œ 0x9C, Œ 0x8C, é 0xE9, à 0xE0, ç 0xE7."""
    assert encoded("€œŒéàç") == bytes((0x80, 0x9C, 0x8C, 0xE9, 0xE0, 0xE7))

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.search import WORDS_MAX, folded, index_text, search_words, without_hyphens
from pos.domain.text import clean_text

OVERRIDE = "\u202e"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("  T-shirt\t Wildfire \r\n", "T-shirt Wildfire"),
        ("cafe\u0301", "café"),
        ("\x1b[31mrouge\x1b[0m", "[31mrouge[0m"),
        ("\x1b@\x1dV0", "@ V0"),  # printer commands lose what makes them commands
        (f"T-shirt {OVERRIDE}00.01", "T-shirt 00.01"),
        ("a\u0000b", "ab"),
        ("un\u2028deux\u2029trois", "un deux trois"),
        ("\u00a0\u202fprix\u3000", "prix"),
        ("<b>Bold</b> & co", "<b>Bold</b> & co"),  # markup is text
        ("👩‍🎤 Tour", "👩‍🎤 Tour"),  # the joiner inside an emoji stays
        ("\ud800half\udfff", "half"),
        ("", ""),
    ],
)
def test_text_from_outside_becomes_one_harmless_line(dirty: str, clean: str) -> None:
    assert clean_text(dirty, length_max=60) == clean


def test_what_is_too_long_says_so() -> None:
    assert clean_text("x" * 10_000, length_max=5) == "xxxx…"
    assert clean_text("xxxx xxxx", length_max=6) == "xxxx…"
    assert clean_text("xxxxx", length_max=5) == "xxxxx"


def test_what_was_cut_before_it_was_looked_at_says_so_too() -> None:
    """Text is not read to its end when a hundredth of it fills the line."""
    assert clean_text("x" + " " * 100 + "y", length_max=5) == "x…"
    assert clean_text("x" + " " * 100, length_max=5) == "x"


@given(st.text(), st.integers(1, 80))
def test_clean_text_is_short_composed_and_one_line(dirty: str, length_max: int) -> None:
    clean = clean_text(dirty, length_max=length_max)
    assert len(clean) <= length_max
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == clean.strip()
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in clean)
    assert OVERRIDE not in clean
    clean.encode()


@given(st.text(), st.integers(1, 80))
def test_clean_text_stays_as_it_is(dirty: str, length_max: int) -> None:
    clean = clean_text(dirty, length_max=length_max)
    assert clean_text(clean, length_max=length_max) == clean


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("Œillet d'Été", "oeillet d'ete"),
        ("CÆSAR", "caesar"),
        ("Straße", "strasse"),
        ("Øresund Łódź Đà", "oresund lodz da"),
        ("ﬁn", "fin"),
        ("İstanbul", "istanbul"),
        ("ǾRE", "ore"),
        ("𝕊hirt", "shirt"),  # as artists like to spell themselves
    ],
)
def test_words_are_compared_without_accents_and_capitals(typed: str, compared: str) -> None:
    assert folded(typed) == compared


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  Été  2026 ", ("ete", "2026")),
        ("TS-WIL_M", ("ts", "wil", "m")),
        ('"quoted" OR NEAR(a b)', ("quoted", "or", "near", "a", "b")),
        ("*:^-+(){}'\"", ()),
        ("", ()),
        (" ".join("abcdefghijkl"), tuple("abcdefgh")),
    ],
)
def test_a_search_is_made_of_words(typed: str, words: tuple[str, ...]) -> None:
    assert search_words(typed) == words
    assert len(words) <= WORDS_MAX


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("t-shirt officiel", "tshirt"),
        (folded("T\u2011Shirt"), "tshirt"),
        ("porte-cles porte-cles mange-tout-seul", "portecles mangetoutseul"),
        ("a - b -c d-", ""),
        ("", ""),
    ],
)
def test_words_with_hyphens_are_found_without_them(text: str, joined: str) -> None:
    assert without_hyphens(text) == joined


def test_a_product_is_found_by_both_spellings() -> None:
    assert index_text(("T-shirt", "M", "T-shirt")) == "t-shirt m tshirt"
    assert index_text(("Affiche",)) == "affiche"

"""Descriptions are HTML in a shop and plain text on a till."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.importers.plain_text import DESCRIPTION_MAX, HTML_CHARS_MAX, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("A shirt.", "A shirt."),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("un<b>for</b>gettable", "unforgettable"),
        ("caf&eacute; &amp; bar", "café & bar"),
        ("a<br>b<br/>c", "a b c"),
        ("<ul><li>100 % coton</li><li>bio</li></ul>", "100 % coton bio"),
        ("3 < 5 and 7 > 2", "3 < 5 and 7 > 2"),
        ("seen<script>alert('<b>')</script>too", "seen too"),
        ("<style>p { color: red }</style>Text", "Text"),
        ("<script>never closed", ""),
        ("a<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]-->b", "ab"),
        ("a<!-- never closed", "a"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("<<<>>>", "<<<>>>"),
        ("&lt;b&gt;", "<b>"),
        ("one\r\n\ttwo", "one two"),
        ("\x1b[31mred\x00\u202e", "[31mred"),
    ],
)
def test_markup_is_gone_and_words_stay_apart(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_very_long_description_is_cut_and_says_so() -> None:
    text = plain_text("<p>" + "wool " * 100_000 + "</p>")
    assert len(text) <= DESCRIPTION_MAX
    assert text.endswith("…")


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "<script>", "</", "&", "&#", "<a b='", "<![["]
)
def test_broken_markup_takes_no_longer_than_other_text(piece: str) -> None:
    """Each step is linear; a quadratic one would need minutes for this."""
    plain_text(piece * 200_000)


def test_a_tag_without_an_end_takes_no_longer_than_other_text() -> None:
    """A name that is tried at every length takes seconds."""
    begun_s = time.process_time()
    plain_text("<" + "a" * HTML_CHARS_MAX)
    assert time.process_time() - begun_s < 1


@given(st.text(alphabet=st.sampled_from('<>!-/& ;="abpscript\n\x00\x1b')))
def test_any_markup_becomes_one_harmless_line(markup: str) -> None:
    text = plain_text(markup)
    assert "\n" not in text
    assert "\x00" not in text
    assert "\x1b" not in text

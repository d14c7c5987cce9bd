"""Remembering what a large file holds, in little memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos.importers.seen import Seen


@given(st.lists(st.text()))
def test_a_text_is_known_by_the_line_where_it_first_stood(texts: list[str]) -> None:
    seen = Seen()
    first: dict[str, int] = {}
    for line, text in enumerate(texts, start=2):
        assert (text in seen) == (text in first)
        assert seen.add(text, line) == first.get(text, 0)
        first.setdefault(text, line)
    assert len(seen) == len(first)


def test_it_grows_without_forgetting() -> None:
    seen = Seen()
    for line in range(1, 5001):
        assert seen.add(str(line), line) == 0
    assert [seen.add(str(line), 9999) for line in range(1, 5001)] == list(range(1, 5001))
    assert "5001" not in seen

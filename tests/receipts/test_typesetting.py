from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from receipts.document import LARGE, Columns, Document, Row, Space, Text, Width
from receipts.text_renderer import render_text
from receipts.typesetting import Line, typeset, width_of


def set_lines(*rows: Row, columns: Width = 32) -> list[tuple[str, str]]:
    document = Document(title="", columns=columns, rows=rows)
    return [(line.left, line.right) for line in typeset(document) if isinstance(line, Line)]


def test_a_long_name_wraps_at_its_words_and_hangs() -> None:
    assert set_lines(Text("Sweat à capuche Nuit blanche, édition de novembre", hanging=2)) == [
        ("Sweat à capuche Nuit blanche,", ""),
        ("  édition de novembre", ""),
    ]


def test_a_word_longer_than_the_paper_is_broken() -> None:
    assert [len(left) for left, _ in set_lines(Text("x" * 70))] == [32, 32, 6]


def test_an_amount_stays_in_one_piece_where_a_line_breaks() -> None:
    lines = set_lines(Text("Total de toutes les lignes 12\u00a0345,60\u00a0€"))
    assert lines == [("Total de toutes les lignes", ""), ("12\u00a0345,60\u00a0€", "")]


def test_what_does_not_fit_beside_an_amount_goes_above_it() -> None:
    assert set_lines(Columns(("Bon d’achat de l’organisateur", "100,00"))) == [
        ("Bon d’achat de l’organisateur", ""),
        ("", "100,00"),
    ]


def test_a_large_amount_too_wide_for_large_type_is_set_smaller() -> None:
    document = Document(
        title="",
        columns=32,
        rows=(Columns(("Total", "1\u00a0234\u00a0567\u00a0890,00\u00a0€"), LARGE),),
    )
    (line,) = [line for line in typeset(document) if isinstance(line, Line)]
    assert (line.left, line.style.double, line.style.bold) == ("Total", False, True)


def test_columns_of_a_table_stand_under_each_other() -> None:
    rows = (
        Columns(("Taux", "HT", "TVA"), widths=(8, 7)),
        Columns(("A 20 %", "1", "22,00"), widths=(8, 7)),
    )
    text = render_text(Document(title="", columns=32, rows=rows))
    assert text == (
        "Taux                  HT     TVA\n"  # 32 columns
        "A 20 %                 1   22,00\n"
    )


def test_a_table_wider_than_the_paper_goes_one_below_the_other() -> None:
    cells = ("A 20 %", *("1" * 12,) * 3)
    assert set_lines(Columns(cells)) == [("A 20 %", ""), *(("", "1" * 12),) * 3]


def test_a_space_is_an_empty_line() -> None:
    assert set_lines(Space()) == [("", "")]


texts = st.text(max_size=120)
rows = st.one_of(
    st.builds(Text, texts, centred=st.booleans(), hanging=st.integers(0, 4)),
    st.builds(Text, texts, st.just(LARGE)),
    st.builds(Columns, st.lists(texts, min_size=2, max_size=4).map(tuple)),
    st.builds(Columns, st.tuples(texts, texts), st.just(LARGE)),
)


@given(st.lists(rows, max_size=6), st.sampled_from((32, 42, 48)))
def test_no_line_is_ever_wider_than_the_paper(drawn: list[Row], columns: Width) -> None:
    for line in typeset(Document(title="", columns=columns, rows=tuple(drawn))):
        assert isinstance(line, Line)
        room = width_of(line.style, columns)
        apart = 1 if line.left and line.right else 0
        assert len(line.left) + apart + len(line.right) <= room

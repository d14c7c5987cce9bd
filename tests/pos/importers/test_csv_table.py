"""Files as spreadsheets and shops leave them, and files that are something else."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.importers import csv_table
from pos.importers.csv_table import open_table
from pos.importers.notices import UnreadableFile


def _known(header: list[str]) -> int:
    return sum(name.strip() in {"Handle", "Title"} for name in header)


def _rows(tmp_path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    path = tmp_path / "products.csv"
    path.write_bytes(content)
    with open_table(path, _known) as table:
        assert [name.strip("\ufeff") for name in table.header] == ["Handle", "Title"]
        return [(row.line, row.cells) for row in table.rows()]


def _refusal(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused, open_table(path, _known) as table:
        list(table.rows())
    return refused.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_delimiters_line_ends_and_byte_order_marks_are_found_out(
    tmp_path: Path, delimiter: str, end: str, mark: str
) -> None:
    text = f"{mark}Handle{delimiter}Title{end}a{delimiter}Été{end}b{delimiter}B"
    assert _rows(tmp_path, text.encode()) == [(2, ["a", "Été"]), (3, ["b", "B"])]


def test_a_delimiter_inside_a_quoted_header_does_not_mislead(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_text('"Handle","Title","a;b;c;d;e"\nx,y,z\n')
    with open_table(path, _known) as table:
        assert table.header == ["Handle", "Title", "a;b;c;d;e"]


def test_the_line_that_excel_writes_above_the_header_names_the_delimiter(tmp_path: Path) -> None:
    assert _rows(tmp_path, b"sep=;\r\nHandle;Title\r\na;b,c\r\n") == [(3, ["a", "b,c"])]


def test_a_cell_over_several_lines_is_one_cell_and_lines_go_on_counting(tmp_path: Path) -> None:
    rows = _rows(tmp_path, b'Handle,Title\na,"one\ntwo ""2""\n\nthree"\nb,B')
    assert rows == [(2, ["a", 'one\ntwo "2"\n\nthree']), (6, ["b", "B"])]


def test_empty_lines_and_rows_of_delimiters_are_passed_over(tmp_path: Path) -> None:
    assert _rows(tmp_path, b"\n\nHandle,Title\n\na,A\n , \n,\n\nb,B\n,\n") == [
        (5, ["a", "A"]),
        (9, ["b", "B"]),
    ]


def test_the_digest_is_the_files(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes(b"Handle,Title\r\n" + b"a,\xc3\xa9\r\n" * 20_000)
    with open_table(path, _known) as table:
        list(table.rows())
        assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert table.bytes_read == path.stat().st_size


def test_a_windows_file_is_named_by_line_with_the_words_it_meant(tmp_path: Path) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes("Handle,Title\na,A\nb,T-shirt Été\n".encode("cp1252"))
    refused = _refusal(path)
    assert (refused.kind, refused.line) == ("encoding", 3)
    assert "T-shirt Été" in refused.value


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_wide_characters_is_refused_for_its_encoding(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes("Handle,Title\na,A\n".encode(encoding))
    assert _refusal(path).kind == "encoding"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'Handle,Title\na,A\nb,"never closed\nc,C\n', 3),
        (b'Handle,Title\na,"27" screen"\nb,B\n', 2),
        (b'Handle,Title\na,"x"y\n', 2),
    ],
)
def test_a_quotation_mark_that_does_not_match_is_found_where_its_row_begins(
    tmp_path: Path, content: bytes, line: int
) -> None:
    """Read leniently, an open quotation mark swallows the rest of the file in silence."""
    path = tmp_path / "products.csv"
    path.write_bytes(content)
    refused = _refusal(path)
    assert (refused.kind, refused.line) == ("quotes", line)


def test_a_quotation_mark_inside_an_unquoted_cell_is_a_mark(tmp_path: Path) -> None:
    assert _rows(tmp_path, b'Handle,Title\na,Poster 27" wide\n') == [(2, ["a", 'Poster 27" wide'])]


def test_a_line_without_end_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_table, "LINE_CHARS_MAX", 1000)
    path = tmp_path / "products.csv"
    path.write_bytes(b"Handle,Title\na," + b"x" * 5000)
    refused = _refusal(path)
    assert (refused.kind, refused.line) == ("line_too_long", 2)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "products.csv"
    path.write_bytes(content)
    assert _refusal(path).kind == "empty"


@pytest.mark.parametrize("start", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_workbook_or_archive_is_called_so(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "products.xlsx"
    path.write_bytes(start)
    assert _refusal(path).kind == "spreadsheet"


def test_what_is_no_file_is_called_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _refusal(tmp_path).kind == "directory"
    assert _refusal(tmp_path / "nothing.csv").kind == "absent"
    assert _refusal(tmp_path / "pipe").kind == "not_a_file"


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "products.csv"
    path.write_bytes(content)
    try:
        with open_table(path, _known) as table:
            lines = [row.line for row in table.rows()]
    except UnreadableFile:
        return
    assert lines == sorted(set(lines))

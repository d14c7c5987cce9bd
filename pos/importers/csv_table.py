"""A CSV file as rows with the lines where they begin, read as a stream.

UTF-8 with or without a byte order mark; `,`, `;` or tab; any line ends; cells over several lines.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pos.importers.notices import UnreadableFile

DELIMITERS = (",", ";", "\t")
LINE_CHARS_MAX = 2_000_000
"""A description may hold a whole picture as text; more than this is no table."""

# Workbooks are zip archives (xlsx, ods) or compound files (xls); large exports are zipped, too.
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_DECODED = re.compile("[\udc80-\udcff]")  # what `surrogateescape` makes of a wrong byte
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)  # Excel writes it above the header


class Row(NamedTuple):
    """One record of the file."""

    line: int
    cells: list[str]


class Table:
    """An open CSV file, past its header."""

    def __init__(self, file: BinaryIO, columns_known: Callable[[list[str]], int]) -> None:
        self._source = _Counted(file)
        self._text = io.TextIOWrapper(
            io.BufferedReader(self._source, 1 << 16),
            encoding="utf-8-sig",
            errors="surrogateescape",
            newline="",
        )
        self._line = 0
        self._lines = self._read_lines()
        self.header, self._delimiter = self._read_header(columns_known)

    @property
    def bytes_read(self) -> int:
        """Return how far the file has been read, in bytes."""
        return self._source.count

    @property
    def sha256(self) -> str:
        """Return the digest of what has been read, in hex; of the whole file once it is."""
        return self._source.digest.hexdigest()

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything.

        Raises:
            UnreadableFile: it is not UTF-8, or its quotation marks do not match.
        """
        # Strict: an open quotation mark would swallow the rest of the file in silence.
        reader = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
        while True:
            first_line = self._line + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise UnreadableFile("quotes", line=first_line) from error
            if any(cells) and any(cell.strip() for cell in cells):
                yield Row(first_line, cells)

    def _read_lines(self) -> Iterator[str]:
        while line := self._text.readline(LINE_CHARS_MAX):
            self._line += 1
            if len(line) == LINE_CHARS_MAX:
                raise UnreadableFile("line_too_long", line=self._line)
            if not line.isascii() and _NOT_DECODED.search(line):
                raise UnreadableFile("encoding", line=self._line, value=_as_windows(line))
            yield line

    def _read_header(self, columns_known: Callable[[list[str]], int]) -> tuple[list[str], str]:
        """Return the header's cells and the delimiter under which it makes most sense."""
        line = self._next_full_line()
        if chosen := _SEPARATOR_LINE.fullmatch(line):
            delimiters: tuple[str, ...] = (chosen[1],)
            line = self._next_full_line()
        else:
            delimiters = DELIMITERS
        if "\0" in line:
            raise UnreadableFile("encoding", line=self._line)
        headers = [(_cells(line, delimiter), delimiter) for delimiter in delimiters]
        return max(headers, key=lambda header: columns_known(header[0]))

    def _next_full_line(self) -> str:
        line = next((line for line in self._lines if line.strip()), None)
        if line is None:
            raise UnreadableFile("empty")
        return line


@contextmanager
def open_table(path: Path, columns_known: Callable[[list[str]], int]) -> Iterator[Table]:
    """Open a CSV file and read its header.

    Args:
        path: a regular file.
        columns_known: how many of a header's cells mean something; it finds the delimiter.

    Raises:
        UnreadableFile: there is no such file, or it is no CSV file in UTF-8.
    """
    csv.field_size_limit(LINE_CHARS_MAX)
    if path.is_dir():
        raise UnreadableFile("directory")
    if path.exists() and not path.is_file():
        raise UnreadableFile("not_a_file")  # a pipe cannot be read twice
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise UnreadableFile("absent") from error
    except OSError as error:
        raise UnreadableFile("no_permission") from error
    with file:
        start = file.read(4)
        if start.startswith(_SPREADSHEETS):
            raise UnreadableFile("spreadsheet")
        if start.startswith(_UTF_16):
            raise UnreadableFile("encoding", line=1)
        file.seek(0)
        yield Table(file, columns_known)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter))


def _as_windows(line: str) -> str:
    """Return the words around the first wrong byte as a Western Windows program meant them."""
    at = next(iter(_NOT_DECODED.finditer(line))).start()
    excerpt = line[max(at - 20, 0) : at + 20].encode("utf-8", "surrogateescape")
    return excerpt.decode("cp1252", "replace").strip()


class _Counted(io.RawIOBase):
    """Counts and digests what passes through."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # any writable buffer, says io
        size = self._file.readinto(view)  # type: ignore[attr-defined]  # a buffered file has it
        self.count += size
        self.digest.update(view[:size])
        return int(size)

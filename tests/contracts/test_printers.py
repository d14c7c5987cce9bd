"""What every printer does, whatever is at the other end: run over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from pos.errors import PrinterUnavailable
from pos.settings import PrinterSettings
from receipts.document import Cut, Document, Qr, Text, Width
from receipts.drawer import open_drawer
from receipts.layouts import printer_test_page, sale_receipt
from receipts.printers import Printer, make_printer
from receipts.text_renderer import render_text
from tests.receipts.escpos_interpreter import EscposPrinter, PrintedLine
from tests.receipts.fake_tcp_printer import ALL_IS_WELL, FakeTcpPrinter, Manners
from tests.receipts.samples import A_MOMENT, FIVE_LINES, a_copy


class Bench(Protocol):
    """A printer under test, and what came out of it."""

    printer: Printer

    def papers(self, count: int = 1) -> list[list[str]]:
        """Return the lines with text of each document, once `count` of them came out."""
        ...


def words(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class PreviewBench:
    def __init__(self, folder: Path, columns: Width) -> None:
        self._shown: list[Document] = []
        self.pictures: list[bytes] = []
        settings = PrinterSettings(kind="preview", columns=columns)
        self.printer = make_printer(settings, show=self._show, folder=folder)

    def _show(self, document: Document, png: bytes) -> None:
        assert png.startswith(b"\x89PNG")
        self._shown.append(document)

    def papers(self, count: int = 1) -> list[list[str]]:
        assert len(self._shown) == count
        return [words(render_text(document)) for document in self._shown]


class FileBench:
    def __init__(self, folder: Path, columns: Width) -> None:
        self._folder = folder
        settings = PrinterSettings(kind="file", folder="paper", columns=columns)
        self.printer = make_printer(settings, show=show_nothing, folder=folder)

    def papers(self, count: int = 1) -> list[list[str]]:
        files = (self._folder / "paper").glob("*.txt")
        by_time = sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name))
        assert len(by_time) == count
        return [words(file.read_text(encoding="utf-8")) for file in by_time]


class NetworkBench:
    def __init__(self, fake: FakeTcpPrinter, columns: Width) -> None:
        self._fake = fake
        self._columns = columns
        self._sent = 0
        host, port = fake.address
        settings = PrinterSettings(kind="network", host=host, port=port, columns=columns)
        self.printer = make_printer(settings, show=show_nothing, folder=Path())

    def papers(self, count: int = 1) -> list[list[str]]:
        paper = EscposPrinter(self._columns)  # one printer: what a job leaves set, the next finds
        papers: list[list[str]] = []
        for job in self._fake.wait_for_jobs(count):
            lines = [item.text for item in paper.take(job) if isinstance(item, PrintedLine)]
            papers.append(words("\n".join(lines)))
        return papers


def show_nothing(document: Document, png: bytes) -> None:
    raise AssertionError(f"only a preview shows: {document.title}, {len(png)} bytes")


PAPER = Document(title="1", columns=48, rows=(Text("paper"),))
KINDS = ("preview", "file", "network", "network that answers")


@pytest.fixture(params=KINDS)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        yield a_bench(str(request.param), tmp_path, stack)


def a_bench(kind: str, folder: Path, stack: ExitStack, columns: Width = 48) -> Bench:
    if kind == "preview":
        return PreviewBench(folder, columns)
    if kind == "file":
        return FileBench(folder, columns)
    manners = Manners(statuses=ALL_IS_WELL, confirms=True) if "answers" in kind else Manners()
    return NetworkBench(stack.enter_context(FakeTcpPrinter(manners)), columns)


def expected(document: Document) -> list[str]:
    """Return the words of a document's text, without what only a text file spells out."""
    lines = words(render_text(document))
    return [line for line in lines if not line.startswith(("[QR]", "✂", "[>]"))]


def test_a_printer_is_a_printer(bench: Bench) -> None:
    """Checked by the type checker too: `make_printer` promises the protocol."""
    assert bench.printer.columns == 48
    bench.printer.check()


def test_everything_of_a_receipt_comes_out_in_order(bench: Bench) -> None:
    receipt = sale_receipt(a_copy(FIVE_LINES), columns=48, language="fr")
    bench.printer.print(receipt)
    (paper,) = bench.papers()
    assert [line for line in paper if not line.startswith(("[QR]", "✂"))] == expected(receipt)


def test_accents_and_the_euro_are_right_on_the_second_paper_too(bench: Bench) -> None:
    for _ in range(2):
        bench.printer.print(
            printer_test_page(columns=48, language="fr", printer="here", local_time=A_MOMENT)
        )
    first, second = bench.papers(2)
    assert "€ é œ à ç" in first
    assert first == second


def test_each_document_is_a_paper_of_its_own_even_under_one_name(bench: Bench) -> None:
    """Original and duplicate have the same number; neither may replace the other."""
    for text in ("original", "duplicate", "duplicate again"):
        bench.printer.print(Document(title="GS-1-2-000123", columns=48, rows=(Text(text), Cut())))
    texts = [paper[0] for paper in bench.papers(3)]
    assert sorted(texts) == ["duplicate", "duplicate again", "original"]


@pytest.mark.parametrize(
    "name",
    [
        "\x1b@\x1bp\x00\x19\xfa",
        "\x10\x14\x01\x00\x01",
        "../../etc/passwd",
        "\u202eEMIT",
        "🎸🎸",
        "",
    ],
)
def test_a_hostile_name_is_text_and_nothing_else(bench: Bench, name: str) -> None:
    document = Document(title=name, columns=48, rows=(Text(f"a{name}b"), Text("end"), Cut()))
    bench.printer.print(document)
    (paper,) = bench.papers()
    assert paper[0].startswith("a")
    assert "end" in paper


def test_a_document_without_text_is_printed(bench: Bench) -> None:
    bench.printer.print(Document(title="code", columns=48, rows=(Qr("ECHOPPE"), Cut())))
    assert len(bench.papers()) == 1  # and not a single word on it


def test_opening_the_drawer_leaves_no_paper(bench: Bench) -> None:
    """These settings know of no drawer: no window pops up, no file is written, nothing is sent."""
    bench.printer.print(open_drawer())
    bench.printer.print(PAPER)
    assert bench.papers() == [["paper"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("columns", [32, 42, 48])
def test_a_receipt_fits_every_paper(kind: str, columns: Width, tmp_path: Path) -> None:
    receipt = sale_receipt(a_copy(FIVE_LINES), columns=columns, language="fr")
    with ExitStack() as stack:
        narrow = a_bench(kind, tmp_path, stack, columns)
        assert narrow.printer.columns == columns
        narrow.printer.print(receipt)
        (paper,) = narrow.papers()
    assert expected(receipt)[0] in paper


def test_files_of_others_stay_as_they_are(tmp_path: Path) -> None:
    settings = PrinterSettings(kind="file")
    printer = make_printer(settings, show=show_nothing, folder=tmp_path)
    (tmp_path / "GS-1-2-000123.escpos").write_bytes(b"older")
    printer.print(Document(title="GS-1-2-000123", columns=48, rows=(Text("newer"),)))
    assert (tmp_path / "GS-1-2-000123.escpos").read_bytes() == b"older"
    assert (tmp_path / "GS-1-2-000123-2.txt").read_text() == "newer\n"
    assert (tmp_path / "GS-1-2-000123-2.escpos").exists()


def test_a_folder_that_cannot_be_made_is_a_printer_that_cannot_be_reached(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = PrinterSettings(kind="file", folder="file")
    printer = make_printer(settings, show=show_nothing, folder=tmp_path)
    for attempt in (printer.check, lambda: printer.print(PAPER)):
        with pytest.raises(PrinterUnavailable) as caught:
            attempt()
        assert caught.value.reason == "unreachable"


def test_a_receipt_that_is_half_written_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The spooler tries again; then there shall be one receipt and not one and a half."""
    real_open = Path.open

    def full_disk(path: Path, mode: str = "r") -> object:
        if path.suffix == ".escpos":
            raise OSError(28, "No space left on device")
        return real_open(path, mode)

    printer = make_printer(PrinterSettings(kind="file"), show=show_nothing, folder=tmp_path)
    monkeypatch.setattr(Path, "open", full_disk)
    with pytest.raises(PrinterUnavailable):
        printer.print(PAPER)
    assert list(tmp_path.glob("1*")) == []

from __future__ import annotations

import re

import pytest
from escpos.capabilities import CAPABILITIES

from receipts.document import BOLD, LARGE, Columns, Cut, Document, OpenDrawer, Qr, Row, Text, Width
from receipts.drawer import open_drawer
from receipts.escpos_renderer import (
    CODE_PAGE_1252,
    MODULE_DOTS_MAX,
    PAPER_DOTS,
    Abilities,
    module_dots,
    render_escpos,
)
from receipts.layouts import sale_receipt
from tests.receipts.escpos_interpreter import (
    CutPaper,
    DrawerPulse,
    EscposPrinter,
    Fed,
    NotAsInTheReference,
    Printed,
    PrintedCode,
    PrintedImage,
    PrintedLine,
    text_on,
)
from tests.receipts.samples import FIVE_LINES, a_copy, a_line, a_sale

WIDTHS: tuple[Width, ...] = (32, 42, 48)


def on_paper(*rows: Row, columns: Width = 48, abilities: Abilities | None = None) -> list[Printed]:
    document = Document(title="", columns=columns, rows=rows)
    return EscposPrinter(columns).take(render_escpos(document, abilities))


def test_the_second_job_is_right_on_a_printer_that_forgot_everything() -> None:
    """Switched off and on between two receipts, it stands on code page 437 and is French."""
    job = render_escpos(Document(title="", columns=48, rows=(Text("€ é œ à ç @ # {}"),)))
    printer = EscposPrinter()
    first, second = printer.take(job), EscposPrinter().take(job)
    third = printer.take(job)
    assert [item.text for item in (*first, *second, *third) if isinstance(item, PrintedLine)] == [
        "€ é œ à ç @ # {}"
    ] * 3


def test_a_printer_made_for_china_prints_accents_and_the_euro() -> None:
    """It begins each job in the mode in which two bytes are one Chinese character."""
    job = render_escpos(Document(title="", columns=48, rows=(Text("Été à 3 €"), Cut())))
    assert EscposPrinter().take(job)[0] == PrintedLine("Été à 3 €")
    (garbled, _) = EscposPrinter().take(job.replace(b"\x1c.", b""))
    assert isinstance(garbled, PrintedLine)
    assert garbled.text != "Été à 3 €"


def test_the_second_job_is_right_after_somebody_else_used_the_printer() -> None:
    printer = EscposPrinter()
    printer.take(b"\x1bt\x13\x1bR\x01\x1bE\x01\x1d!\x11\x1ba\x02huge\n")
    job = render_escpos(Document(title="", columns=48, rows=(Text("petit à 3 €"), Cut())))
    assert printer.take(job)[0] == PrintedLine("petit à 3 €")


def test_python_escpos_too_knows_code_page_1252_as_number_16() -> None:
    """The database of python-escpos has 29 printers with this code page; 22 call it 16."""
    pages = [profile["codePages"] for profile in CAPABILITIES["profiles"].values()]
    having = [page for page in pages if "CP1252" in page.values()]
    number = str(CODE_PAGE_1252[2])
    assert sum(page.get(number) == "CP1252" for page in having) > 0.7 * len(having)
    assert CAPABILITIES["profiles"]["default"]["codePages"][number] == "CP1252"


def test_styles_begin_and_end_where_they_should() -> None:
    paper = on_paper(Text("a"), Text("b", BOLD), Text("c", LARGE, centred=True), Text("d"))
    assert paper == [
        PrintedLine("a"),
        PrintedLine("b", bold=True),
        PrintedLine("c", bold=True, width=2, height=2, justification=1),
        PrintedLine("d"),
    ]


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("left", ["", "a", "Espèces", "x" * 17, "x" * 25])
@pytest.mark.parametrize("right", ["5", "50,00", "1\u00a0234,50\u00a0€"])
def test_the_right_cell_ends_at_the_edge(left: str, right: str, columns: Width) -> None:
    """Tabs and spaces together: wherever the words end."""
    last = on_paper(Columns((left, right)), columns=columns)[-1]
    assert isinstance(last, PrintedLine)
    assert len(last.text) == columns
    assert last.text.endswith(right.replace("\u00a0", " "))


def test_the_right_cell_of_a_large_line_ends_at_the_edge() -> None:
    (line,) = on_paper(Columns(("Total", "177,00"), LARGE))
    assert isinstance(line, PrintedLine)
    assert line.text == "Total".ljust(18) + "177,00"


def test_a_receipt_is_cut_and_one_of_narrow_paper_is_fed_to_be_torn() -> None:
    assert on_paper(Text("x"), Cut())[1:] == [CutPaper(0)]
    assert on_paper(Text("x"), Cut(), columns=32)[1:] == [Fed(4), CutPaper(0)]


def test_the_drawer_gets_one_pulse_on_pin_2() -> None:
    (pulse,) = EscposPrinter().take(render_escpos(open_drawer()))
    assert pulse == DrawerPulse(pin=2, on_ms=50, off_ms=500)


def test_a_printer_without_drawer_gets_no_pulse() -> None:
    assert on_paper(OpenDrawer(), abilities=Abilities(drawer=False)) == []


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_code_is_centred_and_as_large_as_the_paper_allows(columns: Width) -> None:
    code = on_paper(Qr("ECHOPPE" * 20), columns=columns)[0]
    assert code == PrintedCode("ECHOPPE" * 20, "M", MODULE_DOTS_MAX[columns], 1)


def test_a_code_that_is_too_dense_for_the_narrow_paper_gets_smaller_modules() -> None:
    code = on_paper(Qr("A" * 400), columns=32)[0]
    assert isinstance(code, PrintedCode)
    assert code.level == "L"
    assert 2 <= code.module_dots < MODULE_DOTS_MAX[32]


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_receipts_code_is_34_mm_wide_at_least(columns: Width) -> None:
    """Less, and a phone does not read it; 203 dots an inch, 180 on paper of 42 columns."""
    dots_per_mm = (180 if columns == 42 else 203) / 25.4
    wide = 41 * module_dots(a_copy(FIVE_LINES).code, columns)
    assert 34 <= wide / dots_per_mm <= 37
    assert wide <= PAPER_DOTS[columns]


def test_a_printer_that_draws_no_codes_gets_a_picture() -> None:
    picture = on_paper(Qr("ECHOPPE"), abilities=Abilities(native_qr=False))[0]
    assert isinstance(picture, PrintedImage)
    assert picture.justification == 1


def test_pictures_hold_nothing_that_a_printer_obeys_at_once() -> None:
    """DLE DC4 within a picture opens the drawer or cuts the power; no such byte can come up."""
    for number in range(40):
        code = a_copy(a_sale(a_line(number=number))).code
        for columns in WIDTHS:
            on_paper(Qr(code), columns=columns, abilities=Abilities(native_qr=False))


def test_a_receipt_of_five_lines_with_its_code_stays_under_1300_bytes() -> None:
    """At 9600 baud, which old serial adapters have, 1 300 bytes take 1.4 seconds."""
    for columns in WIDTHS:
        document = sale_receipt(a_copy(FIVE_LINES), columns=columns, language="fr")
        assert len(render_escpos(document)) <= 1300


HOSTILE = {
    "html": "<b>Gratuit</b><script>alert(1)</script>",
    "initialise": "\x1b@pwned",
    "drawer": "\x1bp\x00\x19\xfa",
    "cut": "\x1dV\x00",
    "power off": "\x10\x14\x02\x01\x08",
    "nul, delete, C1": "a\x00b\x7fc\x80d\x9be",
    "line feeds": "a\nb\rc\x0cd\x85e\u2028f\u2029g",
    "tabs": "a\t\t\t\t\t\t\t\t\t\tb",
    "right to left": "\u202eTIURTARG\u202c \u05e9\u05dc\u05d5\u05dd \u200f12",
    "emoji": "Tour 🔥🎸 2026 👩‍🎤",
    "combining": "Z" + "\u0335\u0351\u0352" * 200,
    "surrogate": "a\ud83db",
    "long": "Nuit blanche " * 770,
    "one word": "x" * 10_000,
    "wide": "日本ツアー" * 40,
    "format": "%s {0} {total} %(x)s",
    "empty": "",
}


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_name_is_paper_and_never_a_command(kind: str, columns: Width) -> None:
    """The interpreter refuses what no layout of ours contains; and nothing else moves."""
    name = HOSTILE[kind]
    sale = a_sale(a_line(name, options=(name, name)), a_line("Affiche", 1500))
    copy = a_copy(sale, stand_name=name)
    document = sale_receipt(copy, columns=columns, language="fr")
    paper = EscposPrinter(columns).take(render_escpos(document))
    others = [type(item) for item in paper if not isinstance(item, PrintedLine)]
    assert others == ([PrintedCode, Fed, CutPaper] if columns == 32 else [PrintedCode, CutPaper])
    text = " ".join(text_on(paper, columns).split())
    assert "1 × 25,00 25,00 Affiche · M · Noir 1 × 15,00 15,00" in text
    assert "Total 40,00 €" in text
    assert len(paper) < 60


def test_a_name_in_html_stands_on_the_paper_as_it_was_typed() -> None:
    document = sale_receipt(
        a_copy(a_sale(a_line("<b>Gratuit</b>", options=()))), columns=48, language="fr"
    )
    lines = text_on(EscposPrinter().take(render_escpos(document)), 48).splitlines()
    assert "<b>Gratuit</b>" in lines


BROKEN = {
    "unknown command": b"\x1bZ",
    "unknown group": b"\x1dz",
    "control character": b"abc\x07",
    "cut short": b"\x1b",
    "cut short in a parameter": b"\x1da"[:1],
    "code without data": b"\x1d(k\x03\x001Q0",
    "code cut short": b"\x1d(k\x20\x001P0AB",
    "picture cut short": b"\x1dv0\x00\x02\x00\x02\x00\xff",
    "drawer without times": b"\x1bp\x00",
    "alignment within a line": b"abc\x1ba\x01",
    "line too wide": b"x" * 49,
    "text left over": b"abc",
    "real time": b"\x10\x04\x01",
    "tab without a stop": b"\t" * 9 + b"\n",
    "real time within a picture": b"\x1dv0\x00\x03\x00\x01\x00\x10\x14\x01",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_the_interpreter_refuses_what_is_not_in_the_reference(kind: str) -> None:
    """A judge that lets everything pass would prove nothing."""
    with pytest.raises(NotAsInTheReference):
        EscposPrinter().take(BROKEN[kind])


def test_each_command_cut_short_anywhere_is_refused_or_harmless() -> None:
    job = render_escpos(sale_receipt(a_copy(FIVE_LINES), columns=48, language="fr"))
    whole = len(EscposPrinter().take(job))
    refused = 0
    for end in range(len(job)):
        try:
            assert len(EscposPrinter().take(job[:end])) < whole
        except NotAsInTheReference:
            refused += 1
    assert refused > 0.8 * len(job)
    assert re.search(rb"^\x1b@\x1c\.\x1bR\x00\x1bt\x10", job)

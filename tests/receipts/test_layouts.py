from __future__ import annotations

import base64
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import receipts
from pos.countries import COUNTRIES
from pos.domain.receipt_code import CodeLine, ReceiptCode, unpack
from pos.ids import OperatorCode
from pos.reports.sales import SaleRecord
from pos.signing import verifier
from receipts.amounts import amount_text, money_text, rate_text
from receipts.copy import ReceiptCopy
from receipts.document import Cut, Document, Qr, Width
from receipts.escpos_renderer import render_escpos
from receipts.layouts import printer_test_page, sale_receipt
from receipts.messages import ENGLISH, FRENCH, MESSAGES, receipt_language
from receipts.text_renderer import render_text
from tests.receipts.escpos_interpreter import (
    CutPaper,
    EscposPrinter,
    PrintedCode,
    PrintedLine,
    text_on,
)
from tests.receipts.golden import BELGIAN_CASH, BELGIAN_MIXED
from tests.receipts.samples import (
    A_MOMENT,
    ASSOCIATION,
    DISQUES_DU_QUAI,
    FIVE_LINES,
    JOURNAL,
    KEY,
    MAISON_DE_LA_BOUE,
    a_copy,
    a_line,
    a_sale,
    euros,
    paid,
)

WIDTHS: tuple[Width, ...] = (32, 42, 48)


def printed(copy: ReceiptCopy, columns: Width = 48, language: str = "fr") -> str:
    """Return what a printer puts on paper, from its bytes, not from our text."""
    document = sale_receipt(copy, columns=columns, language=language)
    return text_on(EscposPrinter(columns).take(render_escpos(document)), columns)


def in_one_line(text: str) -> str:
    return " ".join(text.split())


FIELDS = {
    "seller's name": "Les Disques du Quai",
    "legal form": "SAS au capital de 10 000 €",
    "address": "12 rue des Œillets 75009 Paris",
    "registration": "SIRET 123 456 789 00012",
    "VAT number": "N° TVA FR12 123456789",
    "type of document": "Ticket de caisse",
    "number": "GS-1-2-000123",
    "date and time": "21 nov. 2026, 14:02:11",
    "till": "Caisse 1",
    "stand": "Grande Scène",
    "operator": "Opérateur M1",
    "label and options": "T-shirt Nuit blanche · M · Noir",
    "quantity, price, rate and total of a line": "2 × 25,00 A 50,00",
    "discount": "1 × 55,00 A Remise -5,00 50,00",
    "a line at another rate": "Livre du festival 1 × 19,00 B 19,00",
    "total": "Total 177,00 €",
    "card, with what the terminal printed": "Carte bancaire 100,00 € réf. 004512",
    "voucher": "Bon d’achat 20,00 €",
    "cash": "Espèces 70,00 €",
    "change": "Rendu 13,00 €",
    "net, tax and gross of the first rate": "A 20 % 131,67 26,33 158,00",
    "net, tax and gross of the second rate": "B 5,5 % 18,01 0,99 19,00",
    "number of lines": "Nombre de lignes 5",
    "pieces": "Articles 7",
    "software": "Échoppe 0.1.0",
    "fiscal version": "Module fiscal 1.0",
    "entry of the journal": "Écriture 1042",
}


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("field", FIELDS)
def test_a_receipt_has_every_field_of_the_law(field: str, columns: Width) -> None:
    """fiscal.md R49, on each paper, read back from the printer's bytes."""
    assert FIELDS[field] in in_one_line(printed(a_copy(FIVE_LINES), columns))


def test_the_signature_excerpt_is_characters_3_7_13_19_of_base64url() -> None:
    copy = a_copy()
    text = base64.urlsafe_b64encode(KEY.sign(b"the entry of this sale")).decode()
    expected = text[2] + text[6] + text[12] + text[18]
    assert copy.signature_excerpt == expected
    assert f"Signature {expected}" in printed(copy)


def test_a_recorded_sale_becomes_a_copy_with_all_that_was_recorded() -> None:
    copy = a_copy(FIVE_LINES, copy=2)
    record = SaleRecord(
        sale=copy.sale,
        seq=copy.seq,
        signature=copy.signature,
        opened=copy.opened,
        code=copy.code,
        copies=1,
    )
    assert ReceiptCopy.of(record, copy.issued, issued_by=OperatorCode("C7")) == copy


def test_the_code_says_what_the_sale_was() -> None:
    """The refund that is made from the code is the refund of this sale."""
    sale = a_sale(a_line(quantity=2, number=7, discount=500), a_line("Affiche", 1500, number=300))
    read = unpack(a_copy(sale).code)
    assert read.is_genuine(verifier(KEY.public_key().public_bytes_raw()))
    assert read.receipt == ReceiptCode(
        journal_id=JOURNAL,
        number=sale.number,
        local_time="2026-11-21T14:02:11",
        total_minor=6000,
        lines=(
            CodeLine(variant_number=7, quantity=2, amount_minor=4500),
            CodeLine(variant_number=300, quantity=1, amount_minor=1500),
        ),
    )


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_code_of_the_receipt_is_the_last_thing_before_the_cut(columns: Width) -> None:
    copy = a_copy(FIVE_LINES)
    document = sale_receipt(copy, columns=columns, language="fr")
    paper = EscposPrinter(columns).take(render_escpos(document))
    (code,) = [item for item in paper if isinstance(item, PrintedCode)]
    assert (code.text, code.level, code.justification) == (copy.code, "M", 1)
    assert isinstance(paper[-1], CutPaper)
    assert [type(row) for row in document.rows[-2:]] == [Qr, Cut]


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_duplicate_says_so_and_is_the_original_below_its_legend(columns: Width) -> None:
    """R18: number, date and operator of the duplicate; all else the same byte for byte."""
    head = render_escpos(Document(title="", columns=columns, rows=()))
    original = _job(a_copy(FIVE_LINES), columns)
    for number in (1, 2, 3):
        duplicate = _job(a_copy(FIVE_LINES, copy=number + 1), columns)
        assert duplicate.endswith(original.removeprefix(head))
        legend = duplicate.removesuffix(original.removeprefix(head))
        lines = text_on(EscposPrinter(columns).take(legend), columns)
        assert f"DUPLICATA n°{number}" in lines
        assert f"21 nov. 2026, 15:{number + 1:02d}:00" in lines
        assert "Opérateur C7" in lines


def _job(copy: ReceiptCopy, columns: Width) -> bytes:
    return render_escpos(sale_receipt(copy, columns=columns, language="fr"))


def test_the_original_says_nothing_of_duplicates() -> None:
    assert "DUPLICATA" not in printed(a_copy(copy=1))


@pytest.mark.parametrize("columns", WIDTHS)
def test_training_is_marked_above_and_below(columns: Width) -> None:
    """R20: nobody shall take it for a real receipt, also when half of it is torn off."""
    text = in_one_line(printed(a_copy(mode="training"), columns))
    assert text.startswith("FACTICE – SIMULATION")
    assert text.endswith("FACTICE – SIMULATION")
    assert "FACTICE" not in printed(a_copy(mode="live"), columns)


def test_a_seller_without_vat_shows_the_legend_instead_of_a_number() -> None:
    text = printed(a_copy(a_sale(a_line(rate_bp=0)), seller=ASSOCIATION))
    assert "TVA non applicable, art. 293 B du CGI" in text
    assert "N° TVA" not in text
    assert "0 %                    25,00      0,00     25,00" in text


def test_a_till_without_a_legal_identity_prints_what_it_has() -> None:
    """It may train (R83); no line with a name and no number."""
    nobody = DISQUES_DU_QUAI.__class__(
        name="", legal_form="", address=(), country="FR", registration="", vat_number=""
    )
    text = printed(a_copy(seller=nobody, mode="training"))
    assert "SIRET" not in text
    assert "TVA F" not in text


def test_a_seller_of_a_country_without_data_is_named_without_ours() -> None:
    swiss = DISQUES_DU_QUAI.__class__(
        name="Au Quai",
        legal_form="Sàrl",
        address=("Vevey",),
        country="CH",
        registration="CHE-123",
        vat_number="CHE-123 TVA",
    )
    lines = [line.strip() for line in printed(a_copy(seller=swiss)).splitlines()]
    assert "CHE-123" in lines
    assert "CHE-123 TVA" in lines


def test_belgian_cash_shows_both_totals_and_the_rounding() -> None:
    text = in_one_line(printed(a_copy(BELGIAN_CASH, seller=MAISON_DE_LA_BOUE)))
    shown = "Total 27,37 € Arrondi aux 5 centimes -0,02 € À payer 27,35 € Espèces 50,00 €"
    assert f"{shown} Rendu 22,65 €" in text
    assert "BCE/KBO 0123.456.749 TVA/BTW BE 0123.456.749" in text


def test_the_cash_part_of_a_mixed_payment_is_rounded_in_dutch() -> None:
    text = in_one_line(printed(a_copy(BELGIAN_MIXED, seller=MAISON_DE_LA_BOUE), 48, "nl"))
    assert "Totaal € 24,76 Afronding op 5 cent € -0,01 Te betalen € 24,75" in text
    assert "Bankkaart € 10,00 Polsbandje € 4,70 Contant € 10,05" in text


def test_what_needs_no_rounding_has_one_total() -> None:
    assert "Arrondi" not in printed(a_copy(FIVE_LINES))
    assert "À payer" not in printed(a_copy(FIVE_LINES))


def test_one_rate_needs_no_letters() -> None:
    text = in_one_line(printed(a_copy(a_sale(a_line(quantity=2)))))
    assert "2 × 25,00 50,00" in text
    assert " A " not in text


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_total_is_the_largest_thing_on_the_receipt(columns: Width) -> None:
    document = sale_receipt(a_copy(FIVE_LINES), columns=columns, language="fr")
    paper = EscposPrinter(columns).take(render_escpos(document))
    large = [
        item.text
        for item in paper
        if isinstance(item, PrintedLine) and item.bold and (item.width, item.height) == (2, 2)
    ]
    assert in_one_line(large[-1]) == "Total 177,00 €"


@pytest.mark.parametrize("columns", WIDTHS)
def test_amounts_end_at_the_right_edge(columns: Width) -> None:
    lines = printed(a_copy(FIVE_LINES), columns).splitlines()
    amounts = [line for line in lines if re.search(r"\d,\d\d( €)?$", line)]
    assert len(amounts) == 12
    edges = {len(line) * (2 if "Total " in line else 1) for line in amounts}
    assert edges == {columns}


prices = st.integers(0, 99_999_999)
names = st.text(max_size=60)
lines = st.builds(
    a_line,
    names,
    prices,
    st.integers(1, 9999),
    options=st.lists(names, max_size=3).map(tuple),
    rate_bp=st.sampled_from((0, 210, 550, 600, 1000, 1200, 2000, 2100)),
)


@given(st.lists(lines, min_size=1, max_size=8), st.sampled_from(WIDTHS))
def test_any_receipt_fits_the_paper_and_no_amount_is_cut(
    drawn: list[object], columns: Width
) -> None:
    """The interpreter refuses a line that is wider than the paper."""
    sale = a_sale(*drawn)  # type: ignore[arg-type]  # builds() is typed loosely
    shown = [in_one_line(line) for line in printed(a_copy(sale), columns).splitlines()]
    for line in sale.lines:
        amount = in_one_line(amount_text(line.gross, FRENCH).replace("\u202f", " "))
        assert any(text.endswith(amount) for text in shown), amount
    total = in_one_line(money_text(sale.total, FRENCH).replace("\u202f", " "))
    assert any(text.endswith(total) for text in shown), total


def test_a_name_of_ten_thousand_characters_is_shortened() -> None:
    text = printed(a_copy(a_sale(a_line("Nuit " * 2000, options=()))), 32)
    assert text.count("Nuit ") < 60
    assert "…" in text
    assert "25,00" in text


@pytest.mark.parametrize(
    ("country", "wanted", "language"),
    [
        ("FR", None, "fr"),
        ("FR", "en", "fr"),  # loi 94-665: French in France, whatever the till speaks
        ("BE", None, "fr"),
        ("BE", "nl", "nl"),
        ("BE", "en", "fr"),
        ("XX", None, "en"),
        ("XX", "nl", "nl"),
        ("XX", "xx", "en"),
    ],
)
def test_the_country_decides_which_language_a_receipt_has(
    country: str, wanted: str | None, language: str
) -> None:
    assert receipt_language(country, wanted) == language


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_a_language_that_receipts_are_written_in(country: str) -> None:
    assert receipt_language(country) in COUNTRIES[country].languages


@pytest.mark.parametrize("language", MESSAGES)
def test_nothing_of_one_language_stays_on_the_receipt_of_another(language: str) -> None:
    said = MESSAGES[language]
    text = printed(a_copy(FIVE_LINES, copy=2, mode="training"), 48, language)
    for words in (said.receipt, said.total, said.change, said.net, said.training):
        assert words in text
    if language != "fr":
        assert "Ticket" not in text
        assert "Rendu" not in text


def test_a_negative_amount_keeps_its_sign_and_a_rate_its_comma() -> None:
    assert amount_text(euros(-123_456), FRENCH) == "-1\u202f234,56"
    assert money_text(euros(-5), ENGLISH) == "-€0.05"
    assert rate_text(550, FRENCH) == "5,5\u00a0%"
    assert rate_text(2000, FRENCH) == "20\u00a0%"
    assert rate_text(0, ENGLISH) == "0\u00a0%"


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_test_page_shows_the_signs_that_go_wrong_first(columns: Width) -> None:
    page = printer_test_page(
        columns=columns,
        language="fr",
        printer="192.168.1.40:9100",
        local_time=A_MOMENT,
    )
    text = text_on(EscposPrinter(columns).take(render_escpos(page)), columns)
    assert "€ é œ à ç" in text
    ruler = max(re.findall(r"[0-9]{20,}", text), key=len)
    assert len(ruler) == columns
    assert all((int(b) - int(a)) % 10 == 1 for a, b in pairwise(ruler))
    assert "192.168.1.40:9100" in text
    assert "4 juil. 2026" in in_one_line(text)


def test_nothing_on_paper_promises_what_nobody_has_examined() -> None:
    """fiscal.md: neither on screens nor on receipts."""
    folder = Path(receipts.__file__).parent
    words = re.compile(r"(?i)certifi|nf ?525")
    for source in folder.glob("*.py"):
        assert not words.search(source.read_text(encoding="utf-8")), source.name
    for language in MESSAGES:
        document = sale_receipt(a_copy(FIVE_LINES), columns=48, language=language)
        assert not words.search(render_text(document))


def test_several_tenders_of_one_method_are_each_on_the_receipt() -> None:
    sale = a_sale(a_line(price=3000), tenders=(paid("card", 1000), paid("card", 2000)))
    text = in_one_line(printed(a_copy(sale)))
    assert "Carte bancaire 10,00 € Carte bancaire 20,00 €" in text

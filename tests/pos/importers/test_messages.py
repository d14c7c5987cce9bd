"""What an import says to a person."""

from __future__ import annotations

import string
from typing import get_args

import msgspec
import pytest

from pos.domain.catalogue import ProductsApplied
from pos.importers.import_request import ImportSummary
from pos.importers.messages import (
    FILES,
    LANGUAGES,
    PROBLEMS,
    WARNINGS,
    Language,
    sentence_of,
    sentence_of_file,
)
from pos.importers.notices import (
    Notice,
    NotInFile,
    Problem,
    QuantityDiffers,
    RowProblem,
    RowWarning,
    Unreadable,
    UnreadableFile,
    Warned,
)
from pos.importers.summary import summary_lines
from tests.builders import an_import_summary

TABLES = ((PROBLEMS, Problem), (WARNINGS, Warned), (FILES, Unreadable))


def test_every_kind_of_notice_has_a_sentence_in_every_language() -> None:
    for table, kinds in TABLES:
        assert set(table) == set(get_args(kinds))
        for kind, sentences in table.items():
            assert len(sentences) == len(LANGUAGES), kind
            english, french = (_fields(sentence) for sentence in sentences)
            assert english == french, kind


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_a_bad_row_is_named_by_line_column_and_value() -> None:
    problem = RowProblem(line=17, column="Variant Price", kind="not_an_amount", value="abc")
    english = 'line 17, column Variant Price: "abc" is not an amount'
    assert sentence_of(problem, "en") == english
    french = 'ligne 17, colonne Variant Price : "abc" n’est pas un montant'
    assert sentence_of(problem, "fr") == french


def test_a_warning_about_print_says_what_to_type() -> None:
    warning = RowWarning(line=2, column="Type", kind="looks_like_books", value="Bandes dessinées")
    assert "--tax-class 'Bandes dessinées'=books" in sentence_of(warning, "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_file_commands_the_terminal(language: Language) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\r\n\u202e" + "x" * 10_000 + "{line.__class__}"
    notices: list[Notice] = [
        RowProblem(line=2, column=evil, kind="not_an_amount", value=evil),
        RowWarning(line=2, column=evil, kind="looks_like_books", value=evil),
        QuantityDiffers(label=evil, in_file=1, on_hand=2),
        NotInFile(name=evil),
    ]
    sentences = [sentence_of(notice, language) for notice in notices]
    sentences.append(sentence_of_file(UnreadableFile("encoding", value=evil), evil, language))
    for sentence in sentences:
        assert sentence.isprintable()
        assert len(sentence) < 500


def test_a_wrong_encoding_says_where_and_how_to_save() -> None:
    problem = UnreadableFile("encoding", line=3, value="T-shirt Été")
    sentence = sentence_of_file(problem, "stock.csv", "en")
    assert sentence.startswith('stock.csv: line 3 is not in UTF-8: "T-shirt Été"')
    assert "CSV UTF-8" in sentence


def _summary(**changes: object) -> ImportSummary:
    added = ProductsApplied(products_added=1, variants_added=3, stock_opened=3)
    usual = an_import_summary("imported", products=20, variants=22)
    return msgspec.structs.replace(usual, **({"applied": added, "unchanged": 19} | changes))


def test_the_summary_begins_with_the_counts_that_matter() -> None:
    assert summary_lines(_summary(), "en")[0] == "20 products, 22 variants, 0 bad rows"
    assert summary_lines(_summary(), "fr")[0] == "20 produits, 22 variantes, 0 ligne fausse"
    one = _summary(products=1, variants=1, bad_rows=1, warnings=1)
    assert summary_lines(one, "en")[0] == "1 product, 1 variant, 1 bad row, 1 warning"


def test_the_summary_says_what_was_added_and_what_was_left() -> None:
    lines = summary_lines(_summary(quantities_left=2, not_in_file=1, pictures=5), "en")
    assert lines[1].startswith("added 1 product, 3 variants; changed 0 products, 0 variants;")
    assert [line.split(" ")[0] for line in lines[2:]] == ["2", "1", "5"]


def test_a_dry_run_and_a_refusal_say_that_nothing_changed() -> None:
    dry_run = summary_lines(_summary(outcome="checked"), "en")
    assert dry_run[-1] == "Nothing was changed: this was a dry run."
    refused = summary_lines(_summary(outcome="refused", bad_rows=3), "en")
    assert len(refused) == 2
    assert "--skip-bad-rows" in refused[-1]

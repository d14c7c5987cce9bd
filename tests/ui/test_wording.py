"""Every error has a sentence, in every language, with the number that matters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from pos import errors
from pos.errors import Incompatible, NoTaxRate, PosError, PrinterUnavailable, Refused, Unavailable
from tests.ui.sampled_errors import PRINTER_REASONS, REFUSALS, TROUBLES
from ui import wording
from ui.languages import Languages

KINDS = {PosError, Refused, Unavailable, Incompatible}
SAMPLES: tuple[tuple[PosError, str], ...] = (
    *REFUSALS,
    *TROUBLES,
    *((PrinterUnavailable(reason), "") for reason in PRINTER_REASONS),
)


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    languages = Languages(qapp)
    languages.speak(request.param)
    yield request.param
    languages.speak("en")


def leaves(kind: type[PosError]) -> set[type[PosError]]:
    below = {leaf for child in kind.__subclasses__() for leaf in leaves(child)}
    return below or {kind}


def test_every_kind_of_error_is_among_the_samples() -> None:
    ours = {kind for kind in leaves(PosError) if kind.__module__ == errors.__name__}
    assert ours - KINDS == {type(error) for error, _ in SAMPLES}


@pytest.mark.parametrize(("error", "fact"), SAMPLES, ids=lambda sample: str(sample)[:40])
def test_an_error_is_a_sentence_with_its_fact(error: PosError, fact: str, language: str) -> None:
    said = wording.sentence(error, language)
    assert fact in said
    assert said.endswith((".", "!"))
    assert "{" not in said
    assert "Error" not in said


def test_the_reasons_of_a_printer_are_told_apart(language: str) -> None:
    told = {
        wording.sentence(error, language)
        for error, _ in SAMPLES
        if isinstance(error, PrinterUnavailable)
    }
    assert len(told) == 9


def test_a_name_from_outside_is_not_a_template(language: str) -> None:
    name = "{count} {0} {tax_class} %n %1"
    assert name in wording.sentence(NoTaxRate(tax_class="x", label=name), language)
    assert name in wording.sold_out(name)
    assert name in wording.unknown_code(name)
    assert name in wording.ambiguous_code(name)
    assert name in wording.in_the_next_sale(name)


def test_an_endless_name_is_cut_so_that_a_sentence_stays_one(language: str) -> None:
    name = "W" * 10_000
    said = [
        wording.sentence(NoTaxRate(tax_class=name, label=name), language),
        wording.sold_out(name),
        wording.unknown_code(name),
        wording.ambiguous_code(name),
        wording.in_the_next_sale(name),
    ]
    assert max(map(len, said)) < 250
    assert all("…" in sentence for sentence in said)


@pytest.mark.parametrize("method", ["cash", "card", "wristband", "voucher", "other"])
def test_every_way_to_pay_has_a_name(method: str, language: str) -> None:
    assert wording.method(method)
    assert language


@pytest.mark.parametrize("count", [1, 2, 17])
def test_pieces_are_counted_as_people_count(count: int, language: str) -> None:
    said = wording.pieces(count)
    assert str(count) in said
    assert said.endswith("s") == (count > 1)
    assert language

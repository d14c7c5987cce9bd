"""What the settings page does with a change, without a window."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pos.settings import PrinterSettings, ScannerSettings, Settings
from tests.builders import an_import_summary
from ui.screens.catalogue_choice import CataloguePreview, RateQuestion
from ui.screens.settings.presenter import Hands, Place, SettingsPresenter

NETWORK = PrinterSettings(kind="network", host="192.168.1.50")


@dataclass
class FakePage:
    """Keeps what was shown last."""

    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    test: tuple[str, bool | None] = ("", None)
    scan: tuple[str, str] = ("", "")
    calibration: tuple[str, bool] = ("", False)
    catalogue: tuple[str, bool] = ("", True)
    questions: tuple[RateQuestion, ...] = ()
    imported: tuple[str, bool] = ("", False)

    def show_values(self, values: dict[str, str]) -> None:
        self.values = values

    def show_problems(self, problems: dict[str, str]) -> None:
        self.problems = problems

    def show_test(self, text: str, *, is_good: bool | None) -> None:
        self.test = (text, is_good)

    def show_scan(self, code: str, details: str) -> None:
        self.scan = (code, details)

    def show_calibration(self, text: str, *, can_forget: bool) -> None:
        self.calibration = (text, can_forget)

    def show_catalogue(self, text: str, sentences: tuple[str, ...], *, is_good: bool) -> None:
        self.catalogue = (text, is_good)

    def show_book_types(self, questions: tuple[RateQuestion, ...]) -> None:
        self.questions = questions

    def show_import(self, text: str, *, can_import: bool) -> None:
        self.imported = (text, can_import)


class Desk:
    """The settings of a Belgian till, and what they had done."""

    def __init__(self, settings: Settings) -> None:
        self.page = FakePage()
        self.used: list[Settings] = []
        self.tests = 0
        self.forgotten = 0
        self.brought: list[tuple[Path, dict[str, str]]] = []
        hands = Hands(
            use=self.used.append,
            print_test_page=self._print,
            forget_calibration=self._forget,
            preview=lambda _path, _country: None,
            bring=lambda path, classes: self.brought.append((path, classes)),
        )
        place = Place("BE", {"language": "en", "receipt_language": "fr"})
        self.presenter = SettingsPresenter(self.page, settings, hands, place)
        self.presenter.begin()

    def _print(self) -> None:
        self.tests += 1

    def _forget(self) -> None:
        self.forgotten += 1


def test_what_is_automatic_shows_what_it_comes_to_and_stays_automatic() -> None:
    desk = Desk(Settings())
    assert (desk.page.values["language"], desk.page.values["receipt_language"]) == ("en", "fr")
    desk.presenter.change("sound", "off")
    assert desk.used == [Settings(sound=False)]


@pytest.mark.parametrize(
    ("name", "value", "settings"),
    [
        ("theme", "night", Settings(printer=NETWORK, theme="night")),
        ("language", "fr", Settings(printer=NETWORK, language="fr")),
        ("receipt_language", "nl", Settings(printer=NETWORK, receipt_language="nl")),
        (
            "drawer",
            "on",
            Settings(printer=PrinterSettings(kind="network", host="192.168.1.50", drawer=True)),
        ),
        (
            "columns",
            "32",
            Settings(printer=PrinterSettings(kind="network", host="192.168.1.50", columns=32)),
        ),
    ],
)
def test_each_change_is_in_force_at_once(name: str, value: str, settings: Settings) -> None:
    desk = Desk(Settings(printer=NETWORK))
    desk.presenter.change(name, value)
    assert desk.used == [settings]


def test_a_printer_without_an_address_is_not_used_until_it_has_one() -> None:
    desk = Desk(Settings())
    desk.presenter.change("kind", "network")
    assert desk.used == []
    assert desk.page.problems == {}  # nobody has typed yet
    desk.presenter.print_test_page()
    assert desk.tests == 0
    assert "address" in desk.page.problems["host"]
    desk.presenter.change("host", " 192.168.1.50 ")
    assert desk.page.problems == {}
    assert desk.used == [Settings(printer=NETWORK)]


def test_an_address_that_was_left_empty_is_asked_for() -> None:
    desk = Desk(Settings())
    desk.presenter.change("kind", "network")
    desk.presenter.change("drawer", "on")
    assert desk.page.problems == {}
    desk.presenter.change("host", "")
    assert "address" in desk.page.problems["host"]
    # Another kind, and back: nothing was typed for this one
    desk.presenter.change("kind", "preview")
    desk.presenter.change("kind", "network")
    assert desk.page.problems == {}


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "9100a", "٣", "9" * 400])
def test_a_port_that_is_none_is_said_and_not_used(port: str) -> None:
    desk = Desk(Settings(printer=NETWORK))
    desk.presenter.change("port", port)
    assert "65535" in desk.page.problems.get("port", "") or desk.used[-1].printer.port == 3


def test_files_have_a_folder_without_being_asked() -> None:
    desk = Desk(Settings())
    desk.presenter.change("kind", "file")
    assert desk.used == [Settings(printer=PrinterSettings(kind="file", folder="files"))]
    assert desk.page.values["folder"] == "files"


@pytest.mark.parametrize(
    ("result", "reason", "said", "is_good"),
    [
        ("printed", "", "Is every character on the paper right?", True),
        ("shown", "", "no printer is chosen", True),
        ("filed", "", "is a file in", True),
        ("failed", "refused", "The printer is off. The test page was not printed.", False),
    ],
)
def test_a_test_page_says_what_is_known_of_it(
    result: str, reason: str, said: str, is_good: bool
) -> None:
    desk = Desk(Settings())
    desk.presenter.print_test_page()
    assert desk.tests == 1
    desk.presenter.tested(result, reason)
    assert said in desk.page.test[0]
    assert desk.page.test[1] is is_good


def test_a_scan_is_shown_with_its_length_and_its_layout() -> None:
    desk = Desk(Settings())
    desk.presenter.scanned("3760001234565", "us", is_barcode=True)
    code, details = desk.page.scan
    assert code == "3760001234565"
    assert "13" in details
    assert "QWERTY" in details
    assert "check digit right" in details


def test_a_calibration_can_be_undone() -> None:
    desk = Desk(Settings(scanner=ScannerSettings(calibration={"&": "1"})))
    assert desk.page.calibration[1]
    desk.presenter.forget_calibration()
    assert desk.used == [Settings()]
    assert desk.forgotten == 1
    assert not desk.page.calibration[1]


def a_preview(*, bad_rows: int = 0) -> CataloguePreview:
    summary = an_import_summary(bad_rows=bad_rows)
    livres = frozenset({"Livres"})
    return CataloguePreview(Path("products.csv"), summary, (), ("Livres", "Presse"), livres)


def test_a_file_is_looked_at_before_it_can_be_imported() -> None:
    desk = Desk(Settings())
    desk.presenter.bring()
    assert desk.brought == []
    desk.presenter.catalogue.choose(Path("products.csv"))
    assert desk.page.imported == ("", False)
    desk.presenter.catalogue.previewed(a_preview())
    assert desk.page.imported == ("", True)
    question, other = desk.page.questions
    assert (question.as_books, question.as_usual) == ("Books: 6 % VAT", "Usual: 21 % VAT")
    assert question.is_book
    assert not other.is_book  # nobody but a person says that the press is taxed as books
    desk.presenter.catalogue.tax_as_books("Livres", is_book=False)
    desk.presenter.bring()
    desk.presenter.bring()  # a second tap
    classes = {"Livres": "standard", "Presse": "standard"}  # as the person said, not as before
    assert desk.brought == [(Path("products.csv"), classes)]
    desk.presenter.brought(2, 0, 0)
    assert "2 new" in desk.page.imported[0]
    assert not desk.page.imported[1]


def test_a_file_with_bad_rows_cannot_be_imported() -> None:
    desk = Desk(Settings())
    desk.presenter.catalogue.choose(Path("products.csv"))
    desk.presenter.catalogue.previewed(a_preview(bad_rows=1))
    assert desk.page.imported == ("", False)
    assert desk.page.catalogue[1] is False


def test_what_comes_late_of_another_file_is_not_taken_for_the_chosen_one() -> None:
    desk = Desk(Settings())
    desk.presenter.catalogue.choose(Path("products.csv"))
    desk.presenter.catalogue.choose(Path("more.csv"))
    desk.presenter.catalogue.previewed(a_preview())
    assert desk.presenter.catalogue.usable is None
    assert desk.page.questions == ()


def test_what_comes_late_is_not_taken_once_no_file_is_wanted() -> None:
    desk = Desk(Settings())
    desk.presenter.catalogue.choose(Path("products.csv"))
    desk.presenter.catalogue.choose(None)
    desk.presenter.catalogue.previewed(a_preview())
    assert desk.page.imported == ("", False)


@pytest.mark.parametrize(("field", "wrong"), [("kind", "network"), ("port", "9100a")])
def test_a_printer_that_cannot_be_used_keeps_nothing_else_from_being_used(
    field: str, wrong: str
) -> None:
    desk = Desk(Settings())
    desk.presenter.change(field, wrong)
    desk.presenter.change("sound", "off")
    desk.presenter.change("theme", "night")
    assert desk.used[-1] == Settings(sound=False, theme="night")
    desk.presenter.print_test_page()
    assert desk.page.problems
    assert desk.page.values[field] == wrong

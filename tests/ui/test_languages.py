"""What the program says is in every language's file, whole, and is found there."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pos.money import EUR, Money
from pos.settings import Settings
from pos.settings_file import load_settings
from scripts.translations import (
    FOLDER,
    ROOT,
    SOURCE,
    SPOKEN,
    Message,
    compile_to,
    files,
    language_of,
    outdated,
    read,
    update,
)
from tests.ui.looks.stand import found_stand, open_window
from ui import format as text_of
from ui.languages import Languages

LANGUAGES = [language_of(file) for file in files()]
PLACEHOLDER = re.compile(r"\{\w*\}|%n|%L?\d")
NARROW, WIDE = "\u202f", "\xa0"


@cache
def _messages(language: str) -> list[Message]:
    return read(FOLDER / f"echoppe_{language}.ts")


@cache
def _asked() -> dict[tuple[str, str, str, bool], tuple[Path, str]]:
    """Return what the program's syntax trees ask for: message key -> file and class."""
    asked = {}
    for path in SPOKEN.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, call in _calls(tree):
            key = _key(name, call)
            if key is not None:
                asked[key] = path, name
    return asked


def _calls(tree: ast.AST, name: str = "") -> list[tuple[str, ast.Call]]:
    """Return every call with the class in which it stands."""
    found = []
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.ClassDef) else name
        if isinstance(node, ast.Call):
            found.append((inside, node))
        found += _calls(node, inside)
    return found


def _key(name: str, call: ast.Call) -> tuple[str, str, str, bool] | None:
    """Return the message for which a call asks; None for other calls."""
    function, arguments = call.func, [ast.unparse(argument) for argument in call.args]
    if not isinstance(function, ast.Attribute) or function.attr not in {"tr", "translate"}:
        return None
    texts = [_text(argument) for argument in call.args]
    if name == "_Plural":
        return None  # hands a text on; who calls it counts
    if function.attr == "translate":
        context, texts, arguments = texts[0], texts[1:], arguments[1:]
    else:
        owner = ast.unparse(function.value)
        context = name if owner == "self" else owner
    assert context is not None, ast.unparse(call)
    assert texts[0] is not None, f"{ast.unparse(call)}: lupdate reads plain texts only"
    return context, texts[0], (texts[1] if len(texts) > 1 else "") or "", len(arguments) > 2


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _fresh_french(folder: Path) -> tuple[Path, str]:
    """Return a French file that is up to date with the program, and its text."""
    file = folder / "echoppe_fr.ts"
    file.write_bytes((FOLDER / file.name).read_bytes())
    update(file, language="fr")
    return file, file.read_text(encoding="utf-8")


def test_french_and_english_are_there() -> None:
    assert {"en", "fr"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_what_the_program_says_and_nothing_else(language: str) -> None:
    wrong = outdated(FOLDER / f"echoppe_{language}.ts")
    assert not wrong, "run `make translations`, translate what it names, run it again:\n" + (
        "\n".join(wrong)
    )


def test_a_new_text_an_old_one_and_a_stale_compilation_are_noticed(tmp_path: Path) -> None:
    file, text = _fresh_french(tmp_path)
    compile_to(file.with_suffix(".qm"), file)
    assert outdated(file) == []
    renamed = text.replace("<source>Basket</source>", "<source>Trolley</source>")
    assert renamed != text
    file.write_text(renamed, encoding="utf-8")
    compile_to(file.with_suffix(".qm"), file)
    assert outdated(file) == [
        "echoppe_fr.ts lacks ('BasketPanel', 'Basket', '', False)",
        "echoppe_fr.ts has, and nobody says ('BasketPanel', 'Trolley', '', False)",
    ]
    file.write_text(text.replace(">Panier<", ">Cabas<"), encoding="utf-8")
    assert outdated(file) == ["echoppe_fr.qm is not what echoppe_fr.ts makes"]


def test_taking_new_texts_in_keeps_what_is_translated(tmp_path: Path) -> None:
    file, text = _fresh_french(tmp_path)
    before = {message.key: message for message in read(file)}
    file.write_text(text.replace("<source>Basket</source>", "<source>Trolley</source>"), "utf-8")
    update(file, language="fr")
    after = {message.key: message for message in read(file)}
    changed = [message for key, message in after.items() if message != before[key]]
    assert [(message.source, message.is_finished) for message in changed] == [("Basket", False)]
    assert after.keys() == before.keys()


def test_qts_extractor_finds_every_text_of_the_program(tmp_path: Path) -> None:
    """It reads Python by its own rules: plurals in translate() and f-strings are lost on it."""
    file = tmp_path / "echoppe_xx.ts"
    update(file, language="xx")
    found = {message.key for message in read(file)}
    assert found
    assert found == set(_asked())


def test_a_text_is_looked_up_under_the_name_that_the_extractor_wrote() -> None:
    """PySide asks under the class's own name, so `self` must be a QObject of that name."""
    contexts = Counter(context for context, *_ in _asked())
    for (context, source, *_), (path, name) in _asked().items():
        if context != name:
            continue  # an explicit context, which is what it says
        module = importlib.import_module(
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        )
        asking = getattr(module, name)
        assert issubclass(asking, QObject), f"{path.name}: {name}.tr({source!r}) is not Qt's"
    assert contexts["BasketPanel"] > 3


def test_a_class_says_the_texts_of_the_class_that_it_extends(qapp: QApplication) -> None:
    class BasketPanel(QObject):  # the name is what is looked up
        def title(self) -> str:
            return self.tr("Basket")

    class WiderPanel(BasketPanel):
        pass

    Languages(qapp).speak("fr")
    try:
        assert (BasketPanel().title(), WiderPanel().title()) == ("Panier", "Panier")
    finally:
        Languages(qapp).speak("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_translate(language: str) -> None:
    left = [
        message.key
        for message in _messages(language)
        if not message.is_finished or not all(form.strip() for form in message.forms)
    ]
    assert not left


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_places_for_names_and_amounts(language: str) -> None:
    wrong = [
        (message.source, form)
        for message in _messages(language)
        for form in message.forms
        if Counter(PLACEHOLDER.findall(message.source)) != Counter(PLACEHOLDER.findall(form))
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_finds_each_translation_in_the_compiled_file(
    language: str, qapp: QApplication
) -> None:
    translator = QTranslator()
    assert translator.load(f"echoppe_{language}", str(FOLDER))
    qapp.installTranslator(translator)
    try:
        for message in _messages(language):
            said = {
                QCoreApplication.translate(message.context, message.source, message.comment, count)
                for count in ((0, 1, 2, 7) if message.is_plural else (-1,))
            }
            wanted = {form.replace("%n", str(n)) for form in message.forms for n in (0, 1, 2, 7)}
            assert said <= wanted, message.key
            assert message.is_plural or said == wanted
    finally:
        qapp.removeTranslator(translator)


def test_english_has_its_plurals_only() -> None:
    assert _messages(SOURCE)
    assert all(message.is_plural for message in _messages(SOURCE))
    plurals = {message.key for message in _messages("fr") if message.is_plural}
    assert {message.key for message in _messages(SOURCE)} == plurals


def test_french_is_set_as_french_is() -> None:
    """Spaces that do not break before : ; ! ? and inside « », curly apostrophes, one ellipsis."""
    wrong = []
    for message in _messages("fr"):
        for form in message.forms:
            naked = re.sub(r"\{\w*\}", "x", form)
            if (
                re.search(rf"[^{NARROW}{WIDE}]([:;!?»])", naked)
                or re.search(rf"«[^{NARROW}{WIDE}]", naked)
                or re.search(r"'|\.\.\.|[“”]| $|  ", naked)
            ):
                wrong.append(form)
    assert not wrong


# Another language ---------------------------------------------------------------------------------


def _as_if_translated(folder: Path) -> None:
    """Put a language into a folder that nobody speaks: English between brackets."""
    for file in files():
        for kept in (file, file.with_suffix(".qm")):
            (folder / kept.name).write_bytes(kept.read_bytes())
    new = folder / "echoppe_nl.ts"
    text = (FOLDER / "echoppe_fr.ts").read_text(encoding="utf-8")
    text = text.replace('language="fr"', 'language="nl"', 1)
    new.write_text(
        re.sub(
            r"<source>([^<]*)</source>(\s*)<translation>[^<]*</translation>",
            r"<source>\1</source>\2<translation>[\1]</translation>",
            text,
        ),
        encoding="utf-8",
    )
    compile_to(new.with_suffix(".qm"), new)


@pytest.fixture
def another_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> Iterator[Path]:
    folder = tmp_path / "translations"
    folder.mkdir()
    _as_if_translated(folder)
    monkeypatch.setattr("ui.languages.FOLDER", folder)
    yield folder
    Languages(qapp).speak(SOURCE)


def test_a_language_is_added_by_its_file_alone(another_language: Path, qapp: QApplication) -> None:
    languages = Languages(qapp)
    assert languages.known() == ["en", "fr", "nl"]
    assert languages.choose("nl") == "nl"
    languages.speak("nl")
    assert QCoreApplication.translate("BasketPanel", "Basket") == "[Basket]"
    assert text_of.short_money(Money(123_400, EUR), "nl") == f"€{WIDE}1.234"


def test_a_wish_for_a_language_without_a_file_is_answered_in_one_that_there_is(
    qapp: QApplication, tmp_path: Path
) -> None:
    assert Languages(qapp).choose("xx") in LANGUAGES
    wished = tmp_path / "till.toml"
    wished.write_text('language = "xx"\n', encoding="utf-8")
    assert load_settings(wished).language == "xx"


def test_the_window_speaks_a_language_that_was_added(
    another_language: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    found_stand(tmp_path / "stand")
    with open_window(qtbot, tmp_path / "stand", tmp_path / "till", Settings(language="nl")) as till:
        shown = {label.text() for label in till.window.findChildren(QLabel)}
        assert {"[Basket]", f"€{WIDE}0,00"} <= shown
        with qtbot.waitSignal(till.ready):
            till.window.language_wanted.emit()  # after the last one comes the first
        assert till.language() == "en"
        assert "Basket" in {label.text() for label in till.window.findChildren(QLabel)}

"""The cashier's page says what the program says, in each language, and fits one sheet."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from scripts.translations import FOLDER, SOURCE, Message, read
from ui.manual import cashiers_page
from ui.theme.palette import DAY

LANGUAGES = sorted(path.name.split(".")[1] for path in cashiers_page("en").parent.glob("*.html"))
PLACEHOLDER = re.compile(r"\\\{\w+\\\}")
WORDS_MAX = 420  # three minutes, with the pictures
PICTURE_BYTES_MAX = 200_000
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@dataclass(slots=True)
class Page:
    """What stands on a cashier's page."""

    language: str
    sections: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)  # buttons of the program
    said: list[str] = field(default_factory=list)  # sentences of the program
    keys: list[str] = field(default_factory=list)  # of the keyboard
    marks: list[str] = field(default_factory=list)  # numbers that are painted into the picture
    style: str = ""
    words: int = 0


class _Reader(HTMLParser):
    """Reads a page; nothing that matters stands inside another thing that matters."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._into: list[str] | None = None
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, has = self._page, dict(attrs)
        kinds = (has.get("class") or "").split()
        if tag == "html":
            assert has["lang"] == page.language
        elif tag == "section":
            page.sections.append(has["id"] or "")
        elif tag == "img":
            page.pictures.append(has["src"] or "")
            page.alts.append(has["alt"] or "")
        targets = {"q": page.said, "kbd": page.keys}
        target = page.labels if "key" in kinds else page.marks if "mark" in kinds else None
        target = targets.get(tag, target)
        if target is not None:
            target.append("")
            self._into, self._tag = target, tag
        elif tag == "style":
            self._tag = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._tag:
            self._into, self._tag = None, ""

    def handle_data(self, data: str) -> None:
        if self._tag == "style":
            self._page.style += data
            return
        self._page.words += len(data.split())
        if self._into is not None:
            self._into[-1] += data


@cache
def _page(language: str) -> Page:
    page = Page(language)
    _Reader(page).feed(cashiers_page(language).read_text(encoding="utf-8"))
    return page


@cache
def _messages(language: str) -> tuple[tuple[Message, str], ...]:
    """Return everything the program says, each with its words in a language."""
    file = FOLDER / f"echoppe_{'fr' if language == SOURCE else language}.ts"
    messages = [message for message in read(file) if not message.is_plural]
    return tuple((m, m.source if language == SOURCE else m.forms[0]) for m in messages)


def _is_said(sentence: str, text: str) -> bool:
    """Say whether the program says this: whole, with its values, or up to the first of them."""
    pattern = PLACEHOLDER.sub(".+", re.escape(text))
    beginning = text.partition("{")[0].rstrip(": \xa0\u202f")
    return re.fullmatch(pattern, sentence) is not None or sentence == beginning


pages = pytest.mark.parametrize("language", LANGUAGES)


@pages
def test_every_button_on_the_page_is_a_button_of_the_program(language: str) -> None:
    known = {text for _message, text in _messages(language)}
    assert _page(language).labels
    assert [label for label in _page(language).labels if label not in known] == []


@pages
def test_every_sentence_on_the_page_is_one_of_the_program(language: str) -> None:
    said = _page(language).said
    assert said
    texts = [text for _message, text in _messages(language)]
    assert [s for s in said if not any(_is_said(s, text) for text in texts)] == []


@pages
def test_every_key_on_the_page_is_on_the_map_of_the_keys(language: str) -> None:
    mapped = {text for m, text in _messages(language) if m.context == "HelpPage"}
    known = mapped | {part for text in mapped for part in re.split(r", ", text)} | {"F1"}
    keys = [key for key in _page(language).keys if not key.isdecimal()]
    assert keys
    assert [key for key in keys if key not in known] == []


def test_french_and_english_are_there() -> None:
    assert {"en", "fr"} <= set(LANGUAGES)


@pages
def test_all_languages_have_the_same_sections_pictures_marks_and_looks(language: str) -> None:
    page, english = _page(language), _page("en")
    assert page.sections == english.sections == _unique(page.sections)
    assert [p.replace(f".{language}.", ".en.") for p in page.pictures] == english.pictures
    assert page.marks == english.marks
    assert len(page.labels) == len(english.labels)
    assert page.style == english.style


def _unique(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


@pages
def test_the_numbers_are_counted_through(language: str) -> None:
    numbers = [int(mark) for mark in _page(language).marks if mark.strip()]
    assert numbers[0] == 1
    assert all(after == before + 1 for before, after in pairwise(numbers))


@pages
def test_every_picture_is_there_and_small_and_described(language: str) -> None:
    page, folder = _page(language), cashiers_page(language).parent
    assert all(page.alts)
    for name in page.pictures:
        assert name.endswith(f".{language}.png")
        assert (folder / name).stat().st_size <= PICTURE_BYTES_MAX
        with Image.open(folder / name) as picture:
            picture.verify()


def test_no_picture_lies_there_for_nothing() -> None:
    shown = {name for language in LANGUAGES for name in _page(language).pictures}
    folder = cashiers_page("en").parent
    assert {f"pictures/{path.name}" for path in (folder / "pictures").iterdir()} == shown


@pages
def test_the_page_wears_the_colours_of_the_till(language: str) -> None:
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", _page(language).style))
    assert colours
    assert colours == {name: getattr(DAY, name.replace("-", "_")) for name in colours}
    assert len(re.findall("#[0-9A-Fa-f]{6}", _page(language).style)) == len(colours)


@pages
def test_nothing_on_the_page_is_fetched_from_elsewhere(language: str) -> None:
    text = cashiers_page(language).read_text(encoding="utf-8")
    assert not re.search(r"https?://|//\w", text)
    for font in _urls(_page(language).style):
        assert (cashiers_page(language).parent / font).is_file()


def _urls(style: str) -> Iterator[str]:
    return (match[1] for match in re.finditer(r'url\("([^"]+)"\)', style))


@pages
def test_the_page_is_read_in_three_minutes(language: str) -> None:
    assert _page(language).words <= WORDS_MAX


@pages
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to print with")
def test_the_page_is_printed_on_one_sheet(language: str, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    printed = tmp_path / "page.pdf"
    subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu"),
            *("--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profile'}"),
            *(f"--print-to-pdf={printed}", cashiers_page(language).as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=120,  # a guard against hanging; it takes two seconds
    )
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) == 1

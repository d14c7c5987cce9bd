"""Choosing a catalogue file: what it would bring, and what is taxed as books. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.clock import utc_now
from pos.countries import COUNTRIES
from pos.importers.import_request import ImportSummary
from ui.screens.welcome import wording

BOOKS = "books"
USUAL = "standard"


@dataclass(frozen=True, slots=True)
class CataloguePreview:
    """What a chosen catalogue file would bring."""

    path: Path
    summary: ImportSummary | None  # None: it cannot be read
    sentences: tuple[str, ...]  # what is wrong or noteworthy, at most a few
    book_types: tuple[str, ...] = ()  # types that look like books, which are taxed less
    proposed: frozenset[str] = frozenset()  # those of them that most likely are


@dataclass(frozen=True, slots=True)
class RateQuestion:
    """A product type that looks like books, and the two ways in which it may be taxed."""

    product_type: str
    as_books: str
    as_usual: str
    is_book: bool


class CatalogueView(Protocol):
    """What choosing a catalogue needs of its widgets."""

    def show_catalogue(self, text: str, sentences: tuple[str, ...], *, is_good: bool) -> None: ...
    def show_book_types(self, questions: tuple[RateQuestion, ...]) -> None: ...


class CatalogueChoice:
    """Keeps which file was chosen, and what a person says about its books."""

    def __init__(
        self,
        view: CatalogueView,
        preview: Callable[[Path, str], None],
        country: Callable[[], str],
    ) -> None:
        self._view, self._preview, self._country = view, preview, country
        self._wanted: Path | None = None
        self._shown: CataloguePreview | None = None
        self._books: set[str] = set()

    @property
    def usable(self) -> CataloguePreview | None:
        """Return the preview of a file that can be imported as it is."""
        return self._shown

    @property
    def tax_classes(self) -> dict[str, str]:
        """Return the class of each product type that was asked about."""
        asked = self._shown.book_types if self._shown else ()
        return {name: BOOKS if name in self._books else USUAL for name in sorted(asked)}

    def choose(self, path: Path | None) -> None:
        """Look at a file, or do without one."""
        self._wanted, self._shown, self._books = path, None, set()
        self._ask_about_books()
        if path is None:
            self._view.show_catalogue("", (), is_good=True)
        else:
            self._view.show_catalogue(wording.reading_file(path.name), (), is_good=True)
            self._preview(path, self._country())

    def previewed(self, preview: CataloguePreview) -> None:
        """Show what the chosen file would bring; of one that is not wanted any more, nothing."""
        if preview.path != self._wanted:
            return
        summary = preview.summary
        is_good = summary is not None and not summary.bad_rows
        text = (
            wording.file_unreadable(preview.path.name)
            if summary is None
            else wording.file_brings(summary.products, summary.variants, summary.bad_rows)
        )
        self._shown = preview if is_good else None
        self._view.show_catalogue(text, preview.sentences, is_good=is_good)
        self._books = set(preview.proposed) if is_good else set()
        self._ask_about_books()

    def refused(self, preview: CataloguePreview) -> None:
        """Show what is wrong with a file that was right when it was chosen."""
        self._wanted = preview.path
        self.previewed(preview)

    def tax_as_books(self, product_type: str, *, is_book: bool) -> None:
        """Take a person's word for what a type of product is to the tax office."""
        (self._books.add if is_book else self._books.discard)(product_type)
        self._ask_about_books()

    def _ask_about_books(self) -> None:
        """Ask, type by type, whether the lower rate is right; the till proposes it."""
        country, today = COUNTRIES[self._country()], utc_now().date()
        less, usual = (country.rate_bp(name, today) or 0 for name in (BOOKS, USUAL))
        self._view.show_book_types(
            tuple(
                RateQuestion(
                    name,
                    wording.taxed_as_books(less / 100),
                    wording.taxed_as_usual(usual / 100),
                    name in self._books,
                )
                for name in (self._shown.book_types if self._shown else ())
            )
        )

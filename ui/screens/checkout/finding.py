"""What is found at the checkout: categories, tiles, and what is left of each article. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from pos.domain.basket import Basket
from pos.ids import VariantId
from pos.reports.catalogue import (
    Categories,
    CategoryOnSale,
    KeysOf,
    SizeKey,
    Tile,
    TilePage,
    Tiles,
)
from ui.screens.checkout.cards import Card, cards_of
from ui.screens.till_access import TillAccess

TILES_FIRST = 12  # fills a small screen; where there is room, the grid asks for more at once
TILES_MORE = 24


class FindingView(Protocol):
    """What finding needs of the checkout's widgets."""

    def show_categories(self, names: Sequence[str], selected: str) -> None: ...
    def show_tiles(
        self, cards: Sequence[Card], left: Mapping[VariantId, int], *, from_start: bool
    ) -> None: ...
    def show_nothing_found(self, words: str) -> None: ...
    def show_search(self, words: str) -> None: ...


class Finding:
    """The words, the category, the tiles that match them, and the levels of what was seen.

    It asks for the basket when it shows tiles: what is in it is no longer left.
    """

    def __init__(
        self,
        view: FindingView,
        till: TillAccess,
        language: Callable[[], str],
        basket: Callable[[], Basket],
    ) -> None:
        self._view = view
        self._till = till
        self._language = language
        self._basket = basket
        self.words = ""
        self.category = ""
        self.tiles: list[Tile] = []
        self.levels: dict[str, int] = {}
        self.answers = 0  # searches that have been answered
        self._is_answered = False  # the last of them: else the tiles are those of other words
        self._categories: tuple[CategoryOnSale, ...] = ()
        self._more = False
        self._loading_more = False
        self._search = 0
        self.levels_changed: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Show the catalogue: of the words and the category that were chosen, from the start."""
        self._till.ask(Categories(), done=self._categories_here)
        self._load_tiles()
        self._refresh_levels()

    def catalogue_changed(self) -> None:
        """Show what is on sale now, in the places where it is."""
        self._till.ask(Categories(), done=self._new_categories_here)
        self._load_tiles(from_start=False)
        self._refresh_levels()

    # Words and categories ----------------------------------------------------------------------

    def search(self, words: str) -> None:
        """Show what matches the words, at first in all categories."""
        if words and not self.words and self.category:
            self.category = ""
            self._show_categories()
        self.words = words
        self._load_tiles()

    def search_code(self, code: str) -> None:
        """Show the articles that have a code, and the code in the field: a person chooses."""
        self.words = ""
        self._view.show_search(code)
        self.search(code)

    def choose_category(self, name: str) -> None:
        """Show one category; "" for all."""
        self.category = name
        self._show_categories()
        self._load_tiles()

    def clear_words(self) -> None:
        """Empty the field, and show what the category has."""
        self.words = ""
        self._view.show_search("")
        self._load_tiles()

    def clear(self) -> None:
        """Show everything again, if anything was searched for or chosen."""
        if self.words or self.category:
            self.words = ""
            self._view.show_search("")
            self.choose_category("")

    def _show_categories(self) -> None:
        self._view.show_categories([one.name for one in self._categories], self.category)

    def _categories_here(self, categories: tuple[CategoryOnSale, ...]) -> None:
        self._categories = categories
        self._show_categories()

    def _new_categories_here(self, categories: tuple[CategoryOnSale, ...]) -> None:
        is_gone = self.category not in {"", *(category.name for category in categories)}
        self._categories_here(categories)
        if is_gone:
            self.choose_category("")

    # Tiles -------------------------------------------------------------------------------------

    @property
    def only_key(self) -> SizeKey | None:
        """Return the size that is found, if it is the only one; none before the till has said."""
        if not self._is_answered:
            return None
        keys = self.tiles[0].keys if len(self.tiles) == 1 else ()
        return keys[0] if len(keys) == 1 else None

    def more_wanted(self) -> None:
        """Load the next tiles; the end of those here is near."""
        if self._more and not self._loading_more:
            self._loading_more = True
            search = self._search
            question = Tiles(
                words=self.words,
                category=self.category,
                offset=len(self.tiles),
                limit=TILES_MORE,
            )
            self._till.ask(
                question,
                done=lambda page: self._more_here(search, page),
                troubled=lambda _trouble: self._not_here(search),
            )

    def _load_tiles(self, *, from_start: bool = True) -> None:
        """Ask for the first tiles; or for as many as are shown, to leave them where they are."""
        self._search += 1
        search = self._search
        limit = TILES_FIRST if from_start else max(TILES_FIRST, len(self.tiles))
        self._loading_more = not from_start  # what comes next would be next to the old ones
        self._is_answered = self._is_answered and not from_start
        question = Tiles(words=self.words, category=self.category, limit=limit)
        self._till.ask(
            question,
            done=lambda page: self._tiles_here(search, page, from_start=from_start),
            troubled=lambda _trouble: self._not_here(search),
        )

    def _tiles_here(self, search: int, page: TilePage, *, from_start: bool) -> None:
        if search != self._search:
            return  # somebody typed on; this answer is of yesterday
        self.tiles, self._more, self._loading_more = list(page.tiles), page.more, False
        self.answers, self._is_answered = self.answers + 1, True
        self._learn(page.tiles)
        self._show_tiles(from_start=from_start)
        if not page.tiles:
            self._view.show_nothing_found(self.words)

    def _more_here(self, search: int, page: TilePage) -> None:
        if search != self._search:
            return
        self.tiles += page.tiles
        self._more, self._loading_more = page.more, False
        self._learn(page.tiles)
        self._show_tiles(from_start=False)

    def _not_here(self, search: int) -> None:
        if search == self._search:
            self._loading_more = False  # whoever scrolls on asks again

    def _show_tiles(self, *, from_start: bool) -> None:
        language = self._language()
        cards = [card for tile in self.tiles for card in cards_of(tile, language)]
        self._view.show_tiles(cards, self.all_left(), from_start=from_start)

    # Levels ------------------------------------------------------------------------------------

    def ask_levels(self, variant_ids: Sequence[VariantId]) -> None:
        """Ask again for the levels of these; `levels_changed` tells when they are known."""
        self._till.ask(KeysOf(variant_ids=tuple(variant_ids)), done=self._levels_here)

    def left(self, variant_id: VariantId) -> int:
        """Return what is left after the basket."""
        return self.levels.get(variant_id, 0) - self._basket().quantity_of(variant_id)

    def all_left(self) -> dict[VariantId, int]:
        """Return what is left of everything that is shown."""
        left = {
            key.variant.variant_id: self.levels.get(key.variant.variant_id, 0)
            for tile in self.tiles
            for key in tile.keys
        }
        for line in self._basket().lines:
            if line.variant.variant_id in left:
                left[line.variant.variant_id] -= line.quantity
        return left

    def _refresh_levels(self) -> None:
        ids = tuple(line.variant.variant_id for line in self._basket().lines)
        if ids:
            self.ask_levels(ids)

    def _levels_here(self, keys: tuple[SizeKey, ...]) -> None:
        self.learn(keys)
        self.levels_changed()

    def learn(self, keys: Iterable[SizeKey]) -> None:
        """Keep the levels that an answer has told."""
        self.levels |= {key.variant.variant_id: key.on_hand for key in keys}

    def _learn(self, tiles: Sequence[Tile]) -> None:
        for tile in tiles:
            self.learn(tile.keys)

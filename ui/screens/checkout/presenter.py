"""What the checkout does: finds products, fills the basket, saves it. No Qt."""

# long: one presenter a screen; what it shows is made in cards.py and basket_text.py

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pos.commands import SaveBasket
from pos.domain.basket import LINES_MAX, QUANTITY_MAX, Basket
from pos.ids import BasketId, VariantId, uuid7
from pos.money import Currency
from pos.reports.catalogue import (
    Ambiguous,
    Categories,
    CategoryOnSale,
    FindByCode,
    Found,
    KeysOf,
    SizeKey,
    Tile,
    TilePage,
    Tiles,
    Unknown,
)
from ui import wording
from ui.screens.checkout.basket_text import basket_text, undo_text
from ui.screens.checkout.cards import Card, cards_of
from ui.screens.checkout.doubts import Doubts, is_asked_first
from ui.screens.rows import BasketText, Notice
from ui.screens.till_access import TillAccess

TILES_FIRST = 12  # fills a small screen; where there is room, the grid asks for more at once
TILES_MORE = 24
UNDO_MAX = 100


class CheckoutView(Protocol):
    """What the checkout needs of its widgets."""

    def show_categories(self, names: Sequence[str], selected: str) -> None: ...
    def show_tiles(
        self, cards: Sequence[Card], left: Mapping[VariantId, int], *, from_start: bool
    ) -> None: ...
    def show_left(self, left: Mapping[VariantId, int]) -> None: ...
    def show_nothing_found(self, words: str) -> None: ...
    def show_basket(self, basket: BasketText) -> None: ...
    def show_quantity(self, text: str) -> None: ...
    def show_notice(self, notice: Notice | None) -> None: ...
    def show_search(self, words: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Past:
    basket: Basket
    current: VariantId | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A code that was scanned, with its quantity; or words that were submitted, with none."""

    candidates: tuple[str, ...]
    quantity: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutMemory:
    """A basket, how it came to be what it is, and what was begun."""

    basket: Basket
    current: VariantId | None
    past: tuple[_Past, ...]
    quantity: str
    words: str
    category: str
    large: tuple[tuple[SizeKey, int], ...]
    unrecorded: tuple[tuple[SizeKey, int], ...]
    late: tuple[tuple[SizeKey, int], ...]
    asked: tuple[_Asked, ...]


class CheckoutPresenter:
    """Everything before payment.

    The basket is a value; undo is keeping the old ones.
    """

    def __init__(
        self, view: CheckoutView, till: TillAccess, language: Callable[[], str], currency: Currency
    ) -> None:
        self._view = view
        self._till = till
        self._language = language
        self._currency = currency
        self._basket = _new_basket(currency)
        self._current: VariantId | None = None
        self._past: list[_Past] = []
        self._quantity = ""
        self._words = ""
        self._category = ""
        self._categories: tuple[CategoryOnSale, ...] = ()
        self._tiles: list[Tile] = []
        self._more = False
        self._loading_more = False
        self._search = 0
        self.answers = 0  # searches that have been answered
        self._levels: dict[str, int] = {}
        self._doubts = Doubts()
        self._is_locked = False
        self._late: list[tuple[SizeKey, int]] = []
        self._is_paused = False
        self._asked: list[_Asked] = []  # while it was paused
        self.basket_changed: list[Callable[[Basket], None]] = []
        self.scan_told: Callable[[bool], None] = lambda _is_known: None

    @property
    def basket(self) -> Basket:
        """Return the basket as it stands."""
        return self._basket

    @property
    def tiles(self) -> Sequence[Tile]:
        """Return the products that are shown, in order."""
        return self._tiles

    @property
    def memory(self) -> CheckoutMemory:
        """Return what another window goes on with."""
        return CheckoutMemory(
            basket=self._basket,
            current=self._current,
            past=tuple(self._past),
            quantity=self._quantity,
            words=self._words,
            category=self._category,
            large=self._doubts.large,
            unrecorded=self._doubts.unrecorded,
            late=tuple(self._late),
            asked=tuple(self._asked),
        )

    def start(self, saved: Basket | CheckoutMemory | None) -> None:
        """Show the catalogue, and the basket that was in progress when the till stopped."""
        if isinstance(saved, CheckoutMemory):
            self._remember_all(saved)
        elif saved is not None:
            self._basket = saved
            self._current = saved.lines[-1].variant.variant_id
        self._till.ask(Categories(), done=self._categories_here)
        self._load_tiles()
        self._refresh_levels()
        self._show_basket()
        self._show_begun()

    def _remember_all(self, memory: CheckoutMemory) -> None:
        self._basket, self._current = memory.basket, memory.current
        self._past, self._quantity = list(memory.past), memory.quantity
        self._words, self._category = memory.words, memory.category
        self._doubts = Doubts(memory.large, memory.unrecorded)
        self._late, self._asked = list(memory.late), list(memory.asked)

    def _show_begun(self) -> None:
        """Show what was begun in another window, and ask what was to be asked."""
        if self._quantity:
            self._show_quantity()
        if self._words:
            self._view.show_search(self._words)
        if self._doubts.notice() is not None:
            self._show_doubts()
        self._take_late()
        self.go_on()

    def pause(self) -> None:
        """Ask nothing about what is scanned: another window will, with what is in `memory`."""
        self._is_paused = True

    def go_on(self) -> None:
        """Ask about what was scanned meanwhile."""
        self._is_paused = False
        asked, self._asked = self._asked, []
        for one in asked:
            self._ask(one)

    def catalogue_changed(self) -> None:
        """Show what is on sale now, in the places where it is; what was begun stays as it is."""
        self._till.ask(Categories(), done=self._new_categories_here)
        self._load_tiles(from_start=False)
        self._refresh_levels()

    def _new_categories_here(self, categories: tuple[CategoryOnSale, ...]) -> None:
        is_gone = self._category not in {"", *(category.name for category in categories)}
        self._categories_here(categories)
        if is_gone:
            self.choose_category("")

    def next_sale(self) -> None:
        """Begin an empty basket, after the one before was paid."""
        self._basket = _new_basket(self._currency)
        self._past, self._current, self._quantity = [], None, ""
        self._is_locked = False
        if self._doubts.notice() is not None:
            self._doubts.clear()
            self._view.show_notice(None)
        if self._words:
            self._clear_search()  # the next customer wants something else
        self._after_change(save=False)
        self._view.show_quantity("")
        self._take_late()

    def abandon(self) -> None:
        """Begin an empty basket: the one before was not sold, and is forgotten."""
        self.next_sale()
        self._save()

    def lock(self) -> None:
        """Leave the basket as it is: it is being saved, or paid."""
        self._is_locked = True

    def unlock(self) -> None:
        """Let the basket be changed again: it was not sold."""
        if self._is_locked:
            self._is_locked = False
            self._show_basket()
            self._take_late()

    # What was pressed, typed and scanned ------------------------------------------------------

    def search(self, words: str) -> None:
        """Show what matches the words, at first in all categories."""
        if words and not self._words and self._category:
            self._category = ""
            self._view.show_categories([c.name for c in self._categories], "")
        self._words = words
        self._load_tiles()

    def submit_search(self, words: str) -> None:
        """Add what the field names exactly (a barcode, an SKU), or the only size that is found."""
        if words.strip():
            self._ask(_Asked((words.strip(),), None))

    def choose_category(self, name: str) -> None:
        """Show one category; "" for all."""
        self._category = name
        self._view.show_categories([c.name for c in self._categories], name)
        self._load_tiles()

    def more_wanted(self) -> None:
        """Load the next tiles; the end of those here is near."""
        if self._more and not self._loading_more:
            self._loading_more = True
            search = self._search
            question = Tiles(
                words=self._words,
                category=self._category,
                offset=len(self._tiles),
                limit=TILES_MORE,
            )
            self._till.ask(question, done=lambda page: self._more_here(search, page))

    def add_key(self, key: SizeKey) -> None:
        """Add a pressed size, as many as were typed before; a dead key has asked already."""
        self._add(key, self._take_quantity(), has_asked=True)

    def type_digit(self, digit: str) -> None:
        """Take a digit of a quantity; it multiplies the next article."""
        typed = (self._quantity + digit).lstrip("0")[:3]
        self._quantity = typed
        self._show_quantity()

    def erase_digit(self) -> None:
        """Take the last typed digit back."""
        self._quantity = self._quantity[:-1]
        self._show_quantity()

    def drop_quantity(self) -> None:
        """Forget a typed quantity that nothing followed: the next customer's article is one."""
        self._quantity = ""
        self._show_quantity()

    def scanned(self, candidates: tuple[str, ...]) -> None:
        """Add the article whose code was scanned; a scan uses the typed quantity up."""
        self._ask(_Asked(candidates, self._take_quantity()))

    def _ask(self, asked: _Asked) -> None:
        if self._is_paused:
            self._asked.append(asked)
            return
        question, quantity = FindByCode(candidates=asked.candidates), asked.quantity
        if quantity is None:
            self._till.ask(question, done=self._submitted)
        else:
            self._till.ask(question, done=lambda answer: self._scan_answered(answer, quantity))

    def escape(self) -> None:
        """Clear what is half done: the quantity, else the search."""
        self._view.show_notice(None)
        self._doubts.clear()
        if self._quantity:
            self.drop_quantity()
        elif self._words or self._category:
            self._words = ""
            self._view.show_search("")
            self.choose_category("")

    def confirm_notice(self) -> None:
        """Add as many as were asked about; or take out again what the records do not have."""
        if large := self._doubts.take_large():
            if self._put(*large):
                self._show_doubts()
            return
        basket = self._basket
        for key, quantity in self._doubts.take_unrecorded():
            variant_id = key.variant.variant_id
            left = max(basket.quantity_of(variant_id) - quantity, 0)
            basket = basket.with_quantity(variant_id, left)
        self._show_doubts()
        if basket != self._basket:
            self._change(basket)

    def forget_notice(self) -> None:
        """Take it as a no that nobody answered: what is in the basket stays in it."""
        self._doubts.forget()
        if self._doubts.notice() is not None:
            self._show_doubts()

    def has_to_be_answered(self) -> bool:
        """Say whether a number waits for a yes, and show the question again if it does."""
        if self._doubts.large:
            self._show_doubts()
        return bool(self._doubts.large)

    def choose_line(self, place: int) -> None:
        """Open the stepper of a line; a second tap leaves it open."""
        self._current = self._basket.lines[place].variant.variant_id
        self._show_basket()

    def step(self, by: int) -> None:
        """Move the choice of the current line up or down."""
        lines = [line.variant.variant_id for line in self._basket.lines]
        if lines:
            place = lines.index(self._current) + by if self._current in lines else len(lines) - 1
            self._current = lines[max(0, min(place, len(lines) - 1))]
            self._show_basket()

    def change_current(self, by: int) -> None:
        """Change the quantity of the current line by one."""
        if self._current is not None:
            there = self._basket.quantity_of(self._current)
            self._change(self._basket.with_quantity(self._current, there + by))

    def remove_current(self) -> None:
        """Take the current line out."""
        if self._current is not None:
            self._change(self._basket.with_quantity(self._current, 0))

    def undo(self) -> None:
        """Go back to the basket before the last change."""
        if self._past and not self._is_locked:
            past = self._past.pop()
            self._basket, self._current = self._or_new(past.basket), past.current
            self._after_change()

    # Snapshots, for the scanner ----------------------------------------------------------------

    def snapshot(self) -> object:
        """Return what a burst of keys may disturb."""
        return self._quantity

    def restore(self, snapshot: object) -> None:
        """Take back what a burst of keys typed, once it proved to be a scan."""
        assert isinstance(snapshot, str)
        self._quantity = snapshot
        self._show_quantity()

    # Answers of the till -----------------------------------------------------------------------

    def _categories_here(self, categories: tuple[CategoryOnSale, ...]) -> None:
        self._categories = categories
        self._view.show_categories([c.name for c in categories], self._category)

    def _load_tiles(self, *, from_start: bool = True) -> None:
        """Ask for the first tiles; or for as many as are shown, to leave them where they are."""
        self._search += 1
        search = self._search
        limit = TILES_FIRST if from_start else max(TILES_FIRST, len(self._tiles))
        self._loading_more = not from_start  # what comes next would be next to the old ones
        question = Tiles(words=self._words, category=self._category, limit=limit)
        self._till.ask(
            question, done=lambda page: self._tiles_here(search, page, from_start=from_start)
        )

    def _tiles_here(self, search: int, page: TilePage, *, from_start: bool) -> None:
        if search != self._search:
            return  # somebody typed on; this answer is of yesterday
        self._tiles, self._more, self._loading_more = list(page.tiles), page.more, False
        self.answers += 1
        self._learn_levels(page.tiles)
        self._show_tiles(from_start=from_start)
        if not page.tiles:
            self._view.show_nothing_found(self._words)

    def _more_here(self, search: int, page: TilePage) -> None:
        if search != self._search:
            return
        self._tiles += page.tiles
        self._more, self._loading_more = page.more, False
        self._learn_levels(page.tiles)
        self._show_tiles(from_start=False)

    def _submitted(self, answer: Found | Unknown | Ambiguous) -> None:
        if isinstance(answer, Found):
            self._clear_search()
            self._add(answer.key, self._take_quantity())
        elif len(self._tiles) == 1 and len(self._tiles[0].keys) == 1:
            only = self._tiles[0].keys[0]
            self._clear_search()
            self._add(only, self._take_quantity())
        elif isinstance(answer, Unknown) and not self._tiles:
            self._view.show_notice(Notice(wording.unknown_code(answer.code), is_trouble=True))

    def _clear_search(self) -> None:
        self._words = ""
        self._view.show_search("")
        self._load_tiles()

    def _scan_answered(self, answer: Found | Unknown | Ambiguous, quantity: int) -> None:
        self.scan_told(isinstance(answer, Found))
        match answer:
            case Found(key=key):
                self._add(key, quantity)
            case Ambiguous(code=code):
                self._words = ""
                self._view.show_search(code)
                self.search(code)
                self._view.show_notice(Notice(wording.ambiguous_code(code)))
            case Unknown(code=code):
                self._view.show_notice(Notice(wording.unknown_code(code), is_trouble=True))

    # The basket --------------------------------------------------------------------------------

    def _add(self, key: SizeKey, quantity: int, *, has_asked: bool = False) -> None:
        """Add pieces. What is scanned is in the hand: if none is left, the record is wrong."""
        if self._is_locked:
            self._put(key, quantity)  # kept for the next sale
            return
        variant_id = key.variant.variant_id
        if not has_asked:
            self._levels[variant_id] = key.on_hand
        left = self._left(variant_id)
        if is_asked_first(quantity, left):
            self._doubts.ask(key, quantity, left)
            self._show_doubts()
        elif self._put(key, quantity):
            if left <= 0 and not has_asked:
                self._doubts.tell(key, quantity)
            self._show_doubts()

    def _show_doubts(self) -> None:
        """Say what has to be looked at, until somebody answers; none of it is forgotten."""
        self._view.show_notice(self._doubts.notice())

    def _put(self, key: SizeKey, quantity: int) -> bool:
        """Put pieces into the basket; say whether they are in it now."""
        if self._is_locked:
            self._late.append((key, quantity))
            self._view.show_notice(Notice(wording.in_the_next_sale(key.variant.label)))
            return False
        is_new = not self._basket.quantity_of(key.variant.variant_id)
        if is_new and len(self._basket.lines) >= LINES_MAX:
            self._view.show_notice(Notice(wording.basket_full(LINES_MAX), is_trouble=True))
            return False
        changed = self._basket.add(key.variant, max(1, min(quantity, QUANTITY_MAX)))
        self._remember()
        self._basket, self._current = changed, key.variant.variant_id
        self._after_change()
        return True

    def _take_late(self) -> None:
        """Add what was scanned while the basket was locked: no scan is lost."""
        late, self._late = self._late, []
        for key, quantity in late:
            self._add(key, quantity)

    def _change(self, basket: Basket) -> None:
        if self._is_locked:
            return
        self._remember()
        self._basket = self._or_new(basket)
        if self._current is not None and not basket.quantity_of(self._current):
            self._current = basket.lines[-1].variant.variant_id if basket.lines else None
        self._after_change()

    def _or_new(self, basket: Basket) -> Basket:
        """Return a basket, or a new one: what is scanned after an emptied one is not its money's.

        The same id would let what was taken for the customer who went pay for the next.
        """
        return basket if basket.lines else _new_basket(self._currency)

    def _remember(self) -> None:
        self._past.append(_Past(self._basket, self._current))
        del self._past[:-UNDO_MAX]

    def _after_change(self, *, save: bool = True) -> None:
        if save:
            self._save()
        if self._doubts.follow(self._basket):
            self._show_doubts()
        self._show_basket()
        self._view.show_left(self._all_left())
        for tell in self.basket_changed:
            tell(self._basket)

    def _save(self) -> None:
        self._till.execute(
            SaveBasket(basket=self._basket),
            done=lambda _nothing: None,
            refused=lambda _refused: None,
        )

    # Levels ------------------------------------------------------------------------------------

    def stock_moved(self, variant_ids: Sequence[VariantId]) -> None:
        """Ask again for the levels of what a sale or a delivery moved."""
        self._till.ask(KeysOf(variant_ids=tuple(variant_ids)), done=self._levels_here)

    def _refresh_levels(self) -> None:
        ids = tuple(line.variant.variant_id for line in self._basket.lines)
        if ids:
            self._till.ask(KeysOf(variant_ids=ids), done=self._levels_here)

    def _levels_here(self, keys: tuple[SizeKey, ...]) -> None:
        self._levels |= {key.variant.variant_id: key.on_hand for key in keys}
        if not self._is_locked:  # a paid basket is shown as it was paid
            self._view.show_left(self._all_left())
            self._show_basket()

    def _learn_levels(self, tiles: Sequence[Tile]) -> None:
        for tile in tiles:
            self._levels |= {key.variant.variant_id: key.on_hand for key in tile.keys}

    def _left(self, variant_id: VariantId) -> int:
        """Return what is left after this basket."""
        return self._levels.get(variant_id, 0) - self._basket.quantity_of(variant_id)

    # What is shown -----------------------------------------------------------------------------

    def _show_tiles(self, *, from_start: bool) -> None:
        language = self._language()
        cards = [card for tile in self._tiles for card in cards_of(tile, language)]
        self._view.show_tiles(cards, self._all_left(), from_start=from_start)

    def _all_left(self) -> dict[VariantId, int]:
        """Return what is left of everything that is shown."""
        left = {
            key.variant.variant_id: self._levels.get(key.variant.variant_id, 0)
            for tile in self._tiles
            for key in tile.keys
        }
        for line in self._basket.lines:
            if line.variant.variant_id in left:
                left[line.variant.variant_id] -= line.quantity
        return left

    def _show_basket(self) -> None:
        text = basket_text(
            self._basket, self._levels, current=self._current, language=self._language()
        )
        before = self._past[-1].basket if self._past else None
        undo, what = undo_text(self._basket, before) if before is not None else ("", "")
        self._view.show_basket(replace(text, can_undo=bool(self._past), undo=undo, undo_what=what))

    def _show_quantity(self) -> None:
        self._view.show_quantity(f"{self._quantity} ×" if self._quantity else "")

    def _take_quantity(self) -> int:
        quantity = int(self._quantity or "1")
        self._quantity = ""
        self._show_quantity()
        return max(quantity, 1)


def _new_basket(currency: Currency) -> Basket:
    return Basket(basket_id=BasketId(uuid7()), currency=currency)

"""What the checkout does: finds products, fills the basket, saves it. No Qt."""

# long: one method for each thing that a hand or a scanner does to the basket

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from pos.domain.basket import Basket
from pos.ids import VariantId
from pos.money import Currency
from pos.reports.catalogue import Ambiguous, FindByCode, Found, SizeKey, Tile, Unknown
from ui import wording
from ui.screens.checkout.doubts import Doubts, is_asked_first
from ui.screens.checkout.finding import Finding, FindingView
from ui.screens.checkout.in_progress import BasketInProgress
from ui.screens.checkout.line_sizes import LineSizes
from ui.screens.checkout.memory import Asked, CheckoutMemory
from ui.screens.checkout.saving import KeptBasket
from ui.screens.rows import BasketText, Notice
from ui.screens.till_access import TillAccess


class CheckoutView(FindingView, Protocol):
    """What the checkout needs of its widgets."""

    def show_left(self, left: Mapping[VariantId, int]) -> None: ...
    def show_basket(self, basket: BasketText) -> None: ...
    def show_quantity(self, text: str) -> None: ...
    def show_notice(self, notice: Notice | None) -> None: ...


class CheckoutPresenter:
    """Everything before payment: what is found, in finding.py, comes into the basket here."""

    def __init__(
        self, view: CheckoutView, till: TillAccess, language: Callable[[], str], currency: Currency
    ) -> None:
        self._view = view
        self._till = till
        self._language = language
        self._filled = BasketInProgress(currency)
        self.kept = KeptBasket(till)
        self._finding = Finding(view, till, language, lambda: self._filled.basket)
        self._finding.levels_changed = self._levels_changed
        self._sizes = LineSizes(till, self._sizes_here)
        self._quantity = ""
        self._doubts = Doubts()
        self._is_locked = False
        self._late: list[tuple[SizeKey, int]] = []
        self._is_paused = False
        self._asked: list[Asked] = []  # while it was paused
        self.basket_changed: list[Callable[[Basket], None]] = []
        self.scan_told: Callable[[bool], None] = lambda _is_known: None

    @property
    def basket(self) -> Basket:
        """Return the basket as it stands."""
        return self._filled.basket

    @property
    def tiles(self) -> Sequence[Tile]:
        """Return the products that are shown, in order."""
        return self._finding.tiles

    @property
    def answers(self) -> int:
        """Return how many searches have been answered."""
        return self._finding.answers

    @property
    def memory(self) -> CheckoutMemory:
        """Return what another window goes on with."""
        return CheckoutMemory(
            basket=self._filled.basket,
            current=self._filled.current,
            opened=self._sizes.line,
            past=tuple(self._filled.past),
            quantity=self._quantity,
            words=self._finding.words,
            category=self._finding.category,
            large=self._doubts.large,
            unrecorded=self._doubts.unrecorded,
            late=tuple(self._late),
            asked=tuple(self._asked),
            is_saved=self.kept.is_saved,
        )

    def start(self, saved: Basket | CheckoutMemory | None) -> None:
        """Show the catalogue, and the basket that was in progress when the till stopped."""
        if isinstance(saved, CheckoutMemory):
            self._remember_all(saved)
        elif saved is not None:
            self._filled.go_on_with(saved, saved.lines[-1].variant.variant_id)
        self._finding.start()
        self._show_basket()
        self._show_begun()

    def _remember_all(self, memory: CheckoutMemory) -> None:
        self._filled.go_on_with(memory.basket, memory.current, memory.past)
        self._quantity = memory.quantity
        self._finding.words, self._finding.category = memory.words, memory.category
        self._sizes.line = memory.opened
        self._sizes_again()
        self._doubts = Doubts(memory.large, memory.unrecorded)
        self._late, self._asked = list(memory.late), list(memory.asked)
        if not memory.is_saved:
            self.kept.keep(self._filled.basket)

    def _show_begun(self) -> None:
        """Show what was begun in another window, and ask what was to be asked."""
        if self._quantity:
            self._show_quantity()
        if self._finding.words:
            self._view.show_search(self._finding.words)
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
        self._finding.catalogue_changed()
        self._sizes_again()

    def next_sale(self) -> None:
        """Begin an empty basket, after the one before was paid."""
        self._filled.begin()
        self.kept.forget()
        self._quantity = ""
        self._is_locked = False
        if self._doubts.notice() is not None:
            self._doubts.clear()
            self._view.show_notice(None)
        if self._finding.words:
            self._finding.clear_words()  # the next customer wants something else
        self._after_change(save=False)
        self._view.show_quantity("")
        self._take_late()

    def abandon(self) -> None:
        """Begin an empty basket: the one before was not sold, and is forgotten."""
        self.next_sale()
        self.kept.keep(self._filled.basket)

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
        self._finding.search(words)

    def submit_search(self, words: str) -> None:
        """Add what the field names exactly (a barcode, an SKU), or the only size that is found."""
        if words.strip():
            self._ask(Asked((words.strip(),), None))

    def choose_category(self, name: str) -> None:
        """Show one category; "" for all."""
        self._finding.choose_category(name)

    def more_wanted(self) -> None:
        """Load the next tiles; the end of those here is near."""
        self._finding.more_wanted()

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
        self._ask(Asked(candidates, self._take_quantity()))

    def _ask(self, asked: Asked) -> None:
        if self._is_paused:
            self._asked.append(asked)
            return
        question, quantity = FindByCode(candidates=asked.candidates), asked.quantity
        if quantity is None:
            self._till.ask(question, done=self._submitted)
        else:
            self._till.ask(
                question,
                done=lambda answer: self._scan_answered(answer, quantity),
                troubled=lambda _trouble: self._not_scanned(),
            )

    def escape(self) -> None:
        """Clear what is half done: the quantity, else the search."""
        self._view.show_notice(None)
        self._doubts.clear()
        if self._quantity:
            self.drop_quantity()
        else:
            self._finding.clear()

    def confirm_notice(self) -> None:
        """Add as many as were asked about; or take out again what the records do not have."""
        if large := self._doubts.take_large():
            self._put(*large)
            return
        if self._is_locked:  # it is being sold; should that fail, it is still to be answered
            self._show_doubts()
            return
        basket = self._filled.basket
        for key, quantity in self._doubts.take_unrecorded():
            variant_id = key.variant.variant_id
            left = max(basket.quantity_of(variant_id) - quantity, 0)
            basket = basket.with_quantity(variant_id, left)
        self._show_doubts()
        if basket != self._filled.basket:
            self._change(basket)

    def forget_notice(self) -> None:
        """Take it as a no that nobody answered: what is in the basket stays in it."""
        self._doubts.forget()
        self.ask_again()

    def ask_again(self) -> None:
        """Show what still has to be looked at, once another sentence is over."""
        if self._doubts.notice() is not None:
            self._show_doubts()

    def has_to_be_answered(self) -> bool:
        """Say whether a number waits for a yes, and show the question again if it does."""
        if self._doubts.large:
            self._show_doubts()
        return bool(self._doubts.large)

    def choose_line(self, place: int) -> None:
        """Open the stepper of a line and its sizes; a second tap leaves them open."""
        self._filled.choose(place)
        self._open_line()

    def _open_line(self) -> None:
        self._show_basket()  # the sizes come when the till has answered
        if (line := self._filled.current_line) is not None:
            self._sizes.open(line.variant)

    def _sizes_again(self) -> None:
        line = self._filled.current_line
        if line is not None and line.variant.variant_id == self._sizes.line:
            self._sizes.open(line.variant)

    def change_size(self, key: SizeKey) -> None:
        """Have another size in the place of the open line's; a dead key has asked already."""
        if self._is_locked:
            return
        before = self._filled.basket
        if notice := self._filled.swap(key.variant):
            self._view.show_notice(notice)
        elif self._filled.basket != before:
            self._sizes.stay_with(key.variant.variant_id)
            self._after_change()

    def step(self, by: int) -> None:
        """Move the choice of the current line up or down."""
        if self._filled.step(by):
            self._open_line()

    def change_current(self, by: int) -> None:
        """Change the quantity of the current line by one."""
        line, basket = self._filled.current_line, self._filled.basket
        if line is not None and by > basket.room_for(line.variant.variant_id):
            self._view.show_notice(self._filled.full(line.variant, by))
        elif line is not None:
            self._change(basket.with_quantity(line.variant.variant_id, line.quantity + by))

    def remove_current(self) -> None:
        """Take the current line out."""
        if self._filled.current is not None:
            self._change(self._filled.basket.with_quantity(self._filled.current, 0))

    def undo(self) -> None:
        """Go back to the basket before the last change."""
        if not self._is_locked and self._filled.undo():
            self._sizes.stay_with(self._filled.current)
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

    def _submitted(self, answer: Found | Unknown | Ambiguous) -> None:
        if isinstance(answer, Found):
            self._finding.clear_words()
            self._add(answer.key, self._take_quantity())
        elif (only := self._finding.only_key) is not None:
            self._finding.clear_words()
            self._add(only, self._take_quantity())
        elif isinstance(answer, Unknown) and not self._finding.tiles:
            self._view.show_notice(Notice(wording.unknown_code(answer.code), is_trouble=True))

    def _scan_answered(self, answer: Found | Unknown | Ambiguous, quantity: int) -> None:
        self.scan_told(isinstance(answer, Found))
        match answer:
            case Found(key=key):
                self._add(key, quantity)
            case Ambiguous(code=code):
                self._finding.search_code(code)
                self._view.show_notice(Notice(wording.ambiguous_code(code)))
            case Unknown(code=code):
                self._view.show_notice(Notice(wording.unknown_code(code), is_trouble=True))

    def _not_scanned(self) -> None:
        """Say that a piece is in no basket, though the strip says that nothing is lost.

        Nobody looks between two scans, so it is heard as well.
        """
        self.scan_told(False)
        self._view.show_notice(Notice(wording.not_scanned(), is_trouble=True))

    # The basket --------------------------------------------------------------------------------

    def _add(self, key: SizeKey, quantity: int, *, has_asked: bool = False) -> None:
        """Add pieces. What is scanned is in the hand: if none is left, the record is wrong."""
        if self._is_locked:
            self._put(key, quantity)  # kept for the next sale
            return
        if not has_asked:
            self._finding.learn([key])
        left = self._finding.left(key.variant.variant_id)
        if is_asked_first(quantity, left):
            self._doubts.ask(key, quantity, left)
            self._show_doubts()
        else:
            self._put(key, quantity, is_unrecorded=left <= 0 and not has_asked)

    def _show_doubts(self) -> None:
        """Say what has to be looked at, until somebody answers; none of it is forgotten."""
        self._view.show_notice(self._doubts.notice())

    def _put(self, key: SizeKey, quantity: int, *, is_unrecorded: bool = False) -> None:
        """Put pieces into the basket, and say how many did not fit in."""
        if self._is_locked:
            self._late.append((key, quantity))
            self._view.show_notice(Notice(wording.in_the_next_sale(key.variant.label)))
            return
        if fits := self._filled.put(key.variant, quantity):
            self._after_change()
            if is_unrecorded:
                self._doubts.tell(key, fits)
        self._show_doubts()
        if fits < quantity:
            self._view.show_notice(self._filled.full(key.variant, quantity - fits))

    def _take_late(self) -> None:
        """Add what was scanned while the basket was locked: no scan is lost."""
        late, self._late = self._late, []
        for key, quantity in late:
            self._add(key, quantity)

    def _change(self, basket: Basket) -> None:
        if not self._is_locked:
            self._filled.change(basket)
            self._after_change()

    def _after_change(self, *, save: bool = True) -> None:
        if save:
            self.kept.keep(self._filled.basket)
        if self._doubts.follow(self._filled.basket):
            self._show_doubts()
        self._sizes.close_unless(self._filled.current)
        self._show_basket()
        self._view.show_left(self._finding.all_left())
        for tell in self.basket_changed:
            tell(self._filled.basket)

    def save_again(self) -> None:
        """Have the disk keep what it did not take, unless somebody pays it just now."""
        self.kept.again(is_locked=self._is_locked)

    # Levels ------------------------------------------------------------------------------------

    def stock_moved(self, variant_ids: Sequence[VariantId]) -> None:
        """Ask again for the levels of what a sale or a delivery moved."""
        self._finding.ask_levels(variant_ids)

    def _levels_changed(self) -> None:
        if not self._is_locked:  # a paid basket is shown as it was paid
            self._view.show_left(self._finding.all_left())
            self._show_basket()

    # What is shown -----------------------------------------------------------------------------

    def _show_basket(self) -> None:
        language, filled = self._language(), self._filled
        text = filled.text(self._finding.levels, language)
        sizes = self._sizes.text(filled.current, self._finding.left, language)
        self._view.show_basket(replace(text, sizes=sizes))

    def _sizes_here(self, keys: Sequence[SizeKey]) -> None:
        self._finding.learn(keys)
        self._levels_changed()

    def _show_quantity(self) -> None:
        self._view.show_quantity(f"{self._quantity} ×" if self._quantity else "")

    def _take_quantity(self) -> int:
        quantity = int(self._quantity or "1")
        self._quantity = ""
        self._show_quantity()
        return max(quantity, 1)

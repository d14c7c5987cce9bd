"""What a cashier does again and again, played on a stage."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pos.domain.facts import SaleCompleted
from pos.reports.catalogue import SizeKey
from ui.demo.hand import Hand
from ui.demo.player import Scene, Until, expect
from ui.demo.stage import Stage
from ui.widgets import size_key


class Cashier:
    """A hand that knows the till."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.hand = Hand(stage.window)

    def key(self, *, left_min: int) -> size_key.SizeKey:
        """Return a size key within reach that has so many left."""
        live = self.live(self._stage.keys(self.hand), left_min)
        expect(bool(live), "a size is left")
        return live[0]

    @staticmethod
    def live(keys: list[size_key.SizeKey], left_min: int) -> list[size_key.SizeKey]:
        """Return those of some keys that have so many left."""
        return [key for key in keys if key.key.on_hand >= left_min and not key.is_sold_out]

    def category(self, name: str) -> Scene:
        """Touch a category, and wait for its tiles."""
        stage = self._stage
        chips = [
            chip
            for chip in stage.window.checkout.findChildren(QPushButton)
            if chip.property("category") == name
        ]
        expect(len(chips) == 1, f"there is a category {name}")
        self.hand.touch(chips[0])
        yield Until(f"{name} are shown", lambda: self.all_in(name))

    def all_in(self, category: str) -> bool:
        """Say whether only this category is shown."""
        keys = [key.key for card in self._stage.cards() for key in card.keys]
        return bool(keys) and all(key.variant.category == category for key in keys)

    def search(self, words: str) -> Scene:
        """Type into the search field until one design is left."""
        stage, hand = self._stage, self.hand
        hand.key(Qt.Key.Key_F2)
        hand.type(words)
        yield Until("one design is found", lambda: len({c.product_id for c in stage.cards()}) == 1)

    def empty_search(self) -> Scene:
        """Let all designs come back."""
        stage, hand = self._stage, self.hand
        before = len(stage.cards())
        hand.key(Qt.Key.Key_Escape)
        yield Until("all designs are back", lambda: len(stage.cards()) > before)

    def scan(self, count: int) -> Scene:
        """Scan articles that are not in the basket yet, the cheapest first."""
        stage, hand = self._stage, self.hand
        found: list[SizeKey] = []
        yield from stage.labels(lambda key: bool(key.variant.barcode) and key.on_hand > 0, found)
        before = stage.basket.pieces
        there = {line.variant.variant_id for line in stage.basket.lines}
        new = [key for key in found if key.variant.variant_id not in there]
        new.sort(key=lambda key: key.variant.price.minor)
        for key in new[:count]:
            hand.scan(key.variant.barcode)
        yield stage.pieces(before + count)

    def type_quantity(self, digits: str) -> Scene:
        """Type how many pieces the next article has, and see it."""
        yield from self._type(digits, self._stage.window, role="quantity")

    def type_amount(self, digits: str) -> Scene:
        """Type an amount that is handed over, and see it."""
        yield from self._type(digits, self._stage.window.payment, role="amount")

    def _type(self, digits: str, page: QWidget, *, role: str) -> Scene:
        """Type, and wait: a digit may have to prove first that it is no scanner's."""
        self.hand.type(digits)

        def is_shown() -> bool:
            labels = (label for label in page.findChildren(QLabel) if label.isVisibleTo(page))
            return any(
                label.property("role") == role and _digits(label.text()) == digits
                for label in labels
            )

        yield Until(f"{digits} is shown", is_shown)

    def to_payment(self) -> Scene:
        """Touch the big key under the total."""
        stage = self._stage
        self.hand.touch(stage.button(stage.window.basket, role="accent"))
        yield stage.shows(stage.window.payment)

    def quick_keys(self) -> list[QPushButton]:
        """Return the quick cash keys: those with an amount on them and no icon."""
        keys = [
            key
            for key in self._stage.window.payment.findChildren(QPushButton)
            if len(key.text()) > 1 and not key.property("icon_name") and self.hand.reaches(key)
        ]
        expect(bool(keys), "quick cash keys are to be seen")
        return keys

    def on_terminal(self, key: Qt.Key, text: str) -> Scene:
        """Press the key of a way to pay that has a terminal."""
        self.hand.key(key, text)
        yield Until("the terminal is asked", self.terminal_is_asked)

    def terminal_is_asked(self) -> bool:
        """Say whether the screen waits for the terminal."""
        return bool(self._stage.buttons(self._stage.window.payment, icon="check"))

    def paid(self) -> Scene:
        """Wait for the end of a sale."""
        stage = self._stage
        yield stage.shows(stage.window.done)

    def expect_change(self) -> None:
        """See that the change is what was handed over too much."""
        sale = self._stage.sales[-1]
        expect(bool(sale.change), "there is change to give")
        handed_over = sale.tenders[0].amount
        expect(handed_over - sale.change == sale.total, "the change is what is too much")

    def next_by_touch(self) -> Scene:
        """Touch the key that goes on to the next customer."""
        stage = self._stage
        self.hand.touch(stage.button(stage.window.done, icon="arrow-right"))
        yield stage.shows(stage.window.checkout)

    def sees_receipt(self, sale: SaleCompleted) -> bool:
        """Say whether a sale's receipt is on the screen."""
        return any(
            label.accessibleName() == sale.receipt_number and label.isVisibleTo(self._stage.window)
            for label in self._stage.window.done.findChildren(QLabel)
        )

    def printed(self, number: str, *, copies: int) -> Until:
        """Wait until so many receipts of a sale lie in the folder."""
        return Until(
            f"{copies} receipts of {number} are printed",
            lambda: len(self.files(number)) == copies,
        )

    def files(self, number: str) -> list[Path]:
        """Return the printed receipts of a sale; the text is written before the bytes."""
        return [
            file
            for file in self._stage.receipts_folder.glob("*.escpos")
            if number in file.with_suffix(".txt").read_text(encoding="utf-8")
        ]


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())

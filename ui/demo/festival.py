"""Two tills and a hub: what one sells the other sees, and a hub without power holds up nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt

from ui.demo.beside import Look, SecondTill
from ui.demo.cashier import Cashier
from ui.demo.hub import DemoHub, HubFailed
from ui.demo.player import Scene, Until, expect
from ui.demo.stage import Stage

PATIENCE_MS = 120_000
"""Starting a hub takes seconds on a fast machine, and this is not always one."""

RAISE_MINOR = 100
"""By how much head office raises a price: one euro."""


class Festival:
    """The scenes of the first till."""

    def __init__(self, stage: Stage, hub: DemoHub, second: SecondTill) -> None:
        self._stage, self._hub, self._second = stage, hub, second
        self._cashier = Cashier(stage)
        self._hand = self._cashier.hand

    def scenes(self) -> Iterator[tuple[str, Scene]]:
        """Return them, in order."""
        yield "all_sent", self._all_sent()
        yield "seen_beside", self._seen_beside()
        yield "hub_unplugged", self._unplugged()
        yield "hub_back", self._back()
        yield "new_price", self._new_price()

    def _all_sent(self) -> Scene:
        """See that all that was sold so far is at the hub."""
        yield self._second.has_seen("open")
        yield self._is("all_sent")
        yield from self._stage.photograph("all-sent")

    def _seen_beside(self) -> Scene:
        """Sell a size, and see it fall on the till beside."""
        yield from self._show_all()
        key = self._cashier.key(left_min=2)
        look = Look(variant_id=key.key.variant.variant_id, left=key.key.on_hand - 1)
        yield from self._sell()
        self._second.look_for(look)
        yield self._second.has_seen("stock")

    def _unplugged(self) -> Scene:
        """Pull the hub's plug, and sell on."""
        yield from self._beside_the_sale("the hub is off", self._hub.pull_the_plug)
        yield from self._sell()
        yield self._is("no_contact")
        amount = self._stage.till.syncing.status.amount
        expect(amount is not None and amount.minor > 0, "the light says what is only here")
        yield from self._stage.photograph("hub-unplugged")
        self._hand.key(Qt.Key.Key_F11)
        yield self._stage.shows(self._stage.window.sync)
        yield from self._stage.photograph("hub-page")

    def _back(self) -> Scene:
        """Put the plug back: everything arrives."""
        yield from self._beside_the_sale("the hub is back", self._hub.plug_in)
        window = self._stage.window
        self._hand.touch(self._stage.button(window.sync, icon="cloud-upload"))
        yield self._is("all_sent")
        yield from self._stage.photograph("all-sent-again")
        self._hand.key(Qt.Key.Key_F11)
        yield self._stage.shows(window.checkout)

    def _new_price(self) -> Scene:
        """Let head office change a price, and see it on both tills."""
        card = self._stage.cards()[0]
        variant = card.keys[0].key.variant
        raised = variant.price.minor + RAISE_MINOR
        price = f"{raised // 100}.{raised % 100:02}"
        self._second.look_for(Look(product_id=variant.product_id, price_minor=raised))
        yield from self._beside_the_sale(
            "the price is changed", lambda: self._hub.change_price(variant.name, price)
        )

        def is_new() -> bool:
            keys = [key.key.variant for card in self._stage.cards() for key in card.keys]
            return any(
                one.variant_id == variant.variant_id and one.price.minor == raised for one in keys
            )

        yield Until("the new price is on the tile", is_new, PATIENCE_MS)
        yield from self._stage.photograph("new-price")
        yield self._second.has_seen("price")

    # What is done again and again ----------------------------------------------------------------

    def _show_all(self) -> Scene:
        if self._stage.window.page is not self._stage.window.checkout:
            yield self._stage.shows(self._stage.window.checkout)
        self._hand.key(Qt.Key.Key_Escape)
        self._hand.key(Qt.Key.Key_Escape)
        yield Until("the tiles are there", lambda: bool(self._stage.keys(self._hand)))

    def _sell(self) -> Scene:
        """Sell one piece for exact cash."""
        stage = self._stage
        self._hand.touch(self._cashier.key(left_min=2))
        yield stage.pieces(1)
        yield from self._cashier.to_payment()
        self._hand.touch(self._cashier.quick_keys()[0])
        yield from self._cashier.paid()
        yield from self._cashier.next_by_touch()

    def _is(self, state: str) -> Until:
        syncing = self._stage.till.syncing

        def is_so() -> bool:
            return syncing.status.state == state and not syncing.status.is_arriving

        return Until(f"the hub's light says {state}", is_so, PATIENCE_MS)

    @staticmethod
    def _beside_the_sale(what: str, act: Callable[[], None]) -> Scene:
        """Do something slow on a thread, while the window goes on."""
        ends: list[str] = []

        def run() -> None:
            try:
                act()
            except HubFailed as failed:
                ends.append(str(failed))
            else:
                ends.append("")

        threading.Thread(target=run, name="hub", daemon=True).start()
        yield Until(what, lambda: bool(ends), PATIENCE_MS)
        expect(not ends[0], f"{what}: {ends[0]}")

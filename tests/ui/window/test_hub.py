"""The hub at the real window: its light, its page, and what it may change while somebody sells."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtTest import QTest

from pos.commands import ApplyFeed, BeginSnapshot, JoinOrganisation
from pos.domain.feed import ProductListed, StandListed, StockOfTill, TillListed
from pos.domain.feed_place import FeedTaken, TillHeard
from pos.folders import Folders
from pos.ids import OperatorCode, variant_id
from pos.reports.sales import FindLastSale
from pos.settings import Settings
from sync.enrolment_code import code_of, invitation_text
from sync.enrolment_protocol import Invitation
from tests.builders import a_product, a_size, folders_in
from tests.ui.screens.conftest import POSTER, WILDFIRE_M
from tests.ui.sync.hubs import APART, ARRIVING, FORKED, HUB, SENT, FakeEngine
from tests.ui.window.cashier import LEFT, NONE, Cashier
from tests.ui.window.conftest import Opens
from ui.screens.sync.state import HubStatus
from ui.syncing import SHOW_EVERY_MS, BetweenBaskets, Till

FEED = "f1"
INVITATION = Invitation(
    address="https://10.0.0.2:8443", fingerprint=b"\x07" * 32, code=code_of(bytes(12)), expires_at=1
)


class Desk:
    """A cashier whose till has a hub, and the engine that speaks with it."""

    def __init__(self, cashier: Cashier) -> None:
        self.cashier = cashier
        self.engine = join(cashier)

    def hears(self, *items: Any, seen: tuple[TillHeard, ...] = ()) -> None:
        """Let the hub tell something of all that holds, on a thread like the engine's."""

        def tell() -> None:
            self.engine.till.execute(BeginSnapshot(feed_id=FEED, position=1))
            page = ApplyFeed(feed_id=FEED, position=1, items=items, seen=seen)
            taken.append(self.engine.till.execute(page))

        taken: list[object] = []
        threading.Thread(target=tell, daemon=True).start()
        self.cashier.until(lambda: bool(taken))
        assert isinstance(taken[0], FeedTaken), taken

    def says(self, status: HubStatus) -> None:
        self.engine.says(status)


def join(cashier: Cashier) -> FakeEngine:
    cashier.app.bridge.execute(
        JoinOrganisation(
            organisation_id="o1",
            organisation_name=HUB.organisation,
            till_id="t1",
            serial=1,
            device_public_key="00" * 32,
            operator=OperatorCode("till"),
        ),
        done=lambda _fact: None,
        refused=lambda _refused: None,
    )
    made: list[FakeEngine] = []

    def make(till: Till, tell: Any) -> FakeEngine:
        made.append(FakeEngine(till, tell))
        return made[0]

    cashier.app.syncing.begin(cashier.app.bridge, HUB, make, cashier.app.checkout.basket)
    return made[0]


@pytest.fixture
def desk(cashier: Cashier) -> Desk:
    cashier.window.resize(1600, 900)
    return Desk(cashier)


def test_a_till_without_a_hub_has_no_light_of_one(cashier: Cashier) -> None:
    assert not cashier.window.hub.isVisible()
    cashier.press_key(Qt.Key.Key_F11)
    assert cashier.window.page is cashier.window.checkout


def test_the_light_says_in_a_sentence_what_is_only_here(desk: Desk) -> None:
    desk.says(APART)
    desk.cashier.until_says("€1,240 only on this till, last contact")
    desk.says(SENT)
    desk.cashier.until_says("All sent")


def test_the_light_leads_to_the_hubs_page_and_escape_leads_back(desk: Desk) -> None:
    cashier = desk.cashier
    desk.says(APART)
    cashier.until_says("€1,240 only on this till")
    cashier.touch(cashier.window.hub)
    cashier.until_page(cashier.window.sync)
    assert {"48 sales\n142 journal entries", HUB.organisation, HUB.address} <= set(cashier.texts())
    cashier.press("Send now")
    assert desk.engine.sent == 1
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until_page(cashier.window.checkout)
    cashier.press_key(Qt.Key.Key_F11)
    cashier.until_page(cashier.window.sync)
    cashier.press_key(Qt.Key.Key_F11)
    cashier.until_page(cashier.window.checkout)


def test_a_scan_on_the_hubs_page_sells(desk: Desk) -> None:
    cashier = desk.cashier
    cashier.press_key(Qt.Key.Key_F11)
    cashier.until_page(cashier.window.sync)
    cashier.scan(WILDFIRE_M)
    cashier.until_page(cashier.window.checkout)
    cashier.until(lambda: len(cashier.lines()) == 1)


def test_other_tills_at_this_stand_are_on_the_page(desk: Desk) -> None:
    desk.hears(
        StandListed(stand="GS", name="Grande scène"),
        TillListed(till_id="t1", till="1", stand="GS"),
        TillListed(till_id="t2", till="2", stand="GS"),
        TillListed(till_id="t3", till="1", stand="SN"),
        seen=(TillHeard(till_id="t2", seen_at="2026-07-18T13:00:00Z"),),
    )
    desk.cashier.press_key(Qt.Key.Key_F11)
    desk.cashier.until_says("till 2, ")
    assert not any("till 1" in text for text in desk.cashier.texts(desk.cashier.window.sync))


def test_every_recorded_entry_wakes_the_engine(desk: Desk) -> None:
    before = desk.engine.woken
    desk.cashier.scan(WILDFIRE_M)
    desk.cashier.until(lambda: len(desk.cashier.lines()) == 1)
    desk.cashier.pay_exactly()
    desk.cashier.until(lambda: desk.engine.woken > before)


def test_the_light_and_the_page_go_on_in_another_language(desk: Desk) -> None:
    cashier = desk.cashier
    desk.says(APART)
    cashier.until_says("only on this till")
    old = cashier.window
    cashier.press("Language")
    cashier.until(lambda: cashier.window is not old)
    cashier.until_says("seulement sur cette caisse")
    cashier.press_key(Qt.Key.Key_F11)
    cashier.until_says("Autres caisses de ce stand")


# Closing ----------------------------------------------------------------------------------------


def test_closing_says_once_what_was_not_sent(desk: Desk) -> None:
    cashier = desk.cashier
    desk.says(APART)
    cashier.until_says("only on this till")
    cashier.window.close()
    assert cashier.window.isVisible()
    assert any("Not sent to the hub yet: €1,240" in text for text in cashier.banners())
    cashier.window.close()
    assert not cashier.window.isVisible()
    assert desk.engine.is_closed


def test_closing_asks_nothing_once_all_is_sent(desk: Desk) -> None:
    desk.says(SENT)
    desk.cashier.until_says("All sent")
    desk.cashier.window.close()
    assert not desk.cashier.window.isVisible()


# Between baskets --------------------------------------------------------------------------------


def test_nothing_is_taken_in_while_a_basket_is_open(desk: Desk) -> None:
    cashier, waited = desk.cashier, threading.Event()
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)

    def wait() -> None:
        desk.engine.till.may_apply()
        waited.set()

    threading.Thread(target=wait, daemon=True).start()
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    assert not waited.is_set()
    cashier.pay_exactly()
    cashier.until(waited.is_set)  # it is paid: nobody has to go on to the next customer first


def test_closing_waits_for_no_basket(desk: Desk) -> None:
    cashier = desk.cashier
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    thread = threading.Thread(target=desk.engine.till.may_apply)
    thread.start()
    cashier.window.close()
    thread.join(timeout=20)
    assert not thread.is_alive()


def test_a_basket_that_stays_open_holds_nothing_up_for_ever() -> None:
    between = BetweenBaskets(wait_max_s=0.05)
    between.basket_is(is_open=True)
    between.wait()  # comes back


def test_a_new_price_is_on_the_tiles_in_their_places(desk: Desk) -> None:
    cashier = desk.cashier
    cashier.until(lambda: len(cashier.tiles()) >= 4)
    before = [text.split(",")[0] for text in cashier.tiles()]
    size = a_size("", handle="poster", price=990, barcodes=(POSTER,))
    desk.hears(ProductListed(product=a_product("poster", size, name="Affiche de l’été")))
    cashier.until(lambda: any(text.endswith("€9.90") for text in cashier.tiles()))
    assert [text.split(",")[0] for text in cashier.tiles()] == before


def test_new_tiles_leave_the_search_and_lose_no_scan(desk: Desk) -> None:
    cashier = desk.cashier
    cashier.press_key(Qt.Key.Key_F2)
    cashier.type("wild")
    cashier.until(lambda: len(cashier.tiles()) == 1)
    answers = cashier.app.checkout.answers
    desk.hears(ProductListed(product=a_product("wildling", name="Wildling")))
    cashier.scan(POSTER)
    cashier.until(lambda: cashier.app.checkout.answers > answers)
    cashier.until(lambda: len(cashier.lines()) == 1)
    assert cashier.search_field().text() == "wild"
    cashier.until(lambda: len(cashier.tiles()) == 2)


def test_no_tile_changes_under_a_finger(desk: Desk) -> None:
    cashier, window = desk.cashier, desk.cashier.window.windowHandle()
    changes: list[int] = []
    cashier.app.syncing.catalogue_changed.connect(lambda: changes.append(1))
    QTest.mousePress(window, LEFT, NONE, QPoint(5, 5))
    for price in range(1_000, 1_005):
        size = a_size("", handle="poster", price=price, barcodes=(POSTER,))
        desk.hears(ProductListed(product=a_product("poster", size, name="Affiche")))
    waited = QElapsedTimer()
    waited.start()
    cashier.until(lambda: waited.elapsed() > 2 * SHOW_EVERY_MS)
    assert changes == []
    QTest.mouseRelease(window, LEFT, NONE, QPoint(5, 5))
    cashier.until(lambda: changes == [1])  # once, for all of them


def test_the_pieces_of_the_tills_beside_count_on_the_tiles(desk: Desk) -> None:
    cashier = desk.cashier
    key = cashier.size_key("T-shirt Wildfire · M")
    before = key.key.on_hand
    desk.hears(
        StockOfTill(
            till_id="t2",
            stand="GS",
            variant_id=key.key.variant.variant_id,
            pieces=-3,
            at="2026-07-18T13:00:00Z",
        )
    )
    cashier.until(lambda: cashier.size_key("T-shirt Wildfire · M").key.on_hand == before - 3)


def test_a_dead_key_says_which_other_stand_has_the_size(desk: Desk) -> None:
    cashier = desk.cashier
    desk.hears(
        StandListed(stand="SN", name="Scène Nord"),
        StockOfTill(
            till_id="t3",
            stand="SN",
            variant_id=variant_id("cap", ()),
            pieces=4,
            at="2026-07-18T13:00:00Z",
        ),
    )
    cashier.touch(cashier.size_key("Casquette"))
    cashier.until(lambda: "Scène Nord has 4, " in cashier.notice())
    assert cashier.notice().endswith("Touch it once more to sell it.")
    assert cashier.lines() == []


def test_an_empty_till_with_a_hub_is_not_led_to_an_import(opens: Opens, tmp_path: Path) -> None:
    cashier = opens(folders_in(tmp_path), settings=Settings(language="en", sound=False))
    cashier.press("Training only")
    cashier.until_says("No items here yet.")
    desk = Desk(cashier)
    cashier.until_says("The catalogue is arriving from the hub …")
    assert "Import a catalogue" not in cashier.texts()
    desk.hears(ProductListed(product=a_product("poster", name="Affiche")))
    cashier.until(lambda: len(cashier.tiles()) == 1)
    desk.says(ARRIVING)
    cashier.until(lambda: "1 product, still arriving" in cashier.window.hub.accessibleName())


# Forks and codes --------------------------------------------------------------------------------


def test_a_fork_goes_on_with_a_new_journal_that_names_the_old_one(desk: Desk) -> None:
    cashier = desk.cashier
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    old = cashier.window
    desk.says(FORKED)
    cashier.until_says("The hub has another continuation")
    cashier.press_key(Qt.Key.Key_F11)
    cashier.press("Continue with a new journal")
    cashier.press("Yes: continue with a new journal")
    cashier.until(lambda: cashier.window is not old)
    cashier.until_page(cashier.window.checkout)
    cashier.until(lambda: len(cashier.lines()) == 1)  # the basket came along
    assert desk.engine.is_closed
    cashier.pay_exactly()
    sold = cashier.ask(FindLastSale())
    assert sold is not None
    assert sold.opened.previous is not None
    assert sold.opened.previous.reason == "forked"
    assert cashier.crashes == []


def test_a_hubs_code_on_a_till_that_has_one_changes_nothing(desk: Desk) -> None:
    cashier = desk.cashier
    cashier.scan(invitation_text(INVITATION))
    cashier.until(lambda: "belongs to Les Disques du Quai already" in cashier.notice())
    assert cashier.lines() == []


def test_a_hubs_code_on_a_till_without_one_says_where_it_is_wanted(cashier: Cashier) -> None:
    cashier.scan(invitation_text(INVITATION))
    cashier.until(lambda: "open the settings (F10)" in cashier.notice())


def test_a_till_joins_later_in_the_settings_after_a_key_and_not_by_the_scan(
    cashier: Cashier,
) -> None:
    cashier.press_key(Qt.Key.Key_F10)
    cashier.until_page(cashier.window.settings)
    cashier.scan(invitation_text(INVITATION))
    cashier.until_says("Press “Join this hub” to go on. From then on")
    assert cashier.window.hub.isHidden()


def test_the_door_to_a_hub_opens_by_its_code_alone(
    opens: Opens, tmp_path: Path, nobody: Invitation
) -> None:
    cashier = opens(folders_in(tmp_path), settings=Settings(language="en", sound=False))
    cashier.scan(invitation_text(nobody))
    cashier.until_says("Which hub?")
    cashier.until_says("The hub cannot work at the moment")  # nobody listens there
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until_says("Join a hub")


@pytest.fixture
def nobody() -> Invitation:
    """Return an invitation to a port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Invitation(
        address=f"http://127.0.0.1:{port}", fingerprint=b"", code=code_of(bytes(12)), expires_at=1
    )


def test_what_is_unsent_is_said_in_the_language_of_the_moment(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand, settings=Settings(language="fr", sound=False))
    engine = join(cashier)
    engine.says(APART)
    cashier.until(lambda: cashier.app.syncing.status.has_unsent)
    cashier.window.close()
    assert any("Pas encore envoyé au hub" in text for text in cashier.banners())

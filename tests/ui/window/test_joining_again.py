"""A till that its hub lets in no more joins again, at the real window and with a real hub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from sync.hub import enrolment
from sync.hub.store.tables import till
from tests.sync.hub.serving import Running, running
from tests.ui.window.cashier import Cashier
from ui.screens.sync.state import HubStatus


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "hub") as hub:
        yield hub


def join(hub: Running, cashier: Cashier) -> None:
    if cashier.window.page is not cashier.window.checkout:
        cashier.press_key(Qt.Key.Key_Escape)
        cashier.until_page(cashier.window.checkout)
    cashier.press_key(Qt.Key.Key_F10)
    cashier.until_page(cashier.window.settings)
    cashier.scan(enrolment.invite(hub.hub.gate, "GS").text)
    cashier.until_says("Press “Join this hub” to go on. From then on")
    cashier.press("Join this hub")


def is_sent(cashier: Cashier) -> bool:
    return cashier.app.syncing.status.state == "all_sent"


def of_hub(hub: Running) -> dict[str, bool]:
    """Return the hub's tills, and whether they were revoked."""
    with hub.hub.database.read() as connection:
        found = connection.execute(select(till.c.till_id, till.c.revoked_at))
        return {till_id: revoked_at is not None for till_id, revoked_at in found}


def test_a_till_that_was_revoked_joins_again_by_a_new_code(hub: Running, cashier: Cashier) -> None:
    # Given a till that joined, and was revoked by mistake
    join(hub, cashier)
    cashier.until(lambda: is_sent(cashier))
    (first,) = of_hub(hub)
    enrolment.revoke(hub.hub.gate, first)
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until_page(cashier.window.checkout)
    cashier.press_key(Qt.Key.Key_F11)
    cashier.until_page(cashier.window.sync)
    cashier.press("Send now")
    cashier.until_says("Head office has revoked this till")
    # When it gets another code
    join(hub, cashier)
    # Then everything arrives, and the window knows of one hub as before
    cashier.until(lambda: is_sent(cashier))
    assert sorted(of_hub(hub).values()) == [False, True]
    assert cashier.app.syncing.status.waiting == 0
    assert cashier.crashes == []


def test_a_till_that_its_hub_knows_stays_the_till_that_it_was(
    hub: Running, cashier: Cashier
) -> None:
    """As after another certificate of the hub's: nothing is counted twice."""
    join(hub, cashier)
    cashier.until(lambda: is_sent(cashier))
    before = of_hub(hub)
    cashier.app.syncing.close()
    cashier.app.syncing.status = HubStatus(state="trouble", trouble="wrong_certificate")
    join(hub, cashier)
    cashier.until(lambda: is_sent(cashier))
    assert of_hub(hub) == before


def test_a_hub_that_a_till_gets_on_with_is_not_left_by_a_scan(
    hub: Running, cashier: Cashier
) -> None:
    join(hub, cashier)
    cashier.until(lambda: is_sent(cashier))
    cashier.scan(enrolment.invite(hub.hub.gate, "GS").text)
    cashier.until_says("belongs to Les Disques du Quai already")
    assert cashier.window.settings.join.isHidden()

"""A till that cannot be opened: what it says, what it leaves alone, and the ways on."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3

from pos.bootstrap import TAIL_ENTRIES
from pos.clock import utc_now
from pos.commands import FinishImport
from pos.errors import StorageDamaged, StorageUnavailable
from pos.folders import Folders
from pos.reports.question import Question
from pos.reports.sales import FindLastSale, SavedBasket, Staff
from pos.store.journal import read_end
from pos.till import Till
from tests.builders import ZOE, a_till, folders_in
from tests.ui.screens.conftest import WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens

TRAINING = "TRAINING: nothing here is a real sale."
GO_ON = "Continue with a new journal"
SURE = "Yes: keep the old file, sell with a new one"
TRAIN = "Open for training only"


SHIRT = "1 × T-shirt Wildfire, M, €25.00"


def sell_a_shirt(cashier: Cashier) -> str:
    """Sell a shirt for cash and return the receipt's number."""
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: any(SHIRT in line for line in cashier.lines()))
    cashier.pay_exactly()
    record = cashier.ask(FindLastSale())
    assert record is not None
    return record.sale.receipt_number


def damage(path: Path) -> None:
    """Write over the first pages, as a bad memory card does."""
    with path.open("r+b") as file:
        file.write(b"\xa5" * 8192)


def names(cashier: Cashier) -> set[str]:
    return set(cashier.texts(cashier.window.trouble))


def test_a_till_without_an_identity_opens_for_training_only(opens: Opens, tmp_path: Path) -> None:
    """Without a legal identity nothing is sold (R83)."""
    folders = folders_in(tmp_path)
    cashier = opens(folders)
    assert cashier.is_welcomed
    cashier.press("Training only")
    cashier.until_page(cashier.window.checkout)
    assert cashier.banners() == (TRAINING,)
    assert not folders.live.exists()
    cashier.until_says("Import a catalogue")


def test_training_leaves_the_real_till_alone(opens: Opens, stand: Folders) -> None:
    before = stand.live.read_bytes()
    cashier = opens(stand, mode="training")
    assert cashier.banners() == (TRAINING,)
    cashier.scan(WILDFIRE_M)  # a training till has a catalogue, but no stock
    cashier.until_says("Take out")
    cashier.press("Take out")
    cashier.until_lines()
    assert sell_a_shirt(cashier) == "TEST-GS-1-1-000001"
    cashier.press("Print")
    (receipt,) = cashier.printed()
    assert "FACTICE – SIMULATION" in receipt
    assert stand.live.read_bytes() == before


def test_a_damaged_till_says_so_changes_nothing_and_goes_on_with_a_new_journal(
    opens: Opens, stand: Folders
) -> None:
    # Given a till whose file is damaged
    damage(stand.live)
    broken = stand.live.read_bytes()
    cashier = opens(stand)
    # Then it names the file, and has touched nothing
    assert cashier.is_in_trouble
    assert any("till.db is damaged" in text for text in names(cashier))
    assert stand.live.read_bytes() == broken
    assert not cashier.window.basket.isVisible()
    # When somebody goes on with a new journal, and means it
    cashier.press(GO_ON)
    assert GO_ON not in names(cashier)
    assert stand.live.read_bytes() == broken
    cashier.press(SURE)
    cashier.until(lambda: cashier.window.page is cashier.window.checkout)
    # Then the old file lies aside as it was, and the new journal has a number of its own
    aside = [path for path in stand.set_aside.iterdir() if path.read_bytes() == broken]
    assert len(aside) == 1
    assert cashier.banners() == ()
    cashier.close()
    end = read_end(stand.live)
    assert end is not None
    _, opened, _ = end
    assert opened.ordinal == 2
    assert opened.previous is not None
    assert opened.previous.reason == "damaged"


def test_the_new_journal_after_an_old_copy_sells_in_a_series_of_its_own(
    opens: Opens, stand: Folders, tmp_path: Path
) -> None:
    """Somebody put back the copy of this morning: its numbers must not be given twice."""
    # Given a till that was copied, and sold on afterwards
    copy = tmp_path / "this-morning.db"
    shutil.copyfile(stand.live, copy)
    first = opens(stand)
    assert sell_a_shirt(first) == "GS-1-1-000001"
    first.close()
    shutil.copyfile(copy, stand.live)
    # When it starts again
    cashier = opens(stand)
    # Then it tells, and goes on where no number was given before, with the copy's catalogue
    assert any("older copy" in text for text in names(cashier))
    cashier.press(GO_ON)
    cashier.press(SURE)
    cashier.until(lambda: cashier.window.page is cashier.window.checkout)
    assert sell_a_shirt(cashier) == "GS-1-2-000001"


def test_without_its_key_a_till_says_whose_it_is(opens: Opens, stand: Folders) -> None:
    before = stand.live.read_bytes()
    shutil.rmtree(stand.keys)
    cashier = opens(stand)
    assert any("belongs to another" in text for text in names(cashier))
    assert TRAIN in names(cashier)
    assert stand.live.read_bytes() == before


def test_a_till_of_a_newer_version_is_refused_and_no_new_journal_is_offered(
    opens: Opens, stand: Folders
) -> None:
    """Nothing is wrong with the journal: the program is too old for it."""
    db = sqlite3.connect(stand.live)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('till', 'm9999_of_tomorrow', '2031-01-01')"
    )
    db.commit()
    db.close()
    before = stand.live.read_bytes()
    cashier = opens(stand)
    assert any("newer version" in text for text in names(cashier))
    assert GO_ON not in names(cashier)
    assert "Try again" in names(cashier)
    assert stand.live.read_bytes() == before


def test_training_is_possible_while_the_till_waits_for_help(opens: Opens, stand: Folders) -> None:
    damage(stand.live)
    broken = stand.live.read_bytes()
    cashier = opens(stand)
    cashier.press(TRAIN)
    cashier.until(lambda: cashier.window.page is cashier.window.checkout)
    assert cashier.banners() == (TRAINING,)
    assert stand.live.read_bytes() == broken


def test_trying_again_opens_a_till_that_was_mended(opens: Opens, stand: Folders) -> None:
    good = stand.live.read_bytes()
    damage(stand.live)
    cashier = opens(stand)
    cashier.press("Try again")
    cashier.until(lambda: cashier.is_in_trouble)
    stand.live.write_bytes(good)
    cashier.press("Try again")
    cashier.until(lambda: cashier.window.page is cashier.window.checkout)
    assert sell_a_shirt(cashier) == "GS-1-1-000001"


def test_a_changed_entry_far_back_is_told_while_the_till_sells(
    opens: Opens, stand: Folders
) -> None:
    """The last entries are checked at the start; the whole chain follows by itself."""
    till = a_till(stand.data.parent, now=utc_now)
    finished = FinishImport(source="x.csv", sha256="", products=0, variants=0, operator=ZOE)
    for _ in range(TAIL_ENTRIES):
        till.execute(finished)
    till.close()
    change_entry(stand.live, 2)
    cashier = opens(stand)
    cashier.until(lambda: any("Entry 2 " in banner for banner in cashier.banners()))
    assert sell_a_shirt(cashier) == "GS-1-1-000001"
    assert any("Entry 2 " in banner for banner in cashier.banners())


def change_entry(path: Path, seq: int) -> None:
    db = sqlite3.connect(path)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    changed = "CAST(replace(CAST(body AS TEXT), 'opening', 'carried_over') AS BLOB)"
    db.execute(f"UPDATE journal SET body = {changed} WHERE seq = ?", [seq])
    assert db.total_changes == 1
    db.commit()
    db.close()


def make_mistake(_place: object) -> None:
    raise ZeroDivisionError


def test_a_mistake_of_ours_while_opening_is_said_and_may_be_tried_again(
    opens: Opens, stand: Folders, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is left in front of a till that opens and opens."""
    with monkeypatch.context() as broken:
        broken.setattr("ui.app.open_till", make_mistake)
        with caplog.at_level(logging.ERROR):
            cashier = opens(stand)
    cashier.expects_crashes = True
    assert cashier.is_in_trouble
    assert GO_ON not in names(cashier)
    assert any("Report" in banner for banner in cashier.banners())
    cashier.press("Try again")
    cashier.until_page(cashier.window.checkout)
    assert sell_a_shirt(cashier) == "GS-1-1-000001"


def test_closing_the_window_while_the_till_opens_ends_in_peace(
    opens: Opens, stand: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cashier, "until_open", lambda _cashier: None)
    cashier = opens(stand)
    cashier.window.close()
    assert not cashier.window.isVisible()


UNREADABLE = StorageUnavailable(reason="SQLITE_IOERR_READ")


def stay_silent_once(monkeypatch: pytest.MonkeyPatch, kind: type, error: Exception) -> None:
    """Let a till that opens well fail at one question."""
    answer, left = Till.ask, [error]

    def ask(till: Till, question: Question[Any]) -> Any:
        if isinstance(question, kind) and left:
            raise left.pop()
        return answer(till, question)

    monkeypatch.setattr(Till, "ask", ask)


@pytest.mark.parametrize("kind", [Staff, SavedBasket])
def test_a_till_that_opens_and_does_not_answer_says_so_and_may_be_tried_again(
    opens: Opens, stand: Folders, monkeypatch: pytest.MonkeyPatch, kind: type
) -> None:
    stay_silent_once(monkeypatch, kind, UNREADABLE)
    cashier = opens(stand)
    assert cashier.is_in_trouble
    assert any("The disk does not answer" in text for text in names(cashier))
    cashier.press("Try again")
    cashier.until_page(cashier.window.checkout)
    assert cashier.banners() == ()
    assert sell_a_shirt(cashier) == "GS-1-1-000001"


def test_training_is_possible_while_the_real_till_does_not_answer(
    opens: Opens, stand: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay_silent_once(monkeypatch, Staff, UNREADABLE)
    cashier = opens(stand)
    cashier.press(TRAIN)
    cashier.until_page(cashier.window.checkout)
    assert cashier.banners() == (TRAINING,)


def test_a_till_that_is_damaged_where_only_a_question_looks_goes_on_with_a_new_journal(
    opens: Opens, stand: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = StorageDamaged(path=stand.live, reason="SQLITE_CORRUPT")
    stay_silent_once(monkeypatch, SavedBasket, damaged)
    cashier = opens(stand)
    cashier.press(GO_ON)
    cashier.press(SURE)
    cashier.until_page(cashier.window.checkout)
    assert sell_a_shirt(cashier) == "GS-1-2-000001"


def test_a_mistake_of_ours_in_an_answer_at_the_start_is_said_and_may_be_tried_again(
    opens: Opens, stand: Folders, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stay_silent_once(monkeypatch, Staff, ZeroDivisionError())
    with caplog.at_level(logging.ERROR):
        cashier = opens(stand)
    cashier.expects_crashes = True
    assert cashier.is_in_trouble
    cashier.press("Try again")
    cashier.until_page(cashier.window.checkout)
    assert sell_a_shirt(cashier) == "GS-1-1-000001"

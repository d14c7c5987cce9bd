from __future__ import annotations

from pathlib import Path

import pytest

from pos.bootstrap import open_till
from pos.commands import SaveBasket, SaveTenders
from pos.domain.facts import JournalEntry, JournalOpened, SaleCompleted, ShiftOpened
from pos.domain.tender import TakenSoFar, Tender
from pos.errors import BadConfiguration, StorageUnavailable, TillAlreadyOpen, TrainingOnly
from pos.folders import Folders
from pos.founding import Place, found_journal
from pos.ids import SaleId
from pos.lock import TillLock
from pos.pins import is_pin
from pos.reports.catalogue import CountCatalogue, KeysOf
from pos.reports.sales import SavedBasket, SavedTenders, Staff, StaffMember
from pos.seller_file import read_seller_file
from pos.setup import AlreadySetUp, TillSetUp, set_up
from pos.store.database import open_database
from pos.store.staff import add_first_manager
from pos.till import Till
from tests.builders import (
    a_basket,
    a_cash_sale,
    a_product,
    a_till,
    a_variant,
    an_identity,
    euros,
    fill,
    folders_in,
)
from tests.pos.test_seller_file import FRENCH, seller_file


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return folders_in(tmp_path)


def opened(folders: Folders) -> Till:
    return open_till(Place(folders))


def everything_in(tmp_path: Path) -> dict[Path, bytes]:
    """Return the files with their contents, but for the lock and what SQLite needs to read."""
    passing = ("till.lock", "till.db-wal", "till.db-shm")
    files = (path for path in tmp_path.rglob("*") if path.is_file() and path.name not in passing)
    return {path: path.read_bytes() for path in files}


def pin_hash_of(folders: Folders, code: str) -> str:
    db = open_database(folders.live, read_only=True)
    ((stored,),) = db.execute("SELECT pin_hash FROM staff WHERE code = ?", [code]).fetchall()
    db.close()
    return str(stored)


def test_a_till_that_was_set_up_sells(tmp_path: Path, folders: Folders) -> None:
    done = set_up(folders, seller_file(tmp_path))
    assert isinstance(done, TillSetUp)
    till = opened(folders)
    heard: list[JournalEntry] = []
    till.listen(heard.append)
    sale: SaleCompleted = till.execute(a_cash_sale())
    assert sale.receipt_number == "GS-1-1-000001"
    assert till.opened.mode == "live"
    assert till.opened.identity == done.identity
    # Its first manager is who opens the day's shift by the first sale.
    assert isinstance(heard[0].fact, ShiftOpened)
    assert heard[0].actor == "ZOE"
    till.close()


def test_without_being_set_up_a_till_opens_for_training_only(folders: Folders) -> None:
    """Who does not say who sells cannot sell (fiscal.md R83)."""
    with pytest.raises(TrainingOnly):
        open_till(Place(folders))
    till = open_till(Place(folders, "training"))
    assert till.opened.mode == "training"
    till.execute(a_cash_sale())
    till.close()
    assert not folders.live.exists()


def test_the_manager_is_known_by_name_outside_the_journal_only(
    tmp_path: Path, folders: Folders
) -> None:
    text = FRENCH.replace('"Zoé Martin"', '"Zoé Martin"\npin = "271828"')
    set_up(folders, seller_file(tmp_path, text))
    till = opened(folders)
    till.execute(a_cash_sale())
    assert till.ask(Staff()) == (StaffMember(code="ZOE", name="Zoé Martin", role="manager"),)  # type: ignore[arg-type]  # a code
    till.close()
    assert is_pin("271828", pin_hash_of(folders, "ZOE"))
    db = open_database(folders.live, read_only=True)
    journal = b"".join(row[0] for row in db.execute("SELECT body FROM journal"))
    db.close()
    assert b'"ZOE"' in journal
    assert "Zoé Martin".encode() not in journal
    assert b"271828" not in b"".join(p.read_bytes() for p in tmp_path.rglob("*.db*"))


def test_a_manager_without_a_pin_has_no_hash(tmp_path: Path, folders: Folders) -> None:
    set_up(folders, seller_file(tmp_path))
    assert pin_hash_of(folders, "ZOE") == ""


def test_nothing_is_made_if_anything_is_wrong(tmp_path: Path, folders: Folders) -> None:
    path = seller_file(tmp_path, FRENCH.replace("00010", "00011"))
    with pytest.raises(BadConfiguration):
        set_up(folders, path)
    assert list(everything_in(tmp_path)) == [path]
    assert not folders.data.exists()


def test_setting_up_twice_leaves_the_first_till_as_it_is(tmp_path: Path, folders: Folders) -> None:
    first = set_up(folders, seller_file(tmp_path))
    before = everything_in(tmp_path)
    other = seller_file(tmp_path, FRENCH.replace('"1"', '"2"'))
    again = set_up(folders, other)
    assert isinstance(first, TillSetUp)
    assert again == AlreadySetUp(identity=first.identity)
    before[other] = other.read_bytes()
    assert everything_in(tmp_path) == before


def test_the_same_file_twice_is_refused_too(tmp_path: Path, folders: Folders) -> None:
    set_up(folders, seller_file(tmp_path))
    assert isinstance(set_up(folders, seller_file(tmp_path)), AlreadySetUp)


def test_a_till_that_cannot_say_who_it_is_is_not_overwritten(
    tmp_path: Path, folders: Folders
) -> None:
    folders.data.mkdir()
    folders.live.write_bytes(b"damaged" * 1000)
    assert set_up(folders, seller_file(tmp_path)) == AlreadySetUp(identity=None)
    assert folders.live.read_bytes() == b"damaged" * 1000


def test_a_power_cut_before_the_manager_was_there_is_made_good(
    tmp_path: Path, folders: Folders
) -> None:
    # Given a journal that was begun, and nobody who works with it
    path = seller_file(tmp_path)
    found_journal(Place(folders), read_seller_file(path).identity)
    # When somebody sets the till up again
    assert isinstance(set_up(folders, path), TillSetUp)
    # Then it is the same journal, with its manager
    till = opened(folders)
    assert [member.code for member in till.ask(Staff())] == ["ZOE"]
    till.close()


def test_a_till_of_somebody_else_without_staff_stays_as_it_is(
    tmp_path: Path, folders: Folders
) -> None:
    found_journal(Place(folders), an_identity("BE"))
    assert set_up(folders, seller_file(tmp_path)) == AlreadySetUp(identity=an_identity("BE"))


def test_a_till_without_staff_that_has_sold_stays_as_it_is(
    tmp_path: Path, folders: Folders
) -> None:
    path = seller_file(tmp_path)
    till = a_till(tmp_path, identity=read_seller_file(path).identity)
    till.execute(a_cash_sale())
    till.close()
    assert isinstance(set_up(folders, path), AlreadySetUp)


def test_a_catalogue_that_was_trained_on_comes_along_without_its_stock(
    tmp_path: Path, folders: Folders
) -> None:
    # Given a training till with a catalogue, stock, and a basket in progress
    training = a_till(tmp_path, mode="training")
    fill(training, a_product(), a_product("mug", name="Mug"), stock=9)
    training.execute(SaveBasket(basket=a_basket(a_variant())))
    training.close()
    # When the till is set up to sell
    done = set_up(folders, seller_file(tmp_path))
    # Then the designs are there, but no pieces, and nobody's basket
    assert isinstance(done, TillSetUp)
    assert (done.carried.rows > 0, done.carried.is_complete) == (True, True)
    till = opened(folders)
    size = till.ask(CountCatalogue())
    assert (size.products, size.variants) == (2, 2)
    (key,) = till.ask(KeysOf(variant_ids=(a_product().variants[0].variant_id,)))
    assert key.on_hand == 0
    assert till.ask(SavedBasket()) is None
    # And the first delivery opens their stock.
    assert fill(till, a_product(), stock=4).stock_opened == 1
    till.close()


def test_a_customers_basket_and_money_are_not_trained_with(
    tmp_path: Path, folders: Folders
) -> None:
    # Given a live till that stopped in the middle of a payment
    a_till(tmp_path).close()
    add_first_manager(folders.live, code="EVE", name="Eve", pin_hash="")
    live = opened(folders)
    fill(live, a_product())
    basket = a_basket(a_variant())
    live.execute(SaveBasket(basket=basket))
    tender = Tender(method="card", amount=euros(1000))
    taken = TakenSoFar(basket_id=basket.basket_id, sale_id=SaleId("not sold"), tenders=(tender,))
    live.execute(SaveTenders(taken=taken))
    live.close()
    # When somebody trains on the same machine for the first time
    training = open_till(Place(folders, "training"))
    # Then who works there and what is sold has come along, and no customer
    assert [member.code for member in training.ask(Staff())] == ["EVE"]
    assert training.ask(CountCatalogue()).products == 1
    assert (training.ask(SavedBasket()), training.ask(SavedTenders())) == (None, ())
    training.close()
    # Who waits on the live till
    live = opened(folders)
    assert (live.ask(SavedBasket()), live.ask(SavedTenders())) == (basket, (taken,))
    live.close()


def test_who_trained_does_not_work_with_the_live_till(tmp_path: Path, folders: Folders) -> None:
    """Else somebody who trained as a manager is the first one."""
    a_till(tmp_path, mode="training").close()
    add_first_manager(folders.training, code="EVE", name="Eve", pin_hash="")
    assert isinstance(set_up(folders, seller_file(tmp_path)), TillSetUp)
    till = opened(folders)
    assert "EVE" not in [member.code for member in till.ask(Staff())]
    till.close()


def test_a_folder_in_use_is_left_alone(tmp_path: Path, folders: Folders) -> None:
    with TillLock(folders.data), pytest.raises(TillAlreadyOpen):
        set_up(folders, seller_file(tmp_path))
    assert not folders.live.exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, folders: Folders) -> None:
    folders.data.write_bytes(b"")  # a file in its place
    with pytest.raises(StorageUnavailable):
        set_up(folders, seller_file(tmp_path))


def test_the_journal_begins_with_the_legal_identity(tmp_path: Path, folders: Folders) -> None:
    set_up(folders, seller_file(tmp_path))
    till = opened(folders)
    assert isinstance(till.opened, JournalOpened)
    assert till.opened.identity.seller.registration == "12345678200010"
    assert till.opened.currency == "EUR"
    till.close()

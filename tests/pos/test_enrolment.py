"""A machine remembers its hub; a till that a hub described sells, and one that joins goes on."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pos.bootstrap import open_till
from pos.domain.facts import Enrolled, JournalOpened, Mode
from pos.enrolment import (
    Enrolment,
    enrolment_file,
    flaws_of,
    forget_enrolment,
    keep_enrolment,
    load_device_key,
    make_device_key,
    read_enrolment,
)
from pos.errors import BadConfiguration, EnrolmentDamaged, KeyMissing, StorageUnavailable
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal, found_journal
from pos.reports.catalogue import KeysOf
from pos.reports.hub import FeedPlace
from pos.reports.sales import Staff
from pos.setup import AlreadySetUp, TillEnrolled, found_enrolled
from pos.till import Till
from pos.verification import verify_journals
from tests.builders import (
    a_cash_sale,
    a_product,
    a_till,
    an_identity,
    fill,
    folders_in,
)
from tests.feed_items import (
    OWN,
    a_stand,
    another_till,
    begin,
    finish,
    listed,
    page,
    somebody,
    stock,
    take_snapshot,
)

SHIRT = a_product()
SHIRT_M = SHIRT.variants[0].variant_id


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return folders_in(tmp_path)


def an_enrolment(
    folders: Folders, *, mode: Mode = "live", serial: int = 7, key: str = ""
) -> Enrolment:
    return Enrolment(
        address="https://10.0.0.2:8443",
        fingerprint="cd" * 32,
        organisation_id="org-1",
        organisation_name="Festival du Quai",
        organisation_key="ef" * 32,
        till_id=OWN,
        serial=serial,
        certificate="00",
        device_public_key=key or make_device_key(folders).public.hex(),
        mode=mode,
        identity=an_identity(),
        feed_id="feed-1",
        hub_time="2026-07-18T12:00:00.000000Z",
    )


@pytest.fixture
def enrolled(folders: Folders) -> Iterator[Till]:
    found_enrolled(folders, an_enrolment(folders))
    till = open_till(Place(folders))
    yield till
    till.close()


def facts_of(till: Till) -> list[object]:
    return [till._store.entry(seq)[0].fact for seq in range(1, till._store.end().seq + 1)]  # noqa: SLF001 the journal is the subject


# What is remembered ------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["live", "training"])
def test_what_is_remembered_is_read_again(folders: Folders, mode: Mode) -> None:
    kept = an_enrolment(folders, mode=mode)
    keep_enrolment(folders, kept)
    assert read_enrolment(folders, mode) == kept
    assert read_enrolment(folders, "training" if mode == "live" else "live") is None


def test_a_till_that_never_joined_remembers_nothing(folders: Folders) -> None:
    assert read_enrolment(folders, "live") is None
    forget_enrolment(folders, "live")


def test_a_hub_can_be_forgotten(folders: Folders) -> None:
    keep_enrolment(folders, an_enrolment(folders))
    forget_enrolment(folders, "live")
    assert read_enrolment(folders, "live") is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"address":"\xff"}', b'"x"', b"\0" * 4096]
)
def test_a_damaged_note_is_said_and_left_as_it_is(folders: Folders, content: bytes) -> None:
    path = enrolment_file(folders, "live")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(EnrolmentDamaged) as damaged:
        read_enrolment(folders, "live")
    assert (damaged.value.path, damaged.value.reason) == (path, "content")
    assert path.read_bytes() == content


def test_the_note_of_the_training_till_is_not_the_live_tills(folders: Folders) -> None:
    keep_enrolment(folders, an_enrolment(folders, mode="training"))
    enrolment_file(folders, "training").rename(enrolment_file(folders, "live"))
    with pytest.raises(EnrolmentDamaged) as damaged:
        read_enrolment(folders, "live")
    assert damaged.value.reason == "mode"


def test_a_note_of_a_newer_version_is_understood(folders: Folders) -> None:
    keep_enrolment(folders, kept := an_enrolment(folders))
    path = enrolment_file(folders, "live")
    path.write_text(json.dumps({**json.loads(path.read_text()), "season": 2027}))
    assert read_enrolment(folders, "live") == kept


def test_a_disk_that_says_no_is_no_damage(folders: Folders) -> None:
    enrolment_file(folders, "live").mkdir(parents=True)
    with pytest.raises(StorageUnavailable):
        read_enrolment(folders, "live")
    with pytest.raises(StorageUnavailable):
        forget_enrolment(folders, "live")
    with pytest.raises(StorageUnavailable):
        keep_enrolment(folders, an_enrolment(folders))


def test_without_room_for_a_key_nothing_is_made(folders: Folders) -> None:
    folders.config.mkdir(parents=True)
    folders.keys.write_text("somebody's file, where the folder should be")
    with pytest.raises(StorageUnavailable):
        make_device_key(folders)


def test_the_machines_key_signs_and_is_no_journals(folders: Folders, enrolled: Till) -> None:
    enrolment = read_enrolment(folders, "live")
    assert enrolment is not None
    key = load_device_key(folders, enrolment)
    assert key.public.hex() == enrolment.device_public_key
    assert enrolment.device_public_key != enrolled.opened.public_key


@pytest.mark.skipif(os.name != "posix", reason="rights of files as POSIX has them")
def test_the_machines_key_is_its_owners_only(folders: Folders) -> None:
    make_device_key(folders)
    (file,) = folders.keys.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_a_note_without_its_key_is_of_no_use(folders: Folders) -> None:
    enrolment = an_enrolment(folders)
    shutil.rmtree(folders.keys)
    with pytest.raises(KeyMissing):
        load_device_key(folders, enrolment)
    with pytest.raises(EnrolmentDamaged):
        load_device_key(folders, an_enrolment(folders, key="no hex"))


def test_a_copied_data_folder_belongs_to_no_hub(
    tmp_path: Path, folders: Folders, enrolled: Till
) -> None:
    copy = Folders(data=tmp_path / "copy", config=tmp_path / "other-config")
    shutil.copytree(folders.data, copy.data)
    assert read_enrolment(copy, "live") is None
    with pytest.raises(KeyMissing):
        open_till(Place(copy))


# A till that a hub described ---------------------------------------------------------------------


def test_a_till_that_a_hub_described_sells(folders: Folders, enrolled: Till) -> None:
    opened, joined = facts_of(enrolled)
    assert isinstance(opened, JournalOpened)
    assert (opened.identity, opened.mode, opened.currency) == (an_identity(), "live", "EUR")
    assert isinstance(joined, Enrolled)
    assert (joined.till_id, joined.organisation_name) == (OWN, "Festival du Quai")
    assert enrolled.ask(Staff()) == ()
    assert enrolled.execute(a_cash_sale()).receipt_number == "GS-1-1-000001"
    take_snapshot(enrolled, *listed(SHIRT), somebody("BEN", role="manager"), position=4)
    assert [one.code for one in enrolled.ask(Staff())] == ["BEN"]


def test_its_journals_are_whole(folders: Folders, enrolled: Till) -> None:
    fill_from_hub(enrolled)
    enrolled.execute(a_cash_sale())
    (verification,) = verify_journals(folders)
    assert verification.problems == ()
    assert verification.is_compared


def test_joining_is_recorded_at_the_first_start_only(folders: Folders, enrolled: Till) -> None:
    enrolled.close()
    again = open_till(Place(folders))
    assert sum(isinstance(fact, Enrolled) for fact in facts_of(again)) == 1
    again.close()


def test_a_power_cut_behind_the_founding_is_no_lost_memory(
    folders: Folders, enrolled: Till
) -> None:
    """Whoever asks again gets the till that was made, and nothing is recorded as tampered with."""
    enrolled.close()
    enrolment = read_enrolment(folders, "live")
    assert enrolment is not None
    assert found_enrolled(folders, enrolment) == TillEnrolled(identity=an_identity())
    again = open_till(Place(folders))
    assert again.found_at_open == ()
    again.close()


def test_a_power_cut_before_the_founding_is_made_up_for(folders: Folders) -> None:
    keep_enrolment(folders, enrolment := an_enrolment(folders))
    assert found_enrolled(folders, enrolment) == TillEnrolled(identity=an_identity())
    open_till(Place(folders)).close()


def test_another_till_in_the_folder_is_left_as_it_is(tmp_path: Path, folders: Folders) -> None:
    a_till(tmp_path, "BE").close()
    before = folders.live.read_bytes()
    done = found_enrolled(folders, an_enrolment(folders))
    assert done == AlreadySetUp(identity=an_identity("BE"))
    assert folders.live.read_bytes() == before
    assert read_enrolment(folders, "live") is None


def test_a_file_that_says_nothing_is_left_as_it_is(folders: Folders) -> None:
    folders.data.mkdir()
    folders.live.write_bytes(b"no database")
    assert found_enrolled(folders, an_enrolment(folders)) == AlreadySetUp(identity=None)


def test_a_training_till_of_a_hub_trains(folders: Folders) -> None:
    """The demo is one: nobody sells there."""
    found_enrolled(folders, an_enrolment(folders, mode="training"))
    till = open_till(Place(folders, "training"))
    assert till.opened.identity == an_identity()
    assert isinstance(facts_of(till)[-1], Enrolled)
    till.close()
    assert not folders.live.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seller": {"country": "XX"}}, "seller.country"),
        ({"seller": {"name": " "}}, "seller.name"),
        ({"seller": {"registration": ""}}, "seller.registration"),
        ({"seller": {"vat_number": "", "vat_exemption": " "}}, "seller.vat_number"),
        ({"stand": "gs/../1"}, "stand.code"),
        ({"till": ""}, "till.code"),
        ({"time_zone": "Europe/Atlantis"}, "stand.time_zone"),
        ({"time_zone": "../etc/passwd"}, "stand.time_zone"),
        ({"day_starts_at": "25:00"}, "stand.day_starts_at"),
    ],
)
def test_what_no_till_can_be_is_not_founded(
    folders: Folders, changes: dict[str, object], field: str
) -> None:
    enrolment = an_enrolment(folders)
    identity = enrolment.identity
    if isinstance(more := changes.pop("seller", None), dict):
        changes["seller"] = msgspec.structs.replace(identity.seller, **more)
    wrong = msgspec.structs.replace(identity, **changes)
    with pytest.raises(BadConfiguration) as bad:
        found_enrolled(folders, msgspec.structs.replace(enrolment, identity=wrong))
    assert [name for name, _ in bad.value.problems] == [field]
    assert not folders.data.exists()
    assert read_enrolment(folders, "live") is None


def test_who_only_trains_needs_no_numbers() -> None:
    nobody = msgspec.structs.replace(an_identity().seller, registration="", vat_number="")
    identity = msgspec.structs.replace(an_identity(), seller=nobody)
    assert flaws_of(identity, "training") == ()
    assert len(flaws_of(identity, "live")) == 2


# A till that was there before, and one that goes on ----------------------------------------------


def test_a_stand_alone_till_joins_with_its_whole_journal(tmp_path: Path, folders: Folders) -> None:
    till = a_till(tmp_path)
    fill(till, SHIRT, stock=10)
    till.execute(a_cash_sale())
    before, journal_id = till._store.end().seq, till.journal_id  # noqa: SLF001 the journal is the subject
    keep_enrolment(folders, enrolment := an_enrolment(folders))
    joined = till.execute(enrolment.joining(till.opened.identity.till))  # type: ignore[arg-type]  # any code will do
    assert till.journal_id == journal_id
    assert facts_of(till)[before:] == [joined]
    till.close()


def test_joining_is_made_up_for_after_a_power_cut(tmp_path: Path, folders: Folders) -> None:
    a_till(tmp_path).close()
    keep_enrolment(folders, an_enrolment(folders))
    till = a_till(tmp_path)
    assert isinstance(facts_of(till)[-1], Enrolled)
    till.close()


def test_a_damaged_note_keeps_no_till_from_selling(tmp_path: Path, folders: Folders) -> None:
    a_till(tmp_path).close()
    enrolment_file(folders, "live").write_bytes(b"{")
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    till.close()


def fill_from_hub(till: Till) -> None:
    take_snapshot(
        till,
        *listed(SHIRT),
        somebody("BEN", role="manager"),
        a_stand(),
        another_till(),
        stock(SHIRT_M, 12),
        stock(SHIRT_M, 4, stand="PL"),
        position=9,
    )


def left(till: Till) -> int:
    (key,) = till.ask(KeysOf(variant_ids=(SHIRT_M,)))
    return key.on_hand


def test_the_next_journal_of_a_till_knows_its_hub_and_what_it_told(
    folders: Folders, enrolled: Till
) -> None:
    """A damaged file in a field without a network: the stand's stock is still what it was."""
    fill_from_hub(enrolled)
    fill(enrolled, SHIRT, stock=3)  # others moved it: there is nothing to open with
    enrolled.close()
    carried = continue_with_new_journal(Place(folders), "damaged")
    assert carried.is_complete
    till = open_till(Place(folders))
    assert isinstance(facts_of(till)[-1], Enrolled)
    assert left(till) == 12
    assert [one.code for one in till.ask(Staff())] == ["BEN"]
    # It takes all of it anew, and lets go of what is not in there any more.
    assert till.ask(FeedPlace()).feed_id == ""
    for command in (begin(9), page(9, *listed(SHIRT), stock(SHIRT_M, 5)), finish(9)):
        till.execute(command)
    assert left(till) == 5
    assert [one.code for one in till.ask(Staff())] == []
    till.close()


def test_a_file_of_a_version_that_knew_no_hub_is_carried_over_whole(
    tmp_path: Path, folders: Folders
) -> None:
    till = a_till(tmp_path)
    fill(till, SHIRT, stock=3)
    for table in ("from_feed", "other_stock", "stand_name", "till_name"):
        till._store.rows(f"DROP TABLE {table}")  # noqa: SLF001 as it was before
    till.close()
    assert continue_with_new_journal(Place(folders), "broken").is_complete
    again = open_till(Place(folders))
    assert left(again) == 3
    again.close()


def test_a_till_founded_beside_another_ones_hub_is_none_of_it(folders: Folders) -> None:
    keep_enrolment(folders, an_enrolment(folders, mode="training"))
    found_journal(Place(folders), an_identity())
    till = open_till(Place(folders))
    assert not any(isinstance(fact, Enrolled) for fact in facts_of(till))
    till.close()

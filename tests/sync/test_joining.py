"""What a till says of the variants that are its own, and when."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from pos.errors import StorageUnavailable
from pos.ids import VariantId
from pos.importers.cells import BARCODE_MAX
from pos.reports.hub import LOCAL_VARIANTS_PAGE_MAX, LocalVariant
from sync.joining import AGAIN_S, TRIES_MAX, Names, as_told, messages
from sync.joining_protocol import (
    BARCODES_MAX,
    ID_MAX,
    LABEL_MAX,
    MESSAGE_BYTES_MAX,
    VARIANTS_MAX,
    OtherVariants,
)
from sync.trouble import Reason, Silent, Strange
from tests.sync.journals import TillJournal
from tests.sync.lines import HubInMemory, LineInMemory, TillInMemory


def own(name: str = "shirt", *barcodes: str, label: str = "Shirt") -> LocalVariant:
    return LocalVariant(variant_id=VariantId(name), label=label, barcodes=barcodes)


class House:
    """A hub, a till with variants of its own, and a clock that a test sets."""

    def __init__(self, *variants: LocalVariant) -> None:
        self.hub, self.till = HubInMemory(), TillInMemory(TillJournal(facts=0))
        self.till.own = list(variants)
        self.now_s = 100.0
        self.names = Names(self.till, LineInMemory(self.hub), clock=lambda: self.now_s)

    def tell(self) -> None:
        """Tell until there is nothing to tell."""
        while self.names.is_due:
            self.names.step()

    def heard(self) -> list[str]:
        return [one.variant_id for said in self.hub.names for one in said.variants]


def test_all_that_is_own_is_told_once_and_again_after_a_while() -> None:
    house = House(own("one"), own("two"))
    house.tell()
    assert house.heard() == ["one", "two"]
    assert house.names.to_explain == 2
    house.now_s += AGAIN_S - 1
    assert not house.names.is_due
    house.till.own = []
    house.now_s += 1
    house.tell()
    assert house.heard() == ["one", "two"]
    assert house.names.to_explain == 0


def test_what_the_hub_means_by_a_name_is_what_the_till_counts_it_as() -> None:
    house = House(own("one"), own("two"))
    house.hub.meant = {"two": "ours"}
    house.tell()
    assert house.till.counted == {"one": None, "two": "ours"}
    assert house.names.to_explain == 1


def test_a_till_that_has_nothing_of_its_own_says_nothing() -> None:
    house = House()
    house.tell()
    assert house.hub.asked == 0


def test_a_catalogue_that_changed_is_told_at_once() -> None:
    house = House(own("one"))
    house.tell()
    house.till.own.append(own("two"))
    house.names.tell_again()
    house.tell()
    assert house.heard() == ["one", "one", "two"]
    assert house.names.to_explain == 2


def test_a_lost_answer_is_asked_for_once_more_and_counted_once() -> None:
    house = House(own("one"), own("two"))
    house.hub.losses = 1
    with pytest.raises(Silent):
        house.names.step()
    house.tell()
    assert house.heard() == ["one", "two"]
    assert house.names.to_explain == 2


def test_a_disk_that_says_no_makes_it_begin_anew() -> None:
    house = House(own("one"), own("two"))
    house.names.step()

    def fails() -> None:
        house.till.before_each = lambda: None
        raise StorageUnavailable("SQLITE_IOERR")

    house.till.before_each = fails
    with pytest.raises(StorageUnavailable):
        house.names.step()
    assert house.names.is_due
    house.tell()
    assert house.heard() == ["one", "one", "two"]
    assert house.names.to_explain == 2


def test_an_older_hub_is_asked_once() -> None:
    house = House(own("one"), own("two"))
    house.hub.hears_names = False
    house.tell()
    assert house.heard() == ["one"]
    assert not house.names.is_due


@pytest.mark.parametrize("reason", ["version", "too_large"])
def test_a_hub_that_will_never_take_it_is_asked_once(reason: Reason) -> None:
    house = House(own("one"), own("two"))
    house.hub.hears_names = reason
    house.tell()
    assert house.heard() == ["one"]


def test_a_hub_that_cannot_take_it_is_left_alone_after_some_tries() -> None:
    house = House(own("one"), own("two"))
    house.hub.hears_names = "hub_error"
    for _ in range(TRIES_MAX - 1):
        with pytest.raises(Silent):
            house.names.step()
    house.names.step()
    assert not house.names.is_due
    house.hub.hears_names = True
    house.now_s += AGAIN_S
    house.tell()
    assert house.heard() == ["one"] * (TRIES_MAX + 1) + ["two"]


def test_tries_are_counted_for_each_message() -> None:
    house = House(*(own(f"{number}") for number in range(2 * TRIES_MAX)))
    while house.names.is_due:
        house.hub.losses = 1
        with pytest.raises(Silent):
            house.names.step()
        house.names.step()
        if len(house.hub.names) == len(house.till.own):
            house.names.step()
    assert house.names.to_explain == 2 * TRIES_MAX


def test_another_organisation_s_hub_is_no_hub_to_explain_to() -> None:
    house = House(own("one"))
    house.hub.unplug("portal")
    with pytest.raises(Strange):
        house.names.step()


# As a hub takes it -------------------------------------------------------------------------------


def decoded(said: OtherVariants) -> OtherVariants:
    """Return what a hub reads, which holds it to the limits."""
    body = msgspec.json.encode(said)
    assert len(body) <= MESSAGE_BYTES_MAX
    return msgspec.json.decode(body, type=OtherVariants)


@pytest.mark.parametrize(
    "make",
    [
        lambda n: own(f"{n}"),
        lambda n: own(f"{n:0200}", *("€" * BARCODE_MAX,) * 20, label="\x01é" * LABEL_MAX),
        lambda n: own(f"{n}", "\0", "", "4" * 65, "1\0002", label="\0" * LABEL_MAX + "x\0y"),
    ],
    ids=["small", "as large as can be", "not as it should be"],
)
def test_messages_are_such_as_a_hub_takes(make: Callable[[int], LocalVariant]) -> None:
    variants = [make(number) for number in range(2 * VARIANTS_MAX + 1)]
    said = list(messages(variants))
    heard = [one.variant_id for each in said for one in decoded(each).variants]
    assert heard == [one.variant_id for one in variants]
    assert len(said) >= 3


def test_a_page_of_a_till_is_one_message() -> None:
    variants = [own(f"{number}", "4006381333931") for number in range(LOCAL_VARIANTS_PAGE_MAX)]
    assert len(list(messages(variants))) == 1


def test_a_label_is_cut_and_a_barcode_is_not() -> None:
    """Cut, a code would be another article's."""
    told = as_told(own("one", "4" * (BARCODE_MAX + 1), "5" * BARCODE_MAX, label="é\0" * 500))
    assert told is not None
    assert told.label == "é" * LABEL_MAX
    assert told.barcodes == ("5" * BARCODE_MAX,)
    many = as_told(own("one", *(str(number) for number in range(30))))
    assert many is not None
    assert many.barcodes == tuple(str(number) for number in range(BARCODES_MAX))


@pytest.mark.parametrize("name", ["", "\0", "x" * (ID_MAX + 1)])
def test_a_name_that_no_hub_keeps_is_left_out(name: str) -> None:
    assert as_told(own(name)) is None
    assert list(messages([own(name)])) == []

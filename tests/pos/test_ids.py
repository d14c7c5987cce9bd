from __future__ import annotations

import time
import unicodedata
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.ids import internal_barcode, product_id, uuid7, variant_id, with_check_digit

handles = st.text(min_size=1, max_size=30)


def test_an_id_is_a_uuid_of_version_7() -> None:
    for _ in range(100):
        minted = uuid.UUID(uuid7())
        assert minted.version == 7
        assert minted.variant == uuid.RFC_4122


def test_ids_sort_by_the_moment_at_which_they_were_minted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of sales by id is a list of sales by time."""
    milliseconds = [1, 2, 999, 1_000, 2**31, 1_784_379_731_000, 2**47]
    minted = []
    for moment in milliseconds:
        with monkeypatch.context() as patched:
            patched.setattr(time, "time_ns", lambda moment=moment: moment * 1_000_000)
            minted.append(uuid7())
    assert minted == sorted(minted)
    assert [uuid.UUID(one).int >> 80 for one in minted] == milliseconds


def test_no_two_ids_are_the_same_even_in_one_millisecond() -> None:
    assert len({uuid7() for _ in range(5_000)}) == 5_000


def test_two_tills_that_import_one_file_agree() -> None:
    """A handle spelled with one or two code points is the same handle."""
    composed, decomposed = "caf\u00e9-tee", "cafe\u0301-tee"
    assert product_id(composed) == product_id(decomposed)
    assert variant_id(composed, ["Été"]) == variant_id(
        decomposed, [unicodedata.normalize("NFD", "Été")]
    )


def test_catalogue_ids_do_not_change_between_versions() -> None:
    """Frozen: another value would make every product on every till a new one."""
    assert product_id("wildfire-tee") == "d2d27399-b76c-52c9-91f3-a22c0b042b0a"
    assert variant_id("wildfire-tee", ("M", "Black")) == "3e518bb6-1851-5692-bb3f-60551abab3e8"
    assert internal_barcode(variant_id("wildfire-tee", ("M", "Black"))) == "2089723181751"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("tee", ("S", "M")), ("tee", ("M", "S"))),
        (("tee", ("SM",)), ("tee", ("S", "M"))),
        (("tee", ()), ("tee", ("",))),
        (("teeS", ()), ("tee", ("S",))),
    ],
)
def test_different_variants_have_different_ids(
    one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]]
) -> None:
    assert variant_id(*one) != variant_id(*other)


@pytest.mark.parametrize(
    "code",
    [
        "4006381333931",  # EAN-13, GS1's own example
        "9780201379624",  # an ISBN
        "036000291452",  # UPC-A
        "96385074",  # EAN-8
    ],
)
def test_check_digits_are_those_of_gs1(code: str) -> None:
    assert with_check_digit(code[:-1]) == code


@given(handles, st.integers(0, 50))
def test_an_internal_barcode_is_an_ean_13_of_the_in_store_range(handle: str, attempt: int) -> None:
    code = internal_barcode(variant_id(handle, ()), attempt)
    assert len(code) == 13
    assert code.startswith("20")
    assert code == with_check_digit(code[:-1])


@given(handles)
def test_the_next_attempt_is_the_next_number(handle: str) -> None:
    variant = variant_id(handle, ())
    first, second = (int(internal_barcode(variant, attempt)[2:12]) for attempt in (0, 1))
    assert second == (first + 1) % 10**10

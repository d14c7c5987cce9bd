from __future__ import annotations

import pytest

from pos.pins import hash_pin, is_guessed_first, is_pin


def test_a_pin_is_kept_as_a_hash_that_only_it_fits() -> None:
    stored = hash_pin("271828")
    assert stored.startswith("$argon2id$")
    assert "271828" not in stored
    assert is_pin("271828", stored)
    assert not is_pin("271829", stored)


def test_the_same_pin_has_another_hash_for_another_person() -> None:
    assert hash_pin("271828") != hash_pin("271828")


def test_who_has_no_pin_is_let_in_by_none() -> None:
    assert not is_pin("", "")
    assert not is_pin("271828", "no hash")


@pytest.mark.parametrize(
    "pin", ["000000", "111111", "123456", "654321", "789012", "121212", "123123", "1212121"]
)
def test_what_anybody_tries_first_is_known(pin: str) -> None:
    assert is_guessed_first(pin)


@pytest.mark.parametrize("pin", ["271828", "314159", "123457", "112358", "100000"])
def test_other_digits_are_a_pin(pin: str) -> None:
    assert not is_guessed_first(pin)

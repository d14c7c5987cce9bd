from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.base45 import NotBase45, base45, from_base45


@pytest.mark.parametrize(
    ("plain", "encoded"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")],
)
def test_base45_agrees_with_the_examples_of_rfc_9285(plain: bytes, encoded: str) -> None:
    assert base45(plain) == encoded
    assert from_base45(encoded) == plain


@given(st.binary(max_size=120))
def test_base45_gives_back_every_byte(raw: bytes) -> None:
    assert from_base45(base45(raw)) == raw


@pytest.mark.parametrize("text", ["GGW", "A", "ABCD", "ab8", "BB\n", "::"])
def test_base45_refuses_what_no_encoder_writes(text: str) -> None:
    with pytest.raises(NotBase45):
        from_base45(text)

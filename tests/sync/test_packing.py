"""Messages made small, and opened within bounds."""

from __future__ import annotations

import hashlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync.packing import SMALL_MAX, TYPICAL, opened, packed
from sync.protocol import NotOurMessage, encode_batch
from tests.sync.journals import TillJournal

BOMB = packed(b"\0" * 50_000_000)


def test_what_was_packed_by_the_first_version_is_read_for_ever() -> None:
    frame = "28b52ffd202c9d00003061636365707d03009cc50785c5d054183008"
    message = b'{"answer":"accepted","kind":"SaleCompleted"}'
    assert opened(bytes.fromhex(frame), bytes_max=100) == message
    assert hashlib.sha256(TYPICAL).hexdigest() == (
        "623f6501b18f6572eb13e4094238c7052b960379bc71d9a7099b9cba1c0397e2"
    ), "a till in the field knows no other: make a second one, and ask first"


def test_a_small_message_takes_half_of_what_it_took() -> None:
    message = encode_batch(TillJournal(facts=1).batch())
    assert len(packed(message)) < 0.75 * len(zstandard.compress(message))


@given(st.binary(max_size=2000))
def test_packing_is_undone_and_bounded(message: bytes) -> None:
    assert opened(packed(message), bytes_max=len(message)) == message
    assert opened(zstandard.compress(message), bytes_max=len(message)) == message
    if message:
        with pytest.raises(NotOurMessage):
            opened(packed(message), bytes_max=len(message) - 1)
        with pytest.raises(NotOurMessage):
            opened(packed(message)[:-1], bytes_max=len(message))
    with pytest.raises(NotOurMessage):
        opened(packed(message) + b"x", bytes_max=len(message))


@pytest.mark.parametrize("size", [SMALL_MAX, SMALL_MAX + 1, 3_000_000])
def test_large_messages_are_packed_too(size: int) -> None:
    message = hashlib.shake_256(b"seed").digest(size)
    assert opened(packed(message), bytes_max=size) == message


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"<!DOCTYPE html>",
        BOMB,
        BOMB[:12],
        packed(b"") + packed(b""),
        zstandard.ZstdCompressor(write_content_size=False).compress(b"of a length unknown"),
    ],
)
def test_what_is_no_frame_or_too_large_is_refused(frame: bytes) -> None:
    with pytest.raises(NotOurMessage):
        opened(frame, bytes_max=1_000_000)

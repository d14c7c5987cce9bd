"""What is said is understood, and what is not ours is refused, whatever it is."""

from __future__ import annotations

import hashlib
import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import (
    ANSWER_BYTES_MAX,
    BATCH_BYTES_MAX,
    BATCH_ENTRIES_MAX,
    ENTRY_BYTES_MAX,
    MESSAGE_BYTES_MAX,
    NOWHERE,
    Accepted,
    Answer,
    Batch,
    Entry,
    Forked,
    Gap,
    NotOurMessage,
    Position,
    decode_answer,
    decode_batch,
    decode_position,
    encode_answer,
    encode_batch,
)

DIGEST = "ab" * 32
GOOD = Batch(first_seq=7, follows=DIGEST, entries=(Entry(b"body", b"s" * 64),))

seqs = st.integers(1, 2**53 - 1)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
entries = st.builds(Entry, st.binary(max_size=50), st.binary(max_size=64))
positions = st.one_of(st.just(NOWHERE), st.builds(Position, seq=seqs, digest=digests))
answers = st.one_of(
    st.builds(Accepted, seq=seqs, digest=digests),
    st.builds(Gap, seq=seqs, digest=digests),
    st.just(Gap(seq=0, digest="")),
    st.builds(Forked, seq=seqs, digest=st.one_of(st.just(""), digests), is_kept=st.booleans()),
)


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    first = draw(st.integers(1, 2**50))
    return Batch(
        first_seq=first,
        follows="" if first == 1 else draw(digests),
        entries=tuple(draw(st.lists(entries, min_size=1, max_size=5))),
    )


def framed(payload: bytes) -> bytes:
    return b"EPB1" + hashlib.sha256(payload).digest() + payload


def refused(message: bytes) -> None:
    with pytest.raises(NotOurMessage):
        decode_batch(message)


@given(batches())
def test_a_batch_arrives_as_it_was_sent(batch: Batch) -> None:
    assert decode_batch(encode_batch(batch)) == batch


@given(answers)
def test_an_answer_arrives_as_it_was_given(answer: Answer) -> None:
    assert decode_answer(encode_answer(answer)) == answer


@given(positions)
def test_a_position_arrives_as_it_was_told(position: Position) -> None:
    assert decode_position(encode_answer(position)) == position


@given(batches(), st.data())
def test_a_batch_that_was_changed_on_its_way_is_refused(batch: Batch, data: st.DataObject) -> None:
    message = bytearray(encode_batch(batch))
    place = data.draw(st.integers(0, len(message) - 1))
    message[place] ^= data.draw(st.integers(1, 255))
    refused(bytes(message))


@given(batches(), st.data())
def test_a_batch_that_was_cut_is_refused(batch: Batch, data: st.DataObject) -> None:
    message = encode_batch(batch)
    refused(message[: data.draw(st.integers(0, len(message) - 1))])
    refused(message + b"\0")


@given(st.binary(max_size=200))
def test_garbage_is_refused_with_one_kind_of_error(garbage: bytes) -> None:
    for message in (garbage, framed(garbage)):
        refused(message)
    for decode in (decode_answer, decode_position):
        with pytest.raises(NotOurMessage):
            decode(garbage)


@pytest.mark.parametrize(
    "payload",
    [
        b"\x83\xa9first_seq\x01\xa7follows\xa0\xa7entries\xdd\xff\xff\xff\xff",
        b"\x83\xa9first_seq\x01\xa7follows\xa0\xa7entries\x91\x92\xc6\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\x81\xa1z" + b"\x91" * 1_000_000,
    ],
    ids=["4 billion entries", "4 billion bytes", "4 billion fields", "a million levels"],
)
def test_a_length_is_not_believed(payload: bytes) -> None:
    message = framed(payload)
    tracemalloc.start()
    try:
        refused(message)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * len(message) + 100_000


@pytest.mark.parametrize(
    "change",
    [
        {"first_seq": 0},
        {"first_seq": -1},
        {"first_seq": 2**53},
        {"first_seq": 1},
        {"first_seq": 7.5},
        {"follows": ""},
        {"follows": DIGEST.upper()},
        {"follows": DIGEST + "\n"},
        {"follows": "ab"},
        {"entries": []},
        {"entries": [[b"", b""]] * (BATCH_ENTRIES_MAX + 1)},
        {"entries": [[b"", b"s" * 65]]},
        {"entries": [[b"x" * (ENTRY_BYTES_MAX + 1), b""]]},
        {"entries": [["text", b""]]},
        {"entries": [[b"only a body"]]},
        {"entries": None},
    ],
    ids=str,
)
def test_a_batch_beyond_a_limit_is_refused(change: dict[str, object]) -> None:
    fields = {"first_seq": 7, "follows": DIGEST, "entries": [[b"body", b"s" * 64]]}
    assert decode_batch(framed(msgspec.msgpack.encode(fields))) == GOOD
    refused(framed(msgspec.msgpack.encode(fields | change)))


def test_the_largest_entry_has_room_in_a_message() -> None:
    largest = Batch(first_seq=1, follows="", entries=(Entry(b"x" * ENTRY_BYTES_MAX, b"s" * 64),))
    message = encode_batch(largest)
    assert len(message) <= MESSAGE_BYTES_MAX
    assert decode_batch(message) == largest


def test_a_message_beyond_the_limit_is_refused_unread() -> None:
    refused(framed(b"\0" * MESSAGE_BYTES_MAX))


def test_a_full_batch_has_room_in_a_message() -> None:
    """Beside its bodies it has signatures and lengths, 200 of each."""
    assert BATCH_BYTES_MAX + BATCH_ENTRIES_MAX * 100 < MESSAGE_BYTES_MAX


def test_fields_of_a_newer_version_are_passed_over() -> None:
    fields = {"first_seq": 7, "follows": DIGEST, "entries": [[b"body", b"s" * 64, 1]], "new": {}}
    assert decode_batch(framed(msgspec.msgpack.encode(fields))) == GOOD
    answer = b'{"answer":"gap","seq":7,"digest":"%b","new":[1]}' % DIGEST.encode()
    assert decode_answer(answer) == Gap(seq=7, digest=DIGEST)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"<!DOCTYPE html><title>Wi-Fi</title>",
        b"null",
        b"{}",
        b'{"answer":"later","seq":1,"digest":""}',
        b'{"answer":"gap","seq":-1,"digest":""}',
        b'{"answer":"gap","seq":1,"digest":""}',
        b'{"answer":"gap","seq":0,"digest":"%b"}' % DIGEST.encode(),
        b'{"answer":"accepted","seq":1,"digest":""}',
        b'{"answer":"forked","seq":1,"digest":""}',
        b'{"answer":"gap","seq":1e400,"digest":""}',
        b'{"answer":"gap","seq":1,"digest":"\\ud800"}',
        b"\xff\xfe",
        b"[" * ANSWER_BYTES_MAX,
        b" " * ANSWER_BYTES_MAX + b"0",
    ],
)
def test_what_is_no_answer_is_refused(message: bytes) -> None:
    for decode in (decode_answer, decode_position):
        with pytest.raises(NotOurMessage):
            decode(message)


def test_a_message_is_not_made_beyond_the_limit() -> None:
    entry = Entry(b"x" * (MESSAGE_BYTES_MAX // 2), b"")
    with pytest.raises(AssertionError, match="keeps to the limits"):
        encode_batch(Batch(first_seq=1, follows="", entries=(entry, entry)))

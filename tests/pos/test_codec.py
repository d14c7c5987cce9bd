from __future__ import annotations

import hashlib
import itertools
import json
import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.codec import (
    KINDS,
    MalformedBody,
    UnknownKind,
    decode_body,
    decode_entry,
    decode_fact,
    digest_of,
    encode_body,
    kind_of,
)
from pos.domain.facts import CatalogueChanged, Fact
from tests.pos.recorded_facts import FACTS, JOURNAL, a_place, any_of, recorded, texts

GOLDEN = Path(__file__).parent.parent / "golden"
NEWEST = "journal-v1"


def changed(source: str) -> CatalogueChanged:
    return CatalogueChanged(source=source, sha256="", products=1, variants=1)


def frozen(name: str) -> list[tuple[bytes, str]]:
    bodies = (GOLDEN / f"{name}.jsonl").read_bytes().splitlines()
    digests = (GOLDEN / f"{name}.sha256").read_text(encoding="ascii").split()
    return list(zip(bodies, digests, strict=True))


def test_every_kind_of_fact_has_a_frozen_vector() -> None:
    assert {kind_of(fact) for fact in FACTS} == set(KINDS)


def test_facts_become_the_frozen_bytes() -> None:
    """What is hashed does not change: a hub and an auditor have it in this form already.

    A fact that gains a field gets another golden file; those that are here stay.
    """
    today = [(body, entry.digest) for entry, body in recorded()]
    assert today == frozen(NEWEST)


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("journal-*.jsonl")))
def test_frozen_bytes_are_still_understood(name: str) -> None:
    for (body, digest), (entry, _) in zip(frozen(name), recorded(), strict=True):
        assert hashlib.sha256(body).hexdigest() == digest
        assert msgspec.structs.replace(decode_entry(body, digest), follows="") == (
            msgspec.structs.replace(entry, follows="", digest=digest)
        )


def test_a_body_is_plain_json_with_its_keys_in_order() -> None:
    (_, body), *_ = recorded()
    keys = ["v", "journal_id", "seq", "occurred_at", "actor", "kind", "fact", "follows"]
    assert list(json.loads(body)) == keys
    assert b'": ' not in body


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_comes_back_from_its_bytes(kind: str) -> None:
    """And so no two different facts can have the same bytes."""

    @given(any_of(KINDS[kind]), texts)
    def comes_back(fact: Fact, actor: str) -> None:
        place = a_place(actor=actor, follows="ab" * 32)
        body = encode_body(fact, place)
        entry = decode_entry(body, digest_of(body))
        assert entry.fact == fact
        assert entry.actor == actor
        assert encode_body(entry.fact, place) == body

    comes_back()


def test_different_labels_never_give_the_same_bytes() -> None:
    """Separators, quotes and escapes inside a text never look like those around it."""
    pieces = ['"', "\\", ",", "|", "\n", "\\n", '","sha256":"', "", "é", "🤘", "u00e9"]
    sources = ["".join(pair) for pair in itertools.product(pieces, repeat=3)]
    bodies = {encode_body(changed(source), a_place()) for source in sources}
    assert len(bodies) == len(set(sources))


@given(st.text(max_size=20), st.text(max_size=20))
def test_texts_are_the_same_exactly_if_their_bytes_are(one: str, other: str) -> None:
    spelled = [unicodedata.normalize("NFC", text) for text in (one, other)]
    bodies = [encode_body(changed(text), a_place()) for text in (one, other)]
    assert (spelled[0] == spelled[1]) == (bodies[0] == bodies[1])


@pytest.mark.parametrize("source", ["cafe\u0301.csv", "\u212b.csv", "\u1112\u1161\u11ab.csv"])
def test_text_is_kept_composed_however_it_was_typed(source: str) -> None:
    composed = unicodedata.normalize("NFC", source)
    assert composed != source
    body = encode_body(changed(source), a_place())
    assert body == encode_body(changed(composed), a_place())
    assert decode_fact(decode_body(body)) == changed(composed)


@pytest.mark.parametrize("source", ["a\n\u0303", "\r\u0301", "\x1f\u0307", "é\t\u0307"])
def test_an_accent_after_a_control_character_leaves_the_escape_alone(source: str) -> None:
    r"""`\n` and a tilde are two characters, not a backslash and an ñ."""
    body = encode_body(changed(source), a_place())
    assert decode_fact(decode_body(body)) == changed(source)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"\xff",
        b"[1]",
        recorded()[1][1][:-1],
        recorded()[1][1].replace(b'"v":1', b'"v":2'),
        recorded()[1][1].replace(b'"v":1', b'"v":1,"w":1'),
        recorded()[1][1].replace(b"ZOE", b"Z\xff"),
    ],
)
def test_bytes_that_no_version_wrote_are_told_from_an_entry(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        decode_body(body)


def test_an_entry_of_a_newer_version_is_kept_but_not_interpreted() -> None:
    _, body = recorded()[1]
    newer = decode_body(body.replace(b"SoftwareChanged", b"PickupCollected"))
    assert newer.journal_id == JOURNAL
    with pytest.raises(UnknownKind):
        decode_fact(newer)


@pytest.mark.parametrize(
    ("right", "wrong"), [(b'"0.2.0"', b"2"), (b'"software_version"', b'"x"'), (b"0.2.0", b"\xff")]
)
def test_a_fact_that_does_not_fit_its_kind_is_malformed(right: bytes, wrong: bytes) -> None:
    _, body = recorded()[1]
    with pytest.raises(MalformedBody):
        decode_fact(decode_body(body.replace(right, wrong)))

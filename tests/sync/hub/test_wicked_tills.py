"""What a machine that is let in, and means no good, can do to others: nothing that is not told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.json import encode

from sync.enrolment_protocol import JournalClaim
from sync.hub.store import incidents
from sync.signing import claim_proof
from tests.sync.hub.serving import Device, House, a_house
from tests.sync.journals import JOURNAL, a_key


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as made:
        yield made


@pytest.fixture
def device(house: House) -> Device:
    return house.device()


def trouble_of(house: House) -> list[tuple[str, str]]:
    with house.hub.database.read() as connection:
        return [(one.kind, one.subject) for one in incidents.open_incidents(connection)]


def test_who_has_a_journals_key_has_the_journal_whoever_named_it_first(
    house: House, device: Device
) -> None:
    other, key = house.device(), a_key(5)
    proof = claim_proof(key.sign, journal_id=JOURNAL, till_id=device.till_id)
    proved = JournalClaim(public_key=key.public.hex(), mode="live", proof=proof)
    assert other.ask("PUT", f"/v1/journals/{JOURNAL}", encode(proved)).status_code == 204
    assert trouble_of(house) == [], "heard elsewhere, a proof is worth nothing"
    assert device.ask("PUT", f"/v1/journals/{JOURNAL}", encode(proved)).status_code == 204
    assert trouble_of(house) == [("claim", f"{JOURNAL}/{other.till_id}")]
    assert not house.hub.claim(JOURNAL, till_id=device.till_id, mode="live", key=key.public)

"""What a till says to its hub of whose a journal is."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pos.enrolment import Enrolment
from pos.signing import KeyStore
from sync.signing import is_claim_proved
from tests.builders import an_identity, an_opening
from tests.sync.journals import JOURNAL
from ui.hub import Enrolled, claim_of

ENROLMENT = Enrolment(
    organisation_id="organisation-1",
    organisation_name="Les Disques du Quai",
    organisation_key="",
    till_id="till-1",
    certificate="",
    address="",
    fingerprint="",
    identity=an_identity(),
    mode="live",
    device_public_key="",
    serial=1,
)


def test_a_till_proves_that_it_has_its_journals_key(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path)
    journals, machines = keys.make(), keys.make()
    opened = msgspec.structs.replace(an_opening(), public_key=journals.public.hex())
    claim = claim_of(JOURNAL, opened, Enrolled(ENROLMENT, machines, keys, ()))
    assert is_claim_proved(claim, journal_id=JOURNAL, till_id="till-1")
    assert not is_claim_proved(claim, journal_id=JOURNAL, till_id="till-2")


def test_a_journal_whose_key_is_lost_is_claimed_without_a_proof(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path / "till")
    elsewhere = KeyStore(tmp_path / "elsewhere").make()
    opened = msgspec.structs.replace(an_opening(), public_key=elsewhere.public.hex())
    claim = claim_of(JOURNAL, opened, Enrolled(ENROLMENT, keys.make(), keys, ()))
    assert (claim.public_key, claim.proof) == (elsewhere.public.hex(), "")

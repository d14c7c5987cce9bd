"""A receipt of training cannot be passed off as one of a sale (fiscal.md R20)."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pos.domain.facts import Mode, SaleCompleted
from pos.domain.receipt_code import PREFIX, TRAINING_PREFIX, NotAReceiptCode, unpack
from pos.domain.sales_audit import SalesAudit
from pos.handlers.selling import complete_sale
from pos.reports.sales import FindLastSale, SaleRecord
from pos.signing import verifier
from pos.verification import verify_journals
from tests.builders import AFTERNOON, a_cash_sale, a_till, an_opening, folders_in
from tests.fakes import FakeWork


def sold(tmp_path: Path, mode: Mode) -> tuple[SaleRecord, bytes]:
    """Sell once and return what the receipt is made of, and the till's public key."""
    till = a_till(tmp_path / mode, mode=mode)
    till.execute(a_cash_sale())
    record = till.ask(FindLastSale())
    till.close()
    assert record is not None
    (verification,) = verify_journals(folders_in(tmp_path / mode))
    assert verification.is_whole
    return record, bytes.fromhex(till.opened.public_key)


def first_sale(mode: Mode) -> SaleCompleted:
    return complete_sale(a_cash_sale(), FakeWork(an_opening(mode=mode), AFTERNOON))


def test_its_number_says_so(tmp_path: Path) -> None:
    live, _ = sold(tmp_path, "live")
    training, _ = sold(tmp_path, "training")
    assert live.sale.receipt_number == "GS-1-1-000001"
    assert training.sale.receipt_number == "TEST-GS-1-1-000001"


def test_no_live_number_looks_like_it() -> None:
    """Codes of stands and tills have no dash: a live number has four parts, whatever they say."""
    assert len(first_sale("live").receipt_number.split("-")) == 4
    assert len(first_sale("training").receipt_number.split("-")) == 5


def test_its_code_is_no_code_of_a_receipt(tmp_path: Path) -> None:
    record, public_key = sold(tmp_path, "training")
    assert record.code.startswith(TRAINING_PREFIX)
    with pytest.raises(NotAReceiptCode, match="training"):
        unpack(record.code)
    disguised = unpack(PREFIX + record.code.removeprefix(TRAINING_PREFIX))
    assert not disguised.is_genuine(verifier(public_key)), "the signature is over the prefix too"


def test_a_live_code_is_as_it_was(tmp_path: Path) -> None:
    record, public_key = sold(tmp_path, "live")
    assert unpack(record.code).is_genuine(verifier(public_key))


def test_a_sale_under_a_number_of_the_other_kind_is_found() -> None:
    live = first_sale("live")
    training = msgspec.structs.replace(live, receipt_number="TEST-GS-1-1-000001")
    assert SalesAudit(an_opening()).check(training) == "receipt_number"
    assert SalesAudit(an_opening(mode="training")).check(training) == ""


def test_a_training_journal_of_the_first_version_is_still_whole() -> None:
    """Its numbers had no mark."""
    assert SalesAudit(an_opening(mode="training")).check(first_sale("live")) == ""

"""What a receipt is made from: facts of the journal, and nothing that is looked up elsewhere."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from pos.domain.facts import JournalOpened, ReceiptIssued, SaleCompleted
from pos.ids import OperatorCode
from pos.reports.sales import SaleRecord

_EXCERPT_PLACES = (3, 7, 13, 19)  # counted from 1


@dataclass(frozen=True, kw_only=True)
class ReceiptCopy:
    """One issue of one receipt: the original (copy 1) or a duplicate."""

    sale: SaleCompleted
    issued: ReceiptIssued
    issued_by: OperatorCode  # the actor of the `ReceiptIssued` entry; stands on duplicates (R18)
    opened: JournalOpened
    seq: int  # of the sale's entry in the journal
    signature: bytes  # of the sale's entry, 64 bytes
    code: str  # the receipt's QR, `R1:…`

    def __post_init__(self) -> None:
        assert self.issued.sale_id == self.sale.sale_id, "the issue of another sale's receipt"
        assert self.issued.copy >= 1, self.issued.copy

    @classmethod
    def of(
        cls, record: SaleRecord, issued: ReceiptIssued, *, issued_by: OperatorCode
    ) -> ReceiptCopy:
        """Return the copy that an issue of a recorded sale is."""
        return cls(
            sale=record.sale,
            issued=issued,
            issued_by=issued_by,
            opened=record.opened,
            seq=record.seq,
            signature=record.signature,
            code=record.code,
        )

    @property
    def is_training(self) -> bool:
        """Say whether nothing of this was really sold (R20)."""
        return self.opened.mode == "training"

    @property
    def duplicate(self) -> int:
        """Return which duplicate this is; 0 for the original, so copy 2 is duplicate 1."""
        return self.issued.copy - 1

    @property
    def signature_excerpt(self) -> str:
        """Return characters 3, 7, 13 and 19 of the signature written in base64url (R49)."""
        return signature_excerpt(self.signature)


def signature_excerpt(signature: bytes) -> str:
    """Return characters 3, 7, 13 and 19, counted from 1, of a signature in base64url (RFC 4648)."""
    text = base64.urlsafe_b64encode(signature).decode("ascii")
    return "".join(text[place - 1] for place in _EXCERPT_PLACES)

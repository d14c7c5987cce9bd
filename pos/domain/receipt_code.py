"""The QR code of a receipt: enough to make a refund from it on a till that never saw the sale.

    "R1:" + BASE45( journal id, 16 bytes
                  | number varint                  the receipt's number within that journal
                  | local time u32                 seconds since 2024 began, by the stand's clock
                  | total varint                   minor units, before any rounding of cash
                  | n varint | n × line            n = 0: the lines did not fit
                  | Ed25519 signature, 64 bytes, over b"R1" + all bytes before it )

    line = variant number × 2 + (quantity is not 1) varint
         | quantity varint                         only if that bit is set
         | amount varint                           minor units; the last line has none: it is
                                                   what the others leave of the total

Integers are big-endian; a varint is LEB128 without superfluous bytes.  The alphabet of base45
(RFC 9285) is the QR's alphanumeric mode, so 100 bytes make 153 characters: version 6, level M,
which is the densest that phones and scanners still read in bad light.  Nothing longer is made or
read.  Currency and seller are those of the journal.  There is no personal data in it.

A receipt of training has "T1:" and b"T1" instead: it is no receipt code, and no other first
letters make it one, because they are signed (fiscal.md R20).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from pos.domain.base45 import NotBase45, base45, from_base45
from pos.domain.facts import SaleCompleted
from pos.ids import JournalId

PREFIX = "R1:"
TRAINING_PREFIX = "T1:"
BYTES_MAX = 100
NUMBER_MAX = 2**32 - 1
AMOUNT_MAX = 2**56 - 1  # minor units; a code without lines has room for it
QUANTITY_MAX = 2**32 - 1

Sign = Callable[[bytes], bytes]
"""Returns the 64-byte Ed25519 signature of a message."""
Verify = Callable[[bytes, bytes], bool]
"""Says whether (message, signature) is genuine."""

_SIGNED_PREFIX = b"R1"
_SIGNED_TRAINING_PREFIX = b"T1"
_SIGNATURE_BYTES = 64
_JOURNAL_BYTES = 16
_TIME_BYTES = 4
_SECONDS_MAX = 2 ** (8 * _TIME_BYTES) - 1
_WITHOUT_OFFSET = len("2026-11-21T14:02:11")
_EPOCH = datetime(2024, 1, 1)  # noqa: DTZ001 because a wall clock has no zone


class NotAReceiptCode(ValueError):
    """The text is no receipt code; `args[0]` says why, for a log."""


class CodeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the receipt, as far as a refund needs it."""

    variant_number: int  # of the catalogue of the till that sold it
    quantity: int
    amount_minor: int  # what the whole line cost, after discount


class ReceiptCode(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt's code says."""

    journal_id: JournalId
    number: int
    local_time: str  # ISO 8601, the stand's clock, to the second, without offset
    total_minor: int
    lines: tuple[CodeLine, ...]  # empty: they did not fit


class SignedReceiptCode(msgspec.Struct, frozen=True, kw_only=True):
    """A code as it was read; nobody has checked yet who signed it."""

    receipt: ReceiptCode
    message: bytes  # what was signed
    signature: bytes

    def is_genuine(self, verify: Verify) -> bool:
        """Say whether the journal's key signed it, given that key's `verify`."""
        return verify(self.message, self.signature)


def code_of_sale(journal_id: JournalId, sale: SaleCompleted) -> ReceiptCode:
    """Return what the code of a sale's receipt has to say."""
    lines = tuple(
        CodeLine(
            variant_number=line.variant_number,
            quantity=line.quantity,
            amount_minor=line.gross.minor,
        )
        for line in sale.lines
    )
    return ReceiptCode(
        journal_id=journal_id,
        number=sale.number,
        local_time=sale.local_time[:_WITHOUT_OFFSET],
        total_minor=sale.total.minor,
        lines=lines,
    )


def pack(receipt: ReceiptCode, sign: Sign, *, is_training: bool = False) -> str:
    """Return the text of the QR; lines that do not fit are left out, all of them."""
    assert not receipt.lines or receipt.total_minor == sum(
        line.amount_minor for line in receipt.lines
    ), "a receipt's lines add up to its total"
    body = _body(receipt, receipt.lines)
    if len(body) + _SIGNATURE_BYTES > BYTES_MAX:
        body = _body(receipt, ())
    signature = sign((_SIGNED_TRAINING_PREFIX if is_training else _SIGNED_PREFIX) + body)
    assert len(signature) == _SIGNATURE_BYTES, len(signature)
    return (TRAINING_PREFIX if is_training else PREFIX) + base45(body + signature)


def unpack(text: str) -> SignedReceiptCode:
    """Read a code; who signed it is not checked here, see `SignedReceiptCode.is_genuine`.

    Raises:
        NotAReceiptCode: it is something else, of training, cut short, or not written the one way
            there is.
    """
    if text.startswith(TRAINING_PREFIX):
        raise NotAReceiptCode("training")
    if not text.startswith(PREFIX):
        raise NotAReceiptCode("prefix")
    try:
        packed = from_base45(text[len(PREFIX) :])
    except NotBase45 as error:
        raise NotAReceiptCode("base45") from error
    if not _SIGNATURE_BYTES < len(packed) <= BYTES_MAX:
        raise NotAReceiptCode("length")
    body, signature = packed[:-_SIGNATURE_BYTES], packed[-_SIGNATURE_BYTES:]
    receipt = _read_receipt(_Reader(body))
    return SignedReceiptCode(receipt=receipt, message=_SIGNED_PREFIX + body, signature=signature)


def _body(receipt: ReceiptCode, lines: tuple[CodeLine, ...]) -> bytes:
    since = datetime.fromisoformat(receipt.local_time) - _EPOCH
    # A till whose clock stands at 1970 sells all the same, and its receipts have a code.
    seconds = min(max(0, since // timedelta(seconds=1)), _SECONDS_MAX)
    last = len(lines) - 1
    return b"".join(
        (
            uuid.UUID(receipt.journal_id).bytes,
            _varint(receipt.number, NUMBER_MAX),
            seconds.to_bytes(_TIME_BYTES, "big"),
            _varint(receipt.total_minor, AMOUNT_MAX),
            _varint(len(lines), BYTES_MAX),
            *(_line(line, is_last=index == last) for index, line in enumerate(lines)),
        )
    )


def _line(line: CodeLine, *, is_last: bool) -> bytes:
    has_quantity = line.quantity != 1
    key = _varint(2 * line.variant_number + has_quantity, NUMBER_MAX)
    quantity = _varint(line.quantity, QUANTITY_MAX) if has_quantity else b""
    amount = b"" if is_last else _varint(line.amount_minor, AMOUNT_MAX)
    return key + quantity + amount


def _varint(value: int, value_max: int) -> bytes:
    assert 0 <= value <= value_max, value
    raw = bytearray()
    while value > 0x7F:
        raw.append(value & 0x7F | 0x80)
        value >>= 7
    raw.append(value)
    return bytes(raw)


class _Reader:
    """Takes a body apart from the front and refuses what the encoder would not have written."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    def take(self, size: int) -> bytes:
        taken = self._raw[self._at : self._at + size]
        if len(taken) < size:
            raise NotAReceiptCode("cut short")
        self._at += size
        return taken

    def varint(self, value_max: int) -> int:
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if value > value_max:
                raise NotAReceiptCode("number too large")
            if byte <= 0x7F:
                break
            shift += 7
        if byte == 0 and shift:
            raise NotAReceiptCode("number not canonical")
        return value

    def end(self) -> None:
        if self._at != len(self._raw):
            raise NotAReceiptCode("trailing bytes")


def _read_receipt(reader: _Reader) -> ReceiptCode:
    journal_id = JournalId(str(uuid.UUID(bytes=reader.take(_JOURNAL_BYTES))))
    number = reader.varint(NUMBER_MAX)
    seconds = int.from_bytes(reader.take(_TIME_BYTES), "big")
    total_minor = reader.varint(AMOUNT_MAX)
    lines = _read_lines(reader, total_minor)
    reader.end()
    return ReceiptCode(
        journal_id=journal_id,
        number=number,
        local_time=(_EPOCH + timedelta(seconds=seconds)).isoformat(),
        total_minor=total_minor,
        lines=lines,
    )


def _read_lines(reader: _Reader, total_minor: int) -> tuple[CodeLine, ...]:
    lines: list[CodeLine] = []
    left_minor = total_minor
    count = reader.varint(BYTES_MAX)
    for index in range(count):
        variant_number, has_quantity = divmod(reader.varint(NUMBER_MAX), 2)
        quantity = reader.varint(QUANTITY_MAX) if has_quantity else 1
        if has_quantity and quantity == 1:
            raise NotAReceiptCode("number not canonical")
        is_last = index == count - 1
        amount_minor = left_minor if is_last else reader.varint(AMOUNT_MAX)
        left_minor -= amount_minor
        if left_minor < 0:
            raise NotAReceiptCode("lines exceed the total")
        lines.append(
            CodeLine(variant_number=variant_number, quantity=quantity, amount_minor=amount_minor)
        )
    return tuple(lines)

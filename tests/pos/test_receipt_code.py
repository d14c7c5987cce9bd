from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.base45 import base45, from_base45
from pos.domain.receipt_code import (
    AMOUNT_MAX,
    BYTES_MAX,
    NUMBER_MAX,
    PREFIX,
    QUANTITY_MAX,
    CodeLine,
    NotAReceiptCode,
    ReceiptCode,
    pack,
    unpack,
)
from pos.ids import JournalId

# The key of RFC 8032, section 7.1, test 1: known to everybody, so that the vectors can be checked.
KEY = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
)
JOURNAL = JournalId("01931f2a-7c4e-7b1a-9a53-0242ac120002")
FIRST_SECOND = 1_704_067_200  # 2024-01-01T00:00:00Z
CHARS_OF_VERSION_6_M = 154
GOLDEN_ONE_LINE = (
    "R1:/80D.37WFEPF.MJ%C0+XL200%OF45EXZS5I2 ALO*H4NN.0U+ZJCI5BWOQ%M8DAHL6P81M4L.EMC6"
    "9H+8S-R09U644%53$SN$EFC%NGY2L:EX17AFCKNHKC4WJRZ/E7EAVHKB5L"
)
GOLDEN_TWO_LINES = (
    "R1:/80D.37WFEPF.MJ%C0+XL200%OF45E-ZS0F7H+1P9H+DR3%ATJR1CG$MF-WPQZGSMK1OGHM4J3C83"
    "BWSSU-88IB 6RNXFV8A$IB EB+1N W0+VI-PA1/O/ZJP+RBV9DYV%-EW8HQFV IP"
)
GOLDEN_NO_LINES = (
    "R1:/80D.37WFEPF.MJ%C0+XL200%OF45EHVSY30-3EXK6SM7O4TWBFLO4F3M X3/428BV6Q0V0V5-LM."
    "H865C.RKPRN-91BGA0PCN6BX7%FIAPL%2S.I9550O+KBI8YHOJ+4C0"
)
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def verify(message: bytes, signature: bytes) -> bool:
    try:
        KEY.public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True


def a_line(number: int = 212, quantity: int = 1, amount_minor: int = 2500) -> CodeLine:
    return CodeLine(variant_number=number, quantity=quantity, amount_minor=amount_minor)


def a_receipt(*lines: CodeLine, number: int = 123) -> ReceiptCode:
    return ReceiptCode(
        journal_id=JOURNAL,
        number=number,
        local_time="2026-11-21T14:02:11",
        total_minor=sum(line.amount_minor for line in lines),
        lines=lines,
    )


amounts = st.integers(0, AMOUNT_MAX // BYTES_MAX)
code_lines = st.builds(
    CodeLine,
    variant_number=st.integers(0, NUMBER_MAX // 2),
    quantity=st.integers(0, QUANTITY_MAX),
    amount_minor=amounts,
)
receipts = st.builds(
    lambda journal, number, seconds, lines: ReceiptCode(
        journal_id=JournalId(str(journal)),
        number=number,
        local_time=datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat(),
        total_minor=sum(line.amount_minor for line in lines),
        lines=tuple(lines),
    ),
    st.uuids(),
    st.integers(0, NUMBER_MAX),
    st.integers(FIRST_SECOND, FIRST_SECOND + 2**32 - 1),
    st.lists(code_lines, max_size=12),
)


@given(receipts)
def test_a_code_says_what_was_packed_or_leaves_out_all_lines(receipt: ReceiptCode) -> None:
    read = unpack(pack(receipt, KEY.sign))
    assert read.is_genuine(verify)
    assert read.receipt.lines in {receipt.lines, ()}
    assert read.receipt == ReceiptCode(
        journal_id=receipt.journal_id,
        number=receipt.number,
        local_time=receipt.local_time,
        total_minor=receipt.total_minor,
        lines=read.receipt.lines,
    )


@given(receipts)
def test_every_code_fits_a_qr_of_version_6_level_m(receipt: ReceiptCode) -> None:
    text = pack(receipt, KEY.sign)
    assert len(text) <= CHARS_OF_VERSION_6_M
    assert set(text) <= set(ALPHANUMERIC)


def test_the_largest_numbers_there_are_have_a_code_too() -> None:
    """The sale is recorded already: its receipt must not fail for being too large."""
    line = a_line(NUMBER_MAX // 2, QUANTITY_MAX, AMOUNT_MAX)
    read = unpack(pack(a_receipt(line, number=NUMBER_MAX), KEY.sign)).receipt
    assert (read.number, read.total_minor, read.lines) == (NUMBER_MAX, AMOUNT_MAX, ())


def test_three_shirts_of_a_usual_sale_travel_in_the_code() -> None:
    """With 300 variants on a stand and prices below 163.83, a refund needs no network."""
    receipt = a_receipt(a_line(212), a_line(7, 2, 5000), a_line(301), number=9_999)
    assert unpack(pack(receipt, KEY.sign)).receipt == receipt


def test_a_long_receipt_keeps_total_and_number_and_drops_its_lines() -> None:
    receipt = a_receipt(*(a_line(number) for number in range(200, 208)))
    read = unpack(pack(receipt, KEY.sign)).receipt
    assert read.lines == ()
    assert (read.number, read.total_minor) == (123, 20_000)


def test_the_code_is_the_same_in_every_version_of_the_program() -> None:
    """A receipt of this year is refunded by next year's till: these texts never change."""
    assert pack(a_receipt(a_line()), KEY.sign) == GOLDEN_ONE_LINE
    assert pack(a_receipt(a_line(7, 2, 5000), a_line(300)), KEY.sign) == GOLDEN_TWO_LINES
    assert pack(a_receipt(), KEY.sign) == GOLDEN_NO_LINES


def test_the_bytes_stand_where_the_format_says() -> None:
    """Worked out by hand from the description, not by the encoder."""
    body = (
        uuid.UUID(JOURNAL).bytes
        + bytes([123])
        + (91_202_531).to_bytes(4, "big")
        + bytes([0xCC, 0x3A])  # 7500 = 0x3A << 7 | 0x4C
        + bytes([2])
        + bytes([7 * 2 + 1, 2, 0x88, 0x27])  # 5000 = 0x27 << 7 | 0x08
        + bytes([0xD8, 0x04])  # 300 × 2 = 4 << 7 | 0x58; its amount is what is left
    )
    text = PREFIX + base45(body + KEY.sign(b"R1" + body))
    assert text == pack(a_receipt(a_line(7, 2, 5000), a_line(300)), KEY.sign)


def _sealed(body: bytes) -> str:
    return PREFIX + base45(body + KEY.sign(b"R1" + body))


HEAD = uuid.UUID(JOURNAL).bytes + bytes([5]) + bytes(4)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("prefix", "FP1:" + GOLDEN_NO_LINES[3:]),
        ("prefix", GOLDEN_NO_LINES.lower()),
        ("prefix", ""),
        ("length", "R1:"),
        ("length", PREFIX + base45(bytes(BYTES_MAX + 1))),
        ("length", PREFIX + base45(bytes(64))),
        ("cut short", _sealed(HEAD[:15])),
        ("cut short", _sealed(HEAD + b"\x80")),
        ("cut short", _sealed(HEAD + b"\x01\x01")),
        ("trailing bytes", _sealed(HEAD + b"\x01\x00\x00")),
        ("number not canonical", _sealed(HEAD + b"\x81\x00\x00")),
        ("number not canonical", _sealed(HEAD + b"\x01\x01\x03\x01")),
        ("number too large", _sealed(HEAD + b"\xff" * 8 + b"\x01\x00")),
        ("number too large", _sealed(HEAD + b"\x01\x65")),
        ("lines exceed the total", _sealed(HEAD + b"\x01\x02\x02\x02\x04")),
    ],
)
def test_what_is_not_written_the_one_way_there_is_gets_refused(reason: str, text: str) -> None:
    with pytest.raises(NotAReceiptCode, match=reason):
        unpack(text)


@given(st.integers(0, 99), st.integers(1, 255))
def test_a_code_with_any_byte_changed_is_not_genuine(at: int, change: int) -> None:
    raw = bytearray(from_base45(pack(a_receipt(a_line(), a_line(9)), KEY.sign)[len(PREFIX) :]))
    raw[at % len(raw)] ^= change
    try:
        read = unpack(PREFIX + base45(bytes(raw)))
    except NotAReceiptCode:
        return
    assert not read.is_genuine(verify)


@given(st.one_of(st.text(max_size=200), st.text(ALPHANUMERIC, max_size=200).map(PREFIX.__add__)))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    try:
        unpack(text)
    except NotAReceiptCode:
        return


def test_ten_thousand_damaged_codes_are_read_or_refused_and_packed_again_the_same() -> None:
    """What is read and packed again gives the same bytes: there is one way to write a receipt."""
    chance = random.Random(1)
    whole = from_base45(pack(a_receipt(a_line(), a_line(9)), KEY.sign)[len(PREFIX) :])
    readable = 0
    for _ in range(10_000):
        raw = bytearray(whole[: chance.randint(60, len(whole))])
        for _ in range(chance.randint(1, 4)):
            raw[chance.randrange(min(len(raw), 36))] = chance.randrange(256)
        try:
            read = unpack(PREFIX + base45(bytes(raw)))
        except NotAReceiptCode:
            continue
        readable += 1
        signed_alike = {read.message: read.signature}
        assert pack(read.receipt, signed_alike.__getitem__) == PREFIX + base45(bytes(raw))
    assert readable > 100


def test_a_till_whose_clock_stands_at_1970_prints_codes_too() -> None:
    receipt = ReceiptCode(
        journal_id=JOURNAL,
        number=1,
        local_time="1970-01-01T01:00:05",
        total_minor=0,
        lines=(),
    )
    assert unpack(pack(receipt, KEY.sign)).receipt.local_time == "2024-01-01T00:00:00"

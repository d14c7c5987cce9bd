"""Identities: minted where a thing is born, never reused.

Facts, sales and journals get UUIDv7 (they sort by time). Products and variants get UUIDv5 of
their handle and options, so that two tills that import the same file agree.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import unicodedata
import uuid
from collections.abc import Sequence
from typing import NewType

JournalId = NewType("JournalId", str)
SaleId = NewType("SaleId", str)
ShiftId = NewType("ShiftId", str)
BasketId = NewType("BasketId", str)
ProductId = NewType("ProductId", str)
VariantId = NewType("VariantId", str)
OperatorCode = NewType("OperatorCode", str)
"""Who did it, as a code: names stay outside the journal (fiscal.md R34)."""

_CATALOGUE = uuid.UUID("8a1c7e0e-6f0b-5c58-9d3a-0f5b2d9f6c11")


def uuid7() -> str:
    """Return a new UUIDv7 as text: 48 bits of Unix milliseconds, then random bits (RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def product_id(handle: str) -> ProductId:
    """Return the identity of the product with this handle, the same on every till."""
    return ProductId(str(uuid.uuid5(_CATALOGUE, unicodedata.normalize("NFC", handle))))


def variant_id(handle: str, options: Sequence[str]) -> VariantId:
    """Return the identity of one variant of a product: its handle and its option values."""
    parts = [unicodedata.normalize("NFC", part) for part in (handle, *options)]
    return VariantId(str(uuid.uuid5(_CATALOGUE, "\x1f".join(parts))))


def internal_barcode(variant: VariantId, attempt: int = 0) -> str:
    """Return an EAN-13 of the in-store range for a variant without a barcode.

    `20`, ten digits of SHA-256 of the variant's id, check digit. `attempt` counts up when the
    number is taken by another variant.
    """
    digest = hashlib.sha256(variant.encode()).digest()
    number = (int.from_bytes(digest[:16], "big") + attempt) % 10**10
    return with_check_digit(f"20{number:010d}")


def with_check_digit(digits: str) -> str:
    """Append the GS1 check digit to 7, 11 or 12 digits."""
    weighted = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return f"{digits}{-weighted % 10}"

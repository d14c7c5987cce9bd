"""Base45 (RFC 9285): bytes in the letters of a QR code's alphanumeric mode."""

from __future__ import annotations

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}


class NotBase45(ValueError):
    """A character, a length or a value that the encoding cannot produce."""


def base45(raw: bytes) -> str:
    """Encode: two bytes make three characters, a last single one makes two."""
    chars: list[str] = []
    for start in range(0, len(raw), 2):
        pair = raw[start : start + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, digit = divmod(value, 45)
            chars.append(_ALPHABET[digit])
    return "".join(chars)


def from_base45(text: str) -> bytes:
    """Decode, strictly.

    Raises:
        NotBase45: no encoder has written this.
    """
    raw = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        if len(group) == 1 or not all(char in _VALUES for char in group):
            raise NotBase45(group)
        value = sum(_VALUES[char] * 45**place for place, char in enumerate(group))
        size = len(group) - 1
        if value >= 256**size:
            raise NotBase45(group)
        raw += value.to_bytes(size, "big")
    return bytes(raw)

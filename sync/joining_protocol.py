"""The wire, when a till joins that had a catalogue of its own: POST /v1/variants.

The till says what it calls the variants that it moved and that are none of the hub's: the same id
is the same variant; else a barcode decides, else a person.  Said again, it changes nothing that a
person has decided.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from pos.importers.cells import BARCODE_MAX

VARIANTS_MAX = 1_000
"""In one message; a till that has more sends several."""

MESSAGE_BYTES_MAX = 1024 * 1024
EXPLAINED_MAX = 4 * 1024 * 1024
"""Of the answer, which repeats the names beside the hub's."""

ID_MAX, LABEL_MAX, BARCODES_MAX = 200, 400, 10

_Barcode = Annotated[str, msgspec.Meta(max_length=BARCODE_MAX, pattern=r"\A[^\x00]+\Z")]


class OtherVariant(msgspec.Struct, frozen=True, kw_only=True):
    """A variant as a till calls it that joins."""

    variant_id: Annotated[str, msgspec.Meta(pattern=r"\A[^\x00]{1,200}\Z")]
    label: Annotated[str, msgspec.Meta(pattern=r"\A[^\x00]{0,400}\Z")] = ""
    barcodes: Annotated[tuple[_Barcode, ...], msgspec.Meta(max_length=BARCODES_MAX)] = ()


class OtherVariants(msgspec.Struct, frozen=True, kw_only=True):
    """What a till asks."""

    variants: Annotated[tuple[OtherVariant, ...], msgspec.Meta(max_length=VARIANTS_MAX)]


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """How many of them a person at head office must explain, and what is known of the others."""

    to_explain: int
    meant: tuple[tuple[str, str], ...] = ()  # a variant as the till calls it, and the hub's

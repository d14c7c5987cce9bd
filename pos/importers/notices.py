"""What an import has to say, as data; the sentences are in `messages.py`."""

from __future__ import annotations

from typing import Literal

import msgspec

Problem = Literal[
    "ambiguous_amount",
    "barcode_number",
    "barcode_taken",
    "barcode_twice",
    "control",
    "handle_again",
    "missing",
    "negative_amount",
    "no_option_name",
    "not_a_quantity",
    "not_an_amount",
    "not_yes_or_no",
    "too_large",
    "too_long",
    "too_many_cells",
    "too_many_decimals",
    "too_many_variants",
    "variant_twice",
]

Warned = Literal[
    "check_digit",
    "free",
    "gift_card",
    "looks_like_books",
    "negative_quantity",
    "no_quantities",
    "not_taxable",
    "picture_unreadable",
    "shortened",
    "title_differs",
    "type_unused",
    "unknown_status",
    "untracked",
]

Unreadable = Literal[
    "absent",
    "changed",
    "column_twice",
    "directory",
    "empty",
    "encoding",
    "inventory",
    "line_too_long",
    "missing_columns",
    "no_permission",
    "not_a_file",
    "orders",
    "quotes",
    "spreadsheet",
]


class RowProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be imported as it stands."""

    line: int  # where the row begins in the file, 1 for the first
    column: str  # as the file's header writes it
    kind: Problem
    value: str = ""
    other_line: int = 0  # the row it does not go together with


class RowWarning(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was imported, but that a person should know."""

    line: int  # 0: it is about the whole file
    column: str
    kind: Warned
    value: str = ""


class QuantityDiffers(msgspec.Struct, frozen=True, kw_only=True):
    """The file counts other pieces than the till; a count settles it, an import does not."""

    label: str
    in_file: int
    on_hand: int


class NotInFile(msgspec.Struct, frozen=True, kw_only=True):
    """A product is on sale here and not in the file; it was left as it is."""

    name: str


Notice = RowProblem | RowWarning | QuantityDiffers | NotInFile


class UnreadableFile(Exception):
    """The file as a whole is not what it should be, and nothing of it was taken.

    Not below `PosError`: importers speak through their own table, on the command line too.
    """

    def __init__(self, kind: Unreadable, *, line: int = 0, value: str = "") -> None:
        super().__init__(kind, line, value)
        self.kind = kind
        self.line = line  # 0: it is about the whole file
        self.value = value

"""How a question reads: rows in, nothing that can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Reader(Protocol):
    """Runs SELECTs on the till's database."""

    def rows(self, sql: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """Return all rows of a query."""
        ...

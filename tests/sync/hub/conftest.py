"""What every test of the hub gets."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from sync.hub.log import LOGGER


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Let no command that set up a hub's log write lines into those of later tests."""
    root = logging.getLogger()
    before = root.handlers, root.level, LOGGER.level
    yield
    root.handlers = before[0]
    root.setLevel(before[1])
    LOGGER.setLevel(before[2])

"""A filter that listens, and what it has told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import (
    QApplication,
)

from tests.ui.scanning.windows import Heard
from ui.scanning.filter import ScanFilter


@pytest.fixture
def scans(qapp: QApplication) -> Iterator[ScanFilter]:
    scans = ScanFilter(qapp)
    yield scans
    scans.close()
    shiboken6.delete(scans)


@pytest.fixture
def heard(scans: ScanFilter) -> Heard:
    return Heard(scans)

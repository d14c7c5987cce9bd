"""Where a hub's lines go."""

from __future__ import annotations

import io
import json
import sys

import pytest

from sync.hub.log import log, set_up_logging


def test_a_line_goes_to_what_is_standard_error_when_it_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever redirects it for a while may close what it was meanwhile."""
    before, now = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", before)
    set_up_logging()
    monkeypatch.setattr(sys, "stderr", now)
    before.close()
    log("stopping")
    assert json.loads(now.getvalue())["event"] == "stopping"

"""What a hub writes down of itself: a line of JSON each, and nothing about people.

No bodies, no names, no tokens, no addresses, no messages of exceptions: those may hold what
somebody typed.  Of a bug there is the kind of exception and the places in the program.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from pathlib import Path
from typing import TextIO

from pos.clock import utc_now, utc_text
from pos.errors import PosError

LOGGER = logging.getLogger("echoppe.hub")


def log(event: str, **fields: str | float | None) -> None:
    """Write a line."""
    LOGGER.info(event, extra={"fields": fields})


def log_trouble(event: str, error: BaseException) -> None:
    """Write of an error what helps to find it, without what it says."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)[-12:]
    ]
    fields: dict[str, object] = {"error": type(error).__name__}
    if isinstance(error, PosError):
        fields["reason"] = getattr(error, "reason", "")
    else:
        fields["places"] = places
    LOGGER.error(event, extra={"fields": fields})


class JsonLines(logging.Formatter):
    """One record, one line.  What a library says is cut down to who says it, and how bad it is."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {"at": utc_text(utc_now()), "level": record.levelname.lower()}
        fields = getattr(record, "fields", None)
        if fields is None:
            line |= {"event": "library", "library": record.name}
            if record.name.startswith("uvicorn"):
                line["text"] = str(record.msg)  # without what is put into it
            if record.exc_info and record.exc_info[0] is not None:
                line["error"] = record.exc_info[0].__name__
        else:
            line |= {"event": record.getMessage(), **fields}
        return json.dumps(line, ensure_ascii=False)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at this moment: what it was before may be closed."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def set_up_logging() -> None:
    """Write lines to standard error, and let nobody else write any there."""
    handler = _StandardError()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(logging.INFO)

"""Templates become pages: everything is escaped, words come from the table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sync.hub.web.words import Language, say

_HERE = Path(__file__).parent
STATIC: Mapping[str, str] = {
    "hub.css": "text/css",
    "hub.js": "text/javascript",
    "htmx-2.0.11.min.js": "text/javascript",
    "Inter-Regular.otf": "font/otf",
    "Inter-SemiBold.otf": "font/otf",
    "Inter-Bold.otf": "font/otf",
    "icon.svg": "image/svg+xml",
}


def render(template: str, language: Language, context: Mapping[str, object]) -> str:
    """Return a template's page in a language."""
    words = partial(say, language)
    return _environment().get_template(template).render(language=language, t=words, **context)


@cache
def static_file(name: str) -> bytes:
    """Return a file of `STATIC`."""
    return (_HERE / "static" / name).read_bytes()


@cache
def static(name: str) -> str:
    """Return the address of a file; it changes with its content, so that it may be kept."""
    return f"/static/{name}?v={hashlib.sha256(static_file(name)).hexdigest()[:12]}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["static"] = static
    return environment

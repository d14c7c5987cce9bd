"""Reading and writing `till.toml`, the settings of the device."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_origin, get_type_hints

import msgspec

from pos.disk import write_durably
from pos.errors import BadConfiguration, StorageUnavailable
from pos.settings import SENTENCES, Settings
from pos.toml_file import read_toml

PORT_MAX = 65_535
TIMEOUT_MAX_S = 60
_LANGUAGE = re.compile(r"auto|[a-z]{2}", re.ASCII)
CALIBRATION_MAX = 200  # no keyboard garbles more

Problem = tuple[str, str]


def load_settings(path: Path) -> Settings:
    """Return the settings in a file; a missing file means the defaults.

    Raises:
        BadConfiguration: it is not TOML, or fields are wrong or unknown: all of them are named.
    """
    try:
        content = read_toml(path)
    except FileNotFoundError:
        return Settings()
    if problems := tuple(_misfits(content, Settings)):
        raise BadConfiguration(path, problems)
    settings = msgspec.convert(content, Settings)
    if problems := problems_of(settings):
        raise BadConfiguration(path, problems)
    return settings


def save_settings(path: Path, settings: Settings) -> Path | None:
    """Write the settings, whole or not at all, each with its sentence.

    A file that is there and wrong has somebody's work in it: it is kept beside, and that place
    returned; None if there was no such file.

    Raises:
        BadConfiguration: a value is one that no device can have, so the next start would refuse it.
        StorageUnavailable: the disk does not take them; the old file stays.
    """
    if problems := problems_of(settings):
        raise BadConfiguration(path, problems)
    text = "".join(f"{line}\n" for line in _lines(msgspec.to_builtins(settings)))
    try:
        kept = _keep_wrong(path)
        write_durably(path, text.encode())
    except OSError as error:
        raise StorageUnavailable(reason=type(error).__name__) from error
    return kept


def _keep_wrong(path: Path) -> Path | None:
    """Keep a wrong file as `till.toml.bad`, or with a number behind that if there is another."""
    try:
        load_settings(path)
    except BadConfiguration:
        pass
    else:
        return None
    names = itertools.chain([f"{path.name}.bad"], (f"{path.name}.bad{n}" for n in range(2, 10**6)))
    free = next(kept for name in names if not (kept := path.with_name(name)).exists())
    try:
        content = path.read_bytes()
    except OSError:  # nobody may read it, or it is a folder: it can be moved all the same
        path.rename(free)
    else:
        write_durably(free, content)
    return free


def problems_of(settings: Settings) -> tuple[Problem, ...]:
    """Return the fields whose values no device can have, each with what is wrong."""
    return tuple(_impossibilities(settings))


def _misfits(
    table: dict[str, Any], kind: type[msgspec.Struct], prefix: str = ""
) -> Iterator[Problem]:
    """Yield the fields of a table that a struct does not have, or not with this type."""
    types = get_type_hints(kind)
    for name, value in table.items():
        field, wanted = f"{prefix}{name}", types.get(name)
        if wanted is None:
            yield field, "unknown"
        elif isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
            if isinstance(value, dict):
                yield from _misfits(value, wanted, f"{field}.")
            else:
                yield field, "type"
        else:
            try:
                msgspec.convert(value, wanted)
            except msgspec.ValidationError:
                yield field, "choice" if get_origin(wanted) is Literal else "type"


def _impossibilities(settings: Settings) -> Iterator[Problem]:
    """Yield the fields whose values no device can have."""
    printer, calibration = settings.printer, settings.scanner.calibration
    if not _LANGUAGE.fullmatch(settings.receipt_language):
        yield "receipt_language", "choice"
    if printer.kind == "network" and not printer.host.strip():
        yield "printer.host", "missing"
    if printer.kind == "file" and not printer.folder.strip():
        yield "printer.folder", "missing"
    if not 0 < printer.port <= PORT_MAX:
        yield "printer.port", "range"
    if not 0 < printer.connect_timeout_s <= TIMEOUT_MAX_S:
        yield "printer.connect_timeout_s", "range"
    if not 0 < printer.write_timeout_s <= TIMEOUT_MAX_S:
        yield "printer.write_timeout_s", "range"
    for field, text in (("printer.host", printer.host), ("printer.folder", printer.folder)):
        if "\0" in text:  # no name of a machine or a folder has one
            yield field, "syntax"
    if len(calibration) > CALIBRATION_MAX:
        yield "scanner.calibration", "length"


def _lines(table: dict[str, Any], name: str = "") -> Iterator[str]:
    """Yield the lines of a table, its own values first, then the tables in it."""
    for key, value in table.items():
        field = f"{name}.{key}" if name else key
        if not isinstance(value, dict):
            yield from (f"# {SENTENCES[field]}", f"{_key(key)} = {_value(value)}", "")
        elif field in SENTENCES:  # a field that is itself a table of texts
            yield from (f"# {SENTENCES[field]}", f"[{field}]")
            yield from (f"{_key(text)} = {_value(value[text])}" for text in value)
        else:
            yield f"[{field}]"
            yield from _lines(value, field)


def _key(key: str) -> str:
    return key if key.isidentifier() and key.isascii() else _value(key)


def _value(value: str | float | bool) -> str:
    """Return a value as TOML: JSON's texts, numbers and truths are, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

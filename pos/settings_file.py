"""Reading and writing `till.toml`, the settings of the device."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from pos.errors import BadConfiguration, StorageUnavailable
from pos.settings import Settings


def load_settings(path: Path) -> Settings:
    """Return the settings in a file; a missing file means the defaults.

    Raises:
        BadConfiguration: it is not TOML, or a field is wrong or unknown; the field is named.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise BadConfiguration(path, ((type(error).__name__, "syntax"),)) from error
    except tomllib.TOMLDecodeError as error:
        raise BadConfiguration(path, ((str(error), "syntax"),)) from error
    try:
        return msgspec.convert(content, Settings)
    except msgspec.ValidationError as error:
        raise BadConfiguration(path, ((_field(str(error)), "type"),)) from error


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all.

    Raises:
        StorageUnavailable: the disk does not take them; the old file stays.
    """
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with draft.open("w", encoding="utf-8") as file:
            file.write(_toml(msgspec.to_builtins(settings)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StorageUnavailable(reason=type(error).__name__) from error


def _field(message: str) -> str:
    """Return the field that a message of msgspec is about: `… - at `$.printer.port``."""
    _, _, place = message.rpartition("`$.")
    return place.rstrip("`") or message


def _toml(table: dict[str, Any], name: str = "") -> str:
    """Write tables of text, numbers and truths; JSON's strings are TOML's basic strings."""
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = [f"[{name}]"] if name and (plain or not table) else []
    lines += [f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    text = "".join(f"{line}\n" for line in lines)
    for key, value in table.items():
        if isinstance(value, dict):
            text += "\n" + _toml(value, f"{name}.{_key(key)}" if name else _key(key))
    return text


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else json.dumps(key, ensure_ascii=False)

"""Making files durable: what a power cut must not undo."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_REASONS = {errno.ENOSPC: "DISK_FULL", errno.EDQUOT: "DISK_FULL", errno.EROFS: "DISK_READONLY"}


def reason_of(error: OSError) -> str:
    """Return the system's no as a `StorageUnavailable.reason`."""
    return _REASONS.get(error.errno or 0, type(error).__name__)


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file's content whole or not at all; it survives a power cut once this returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable where the system knows how (Windows does it by itself)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

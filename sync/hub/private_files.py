"""Files that only their owner may read: keys, backups."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pos.disk import reason_of, sync_folder
from pos.errors import StorageUnavailable


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read, durably.

    Raises:
        FileExistsError: there is one.
        StorageUnavailable: it cannot be kept.
    """
    write_private_pieces(path, (content,))


def write_private_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file piece by piece, as `write_private` does: it may be larger than the memory.

    Raises:
        FileExistsError: there is one.
        StorageUnavailable: it cannot be kept.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error

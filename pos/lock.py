"""One process per till: a lock file in the data folder, freed by the system when it dies."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Self

from pos.disk import reason_of
from pos.errors import StorageUnavailable, TillAlreadyOpen


class TillLock:
    """Held while a process may write to a data folder; a context manager."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "till.lock"
        self._handle: int | None = None

    def take(self) -> Self:
        """Take the lock.

        Raises:
            TillAlreadyOpen: another process holds it; `pid` is its number, 0 if unknown.
            StorageUnavailable: the folder cannot be written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StorageUnavailable(reason=reason_of(error)) from error
        if not _lock(handle):
            pid = _pid_in(handle)
            os.close(handle)
            raise TillAlreadyOpen(pid=pid)
        self._handle = handle
        with contextlib.suppress(OSError):  # a full disk: the lock holds without the number
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
        return self

    def release(self) -> None:
        """Free the lock; the file stays."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        if self._handle is None:
            self.take()
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


def _pid_in(handle: int) -> int:
    try:
        return int(os.read(handle, 20) or b"0")
    except (OSError, ValueError):
        return 0


def _lock(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            # Beyond the text, which others may want to read.
            os.lseek(handle, 64, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

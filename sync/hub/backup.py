"""A hub in one file: its database as of one moment, and its keys."""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pos.disk import reason_of, sync_folder
from pos.errors import StorageUnavailable
from sync.hub import feed
from sync.hub.hub import DATABASE_NAME, KEY_NAME, Place
from sync.hub.private_files import write_private, write_private_pieces
from sync.hub.store.copying import copy_to
from sync.hub.store.database import HubDatabase
from sync.hub.tls import CERTIFICATE_NAME
from sync.hub.tls import KEY_NAME as TLS_KEY_NAME

PIECE_BYTES = 1024 * 1024
"""How much of a backup is in memory at once: a season's journals are gigabytes."""

_PARTS = (KEY_NAME, CERTIFICATE_NAME, TLS_KEY_NAME)
# What the library says of a damaged archive; of a flag or a version that was hit, the last two.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class NotABackup(Exception):
    """The file is not what `back_up` writes, or not a whole one."""


def back_up(database: HubDatabase, place: Place, file: Path) -> None:
    """Write a hub on SQLite into one file, that only its owner may read, durably.

    Raises:
        FileExistsError: there is such a file.
        StorageUnavailable: database or disk say no.
    """
    if file.exists():
        raise FileExistsError(file)
    try:
        with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
            copy = Path(folder) / DATABASE_NAME
            copy_to(database, copy)
            packed = Path(folder) / "packed"
            _pack(packed, {DATABASE_NAME: copy} | _keys(place))
            os.link(packed, file)  # whole or not at all, and never over another one
            sync_folder(file.absolute().parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error


def _keys(place: Place) -> dict[str, Path]:
    paths = {KEY_NAME: place.key} | {name: place.data / name for name in _PARTS[1:]}
    return {name: path for name, path in paths.items() if path.exists()}


def _pack(packed: Path, parts: dict[str, Path]) -> None:
    handle = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as archive:
            for name, path in parts.items():
                archive.write(path, name)
        file.flush()
        os.fsync(file.fileno())


def unpack(file: Path, place: Place) -> None:
    """Put a backup into an empty folder; nothing is there before all of it was read and is right.

    Raises:
        FileExistsError: there is a hub already.
        NotABackup: the file is something else, or damaged.
        StorageUnavailable: the disk says no.
    """
    if (place.data / DATABASE_NAME).exists() or place.key.exists():
        raise FileExistsError(place.data)
    with _opened(file) as archive:
        names = [name for name in (*_PARTS, DATABASE_NAME) if name in archive.namelist()]
        if not {DATABASE_NAME, KEY_NAME} <= set(names):
            raise NotABackup(file.name)
        try:
            place.data.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryDirectory(dir=place.data, prefix=".restore-") as folder:
                for name in names:
                    write_private_pieces(Path(folder) / name, _pieces(archive, name))
                _put_into_place(Path(folder), names, place)
        except FileExistsError:
            raise
        except OSError as error:
            raise StorageUnavailable(reason=reason_of(error)) from error


def _put_into_place(folder: Path, names: Sequence[str], place: Place) -> None:
    """Move what was unpacked; the database is the last of the names: it makes it a hub."""
    for name in names:
        if name == KEY_NAME:
            write_private(place.key, (folder / name).read_bytes())  # perhaps on another disk
        else:
            os.link(folder / name, place.data / name)
    sync_folder(place.data)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise NotABackup(file.name) from error
    with archive:
        yield archive


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part piece by piece; whoever takes all of it knows that it is whole."""
    try:
        with archive.open(name) as part:
            while piece := part.read(PIECE_BYTES):
                yield piece
    except _DAMAGE as error:
        raise NotABackup(name) from error


def begin_again(database: HubDatabase) -> None:
    """Let the tills of a hub that was put back take everything anew.

    What they had heard since the backup is told to nobody any more: another feed begins.  What they
    have recorded since, they send again by themselves, because they ask where the hub is.

    Raises:
        StorageUnavailable: try again.
    """
    feed.new_feed_id(database)

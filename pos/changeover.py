"""Putting a new database in the place of an old one, so that a power cut can only delay it.

A new database is made as `till.founding`.  Renaming it to `till.next-<stamp>` is the decision:
whoever finds a file of that name finishes what was begun, by setting the old database with its
side files aside as `set-aside/till-<stamp>.db` and giving the new one its place.  SQLite puts
any write-ahead log it finds beside a database into it, whatever database it came from, so an old
log never stays beside a new file, and a database is never left without its own.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pos.disk import sync_folder

_PARTS = ("-wal", "-shm", "-journal", "")


def unborn_file(path: Path) -> Path:
    """Return under which name a new database is made; what an earlier attempt left is gone."""
    unborn = path.with_name(f"{path.stem}.founding")
    for part in _PARTS:
        Path(f"{unborn}{part}").unlink(missing_ok=True)
    return unborn


def change_over(unborn: Path, path: Path, set_aside: Path, now: datetime) -> None:
    """Give a finished new database its place; what is there goes into `set_aside`, whole."""
    if not any(Path(f"{path}{part}").exists() for part in _PARTS):
        unborn.replace(path)
        sync_folder(path.parent)
        return
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    chosen, attempt = stamp, 1
    while any(Path(f"{_kept(path, set_aside, chosen)}{part}").exists() for part in _PARTS):
        chosen, attempt = f"{stamp}-{attempt}", attempt + 1
    unborn.replace(path.with_name(f"{path.stem}.next-{chosen}"))
    sync_folder(path.parent)
    finish_change_over(path, set_aside)


def finish_change_over(path: Path, set_aside: Path) -> None:
    """Finish what a power cut interrupted, if anything was."""
    for following in sorted(path.parent.glob(f"{path.stem}.next-*")):
        if following.name.endswith(_PARTS[:-1]):
            continue
        kept = _kept(path, set_aside, following.name.partition(".next-")[2])
        set_aside.mkdir(parents=True, exist_ok=True)
        for part in _PARTS:
            old = Path(f"{path}{part}")
            if old.exists():
                old.replace(f"{kept}{part}")
        sync_folder(set_aside)
        following.replace(path)
        sync_folder(path.parent)


def _kept(path: Path, set_aside: Path, stamp: str) -> Path:
    return set_aside / f"{path.stem}-{stamp}.db"

"""A look at a till from outside: is everything there, readable and plausible?

Nothing is changed, and the till may be selling meanwhile.  What is found is data; the sentences
are the command line's.  Findings hold no names of people, no addresses and nothing that was sold,
so that they can be sent to somebody who helps.
"""

from __future__ import annotations

import contextlib
import os
import platform
import stat
from collections.abc import Iterator
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Literal

import msgspec

from pos import FISCAL_VERSION, __version__
from pos.anchor import AnchorFile
from pos.clock import Now, from_utc_text, utc_now
from pos.codec import MalformedBody
from pos.domain.facts import Seller
from pos.errors import BadConfiguration, JournalBroken, KeyMissing, PosError
from pos.folders import Folders
from pos.founding import remembered_journal
from pos.machine import (
    BATTERY_LOW_PERCENT,
    CLOCK_AHEAD_MAX,
    CLOCK_BACK_MAX,
    CLOCK_EARLIEST,
    DISK_LOW_BYTES,
    machine_state,
)
from pos.settings import Settings
from pos.settings_file import load_settings
from pos.signing import KeyStore, entry_verifier, fingerprint
from pos.store.database import sqlite_version
from pos.store.journal import public_key_of
from pos.store.till_store import TillStore, open_store_to_read

Level = Literal["ok", "warn", "fail"]

LIBRARIES = ("argon2-cffi", "cryptography", "msgspec", "pillow", "python-escpos", "sqlite-utils")
WAL_RESET_MENDED = (3, 51, 3)
"""SQLite before this can damage a WAL database, rarely (https://sqlite.org/wal.html#walresetbug)."""

TAIL_ENTRIES = 200  # as at the start of the till
DISK_FAIL_BYTES = 50_000_000
MODE_MASK = 0o077  # what a key's file must not allow to others


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    key: str  # which sentence says it
    level: Level = "ok"
    values: dict[str, str | int] = msgspec.field(default_factory=dict)


def examine(folders: Folders, now: Now = utc_now) -> list[Finding]:
    """Look at program, machine, folders, settings, keys and journals of a till."""
    findings = [*_program(), *_folders(folders), *_machine(folders), *_settings(folders)]
    ends: list[datetime] = []
    for path in folders.journals():
        findings += _journal(path, folders, ends)
    if not folders.live.exists():
        findings.append(Finding(key="not_set_up", level="warn"))
    findings.append(_clock(now(), max(ends, default=None)))
    return findings


def settings_or_usual(folders: Folders) -> Settings:
    """Return the settings; the usual ones if the file cannot be used."""
    try:
        return load_settings(folders.settings)
    except BadConfiguration:
        return Settings()


def _program() -> Iterator[Finding]:
    yield Finding(key="program", values={"version": __version__, "fiscal": FISCAL_VERSION})
    yield Finding(
        key="machine",
        values={"python": platform.python_version(), "platform": platform.platform()},
    )
    version = sqlite_version()
    is_mended = tuple(int(part) for part in version.split(".")) >= WAL_RESET_MENDED
    yield Finding(
        key="sqlite" if is_mended else "sqlite_wal_reset",
        level="ok" if is_mended else "warn",
        values={"version": version},
    )
    for name in LIBRARIES:
        try:
            yield Finding(key="library", values={"name": name, "version": metadata.version(name)})
        except metadata.PackageNotFoundError:
            yield Finding(key="library_missing", level="fail", values={"name": name})


def _folders(folders: Folders) -> Iterator[Finding]:
    for name, folder in (("data", folders.data), ("config", folders.config)):
        values: dict[str, str | int] = {"name": name, "path": str(folder)}
        if not folder.is_dir():
            yield Finding(key="folder_missing", level="warn", values=values)
        elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield Finding(key="folder_closed", level="fail", values=values)
        else:
            yield Finding(key="folder", values=values)


def _machine(folders: Folders) -> Iterator[Finding]:
    state = machine_state(folders.data)
    if state.free_bytes is not None:
        level: Level = "ok"
        if state.free_bytes < DISK_LOW_BYTES:
            level = "fail" if state.free_bytes < DISK_FAIL_BYTES else "warn"
        free_mb = state.free_bytes // 1_000_000
        yield Finding(key="disk", level=level, values={"free_mb": free_mb})
    if state.battery_percent is not None:
        is_low = state.battery_percent < BATTERY_LOW_PERCENT and not state.on_mains
        values: dict[str, str | int] = {"percent": state.battery_percent}
        yield Finding(key="battery", level="warn" if is_low else "ok", values=values)


def _settings(folders: Folders) -> Iterator[Finding]:
    try:
        settings = load_settings(folders.settings)
    except BadConfiguration as bad:
        fields = ", ".join(field or problem for field, problem in bad.problems)
        yield Finding(key="settings_wrong", level="fail", values={"fields": fields})
        return
    key = "settings" if folders.settings.exists() else "settings_usual"
    yield Finding(key=key, values={"theme": settings.theme, "language": settings.language})
    learnt = len(settings.scanner.calibration)
    yield Finding(key="scanner" if learnt else "scanner_usual", values={"characters": learnt})


def _journal(path: Path, folders: Folders, ends: list[datetime]) -> Iterator[Finding]:
    """Yield what there is to say of one journal, and note when it was last written."""
    name = path.relative_to(folders.data).as_posix()
    try:
        store = open_store_to_read(path)
    except PosError as error:
        yield _failure(error, name)
        return
    try:
        yield from _open_journal(store, name, folders, ends)
    except PosError as error:
        yield _failure(error, name)
    finally:
        store.close()


def _open_journal(
    store: TillStore, name: str, folders: Folders, ends: list[datetime]
) -> Iterator[Finding]:
    end = store.end()
    try:
        last = store.moment_of(end.seq)
    except MalformedBody:  # the look at the tail below says which entry
        last = ""
    public_key = public_key_of(store.opened)
    yield Finding(
        key="journal",
        values={
            "file": name,
            "mode": store.opened.mode,
            "ordinal": store.opened.ordinal,
            "entries": end.seq,
            "last": _minute(from_utc_text(last)) if last else "?",
        },
    )
    is_current = store.path in {folders.live, folders.training}
    if is_current:  # one that was set aside is history, and perhaps the reason is its key
        ends += [from_utc_text(last)] if last else []
        yield from _key(name, public_key, folders)
    store.check_tail(entry_verifier(public_key), TAIL_ENTRIES)
    yield Finding(key="tail", values={"file": name, "entries": min(end.seq, TAIL_ENTRIES)})
    seen = AnchorFile(folders.anchors, store.journal_id).read()
    if seen is not None and store.digest_at(seen.seq) != seen.digest:
        values: dict[str, str | int] = {"file": name, "seen": seen.seq, "found": end.seq}
        yield Finding(key="rolled_back", level="fail", values=values)
    elif seen is None and is_current:
        yield Finding(key="no_anchor", level="warn", values={"file": name})


def _key(name: str, public_key: bytes, folders: Folders) -> Iterator[Finding]:
    mark = fingerprint(public_key)
    values: dict[str, str | int] = {"file": name, "key": mark}
    try:
        KeyStore(folders.keys).load(public_key)
    except KeyMissing:
        yield Finding(key="key_missing", level="fail", values=values)
        return
    mode = stat.S_IMODE((folders.keys / f"{mark}.key").stat().st_mode)
    if os.name == "posix" and mode & MODE_MASK:
        yield Finding(key="key_open", level="fail", values={**values, "mode": f"{mode:04o}"})
    else:
        yield Finding(key="key", values=values)


def _failure(error: PosError, name: str) -> Finding:
    if isinstance(error, JournalBroken):
        values: dict[str, str | int] = {"file": name, "seq": error.seq, "reason": error.reason}
        return Finding(key="tail_broken", level="fail", values=values)
    reason = f"{type(error).__name__} {getattr(error, 'reason', '')}".strip()
    return Finding(key="journal_closed", level="fail", values={"file": name, "reason": reason})


def _clock(now: datetime, last: datetime | None) -> Finding:
    values: dict[str, str | int] = {"now": _minute(now)}
    if now < CLOCK_EARLIEST:
        return Finding(key="clock_unset", level="fail", values=values)
    if last is None:
        return Finding(key="clock", values=values)
    values["last"] = _minute(last)
    if now < last - CLOCK_BACK_MAX:
        return Finding(key="clock_behind", level="fail", values=values)
    if now > last + CLOCK_AHEAD_MAX:
        return Finding(key="clock_ahead", level="warn", values=values)
    return Finding(key="clock", values=values)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def personal_words(folders: Folders) -> frozenset[str]:
    """Return names and addresses of people and of the seller, as far as they can be read.

    Whatever is sent to somebody who helps must have none of them.
    """
    remembered = remembered_journal(folders)
    words = _words_of(remembered.identity.seller) if remembered else set()
    for path in folders.journals():
        with contextlib.suppress(PosError), contextlib.closing(open_store_to_read(path)) as store:
            words |= _words_of(store.opened.identity.seller)
            words |= {name for (name,) in store.rows("SELECT name FROM staff")}
    return frozenset(word for word in words if word.strip())


def _words_of(seller: Seller) -> set[str]:
    return {seller.name, seller.registration, seller.vat_number, *seller.address}

"""The journal's end, noted outside the database, to notice a restored older copy.

One small file a journal, beside the key, overwritten in place after each commit.  It is written
after the journal is durable, so it may lag behind after a power cut but never runs ahead.  (A hub
keeps the same for tills that have one: fiscal.md R9.)
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from pos.disk import sync_folder
from pos.ids import JournalId

_SIZE = 512  # one sector: written whole or not at all on any disk in use


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """The last entry that was seen committed."""

    journal_id: JournalId
    seq: int
    digest: str


class AnchorFile:
    """Where one journal's anchor lies."""

    def __init__(self, folder: Path, journal_id: JournalId) -> None:
        self._path = folder / f"{journal_id}.anchor"
        self._journal_id = journal_id
        self._handle: int | None = None

    def read(self) -> Anchor | None:
        """Return what was noted last; None if there is nothing readable."""
        try:
            content = self._path.read_bytes()[:_SIZE]
            anchor = msgspec.json.decode(content.rstrip(b" \n\0"), type=Anchor)
        except (OSError, msgspec.DecodeError):
            return None
        return anchor if anchor.journal_id == self._journal_id else None

    def write(self, anchor: Anchor) -> bool:
        """Note the journal's end; say whether it could be written (a full disk may refuse)."""
        content = msgspec.json.encode(anchor).ljust(_SIZE - 1) + b"\n"
        try:
            is_first = self._handle is None
            if self._handle is None:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            os.lseek(self._handle, 0, os.SEEK_SET)  # Windows has no pwrite
            is_whole = os.write(self._handle, content) == _SIZE
            if is_first:
                # A new file has to survive a power cut: a missing anchor is recorded as tampering.
                os.fsync(self._handle)
                sync_folder(self._path.parent)
        except OSError:
            return False
        return is_whole

    def close(self) -> None:
        """Give the file back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

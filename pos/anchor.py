"""The journal's end, noted outside the database, to notice a restored older copy.

One small file a journal, beside the key, overwritten in place after each commit.  It is written
after the journal is durable, so it may lag behind after a power cut but never runs ahead.  (A hub
keeps the same for tills that have one: fiscal.md R9.)

It is signed with the till's key, under a context of its own: whoever can write files but not sign
cannot make one that fits a journal whose end was cut off.  Who kept an older anchor can put it
back together with an older copy of the journal; only a hub notices that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from pos.disk import sync_folder
from pos.ids import JournalId

SIZE = 512  # one sector: written whole or not at all on any disk in use
ANCHOR_CONTEXT = b"echoppe-anchor-1\0"

_encoder = msgspec.json.Encoder()


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """The last entry that was seen committed."""

    journal_id: JournalId
    seq: int
    digest: str
    signature: str = ""  # hex; version 0.1.0 wrote none

    def signed(self, sign: Callable[[bytes], bytes]) -> Anchor:
        """Return this anchor with its signature."""
        return Anchor(
            journal_id=self.journal_id,
            seq=self.seq,
            digest=self.digest,
            signature=sign(self._message()).hex(),
        )

    def is_genuine(self, verify: Callable[[bytes, bytes], bool]) -> bool:
        """Say whether the journal's key signed it, given that key's `verify`."""
        try:
            signature = bytes.fromhex(self.signature)
        except ValueError:
            return False
        return verify(self._message(), signature)

    def _message(self) -> bytes:
        return ANCHOR_CONTEXT + f"{self.journal_id}\0{self.seq}\0{self.digest}".encode()


Doubt = Literal["missing", "unsigned", "forged"]
"""Why an anchor proves nothing."""


def doubt(anchor: Anchor | None, verify: Callable[[bytes, bytes], bool]) -> Doubt | None:
    """Return why an anchor is not the till's own; None if it is."""
    if anchor is None:
        return "missing"
    if not anchor.signature:
        return "unsigned"
    return None if anchor.is_genuine(verify) else "forged"


class AnchorFile:
    """Where one journal's anchor lies."""

    def __init__(self, folder: Path, journal_id: JournalId) -> None:
        self._path = folder / f"{journal_id}.anchor"
        self._journal_id = journal_id
        self._handle: int | None = None

    def read(self) -> Anchor | None:
        """Return what was noted last, by whomever; None if there is nothing readable."""
        try:
            content = self._path.read_bytes()[:SIZE]
            anchor = msgspec.json.decode(content.rstrip(b" \n\0"), type=Anchor)
        except (OSError, msgspec.DecodeError):
            return None
        return anchor if anchor.journal_id == self._journal_id else None

    def write(self, anchor: Anchor) -> bool:
        """Note the journal's end; say whether it could be written (a full disk may refuse)."""
        content = _encoder.encode(anchor).ljust(SIZE - 1) + b"\n"
        assert len(content) == SIZE, "more than a sector is not written at once"
        try:
            is_first = self._handle is None
            if self._handle is None:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            os.lseek(self._handle, 0, os.SEEK_SET)  # Windows has no pwrite
            is_whole = os.write(self._handle, content) == SIZE
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

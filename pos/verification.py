"""Checking all journals of a till, with what its config folder remembers of them."""

from __future__ import annotations

from pathlib import Path

from pos.anchor import AnchorFile
from pos.folders import Folders
from pos.ids import JournalId
from pos.store.journal import read_end
from pos.store.verify import Claim, Problem, Progress, Verification, verify_file

Claims = dict[JournalId, list[Claim]]


def verify_journals(folders: Folders, progress: Progress | None = None) -> list[Verification]:
    """Check every journal of a till without changing it; the till may be in use.

    What the journals were compared with: the anchors in the config folder, and what a journal
    that goes on from another one says of it.
    """
    paths = folders.journals()
    claims = _remembered(folders, paths)  # before the files: the till may go on selling
    return [verify_file(path, claims, progress) for path in paths]


def _remembered(folders: Folders, paths: list[Path]) -> Claims:
    claims: Claims = {}
    for path in folders.anchors.glob("*.anchor"):
        journal_id = JournalId(path.stem)
        if (anchor := AnchorFile(folders.anchors, journal_id).read()) is not None:
            claim = Claim(seq=anchor.seq, digest=anchor.digest, by="anchor")
            claims.setdefault(journal_id, []).append(claim)
    for path in paths:
        known = read_end(path)
        previous = known[1].previous if known else None
        if previous is not None and previous.journal_id is not None and previous.seq > 0:
            claim = Claim(seq=previous.seq, digest=previous.digest, by="successor")
            claims.setdefault(previous.journal_id, []).append(claim)
    return claims


__all__ = ["Claim", "Problem", "Progress", "Verification", "verify_journals"]

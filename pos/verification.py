"""Checking all journals of a till, with what its config folder remembers of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from pos.anchor import AnchorFile, Doubt, doubt
from pos.domain.facts import JournalOpened
from pos.errors import KeyMissing
from pos.folders import Folders
from pos.founding import Founded, has_forgotten, remembered_journal
from pos.ids import JournalId
from pos.signing import KeyStore, verifier
from pos.store.journal import JournalEnd, public_key_of, read_end
from pos.store.last_totals import LastTotals, read_last_totals
from pos.store.verify import Claim, FailedCheck, Problem, Progress, Verification, verify_file

Claims = dict[JournalId, list[Claim]]
Known = Mapping[Path, tuple[JournalId, JournalOpened, JournalEnd] | None]

ANCHOR_READS_MAX = 3


def verify_journals(folders: Folders, progress: Progress | None = None) -> list[Verification]:
    """Check every journal of a till without changing it; the till may be in use.

    What the journals were compared with: the anchors in the config folder, and what a journal
    that goes on from another one says of it.  Where journals are missing, one more answer, whose
    path is the data folder, says which.
    """
    paths = folders.journals()
    # All of it is noted before the files are read: the till may go on selling.
    known: Known = {path: read_end(path) for path in paths}
    claims = _remembered(folders, known)
    doubted = {
        path: [*_doubts(folders, path, known), *_carried_wrongly(path, known)] for path in paths
    }
    for path in _forgotten(folders, known):
        doubted[path].append(Problem(reason="memory_missing"))
    missing = _missing(known, remembered_journal(folders))
    found = [_with_problems(verify_file(path, claims, progress), doubted[path]) for path in paths]
    if missing:
        found.append(Verification(path=folders.data, problems=tuple(missing)))
    return found


def _with_problems(found: Verification, more: Iterable[Problem]) -> Verification:
    return msgspec.structs.replace(found, problems=(*found.problems, *more))


def _remembered(folders: Folders, known: Known) -> Claims:
    claims: Claims = {}
    for path in folders.anchors.glob("*.anchor"):
        journal_id = JournalId(path.stem)
        if (anchor := AnchorFile(folders.anchors, journal_id).read()) is not None:
            claim = Claim(seq=anchor.seq, digest=anchor.digest, by="anchor")
            claims.setdefault(journal_id, []).append(claim)
    for _, opened, _ in filter(None, known.values()):
        previous = opened.previous
        if previous is not None and previous.journal_id is not None and previous.seq > 0:
            claim = Claim(seq=previous.seq, digest=previous.digest, by="successor")
            claims.setdefault(previous.journal_id, []).append(claim)
    return claims


def _doubts(folders: Folders, path: Path, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the anchor of a journal that says who it is.

    Without its key this is another machine, which never had the anchor.  Where another journal
    goes on from it, that one names its end, and the till writes no anchor of it any more: one
    that was lost, or that version 0.1.0 left without a signature, stays so.
    """
    if (one := known[path]) is None:
        return
    journal_id, opened, _ = one
    why = _doubt_of(AnchorFile(folders.anchors, journal_id), public_key_of(opened))
    is_there = why in {"unsigned", "forged"}
    if why is None or (why != "forged" and _has_successor(journal_id, known)):
        return
    if is_there or _has_key(folders, opened):
        yield Problem(reason=f"anchor_{why}")


def _forgotten(folders: Folders, known: Known) -> list[Path]:
    """Return the last live journal if this machine kept it and does not remember that.

    Then a later one, whose number nothing here names, may be gone.
    """
    ours = [
        (opened.ordinal, path, has_forgotten(folders, opened, end.seq))
        for path, one in known.items()
        if one is not None
        for _, opened, end in (one,)
        if opened.mode == "live" and _has_key(folders, opened)
    ]
    return [path for _, path, is_forgotten in sorted(ours)[-1:] if is_forgotten]


def _carried_wrongly(path: Path, known: Known) -> Iterator[Problem]:
    """Yield whether a journal began with other totals than the one before it ended with.

    What is not intact any more in the one before is said there.
    """
    previous = one[1].previous if (one := known[path]) is not None else None
    if previous is None or previous.perpetual_seq == 0:
        return
    for other, before in known.items():
        if before is None or before[0] != previous.journal_id:
            continue
        totals = read_last_totals(other, previous.seq)
        began = LastTotals(
            seq=previous.perpetual_seq,
            net_minor=previous.perpetual_net_minor,
            absolute_minor=previous.perpetual_absolute_minor,
        )
        if totals is not None and totals.seq >= began.seq and totals != began:
            yield Problem(reason="carried", seq=1)


def _doubt_of(file: AnchorFile, public_key: bytes) -> Doubt | None:
    """Return why an anchor proves nothing; the till may be writing it while it is read."""
    verify = verifier(public_key)
    why: Doubt | None = None
    for _ in range(ANCHOR_READS_MAX):
        if (why := doubt(file.read(), verify)) is None:
            break
    return why


def _has_successor(journal_id: JournalId, known: Known) -> bool:
    """Say whether another journal names where this one ended."""
    previous = (one[1].previous for one in known.values() if one is not None)
    return any(one is not None and one.journal_id == journal_id and one.seq > 0 for one in previous)


def _has_key(folders: Folders, opened: JournalOpened) -> bool:
    try:
        KeyStore(folders.keys).load(public_key_of(opened))
    except KeyMissing:
        return False
    return True


def _missing(known: Known, remembered: Founded | None) -> list[Problem]:
    """Return the journals that something speaks of and that no file is.

    A file that cannot say who it is may be any of them, and fails by itself.
    """
    there = [one for one in known.values() if one is not None]
    ids = {journal_id for journal_id, _, _ in there}
    missing: list[Problem] = []
    if remembered is not None and remembered.journal_id not in ids:
        missing.append(
            Problem(
                reason="missing_remembered",
                seq=remembered.ordinal,
                detail=remembered.journal_id,
            )
        )
    explained = set()
    for _, opened, _ in there:
        previous = opened.previous
        if previous is None or previous.journal_id is None or previous.journal_id in ids:
            continue
        explained.add((opened.mode, opened.ordinal - 1))
        missing.append(
            Problem(reason="missing_previous", seq=opened.ordinal, detail=previous.journal_id)
        )
    for mode in ("live", "training"):
        ordinals = {opened.ordinal for _, opened, _ in there if opened.mode == mode}
        missing += [
            Problem(reason="missing_ordinal", seq=ordinal, detail=mode)
            for ordinal in range(1, max(ordinals, default=1))
            if ordinal not in ordinals and (mode, ordinal) not in explained
        ]
    unknown = sum(one is None for one in known.values())
    return missing if len(missing) > unknown else []


__all__ = [
    "Claim",
    "FailedCheck",
    "Problem",
    "Progress",
    "Verification",
    "verify_journals",
]

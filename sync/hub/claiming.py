"""Whose a journal is: of whom has its key, whoever was the first to speak of it.

A journal's id is no secret for ever, so that another till could name it first.  The key is one:
entry 1 names it, and the owner proves with it each claim.  What contradicts that, and a second till
with the same key, is an incident; unless the first was revoked, because then it is the same machine
that joined again.  A claim without a proof, of a till that lost the key of an old
journal, stands until somebody proves one.  A claim that was proved with another key while nothing
of the journal was here stands until its till is revoked: who is right, only people can say.
"""

from __future__ import annotations

from typing import Literal

from pos.clock import Now, utc_now, utc_text
from sync.hub.ingest import key_named_by
from sync.hub.interpret import begin_again
from sync.hub.meaning import Trouble
from sync.hub.store import claims, incidents
from sync.hub.store.claims import Claim, Known
from sync.hub.store.database import Connection, HubDatabase

Verdict = Literal["known", "owner", "heir", "instead", "copy", "refused"]


def claim(database: HubDatabase, new: Claim, *, now: Now = utc_now) -> bool:
    """Note that a till calls a journal its own; say whether that is new.

    Raises:
        StorageUnavailable: as always.
    """
    with database.read() as connection:
        known = claims.known_of(connection, new.journal_id)
    if known is not None and _verdict(new, known) == "known":
        return False
    with database.write() as connection:
        claims.begin(connection, new.journal_id)
        while not _is_settled(connection, new, utc_text(now())):
            pass  # entry 1 came in between: once in a journal's life
    return True


def _is_settled(connection: Connection, new: Claim, at: str) -> bool:
    known = claims.known_of(connection, new.journal_id)
    assert known is not None, "it was begun"
    match _verdict(new, known):
        case "known":
            return True
        case "owner":
            return claims.keep(connection, new, known)
        case "heir" | "instead" as verdict:
            claims.stop_interpreting(connection, known.number)
            begin_again(connection, new.journal_id)
            if verdict == "instead":
                wrongly = _wrongly(known.till_id or "", new.till_id, new)
                incidents.tell_of_states(connection, [wrongly], at)
            return claims.keep(connection, new, known)
        case "copy":
            why: dict[str, str | int] = {"why": "claimed", "owner": known.till_id or ""}
            copy = Trouble(kind="fork", subject=new.journal_id, till_id=new.till_id, detail=why)
            incidents.tell_of_states(connection, [copy], at)
            return True
        case "refused":
            incidents.tell_of_states(
                connection, [_wrongly(new.till_id, known.till_id or "", new)], at
            )
            return True


def _verdict(new: Claim, known: Known) -> Verdict:
    key = known.key or (key_named_by(known.opening) if known.opening else None)
    is_other_key = new.key is not None and key is not None and new.key != key
    is_proved = new.key is not None and not is_other_key
    if is_other_key:
        is_given_up = known.opening is None and known.is_owner_revoked
        return "instead" if is_given_up else "refused"
    if known.till_id is None:
        return "owner"
    if known.till_id == new.till_id:
        return "owner" if is_proved and known.key is None else "known"
    if is_proved and known.is_owner_revoked:
        return "heir"
    if known.key is None:
        return "instead" if is_proved else "copy"
    return "copy" if is_proved else "refused"


def _wrongly(claimant: str, owner: str, new: Claim) -> Trouble:
    return Trouble(
        kind="claim",
        subject=f"{new.journal_id}/{claimant}",
        till_id=claimant,
        detail={"journal_id": new.journal_id, "owner": owner},
    )

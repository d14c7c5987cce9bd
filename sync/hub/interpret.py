"""From what tills wrote to what head office wants to know, a page of a journal at a time.

What is done is noted in the transaction that did it, so that a step may be cut off anywhere and
done again, by several processes at once.  Journals may come in any order, their owners later, and
the journal before after the one that goes on from it: levels come out the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.clock import Now, utc_now, utc_text
from sync.hub.carrying import Counting, Linked, counting, links_to_others
from sync.hub.meaning import Meaning, Trouble, meaning_of
from sync.hub.store import aliases, behind, incidents, sales, stock
from sync.hub.store.behind import Page
from sync.hub.store.organisation import Organisation, organisation_of
from sync.hub.store.stock import Key
from sync.hub.store.upserting import alone_with_meaning
from sync.protocol import Answer, Forked

if TYPE_CHECKING:
    from sync.hub.store.database import Connection, HubDatabase


def step(database: HubDatabase, *, now: Now = utc_now) -> int:
    """Interpret some entries of one journal and return how many things were done; 0: none left.

    Raises:
        StorageUnavailable: nothing of the step was kept; call again later.
    """
    with database.read() as connection:
        house = organisation_of(connection)
        if house is None:
            return 0
        is_strange = bool(
            behind.untold_strangers(connection, house) or behind.known_strangers(connection, house)
        )
        numbers = behind.journals_behind(connection, house)
    done = 0
    if is_strange:
        with database.write() as connection:
            done += behind.tell_of_strangers(connection, house, utc_text(now()))
    for number in numbers:
        entries = _interpret(database, number, house, now)
        if entries:
            return done + entries
    return done


def _interpret(database: HubDatabase, number: int, house: Organisation, now: Now) -> int:
    """Interpret the next page of a journal; 0 if another process does, or did."""
    if database.is_sqlite:
        # It has one writer: read and think before its turn, and look again whether it holds.
        with database.read() as connection:
            page = behind.next_page(connection, number, house)
        meaning = meaning_of(page.entries, page.whose) if page else Meaning()
        with database.write() as connection:
            return _keep(connection, page, meaning, utc_text(now()))
    with database.write() as connection:
        return interpret_page(connection, number, house, now)


def interpret_page(connection: Connection, number: int, house: Organisation, now: Now) -> int:
    """Interpret the next page of a journal in one transaction; 0 if another process is at it."""
    if not behind.is_mine(connection, number):
        return 0
    page = behind.next_page(connection, number, house)
    meaning = meaning_of(page.entries, page.whose) if page else Meaning()
    return _keep(connection, page, meaning, utc_text(now()))


def _keep(connection: Connection, page: Page | None, meaning: Meaning, at: str) -> int:
    if page is None or not behind.is_still_there(connection, page):
        return 0
    if page.after_seq == 0:
        behind.introduce(connection, page)
    if page.is_of_other_mode:
        return 1  # as the introduction says: it is told of as a stranger from now on
    whose = page.whose
    sales.keep(connection, page.number, whose.till_id, whose.stand, meaning.sales)
    stock.add_to_journal(connection, page.number, meaning.moved)
    alone_with_meaning(connection)
    linked = stock.linked_journals(connection)
    before = counting(linked)
    behind.advance(connection, page, has_carried=meaning.has_carried)
    keys = {Key(whose.till_id, *place) for place in meaning.moved}
    keys |= _counted_otherwise(connection, before)
    stock.bring_up_to_date(connection, keys, at)
    incidents.tell(connection, [*meaning.troubles, *_further(connection, page, meaning)], at)
    moved = {variant_id for _stand, variant_id in meaning.moved}
    aliases.note_moved(connection, moved, meaning.labels, at)
    if page.after_seq == 0:
        links = links_to_others(linked, page.number)
        incidents.tell_of_states(connection, [_linked(*one) for one in links], at)
    return page.last_seq - page.after_seq


def _linked(one: Linked, before: Linked) -> Trouble:
    return Trouble(
        kind="link",
        subject=one.journal_id,
        till_id=one.till_id or "",
        detail={
            "journal_id": one.journal_id,
            "previous": before.journal_id,
            "owner": before.till_id or "",
        },
    )


def _counted_otherwise(connection: Connection, before: Counting) -> set[Key]:
    """Return what moves because one journal counts instead of another."""
    changed = before.changed(counting(stock.linked_journals(connection)))
    return stock.keys_of_journals(connection, changed)


def _further(connection: Connection, page: Page, meaning: Meaning) -> list[Trouble]:
    """Return what is only seen beside other journals, or beside the till's certificate."""
    whose = page.whose
    troubles = [
        Trouble(
            kind="twice",
            subject=sale_id,
            stand=whose.stand,
            till_id=whose.till_id,
            detail={"receipts": " ".join(receipts[:10])},
        )
        for sale_id, receipts in sales.recorded_twice(
            connection, [sold.sale_id for sold in meaning.sales]
        ).items()
    ]
    if page.is_revoked:
        troubles.append(
            Trouble(
                kind="revoked",
                subject=whose.till_id,
                stand=whose.stand,
                till_id=whose.till_id,
                detail={"journal_id": whose.journal_id, "last_seq": page.last_seq},
            )
        )
    return troubles


def begin_again(connection: Connection, journal_id: str) -> None:
    """Let a journal be interpreted from its start: what follows from it is forgotten first."""
    alone_with_meaning(connection)
    before = counting(stock.linked_journals(connection))
    number = behind.begin_again(connection, journal_id)
    if number is None:
        return
    keys = stock.keys_of_journals(connection, [number])
    keys |= _counted_otherwise(connection, before)
    stock.forget_journal(connection, number)
    sales.forget_journal(connection, number)
    stock.bring_up_to_date(connection, keys, "")


def note_answer(
    connection: Connection, journal_id: str, answer: Answer, *, now: Now = utc_now
) -> None:
    """Tell of what was not put into a journal, in the transaction that took the batch in.

    The same batch again tells of nothing new.
    """
    if not isinstance(answer, Forked):
        return
    reasons = behind.quarantined(connection, journal_id)
    if not reasons:
        reasons = [("forked", 0, answer.seq)]  # it differs from the first entry on
    troubles = [
        Trouble(
            kind="fork" if reason == "forked" else "quarantine",
            subject=journal_id if reason == "forked" else f"{journal_id}/{reason}",
            detail={"why": reason, "entries": entries, "seq": first_seq},
            times=max(entries, 1),
        )
        for reason, entries, first_seq in reasons
    ]
    incidents.tell_of_states(connection, troubles, utc_text(now()))

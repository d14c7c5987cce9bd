"""The till: execute a command, ask a question, hear what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec

from pos.anchor import Anchor, AnchorFile
from pos.clock import Now
from pos.commands import (
    ApplyFeed,
    ApplyProducts,
    BeginSnapshot,
    Command,
    CompleteSale,
    CorrectTender,
    CountOwnNames,
    FinishImport,
    FinishSnapshot,
    ForgetUnreadTenders,
    IssueReceipt,
    JoinOrganisation,
    SaveBasket,
    SaveTenders,
)
from pos.domain import receipt_code
from pos.domain.basket import Basket
from pos.domain.facts import (
    Fact,
    IntegrityFailed,
    JournalEntry,
    JournalOpened,
    SaleCompleted,
)
from pos.errors import JournalBroken
from pos.handlers import feed, hub_feed, parking, selling
from pos.handlers.work import Work
from pos.ids import JournalId, OperatorCode
from pos.reports import catalogue, hub, journal, pictures, sales
from pos.reports.question import Question
from pos.reports.reader import Reader
from pos.signing import TillKey
from pos.store.journal import JournalEnd
from pos.store.till_store import TillStore

AnswerT = TypeVar("AnswerT")

_HANDLERS: dict[type[Command], Callable[[Any, Work], Any]] = {
    CompleteSale: selling.complete_sale,
    IssueReceipt: selling.issue_receipt,
    CorrectTender: selling.correct_tender,
    SaveBasket: parking.save_basket,
    SaveTenders: parking.save_tenders,
    ForgetUnreadTenders: parking.forget_unread_tenders,
    ApplyProducts: feed.apply_products,
    FinishImport: feed.finish_import,
    JoinOrganisation: hub_feed.join_organisation,
    ApplyFeed: hub_feed.apply_feed,
    BeginSnapshot: hub_feed.begin_snapshot,
    FinishSnapshot: hub_feed.finish_snapshot,
    CountOwnNames: hub_feed.count_own_names,
}

_REPORTS: dict[type[Question[Any]], Callable[[Any, Reader, str], Any]] = {
    catalogue.FindByCode: catalogue.find_by_code,
    catalogue.Tiles: catalogue.tiles,
    catalogue.TileOf: catalogue.tile_of,
    catalogue.Categories: catalogue.categories,
    catalogue.KeysOf: catalogue.keys_of,
    catalogue.ExistingProducts: catalogue.existing_products,
    catalogue.BarcodeOwners: catalogue.barcode_owners,
    catalogue.TaxClassesOf: catalogue.tax_classes_of,
    catalogue.VariantsWithStock: catalogue.variants_with_stock,
    catalogue.CountCatalogue: catalogue.count_catalogue,
    journal.DigestAt: journal.digest_at,
    journal.EndOfJournal: journal.end_of_journal,
    journal.RawPage: journal.raw_page,
    hub.FeedPlace: hub.feed_place,
    hub.LocalVariants: hub.local_variants,
    hub.OnlyHere: hub.only_here,
    hub.OtherTills: hub.other_tills,
    hub.StockElsewhere: hub.stock_elsewhere,
    pictures.PicturesNamed: pictures.pictures_named,
    sales.Staff: sales.staff,
    sales.TotalsOn: sales.totals_on,
    sales.SavedTenders: sales.saved_tenders,
    sales.UnreadTenders: sales.unread_tenders,
}


class CheckProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a check of the whole chain has come."""

    checked: int
    entries: int
    broken: JournalBroken | None = None

    @property
    def is_done(self) -> bool:
        """Say whether there is nothing left to check."""
        return self.broken is not None or self.checked >= self.entries


class Till:
    """One till: a journal, and what follows from it. Belongs to the thread that opened it."""

    def __init__(self, store: TillStore, key: TillKey, anchor: AnchorFile, now: Now) -> None:
        self._store = store
        self._key = key
        self._anchor = anchor
        self._now = now
        self._listeners: list[Callable[[JournalEntry], None]] = []
        self._checked = JournalEnd(0, "")
        self.found_at_open: tuple[Fact, ...] = ()
        """What this start recorded that a person should hear of, such as a missing anchor."""
        self.last_seen: datetime | None = None
        """When the last entry before this start was written, in UTC, by the clock of that time."""

    @property
    def journal_id(self) -> JournalId:
        """Return the identity of the journal that this till writes."""
        return self._store.journal_id

    @property
    def opened(self) -> JournalOpened:
        """Return who this till is."""
        return self._store.opened

    def listen(self, listener: Callable[[JournalEntry], None]) -> None:
        """Call `listener` with each entry, after it is durable."""
        self._listeners.append(listener)

    def execute(self, command: Command) -> Any:
        """Do what is asked, durably, and return what the command answers.

        Raises:
            Refused: a rule said no; nothing was recorded.
            Unavailable: the disk said no; nothing was recorded, and it may be tried again.
        """
        handler = _HANDLERS[type(command)]
        with self._store.work(self._key.sign_entry, self._now) as work:
            answer = handler(command, work)
        self._publish(work.recorded)
        return answer

    def record(self, fact: Fact, actor: OperatorCode) -> None:
        """Write a fact that no command asks for, such as a check that failed."""
        with self._store.work(self._key.sign_entry, self._now) as work:
            work.record(fact, actor)
        self._publish(work.recorded)

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return the answer to a question; nothing changes."""
        match question:
            case sales.FindSale():
                return cast(AnswerT, self._sale_record(sales.sale_seq(question, self._store)))
            case sales.FindLastSale():
                return cast(AnswerT, self._sale_record(sales.last_sale_seq(self._store)))
            case sales.SavedBasket():
                return cast(AnswerT, self._saved_basket(question))
            case _:
                report = _REPORTS[type(question)]
                return cast(AnswerT, report(question, self._store, self.opened.identity.stand))

    def check_chain(self, entries_max: int) -> CheckProgress:
        """Check the next entries of the whole chain; call again until it is done.

        A break is recorded as `IntegrityFailed` once, and reported.
        """
        entries = self._store.end().seq
        try:
            self._checked = self._store.check_piece(self._checked, entries_max)
        except JournalBroken as broken:
            self.record_failure("chain", broken)
            return CheckProgress(checked=self._checked.seq, entries=entries, broken=broken)
        return CheckProgress(checked=self._checked.seq, entries=entries)

    def record_failure(self, check: Any, broken: JournalBroken) -> None:
        """Record that a check failed, so that it can never be unseen; each break once."""
        fact = IntegrityFailed(check=check, seq=broken.seq, reason=broken.reason)
        if fact not in self._store.recorded_failures():
            self.record(fact, OperatorCode("till"))

    def close(self) -> None:
        """Close the database and the anchor."""
        self._store.close()
        self._anchor.close()

    def _saved_basket(self, question: sales.SavedBasket) -> Basket | None:
        basket = sales.saved_basket(question, self._store, self.opened.identity.stand)
        return basket if basket and basket.currency == self.opened.currency else None

    def _sale_record(self, seq: int | None) -> sales.SaleRecord | None:
        if seq is None:
            return None
        entry, signature = self._store.entry(seq)
        sale = entry.fact
        assert isinstance(sale, SaleCompleted)
        return sales.SaleRecord(
            sale=sale,
            seq=seq,
            signature=signature,
            opened=self.opened,
            code=receipt_code.pack(
                receipt_code.code_of_sale(self.journal_id, sale),
                self._key.sign,
                is_training=self.opened.mode == "training",
            ),
            copies=sales.copies_of(sale.sale_id, self._store),
        )

    def _publish(self, entries: list[JournalEntry]) -> None:
        if not entries:
            return
        last = entries[-1]
        anchor = Anchor(journal_id=self.journal_id, seq=last.seq, digest=last.digest)
        self._anchor.write(anchor.signed(self._key.sign))
        for entry in entries:
            for listener in self._listeners:
                listener(entry)

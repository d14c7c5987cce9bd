"""What the thread "sync-down" does: bring what the hub tells to this till, then its pictures.

Before anything of the hub's is taken in, the hub hears what this till calls its own (`joining.py`).
"""

from __future__ import annotations

import time
from typing import Any, Protocol, TypeVar

from pos.commands import ApplyFeed, BeginSnapshot, Command, FinishSnapshot
from pos.domain.feed import AnyFeedItem, ProductListed
from pos.domain.feed_place import FeedNotTaken, FeedTaken, PlaceInFeed, TillHeard
from pos.errors import Unavailable
from pos.reports.hub import FeedPlace
from pos.reports.question import Question
from sync.feed_protocol import WAIT_MAX_S, TillSeen
from sync.joining import Names, NamesLine
from sync.pictures import PictureQueue
from sync.post import Post
from sync.protocol import NoAnswer, NotOurMessage
from sync.pull import FeedPort, NotTaken, Pulled, Puller

AnswerT = TypeVar("AnswerT")

EAGER_S = 1.0
"""A hub that answers a long poll sooner and has nothing to say is asked no more often than this."""


class DownLine(FeedPort, NamesLine, Protocol):
    """A hub, as far as the feed goes."""

    @property
    def clock_off_s(self) -> int: ...

    def picture(self, digest: str) -> bytes | None: ...
    def close(self) -> None: ...


class Till(Protocol):
    """The open till, asked from the engine's threads: each call waits its turn."""

    def ask(self, question: Question[AnswerT], /) -> AnswerT: ...

    def execute(self, command: Command) -> Any: ...

    def may_apply(self) -> None:
        """Return once no basket is open, or one has been for too long."""
        ...


class TillKeeper:
    """A till as the puller sees it: each call is a command of its own, so that sales slip between.

    What is in the pages is looked through for pictures.
    """

    def __init__(self, till: Till, pictures: PictureQueue) -> None:
        self._till = till
        self._pictures = pictures
        self.unusable = 0  # items that the till could not count with
        self.snapshots = 0  # that are whole since this process began

    def place(self) -> PlaceInFeed:
        """Return how far the till is."""
        return self._till.ask(FeedPlace())

    def apply(self, feed_id: str, position: int, items: tuple[AnyFeedItem, ...]) -> None:
        """Take items in.

        Raises:
            NotTaken: the till stands elsewhere.
        """
        command = ApplyFeed(feed_id=feed_id, position=position, items=items)
        self.unusable += self._taken(command).left_aside
        for item in items:
            if isinstance(item, ProductListed):
                self._pictures.add(item.product.product_id, item.product.picture)

    def begin_snapshot(self, feed_id: str, position: int) -> None:
        """Begin to take all that holds."""
        self._taken(BeginSnapshot(feed_id=feed_id, position=position))

    def finish_snapshot(self, feed_id: str, position: int) -> None:
        """Let go of what was not named, piece by piece."""
        finish = FinishSnapshot(feed_id=feed_id, position=position)
        while self._taken(finish).place.is_in_snapshot:
            continue
        self.snapshots += 1

    def hear(self, pulled: Pulled) -> None:
        """Keep when the hub last heard of the others: how old their stock is."""
        seen = tuple(TillHeard(till_id=one.till_id, seen_at=one.seen_at) for one in pulled.seen)
        place = pulled.place
        self._taken(ApplyFeed(feed_id=place.feed_id, position=place.position, seen=seen))

    def _taken(self, command: Command) -> FeedTaken:
        outcome = self._till.execute(command)
        if isinstance(outcome, FeedNotTaken):
            raise NotTaken(is_enrolled=outcome.problem != "not_enrolled")
        assert isinstance(outcome, FeedTaken)
        return outcome


class Taker:
    """Takes in what the hub tells, and asks again."""

    def __init__(self, till: Till, line: DownLine, post: Post, pictures: PictureQueue) -> None:
        self._till = till
        self._line = line
        self._post = post
        self._pictures = pictures
        self._keeper = TillKeeper(till, pictures)
        self._puller = Puller(self._keeper, line)
        self._names = Names(till, line)
        self._pulled: Pulled | None = None
        self._seen: tuple[TillSeen, ...] = ()

    def run(self) -> None:
        """Take in until the alarm is closed."""
        while not self._post.alarm.is_closed:
            trouble = self._step()
            if trouble is not None:
                self._post.failed(trouble)

    def _step(self) -> str | None:
        """Do one exchange or one transaction; return why that did not work, if it did not."""
        if self._puller.applies_next:
            return self._apply()
        wait_s, begun = self._wait_s(), time.monotonic()
        pulled, trouble = self._pull(wait_s)
        if trouble is not None:
            return trouble
        self._post.answered(clock_off_s=self._line.clock_off_s)
        if not pulled.is_current:
            return None
        if wait_s and time.monotonic() - begun < EAGER_S:
            self._post.alarm.wait(EAGER_S)
        if not self._names.is_due:
            return self._with_time_left(pulled)
        if self._tell_names() is not None:  # the feed says what is wrong, if anything is
            self._names.put_off()
        return None

    def _apply(self) -> str | None:
        """Take in what has come; before any of it takes a barcode away, the hub hears whose."""
        if self._names.is_due:
            trouble = self._tell_names()
            if trouble is not None:  # each try follows a word of the hub's: it is there
                self._puller = Puller(self._keeper, self._line)
            return trouble
        self._till.may_apply()
        if self._post.alarm.is_closed:
            return None
        snapshots = self._keeper.snapshots
        _, trouble = self._pull(0)
        if self._keeper.snapshots > snapshots:
            self._names.tell_again()
        return trouble

    def _pull(self, wait_s: int) -> tuple[Pulled, str | None]:
        pulled = self._pulled = self._puller.step(wait_s)
        self._post.board.pulled(pulled, unusable=self._keeper.unusable)
        if pulled.trouble in {"no_answer", "not_ours"}:
            return pulled, self._line.reason or "cut"
        return pulled, pulled.trouble

    def _wait_s(self) -> int:
        is_current = self._pulled is not None and self._pulled.is_current
        has_more = self._pictures.is_waiting or self._names.is_due
        return WAIT_MAX_S if is_current and not has_more else 0

    def _tell_names(self) -> str | None:
        """Tell some of what this till calls its own."""
        try:
            self._names.step()
        except (NoAnswer, NotOurMessage):
            return self._line.reason or "cut"
        except Unavailable:
            return "storage"
        self._post.board.explains(self._names.to_explain)
        return None

    def _with_time_left(self, pulled: Pulled) -> str | None:
        """Do what has time until all else is done."""
        try:
            if pulled.seen != self._seen:
                self._keeper.hear(pulled)
                self._seen = pulled.seen
            if self._pictures.is_waiting:
                self._pictures.fetch(self._line.picture)
        except Unavailable:
            return "storage"
        except NotTaken:  # the next question says where the till is
            return None
        return None

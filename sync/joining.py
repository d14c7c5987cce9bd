"""A till that had a catalogue of its own says what it calls its variants, page by page.

It does so before it takes in anything of the hub's: a barcode is one variant's, so each of the
hub's products takes codes away from what the till called by them until then.  It says it again when
a snapshot is whole and from time to time, for what moved since; the same again changes nothing.
A hub that cannot hear it holds up nothing: a person finds the names among what was sold.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

import msgspec

from pos.commands import Command, CountOwnNames
from pos.errors import Unavailable
from pos.ids import VariantId
from pos.importers.cells import BARCODE_MAX
from pos.reports.hub import LocalVariant, LocalVariants
from pos.reports.question import Question
from sync.joining_protocol import (
    BARCODES_MAX,
    ID_MAX,
    LABEL_MAX,
    MESSAGE_BYTES_MAX,
    VARIANTS_MAX,
    Explained,
    OtherVariant,
    OtherVariants,
)
from sync.protocol import NoAnswer, NotOurMessage
from sync.trouble import Reason

AGAIN_S = 600.0
"""How old the hub's word about what a person must explain may be."""

TRIES_MAX = 5
"""How often a hub that answers other questions may fail to answer this one."""

AnswerT = TypeVar("AnswerT")
_ENVELOPE = len(msgspec.json.encode(OtherVariants(variants=())))
_log = logging.getLogger(__name__)


class NamesLine(Protocol):
    """A hub, as far as the names of variants go."""

    reason: Reason | None

    def explain(self, said: OtherVariants) -> Explained | None:
        """Say what this till calls its own; None from a hub that does not know the question."""
        ...


class Till(Protocol):
    """The open till: each call waits its turn."""

    def ask(self, question: Question[AnswerT], /) -> AnswerT: ...
    def execute(self, command: Command) -> Any: ...


class Names:
    """What one till calls its own, on its way to the hub."""

    def __init__(
        self, till: Till, line: NamesLine, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._till = till
        self._line = line
        self._clock = clock
        self._due_at = clock()
        self._tries = 0
        self._rest = self._messages()
        self._next: OtherVariants | None = None
        self._count = 0
        self.to_explain = 0  # by a person, as the hub said last

    @property
    def is_due(self) -> bool:
        """Return whether there may be something to say."""
        return self._clock() >= self._due_at

    def tell_again(self) -> None:
        """Begin anew, at once: the catalogue has changed."""
        self._end(wait_s=0.0)

    def put_off(self) -> None:
        """Begin anew after a while."""
        self._end(wait_s=AGAIN_S)

    def step(self) -> None:
        """Do one exchange, or find that all is said.

        Raises:
            NoAnswer, NotOurMessage: it has to be said once more.
            Unavailable: the till's own disk says no.
        """
        if self._next is None:
            self._next = self._message()
        if self._next is None:
            self.to_explain = self._count
            self.put_off()
            return
        try:
            answer = self._line.explain(self._next)
        except (NoAnswer, NotOurMessage):
            if not self._is_hopeless():
                raise
            answer = None
        if answer is None:
            _log.info("the hub does not hear what this till calls its own: %s", self._line.reason)
            self.put_off()
            return
        self._keep(self._next, answer)
        self._count += answer.to_explain
        self._next, self._tries = None, 0

    def _keep(self, said: OtherVariants, answer: Explained) -> None:
        """Let the till count what it has under the hub's names."""
        meant = {own: VariantId(ours) for own, ours in answer.meant}
        names = ((VariantId(one.variant_id), meant.get(one.variant_id)) for one in said.variants)
        self._till.execute(CountOwnNames(names=tuple(names)))

    def _message(self) -> OtherVariants | None:
        try:
            return next(self._rest, None)
        except Unavailable:  # what gave the pages is over
            self._end(wait_s=0.0)
            raise

    def _is_hopeless(self) -> bool:
        """Return whether a hub that said something else a moment ago will not hear this."""
        self._tries += 1
        return self._line.reason in {"version", "too_large"} or self._tries >= TRIES_MAX

    def _end(self, *, wait_s: float) -> None:
        self._due_at = self._clock() + wait_s
        self._rest, self._next = self._messages(), None
        self._count = self._tries = 0

    def _messages(self) -> Iterator[OtherVariants]:
        """Yield what is to be said; each page is asked for when it is its turn."""
        after: int | None = 0
        while after is not None:
            page = self._till.ask(LocalVariants(after=after))
            yield from messages(page.variants)
            after = page.after


def messages(variants: Iterable[LocalVariant]) -> Iterator[OtherVariants]:
    """Yield variants in messages that a hub takes, in their order."""
    some: list[OtherVariant] = []
    size = _ENVELOPE
    for variant in map(as_told, variants):
        if variant is None:
            continue
        more = len(msgspec.json.encode(variant)) + 1  # and a comma
        if some and (len(some) == VARIANTS_MAX or size + more > MESSAGE_BYTES_MAX):
            yield OtherVariants(variants=tuple(some))
            some, size = [], _ENVELOPE
        some.append(variant)
        size += more
    if some:
        yield OtherVariants(variants=tuple(some))


def as_told(variant: LocalVariant) -> OtherVariant | None:
    """Return a variant as a hub takes it; None for an id that no hub keeps.

    A label is cut.  A barcode is not: cut, it would be another article's.
    """
    if not _fits(variant.variant_id, ID_MAX):
        return None
    codes = [code for code in variant.barcodes if _fits(code, BARCODE_MAX)]
    return OtherVariant(
        variant_id=variant.variant_id,
        label=variant.label.replace("\0", "")[:LABEL_MAX],
        barcodes=tuple(codes[:BARCODES_MAX]),
    )


def _fits(text: str, length_max: int) -> bool:
    return 0 < len(text) <= length_max and "\0" not in text

"""What screens show: text made by presenters, without an opinion."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.reports.catalogue import SizeKey


@dataclass(frozen=True, slots=True)
class BasketRow:
    """A line of the basket."""

    name: str
    detail: str  # options and unit price
    quantity: str
    amount: str
    is_oversold: bool = False
    size: str = ""  # the option that is looked at first
    options: str = ""  # the others, as on the tile
    each: str = ""  # the unit price where it is not the amount
    warning: str = ""  # what the records say against it


@dataclass(frozen=True, slots=True)
class LineSize:
    """A size that the open line may have instead, or its own."""

    key: SizeKey
    label: str
    left: int  # pieces that can still be taken
    price: str = ""  # where the sizes differ in it
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class BasketText:
    """The whole basket panel."""

    rows: tuple[BasketRow, ...] = ()
    current: int = -1  # the line whose stepper is open
    pieces: str = ""
    total: str = ""
    can_undo: bool = False
    undo: str = ""  # what undo takes back
    undo_what: str = ""  # of which article
    sizes: tuple[LineSize, ...] = ()  # of the current line's card; none where there is one only


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that goes away by itself, perhaps with something to press."""

    text: str
    action: str = ""  # the label of its button; "" for none
    is_trouble: bool = False


@dataclass(frozen=True, slots=True)
class TenderRow:
    """A tender that was taken."""

    method: str
    amount: str


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question on the page itself; the safe answer comes first."""

    heading: str
    detail: str
    keep: str  # the key that changes nothing
    go: str  # the key that does what was asked about


@dataclass(frozen=True, slots=True)
class PaymentText:
    """The whole payment panel."""

    due: str = ""
    due_note: str = ""  # what rounding did, or ""
    typed: str = ""  # the amount that is being typed, or ""
    tenders: tuple[TenderRow, ...] = ()
    quick: tuple[str, ...] = field(default_factory=tuple)  # labels of the quick cash keys
    card_waiting: str = ""  # the amount that the terminal is asked for, or ""
    waiting_for: str = ""  # what has to be seen elsewhere before it counts
    is_busy: bool = False
    failed: str = ""  # why it could not be saved; then there are three ways on
    can_retry: bool = True  # what failed may work the next time
    has_part: bool = False  # something was taken: what is due is the rest
    question: QuestionText | None = None  # to be answered before anything else
    typed_sum: str = ""  # what is being typed, with the currency's sign
    typed_amount: str = ""  # the amount that it stands for, as the keys say it; "" for none
    reference_hint: str = ""  # what may be noted with what is waited for

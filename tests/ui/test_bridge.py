"""The one place where Qt meets the till: answers come whole, once, in order, on the UI thread."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread, Signal, Slot
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pos.commands import SaveBasket
from pos.domain.facts import JournalEntry, SaleCompleted, ShiftOpened
from pos.errors import (
    DatabaseTooNew,
    PosError,
    Refused,
    StorageUnavailable,
    TenderTooSmall,
    TrainingOnly,
)
from pos.money import Money
from pos.reports.catalogue import CountCatalogue, FindByCode, Unknown
from pos.reports.sales import FindLastSale, SavedBasket
from pos.till import Till
from tests.builders import a_basket, a_cash_sale, a_sale, a_till, a_variant, euros
from ui.bridge import TillBridge, TillFacts

HANG_GUARD_MS = 30_000
EMITS = 5_000
"""What was lost was one reference each; other tests' garbage makes a few dozen."""


class Desk(QObject):
    """A bridge, and everything that came over it."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.bridge = TillBridge()
        self._qtbot = qtbot
        self.opened: list[TillFacts] = []
        self.not_opened: list[object] = []
        self.troubles: list[object] = []
        self.entries: list[JournalEntry] = []
        self.log: list[Any] = []
        self.bridge.opened.connect(self.opened.append)
        self.bridge.not_opened.connect(self.not_opened.append)
        self.bridge.trouble.connect(self.troubles.append)
        self.bridge.recorded.connect(self.entries.append)

    def open(self, open_till: Callable[[], Till]) -> None:
        self.bridge.open(open_till)
        self.until(lambda: bool(self.opened or self.not_opened))

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=HANG_GUARD_MS)

    def execute(self, command: Any) -> None:
        self.bridge.execute(
            command,
            done=lambda answer: self.log.append(("done", answer)),
            refused=lambda refusal: self.log.append(("refused", refusal)),
            settled=lambda: self.log.append("settled"),
        )

    def until_settled(self, times: int = 1) -> None:
        self.until(lambda: self.log.count("settled") >= times)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot)
    yield desk
    desk.bridge.close()


@pytest.fixture
def open_desk(desk: Desk, tmp_path: Path) -> Desk:
    desk.open(lambda: a_till(tmp_path))
    return desk


class FullDisk:
    """A till whose disk takes nothing."""

    def __init__(self, till: Till) -> None:
        self._till = till
        self.journal_id, self.opened, self.last_seen = till.journal_id, till.opened, till.last_seen
        self.listen, self.ask, self.close = till.listen, till.ask, till.close
        self.found_at_open = till.found_at_open

    def execute(self, command: object) -> None:
        raise StorageUnavailable(reason=f"SQLITE_FULL {type(command).__name__}")


class UnreadableDisk(FullDisk):
    """A till whose disk does not give anything either."""

    def __init__(self, till: Till) -> None:
        super().__init__(till)
        self.ask = self._ask

    def _ask(self, question: object) -> Any:
        raise StorageUnavailable(reason=f"SQLITE_IOERR_READ {type(question).__name__}")


# Signals -----------------------------------------------------------------------------------------


class Signals(QObject):
    """The kinds of signals that the screens have."""

    plain = Signal()
    text = Signal(str)
    thing = Signal(object)
    things = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        for signal in (self.plain, self.text, self.thing, self.things):
            signal.connect(self.hear)

    @Slot()
    def hear(self, *_what: object) -> None:
        self.heard += 1


def test_five_thousand_signals_leave_true_where_it_was(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 lost one reference to True at each emit, then aborted."""
    signals, button = Signals(), QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(signals.hear)
    gc.collect()
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        signals.plain.emit()
        signals.text.emit("text")
        signals.thing.emit(True)
        signals.things.emit(None, True)
        button.click()
    assert signals.heard == 5 * EMITS
    gc.collect()
    assert abs(sys.getrefcount(True) - before) < EMITS // 10


def test_five_thousand_answers_leave_true_where_it_was(open_desk: Desk) -> None:
    """The same over threads, as every answer of the till comes."""
    answers: list[object] = []
    gc.collect()
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        open_desk.bridge.run(lambda: True, done=answers.append)
    open_desk.until(lambda: len(answers) == EMITS)
    answers.clear()
    gc.collect()
    assert abs(sys.getrefcount(True) - before) < EMITS // 10


def test_an_amount_beyond_32_bits_arrives_whole(open_desk: Desk) -> None:
    """As an int of Qt it would arrive negative."""
    minor = 2**31 + 5
    open_desk.execute(a_sale(a_variant(minor), tenders=[("card", minor)]))
    open_desk.until_settled()
    _, sale = open_desk.log[0]
    assert sale.total == euros(minor)
    recorded = [e.fact for e in open_desk.entries if isinstance(e.fact, SaleCompleted)]
    assert [fact.total for fact in recorded] == [euros(minor)]


# Opening -----------------------------------------------------------------------------------------


def test_the_till_opens_on_its_own_thread_and_says_who_it_is(desk: Desk, tmp_path: Path) -> None:
    threads: list[threading.Thread] = []

    def open_till() -> Till:
        threads.append(threading.current_thread())
        return a_till(tmp_path)

    desk.open(open_till)
    (facts,) = desk.opened
    assert facts.opened.identity.stand == "GS"
    assert threads[0] is not threading.current_thread()
    assert threads[0].name.startswith("till")


@pytest.mark.parametrize(
    "error",
    [
        StorageUnavailable(reason="SQLITE_CANTOPEN"),
        DatabaseTooNew(path=Path("till.db"), unknown_steps=("m9999",)),
        TrainingOnly(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_till_that_cannot_be_opened_says_why_and_may_be_tried_again(
    desk: Desk, tmp_path: Path, error: PosError
) -> None:
    def fail() -> Till:
        raise error

    desk.open(fail)
    assert desk.not_opened == [error]
    desk.not_opened.clear()
    desk.open(lambda: a_till(tmp_path))
    assert len(desk.opened) == 1


def test_a_bug_while_opening_is_reported_and_leaves_nobody_waiting(
    desk: Desk, qtbot: QtBot
) -> None:
    def fail() -> Till:
        raise KeyError("a bug")

    with qtbot.captureExceptions() as caught:
        desk.bridge.open(fail)
        desk.until(lambda: bool(caught))
    assert caught[0][0] is KeyError
    assert desk.not_opened == [None]


# Answers -----------------------------------------------------------------------------------------


def test_done_then_settled(open_desk: Desk) -> None:
    open_desk.execute(a_cash_sale())
    open_desk.until_settled()
    (kind, sale), settled = open_desk.log
    assert kind == "done"
    assert isinstance(sale, SaleCompleted)
    assert settled == "settled"
    assert open_desk.troubles == []


def test_refused_then_settled(open_desk: Desk) -> None:
    open_desk.execute(a_cash_sale(2500, tendered=2000))
    open_desk.until_settled()
    (kind, refusal), settled = open_desk.log
    assert kind == "refused"
    assert isinstance(refusal, TenderTooSmall)
    assert refusal.short_by == euros(500)
    assert settled == "settled"
    assert not open_desk.entries


def test_trouble_then_settled(desk: Desk, tmp_path: Path) -> None:
    desk.open(lambda: FullDisk(a_till(tmp_path)))  # type: ignore[arg-type, return-value]  # a fake
    desk.execute(a_cash_sale())
    desk.until_settled()
    assert desk.log == ["settled"]
    (trouble,) = desk.troubles
    assert isinstance(trouble, StorageUnavailable)


def test_a_question_hears_of_its_own_trouble_and_is_settled(desk: Desk, tmp_path: Path) -> None:
    desk.open(lambda: UnreadableDisk(a_till(tmp_path)))  # type: ignore[arg-type, return-value]  # a fake
    desk.bridge.ask(
        FindLastSale(),
        done=lambda answer: desk.log.append(("done", answer)),
        troubled=lambda trouble: desk.log.append(("troubled", trouble)),
        settled=lambda: desk.log.append("settled"),
    )
    desk.until_settled()
    (trouble,) = desk.troubles
    assert desk.log == [("troubled", trouble), "settled"]


def test_a_bug_in_the_till_goes_to_the_crash_handler_and_is_settled(
    open_desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.captureExceptions() as caught:
        open_desk.execute("not a command")
        open_desk.until(lambda: bool(caught) and "settled" in open_desk.log)
    assert caught[0][0] is KeyError
    assert open_desk.log == ["settled"]
    assert not open_desk.troubles


def test_a_bug_in_a_screen_goes_to_the_crash_handler_and_is_settled(
    open_desk: Desk, qtbot: QtBot
) -> None:
    def fail(_answer: object) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        open_desk.bridge.execute(
            a_cash_sale(), done=fail, refused=fail, settled=lambda: open_desk.log.append("settled")
        )
        open_desk.until(lambda: "settled" in open_desk.log and bool(caught))
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    # And the next command is answered as if nothing had been
    open_desk.execute(a_cash_sale())
    open_desk.until_settled(times=2)
    assert isinstance(open_desk.log[1], tuple)


def test_answers_come_in_the_order_of_the_questions_on_the_ui_thread(open_desk: Desk) -> None:
    came: list[tuple[str, QThread]] = []
    for n in range(50):
        open_desk.bridge.ask(
            FindByCode(candidates=(f"code-{n}",)),
            done=lambda answer: came.append((answer.code, QThread.currentThread())),
        )
    open_desk.until(lambda: len(came) == 50)
    assert [code for code, _ in came] == [f"code-{n}" for n in range(50)]
    assert {thread for _, thread in came} == {open_desk.thread()}


def test_what_is_recorded_is_told_before_the_answer(open_desk: Desk) -> None:
    """Whoever hears `done` finds the levels on their way already."""
    entries_at_done: list[int] = []
    open_desk.bridge.execute(
        a_cash_sale(),
        done=lambda _sale: entries_at_done.append(len(open_desk.entries)),
        refused=_never,
    )
    open_desk.until(lambda: bool(entries_at_done))
    assert entries_at_done == [2]
    assert [type(entry.fact) for entry in open_desk.entries] == [ShiftOpened, SaleCompleted]


def _never(refusal: Refused) -> None:
    raise AssertionError(refusal)


def test_a_question_may_have_no_answer_but_unknown(open_desk: Desk) -> None:
    answers: list[object] = []
    open_desk.bridge.ask(FindByCode(candidates=("4006381333931",)), done=answers.append)
    open_desk.bridge.ask(FindLastSale(), done=answers.append)
    open_desk.bridge.ask(CountCatalogue(), done=answers.append)
    open_desk.until(lambda: len(answers) == 3)
    assert answers[:2] == [Unknown(code="4006381333931"), None]


# Closing -----------------------------------------------------------------------------------------


def test_closing_with_work_queued_finishes_it(qtbot: QtBot, tmp_path: Path) -> None:
    """The last basket before the window closed is the one that comes back."""
    # Given a till with a lot to do
    desk = Desk(qtbot)
    desk.open(lambda: a_till(tmp_path))
    baskets = [a_basket((a_variant(), n)) for n in range(1, 31)]
    for basket in baskets:
        desk.execute(SaveBasket(basket=basket))
    desk.execute(a_cash_sale())
    # When it is closed at once
    desk.bridge.close()
    # Then all of it was done
    till = a_till(tmp_path)
    assert till.ask(SavedBasket()) == baskets[-1]
    record = till.ask(FindLastSale())
    assert record is not None
    assert record.sale.total == Money(2500, record.sale.total.currency)
    till.close()


def test_answers_after_closing_reach_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    """The screens that asked are gone."""
    desk = Desk(qtbot)
    desk.open(lambda: a_till(tmp_path))
    desk.execute(a_cash_sale())
    desk.bridge.close()
    desk.until(lambda: len(desk.entries) == 2)  # of the same moment, and told
    assert desk.log == []


def test_closing_before_opening_is_no_trouble(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.bridge.close()
    assert desk.opened == desk.not_opened == []


class _Prompt(ThreadPoolExecutor):
    """The till's thread; once prompt, all is done before the one who asked can wait for it."""

    is_prompt = False

    def submit(self, job: Callable[..., Any], /, *values: Any, **named: Any) -> Future[Any]:
        future = super().submit(job, *values, **named)
        if self.is_prompt:
            wait([future])
        return future


def test_an_answer_that_is_there_at_once_does_not_overtake_an_earlier_one(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of language that came before the answer to a scan lost what was scanned."""
    # Given a question whose answer is on its way from the till's thread
    monkeypatch.setattr("ui.bridge.ThreadPoolExecutor", _Prompt)
    monkeypatch.setattr(_Prompt, "is_prompt", False)
    bridge, come, go_on = TillBridge(), list[str](), threading.Event()
    with qtbot.waitSignal(bridge.opened):
        bridge.open(lambda: a_till(tmp_path))
    bridge.run(go_on.wait, done=lambda _set: come.append("first"))
    # When the next is answered before anybody waits for it
    _Prompt.is_prompt = True
    go_on.set()
    bridge.run(lambda: None, done=lambda _nothing: come.append("second"))
    assert come == []  # nor does it come in the middle of the one who asks
    # Then it comes second all the same
    qtbot.waitUntil(lambda: len(come) == 2)
    assert come == ["first", "second"]
    _Prompt.is_prompt = False
    bridge.close()

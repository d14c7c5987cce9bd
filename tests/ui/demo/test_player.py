"""A played person does no more than a real one could, and notices when something is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.demo.hand import Hand, OutOfReach
from ui.demo.player import Player, Scene, Until, expect


class Stand(QWidget):
    """A button and a field."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.pay = QPushButton("Pay")
        self.pay.setAccessibleName("Pay")
        self.name = QLineEdit()
        layout.addWidget(self.pay)
        layout.addWidget(self.name)
        self.paid = 0
        self.pay.clicked.connect(self._count)

    def _count(self) -> None:
        self.paid += 1


@pytest.fixture
def stand(qtbot: QtBot) -> Stand:
    stand = Stand()
    qtbot.addWidget(stand)
    with qtbot.waitActive(stand):
        stand.show()
        stand.activateWindow()
    return stand


def test_a_touch_presses_what_is_there(stand: Stand) -> None:
    Hand(stand).touch(stand.pay)
    assert stand.paid == 1


def test_what_is_dead_hidden_or_covered_cannot_be_touched(stand: Stand) -> None:
    hand = Hand(stand)
    stand.pay.setEnabled(False)
    with pytest.raises(OutOfReach, match="Pay"):
        hand.touch(stand.pay)
    stand.pay.setEnabled(True)
    stand.pay.hide()
    with pytest.raises(OutOfReach, match="Pay"):
        hand.touch(stand.pay)
    stand.pay.show()
    cover = QWidget(stand)
    cover.setGeometry(stand.rect())
    cover.show()
    with pytest.raises(OutOfReach, match="Pay"):
        hand.touch(stand.pay)
    assert stand.paid == 0


def test_keys_go_where_the_focus_is(stand: Stand) -> None:
    hand = Hand(stand)
    stand.name.setFocus()
    hand.type("Zoé 2")
    assert stand.name.text() == "Zoé 2"


class Told:
    """What a player told."""

    def __init__(self, player: Player) -> None:
        self.began: list[str] = []
        self.ended: list[tuple[str, str]] = []
        player.began.connect(self.began.append)
        player.ended.connect(self._ended)

    def _ended(self, scene: str, what: str) -> None:
        self.ended.append((scene, what))


def play(
    qtbot: QtBot, scenes: Iterator[tuple[str, Scene]], trouble: list[str] | None = None
) -> Told:
    troubles = trouble if trouble is not None else []
    player = Player(scenes, lambda: "".join(troubles))
    told = Told(player)
    with qtbot.waitSignal(player.ended):
        player.start()
    return told


def test_scenes_follow_each_other_and_wait_for_what_they_want_to_see(qtbot: QtBot) -> None:
    happened: list[str] = []

    def first() -> Scene:
        QTimer.singleShot(20, lambda: happened.append("later"))
        yield Until("it happens", lambda: bool(happened))
        happened.append("first")

    def second() -> Scene:
        happened.append("second")
        yield Until("at once", lambda: True)

    told = play(qtbot, iter([("one", first()), ("two", second())]))
    assert happened == ["later", "first", "second"]
    assert told.began == ["one", "two"]
    assert told.ended == [("", "")]


def test_what_is_not_as_expected_ends_the_play_and_is_named(qtbot: QtBot) -> None:
    def wrong() -> Scene:
        yield Until("at once", lambda: True)
        expect(False, "the drawer is open")

    told = play(qtbot, iter([("drawer", wrong()), ("never", wrong())]))
    assert told.began == ["drawer"]
    assert told.ended == [("drawer", "not so: the drawer is open")]


def test_what_never_comes_ends_the_play(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.demo.player.PATIENCE_MS", 10)

    def waiting() -> Scene:
        yield Until("the customer comes back", lambda: False)

    told = play(qtbot, iter([("waiting", waiting())]))
    assert told.ended == [("waiting", "never seen: the customer comes back")]


def test_what_cannot_be_touched_ends_the_play(qtbot: QtBot, stand: Stand) -> None:
    def reaching() -> Scene:
        yield Until("at once", lambda: True)
        stand.pay.hide()
        Hand(stand).touch(stand.pay)

    told = play(qtbot, iter([("reaching", reaching())]))
    assert told.ended == [("reaching", "out of reach: Pay")]


def test_trouble_behind_the_screen_ends_the_play(qtbot: QtBot) -> None:
    trouble: list[str] = []

    def unaware() -> Scene:
        trouble.append("the disk is full")
        yield Until("at once", lambda: True)

    told = play(qtbot, iter([("unaware", unaware())]), trouble)
    assert told.ended == [("unaware", "the disk is full")]

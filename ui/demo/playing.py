"""Opening the real till for a scripted day, playing scenes on it, and closing it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from pos.domain.facts import Mode
from pos.lock import TillLock
from pos.settings import PrinterSettings, Settings
from ui.app import Start, TillApp
from ui.demo.player import Player, Scene
from ui.demo.stage import SIZE, Album, Stage
from ui.demo.stand import DemoFolder
from ui.demo.words import Language

Scenes = Callable[[Stage], Iterator[tuple[str, Scene]]]


@dataclass(frozen=True, slots=True)
class Failure:
    """What was not as scripted."""

    scene: str
    what: str
    picture: str  # the screen at that moment


def scripted_settings(demo: DemoFolder, language: Language) -> Settings:
    """Return the settings of a scripted day: receipts become files, and nothing is heard."""
    printer = PrinterSettings(kind="file", folder=str(demo.receipts.absolute()))
    return Settings(language=language, theme="day", sound=False, printer=printer)


def _nothing_more(_stage: Stage) -> None:
    """Leave the till as the scenes left it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """A till to play on, and what to play."""

    demo: DemoFolder
    settings: Settings
    scenes: Scenes
    album: Album
    size: tuple[int, int] = SIZE
    mode: Mode = "training"
    told: Callable[[str], None] = lambda _scene: None  # hears each scene's name as it begins
    done: Callable[[Stage], None] = _nothing_more  # all went as scripted; the till is still open


def perform(app: QApplication, performance: Performance, lock: TillLock) -> Failure | None:
    """Open the till, play, close it; return what was not as scripted.

    The till closes as when a person closes the window, and gives the lock back.
    """
    demo = performance.demo
    start = Start(folders=demo.folders, settings=performance.settings, mode=performance.mode)
    till = TillApp(app, start, lock)
    stage = Stage(till, performance.album, demo.receipts)
    failures: list[Failure] = []

    def ended(scene: str, what: str) -> None:
        if what:
            failures.append(Failure(scene, what, str(stage.save_picture("failed"))))
        else:
            performance.done(stage)
        till.window.close()
        app.quit()

    # The end is said once, by `quit`: a Quit that the closing window posts as well would end the
    # loop of whoever comes next.
    app.setQuitOnLastWindowClosed(False)
    player = Player(performance.scenes(stage), stage.trouble, till)
    player.began.connect(performance.told)
    player.ended.connect(ended)
    till.window.resize(*performance.size)
    till.run()
    player.start()
    try:
        app.exec()  # allowed: it is the program's main loop, not one inside another.
    finally:
        till.close()
        till.window.deleteLater()
        till.deleteLater()
    return failures[0] if failures else None

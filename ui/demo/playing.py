"""Opening the real till for a scripted day, playing scenes on it, and closing it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from pos.lock import TillLock
from pos.settings import PrinterSettings, Settings
from ui.app import Start, TillApp
from ui.demo.player import Player, Scene
from ui.demo.stage import SIZE, Stage
from ui.demo.stand import DemoFolder
from ui.demo.words import Language

Scenes = Callable[[Stage], Iterator[tuple[str, Scene]]]


@dataclass(frozen=True, slots=True)
class Failure:
    """What was not as scripted."""

    scene: str
    what: str
    picture: str  # the screen at that moment


@dataclass(frozen=True, slots=True)
class Performance:
    """A till to play on, and what to play."""

    demo: DemoFolder
    language: Language
    scenes: Scenes
    told: Callable[[str], None]  # hears the name of each scene as it begins
    done: Callable[[Stage], None]  # called when all went as scripted, while the till is open


def settings(demo: DemoFolder, language: Language) -> Settings:
    """Return the settings of a scripted day: receipts become files, and nothing is heard."""
    printer = PrinterSettings(kind="file", folder=str(demo.receipts.absolute()))
    return Settings(language=language, theme="day", sound=False, printer=printer)


def perform(app: QApplication, performance: Performance, lock: TillLock) -> Failure | None:
    """Open the till, play, close it; return what was not as scripted.

    The till closes as when a person closes the window, and gives the lock back.
    """
    demo = performance.demo
    start = Start(
        folders=demo.folders, settings=settings(demo, performance.language), mode="training"
    )
    till = TillApp(app, start, lock)
    stage = Stage(till, demo.pictures, demo.receipts)
    failures: list[Failure] = []

    def ended(scene: str, what: str) -> None:
        if what:
            failures.append(Failure(scene, what, str(stage.save_picture("failed"))))
        else:
            performance.done(stage)
        till.window.close()
        app.quit()

    player = Player(performance.scenes(stage), stage.trouble, till)
    player.began.connect(performance.told)
    player.ended.connect(ended)
    till.window.resize(*SIZE)
    till.run()
    player.start()
    try:
        app.exec()  # allowed: it is the program's main loop, not one inside another.
    finally:
        till.close()
        till.window.deleteLater()
        till.deleteLater()
    return failures[0] if failures else None

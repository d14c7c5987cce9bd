"""The command `echoppe demo`: a festival's stand to try everything on, without a real sale."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from pos.errors import StorageUnavailable, TillAlreadyOpen
from pos.lock import TillLock
from ui.cli_language import Language as Spoken
from ui.demo.words import Language, say

OUT = Path("demo-out")
WRONG, UNAVAILABLE = 2, 3


_CODES: dict[Spoken, Language] = {Spoken.FR: "fr", Spoken.EN: "en"}


def demo(
    *,
    out: Annotated[Path, typer.Option(help="Folder of the demo; made if it is not there.")] = OUT,
    scripted: Annotated[
        bool, typer.Option("--scripted", help="Play a stand day instead of opening a window.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Forget the demo in that folder and begin anew.")
    ] = False,
    language: Annotated[
        Spoken | None,
        typer.Option(help="Of the screens and of what is printed here; French at first."),
    ] = None,
) -> None:
    """Open a training till on an invented festival's stand.

    Without a display, or with --scripted, it plays a stand day through the same screens and
    leaves pictures of them, receipts and the journal in the folder.
    """
    chosen: Language | None = _CODES[language] if language else None
    plays = scripted or not has_display(os.environ, sys.platform)
    if plays:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    raise typer.Exit(_Demo(out, chosen).run(plays=plays, fresh=fresh))


def has_display(environment: Mapping[str, str], system: str) -> bool:
    """Say whether a window could be seen by somebody."""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform:
        return platform not in {"offscreen", "minimal"}
    if system in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


class _Demo:
    def __init__(self, out: Path, chosen: Language | None) -> None:
        # Qt and the till are imported only now: `echoppe --help` does without.
        from ui.demo.stand import DemoFolder

        self._folder = DemoFolder(out.absolute())
        self._chosen = chosen
        self._language: Language = chosen or "fr"

    def run(self, *, plays: bool, fresh: bool) -> int:
        """Set the stand up, then play or open it; return the exit status."""
        from ui.demo.stand import NotOurs, clear, is_set_up, lock_demo, set_up

        try:
            lock = lock_demo(self._folder)
        except TillAlreadyOpen as holder:
            return self._is_open_already(holder, plays=plays)
        except NotOurs:
            return self._say("not_ours", WRONG, out=self._folder.out)
        except StorageUnavailable as error:
            return self._say("no_folder", UNAVAILABLE, out=self._folder.out, reason=error.reason)
        try:
            if fresh:
                clear(self._folder)
            if not is_set_up(self._folder):
                self._say("founding", 0, out=self._folder.out)
                set_up(self._folder)
        except BaseException:  # also when it is stopped: the folder must not stay locked
            lock.release()
            raise
        return self._play(lock) if plays else self._open(lock)

    def _play(self, lock: TillLock) -> int:
        from ui.demo.scripted import play_a_day

        lock.release()  # the first half of the day is another process, which takes it
        self._say("playing", 0)
        return play_a_day(self._folder, self._language, typer.echo)

    def _open(self, lock: TillLock) -> int:
        import msgspec

        from pos.settings_file import load_settings
        from ui.app import Start, run_till

        folders = self._folder.folders
        settings = load_settings(folders.settings)
        if self._chosen or settings.language == "auto":
            settings = msgspec.structs.replace(settings, language=self._language)
        self._say("window", 0, data=folders.data)
        # Qt's loop gives Python no turn to hear Ctrl+C; a till may die at any moment unharmed.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        return run_till(Start(folders=folders, settings=settings, mode="training"), lock)

    def _is_open_already(self, holder: TillAlreadyOpen, *, plays: bool) -> int:
        from ui.single import call_first_window

        if not plays and call_first_window(self._folder.folders.data):
            return self._say("brought_to_front", 0)
        return self._say("in_use", UNAVAILABLE, out=self._folder.out, pid=str(holder.pid or "?"))

    def _say(self, key: str, status: int, **values: object) -> int:
        typer.echo(say(self._language, key, **values), err=status != 0)
        return status

"""The command `echoppe demo`: a festival's stand to try everything on, without a real sale."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos.errors import StorageUnavailable, TillAlreadyOpen
from pos.lock import TillLock
from ui.cli_language import Language as Spoken
from ui.demo.words import Language, say

if TYPE_CHECKING:
    from ui.demo.hub import DemoHub
    from ui.placing import Corner

OUT = Path("demo-out")
WRONG, UNAVAILABLE = 2, 3


_CODES: dict[Spoken, Language] = {Spoken.FR: "fr", Spoken.EN: "en"}


def demo(  # noqa: PLR0913 because each is an option of the command line
    *,
    out: Annotated[Path, typer.Option(help="Folder of the demo; made if it is not there.")] = OUT,
    scripted: Annotated[
        bool, typer.Option("--scripted", help="Play a stand day instead of opening a window.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Forget the demo in that folder and begin anew.")
    ] = False,
    hub: Annotated[
        bool, typer.Option("--hub/--no-hub", help="With a hub and a second till, if they can.")
    ] = True,
    second: Annotated[bool, typer.Option("--second", hidden=True)] = False,
    language: Annotated[
        Spoken | None,
        typer.Option(help="Of the screens and of what is printed here; French at first."),
    ] = None,
) -> None:
    """Open a training till on an invented festival's stand.

    With a hub beside it, and a second till, where the hub's libraries are installed.  Without a
    display, or with --scripted, it plays a stand day through the same screens and leaves pictures
    of them, receipts and the journal in the folder.
    """
    chosen: Language | None = _CODES[language] if language else None
    plays = scripted or not has_display(os.environ, sys.platform)
    if plays:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if second:
        raise typer.Exit(Demonstration(out / "till-2", chosen).open_second())
    raise typer.Exit(Demonstration(out, chosen, wants_hub=hub).run(plays=plays, fresh=fresh))


def has_display(environment: Mapping[str, str], system: str) -> bool:
    """Say whether a window could be seen by somebody."""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform:
        return platform not in {"offscreen", "minimal"}
    if system in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


class Demonstration:
    """A stand to try everything on, in one folder."""

    def __init__(self, out: Path, chosen: Language | None, *, wants_hub: bool = False) -> None:
        # Qt and the till are imported only now: `echoppe --help` does without.
        from ui.demo.stand import DemoFolder

        self._folder = DemoFolder(out.absolute())
        self._chosen = chosen
        self._language: Language = chosen or "fr"
        self._wants_hub = wants_hub
        self._hub: DemoHub | None = None

    def run(self, *, plays: bool, fresh: bool) -> int:
        """Set the stand up, then play or open it; return the exit status."""
        from ui.demo.stand import NotOurs, clear, lock_demo

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
            self.set_up()
        except BaseException:  # also when it is stopped: the folder must not stay locked
            self._stop_hub()
            lock.release()
            raise
        try:
            return self._play(lock) if plays else self._open(lock)
        finally:
            self._stop_hub()

    def open_second(self) -> int:
        """Open the till beside; whoever opened the first has set it up."""
        from ui.demo.stand import lock_demo

        try:
            return self._show(lock_demo(self._folder), "bottom_right")
        except TillAlreadyOpen:
            return 0

    def set_up(self) -> None:
        """Found the stand if it is not there: with a hub and a second till, if that can be."""
        from ui.demo.stand import is_set_up, set_up

        is_new = not self._folder.mark.exists()
        if self._wants_hub and self._has_hub(is_new=is_new):
            return
        if not is_set_up(self._folder):
            self._say("founding", 0, out=self._folder.out)
            set_up(self._folder)

    def _has_hub(self, *, is_new: bool) -> bool:
        """Start the hub; make it, and let both tills join, if nothing is there yet."""
        from ui.demo.hub import OWNER, PASSWORD, DemoHub, HubFailed, has_hub
        from ui.demo.stand import clear, join
        from ui.joining import NotTaken

        hub = DemoHub(self._folder.hub)
        if not has_hub():
            self._say("hub_missing", 0)
            return hub.is_there
        if not is_new and not hub.is_there:
            self._say("hub_later", 0)
            return False
        self._hub = hub
        try:
            if is_new:
                self._say("making_hub", 0, out=hub.folder)
                hub.make()
            hub.plug_in()
            for folder in (self._folder, self._folder.beside) if is_new else ():
                join(folder, hub.invite())
        except (HubFailed, NotTaken) as failed:
            self._stop_hub()
            self._say("hub_failed", 0, reason=failed)
            if is_new:
                clear(self._folder)
            return not is_new
        self._say("hub", 0, address=hub.address, owner=OWNER, password=PASSWORD)
        return True

    def _stop_hub(self) -> None:
        hub, self._hub = self._hub, None
        if hub is not None:
            hub.pull_the_plug()

    def _play(self, lock: TillLock) -> int:
        from ui.demo.scripted import play_a_day

        lock.release()  # the first half of the day is another process, which takes it
        self._say("playing", 0)
        return play_a_day(self._folder, self._language, typer.echo, self._hub)

    def _open(self, lock: TillLock) -> int:
        """Open the window, and beside it that of the second till."""
        if self._hub is None:
            return self._show(lock, "")
        words = ("demo", "--out", str(self._folder.out), "--language", self._language, "--second")
        call = "from ui.cli import main; main()"
        beside = subprocess.Popen([sys.executable, "-c", call, *words])
        try:
            return self._show(lock, "top_left")
        finally:
            beside.terminate()  # a till may die at any moment unharmed
            beside.wait()

    def _show(self, lock: TillLock, corner: Corner) -> int:
        import msgspec

        from pos.settings_file import load_settings
        from ui.app import Start, TillApp, run_till
        from ui.demo.menu import PlugMenu

        folders, hub = self._folder.folders, self._hub
        settings = load_settings(folders.settings)
        if self._chosen or settings.language == "auto":
            settings = msgspec.structs.replace(settings, language=self._language)
        self._say("window", 0, data=folders.data)
        # Qt's loop gives Python no turn to hear Ctrl+C; a till may die at any moment unharmed.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

        def prepare(till: TillApp) -> object:
            return PlugMenu(till, hub) if hub is not None else None

        start = Start(folders=folders, settings=settings, mode="training", corner=corner)
        return run_till(start, lock, prepare)

    def _is_open_already(self, holder: TillAlreadyOpen, *, plays: bool) -> int:
        from ui.single import call_first_window

        if not plays and call_first_window(self._folder.folders.data):
            return self._say("brought_to_front", 0)
        return self._say("in_use", UNAVAILABLE, out=self._folder.out, pid=str(holder.pid or "?"))

    def _say(self, key: str, status: int, **values: object) -> int:
        typer.echo(say(self._language, key, **values), err=status != 0)
        return status

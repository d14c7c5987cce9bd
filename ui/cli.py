"""The command `echoppe`: the till's window, or the tools beside it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pos.errors import BadConfiguration, PosError, TillAlreadyOpen
from pos.folders import default_folders
from pos.lock import TillLock

EXIT_LOCKED = 3
FOLDERS = ("--data", "--config")


def open_window(data: Path | None, config: Path | None, *, training: bool) -> int:
    """Open the till's window and return the exit status when it is closed."""
    gc.disable()  # what the start makes stays: `run_till` collects again when it is over
    try:
        return _open(data, config, training=training)
    finally:
        gc.unfreeze()
        gc.enable()


def _open(data: Path | None, config: Path | None, *, training: bool) -> int:
    # Qt is imported only where a window is wanted: tools start without it.  What knows no Qt comes
    # first: Qt for Python reads the source of each module that is imported after it.
    import pos.bootstrap  # noqa: F401 because importing them is the purpose
    import receipts.printers  # noqa: F401 because importing them is the purpose
    from pos.settings import Settings
    from pos.settings_file import load_settings
    from ui.app import Start, run_till
    from ui.single import call_first_window
    from ui.wording import sentence

    folders = default_folders(data, config)
    try:
        lock = TillLock(folders.data).take()
    except TillAlreadyOpen:
        if call_first_window(folders.data):
            return 0
        _complain("This till's data is in use by another command.")
        return EXIT_LOCKED
    except PosError as error:
        _complain(sentence(error, "en"))
        return EXIT_LOCKED
    wrong = None
    try:
        settings = load_settings(folders.settings)
    except BadConfiguration as error:  # a till that sells says so better than none at all
        settings, wrong = Settings(), error
    start = Start(
        folders=folders,
        settings=settings,
        mode="training" if training else "live",
        wrong=wrong,
    )
    return run_till(start, lock)


def _complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def window_options(arguments: Sequence[str]) -> dict[str, str] | None:
    """Return the options of a plain start, such as `--data`; None if anything else is asked for."""
    options: dict[str, str] = {}
    waiting = list(arguments)
    while waiting:
        name, is_joined, value = waiting.pop(0).partition("=")
        if name == "--training" and not is_joined:
            options[name] = "yes"
        elif name in FOLDERS and (is_joined or waiting):
            options[name] = value if is_joined else waiting.pop(0)
        else:
            return None
    return options


def main() -> None:
    """Run the command."""
    os.umask(0o077)  # others on this machine have no business in a till's folders
    # A till that only opens its window starts without the parser of the tools' command line,
    # which takes longer to import than the till takes to open.
    options = window_options(sys.argv[1:])
    if options is None:
        from ui.cli_tools import add_tools, app

        add_tools()
        app()
        return
    data, config = (Path(options[name]) if options.get(name) else None for name in FOLDERS)
    sys.exit(open_window(data, config, training="--training" in options))

"""The command `echoppe`: the till, and its tools."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pos.errors import PosError, TillAlreadyOpen
from pos.folders import default_folders
from pos.lock import TillLock

app = typer.Typer(
    help="Échoppe, the till of a festival merch stand. Without a command it opens the till.",
    invoke_without_command=True,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    add_completion=False,
)

DataOption = Annotated[
    Path | None, typer.Option("--data", help="Folder of the till's data.", show_default=False)
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Folder of keys and settings.", show_default=False)
]

EXIT_LOCKED = 3
TOOLS = {"--help", "demo", "doctor", "import", "init", "verify"}


@app.callback()
def till(
    context: typer.Context,
    data: DataOption = None,
    config: ConfigOption = None,
    training: Annotated[bool, typer.Option(help="Train: nothing is a real sale.")] = False,
) -> None:
    """Open the till's window."""
    if context.invoked_subcommand is not None:
        # What stands before the tool's name is meant for the tool as well.
        for name, folder in (("ECHOPPE_DATA", data), ("ECHOPPE_CONFIG", config)):
            if folder is not None:
                os.environ[name] = str(folder.absolute())
        return
    # Qt is imported only where a window is wanted: tools start without it.
    from pos.settings_file import load_settings
    from ui.app import Start, run_till
    from ui.single import call_first_window
    from ui.wording import sentence

    folders = default_folders(data, config)
    try:
        lock = TillLock(folders.data).take()
    except TillAlreadyOpen:
        if call_first_window(folders.data):
            raise typer.Exit(0) from None
        typer.echo("This till's data is in use by another command.", err=True)
        raise typer.Exit(EXIT_LOCKED) from None
    except PosError as error:
        typer.echo(sentence(error, "en"), err=True)
        raise typer.Exit(EXIT_LOCKED) from None
    try:
        settings = load_settings(folders.settings)
    except PosError as error:
        typer.echo(sentence(error, "en"), err=True)
        raise typer.Exit(2) from None
    start = Start(folders=folders, settings=settings, mode="training" if training else "live")
    raise typer.Exit(run_till(start, lock))


def add_tools() -> None:
    """Offer the tools beside the window."""
    from ui import cli_import
    from ui.cli_doctor import doctor
    from ui.cli_init import init
    from ui.cli_verify import verify
    from ui.demo.command import demo

    app.add_typer(cli_import.app)
    app.command("init")(init)
    app.command("verify")(verify)
    app.command("doctor")(doctor)
    app.command("demo")(demo)


def main() -> None:
    """Run the command."""
    os.umask(0o077)  # others on this machine have no business in a till's folders
    # A till that only opens its window starts a third of a second sooner without its tools.
    if any(argument in TOOLS for argument in sys.argv[1:]):
        add_tools()
    app()

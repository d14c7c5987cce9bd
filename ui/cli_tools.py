"""The command line as typer reads it: the till, and its tools."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ui.cli import open_window

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
    raise typer.Exit(open_window(data, config, training=training))


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

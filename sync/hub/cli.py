"""The command `echoppe-hub`: making a hub, and serving it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pos.clock import utc_now
from pos.seller_file import read_seller_file
from sync.hub import cli_serve, cli_tools
from sync.hub.cli_common import (
    WRONG,
    DatabaseOption,
    DataOption,
    Desk,
    KeyOption,
    LanguageOption,
)
from sync.hub.founding import AlreadyFounded, Plan, found

app = typer.Typer(
    help="Échoppe's hub: many tills, one truth.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(cli_serve.serve)
cli_tools.add_to(app)


@app.command()
def init(  # noqa: PLR0913, PLR0917 because each is an option of the command line
    data: DataOption,
    owner: Annotated[str, typer.Option(help="Name of the owner, who may do everything.")] = "",
    name: Annotated[
        str, typer.Option(help="Name of the organisation; without it the seller's.")
    ] = "",
    seller: Annotated[
        Path | None, typer.Option(help="Who sells: see docs/seller.example.toml.")
    ] = None,
    training: Annotated[bool, typer.Option("--training", help="Nothing is a real sale.")] = False,
    address: Annotated[str, typer.Option(help="How tills reach it: https://hub.example.org")] = "",
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Make the hub of an organisation. The owner's password is asked for, or read from a pipe."""
    desk = Desk(data, database, key_file, language)
    with desk.trouble():
        plan = read_seller_file(seller) if seller else None
        if plan is None and not training:
            desk.fail(WRONG, "seller_missing")
        if not owner and sys.stdin.isatty():
            owner = str(typer.prompt(desk.say("owner")))
        organisation = Plan(
            name=name or (plan.identity.seller.name if plan else "Formation"),
            mode="training" if training else "live",
            owner=owner,
            password=desk.new_password(owner),
            seller=plan,
            address=address.rstrip("/"),
        )
        try:
            made = found(desk.place, organisation, utc_now)
        except AlreadyFounded as already:
            desk.fail(WRONG, "already", name=already.organisation.name)
    _welcome(desk, organisation, made.name, seller)


def _welcome(desk: Desk, plan: Plan, name: str, seller: Path | None) -> None:
    desk.tell("init.done", name=name)
    if plan.mode == "training":
        desk.tell("init.training")
    desk.tell("init.key", file=desk.place.key)
    if plan.seller is not None and plan.seller.manager.pin:
        desk.tell("init.pin", code=plan.seller.manager.code, file=seller)
    desk.tell("init.owner", owner=plan.owner, data=desk.place.data)


def main() -> None:
    """Run the command."""
    os.umask(0o077)  # others on this machine have no business in a hub's folder
    app()


if __name__ == "__main__":
    main()

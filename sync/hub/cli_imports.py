"""The commands `echoppe-hub import …`: files of others into the hub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from pos.importers.import_request import ImportSummary
from pos.importers.messages import Language as Tongue
from pos.importers.messages import sentence_of, sentence_of_file
from pos.importers.notices import Notice, UnreadableFile
from pos.importers.summary import summary_lines
from pos.spoken import Language
from sync.hub import catalogue
from sync.hub.cli_common import (
    REFUSED,
    WRONG,
    DatabaseOption,
    DataOption,
    Desk,
    KeyOption,
    LanguageOption,
)
from sync.hub.hub import Hub
from sync.hub.people_files import FileRead, import_staff, import_stands
from sync.hub.people_files import sentence_of as sentence_of_row
from sync.hub.store.catalogue import ProductTooLarge
from sync.hub.store.database import HubDatabase

FileArgument = Annotated[Path, typer.Argument(help="The file.", show_default=False)]

app = typer.Typer(name="import", help="Take files in.", no_args_is_help=True)


@app.command()
def products(  # noqa: PLR0913, PLR0917 because each is an option of the command line
    file: FileArgument,
    data: DataOption,
    stand: Annotated[str, typer.Option(help="The stand whose stock the quantities are.")] = "",
    tax_class: Annotated[
        list[str] | None,
        typer.Option(metavar="TYPE=CLASS", help="Tax class of a product type; may be repeated."),
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of pictures named by handle.")
    ] = None,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Leave out what is wrong.")
    ] = False,
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Bring the catalogue up to date with a Shopify export."""
    desk = Desk(data, database, key_file, language)
    tongue = _tongue(desk)
    if pictures is not None and not pictures.is_dir():
        desk.fail(WRONG, "import.pictures", folder=pictures)
    request = catalogue.Request(
        stand=stand,
        tax_classes=dict(_pair(desk, text) for text in tax_class or ()),
        skip_bad_rows=skip_bad_rows,
        pictures=pictures,
    )
    with desk.hub() as hub:
        summary = _imported(desk, hub, file, request=request, tongue=tongue)
    for line in summary_lines(summary, tongue):
        typer.echo(line)
    if summary.outcome == "refused":
        raise typer.Exit(REFUSED)


def _imported(
    desk: Desk, hub: Hub, file: Path, *, request: catalogue.Request, tongue: Tongue
) -> ImportSummary:
    try:
        return catalogue.import_products(hub.database, file, request, _Lines(tongue))
    except UnreadableFile as problem:
        typer.echo(sentence_of_file(problem, file.name, tongue), err=True)
        raise typer.Exit(WRONG) from None
    except ProductTooLarge:
        desk.fail(WRONG, "import.too_large")
    except catalogue.NotFound:
        desk.fail(WRONG, "import.stand", stand=request.stand)


@app.command()
def staff(
    file: FileArgument,
    data: DataOption,
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Take over who works here: columns code, name, role, pin."""
    _take_table(Desk(data, database, key_file, language), file, import_staff)


@app.command()
def stands(
    file: FileArgument,
    data: DataOption,
    database: DatabaseOption = "",
    key_file: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Take over which stands there are: columns stand, name."""
    _take_table(Desk(data, database, key_file, language), file, import_stands)


def _take_table(desk: Desk, file: Path, take: Callable[[HubDatabase, Path], FileRead]) -> None:
    tongue = _tongue(desk)
    with desk.hub() as hub:
        try:
            done = take(hub.database, file)
        except UnreadableFile as problem:
            typer.echo(sentence_of_file(problem, file.name, tongue), err=True)
            raise typer.Exit(WRONG) from None
    for bad in done.bad:
        typer.echo(sentence_of_row(bad, tongue), err=True)
    if done.outcome == "refused":
        desk.fail(REFUSED, "import.nothing")
    changed = desk.counted("changed", done.changed)
    desk.tell("import.done", rows=desk.counted("rows", done.rows), changed=changed)


def _tongue(desk: Desk) -> Tongue:
    return "fr" if desk.language is Language.FR else "en"


def _pair(desk: Desk, text: str) -> tuple[str, str]:
    product_type, sign, tax_class = (part.strip() for part in text.rpartition("="))
    if not sign or not product_type or not tax_class:
        desk.fail(WRONG, "import.tax_class", value=text)
    return product_type, tax_class


class _Lines:
    """Says what is to be said of rows, one line each, on standard error."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue

    def notice(self, notice: Notice) -> None:
        """Print a notice."""
        typer.echo(sentence_of(notice, self._tongue), err=True)

    def progress(self, phase: Literal["check", "apply"], done: int, total: int) -> None:
        """Say nothing: the lines are enough."""

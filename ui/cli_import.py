"""The command `echoppe import products`."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, NoReturn, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from pos.bootstrap import open_store, open_till
from pos.countries import COUNTRIES, Country
from pos.domain.facts import JournalOpened, Mode
from pos.domain.text import clean_text
from pos.enrolment import read_enrolment
from pos.errors import PosError, TillAlreadyOpen
from pos.folders import Folders, default_folders
from pos.founding import TILL, Place
from pos.importers.answering import NewTill, ReadTill
from pos.importers.import_request import ImportOptions, ImportSummary
from pos.importers.messages import Language, sentence_of, sentence_of_file
from pos.importers.notices import Notice, RowProblem, RowWarning, UnreadableFile
from pos.importers.product_draft import Terms
from pos.importers.product_import import check_products, import_products
from pos.importers.shopify_products import open_products
from pos.importers.summary import summary_lines
from pos.lock import TillLock
from pos.money import EUR
from ui.cli_language import Language as Spoken
from ui.cli_language import LanguageOption, spoken

REFUSED, WRONG, UNAVAILABLE, STOPPED = 1, 2, 3, 130
COPY_ATTEMPTS = 5
NAME_SHOWN_MAX = 60
ALIKE_MAX = 100
"""Warnings of one kind that are printed; bad rows are all printed, because all want repair."""

# English, then French.
_SENTENCES: dict[str, tuple[str, str]] = {
    "in_use": (
        "This till is open in another program (process {pid}). Close it, or wait until it is done.",
        (
            "Cette caisse est ouverte dans un autre programme (processus {pid}). Fermez-le, ou "
            "attendez qu’il ait fini."
        ),
    ),
    "no_till": (
        (
            "There is no till in {data} yet. Set one up with echoppe init, or import for training "
            "with --training."
        ),
        (
            "Il n’y a pas encore de caisse dans {data}. Créez-la avec echoppe init, ou importez "
            "pour la formation avec --training."
        ),
    ),
    "new_till": (
        "There is no till in {data} yet: this is what a new one in France would get.",
        "Il n’y a pas encore de caisse dans {data} : voici ce qu’en recevrait une, en France.",
    ),
    "has_hub": (
        (
            "The catalogue of this till comes from the hub of {organisation}. Import the file"
            " there: echoppe-hub import products, or the page Products."
        ),
        (
            "Le catalogue de cette caisse vient du hub de {organisation}. Importez le fichier"
            " là-bas : echoppe-hub import products, ou la page Produits."
        ),
    ),
    "tax_syntax": (
        "--tax-class wants TYPE=CLASS, such as Livres=books, not {value}.",
        "--tax-class attend TYPE=CLASSE, par exemple Livres=books, et non {value}.",
    ),
    "tax_class": (
        "{value} is not a tax class here. Known: {known}.",
        "{value} n’est pas une classe de taxe ici. Connues : {known}.",
    ),
    "pictures": (
        "{value} is not a folder with pictures.",
        "{value} n’est pas un dossier d’images.",
    ),
    "busy": (
        "The till is selling too fast to be read; try again in a moment.",
        "La caisse vend trop vite pour être lue ; réessayez dans un instant.",
    ),
    "stopped_early": (
        "Stopped. Nothing was changed.",
        "Arrêté. Rien n’a changé.",
    ),
    "stopped": (
        "Stopped. What was imported so far stays; run the same command again to complete it.",
        "Arrêté. Ce qui est déjà importé reste ; relancez la même commande pour finir.",
    ),
    "more": ("… and {count} more of this kind, the last:", "… et {count} autres, dont :"),
    "check": ("Checking", "Vérification"),
    "apply": ("Importing", "Import"),
}

app = typer.Typer(name="import", help="Bring in files of others.", no_args_is_help=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """What the command line asks for."""

    file: Path
    place: Place
    dry_run: bool
    skip_bad_rows: bool
    tax_classes: tuple[str, ...]
    pictures: Path | None
    language: Language

    def say(self, key: str, **values: object) -> str:
        return _SENTENCES[key][self.language == "fr"].format(**values)

    def fail(self, status: int, sentence: str) -> NoReturn:
        typer.echo(sentence, err=True)
        raise typer.Exit(status)


@app.callback()
def import_files() -> None:
    """Bring in files of others."""


@app.command("products")
def products(  # noqa: PLR0913 each is an option of the command
    file: Annotated[Path, typer.Argument(help="A Shopify product export (CSV).")],
    *,
    data: Annotated[Path | None, typer.Option(help="Folder of the till's data.")] = None,
    config: Annotated[Path | None, typer.Option(help="Folder of keys and settings.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it, change nothing.")] = False,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Import the other rows all the same.")
    ] = False,
    tax_class: Annotated[
        list[str] | None,
        typer.Option(metavar="TYPE=CLASS", help="Tax class of a product type; may be repeated."),
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of pictures named by handle.")
    ] = None,
    training: Annotated[
        bool, typer.Option("--training", help="Into the training till, not the one that sells.")
    ] = False,
    language: LanguageOption = None,
) -> None:
    """Import products from a file: adds and updates, never duplicates."""
    tongue: Language = "fr" if spoken(language) is Spoken.FR else "en"
    mode: Mode = "training" if training else "live"
    request = _Request(
        file=file,
        place=Place(folders=default_folders(data, config), mode=mode),
        dry_run=dry_run,
        skip_bad_rows=skip_bad_rows,
        tax_classes=tuple(tax_class or ()),
        pictures=pictures,
        language=tongue,
    )
    summary = _run(request)
    for line in summary_lines(summary, tongue):
        typer.echo(line)
    if summary.outcome == "refused":
        raise typer.Exit(REFUSED)


def _run(request: _Request) -> ImportSummary:
    """Do it, and turn what a person can act on into a sentence and an exit status."""
    screen = _Screen(request)
    try:
        with open_products(request.file, Terms(currency=EUR), screen.ignore):
            pass  # a wrong file is refused before anything is opened or made
        if request.pictures is not None and not request.pictures.is_dir():
            request.fail(WRONG, request.say("pictures", value=f'"{request.pictures}"'))
        hub = read_enrolment(request.place.folders, request.place.mode)
        if hub is not None:  # the next page of the hub's would take back what a file brings
            organisation = clean_text(hub.organisation_name, length_max=NAME_SHOWN_MAX)
            request.fail(WRONG, request.say("has_hub", organisation=organisation))
        with screen:
            return _checked(request, screen) if request.dry_run else _imported(request, screen)
    except UnreadableFile as problem:
        request.fail(WRONG, sentence_of_file(problem, request.file.name, request.language))
    except TillAlreadyOpen as holder:
        request.fail(UNAVAILABLE, request.say("in_use", pid=holder.pid or "?"))
    except PosError as error:
        from ui.wording import sentence  # Qt, for those who need a sentence about it

        request.fail(UNAVAILABLE, sentence(error, request.language))
    except OSError as error:
        request.fail(UNAVAILABLE, f"{error.filename or request.file}: {error.strerror}")
    except KeyboardInterrupt:
        request.fail(STOPPED, request.say("stopped" if screen.is_applying else "stopped_early"))


def _imported(request: _Request, screen: _Screen) -> ImportSummary:
    place = request.place
    if place.mode == "live" and not place.path.exists():
        request.fail(WRONG, request.say("no_till", data=place.folders.data))
    with TillLock(place.folders.data):
        till = open_till(place)
        try:
            return import_products(till, request.file, _options(request, till.opened), screen)
        finally:
            till.close()


def _checked(request: _Request, screen: _Screen) -> ImportSummary:
    """Do a dry run, on a copy of the database: even to read, SQLite writes beside it."""
    if not request.place.path.exists():
        typer.echo(request.say("new_till", data=request.place.folders.data), err=True)
        return check_products(NewTill(), request.file, _options(request, None), screen)
    with tempfile.TemporaryDirectory(prefix="echoppe-") as folder:
        copy = replace(request.place, folders=Folders(Path(folder), request.place.folders.config))
        if not any(_copy(request.place.path, copy.path) for _ in range(COPY_ATTEMPTS)):
            request.fail(UNAVAILABLE, request.say("busy"))
        store = open_store(copy)
        try:
            till = ReadTill(store, store.opened.identity.stand)
            return check_products(till, request.file, _options(request, store.opened), screen)
        finally:
            store.close()


def _copy(database: Path, target: Path) -> bool:
    """Copy a database with its log; say whether it stood still meanwhile."""
    parts = [(database, target), (Path(f"{database}-wal"), Path(f"{target}-wal"))]
    before = [_mark(source) for source, _ in parts]
    for source, copy in parts:
        copy.unlink(missing_ok=True)
        try:
            shutil.copyfile(source, copy)
        except FileNotFoundError:
            continue  # no log, or no more
    return before == [_mark(source) for source, _ in parts]


def _mark(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0, 0
    return stat.st_size, stat.st_mtime_ns


def _options(request: _Request, opened: JournalOpened | None) -> ImportOptions:
    country = COUNTRIES[opened.identity.seller.country if opened else "FR"]
    return ImportOptions(
        terms=Terms(
            currency=opened.currency if opened else country.currency,
            tax_classes=_tax_classes(request, country),
        ),
        operator=TILL,
        skip_bad_rows=request.skip_bad_rows,
        pictures=request.pictures,
        pictures_to=request.place.folders.pictures,
    )


def _tax_classes(request: _Request, country: Country) -> dict[str, str]:
    classes: dict[str, str] = {}
    for text in request.tax_classes:
        product_type, sign, tax_class = (part.strip() for part in text.rpartition("="))
        if not sign or not product_type or not tax_class:
            request.fail(WRONG, request.say("tax_syntax", value=f'"{text}"'))
        if tax_class not in country.rates:
            known = ", ".join(country.rates)
            request.fail(WRONG, request.say("tax_class", value=f'"{tax_class}"', known=known))
        classes[product_type] = tax_class
    return classes


class _Screen:
    """Shows how an import goes: notices as lines, progress as a bar where there is a terminal."""

    def __init__(self, request: _Request) -> None:
        self.is_applying = False
        self._request = request
        self._told: Counter[str] = Counter()
        self._last: dict[str, str] = {}  # the last sentence of each kind that was not printed
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            console=self._console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        for kind, sentence in self._last.items():
            self._print(self._request.say("more", count=self._told[kind] - ALIKE_MAX))
            self._print(sentence)
        if self._console.is_terminal:
            self._bar.stop()

    def ignore(self, notice: Notice) -> None:
        """Hear what will be said again."""

    def notice(self, notice: Notice) -> None:
        """Print a notice as one line; of each kind that needs no repair, only the first ones."""
        sentence = sentence_of(notice, self._request.language)
        kind = notice.kind if isinstance(notice, RowWarning) else type(notice).__name__
        self._told[kind] += 1
        if isinstance(notice, RowProblem) or self._told[kind] <= ALIKE_MAX:
            self._print(sentence)
        else:
            self._last[kind] = sentence

    def _print(self, line: str) -> None:
        if self._console.is_terminal:
            self._console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)
        else:
            typer.echo(line, err=True)

    def progress(self, phase: Literal["check", "apply"], done: int, total: int) -> None:
        """Move the bar."""
        self.is_applying = phase == "apply"
        description = self._request.say(phase)
        self._bar.update(self._task, description=description, completed=done, total=total)

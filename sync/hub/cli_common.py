"""What all commands of `echoppe-hub` share: their options, and how trouble becomes a sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pos.errors import BadConfiguration, KeyMissing, StorageDamaged, StorageUnavailable
from pos.seller_words import lines_of_mistakes
from pos.spoken import Language, say, spoken
from sync.hub.cli_words import SENTENCES
from sync.hub.enrolment import NotFounded
from sync.hub.hub import Hub, Place
from sync.hub.passwords import PASSWORD_MAX, PASSWORD_MIN, BadAccount
from sync.hub.store.migrations import HubTooNew
from sync.hub.tls import BadCertificate

REFUSED, WRONG, UNAVAILABLE = 1, 2, 3

SERVING_NAME = "serving.json"
"""What tills see of the hub that serves this folder, for the commands beside it."""

DataOption = Annotated[
    Path,
    typer.Option("--data", envvar="ECHOPPE_HUB_DATA", help="Folder of the hub's data."),
]
DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="ECHOPPE_HUB_DATABASE",
        help="postgresql://…; without it the hub keeps a file in its folder.",
        show_default=False,
    ),
]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        envvar="ECHOPPE_HUB_KEY",
        help="The organisation's key, where several processes share one database.",
        show_default=False,
    ),
]
LanguageOption = Annotated[Language | None, typer.Option("--language", help="Of the messages.")]


class Desk:
    """Where a command stands: whose hub, in which language."""

    def __init__(
        self, data: Path, database: str, key_file: Path | None, language: Language | None
    ) -> None:
        self.language = spoken(language)
        if database and not database.startswith(("postgresql://", "postgres://")):
            self.fail(WRONG, "database_url")
        self.place = Place(data=data.absolute(), database_url=database, key_file=key_file)

    def say(self, sentence: str, **values: object) -> str:
        """Return a sentence of ours."""
        english, french = SENTENCES[sentence]
        if "n" in values:  # zero is one thing in French and several in English
            n = values["n"]
            assert isinstance(n, int), n
            english, french = english.split("|")[n != 1], french.split("|")[n > 1]
        return say((english, french), self.language, **values)

    def counted(self, noun: str, n: int) -> str:
        """Return a number with its noun."""
        return self.say(f"count.{noun}", n=n)

    def tell(self, sentence: str, **values: object) -> None:
        """Print a sentence."""
        typer.echo(self.say(sentence, **values))

    def fail(self, status: int, sentence: str, **values: object) -> NoReturn:
        """Complain, and end with a status."""
        typer.echo(self.say(sentence, **values), err=True)
        raise typer.Exit(status)

    def new_password(self, name: str) -> str:
        """Ask somebody at a terminal for a new password, twice; else read a line from the pipe."""
        if sys.stdin.isatty():
            return str(
                typer.prompt(
                    self.say("password", name=name),
                    hide_input=True,
                    confirmation_prompt=self.say("password_again"),
                )
            )
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            self.fail(WRONG, "no_password")
        return line

    @contextmanager
    def hub(self) -> Iterator[Hub]:
        """Open the hub for a command."""
        with self.trouble():
            hub = Hub.open(self.place)
            try:
                yield hub
            finally:
                hub.close()

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Turn what a person can do something about into a sentence and a status."""
        try:
            yield
        except NotFounded:
            self.fail(WRONG, "no_hub", data=self.place.data)
        except KeyMissing:
            self.fail(WRONG, "key_missing", file=self.place.key)
        except BadAccount as bad:
            values = {"least": PASSWORD_MIN, "most": PASSWORD_MAX}
            self.fail(WRONG, f"account.{bad.problem}", **values)
        except BadCertificate as bad:
            self.fail(WRONG, "tls_bad", file=bad.args[0])
        except BadConfiguration as bad:
            typer.echo("\n".join(lines_of_mistakes(bad, self.language)), err=True)
            raise typer.Exit(WRONG) from None
        except HubTooNew:
            self.fail(UNAVAILABLE, "too_new")
        except StorageUnavailable as error:
            self.fail(UNAVAILABLE, "storage", reason=error.reason)
        except StorageDamaged as error:
            self.fail(UNAVAILABLE, "damaged", file=error.path, reason=error.reason)

"""The command `echoppe init`: a folder becomes a till that sells."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pos.errors import BadConfiguration, StorageUnavailable, TillAlreadyOpen
from pos.folders import Folders, default_folders
from pos.seller_words import lines_of_mistakes
from pos.setup import AlreadySetUp, TillSetUp, set_up
from ui.cli_language import Language, LanguageOption, Sentence, say, spoken

REFUSED, WRONG, UNAVAILABLE = 1, 2, 3

_SENTENCES: dict[str, Sentence] = {
    "nothing_made": ("Nothing was made.", "Rien n’a été créé."),
    "already": (
        (
            "There is a till in {data} already: {name}, stand {stand}, till {till}. It was left as"
            " it is. Another till wants another folder."
        ),
        (
            "Il y a déjà une caisse dans {data} : {name}, stand {stand}, caisse {till}. Elle est"
            " restée telle quelle. Une autre caisse demande un autre dossier."
        ),
    ),
    "already_silent": (
        (
            "There is a file of a till in {data} already, which does not say whose. It was left as"
            " it is: echoppe verify says more."
        ),
        (
            "Il y a déjà un fichier de caisse dans {data}, qui ne dit pas de qui. Il est resté tel"
            " quel : echoppe verify en dit plus."
        ),
    ),
    "in_use": (
        "This till is open in another program (process {pid}). Close it first.",
        "Cette caisse est ouverte dans un autre programme (processus {pid}). Fermez-le d’abord.",
    ),
    "disk": (
        "The disk does not take it ({reason}). Give the same command again when it does.",
        "Le disque ne l’accepte pas ({reason}). Relancez la même commande quand il l’acceptera.",
    ),
    "done": (
        "{name}, stand {stand} ({stand_name}), till {till} is ready to sell.",
        "{name}, stand {stand} ({stand_name}), caisse {till} : prête à vendre.",
    ),
    "receipts": (
        "Its receipts are numbered {number}, its folder is {data}.",
        "Ses tickets sont numérotés {number}, son dossier est {data}.",
    ),
    "key": (
        "Its key is in {keys}: it works on this machine only. Never copy it.",
        "Sa clé est dans {keys} : elle ne fonctionne que sur cette machine. Ne la copiez jamais.",
    ),
    "carried": (
        "The catalogue of the training till came along, without its stock.",
        "Le catalogue de la caisse de formation est venu avec, sans son stock.",
    ),
    "carried_partly": (
        "The catalogue of the training till came along as far as it could be read.",
        "Le catalogue de la caisse de formation est venu avec, autant qu’il était lisible.",
    ),
    "pin": (
        "The PIN of {code} is kept as a hash: take it out of {file} now.",
        "Le code PIN de {code} est gardé sous forme d’empreinte : retirez-le de {file}.",
    ),
    "no_pin": (
        "{code} has no PIN yet: until there is one, everybody is the manager.",
        "{code} n’a pas encore de code PIN : en attendant, tout le monde est responsable.",
    ),
}


def init(
    seller: Annotated[
        Path, typer.Option("--seller", help="Who sells: see docs/seller.example.toml.")
    ],
    data: Annotated[Path | None, typer.Option("--data", help="Folder of the till's data.")] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="Folder of keys and settings.")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Set a till up: who sells, at which stand, on which till, who manages it."""
    tongue = spoken(language)
    folders = default_folders(data, config)
    try:
        outcome = set_up(folders, seller)
    except BadConfiguration as bad:
        for line in lines_of(bad, tongue):
            typer.echo(line, err=True)
        raise typer.Exit(WRONG) from None
    except TillAlreadyOpen as holder:
        _fail(say(_SENTENCES["in_use"], tongue, pid=holder.pid or "?"), UNAVAILABLE)
    except StorageUnavailable as disk:
        _fail(say(_SENTENCES["disk"], tongue, reason=disk.reason), UNAVAILABLE)
    else:
        if isinstance(outcome, AlreadySetUp):
            _fail(_refusal(outcome, folders, tongue), REFUSED)
        for line in _welcome(outcome, folders, seller, tongue):
            typer.echo(line)


def lines_of(bad: BadConfiguration, language: Language) -> list[str]:
    """Return what a person reads of a file with mistakes: one line for each of them."""
    return [*lines_of_mistakes(bad, language), say(_SENTENCES["nothing_made"], language)]


def _refusal(already: AlreadySetUp, folders: Folders, language: Language) -> str:
    identity = already.identity
    if identity is None:
        return say(_SENTENCES["already_silent"], language, data=folders.data)
    return say(
        _SENTENCES["already"],
        language,
        data=folders.data,
        name=identity.seller.name,
        stand=identity.stand,
        till=identity.till,
    )


def _welcome(done: TillSetUp, folders: Folders, seller: Path, language: Language) -> list[str]:
    identity, manager = done.identity, done.manager
    values = {
        "name": identity.seller.name,
        "stand": identity.stand,
        "stand_name": identity.stand_name,
        "till": identity.till,
        "number": f"{identity.stand}-{identity.till}-…",
        "data": folders.data,
        "keys": folders.keys,
        "code": manager.code,
        "file": seller,
    }
    keys = ["done", "receipts", "key"]
    if not done.carried.is_complete:
        keys.append("carried_partly")
    elif done.carried.rows:
        keys.append("carried")
    keys.append("pin" if manager.pin else "no_pin")
    return [say(_SENTENCES[key], language, **values) for key in keys]


def _fail(sentence: str, status: int) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(status)

"""The command `echoppe init`: a folder becomes a till that sells."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pos.countries import COUNTRIES
from pos.domain.text import clean_text
from pos.errors import BadConfiguration, StorageUnavailable, TillAlreadyOpen
from pos.folders import Folders, default_folders
from pos.pins import PIN_DIGITS_MAX, PIN_DIGITS_MIN
from pos.setup import AlreadySetUp, TillSetUp, set_up
from ui.cli_language import Language, LanguageOption, Sentence, say, spoken

REFUSED, WRONG, UNAVAILABLE = 1, 2, 3
FIELD_SHOWN_MAX = 60

_SENTENCES: dict[str, Sentence] = {
    "wrong": ("{file} cannot be used as it is:", "{file} ne peut pas servir tel quel :"),
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

PROBLEMS: dict[str, Sentence] = {
    "absent": ("there is no such file", "ce fichier n’existe pas"),
    "unreadable": ("it cannot be read", "il est illisible"),
    "encoding": ("it is not UTF-8 text", "ce n’est pas du texte UTF-8"),
    "syntax": (
        "this is not TOML: a quote, a bracket or an equals sign is missing",
        "ce n’est pas du TOML : il manque un guillemet, un crochet ou un signe égal",
    ),
    "missing": ("is missing", "manque"),
    "empty": ("is empty", "est vide"),
    "type": ("is not written like that", "ne s’écrit pas ainsi"),
    "length": ("has not the right length", "n’a pas la bonne longueur"),
    "format": ("is not written like that", "ne s’écrit pas ainsi"),
    "weak": ("is a PIN that anybody would guess", "est un code PIN trop facile à deviner"),
    "zero": (
        "cannot be 0: that is the training till",
        "ne peut pas être 0, qui est la caisse de formation",
    ),
    "check_digit": (
        "a digit is wrong: the check digit does not fit",
        "un chiffre est faux : la clé de contrôle ne correspond pas",
    ),
    "mismatch": (
        "is the VAT number of another company than this registration",
        "est le numéro de TVA d’une autre entreprise que celle-ci",
    ),
    "conflict": (
        "stands instead of a VAT number, not beside one",
        "remplace un numéro de TVA et ne l’accompagne pas",
    ),
    "choice": ("is not known here", "n’est pas connu ici"),
    "unknown": ("is no field of this file", "n’est pas un champ de ce fichier"),
}

FIELDS: dict[str, Sentence] = {
    "seller": ("a table, [seller]", "une table, [seller]"),
    "stand": ("a table, [stand]", "une table, [stand]"),
    "till": ("a table, [till]", "une table, [till]"),
    "manager": ("a table, [manager]", "une table, [manager]"),
    "seller.name": ('name = "Les Disques du Quai"', 'name = "Les Disques du Quai"'),
    "seller.legal_form": ('legal_form = "SARL"', 'legal_form = "SARL"'),
    "seller.address": (
        'address = ["12 rue des Ateliers", "44000 Nantes"], at most 6 lines',
        'address = ["12 rue des Ateliers", "44000 Nantes"], 6 lignes au plus',
    ),
    "seller.country": ('country = "{countries}"', 'country = "{countries}"'),
    "seller.registration": (
        "the SIRET (14 digits), or the Belgian enterprise number (10 digits)",
        "le SIRET (14 chiffres), ou le numéro d’entreprise belge (10 chiffres)",
    ),
    "seller.vat_number": (
        (
            "FR, two characters and the SIREN; or BE and the enterprise number; a seller without"
            " VAT writes vat_exemption instead"
        ),
        (
            "FR, deux caractères et le SIREN ; ou BE et le numéro d’entreprise ; un vendeur sans"
            " TVA écrit vat_exemption à la place"
        ),
    ),
    "seller.vat_exemption": (
        'vat_exemption = "TVA non applicable, art. 293 B du CGI", without vat_number',
        'vat_exemption = "TVA non applicable, art. 293 B du CGI", sans vat_number',
    ),
    "stand.code": ("1 to 6 of A–Z and 0–9", "1 à 6 caractères de A–Z et 0–9"),
    "stand.name": ('name = "Grande scène"', 'name = "Grande scène"'),
    "stand.time_zone": ('time_zone = "Europe/Paris"', 'time_zone = "Europe/Paris"'),
    "stand.day_starts_at": ('day_starts_at = "05:00"', 'day_starts_at = "05:00"'),
    "till.code": (
        'code = "1", 1 to 4 of A–Z and 0–9',
        'code = "1", 1 à 4 caractères de A–Z et 0–9',
    ),
    "manager.code": (
        'code = "ZOE", 1 to 8 of A–Z and 0–9',
        'code = "ZOE", 1 à 8 caractères de A–Z et 0–9',
    ),
    "manager.name": ('name = "Zoé Martin"', 'name = "Zoé Martin"'),
    "manager.pin": (
        "{least} to {most} digits between quotes",
        "{least} à {most} chiffres entre guillemets",
    ),
}
"""How each field is written, for whoever wrote it otherwise."""


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
    lines = [say(_SENTENCES["wrong"], language, file=bad.path)]
    lines += [f"  {_problem(field, reason, language)}" for field, reason in bad.problems]
    return [*lines, say(_SENTENCES["nothing_made"], language)]


def _problem(field: str, reason: str, language: Language) -> str:
    what = say(PROBLEMS[reason], language)
    if not field:
        return what
    line = f"{clean_text(field, length_max=FIELD_SHOWN_MAX)}: {what}"
    if field not in FIELDS:
        return line
    how = say(
        FIELDS[field],
        language,
        countries='", "'.join(COUNTRIES),
        least=PIN_DIGITS_MIN,
        most=PIN_DIGITS_MAX,
    )
    return f"{line} ({how})"


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

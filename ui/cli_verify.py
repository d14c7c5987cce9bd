"""The command `echoppe verify`: is everything in the journals what the till wrote?"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from babel.numbers import format_decimal

from pos.clock import from_utc_text
from pos.folders import Folders, default_folders
from pos.verification import FailedCheck, Problem, Progress, Verification, verify_journals

Language = Literal["en", "fr"]

BAD = 1
NOTHING = 2

# English, French. A problem's key is its reason.
_SENTENCES = {
    "nothing": (
        "There is no journal in {data}.",
        "Il n’y a pas de journal dans {data}.",
    ),
    "whole": (
        "{name}: {who}, entries: {entries}, sales: {sales}. WHOLE",
        "{name} : {who}, écritures : {entries}, ventes : {sales}. INTACT",
    ),
    "bad": (
        "{name}: {who}, entries that can be read: {entries}, intact: {intact}. FAILS",
        "{name} : {who}, écritures lisibles : {entries}, intactes : {intact}. ÉCHEC",
    ),
    "who": (
        "{mode} till {till}, journal {ordinal}, key {print}",
        "caisse {till} ({mode}), journal {ordinal}, clé {print}",
    ),
    "nobody": ("it does not say whose", "on ne sait de qui"),
    "live": ("live", "réelle"),
    "training": ("training", "formation"),
    "checking": ("{checked} of {entries}", "{checked} sur {entries}"),
    "unreadable": ("entry {seq} cannot be read ({detail})", "écriture {seq} illisible ({detail})"),
    "unreadable_file": (
        "the file cannot be read ({detail})",
        "le fichier ne peut pas être lu ({detail})",
    ),
    "gap": ("entry {seq} is missing", "l’écriture {seq} manque"),
    "digest": (
        "entry {seq} was changed: its digest does not fit",
        "l’écriture {seq} a été modifiée : son empreinte ne correspond pas",
    ),
    "body": (
        "entry {seq} is not one that this program writes",
        "l’écriture {seq} n’est pas de celles que ce programme écrit",
    ),
    "chain": (
        "entry {seq} does not follow the entry before it",
        "l’écriture {seq} ne suit pas celle qui la précède",
    ),
    "signature": (
        "entry {seq} was not signed with this till's key",
        "l’écriture {seq} n’est pas signée par la clé de cette caisse",
    ),
    "number": (
        "entry {seq}: the sale's number does not follow the sale before it",
        "écriture {seq} : le numéro de la vente ne suit pas celui de la vente précédente",
    ),
    "receipt_number": (
        "entry {seq}: the receipt number is not this journal's",
        "écriture {seq} : le numéro de ticket n’est pas de ce journal",
    ),
    "lines": (
        "entry {seq}: the sale's lines do not add up to its total",
        "écriture {seq} : les lignes de la vente ne font pas son total",
    ),
    "taxes": (
        "entry {seq}: the sale's taxes are not those of its lines",
        "écriture {seq} : les taxes de la vente ne sont pas celles de ses lignes",
    ),
    "tenders": (
        "entry {seq}: what was paid is not what was due",
        "écriture {seq} : ce qui a été payé n’est pas ce qui était dû",
    ),
    "perpetual": (
        "entry {seq}: the perpetual totals do not follow from the sale before it",
        "écriture {seq} : les totaux perpétuels ne suivent pas de la vente précédente",
    ),
    "repeated": (
        "entry {seq} repeats a sale, a shift or a receipt that was recorded before",
        "l’écriture {seq} répète une vente, un service ou un ticket déjà enregistré",
    ),
    "derived": (
        "table {detail} does not follow from the journal: entry {seq}",
        "la table {detail} ne découle pas du journal : écriture {seq}",
    ),
    "derived_table": (
        "table {detail} does not follow from the journal",
        "la table {detail} ne découle pas du journal",
    ),
    "not_compared": (
        "a newer version wrote some of it: only that version can check all that follows",
        "une version plus récente en a écrit une partie : elle seule peut tout contrôler",
    ),
    "schema": (
        "{detail} in the file was not made by this program",
        "{detail} dans le fichier ne vient pas de ce programme",
    ),
    "anchor": (
        "entry {seq} is not the one that this machine remembers",
        "l’écriture {seq} n’est pas celle dont cette machine se souvient",
    ),
    "successor": (
        "entry {seq} is not the one that the next journal names",
        "l’écriture {seq} n’est pas celle que nomme le journal suivant",
    ),
    "rolled_back": (
        "entry {seq} was recorded and is not there: an older copy, or the journal was cut off",
        "l’écriture {seq}, pourtant enregistrée, manque : copie plus ancienne, ou journal coupé",
    ),
    "carried": (
        "entry {seq}: the perpetual totals are not those that the journal before ended with",
        "écriture {seq} : les totaux perpétuels ne sont pas ceux du journal précédent",
    ),
    "anchor_missing": (
        "the anchor of this journal is gone: an end that was cut off would not show",
        "l’ancre de ce journal a disparu : une fin coupée ne se verrait pas",
    ),
    "anchor_unsigned": (
        "the anchor of this journal is not signed: the till signs it at its next start",
        "l’ancre de ce journal n’est pas signée : la caisse la signera à sa prochaine ouverture",
    ),
    "anchor_forged": (
        "the anchor of this journal was not signed with this till's key",
        "l’ancre de ce journal n’est pas signée par la clé de cette caisse",
    ),
    "memory_missing": (
        "this machine does not remember which journal it kept last: a later one may be gone",
        "cette machine ne sait plus quel journal fut le dernier : un plus récent a pu disparaître",
    ),
    "incomplete": (
        "{data}: journals are missing. FAILS",
        "{data} : il manque des journaux. ÉCHEC",
    ),
    "missing_remembered": (
        "journal {seq}, the last one that this machine kept, is not here ({detail})",
        "le journal {seq}, que cette machine a tenu en dernier, n’est pas là ({detail})",
    ),
    "missing_previous": (
        "journal {seq} goes on from another, which is not here ({detail})",
        "le journal {seq} en continue un autre, qui n’est pas là ({detail})",
    ),
    "missing_ordinal": (
        "journal {seq} is not here: the numbers of the journals have a gap",
        "le journal {seq} n’est pas là : la suite des journaux a un trou",
    ),
    "failed_check": (
        "a check failed on {moment}: {reason} (entry {seq})",
        "un contrôle a échoué le {moment} : {reason} (écriture {seq})",
    ),
    "database": ("the file is damaged: {detail}", "le fichier est endommagé : {detail}"),
    "unknown_kinds": (
        "entries of a newer version: {count}; kept, their effects not compared",
        "écritures d’une version plus récente : {count} ; conservées, leurs effets non comparés",
    ),
    "not_anchored": (
        "this machine does not remember this journal: a missing end would not show",
        "cette machine ne se souvient pas de ce journal : une fin coupée ne se verrait pas",
    ),
}


def verify(
    data: Annotated[Path | None, typer.Option(help="The till's data folder.")] = None,
    config: Annotated[
        Path | None, typer.Option(help="The till's config folder, with keys and anchors.")
    ] = None,
) -> None:
    """Check every journal: numbers, digests, signatures, sums, and all that follows from them.

    Changes nothing and may run while the till sells. Ends with 1 if something does not verify,
    with 2 if there is nothing to verify.
    """
    language = _usual_language()
    folders = default_folders(data, config)
    found = verify_journals(folders, _progress(language))
    if not found:
        typer.echo(say(language, "nothing", data=folders.data), err=True)
        raise typer.Exit(NOTHING)
    for verification in found:
        for line in lines_of(verification, folders, language):
            typer.echo(line)
    if not all(verification.is_whole for verification in found):
        raise typer.Exit(BAD)


def lines_of(verification: Verification, folders: Folders, language: Language) -> list[str]:
    """Return what a person reads of one journal: a line, and one more for each finding."""
    problems = [f"    {_sentence(problem, language)}" for problem in verification.problems]
    if verification.path == folders.data:  # what the folder as a whole lacks
        return [say(language, "incomplete", data=folders.data), *problems]
    lines = [
        say(
            language,
            "whole" if verification.is_whole else "bad",
            name=_name(verification.path, folders),
            who=_who(verification, language),
            entries=verification.entries,
            sales=verification.sales,
            intact=verification.intact,
        )
    ]
    lines += problems
    lines += [f"    {_failed_check(failed, language)}" for failed in verification.failures]
    if verification.unknown_kinds:
        lines.append(f"    {say(language, 'unknown_kinds', count=verification.unknown_kinds)}")
    is_said = any(problem.reason == "anchor_missing" for problem in verification.problems)
    if verification.opened is not None and not verification.is_anchored and not is_said:
        lines.append(f"    {say(language, 'not_anchored')}")
    return lines


def say(language: Language, key: str, **values: object) -> str:
    """Return a sentence with its values, numbers as the language writes them."""
    shown = {
        name: format_decimal(value, locale=language) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return _SENTENCES[key][language == "fr"].format(**shown)


def _sentence(problem: Problem, language: Language) -> str:
    key = problem.reason
    if problem.seq == 0:
        key = {"unreadable": "unreadable_file", "derived": "derived_table"}.get(key, key)
    return say(language, key, seq=problem.seq, detail=problem.detail)


def _failed_check(failed: FailedCheck, language: Language) -> str:
    moment = f"{from_utc_text(failed.occurred_at):%Y-%m-%d %H:%M} UTC"
    return say(language, "failed_check", moment=moment, reason=failed.reason, seq=failed.seq)


def _who(verification: Verification, language: Language) -> str:
    opened = verification.opened
    if opened is None:
        return say(language, "nobody")
    return say(
        language,
        "who",
        mode=say(language, opened.mode),
        till=f"{opened.identity.stand}-{opened.identity.till}",
        ordinal=opened.ordinal,
        print=verification.fingerprint,
    )


def _name(path: Path, folders: Folders) -> str:
    return path.relative_to(folders.data).as_posix()


def _usual_language() -> Language:
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), "")
    return "fr" if chosen.lower().startswith("fr") else "en"


def _progress(language: Language) -> Progress | None:
    """Return what shows how far it is, on a terminal; a file gets the lines only."""
    if not sys.stderr.isatty():
        return None

    def show(checked: int, entries: int) -> None:
        text = say(language, "checking", checked=checked, entries=entries)
        typer.echo(f"\r{text}\x1b[K", err=True, nl=False)
        if checked >= entries:
            typer.echo("\r\x1b[K", err=True, nl=False)

    return show

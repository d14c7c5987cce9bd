"""What is wrong with a seller's file, in English and French, for the command lines."""

from __future__ import annotations

from pos.countries import COUNTRIES
from pos.domain.text import clean_text
from pos.errors import BadConfiguration
from pos.pins import PIN_DIGITS_MAX, PIN_DIGITS_MIN
from pos.spoken import Language, Sentence, say

FIELD_SHOWN_MAX = 60

_WRONG: Sentence = ("{file} cannot be used as it is:", "{file} ne peut pas servir tel quel :")

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


def lines_of_mistakes(bad: BadConfiguration, language: Language) -> list[str]:
    """Return what a person reads of a file with mistakes: one line for each of them."""
    lines = [say(_WRONG, language, file=bad.path)]
    return lines + [f"  {_problem(field, reason, language)}" for field, reason in bad.problems]


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

"""The sentences of an import, in English and French, for the command line and the window.

Values come from the file: they are shortened, and control characters never reach a terminal.
"""

from __future__ import annotations

from shlex import quote
from typing import Literal, get_args

from pos.domain.text import clean_text
from pos.importers.notices import (
    Notice,
    NotInFile,
    Problem,
    QuantityDiffers,
    RowProblem,
    RowWarning,
    Unreadable,
    UnreadableFile,
    Warned,
)

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
VALUE_MAX = 60

PROBLEMS: dict[Problem, tuple[str, str]] = {
    "ambiguous_amount": (
        "{value} may be read in two ways; write the price like 1234.50",
        "{value} peut se lire de deux façons ; écrivez le prix comme 1234.50",
    ),
    "barcode_number": (
        "{value} was a barcode until a spreadsheet rounded it; format the column as text",
        "{value} était un code-barres qu’un tableur a arrondi ; mettez la colonne au format texte",
    ),
    "barcode_taken": (
        "{value} has this barcode on the till, and is not in this file",
        "{value} a déjà ce code-barres dans la caisse, et n’est pas dans ce fichier",
    ),
    "barcode_twice": (
        "{value} is already the barcode in line {other_line}",
        "{value} est déjà le code-barres de la ligne {other_line}",
    ),
    "control": (
        "the row holds zero bytes; the file is damaged here",
        "la ligne contient des octets nuls ; le fichier est abîmé à cet endroit",
    ),
    "handle_again": (
        "{value} began in line {other_line}; rows of one product must stand together",
        "{value} commence à la ligne {other_line} ; les lignes d’un produit doivent se suivre",
    ),
    "missing": ("the cell is empty", "la cellule est vide"),
    "negative_amount": ("{value} is below zero", "{value} est inférieur à zéro"),
    "no_option_name": (
        "the option {value} has no name in the product’s first row",
        "l’option {value} n’a pas de nom dans la première ligne du produit",
    ),
    "not_a_quantity": (
        "{value} is not a whole number of pieces",
        "{value} n’est pas un nombre entier de pièces",
    ),
    "not_an_amount": ("{value} is not an amount", "{value} n’est pas un montant"),
    "not_yes_or_no": ("{value} is neither true nor false", "{value} n’est ni vrai ni faux"),
    "too_large": ("{value} is too large", "{value} est trop grand"),
    "too_long": ("{value} is too long", "{value} est trop long"),
    "too_many_cells": (
        "the row has more cells than the header, from {value} on; is a comma not in quotes?",
        (
            "la ligne a plus de cellules que l’en-tête, à partir de {value} ; une virgule hors "
            "guillemets ?"
        ),
    ),
    "too_many_decimals": (
        "{value} has more decimals than the currency",
        "{value} a plus de décimales que la monnaie",
    ),
    "too_many_variants": (
        "{value} has more variants than a product may have",
        "{value} a plus de variantes qu’un produit ne peut en avoir",
    ),
    "variant_twice": (
        "{value} stands in line {other_line} already",
        "{value} figure déjà à la ligne {other_line}",
    ),
}

WARNINGS: dict[Warned, tuple[str, str]] = {
    "check_digit": (
        "{value} looks like an EAN, but its check digit is wrong",
        "{value} ressemble à un EAN, mais sa clé de contrôle est fausse",
    ),
    "free": ("the price is zero: it is given away", "le prix est zéro : l’article est gratuit"),
    "gift_card": (
        "{value} is a gift card, which is no turnover; it was left out",
        "{value} est une carte cadeau, qui n’est pas du chiffre d’affaires ; laissée de côté",
    ),
    "looks_like_books": (
        (
            "{value} may be taxed less than the rest; if so, say --tax-class {argument}=books "
            "(or press)"
        ),
        (
            "{value} est peut-être à taux réduit ; si oui, ajoutez --tax-class {argument}=books "
            "(ou press)"
        ),
    ),
    "negative_quantity": (
        "{value} pieces cannot be in stock; none were opened",
        "{value} pièces ne peuvent être en stock ; aucune n’a été ouverte",
    ),
    "no_quantities": (
        "the file has no quantities; stock begins at zero until it is counted",
        "le fichier n’a pas de quantités ; le stock est à zéro jusqu’au comptage",
    ),
    "not_taxable": (
        "the shop does not tax this; here it has its class’s rate all the same",
        "la boutique ne taxe pas cet article ; ici il garde le taux de sa classe",
    ),
    "picture_unreadable": (
        "{value} is not a picture that can be used",
        "{value} n’est pas une image utilisable",
    ),
    "shortened": ("{value} was shortened", "{value} a été raccourci"),
    "title_differs": (
        "{value} is another title than in the product’s first row, which counts",
        "{value} n’est pas le titre de la première ligne du produit, qui compte",
    ),
    "type_unused": (
        "no product of the file has the type {value} that was given a tax class",
        "aucun produit du fichier n’a le type {value} auquel une classe de taxe est donnée",
    ),
    "unknown_status": (
        "the status {value} is not known; the product is on sale",
        "le statut {value} est inconnu ; le produit est en vente",
    ),
    "untracked": (
        "the shop does not track the stock of {value} variants; count them at the stand",
        "la boutique ne suit pas le stock de {value} variantes ; comptez-les au stand",
    ),
}

_UTF_8 = (
    "save it as “CSV UTF-8” (Excel), or with character set “Unicode (UTF-8)” (LibreOffice)",
    (
        "enregistrez-le en « CSV UTF-8 » (Excel), ou avec le jeu de caractères « Unicode (UTF-8) » "
        "(LibreOffice)"
    ),
)
FILES: dict[Unreadable, tuple[str, str]] = {
    "absent": ("there is no such file", "ce fichier n’existe pas"),
    "changed": (
        "the file was changed while it was read; import it again",
        "le fichier a changé pendant la lecture ; importez-le à nouveau",
    ),
    "column_twice": (
        "the column {value} is there twice; delete one",
        "la colonne {value} existe deux fois ; supprimez-en une",
    ),
    "directory": ("this is a folder, not a file", "c’est un dossier, pas un fichier"),
    "empty": ("the file is empty", "le fichier est vide"),
    "encoding": (
        f"line {{line}} is not in UTF-8: {{value}}; {_UTF_8[0]}",
        f"la ligne {{line}} n’est pas en UTF-8 : {{value}} ; {_UTF_8[1]}",
    ),
    "inventory": (
        "this is an inventory export; export the products instead (Products > Export)",
        "c’est un export de l’inventaire ; exportez plutôt les produits (Produits > Exporter)",
    ),
    "line_too_long": (
        "line {line} is longer than any product; is this a CSV file?",
        "la ligne {line} est plus longue que tout produit ; est-ce un fichier CSV ?",
    ),
    "missing_columns": (
        "this is not a product export: no column {value}",
        "ce n’est pas un export de produits : pas de colonne {value}",
    ),
    "no_permission": ("the file cannot be read", "le fichier ne peut pas être lu"),
    "not_a_file": (
        "this is no ordinary file; it is read twice, so save it first",
        "ce n’est pas un fichier ordinaire ; il est lu deux fois, enregistrez-le d’abord",
    ),
    "orders": (
        "this is an order export; export the products instead (Products > Export)",
        "c’est un export de commandes ; exportez plutôt les produits (Produits > Exporter)",
    ),
    "quotes": (
        (
            "in the row that begins in line {line}, a quotation mark is opened and never closed, "
            "or not doubled inside a cell"
        ),
        (
            "dans la ligne qui commence à la ligne {line}, un guillemet n’est jamais fermé, ou pas "
            "doublé dans une cellule"
        ),
    ),
    "spreadsheet": (
        f"this is a workbook or an archive, not a CSV file; unpack it, or {_UTF_8[0]}",
        f"c’est un classeur ou une archive, pas un fichier CSV ; décompressez-le, ou {_UTF_8[1]}",
    ),
}

_AT = ("line {line}, column {column}: ", "ligne {line}, colonne {column} : ")
_WARNING = ("warning: ", "attention : ")
_DIFFERS = (
    "{label}: {in_file} in the file, {on_hand} on the till; left to a count",
    "{label} : {in_file} dans le fichier, {on_hand} dans la caisse ; à régler par un comptage",
)
_NOT_IN_FILE = (
    "{name} is not in the file; it stays on sale",
    "{name} n’est pas dans le fichier ; il reste en vente",
)


def sentence_of(notice: Notice, language: Language) -> str:
    """Return what a notice says, in one line."""
    at = LANGUAGES.index(language)
    match notice:
        case RowProblem():
            text = _AT[at] + PROBLEMS[notice.kind][at]
            return text.format(
                line=notice.line,
                column=_plain(notice.column),
                value=_quoted(notice.value),
                other_line=notice.other_line,
            )
        case RowWarning():
            place = _AT[at] if notice.line else ""
            text = _WARNING[at] + place + WARNINGS[notice.kind][at]
            return text.format(
                line=notice.line,
                column=_plain(notice.column),
                value=_quoted(notice.value) if notice.kind != "untracked" else notice.value,
                argument=quote(_plain(notice.value)),
            )
        case QuantityDiffers():
            label = _plain(notice.label)
            return _DIFFERS[at].format(label=label, in_file=notice.in_file, on_hand=notice.on_hand)
        case NotInFile():
            return _NOT_IN_FILE[at].format(name=_quoted(notice.name))


def sentence_of_file(problem: UnreadableFile, name: str, language: Language) -> str:
    """Return why a file cannot be imported, in one line that begins with its name."""
    at = LANGUAGES.index(language)
    value = _plain(problem.value) if problem.kind == "missing_columns" else _quoted(problem.value)
    text = FILES[problem.kind][at].format(line=problem.line, value=value)
    return f"{_plain(name)}{': ' if language == 'en' else ' : '}{text}"


def _plain(text: str) -> str:
    return clean_text(text, length_max=VALUE_MAX)


def _quoted(text: str) -> str:
    return f'"{_plain(text)}"'

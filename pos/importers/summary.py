"""What an import did, in a few lines of English or French."""

from __future__ import annotations

from pos.importers.import_request import ImportSummary
from pos.importers.messages import LANGUAGES, Language

_NOUNS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "product": (("product", "products"), ("produit", "produits")),
    "variant": (("variant", "variants"), ("variante", "variantes")),
    "bad row": (("bad row", "bad rows"), ("ligne fausse", "lignes fausses")),
    "warning": (("warning", "warnings"), ("avertissement", "avertissements")),
    "picture": (("picture", "pictures"), ("image", "images")),
    "quantity": (("quantity", "quantities"), ("quantité", "quantités")),
}
_REFUSED = (
    "Nothing was imported. Correct these rows, or leave them out with --skip-bad-rows.",
    "Rien n’a été importé. Corrigez ces lignes, ou laissez-les de côté avec --skip-bad-rows.",
)
_ONLY_CHECKED = ("Nothing was changed: this was a dry run.", "Rien n’a changé : simple essai.")
_CHANGED = (
    (
        "added {products_added}, {variants_added}; changed {products_changed}, {variants_changed}; "
        "unchanged {unchanged}; opening stock of {stock_opened}"
    ),
    (
        "ajoutés : {products_added}, {variants_added} ; modifiés : {products_changed}, "
        "{variants_changed} ; inchangés : {unchanged} ; stock initial de {stock_opened}"
    ),
)
_WOULD = ("in a real import: ", "un vrai import : ")
_LEFT = (
    "{count} of the file not taken over: there is stock already, count it",
    "{count} du fichier non reprises : il y a déjà du stock, comptez-le",
)
_NOT_IN_FILE = (
    "{count} on sale here but not in the file; left as it was",
    "{count} en vente ici mais pas dans le fichier ; rien n’y a changé",
)
_PICTURES = ("{count} copied", "{count} : copie faite")


def summary_lines(summary: ImportSummary, language: Language) -> list[str]:
    """Return the lines that tell a person what happened, the most important first."""
    at = LANGUAGES.index(language)
    counts = [
        counted(summary.products, "product", language),
        counted(summary.variants, "variant", language),
        counted(summary.bad_rows, "bad row", language),
    ]
    if summary.warnings:
        counts.append(counted(summary.warnings, "warning", language))
    lines = [", ".join(counts)]
    if summary.outcome == "refused":
        return [*lines, _REFUSED[at]]
    would = _WOULD[at] if summary.outcome == "checked" else ""
    lines.append(would + _change(summary, language))
    for count, noun, text in (
        (summary.quantities_left, "quantity", _LEFT),
        (summary.not_in_file, "product", _NOT_IN_FILE),
        (summary.pictures, "picture", _PICTURES),
    ):
        if count:
            lines.append(text[at].format(count=counted(count, noun, language)))
    if summary.outcome == "checked":
        lines.append(_ONLY_CHECKED[at])
    return lines


def counted(count: int, noun: str, language: Language) -> str:
    """Return a number with its noun; zero is singular in French and plural in English."""
    is_plural = count > 1 if language == "fr" else count != 1
    return f"{count} {_NOUNS[noun][LANGUAGES.index(language)][is_plural]}"


def _change(summary: ImportSummary, language: Language) -> str:
    applied = summary.applied
    return _CHANGED[LANGUAGES.index(language)].format(
        products_added=counted(applied.products_added, "product", language),
        variants_added=counted(applied.variants_added, "variant", language),
        products_changed=counted(applied.products_changed, "product", language),
        variants_changed=counted(applied.variants_changed, "variant", language),
        unchanged=counted(summary.unchanged, "product", language),
        stock_opened=counted(applied.stock_opened, "variant", language),
    )

"""What `echoppe demo` says on the command line: English, French.

Screens have theirs in `ui/wording.py`; the command line takes its sentences from tables.
"""

from __future__ import annotations

from typing import Literal

from babel.numbers import format_decimal

Language = Literal["en", "fr"]

SENTENCES: dict[str, tuple[str, str]] = {
    "founding": (
        "Setting the stand up in {out} …",
        "Installation du stand dans {out} …",
    ),
    "window": (
        "The training till is open. Its data: {data}",
        "La caisse de formation est ouverte. Ses données : {data}",
    ),
    "in_use": (
        "The demo in {out} is open in another program (process {pid}). Close it first.",
        "La démo de {out} est ouverte dans un autre programme (processus {pid}). Fermez-le.",
    ),
    "brought_to_front": (
        "The demo is open already: its window is in front.",
        "La démo est déjà ouverte : sa fenêtre est au premier plan.",
    ),
    "not_ours": (
        (
            "{out} holds data that no demo made. Nothing was changed: choose another folder "
            "with --out."
        ),
        (
            "{out} contient des données qui ne viennent pas d’une démo. Rien n’a changé : "
            "choisissez un autre dossier avec --out."
        ),
    ),
    "no_folder": (
        "{out} cannot be written: {reason}.",
        "Impossible d’écrire dans {out} : {reason}.",
    ),
    "playing": (
        "No window to show: playing a stand day through the till's own screens …",
        "Sans fenêtre : une journée de stand, jouée sur les vrais écrans de la caisse …",
    ),
    "did": ("  {what}", "  {what}"),
    "sold": ("      sold {number}: {amount}", "      vente {number} : {amount}"),
    "failed": (
        "Not as scripted, in “{scene}”: {what}",
        "Pas comme prévu, dans « {scene} » : {what}",
    ),
    "photo_of_failure": ("      the screen then: {path}", "      l’écran alors : {path}"),
    "making_hub": (
        "Making a hub with two stands in {out} …",
        "Création d’un hub avec deux stands dans {out} …",
    ),
    "hub": (
        "The hub: {address} (its certificate is its own; login {owner}, password {password})",
        "Le hub : {address} (certificat fait par lui-même ; {owner}, mot de passe {password})",
    ),
    "hub_missing": (
        "Without a hub: its libraries are not installed here (pip install 'echoppe[hub]').",
        "Sans hub : ses bibliothèques ne sont pas installées ici (pip install 'echoppe[hub]').",
    ),
    "hub_failed": (
        "Without a hub: it did not start. {reason}",
        "Sans hub : il n’a pas démarré. {reason}",
    ),
    "hub_later": (
        "Without a hub: this demo was made without one. --fresh begins anew, with a hub.",
        "Sans hub : cette démo a été créée sans. --fresh recommence, avec un hub.",
    ),
    "played": (
        "Played {sales} sales of {pieces} pieces: {total}",
        "{sales} ventes jouées, {pieces} articles : {total}",
    ),
    "day": (
        "Training day {date} on this till: {sales} sales, {total} ({methods})",
        "Journée de formation {date} sur cette caisse : {sales} ventes, {total} ({methods})",
    ),
    "pictures": ("{count} pictures of the screens: {path}", "{count} images des écrans : {path}"),
    "receipts": (
        "{count} receipts printed, as text and as printer bytes: {path}",
        "{count} tickets imprimés, en texte et en octets d’imprimante : {path}",
    ),
    "journal": ("The journal: {path}", "Le journal : {path}"),
    "cash": ("cash", "espèces"),
    "card": ("card", "carte"),
    "wristband": ("wristband", "bracelet"),
    "voucher": ("voucher", "bon"),
    "other": ("other", "autre"),
}

SCENES: dict[str, tuple[str, str]] = {
    "open": ("the till is open", "la caisse est ouverte"),
    "cash_by_tile": (
        "a T-shirt for exact cash, in four taps",
        "un T-shirt en espèces, l’appoint, en quatre touchers",
    ),
    "three_by_card": ("three sizes by card", "trois tailles par carte"),
    "unplugged": (
        "two scans, and the plug is pulled (kill -9)",
        "deux scans, et la prise est arrachée (kill -9)",
    ),
    "after_the_cut": (
        "started again: the basket is there",
        "redémarrage : le panier est là",
    ),
    "five_codes": (
        "three more scans, a 50 € note, change",
        "trois scans de plus, un billet de 50 €, monnaie rendue",
    ),
    "record_by_name": (
        "a record found by half its name, accents wrong; cash; the receipt shown",
        ("un vinyle trouvé par la moitié du nom, accents faux ; espèces ; ticket à l’écran"),
    ),
    "wrong_size": (
        "a wrong size taken back, undone, changed; half cash, half card",
        "une taille retirée, rétablie, changée ; moitié espèces, moitié carte",
    ),
    "sold_out": (
        "a sold-out size that was in the hand, by wristband",
        "une taille épuisée qu’on avait en main, par bracelet",
    ),
    "unknown_code": (
        "an unknown code starts the next sale, and says so",
        "un code inconnu commence la vente suivante, et le dit",
    ),
    "quantity_and_receipt": (
        "3, then a scan; the receipt printed, and printed again as a duplicate",
        "3, puis un scan ; ticket imprimé, puis réimprimé en duplicata",
    ),
}

HUB_SCENES: dict[str, tuple[str, str]] = {
    "all_sent": (
        "all of it is at the hub, and a second till stands beside",
        "tout est au hub, et une deuxième caisse est à côté",
    ),
    "seen_beside": (
        "a sale here, one piece fewer on the till beside",
        "une vente ici, une pièce de moins sur la caisse d’à côté",
    ),
    "hub_unplugged": (
        "the hub loses its power; sales go on, and the light says what is only here",
        "le hub est débranché ; on vend, et le voyant dit ce qui n’est qu’ici",
    ),
    "hub_back": ("the hub is back: everything arrives", "le hub revient : tout arrive"),
    "new_price": (
        "head office raises a price: both tills have it",
        "le siège augmente un prix : les deux caisses l’ont",
    ),
}
"""With a hub and a second till, at the end of the day."""


def say(language: Language, key: str, **values: object) -> str:
    """Return a sentence with its values, numbers as the language writes them."""
    shown = {
        name: format_decimal(value, locale=language) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return (SENTENCES | SCENES | HUB_SCENES)[key][language == "fr"].format(**shown)

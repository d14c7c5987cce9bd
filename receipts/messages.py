"""The words of receipts, per language; dates and amounts are written by babel.

A receipt's language comes from the country where it is sold, not from the till's screens: in
France it is French (loi 94-665, art. 2).
"""

from __future__ import annotations

from dataclasses import dataclass

from pos.countries import COUNTRIES
from pos.domain.tender import Method

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, kw_only=True, slots=True)
class Messages:
    """Everything that a receipt says by itself, in one language."""

    locale: str  # for babel
    receipt: str
    till: str
    operator: str
    rate: str
    tax: str
    net: str
    gross: str
    discount: str
    total: str
    to_pay: str
    rounding: str
    methods: dict[Method, str]
    reference: str
    change: str
    lines: str
    pieces: str
    fiscal: str
    signature: str
    entry: str
    duplicate: str  # takes {number}
    training: str
    test_page: str
    test_hint: str


FRENCH = Messages(
    locale="fr",
    receipt="Ticket de caisse",
    till="Caisse",
    operator="Opérateur",
    rate="Taux",
    tax="TVA",
    net="HT",
    gross="TTC",
    discount="Remise",
    total="Total",
    to_pay="À payer",
    rounding="Arrondi aux 5 centimes",
    methods={
        "cash": "Espèces",
        "card": "Carte bancaire",
        "wristband": "Bracelet",
        "voucher": "Bon d’achat",
        "other": "Autre moyen",
    },
    reference="réf.",
    change="Rendu",
    lines="Nombre de lignes",
    pieces="Articles",
    fiscal="Module fiscal",
    signature="Signature",
    entry="Écriture",
    duplicate="DUPLICATA n°{number}",
    training="FACTICE – SIMULATION",
    test_page="Page de test",
    test_hint="Si chaque signe ci-dessus est juste, l’imprimante est bien réglée.",
)

DUTCH = Messages(
    locale="nl",
    receipt="Kassaticket",
    till="Kassa",
    operator="Operator",
    rate="Tarief",
    tax="Btw",
    net="Excl.",
    gross="Incl.",
    discount="Korting",
    total="Totaal",
    to_pay="Te betalen",
    rounding="Afronding op 5 cent",
    methods={
        "cash": "Contant",
        "card": "Bankkaart",
        "wristband": "Polsbandje",
        "voucher": "Waardebon",
        "other": "Andere",
    },
    reference="ref.",
    change="Terug",
    lines="Aantal regels",
    pieces="Stuks",
    fiscal="Fiscale module",
    signature="Handtekening",
    entry="Boeking",
    duplicate="DUPLICAAT nr. {number}",
    training="FICTIEF – SIMULATIE",
    test_page="Testpagina",
    test_hint="Als elk teken hierboven klopt, is de printer goed ingesteld.",
)

ENGLISH = Messages(
    locale="en_GB",
    receipt="Receipt",
    till="Till",
    operator="Operator",
    rate="Rate",
    tax="VAT",
    net="Net",
    gross="Gross",
    discount="Discount",
    total="Total",
    to_pay="To pay",
    rounding="Rounding of cash",
    methods={
        "cash": "Cash",
        "card": "Card",
        "wristband": "Wristband",
        "voucher": "Voucher",
        "other": "Other",
    },
    reference="ref.",
    change="Change",
    lines="Lines",
    pieces="Pieces",
    fiscal="Fiscal module",
    signature="Signature",
    entry="Entry",
    duplicate="DUPLICATE no. {number}",
    training="FICTITIOUS – SIMULATION",
    test_page="Test page",
    test_hint="If every sign above is right, the printer is set up well.",
)

MESSAGES = {"fr": FRENCH, "nl": DUTCH, "en": ENGLISH}


def receipt_language(country: str, wanted: str | None = None) -> str:
    """Return the language for receipts sold in a country (ISO 3166, two letters).

    `wanted` counts only where the country allows it, such as Dutch in Belgium; else the country's
    first language is taken.  Countries without data get `wanted` or English.
    """
    if country not in COUNTRIES:
        return wanted if wanted in MESSAGES else DEFAULT_LANGUAGE
    spoken = receipt_languages(country)
    return wanted if wanted in spoken else spoken[0]


def receipt_languages(country: str) -> tuple[str, ...]:
    """Return the languages that a country allows for receipts, its first one leading."""
    known = COUNTRIES.get(country)
    languages = known.languages if known else tuple(MESSAGES)
    return tuple(language for language in languages if language in MESSAGES)

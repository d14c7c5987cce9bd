"""The words for the details of what a person should look at, in English and French."""

from __future__ import annotations

DETAILS: dict[str, tuple[str, str]] = {
    "why.claimed": (
        "two tills call this journal their own",
        "deux caisses disent que ce journal est le leur",
    ),
    "why.forked": (
        "the same numbers with other contents",
        "les mêmes numéros avec un autre contenu",
    ),
    "why.chain": (
        "it does not go on from the entry before",
        "elle ne suit pas l’entrée précédente",
    ),
    "why.signature": (
        "its signature is wrong",
        "sa signature est fausse",
    ),
    "why.opening": (
        "its journal does not say whose it is",
        "son journal ne dit pas à qui il est",
    ),
    "why.malformed": (
        "it cannot be read",
        "elle est illisible",
    ),
    "why.range": (
        "a number or text is impossible",
        "un nombre ou un texte est impossible",
    ),
    "why.currency": (
        "another currency",
        "une autre monnaie",
    ),
    "why.unclaimed": (
        "no till calls it its own",
        "aucune caisse ne le reconnaît",
    ),
    "why.mode": (
        "training and live do not mix",
        "formation et vente réelle ne se mélangent pas",
    ),
    "fact.check": (
        "Check",
        "Contrôle",
    ),
    "fact.last_seen": (
        "The till’s clock before",
        "L’horloge de la caisse avant",
    ),
    "fact.mode": (
        "Kind",
        "Type",
    ),
    "fact.now": (
        "and then",
        "puis",
    ),
    "fact.owner": (
        "The other till",
        "L’autre caisse",
    ),
    "fact.till": (
        "Says to be till",
        "Se dit caisse",
    ),
    "fact.entries": (
        "Entries",
        "Entrées",
    ),
    "fact.journal_id": (
        "Journal",
        "Journal",
    ),
    "fact.label": (
        "For example",
        "Par exemple",
    ),
    "fact.last_seq": (
        "Up to entry",
        "Jusqu’à l’entrée",
    ),
    "fact.off_s": (
        "Off by (seconds)",
        "Écart (secondes)",
    ),
    "fact.pieces": (
        "Stock now",
        "Stock actuel",
    ),
    "fact.receipts": (
        "Receipts",
        "Tickets",
    ),
    "fact.position": (
        "The till is at",
        "La caisse en est à",
    ),
    "fact.head": (
        "This hub was at",
        "Ce hub en était à",
    ),
    "fact.previous": (
        "The journal before",
        "Le journal d’avant",
    ),
    "fact.reason": (
        "Reason",
        "Raison",
    ),
    "fact.seq": (
        "From entry",
        "À partir de l’entrée",
    ),
    "fact.variant_id": (
        "Size",
        "Taille",
    ),
    "fact.variants": (
        "Names",
        "Noms",
    ),
    "fact.why": (
        "Reason",
        "Raison",
    ),
}

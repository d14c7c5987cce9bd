"""The words for what a person should look at, in English and French: what it is, what to do."""

from __future__ import annotations

INCIDENTS: dict[str, tuple[str, str]] = {
    "incident.fork": (
        "A till has two histories",
        "Une caisse a deux histoires",
    ),
    "incident.fork.means": (
        (
            "This till wrote another entry under a number that the hub has already: its disk was "
            "put back to an older state, or copied to another machine. Nothing is lost, both "
            "branches are kept."
        ),
        (
            "Cette caisse a écrit une autre entrée sous un numéro que le hub a déjà : son disque "
            "a été remis dans un état plus ancien, ou copié sur une autre machine. Rien n’est "
            "perdu, les deux branches sont gardées."
        ),
    ),
    "incident.fork.do": (
        (
            "Find out which machine really sells. A manager confirms there, and the till goes on "
            "in a new journal. Do not sell on the copy."
        ),
        (
            "Trouvez quelle machine vend vraiment. Un responsable y confirme, et la caisse "
            "continue dans un nouveau journal. Ne vendez pas sur la copie."
        ),
    ),
    "incident.clock": (
        "A till’s clock is off",
        "L’horloge d’une caisse est fausse",
    ),
    "incident.clock.means": (
        (
            "Its time differs from this hub’s. Receipts carry a wrong time; the order of sales "
            "and all amounts are right all the same."
        ),
        (
            "Son heure diffère de celle du hub. Les tickets portent une heure fausse ; l’ordre "
            "des ventes et les montants restent justes."
        ),
    ),
    "incident.clock.do": (
        "Set date and time on that till’s computer.",
        "Réglez la date et l’heure de l’ordinateur de cette caisse.",
    ),
    "incident.oversell": (
        "More was sold than was there",
        "Il s’est vendu plus que le stock",
    ),
    "incident.oversell.means": (
        "The stock of this size is below zero. A delivery was not entered, or sizes were mixed up.",
        (
            "Le stock de cette taille est inférieur à zéro. Une livraison n’a pas été saisie, ou "
            "des tailles ont été confondues."
        ),
    ),
    "incident.oversell.do": (
        (
            "Have the pieces counted at the stand. This closes by itself once the stock is not "
            "below zero."
        ),
        (
            "Faites compter les pièces au stand. L’incident se ferme de lui-même quand le stock "
            "n’est plus négatif."
        ),
    ),
    "incident.quarantine": (
        "An entry was set aside",
        "Une entrée a été mise de côté",
    ),
    "incident.quarantine.means": (
        (
            "The hub keeps what this till wrote, but cannot understand it, so that it is in no "
            "total. What came after it is not held up."
        ),
        (
            "Le hub garde ce que cette caisse a écrit, mais ne le comprend pas : ce n’est dans "
            "aucun total. La suite n’est pas bloquée."
        ),
    ),
    "incident.quarantine.do": (
        "Update the hub. If this stays, keep the till as it is and ask for help.",
        "Mettez le hub à jour. Si cela persiste, ne touchez pas à la caisse et demandez de l’aide.",
    ),
    "incident.stranger": (
        "Sales of a till that nobody enrolled",
        "Ventes d’une caisse non inscrite",
    ),
    "incident.stranger.means": (
        (
            "These entries came from a journal that no till of yours calls its own, or from "
            "training. They are kept and are in no total."
        ),
        (
            "Ces entrées viennent d’un journal qu’aucune de vos caisses ne reconnaît, ou d’un "
            "entraînement. Elles sont gardées et ne sont dans aucun total."
        ),
    ),
    "incident.stranger.do": (
        "If the till is yours, enrol it: its sales count from then on.",
        "Si la caisse est à vous, inscrivez-la : ses ventes compteront alors.",
    ),
    "incident.revoked": (
        "A revoked till called",
        "Une caisse révoquée s’est annoncée",
    ),
    "incident.revoked.means": (
        "A till that you revoked tried to reach the hub. It was told nothing.",
        "Une caisse que vous avez révoquée a essayé de joindre le hub. Elle n’a rien reçu.",
    ),
    "incident.revoked.do": (
        "If it was found again, enrol it anew; if it was stolen, you know now that it is in use.",
        (
            "Si elle est retrouvée, inscrivez-la à nouveau ; si elle est volée, vous savez "
            "qu’elle sert."
        ),
    ),
    "incident.unmatched": (
        "Which product is this?",
        "Quel est ce produit ?",
    ),
    "incident.unmatched.means": (
        (
            "A till that had its own catalogue sold something that fits no product of yours, "
            "neither by its identity nor by its barcode."
        ),
        (
            "Une caisse qui avait son propre catalogue a vendu quelque chose qui ne correspond à "
            "aucun de vos produits, ni par identité ni par code-barres."
        ),
    ),
    "incident.unmatched.do": (
        "Say which of your sizes it is: then its stock counts there.",
        "Dites à laquelle de vos tailles cela correspond : son stock y comptera.",
    ),
    "incident.integrity": (
        "A till found its journal changed",
        "Une caisse a trouvé son journal modifié",
    ),
    "incident.integrity.means": (
        (
            "The till checked its own records at start and found one that is not as it was "
            "signed: a failing disk, or somebody changed it."
        ),
        (
            "La caisse a vérifié ses propres enregistrements au démarrage et en a trouvé un qui "
            "n’est plus tel qu’il a été signé : un disque défaillant, ou quelqu’un l’a modifié."
        ),
    ),
    "incident.integrity.do": (
        "Keep that till’s disk as it is, sell on another one, and ask for help.",
        "Gardez le disque de cette caisse tel quel, vendez sur une autre, et demandez de l’aide.",
    ),
    "incident.twice": (
        "A sale was recorded twice",
        "Une vente a été enregistrée deux fois",
    ),
    "incident.twice.means": (
        (
            "The same sale stands in two journals: a till’s disk was copied while it sold. Both "
            "are kept."
        ),
        (
            "La même vente figure dans deux journaux : le disque d’une caisse a été copié "
            "pendant qu’elle vendait. Les deux sont gardées."
        ),
    ),
    "incident.twice.do": (
        "Find out which of the two machines really sells, and stop using the other.",
        "Trouvez laquelle des deux machines vend vraiment, et n’utilisez plus l’autre.",
    ),
    "incident.other": (
        "Something to look at",
        "À regarder",
    ),
    "incident.other.means": (
        "A newer part of the hub noticed this.",
        "Une partie plus récente du hub a remarqué ceci.",
    ),
    "incident.other.do": (
        "See the details below.",
        "Voyez les détails ci-dessous.",
    ),
    "incidents.title": (
        "To look at",
        "À regarder",
    ),
    "incidents.open": (
        "{n} thing to look at|{n} things to look at",
        "{n} chose à regarder|{n} choses à regarder",
    ),
    "incidents.see_below": (
        "see below",
        "voir plus bas",
    ),
    "incidents.none": (
        "Nothing to look at. All is well.",
        "Rien à regarder. Tout va bien.",
    ),
    "incidents.all": (
        "All incidents",
        "Tous les incidents",
    ),
    "incidents.closed": (
        "Closed",
        "Fermés",
    ),
    "incidents.closed_by": (
        "closed {when} by {who}",
        "fermé {when} par {who}",
    ),
    "incidents.closed_itself": (
        "closed by itself {when}",
        "fermé de lui-même {when}",
    ),
    "incidents.times": (
        "{n} time|{n} times",
        "{n} fois|{n} fois",
    ),
    "incidents.close": (
        "Close",
        "Fermer",
    ),
    "incidents.close_name": (
        "Close: {what}",
        "Fermer : {what}",
    ),
    "incidents.look": (
        "Choose",
        "Choisir",
    ),
    "unmatched.search": (
        "Which of your products is it?",
        "Lequel de vos produits est-ce ?",
    ),
    "unmatched.is": (
        "It is this one",
        "C’est celui-ci",
    ),
    "unmatched.done": (
        "Said. Its stock now counts there.",
        "C’est noté. Son stock y compte désormais.",
    ),
    "unmatched.of_till": (
        "As a till calls it",
        "Comme une caisse l’appelle",
    ),
    "unmatched.left": (
        "{n} name left|{n} names left",
        "{n} nom restant|{n} noms restants",
    ),
    "unmatched.none": (
        "All names are explained.",
        "Tous les noms sont expliqués.",
    ),
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
        "entraînement et réel ne se mélangent pas",
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

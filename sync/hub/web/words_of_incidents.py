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
    "incident.claim": (
        "A till claims a journal that is another’s",
        "Une caisse réclame un journal qui n’est pas le sien",
    ),
    "incident.claim.means": (
        (
            "It said that this journal is its own and could not prove it, or proved it with a key "
            "that is not the journal’s. The journal stays with the till that has its key."
        ),
        (
            "Elle a dit que ce journal est le sien sans pouvoir le prouver, ou l’a prouvé avec une "
            "clé qui n’est pas celle du journal. Le journal reste à la caisse qui en a la clé."
        ),
    ),
    "incident.claim.do": (
        (
            "Ask who works with this till; if nobody can explain it, revoke it. If it is the other "
            "one that is wrong, revoke that one: what the true till sold is kept, and it goes on "
            "in a new journal once a manager has confirmed there."
        ),
        (
            "Demandez qui travaille sur cette caisse ; si personne ne l’explique, révoquez-la. Si "
            "c’est l’autre qui est fausse, révoquez l’autre : ce que la vraie caisse a vendu est "
            "gardé, et elle continue dans un nouveau journal après confirmation d’un responsable."
        ),
    ),
    "incident.link": (
        "A journal goes on from another till’s",
        "Un journal prend la suite de celui d’une autre caisse",
    ),
    "incident.link.means": (
        (
            "It names another till’s journal as the one before it. Both are counted as they are: "
            "what one till says never takes away what another recorded. Stock that it took along "
            "may be counted twice."
        ),
        (
            "Il nomme le journal d’une autre caisse comme son précédent. Les deux comptent tels "
            "quels : ce que dit une caisse n’efface jamais ce qu’une autre a enregistré. Le stock "
            "repris peut compter deux fois."
        ),
    ),
    "incident.link.do": (
        (
            "If the machine was enrolled anew, count the stock of its stand and correct it. If "
            "nobody can explain it, revoke the till."
        ),
        (
            "Si la machine a été inscrite de nouveau, comptez le stock de son stand et corrigez-le."
            " Si personne ne l’explique, révoquez la caisse."
        ),
    ),
    "incident.ahead": (
        "This hub was put back to an older state",
        "Ce hub a été remis dans un état plus ancien",
    ),
    "incident.ahead.means": (
        (
            "A till knows more of the catalogue than this hub ever said: the database is an older "
            "copy, and nobody said so. The hub has begun anew by itself: every till takes a fresh "
            "copy of everything and sends its sales again."
        ),
        (
            "Une caisse en sait plus sur le catalogue que ce hub n’en a jamais dit : la base est "
            "une copie plus ancienne, et personne ne l’a dit. Le hub a recommencé de lui-même : "
            "chaque caisse reprend une copie de tout et renvoie ses ventes."
        ),
    ),
    "incident.ahead.do": (
        (
            "Look whether prices, staff and stands are as they should be: what was changed here "
            "since the copy is lost. Revoke again whom you had revoked."
        ),
        (
            "Vérifiez les prix, le personnel et les stands : ce qui a été changé ici depuis la "
            "copie est perdu. Révoquez de nouveau ceux que vous aviez révoqués."
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
            "Ces entrées viennent d’un journal qu’aucune de vos caisses ne reconnaît, ou d’une "
            "caisse de formation. Elles sont gardées et ne sont dans aucun total."
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
}

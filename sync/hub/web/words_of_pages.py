"""The words of all pages, and of those about stands and tills, in English and French."""

from __future__ import annotations

PAGES: dict[str, tuple[str, str]] = {
    "nav.label": (
        "Pages",
        "Pages",
    ),
    "named": (
        "{what}: {name}",
        "{what} : {name}",
    ),
    "nav.pages": (
        "Pages of this list",
        "Pages de cette liste",
    ),
    "nav.skip": (
        "Skip to the content",
        "Aller au contenu",
    ),
    "nav.today": (
        "Today",
        "Aujourd’hui",
    ),
    "nav.tills": (
        "Tills",
        "Caisses",
    ),
    "nav.products": (
        "Products",
        "Produits",
    ),
    "nav.stock": (
        "Stock",
        "Stock",
    ),
    "nav.sales": (
        "Sales",
        "Ventes",
    ),
    "nav.team": (
        "Staff and stands",
        "Équipe et stands",
    ),
    "nav.accounts": (
        "Accounts",
        "Comptes",
    ),
    "nav.other_language": (
        "Français",
        "English",
    ),
    "nav.lost": (
        "The hub does not answer. What you see is from {when}.",
        "Le hub ne répond pas. Ce que vous voyez date de {when}.",
    ),
    "nav.training": (
        "Training: nothing here is real.",
        "Formation : rien ici n’est réel.",
    ),
    "ago.never": (
        "never",
        "jamais",
    ),
    "ago.now": (
        "just now",
        "à l’instant",
    ),
    "ago.minutes": (
        "{n} min ago",
        "il y a {n} min",
    ),
    "ago.hours": (
        "{n} h ago",
        "il y a {n} h",
    ),
    "save": (
        "Save",
        "Enregistrer",
    ),
    "cancel": (
        "Cancel",
        "Annuler",
    ),
    "edit": (
        "Edit",
        "Modifier",
    ),
    "search": (
        "Search",
        "Chercher",
    ),
    "saved": (
        "Saved.",
        "Enregistré.",
    ),
    "next": (
        "Further",
        "Suite",
    ),
    "previous": (
        "Back",
        "Retour",
    ),
    "none_found": (
        "Nothing found.",
        "Rien trouvé.",
    ),
    "total": (
        "Total",
        "Total",
    ),
    "today.title": (
        "Today",
        "Aujourd’hui",
    ),
    "today.turnover": (
        "Sales of the day",
        "Ventes du jour",
    ),
    "today.sales": (
        "{n} sale|{n} sales",
        "{n} vente|{n} ventes",
    ),
    "today.pieces": (
        "{n} piece|{n} pieces",
        "{n} pièce|{n} pièces",
    ),
    "today.reached": (
        "Tills in contact",
        "Caisses en contact",
    ),
    "today.of": (
        "{n} of {all}",
        "{n} sur {all}",
    ),
    "today.at_risk": (
        "Only on tills",
        "Seulement sur des caisses",
    ),
    "today.at_risk.none": (
        "all has arrived",
        "tout est arrivé",
    ),
    "today.at_risk.some": (
        "not here yet",
        "pas encore ici",
    ),
    "today.stands": (
        "Stands",
        "Stands",
    ),
    "today.stand": (
        "Stand",
        "Stand",
    ),
    "today.tills": (
        "Tills",
        "Caisses",
    ),
    "today.amount": (
        "Amount",
        "Montant",
    ),
    "today.sold": (
        "Sales",
        "Ventes",
    ),
    "today.sold_pieces": (
        "Pieces",
        "Pièces",
    ),
    "today.no_stands": (
        "There is no stand yet. Add one, then enrol its tills.",
        "Il n’y a pas encore de stand. Ajoutez-en un, puis inscrivez ses caisses.",
    ),
    "today.no_tills": (
        "No till is enrolled yet.",
        "Aucune caisse n’est encore inscrite.",
    ),
    "till.till": (
        "Till",
        "Caisse",
    ),
    "till.state": (
        "State",
        "État",
    ),
    "till.contact": (
        "Last contact",
        "Dernier contact",
    ),
    "till.at_risk": (
        "Only on this till",
        "Seulement sur cette caisse",
    ),
    "till.nothing": (
        "nothing",
        "rien",
    ),
    "till.entries": (
        "{n} entry|{n} entries",
        "{n} entrée|{n} entrées",
    ),
    "till.version": (
        "Version",
        "Version",
    ),
    "till.machine": (
        "Machine",
        "Machine",
    ),
    "till.enrolled": (
        "Enrolled",
        "Inscrite",
    ),
    "till.here": (
        "in contact",
        "en contact",
    ),
    "till.quiet": (
        "silent",
        "silencieuse",
    ),
    "till.away": (
        "no contact",
        "sans contact",
    ),
    "till.never": (
        "not seen yet",
        "jamais vue",
    ),
    "till.revoked": (
        "revoked",
        "révoquée",
    ),
    "tills.title": (
        "Tills",
        "Caisses",
    ),
    "tills.enrol": (
        "Enrol a till",
        "Inscrire une caisse",
    ),
    "tills.revoke": (
        "Revoke…",
        "Révoquer…",
    ),
    "tills.revoke_name": (
        "Revoke {label}",
        "Révoquer {label}",
    ),
    "tills.revoke.title": (
        "Revoke till {label}?",
        "Révoquer la caisse {label} ?",
    ),
    "tills.revoke.means": (
        (
            "It is told nothing any more, and can send nothing more. What it sold before stays. "
            "This cannot be taken back; the machine can be enrolled again as a new till."
        ),
        (
            "Elle ne reçoit plus rien et ne peut plus rien envoyer. Ce qu’elle a vendu reste. "
            "C’est définitif ; la machine peut être inscrite à nouveau comme une autre caisse."
        ),
    ),
    "tills.revoke.at_risk": (
        "{amount} is still only on this till, and would stay there.",
        "{amount} ne se trouvent encore que sur cette caisse, et y resteraient.",
    ),
    "tills.revoke.go": (
        "Revoke this till",
        "Révoquer cette caisse",
    ),
    "tills.revoked": (
        "Till {label} is revoked.",
        "La caisse {label} est révoquée.",
    ),
    "enrol.title": (
        "Enrol a till",
        "Inscrire une caisse",
    ),
    "enrol.where": (
        "Where will it sell?",
        "Où va-t-elle vendre ?",
    ),
    "enrol.make": (
        "Show the code",
        "Afficher le code",
    ),
    "enrol.another": (
        "Another code",
        "Un autre code",
    ),
    "enrol.stand": (
        "For the stand {name}",
        "Pour le stand {name}",
    ),
    "enrol.scan": (
        "On the till: “Join a hub”, then scan this with its scanner.",
        "Sur la caisse : « Rejoindre un hub », puis scannez ceci avec son lecteur.",
    ),
    "enrol.picture": (
        "QR code for enrolling a till",
        "Code QR pour inscrire une caisse",
    ),
    "enrol.type": (
        "Or type there:",
        "Ou saisissez-y :",
    ),
    "enrol.address": (
        "Address",
        "Adresse",
    ),
    "enrol.code": (
        "Code",
        "Code",
    ),
    "enrol.waiting": (
        (
            "Waiting for the till. The code is good for {n} minute, once.|Waiting for the till. "
            "The code is good for {n} minutes, once."
        ),
        (
            "En attente de la caisse. Le code est valable {n} minute, une seule fois.|En attente "
            "de la caisse. Le code est valable {n} minutes, une seule fois."
        ),
    ),
    "enrol.expired": (
        "The code is no longer good. Make another one.",
        "Le code n’est plus valable. Créez-en un autre.",
    ),
    "enrol.come": (
        "Till {label} is here. It is fetching products and staff, and can sell.",
        "La caisse {label} est là. Elle reçoit produits et équipe, et peut vendre.",
    ),
    "enrol.guessed": (
        "The code was used up by wrong tries. Make another one.",
        "Le code a été usé par des essais faux. Créez-en un autre.",
    ),
}

"""The words for what did not work, in English and French."""

from __future__ import annotations

PROBLEMS: dict[str, tuple[str, str]] = {
    "problem.title": (
        "That did not work",
        "Cela n’a pas marché",
    ),
    "problem.back": (
        "To the first page",
        "Vers la première page",
    ),
    "problem.csrf": (
        (
            "This form does not come from a page of yours, or it is from an earlier login. "
            "Nothing was changed."
        ),
        (
            "Ce formulaire ne vient pas d’une de vos pages, ou date d’une connexion précédente. "
            "Rien n’a été modifié."
        ),
    ),
    "problem.owner": (
        "Only an owner may do this.",
        "Seul un propriétaire peut le faire.",
    ),
    "problem.not_found": (
        "There is no such page.",
        "Cette page n’existe pas.",
    ),
    "problem.too_large": (
        "That is too large. Nothing was changed.",
        "C’est trop volumineux. Rien n’a été modifié.",
    ),
    "problem.form": (
        "The form arrived damaged. Nothing was changed.",
        "Le formulaire est arrivé abîmé. Rien n’a été modifié.",
    ),
    "problem.slow": (
        "The form took too long to arrive. Nothing was changed.",
        "Le formulaire a mis trop de temps à arriver. Rien n’a été modifié.",
    ),
    "problem.busy": (
        "Many people log in at this moment. Please try again in a few seconds.",
        "Beaucoup de personnes se connectent en ce moment. Réessayez dans quelques secondes.",
    ),
    "problem.storage": (
        (
            "The hub’s database cannot be reached at the moment. Nothing was changed; tills go "
            "on selling."
        ),
        (
            "La base du hub n’est pas joignable pour le moment. Rien n’a été modifié ; les "
            "caisses continuent de vendre."
        ),
    ),
}

"""The words of the pages about staff and stands, in English and French."""

from __future__ import annotations

TEAM: dict[str, tuple[str, str]] = {
    "team.title": (
        "Staff and stands",
        "Équipe et stands",
    ),
    "team.staff": (
        "Staff",
        "Équipe",
    ),
    "team.stands": (
        "Stands",
        "Stands",
    ),
    "team.code": (
        "Code",
        "Code",
    ),
    "team.name": (
        "Name",
        "Nom",
    ),
    "team.role": (
        "Role",
        "Rôle",
    ),
    "team.cashier": (
        "Cashier",
        "Vendeur",
    ),
    "team.clerk": (
        "Pickup clerk",
        "Retrait des commandes",
    ),
    "team.manager": (
        "Manager",
        "Responsable",
    ),
    "team.pin": (
        "PIN",
        "Code PIN",
    ),
    "team.pin.hint": (
        "6 to 12 digits. Leave empty to keep the present one.",
        "6 à 12 chiffres. Laissez vide pour garder l’actuel.",
    ),
    "team.pin.is": (
        "has a PIN",
        "a un code PIN",
    ),
    "team.pin.none": (
        "no PIN",
        "pas de code PIN",
    ),
    "team.active": (
        "works here",
        "travaille ici",
    ),
    "team.left": (
        "left",
        "parti",
    ),
    "team.open": (
        "open",
        "ouvert",
    ),
    "team.closed": (
        "closed",
        "fermé",
    ),
    "team.add_staff": (
        "Add somebody",
        "Ajouter quelqu’un",
    ),
    "team.add_stand": (
        "Add a stand",
        "Ajouter un stand",
    ),
    "team.staff_of": (
        "Staff: {name}",
        "Équipe : {name}",
    ),
    "team.stand_of": (
        "Stand: {name}",
        "Stand : {name}",
    ),
    "team.code.staff": (
        "The code stands in the journal in place of the name: short, and not the name itself.",
        "Le code figure dans le journal à la place du nom : court, et pas le nom lui-même.",
    ),
    "team.code.stand": (
        "One to six capital letters or digits; every receipt number begins with them.",
        "Une à six lettres capitales ou chiffres ; chaque numéro de ticket commence ainsi.",
    ),
    "team.bad_code": (
        "This code cannot be used.",
        "Ce code ne peut pas être utilisé.",
    ),
    "team.taken": (
        "This code is in use already.",
        "Ce code est déjà utilisé.",
    ),
    "team.bad_name": (
        "A name is missing.",
        "Il manque un nom.",
    ),
    "team.bad_pin": (
        "A PIN has 6 to 12 digits, and is none that anybody tries first (123456).",
        "Un code PIN a 6 à 12 chiffres, et n’est pas de ceux qu’on essaie d’abord (123456).",
    ),
    "team.none": (
        "Nobody yet.",
        "Personne pour l’instant.",
    ),
}

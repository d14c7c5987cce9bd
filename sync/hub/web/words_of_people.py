"""The words for logging in, accounts and keys of other systems, in English and French."""

from __future__ import annotations

PEOPLE: dict[str, tuple[str, str]] = {
    "login.title": (
        "Log in",
        "Se connecter",
    ),
    "login.name": (
        "Name",
        "Nom",
    ),
    "login.password": (
        "Password",
        "Mot de passe",
    ),
    "login.go": (
        "Log in",
        "Se connecter",
    ),
    "login.wrong": (
        "Name or password is wrong. After five wrong passwords an account rests for 15 minutes.",
        (
            "Le nom ou le mot de passe est faux. Après cinq mots de passe faux, un compte est "
            "bloqué pendant 15 minutes."
        ),
    ),
    "login.again": (
        "This form was open too long. Please try once more.",
        "Ce formulaire est resté ouvert trop longtemps. Réessayez.",
    ),
    "login.out": (
        "Log out",
        "Se déconnecter",
    ),
    "me.title": (
        "My password",
        "Mon mot de passe",
    ),
    "me.old": (
        "Present password",
        "Mot de passe actuel",
    ),
    "me.new": (
        "New password",
        "Nouveau mot de passe",
    ),
    "me.again": (
        "New password once more",
        "Nouveau mot de passe, encore une fois",
    ),
    "me.hint": (
        "At least {n} characters. Three words that have nothing to do with each other are good.",
        "Au moins {n} caractères. Trois mots sans rapport entre eux conviennent bien.",
    ),
    "me.differ": (
        "The two new passwords differ.",
        "Les deux nouveaux mots de passe diffèrent.",
    ),
    "me.wrong": (
        "The present password is wrong.",
        "Le mot de passe actuel est faux.",
    ),
    "me.done": (
        "Your password is changed. Other browsers have to log in again.",
        "Votre mot de passe est changé. Les autres navigateurs doivent se reconnecter.",
    ),
    "account.name": (
        "A name has between 1 and 60 characters.",
        "Un nom compte entre 1 et 60 caractères.",
    ),
    "account.taken": (
        "Somebody has this name already.",
        "Quelqu’un porte déjà ce nom.",
    ),
    "account.password_short": (
        "A password has at least 10 characters.",
        "Un mot de passe compte au moins 10 caractères.",
    ),
    "account.password_long": (
        "A password has at most 200 characters.",
        "Un mot de passe compte au plus 200 caractères.",
    ),
    "account.password_name": (
        "The name is no password.",
        "Le nom ne peut pas servir de mot de passe.",
    ),
    "accounts.title": (
        "Accounts",
        "Comptes",
    ),
    "accounts.intro": (
        (
            "Who may open these pages. Cashiers need no account: they are under “Staff and "
            "stands”, with their PIN."
        ),
        (
            "Qui peut ouvrir ces pages. Les vendeurs n’ont pas besoin de compte : ils sont sous "
            "« Équipe et stands », avec leur code PIN."
        ),
    ),
    "accounts.role": (
        "Role",
        "Rôle",
    ),
    "accounts.owner": (
        "Owner",
        "Propriétaire",
    ),
    "accounts.head_office": (
        "Head office",
        "Siège",
    ),
    "accounts.roles": (
        "Head office sees and changes everything but accounts and API keys.",
        "Le siège voit et change tout, sauf les comptes et les clés d’API.",
    ),
    "accounts.add": (
        "Add an account",
        "Ajouter un compte",
    ),
    "accounts.first_password": (
        "First password",
        "Premier mot de passe",
    ),
    "accounts.added": (
        "{name} may log in now. Hand over the password; they can change it themselves.",
        "{name} peut se connecter. Transmettez le mot de passe ; il pourra être changé ensuite.",
    ),
    "accounts.active": (
        "May log in",
        "Peut se connecter",
    ),
    "accounts.left": (
        "No longer",
        "N’a plus accès",
    ),
    "accounts.let_go": (
        "Shut out",
        "Fermer l’accès",
    ),
    "accounts.let_in": (
        "Let in again",
        "Rouvrir l’accès",
    ),
    "accounts.give": (
        "Give a new password",
        "Donner un nouveau mot de passe",
    ),
    "accounts.last_owner": (
        "This is the last owner: somebody must be able to open the accounts.",
        "C’est le dernier propriétaire : quelqu’un doit pouvoir gérer les comptes.",
    ),
    "accounts.changed": (
        "{name}: changed.",
        "{name} : modifié.",
    ),
    "accounts.you": (
        "you",
        "vous",
    ),
    "tokens.title": (
        "Keys for other systems",
        "Clés pour d’autres systèmes",
    ),
    "tokens.intro": (
        "A key lets a program of yours read sales and stock, or write products and prices.",
        (
            "Une clé permet à un programme à vous de lire ventes et stock, ou d’écrire produits "
            "et prix."
        ),
    ),
    "tokens.name": (
        "What is it for?",
        "À quoi sert-elle ?",
    ),
    "tokens.scopes": (
        "It may",
        "Elle peut",
    ),
    "tokens.sales:read": (
        "read sales",
        "lire les ventes",
    ),
    "tokens.stock:read": (
        "read stock",
        "lire le stock",
    ),
    "tokens.products:read": (
        "read products and prices",
        "lire produits et prix",
    ),
    "tokens.products:write": (
        "write products and prices",
        "écrire produits et prix",
    ),
    "tokens.make": (
        "Make a key",
        "Créer une clé",
    ),
    "tokens.made": (
        "This is the key. It is shown this once: put it where your program reads it, now.",
        (
            "Voici la clé. Elle n’est affichée que cette fois : rangez-la dès maintenant là où "
            "votre programme la lit."
        ),
    ),
    "tokens.bad": (
        "A key has a name and may do at least one thing.",
        "Une clé a un nom et permet au moins une chose.",
    ),
    "tokens.used": (
        "Last used",
        "Dernier usage",
    ),
    "tokens.revoke": (
        "Revoke",
        "Révoquer",
    ),
    "tokens.revoked": (
        "Revoked",
        "Révoquée",
    ),
    "tokens.none": (
        "There are none.",
        "Il n’y en a aucune.",
    ),
}

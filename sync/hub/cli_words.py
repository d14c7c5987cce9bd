"""What the command `echoppe-hub` says, in English and French.

A `|` sets one thing and several apart, counted by `n`: `{n} row|{n} rows`.
"""

from __future__ import annotations

from pos.spoken import Sentence

SENTENCES: dict[str, Sentence] = {
    # What can be wrong with how it was called
    "no_hub": (
        "There is no hub in {data} yet. Make one first: echoppe-hub init --data {data}",
        "Il n’y a pas encore de hub dans {data}. Créez-le : echoppe-hub init --data {data}",
    ),
    "already": (
        "This is the hub of {name} already. It was left as it is.",
        "C’est déjà le hub de {name}. Il est resté tel quel.",
    ),
    "key_missing": (
        (
            "The organisation's key is not in {file}, or is another one's. Put back the file that"
            " echoppe-hub init made, or say where it is with --key-file."
        ),
        (
            "La clé de l’organisation n’est pas dans {file}, ou c’est celle d’une autre. Remettez"
            " le fichier créé par echoppe-hub init, ou indiquez-le avec --key-file."
        ),
    ),
    "storage": (
        "The database cannot be used now ({reason}). Nothing was changed; try again.",
        "La base de données est inutilisable en ce moment ({reason}). Rien n’a changé ; réessayez.",
    ),
    "damaged": (
        "The file {file} is damaged ({reason}). It was left as it is: put a backup back.",
        "Le fichier {file} est abîmé ({reason}). Il est resté tel quel : remettez une sauvegarde.",
    ),
    "too_new": (
        "A newer version of the program has used this hub. It was left as it is: update.",
        "Une version plus récente a utilisé ce hub. Il est resté tel quel : mettez à jour.",
    ),
    "database_url": (
        "--database wants postgresql://user@host/name. Without it the hub keeps a file by itself.",
        "--database attend postgresql://utilisateur@machine/nom. Sinon le hub garde un fichier.",
    ),
    "seller_missing": (
        (
            "Say who sells: --seller seller.toml (docs/seller.example.toml shows how), or"
            " --training for a hub on which nothing is a real sale."
        ),
        (
            "Dites qui vend : --seller seller.toml (voir docs/seller.example.toml), ou --training"
            " pour un hub où rien n’est une vraie vente."
        ),
    ),
    "account.name": (
        "Say who owns it: --owner NAME, 1 to 60 characters.",
        "Dites qui en est propriétaire : --owner NOM, de 1 à 60 caractères.",
    ),
    "account.taken": ("There is somebody of this name.", "Ce nom est déjà pris."),
    "account.password_short": (
        "The password has at least {least} characters.",
        "Le mot de passe a au moins {least} caractères.",
    ),
    "account.password_long": (
        "The password has at most {most} characters.",
        "Le mot de passe a au plus {most} caractères.",
    ),
    "account.password_name": (
        "The password is no more than the name.",
        "Le mot de passe n’est que le nom.",
    ),
    "owner": ("Name of the owner", "Nom du propriétaire"),
    "password": ("New password of {name}", "Nouveau mot de passe de {name}"),
    "password_again": ("The same again", "Encore une fois"),
    "no_password": (
        "Give the password as one line on standard input.",
        "Donnez le mot de passe en une ligne sur l’entrée standard.",
    ),
    "tls_pair": (
        "--tls-cert and --tls-key go together.",
        "--tls-cert et --tls-key vont ensemble.",
    ),
    "tls_bad": (
        "{file} is no certificate that can be used, or its key does not belong to it.",
        "{file} n’est pas un certificat utilisable, ou sa clé n’est pas la bonne.",
    ),
    "port": (
        "Port {port} cannot be had on {host}: {reason}.",
        "Le port {port} n’est pas disponible sur {host} : {reason}.",
    ),
    "file": ("{file}: {reason}", "{file} : {reason}"),
    # init
    "init.done": ("This is now the hub of {name}.", "Voici le hub de {name}."),
    "init.training": (
        "It is for training: nothing on it is a real sale.",
        "Il sert à la formation : rien n’y est une vraie vente.",
    ),
    "init.owner": (
        "{owner} may log in to its pages. Start it: echoppe-hub serve --data {data}",
        "{owner} peut se connecter à ses pages. Pour le lancer : echoppe-hub serve --data {data}",
    ),
    "init.key": (
        "The organisation's key is {file}. Keep a copy in a safe place, and show it to nobody.",
        "La clé de l’organisation est {file}. Gardez-en une copie en lieu sûr, et pour vous seul.",
    ),
    "init.pin": (
        "The PIN of {code} is kept as a hash: take it out of {file} now.",
        "Le code PIN de {code} est gardé sous forme d’empreinte : retirez-le de {file}.",
    ),
    # serve
    "serve.ready": ("{name}: {address}", "{name} : {address}"),
    "serve.fingerprint": (
        "Fingerprint of its certificate (SHA-256): {fingerprint}",
        "Empreinte de son certificat (SHA-256) : {fingerprint}",
    ),
    "serve.stopped": ("Stopped.", "Arrêté."),
    # enrol, revoke
    "enrol.no_stand": (
        "There is no stand {stand}. There are: {known}.",
        "Il n’y a pas de stand {stand}. Il y a : {known}.",
    ),
    "enrol.no_stands": (
        "There is no stand yet: echoppe-hub import stands FILE",
        "Il n’y a pas encore de stand : echoppe-hub import stands FICHIER",
    ),
    "enrol.ambiguous": (
        "Several stands are called {stand}: name one by its code, {known}.",
        "Plusieurs stands s’appellent {stand} : nommez-en un par son code, {known}.",
    ),
    "enrol.no_address": (
        "Nobody has said where tills find this hub: start it, or say --address https://…",
        "Personne n’a dit où les caisses trouvent ce hub : lancez-le, ou donnez --address https://…",
    ),
    "enrol.scan": (
        "On the new till of {stand}: join a hub, and scan this, or type address and code.",
        (
            "Sur la nouvelle caisse de {stand} : rejoindre un hub, puis scanner ceci, ou saisir"
            " l’adresse et le code."
        ),
    ),
    "enrol.address": ("Address: {address}", "Adresse : {address}"),
    "enrol.code": ("Code:    {code}", "Code :    {code}"),
    "enrol.until": (
        "It is good for one till, until {time} UTC.",
        "Il vaut pour une caisse, jusqu’à {time} UTC.",
    ),
    "revoke.done": (
        "Till {till} may not ask for anything any more. What it has sent is kept and counted.",
        "La caisse {till} n’a plus accès. Ce qu’elle a envoyé est gardé et compté.",
    ),
    "revoke.before": (
        "Till {till} was revoked before.",
        "La caisse {till} était déjà révoquée.",
    ),
    "revoke.unknown": (
        "There is no till {till}. echoppe-hub status lists them.",
        "Il n’y a pas de caisse {till}. echoppe-hub status en donne la liste.",
    ),
    # status, verify
    "status.head": (
        "{name} ({mode}): {tills}, {incidents}, {entries} in {journals}, {products}",
        "{name} ({mode}) : {tills}, {incidents}, {entries} dans {journals}, {products}",
    ),
    "status.till": (
        "  {label:<8} {state:<10} seen {seen}, {waiting} waiting, version {version}",
        "  {label:<8} {state:<10} vue {seen}, {waiting} en attente, version {version}",
    ),
    "status.never": ("never", "jamais"),
    "status.active": ("active", "active"),
    "status.revoked": ("revoked", "révoquée"),
    "verify.journal": (
        "Journal {journal}, {entries}:",
        "Journal {journal}, {entries} :",
    ),
    "verify.problem": ("    entry {seq}: {flaw}", "    écriture {seq} : {flaw}"),
    "verify.more": ("    perhaps more behind them", "    peut-être d’autres à leur suite"),
    "flaw.gap": ("the one before it is missing", "celle d’avant manque"),
    "flaw.digest": ("it is not what its digest says", "elle ne correspond pas à son empreinte"),
    "flaw.chain": ("it does not go on from the one before", "elle ne suit pas celle d’avant"),
    "flaw.signature": ("its signature is not the till's", "sa signature n’est pas de la caisse"),
    "flaw.opening": (
        "its journal does not say whose it is",
        "son journal ne dit pas à qui il est",
    ),
    "flaw.aside": (
        "it is kept aside, and is not what its digest says",
        "elle est mise de côté, et ne correspond pas à son empreinte",
    ),
    "flaw.end": ("the journal ends before it", "le journal s’arrête avant elle"),
    "verify.good": (
        (
            "{n} entry of {journals} is as it was signed."
            "|{n} entries of {journals} are as they were signed."
        ),
        (
            "{n} écriture de {journals} est telle qu’elle a été signée."
            "|{n} écritures de {journals} sont telles qu’elles ont été signées."
        ),
    ),
    "verify.bad": (
        "Journals that are not as they were signed: {bad} of {journals}.",
        "Journaux qui ne sont pas tels qu’ils ont été signés : {bad} sur {journals}.",
    ),
    "verify.aside": (
        (
            "{n} entry is kept aside, in quarantine: the incidents say why."
            "|{n} entries are kept aside, in quarantine: the incidents say why."
        ),
        (
            "{n} écriture est mise de côté, en quarantaine : les incidents disent pourquoi."
            "|{n} écritures sont mises de côté, en quarantaine : les incidents disent pourquoi."
        ),
    ),
    # backup, restore
    "backup.done": (
        "The hub and its keys are in {file}. Keep it away from others: it can enrol tills.",
        "Le hub et ses clés sont dans {file}. Gardez-le pour vous : il fait entrer des caisses.",
    ),
    "backup.postgresql": (
        "PostgreSQL has its own backups (pg_dump). Keep {file} with them.",
        "PostgreSQL a ses propres sauvegardes (pg_dump). Gardez {file} avec elles.",
    ),
    "backup.exists": (
        "There is a file {file} already. It was left as it is.",
        "Il y a déjà un fichier {file}. Il est resté tel quel.",
    ),
    "restore.done": (
        "The hub of {name} is back. Its tills send again what is missing, and take all anew.",
        "Le hub de {name} est de retour. Ses caisses renvoient ce qui manque, et reprennent tout.",
    ),
    "restore.not_empty": (
        "There is a hub in {data}. Restore into another folder.",
        "Il y a un hub dans {data}. Restaurez dans un autre dossier.",
    ),
    "restore.wrong": (
        "{file} is no backup of a hub, or not a whole one. Nothing was changed.",
        "{file} n’est pas une sauvegarde de hub, ou pas entière. Rien n’a changé.",
    ),
    "restore.what": (
        "Say which backup, or --database for one that PostgreSQL has put back by itself.",
        "Dites quelle sauvegarde, ou --database pour celle que PostgreSQL a remise lui-même.",
    ),
    # password, token, import
    "password.unknown": (
        "Nobody is called {name}. There are: {known}.",
        "Personne ne s’appelle {name}. Il y a : {known}.",
    ),
    "password.done": (
        "{name} may log in with the new password; what was open is logged out.",
        "{name} peut se connecter avec le nouveau mot de passe ; ses autres sessions sont fermées.",
    ),
    "token.scopes": (
        "--scopes wants some of: {known}",
        "--scopes attend une partie de : {known}",
    ),
    "token.done": (
        "This is shown once, now. {name} may: {scopes}",
        "Montré une seule fois, maintenant. {name} peut : {scopes}",
    ),
    "import.tax_class": (
        "--tax-class wants TYPE=CLASS, such as Livres=books, not {value}.",
        "--tax-class attend TYPE=CLASSE, par exemple Livres=books, et non {value}.",
    ),
    "import.pictures": (
        "{folder} is not a folder with pictures.",
        "{folder} n’est pas un dossier d’images.",
    ),
    "import.too_large": (
        (
            "A product has more sizes or longer words than tills can be told of. What stood before"
            " it in the file may be imported: divide that product, and import again."
        ),
        (
            "Un produit a trop de tailles ou des mots trop longs pour être envoyé aux caisses. Ce"
            " qui le précède dans le fichier est peut-être importé : divisez ce produit, puis"
            " importez de nouveau."
        ),
    ),
    "import.stand": ("There is no stand {stand}.", "Il n’y a pas de stand {stand}."),
    "import.done": (
        "{rows}, {changed}.",
        "{rows}, {changed}.",
    ),
    "import.nothing": ("Nothing was imported.", "Rien n’a été importé."),
    # Numbers with their nouns, as they stand in the sentences above
    "count.tills": ("{n} till|{n} tills", "{n} caisse|{n} caisses"),
    "count.incidents": (
        "{n} open incident|{n} open incidents",
        "{n} incident ouvert|{n} incidents ouverts",
    ),
    "count.entries": ("{n} entry|{n} entries", "{n} écriture|{n} écritures"),
    "count.journals": ("{n} journal|{n} journals", "{n} journal|{n} journaux"),
    "count.products": ("{n} product|{n} products", "{n} produit|{n} produits"),
    "count.rows": ("{n} row|{n} rows", "{n} ligne|{n} lignes"),
    "count.changed": (
        "{n} new or changed|{n} new or changed",
        "{n} nouvelle ou changée|{n} nouvelles ou changées",
    ),
}

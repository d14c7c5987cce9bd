"""What `echoppe doctor` says, in English and French, by the key of a finding."""

from __future__ import annotations

from ui.cli_language import Sentence

LEVELS: dict[str, Sentence] = {
    "ok": ("ok", "bon"),
    "warn": ("warning", "attention"),
    "fail": ("FAILS", "ÉCHEC"),
}

WORDS: dict[str, Sentence] = {
    "live": ("live", "réel"),
    "training": ("training", "de formation"),
    "data": ("Data", "des données"),
    "config": ("Config", "de configuration"),
}
"""Values of findings that are words."""

SENTENCES: dict[str, Sentence] = {
    "program": (
        "Échoppe {version}, fiscal version {fiscal}",
        "Échoppe {version}, version fiscale {fiscal}",
    ),
    "machine": ("Python {python} on {platform}", "Python {python} sur {platform}"),
    "sqlite": ("SQLite {version}", "SQLite {version}"),
    "sqlite_wal_reset": (
        "SQLite {version} has a rare bug that can damage a database; 3.51.3 and later have not",
        "SQLite {version} a un défaut rare qui peut endommager une base ; 3.51.3 et suivantes non",
    ),
    "library": ("{name} {version}", "{name} {version}"),
    "library_missing": (
        "{name} is missing: install the program again",
        "{name} manque : réinstallez le programme",
    ),
    "qt": ("Qt {version}", "Qt {version}"),
    "qt_untried": (
        "Qt {version} is newer than what this program was tried with",
        "Qt {version} est plus récent que ce avec quoi ce programme a été essayé",
    ),
    "qt_missing": (
        "No window can open on this machine: {reason}",
        "Aucune fenêtre ne peut s’ouvrir sur cette machine : {reason}",
    ),
    "folder": ("{name} folder: {path}", "Dossier {name} : {path}"),
    "folder_missing": (
        "{name} folder is not there yet: {path}",
        "Le dossier {name} n’existe pas encore : {path}",
    ),
    "folder_closed": (
        "{name} folder cannot be read and written: {path}",
        "Le dossier {name} ne peut pas être lu et écrit : {path}",
    ),
    "disk": ("{free_mb} MB free on the disk", "{free_mb} Mo libres sur le disque"),
    "battery": ("Battery at {percent} %", "Batterie à {percent} %"),
    "settings": (
        "Settings: theme {theme}, language {language}",
        "Réglages : thème {theme}, langue {language}",
    ),
    "settings_usual": ("Settings: the usual ones", "Réglages : ceux par défaut"),
    "settings_wrong": (
        "The settings file has wrong fields: {fields}",
        "Le fichier de réglages a des champs faux : {fields}",
    ),
    "scanner": (
        "Scanner: calibrated, {characters} characters learnt",
        "Douchette : calibrée, {characters} caractères appris",
    ),
    "scanner_usual": (
        "Scanner: not calibrated (needed only if its layout is not the keyboard's)",
        "Douchette : non calibrée (utile seulement si sa disposition n’est pas celle du clavier)",
    ),
    "printer_preview": ("Receipts go to a window", "Les tickets vont dans une fenêtre"),
    "printer_file": (
        "Receipts go to files in {path}",
        "Les tickets vont dans des fichiers : {path}",
    ),
    "printer_network": (
        "Printer {host}:{port} answers and is ready",
        "L’imprimante {host}:{port} répond et est prête",
    ),
    "printer_off": (
        "Printer {host}:{port} does not print now ({reason}); the till sells all the same",
        "L’imprimante {host}:{port} n’imprime pas ({reason}) ; la caisse vend quand même",
    ),
    "not_set_up": (
        "No till is set up here: it trains, and sells after echoppe init",
        "Aucune caisse n’est créée ici : formation seulement, la vente après echoppe init",
    ),
    "journal": (
        "{file}: {mode} journal {ordinal}, entries: {entries}, the last of {last}",
        "{file} : journal {mode} {ordinal}, écritures : {entries}, la dernière du {last}",
    ),
    "journal_closed": (
        "{file} cannot be read ({reason}): echoppe verify says more",
        "{file} est illisible ({reason}) : echoppe verify en dit plus",
    ),
    "tail": (
        "{file}: the last entries ({entries}) are as they were written",
        "{file} : les dernières écritures ({entries}) sont intactes",
    ),
    "tail_broken": (
        "{file}: entry {seq} is not as it was written ({reason}): do not sell, call for help",
        "{file} : l’écriture {seq} n’est pas intacte ({reason}) : ne vendez pas, appelez",
    ),
    "rolled_back": (
        "{file} ends at entry {found}, entry {seen} was seen here: an older copy was put in place",
        "{file} finit à l’écriture {found}, or {seen} a été vue ici : copie plus ancienne en place",
    ),
    "no_anchor": (
        "{file}: this machine does not remember where it ended",
        "{file} : cette machine ne se souvient pas de sa fin",
    ),
    "key": ("{file}: key {key} is here", "{file} : la clé {key} est là"),
    "key_missing": (
        "{file}: key {key} is not on this machine, so the till cannot write",
        "{file} : la clé {key} n’est pas sur cette machine, la caisse ne peut pas écrire",
    ),
    "key_open": (
        "{file}: others may read key {key} (mode {mode}); set it to 0600",
        "{file} : la clé {key} est lisible par d’autres (mode {mode}) ; mettez-la à 0600",
    ),
    "clock": ("Clock: {now}", "Horloge : {now}"),
    "clock_unset": (
        "The clock says {now}: it is not set",
        "L’horloge indique {now} : elle n’est pas à l’heure",
    ),
    "clock_behind": (
        "The clock says {now}, but the last entry is of {last}",
        "L’horloge indique {now}, mais la dernière écriture est du {last}",
    ),
    "clock_ahead": (
        "The clock says {now}, more than a year after the last entry of {last}",
        "L’horloge indique {now}, plus d’un an après la dernière écriture du {last}",
    ),
    "bundle": (
        "Written to {path}, without names, addresses, keys or anything that was sold",
        "Écrit dans {path}, sans noms, adresses, clés ni rien de ce qui a été vendu",
    ),
    "bundle_failed": (
        "{path} could not be written: {reason}",
        "{path} n’a pas pu être écrit : {reason}",
    ),
}

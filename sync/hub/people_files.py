"""Staff and stands from a table that somebody keeps in a spreadsheet.

    code;name;role;pin         ZOE;Zoé Martin;manager;480213
    stand;name                 GS;Grande scène

UTF-8; `,`, `;` or tab; names of columns and roles in English or French.  Everything is read before
anything changes.  Who is not in the file stays as they are; an empty PIN keeps the one there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from pos.domain.feed import StaffListed, StandListed
from pos.domain.search import folded
from pos.domain.text import clean_text
from pos.ids import OperatorCode
from pos.importers.csv_table import Row, open_table
from pos.importers.notices import UnreadableFile
from pos.pins import PIN_DIGITS_MAX, PIN_DIGITS_MIN, hash_pin, is_guessed_first, is_pin
from sync.hub.store import catalogue

if TYPE_CHECKING:
    from sync.hub.store.database import HubDatabase

ROWS_MAX = 5_000
NAME_MAX = 80
PIN_DIGITS_MIN_OTHERS = 4
"""Of people who may not do what a manager may."""

Problem = Literal["missing", "code", "twice", "role", "pin", "pin_guessed", "too_long", "too_many"]

_STAFF_COLUMNS = {"code": "code", "name": "name", "nom": "name", "role": "role", "pin": "pin"}
_STAND_COLUMNS = {"stand": "stand", "code": "stand", "name": "name", "nom": "name"}
_ROLES = {
    **dict.fromkeys(("cashier", "caissier", "caissiere"), "cashier"),
    **dict.fromkeys(("clerk", "vendeur", "vendeuse"), "clerk"),
    **dict.fromkeys(("manager", "responsable", "gerant", "gerante"), "manager"),
}
_STAFF_CODE = re.compile(r"[A-Z0-9]{1,8}")
_STAND_CODE = re.compile(r"[A-Z0-9]{1,6}")

# English, then French.
SENTENCES: dict[Problem, tuple[str, str]] = {
    "missing": ("the cell is empty", "la cellule est vide"),
    "code": (
        "{value} is not a code of capital letters and digits, at most {most}",
        "{value} n’est pas un code en majuscules et chiffres, {most} au plus",
    ),
    "twice": (
        "{value} stands in the file twice",
        "{value} figure deux fois dans le fichier",
    ),
    "role": (
        "{value} is not a role; say cashier, clerk or manager",
        "{value} n’est pas un rôle ; écrivez caissier, vendeur ou responsable",
    ),
    "pin": (
        "a PIN has digits only: {least} to {most} of them",
        "un code secret n’a que des chiffres : de {least} à {most}",
    ),
    "pin_guessed": (
        "this PIN is among the first that anybody tries",
        "ce code secret est parmi les premiers que l’on essaie",
    ),
    "too_long": ("{value} is too long", "{value} est trop long"),
    "too_many": ("the file has more than {most} rows", "le fichier a plus de {most} lignes"),
}
_AT = ("line {line}, column {column}: ", "ligne {line}, colonne {column} : ")


class BadRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be taken as it stands; a PIN is never among the values."""

    line: int
    column: str
    problem: Problem
    value: str = ""
    least: int = 0
    most: int = 0


class FileRead(msgspec.Struct, frozen=True, kw_only=True):
    """What a file did."""

    outcome: Literal["imported", "refused"]
    rows: int  # that were right
    changed: int
    bad: tuple[BadRow, ...]


class _Bad(Exception):
    def __init__(self, row: BadRow) -> None:
        super().__init__(row.problem)
        self.row = row


_ItemT = TypeVar("_ItemT", StaffListed, StandListed)
_Cells = Mapping[str, str]


def import_staff(database: HubDatabase, path: Path, *, skip_bad_rows: bool = False) -> FileRead:
    """Take over who works here; with a bad row nobody, unless told to skip it.

    Raises:
        UnreadableFile: it is no such table.
        StorageUnavailable: nothing was changed.
    """
    with database.read() as connection:
        before = {one.code: one for one in catalogue.all_staff(connection)}

    def read(line: int, cells: _Cells) -> StaffListed:
        return _person(line, cells, before)

    people, bad = _read(path, _STAFF_COLUMNS, ("code", "name", "role"), read)
    if bad and not skip_bad_rows:
        return FileRead(outcome="refused", rows=len(people), changed=0, bad=bad)
    with database.write() as connection:
        changed = catalogue.put_staff(connection, people)
    return FileRead(outcome="imported", rows=len(people), changed=changed, bad=bad)


def import_stands(database: HubDatabase, path: Path, *, skip_bad_rows: bool = False) -> FileRead:
    """Take over which stands there are; with a bad row none, unless told to skip it.

    Raises:
        UnreadableFile: it is no such table.
        StorageUnavailable: nothing was changed.
    """
    stands, bad = _read(path, _STAND_COLUMNS, ("stand", "name"), _stand)
    if bad and not skip_bad_rows:
        return FileRead(outcome="refused", rows=len(stands), changed=0, bad=bad)
    with database.write() as connection:
        changed = catalogue.put_stands(connection, stands)
    return FileRead(outcome="imported", rows=len(stands), changed=changed, bad=bad)


def sentence_of(bad: BadRow, language: Literal["en", "fr"]) -> str:
    """Return what is wrong with a row, in one line."""
    at = int(language == "fr")
    text = _AT[at] + SENTENCES[bad.problem][at]
    value = clean_text(bad.value, length_max=40)
    return text.format(
        line=bad.line, column=bad.column, value=f'"{value}"', least=bad.least, most=bad.most
    )


def _read(
    path: Path,
    names: Mapping[str, str],
    required: Sequence[str],
    read: Callable[[int, _Cells], _ItemT],
) -> tuple[list[_ItemT], tuple[BadRow, ...]]:
    items: dict[str, _ItemT] = {}
    bad: list[BadRow] = []
    with open_table(path, lambda header: sum(_plain(cell) in names for cell in header)) as table:
        places = _places(table.header, names, required)
        for row in _bounded(table.rows(), bad):
            cells = {name: _cell(row, at) for name, at in places.items()}
            try:
                item = read(row.line, cells)
            except _Bad as problem:
                bad.append(problem.row)
                continue
            if item.key in items:
                column, value = required[0], item.key
                bad.append(BadRow(line=row.line, column=column, problem="twice", value=value))
            items.setdefault(item.key, item)
    return list(items.values()), tuple(bad)


def _plain(cell: str) -> str:
    return folded(cell.replace("\ufeff", "")).strip()


def _bounded(rows: Iterator[Row], bad: list[BadRow]) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count == ROWS_MAX:
            bad.append(BadRow(line=row.line, column="", problem="too_many", most=ROWS_MAX))
            return
        yield row


def _places(header: list[str], names: Mapping[str, str], required: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = names.get(_plain(cell))
        if name in places:
            raise UnreadableFile("column_twice", line=1, value=cell)
        if name is not None:
            places[name] = at
    if missing := [name for name in required if name not in places]:
        raise UnreadableFile("missing_columns", line=1, value=", ".join(missing))
    return places


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if at < len(row.cells) else ""


def _person(line: int, cells: _Cells, before: Mapping[OperatorCode, StaffListed]) -> StaffListed:
    code = OperatorCode(_code(line, "code", cells, _STAFF_CODE, most=8))
    role = _ROLES.get(folded(cells["role"]))
    if role is None:
        raise _Bad(BadRow(line=line, column="role", problem="role", value=cells["role"]))
    old = before.get(code)
    return StaffListed(
        code=code,
        name=_name(line, cells),
        role=role,
        pin_hash=_pin_hash(line, cells.get("pin", ""), role, old.pin_hash if old else ""),
    )


def _stand(line: int, cells: _Cells) -> StandListed:
    code = _code(line, "stand", cells, _STAND_CODE, most=6)
    return StandListed(stand=code, name=_name(line, cells))


def _code(line: int, column: str, cells: _Cells, shape: re.Pattern[str], *, most: int) -> str:
    text = cells[column]
    if not text:
        raise _Bad(BadRow(line=line, column=column, problem="missing"))
    if not shape.fullmatch(text.upper()):
        raise _Bad(BadRow(line=line, column=column, problem="code", value=text, most=most))
    return text.upper()


def _name(line: int, cells: _Cells) -> str:
    name = clean_text(cells["name"], length_max=NAME_MAX + 1)
    if not name:
        raise _Bad(BadRow(line=line, column="name", problem="missing"))
    if len(name) > NAME_MAX:
        raise _Bad(BadRow(line=line, column="name", problem="too_long", value=name))
    return name


def _pin_hash(line: int, pin: str, role: str, old_hash: str) -> str:
    """Return what is stored of a PIN: as it was, if it is the same one (hashes never are)."""
    if not pin:
        if role == "manager" and not old_hash:
            raise _Bad(BadRow(line=line, column="pin", problem="missing"))
        return old_hash
    least = PIN_DIGITS_MIN if role == "manager" else PIN_DIGITS_MIN_OTHERS
    is_right = pin.isascii() and pin.isdigit() and least <= len(pin) <= PIN_DIGITS_MAX
    if not is_right:
        raise _Bad(BadRow(line=line, column="pin", problem="pin", least=least, most=PIN_DIGITS_MAX))
    if is_guessed_first(pin):
        raise _Bad(BadRow(line=line, column="pin", problem="pin_guessed"))
    return old_hash if old_hash and is_pin(pin, old_hash) else hash_pin(pin)

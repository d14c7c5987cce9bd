"""Reading `seller.toml`: who sells, at which stand, on which till, and its first manager.

Everything that is wrong is named at once, so that whoever sets up a till in a field does it in
one go.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from pos.countries import COUNTRIES
from pos.countries.company_numbers import compact, flaw_of_registration, flaw_of_vat_number
from pos.domain.facts import Identity, Seller
from pos.domain.text import clean_text
from pos.errors import BadConfiguration
from pos.ids import OperatorCode
from pos.pins import PIN_DIGITS_MAX, PIN_DIGITS_MIN, is_guessed_first
from pos.toml_file import read_toml

NAME_MAX = 80
ADDRESS_LINES_MAX = 6
LEGEND_MAX = 120
STAND_CODE_MAX, TILL_CODE_MAX, MANAGER_CODE_MAX = 6, 4, 8
DAY_STARTS_AT = "05:00"

_CODE = re.compile(r"[A-Z0-9]+", re.ASCII)
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


class Manager(msgspec.Struct, frozen=True, kw_only=True):
    """The person who may do everything on this till."""

    code: OperatorCode
    name: str
    pin: str  # "" if none was given


class TillPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a till shall be."""

    identity: Identity
    manager: Manager


class _Table:
    """Takes one table of the file apart; what is wrong with it goes to a list that all share."""

    def __init__(self, name: str, content: dict[str, Any], problems: list[tuple[str, str]]) -> None:
        self._name = name
        self._problems = problems
        table = content.get(name, {})
        self._is_table = isinstance(table, dict)
        self._left = dict(table) if self._is_table else {}
        if not self._is_table:
            problems.append((name, "type"))

    def problem(self, key: str, reason: str) -> None:
        """Note what is wrong with a field, once."""
        field = f"{self._name}.{key}"
        if self._is_table and not any(field == noted for noted, _ in self._problems):
            self._problems.append((field, reason))

    def text(self, key: str, *, length_max: int = NAME_MAX, default: str | None = None) -> str:
        """Return a field's text; without a default it has to be there."""
        if key not in self._left:
            if default is None:
                self.problem(key, "missing")
            return default or ""
        return self._clean(key, self._left.pop(key), length_max)

    def texts(self, key: str, *, count_max: int) -> tuple[str, ...]:
        """Return a field's list of texts; at least one has to be there."""
        given = self._left.pop(key, None)
        if given is None:
            self.problem(key, "missing")
        elif not isinstance(given, list):
            self.problem(key, "type")
        elif not given:
            self.problem(key, "empty")
        elif len(given) > count_max:
            self.problem(key, "length")
        else:
            return tuple(self._clean(key, text, NAME_MAX) for text in given)
        return ()

    def code(self, key: str, *, length_max: int) -> str:
        """Return a field's code of capital letters and digits."""
        text = self.text(key, length_max=length_max)
        if text and not _CODE.fullmatch(text):
            self.problem(key, "format")
        return text

    def end(self) -> None:
        """Note the fields that nobody has asked for."""
        for key in self._left:
            self.problem(key, "unknown")

    def _clean(self, key: str, text: object, length_max: int) -> str:
        if not isinstance(text, str):
            self.problem(key, "type")
            return ""
        clean = clean_text(text, length_max=len(text) + 1)
        if not clean:
            self.problem(key, "empty")
        elif len(clean) > length_max:
            self.problem(key, "length")
        return clean


def read_seller_file(path: Path) -> TillPlan:
    """Return what a till shall be.

    Raises:
        BadConfiguration: the file is not there or not TOML, or fields are missing, wrong or
            unknown; all of them are named.
    """
    try:
        content = read_toml(path)
    except FileNotFoundError as error:
        raise BadConfiguration(path, (("", "absent"),)) from error
    return plan_of(content, path)


def plan_of(content: dict[str, Any], path: Path) -> TillPlan:
    """Return what a till shall be, from tables as they stand in a seller's file.

    Args:
        content: the tables seller, stand, till and manager.
        path: where they come from, for the error.

    Raises:
        BadConfiguration: fields are missing, wrong or unknown; all of them are named.
    """
    problems: list[tuple[str, str]] = []
    tables = {
        name: _Table(name, content, problems) for name in ("seller", "stand", "till", "manager")
    }
    seller = _read_seller(tables["seller"])
    identity = _read_identity(tables["stand"], tables["till"], seller)
    manager = _read_manager(tables["manager"])
    for table in tables.values():
        table.end()
    problems += [(name, "unknown") for name in content if name not in tables]
    if problems:
        raise BadConfiguration(path, tuple(problems))
    return TillPlan(identity=identity, manager=manager)


def _read_seller(table: _Table) -> Seller:
    country = table.text("country")
    if country and country not in COUNTRIES:
        table.problem("country", "choice")
    registration = compact(table.text("registration"))
    flaw = flaw_of_registration(country, registration) if registration else None
    if flaw:
        table.problem("registration", flaw)
    vat_number, vat_exemption = _read_vat(table, country, "" if flaw else registration)
    return Seller(
        name=table.text("name"),
        legal_form=table.text("legal_form"),
        address=table.texts("address", count_max=ADDRESS_LINES_MAX),
        country=country,
        registration=registration,
        vat_number=vat_number,
        vat_exemption=vat_exemption,
    )


def _read_vat(table: _Table, country: str, registration: str) -> tuple[str, str]:
    """Return VAT number and exemption: one of them, or the receipt would contradict itself."""
    number = compact(table.text("vat_number", default=""))
    exemption = table.text("vat_exemption", length_max=LEGEND_MAX, default="")
    if number and exemption:
        table.problem("vat_exemption", "conflict")
    elif not number and not exemption:
        table.problem("vat_number", "missing")
    if number and (flaw := flaw_of_vat_number(country, number, registration)):
        table.problem("vat_number", flaw)
    return number, exemption


def _read_identity(stand: _Table, till: _Table, seller: Seller) -> Identity:
    country = COUNTRIES.get(seller.country)
    usual_zone = country.time_zone if country else "UTC"
    zone = stand.text("time_zone", default=usual_zone)
    if zone and not _is_time_zone(zone):
        stand.problem("time_zone", "choice")
    day_starts_at = stand.text("day_starts_at", default=DAY_STARTS_AT)
    if day_starts_at and not _HOUR.fullmatch(day_starts_at):
        stand.problem("day_starts_at", "format")
    code = till.code("code", length_max=TILL_CODE_MAX)
    if code and not code.strip("0"):
        till.problem("code", "zero")  # the number of a till that only trains
    return Identity(
        seller=seller,
        stand=stand.code("code", length_max=STAND_CODE_MAX),
        stand_name=stand.text("name"),
        till=code,
        time_zone=zone,
        day_starts_at=day_starts_at,
    )


def _read_manager(table: _Table) -> Manager:
    pin = table.text("pin", length_max=PIN_DIGITS_MAX, default="")
    if pin and not (pin.isascii() and pin.isdigit()):
        table.problem("pin", "format")
    elif pin and len(pin) < PIN_DIGITS_MIN:
        table.problem("pin", "length")
    elif pin and is_guessed_first(pin):
        table.problem("pin", "weak")
    return Manager(
        code=OperatorCode(table.code("code", length_max=MANAGER_CODE_MAX)),
        name=table.text("name"),
        pin=pin,
    )


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # a folder, a path, an unknown name
        return False
    return True

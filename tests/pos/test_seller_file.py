from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pos.errors import BadConfiguration
from pos.seller_file import TillPlan, read_seller_file

EXAMPLE = Path(__file__).parent.parent.parent / "docs" / "seller.example.toml"

FRENCH = """
[seller]
name = "Les Disques du Quai"
legal_form = "SARL"
address = ["12 rue des Ateliers", "44000 Nantes"]
country = "FR"
registration = "123 456 782 00010"
vat_number = "FR11 123 456 782"

[stand]
code = "GS"
name = "Grande scène"

[till]
code = "1"

[manager]
code = "ZOE"
name = "Zoé Martin"
"""

BELGIAN = (
    FRENCH.replace('"FR"', '"BE"')
    .replace("123 456 782 00010", "0123.456.749")
    .replace("FR11 123 456 782", "BE 0123.456.749")
)


def seller_file(tmp_path: Path, text: str = FRENCH) -> Path:
    path = tmp_path / "seller.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(tmp_path: Path, text: str) -> TillPlan:
    return read_seller_file(seller_file(tmp_path, text))


def problems_of(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    path = seller_file(tmp_path, text)
    with pytest.raises(BadConfiguration) as bad:
        read_seller_file(path)
    assert bad.value.path == path
    return list(bad.value.problems)


def with_field(field: str, line: str) -> str:
    """Return the French file with another line for a field, or with the field added."""
    table, _, key = field.partition(".")
    there = re.compile(rf"(?ms)(^\[{table}\]\n(?:(?!^\[).)*?)^{key} = .*?$")
    changed, found = there.subn(lambda match: match[1] + line, FRENCH)
    return changed if found else FRENCH.replace(f"[{table}]\n", f"[{table}]\n{line}\n")


def test_a_whole_file_says_who_sells_and_where(tmp_path: Path) -> None:
    plan = read(tmp_path, FRENCH)
    seller, identity = plan.identity.seller, plan.identity
    assert (seller.name, seller.legal_form) == ("Les Disques du Quai", "SARL")
    assert seller.address == ("12 rue des Ateliers", "44000 Nantes")
    assert (seller.country, seller.registration) == ("FR", "12345678200010")
    assert (seller.vat_number, seller.vat_exemption) == ("FR11123456782", "")
    assert (identity.stand, identity.stand_name, identity.till) == ("GS", "Grande scène", "1")
    assert (identity.time_zone, identity.day_starts_at) == ("Europe/Paris", "05:00")
    assert (plan.manager.code, plan.manager.name, plan.manager.pin) == ("ZOE", "Zoé Martin", "")


def test_a_belgian_stand_has_its_countrys_numbers_and_clock(tmp_path: Path) -> None:
    identity = read(tmp_path, BELGIAN).identity
    assert identity.seller.registration == "0123456749"
    assert identity.seller.vat_number == "BE0123456749"
    assert identity.time_zone == "Europe/Brussels"


def test_the_example_is_one() -> None:
    plan = read_seller_file(EXAMPLE)
    assert plan.identity.seller.country == "FR"


def test_what_the_example_leaves_out_can_be_put_in(tmp_path: Path) -> None:
    """Each line that is commented out works, so that nobody has to look its spelling up."""
    text = EXAMPLE.read_text(encoding="utf-8")
    offered = re.findall(r"(?m)^# (\w+) = ", text)
    assert offered == ["vat_exemption", "time_zone", "day_starts_at", "pin"]
    text = re.sub(r"(?m)^# (?=\w+ = )", "", text).replace("vat_number", "# vat_number")
    plan = read(tmp_path, text)
    assert plan.manager.pin == "271828"
    assert plan.identity.seller.vat_exemption.startswith("TVA non applicable")


def test_a_stand_may_be_in_another_time_zone_and_start_its_day_otherwise(tmp_path: Path) -> None:
    text = with_field("stand.name", 'name = "Le Port"\ntime_zone = "Indian/Reunion"')
    identity = read(tmp_path, text.replace("[till]", 'day_starts_at = "06:30"\n[till]')).identity
    assert (identity.time_zone, identity.day_starts_at) == ("Indian/Reunion", "06:30")


def test_an_exempt_seller_has_a_legend_instead_of_a_number(tmp_path: Path) -> None:
    legend = "TVA non applicable, art. 293 B du CGI"
    seller = read(
        tmp_path, with_field("seller.vat_number", f'vat_exemption = "{legend}"')
    ).identity.seller
    assert (seller.vat_number, seller.vat_exemption) == ("", legend)


def test_hostile_text_is_made_harmless(tmp_path: Path) -> None:
    name = read(tmp_path, with_field("stand.name", r'name = "Gr\u001b@ande\u202e sce\u0300ne"'))
    assert name.identity.stand_name == "Gr@ande scène"


@pytest.mark.parametrize(
    "field",
    [
        *("seller.name", "seller.legal_form", "seller.address", "seller.country"),
        *("seller.registration", "seller.vat_number", "stand.code", "stand.name", "till.code"),
        *("manager.code", "manager.name"),
    ],
)
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    assert problems_of(tmp_path, with_field(field, "")) == [(field, "missing")]


@pytest.mark.parametrize(
    ("field", "line", "problem"),
    [
        ("seller.name", 'name = " "', "empty"),
        ("seller.name", "name = 12", "type"),
        ("seller.name", f'name = "{"x" * 81}"', "length"),
        ("seller.address", 'address = "12 rue des Ateliers"', "type"),
        ("seller.address", "address = []", "empty"),
        ("seller.address", 'address = ["Nantes", ""]', "empty"),
        ("seller.address", 'address = ["Nantes", 44000]', "type"),
        ("seller.address", 'address = ["1", "2", "3", "4", "5", "6", "7"]', "length"),
        ("seller.country", 'country = "DE"', "choice"),
        ("seller.country", 'country = "fr"', "choice"),
        ("seller.registration", "registration = 12345678200010", "type"),
        ("seller.registration", 'registration = "123 456 782 00011"', "check_digit"),
        ("seller.registration", 'registration = "123 456 782"', "length"),
        ("seller.registration", 'registration = "RCS Nantes"', "format"),
        ("seller.vat_number", 'vat_number = "FR12123456782"', "check_digit"),
        ("seller.vat_number", 'vat_number = "FR44732829320"', "mismatch"),
        ("seller.vat_number", 'vat_number = "123"', "format"),
        ("seller.vat_exemption", 'vat_exemption = "art. 293 B"', "conflict"),
        ("seller.siret", 'siret = "12345678200010"', "unknown"),
        ("stand.code", 'code = "GRANDE1"', "length"),
        ("stand.code", 'code = "gs"', "format"),
        ("stand.code", 'code = "G-S"', "format"),
        ("stand.code", 'code = ""', "empty"),
        ("stand.time_zone", 'time_zone = "Europe/Nantes"', "choice"),
        ("stand.time_zone", 'time_zone = "../../etc/passwd"', "choice"),
        ("stand.time_zone", 'time_zone = "Europe"', "choice"),
        ("stand.day_starts_at", 'day_starts_at = "5:00"', "format"),
        ("stand.day_starts_at", 'day_starts_at = "24:00"', "format"),
        ("stand.day_starts_at", "day_starts_at = 05:00:00", "type"),
        ("till.code", 'code = "12345"', "length"),
        ("till.code", "code = 1", "type"),
        ("till.code", 'code = "00"', "zero"),
        ("manager.code", 'code = "Zoé"', "format"),
        ("manager.code", 'code = "MANAGER89"', "length"),
        ("manager.pin", 'pin = "12345"', "length"),
        ("manager.pin", 'pin = "1234567890123"', "length"),
        ("manager.pin", "pin = 271828", "type"),
        ("manager.pin", 'pin = "zoezoe"', "format"),
        ("manager.pin", 'pin = "123456"', "weak"),
        ("manager.pin", 'pin = "٢٧١٨٢٨"', "format"),
        ("manager.role", 'role = "admin"', "unknown"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_wrong(
    tmp_path: Path, field: str, line: str, problem: str
) -> None:
    assert problems_of(tmp_path, with_field(field, line)) == [(field, problem)]


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("seller.name", f'name = "{"x" * 80}"'),
        ("seller.address", 'address = ["1", "2", "3", "4", "5", "6"]'),
        ("stand.code", 'code = "STAND6"'),
        ("till.code", 'code = "T234"'),
        ("manager.code", 'code = "MANAGER8"'),
        ("manager.pin", 'pin = "271828182845"'),
        ("manager.pin", 'pin = "271828"'),
        ("stand.day_starts_at", 'day_starts_at = "23:59"'),
    ],
)
def test_what_is_just_long_enough_is_accepted(tmp_path: Path, field: str, line: str) -> None:
    read(tmp_path, with_field(field, line))


@pytest.mark.parametrize("length", [120, 121])
def test_a_legend_has_room_for_its_article(tmp_path: Path, length: int) -> None:
    text = with_field("seller.vat_number", f'vat_exemption = "{"x" * length}"')
    if length == 120:
        assert len(read(tmp_path, text).identity.seller.vat_exemption) == 120
    else:
        assert problems_of(tmp_path, text) == [("seller.vat_exemption", "length")]


def test_everything_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    text = """
colour = "red"
[seller]
name = ""
country = "FR"
registration = "12345678200011"
siret = "12345678200010"
[stand]
code = "gs"
[shop]
[till]
code = "1"
"""
    assert problems_of(tmp_path, text) == [
        ("seller.registration", "check_digit"),
        ("seller.vat_number", "missing"),
        ("seller.name", "empty"),
        ("seller.legal_form", "missing"),
        ("seller.address", "missing"),
        ("stand.code", "format"),
        ("stand.name", "missing"),
        ("manager.code", "missing"),
        ("manager.name", "missing"),
        ("seller.siret", "unknown"),
        ("colour", "unknown"),
        ("shop", "unknown"),
    ]


def test_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    found = problems_of(tmp_path, "")
    assert {problem for _, problem in found} == {"missing"}
    required = {
        f"{table}.{key}" for table, fields in tomllib.loads(FRENCH).items() for key in fields
    }
    assert {field for field, _ in found} == required


@pytest.mark.parametrize("value", ["1", '"x"', "[]", "[[1]]"])
def test_a_table_that_is_none_is_named_once(tmp_path: Path, value: str) -> None:
    text = f"till = {value}\n" + FRENCH.replace('[till]\ncode = "1"\n', "")
    assert problems_of(tmp_path, text) == [("till", "type")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[seller\n", ("1:8", "syntax")),
        ('name = "Zoé"'.encode("latin-1"), ("", "encoding")),
        (None, ("", "absent")),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: Any, problem: Any) -> None:
    path = tmp_path / "seller.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadConfiguration) as bad:
        read_seller_file(path)
    assert bad.value.problems == (problem,)

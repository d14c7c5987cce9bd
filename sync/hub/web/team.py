"""Staff and stands: listed, added, changed.  Tills hear of it by the feed."""

from __future__ import annotations

import re

import msgspec
from starlette.responses import Response

from pos.domain.feed import StaffListed, StandListed
from pos.domain.text import clean_text
from pos.ids import OperatorCode
from pos.pins import PIN_DIGITS_MAX, PIN_DIGITS_MIN, hash_pin, is_guessed_first
from pos.seller_file import MANAGER_CODE_MAX, STAND_CODE_MAX
from sync.hub.store.catalogue import all_staff, all_stands, put_staff, put_stands
from sync.hub.web.visit import Visit, see

NAME_MAX = 80
ROLES = ("cashier", "clerk", "manager")
NEW = "new"


def team_page(visit: Visit) -> Response:
    with visit.hub.database.read() as connection:
        staff, stands = all_staff(connection), all_stands(connection)
    return visit.page("team.html", staff=staff, stands=stands, saved=visit.query.get("saved"))


def staff_page(visit: Visit) -> Response:
    """Show the form for somebody, or for somebody new."""
    known = _staff(visit)
    if known is None and visit.part("code") != NEW:
        return visit.not_found()
    empty = StaffListed(code=OperatorCode(""), name="", role="cashier", pin_hash="")
    return _staff_form(visit, known or empty, is_new=known is None)


def save_staff(visit: Visit) -> Response:
    """Keep somebody as typed."""
    before = _staff(visit)
    if before is None and visit.part("code") != NEW:
        return visit.not_found()
    code = before.code if before else OperatorCode(visit.typed("code").upper())
    pin = visit.typed("pin")
    wanted = StaffListed(
        code=code,
        name=clean_text(visit.typed("name"), length_max=NAME_MAX),
        role=visit.typed("role"),
        pin_hash=before.pin_hash if before else "",
        is_active=before is None or visit.typed("active") == "yes",
    )
    problem = _staff_problem(visit, wanted, pin, is_new=before is None)
    if problem:
        return _staff_form(visit, wanted, is_new=before is None, problem=problem)
    if pin:
        wanted = msgspec.structs.replace(wanted, pin_hash=hash_pin(pin))
    with visit.hub.database.write() as connection:
        put_staff(connection, [wanted])
    visit.hub.wake()
    return see("/team?saved=1")


def _staff(visit: Visit) -> StaffListed | None:
    with visit.hub.database.read() as connection:
        found = all_staff(connection)
    return next((one for one in found if one.code == visit.part("code")), None)


def _staff_problem(visit: Visit, wanted: StaffListed, pin: str, *, is_new: bool) -> str:
    if is_new and not _is_code(wanted.code, MANAGER_CODE_MAX):
        return "team.bad_code"
    if not wanted.name or wanted.role not in ROLES:
        return "team.bad_name"
    if pin and not _is_pin(pin):
        return "team.bad_pin"
    with visit.hub.database.read() as connection:
        taken = {one.code for one in all_staff(connection)}
    return "team.taken" if is_new and wanted.code in taken else ""


def _is_pin(pin: str) -> bool:
    is_long = PIN_DIGITS_MIN <= len(pin) <= PIN_DIGITS_MAX
    return is_long and pin.isascii() and pin.isdigit() and not is_guessed_first(pin)


def _is_code(code: str, length_max: int) -> bool:
    return re.fullmatch(rf"[A-Z0-9]{{1,{length_max}}}", code, re.ASCII) is not None


def _staff_form(visit: Visit, one: StaffListed, *, is_new: bool, problem: str = "") -> Response:
    response = visit.page("staff.html", one=one, is_new=is_new, problem=problem, roles=ROLES)
    response.status_code = 422 if problem else 200
    return response


def stand_page(visit: Visit) -> Response:
    """Show the form for a stand, or for a new one."""
    known = _stand(visit)
    if known is None and visit.part("code") != NEW:
        return visit.not_found()
    return _stand_form(visit, known or StandListed(stand="", name=""), is_new=known is None)


def save_stand(visit: Visit) -> Response:
    """Keep a stand as typed."""
    before = _stand(visit)
    if before is None and visit.part("code") != NEW:
        return visit.not_found()
    wanted = StandListed(
        stand=before.stand if before else visit.typed("code").upper(),
        name=clean_text(visit.typed("name"), length_max=NAME_MAX),
        is_active=before is None or visit.typed("active") == "yes",
    )
    if problem := _stand_problem(visit, wanted, is_new=before is None):
        return _stand_form(visit, wanted, is_new=before is None, problem=problem)
    with visit.hub.database.write() as connection:
        put_stands(connection, [wanted])
    visit.hub.wake()
    return see("/team?saved=1")


def _stand(visit: Visit) -> StandListed | None:
    with visit.hub.database.read() as connection:
        found = all_stands(connection)
    return next((one for one in found if one.stand == visit.part("code")), None)


def _stand_problem(visit: Visit, wanted: StandListed, *, is_new: bool) -> str:
    if is_new and not _is_code(wanted.stand, STAND_CODE_MAX):
        return "team.bad_code"
    if not wanted.name:
        return "team.bad_name"
    with visit.hub.database.read() as connection:
        taken = {one.stand for one in all_stands(connection)}
    return "team.taken" if is_new and wanted.stand in taken else ""


def _stand_form(visit: Visit, one: StandListed, *, is_new: bool, problem: str = "") -> Response:
    response = visit.page("stand.html", one=one, is_new=is_new, problem=problem)
    response.status_code = 422 if problem else 200
    return response

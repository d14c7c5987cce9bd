"""Tills: the list, enrolling one by a QR code, revoking one."""

from __future__ import annotations

import msgspec
from markupsafe import Markup
from starlette.responses import Response

from pos.clock import from_utc_text
from receipts.qr import QUIET_ZONE, matrix
from sync.hub.enrolment import WRONG_PROOFS_MAX, Gate, NoSuchStand, invite, revoke
from sync.hub.store.overview import stands, till_labels, till_of, tills_now
from sync.hub.store.tills import invitation_of
from sync.hub.web.today import state_of
from sync.hub.web.visit import Visit, see


def tills_page(visit: Visit) -> Response:
    with visit.hub.database.read() as connection:
        tills = tills_now(connection)
        names = {one.stand: one.name for one in stands(connection)}
    revoked = next((till.label for till in tills if till.till_id == visit.query.get("revoked")), "")
    states = [(till, state_of(till, visit.now)) for till in tills]
    return visit.page("tills.html", tills=states, stand_names=names, revoked=revoked)


def enrol_page(visit: Visit) -> Response:
    """Ask at which stand the new till will sell."""
    with visit.hub.database.read() as connection:
        choices = [one for one in stands(connection) if one.is_active]
    return visit.page("enrol.html", stands=choices, chosen=visit.query.get("stand", ""))


def show_code(visit: Visit) -> Response:
    """Make a code and show it: this answer is the only place where it ever stands."""
    try:
        made = invite(_gate(visit), visit.typed("stand"))
    except NoSuchStand:
        return visit.not_found()
    return visit.page(
        "code.html",
        address=made.address,
        code=made.code,
        code_name=made.code[:4],
        minutes=visit.shown.until(made.expires_at),
        qr=qr_svg(made.text, visit.say("enrol.picture")),
        says=_waiting(visit, made.expires_at),
        look="late",
        stand=made.stand,
        waits=True,
    )


def _gate(visit: Visit) -> Gate:
    """Nobody said under which address tills reach this hub: then the one of this page will do."""
    gate = visit.hub.gate
    if gate.address:
        return gate
    return msgspec.structs.replace(gate, address=str(visit.request.base_url).rstrip("/"))


def code_part(visit: Visit) -> Response:
    """Say what has become of a code; its first four signs are no secret."""
    code_name = visit.part("code_name")
    with visit.hub.database.read() as connection:
        invited = invitation_of(connection, code_name)
        labels = till_labels(connection)
    if invited is None or from_utc_text(invited.expires_at) < visit.now:
        says, shape = visit.say("enrol.expired"), "bad"
    elif invited.wrong_proofs >= WRONG_PROOFS_MAX:
        says, shape = visit.say("enrol.guessed"), "bad"
    else:
        says, shape = _waiting(visit, invited.expires_at), "late"
    if invited is not None and invited.used_by is not None:
        says, shape = visit.say("enrol.come", label=labels.get(invited.used_by, "")), "good"
    waits = shape == "late"
    return visit.page("code_state.html", code_name=code_name, says=says, look=shape, waits=waits)


def _waiting(visit: Visit, expires_at: str) -> str:
    return visit.say("enrol.waiting", n=max(visit.shown.until(expires_at), 1))


def qr_svg(text: str, label: str) -> Markup:
    """Return a QR code as SVG, black on white with its quiet zone, drawn in one path."""
    modules = matrix(text)
    side = len(modules) + 2 * QUIET_ZONE
    runs = [
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, is_black in enumerate(row)
        if is_black
    ]
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        'aria-label="{label}" shape-rendering="crispEdges">'
        '<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )
    return Markup(drawing).format(  # noqa: S704 the drawing is ours, what is filled in is escaped
        side=side, label=label, path="".join(runs)
    )


def ask_revoke(visit: Visit) -> Response:
    """Ask before a till is shut out: it cannot be taken back."""
    with visit.hub.database.read() as connection:
        till = till_of(connection, visit.part("till_id"))
    if till is None or till.revoked_at is not None:
        return visit.not_found()
    return visit.page("revoke.html", till=till)


def revoke_till(visit: Visit) -> Response:
    till_id = visit.part("till_id")
    if not revoke(visit.hub.gate, till_id):
        return visit.not_found()
    return see(f"/tills?revoked={till_id}")

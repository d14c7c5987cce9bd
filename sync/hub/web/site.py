"""All pages of head office, with who may see them: the table that the guard goes by."""

from __future__ import annotations

from fastapi import APIRouter

from sync.hub.hub import Hub
from sync.hub.web import doors, incidents, tills, today
from sync.hub.web.router import Page, router_of

PAGES: tuple[Page, ...] = (
    Page(path="/static/{name}", answer=doors.static_page, who="anybody"),
    Page(path="/login", answer=doors.login_page, who="anybody"),
    Page(path="/login", answer=doors.login, method="POST", who="anybody"),
    Page(path="/language/{language}", answer=doors.choose_language, who="anybody"),
    Page(path="/logout", answer=doors.logout, method="POST"),
    Page(path="/", answer=today.first_page),
    Page(path="/now", answer=today.now_part),
    Page(path="/incidents", answer=incidents.incidents_page),
    Page(path="/incidents/{number:int}/close", answer=incidents.close_incident, method="POST"),
    Page(path="/unmatched", answer=incidents.unmatched_page),
    Page(path="/unmatched", answer=incidents.explain, method="POST"),
    Page(path="/tills", answer=tills.tills_page),
    Page(path="/tills/enrol", answer=tills.enrol_page),
    Page(path="/tills/enrol", answer=tills.show_code, method="POST"),
    Page(path="/tills/enrol/{code_name}", answer=tills.code_part),
    Page(path="/tills/{till_id}/revoke", answer=tills.ask_revoke),
    Page(path="/tills/{till_id}/revoke", answer=tills.revoke_till, method="POST"),
)


def web_router(hub: Hub) -> APIRouter:
    """Return the routes of head office's pages."""
    return router_of(hub, PAGES)

"""All pages of head office, with who may see them: the table that the guard goes by."""

from __future__ import annotations

from fastapi import APIRouter

from sync.hub.hub import Hub
from sync.hub.web import accounts, doors, goods, incidents, products, team, tills, today
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
    Page(path="/incidents/{number}/close", answer=incidents.close_incident, method="POST"),
    Page(path="/unmatched", answer=incidents.unmatched_page),
    Page(path="/unmatched", answer=incidents.explain, method="POST"),
    Page(path="/tills", answer=tills.tills_page),
    Page(path="/tills/enrol", answer=tills.enrol_page),
    Page(path="/tills/enrol", answer=tills.show_code, method="POST"),
    Page(path="/tills/enrol/{code_name}", answer=tills.code_part),
    Page(path="/tills/{till_id}/revoke", answer=tills.ask_revoke),
    Page(path="/tills/{till_id}/revoke", answer=tills.revoke_till, method="POST"),
    Page(path="/products", answer=products.products_page),
    Page(path="/products/import", answer=products.import_page),
    Page(
        path="/products/import",
        answer=products.import_file,
        method="POST",
        bytes_max=products.UPLOAD_BYTES_MAX,
    ),
    Page(path="/products/{product_id}", answer=products.product_page),
    Page(path="/products/{product_id}", answer=products.change_prices, method="POST"),
    Page(path="/stock", answer=goods.stock_page),
    Page(path="/sales", answer=goods.sales_page),
    Page(path="/sales.csv", answer=goods.sales_csv),
    Page(path="/sales/{journal}/{seq}", answer=goods.sale_page),
    Page(path="/team", answer=team.team_page),
    Page(path="/team/staff/{code}", answer=team.staff_page),
    Page(path="/team/staff/{code}", answer=team.save_staff, method="POST"),
    Page(path="/team/stands/{code}", answer=team.stand_page),
    Page(path="/team/stands/{code}", answer=team.save_stand, method="POST"),
    Page(path="/me", answer=accounts.my_page),
    Page(path="/me", answer=accounts.change_mine, method="POST"),
    Page(path="/accounts", answer=accounts.accounts_page, who="owner"),
    Page(path="/accounts", answer=accounts.add_account, method="POST", who="owner"),
    Page(path="/accounts/change", answer=accounts.change_account, method="POST", who="owner"),
    Page(path="/tokens", answer=accounts.make_token, method="POST", who="owner"),
    Page(path="/tokens/revoke", answer=accounts.revoke_token, method="POST", who="owner"),
)


def web_router(hub: Hub) -> APIRouter:
    """Return the routes of head office's pages."""
    return router_of(hub, PAGES)

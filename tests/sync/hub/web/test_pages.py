"""Head office's pages: who gets in, what a form must carry, what is shown as text."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import insert

from pos.clock import utc_text
from sync.hub.meaning import Kind, Trouble
from sync.hub.store import catalogue, incidents
from sync.hub.store.tables import organisation, stand, till
from sync.hub.web.pages import STATIC
from sync.hub.web.router import Page
from sync.hub.web.security import safe_path
from sync.hub.web.site import PAGES
from sync.hub.web.words import WORDS, say
from tests.sync.hub.web.goods import EVIL, product
from tests.sync.hub.web.house import DAY, NOW, PASSWORD, House

WEB = Path(__file__).parents[4] / "sync/hub/web"
CLOSED = [page for page in PAGES if page.who != "anybody"]
FORMS = [page for page in CLOSED if page.method == "POST"]


def address(page: Page) -> str:
    return re.sub(r"\{\w+:int\}", "1", re.sub(r"\{\w+\}", "x", page.path))


def named(page: Page) -> str:
    return f"{page.method} {page.path}"


@pytest.mark.parametrize("page", CLOSED, ids=named)
def test_without_a_session_every_page_leads_to_the_login(still_house: House, page: Page) -> None:
    client = still_house.browser().client
    answer = client.request(page.method, address(page), data={"csrf": "x"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=%2F")
    assert answer.text == ""


@pytest.mark.parametrize("page", CLOSED, ids=named)
def test_a_part_of_a_page_is_no_place_for_the_login(still_house: House, page: Page) -> None:
    client = still_house.browser().client
    answer = client.request(page.method, address(page), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")


@pytest.mark.parametrize("page", FORMS, ids=named)
@pytest.mark.parametrize("csrf", ["", "wrong", None])
def test_a_form_that_does_not_come_from_us_does_nothing(
    still_house: House, page: Page, csrf: str | None
) -> None:
    browser = still_house.at_work()
    fields = {} if csrf is None else {"csrf": csrf}
    answer = browser.client.post(address(page), data=fields)
    assert answer.status_code == 403
    assert browser.get("/").status_code == 200, "still logged in"


@pytest.mark.parametrize("page", [one for one in PAGES if one.who == "owner"], ids=named)
def test_accounts_and_keys_are_for_owners(still_house: House, page: Page) -> None:
    client = still_house.at_work("henri").client
    answer = client.request(page.method, address(page))
    assert answer.status_code == 403
    assert "Only an owner" in answer.text


def test_head_office_sees_no_way_to_the_accounts(still_house: House) -> None:
    assert "/accounts" not in still_house.at_work("henri").text("/")
    assert "/accounts" in still_house.at_work("odile").text("/")


@pytest.mark.parametrize("page", [one for one in CLOSED if one.method == "GET"], ids=named)
def test_every_page_may_run_our_scripts_only_and_stand_in_no_frame(
    still_house: House, page: Page
) -> None:
    answer = still_house.at_work().get(address(page))
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", answer.text)


def test_a_session_s_cookie_is_kept_from_scripts_other_sites_and_open_lines(
    house: House,
) -> None:
    def cookie(*, tls: bool) -> str:
        answer = house.browser(tls=tls).log_in("odile", PASSWORD)
        cookies = answer.headers.get_list("set-cookie")
        return next(one for one in cookies if "session=" in one)

    secure = cookie(tls=True)
    assert secure.startswith("__Host-")
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Path=/", "Max-Age=43200"):
        assert part in secure
    assert "Secure" not in cookie(tls=False)


def test_logging_out_ends_the_session_at_the_hub_too(house: House) -> None:
    browser = house.at_work()
    kept = dict(browser.client.cookies)
    assert browser.send("/logout", {}, form_at="/tills/enrol").status_code == 303
    other = house.browser()
    other.client.cookies.update(kept)
    assert other.get("/").status_code == 303


def test_the_login_goes_on_to_the_page_that_was_asked_for(house: House) -> None:
    browser = house.browser()
    asked = browser.get("/sales?day=2026-07-18&stand=GS").headers["location"]
    (shown,) = re.findall(r'name="next" value="([^"]+)"', browser.text(asked))
    answer = browser.log_in("odile", PASSWORD, next=unescape(shown))
    assert answer.headers["location"] == "/sales?day=2026-07-18&stand=GS"


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "/a\nb", "x"]
)
def test_the_login_leads_to_no_other_site(still_house: House, path: str) -> None:
    assert safe_path(path) == "/"
    answer = still_house.browser().log_in("odile", PASSWORD, next=path)
    assert answer.headers["location"] == "/"


def test_a_wrong_login_says_so_and_keeps_the_name_but_never_the_password(house: House) -> None:
    answer = house.browser().log_in("odile", "wrong & wrong")
    assert answer.status_code == 401
    assert "Name or password is wrong" in answer.text
    assert 'value="odile"' in answer.text
    assert "wrong &" not in answer.text


def test_a_login_form_of_another_site_is_shown_again_instead(house: House) -> None:
    client = house.browser().client
    answer = client.post("/login", data={"name": "odile", "password": PASSWORD, "csrf": "x"})
    assert answer.status_code == 403
    assert client.get("/").status_code == 303


def test_a_form_that_is_too_large_is_not_read_to_its_end(house: House) -> None:
    browser = house.at_work()
    fields = {"name": "x" * 100_000, "csrf": browser.csrf("/me")}
    assert browser.client.post("/me", data=fields).status_code == 413


@pytest.mark.parametrize("charset", ["punycode", "Unicode_Escape", "utf-16"])
def test_a_form_in_letters_of_another_kind_is_not_read(house: House, charset: str) -> None:
    """Punycode takes seconds for 60 kB, while the hub answers nobody; anybody may log in."""
    content = b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\na-a\r\n--x--\r\n'
    client = house.browser().client
    for said, status in ((charset, 400), ("UTF-8", 403)):
        headers = {"Content-Type": f"multipart/form-data; boundary=x; charset={said}"}
        assert client.post("/login", content=content, headers=headers).status_code == status


def test_a_damaged_form_is_a_sentence(house: House) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = house.at_work().client.post("/products/import", content=b"--y\r\n", headers=headers)
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("de,en;q=0.5,fr;q=0.7", "fr"),
        ("en-GB,fr;q=0.2", "en"),
        ("de", "en"),
        ("", "en"),
        (";q=x,,fr;q=nan", "en"),
    ],
)
def test_the_pages_speak_the_browser_s_language(
    still_house: House, header: str, language: str
) -> None:
    answer = still_house.browser().get("/login", **{"Accept-Language": header})
    assert f'<html lang="{language}">' in answer.text


def test_the_language_can_be_chosen_and_is_kept(still_house: House) -> None:
    browser = still_house.browser(language="en")
    answer = browser.get("/language/fr?back=/login")
    assert answer.headers["location"] == "/login"
    assert "Se connecter" in browser.text("/login")
    assert browser.get("/language/xx").status_code == 404


def evil_house(house: House) -> None:
    with house.hub.database.write() as connection:
        connection.execute(stand.update().values(name=EVIL))
        connection.execute(organisation.update().values(name=EVIL))
        catalogue.put_products(connection, [product(EVIL, ("S", EVIL), artist=EVIL)], utc_text(NOW))
        troubles = [
            Trouble(kind="quarantine", subject=EVIL, stand=EVIL, detail={"why": EVIL, EVIL: EVIL})
        ]
        incidents.tell(connection, troubles, utc_text(NOW))
    house.till("GS", "1", machine_name=EVIL)
    house.sell("GS", 2500, label=EVIL)
    with house.hub.database.write() as connection:
        connection.execute(till.update().values(software_version=EVIL))


def test_names_of_tills_and_files_are_text_on_every_page(house: House) -> None:
    evil_house(house)
    browser = house.at_work()
    product_path = f"/products/{product(EVIL, ()).product_id}"
    seen = 0
    for path in (
        *("/", "/now", "/tills", "/tills/enrol", "/tills/till-GS-1/revoke", "/incidents"),
        *("/products", f"/products?q={EVIL}", product_path, "/products/import", "/stock"),
        *("/sales", "/sales/1/1", "/team", "/team/stands/GS", "/unmatched", "/accounts", "/me"),
    ):
        page = browser.text(path)
        assert EVIL not in page, path
        assert "<script>" not in page, path
        seen += "&lt;script&gt;" in page
    assert seen >= 12
    answer = browser.send("/tills/enrol", {"stand": "GS"})
    assert "&lt;script&gt;" in answer.text
    assert EVIL not in answer.text


def test_every_kind_of_incident_says_what_it_means_and_what_to_do(house: House) -> None:
    kinds = get_args(Kind)
    with house.hub.database.write() as connection:
        troubles = [Trouble(kind=kind, subject=kind) for kind in kinds]
        incidents.tell(connection, troubles, utc_text(NOW))
    page = house.at_work().text("/incidents")
    for kind in kinds:
        for part in ("", ".means", ".do"):
            assert say("en", f"incident.{kind}{part}") in page
    assert say("en", "incident.other") not in page


def test_the_details_of_an_incident_are_in_words(house: House) -> None:
    other = house.till("PB", "2")
    details: list[tuple[Kind, dict[str, str | int]]] = [
        ("fork", {"why": "claimed", "owner": other}),
        ("clock", {"last_seen": "2026-07-18T19:00:00.000000Z", "now": "not a time", "seq": 1234}),
        ("quarantine", {"why": "something new", "newer": "detail"}),
    ]
    with house.hub.database.write() as connection:
        troubles = [
            Trouble(kind=kind, subject=kind, till_id=other, detail=detail)
            for kind, detail in details
        ]
        incidents.tell(connection, troubles, utc_text(NOW))
    page = re.sub(r"<[^>]+>", " ", house.at_work(language="fr").text("/incidents"))
    for told in (
        *("deux caisses disent que ce journal est le leur", "PB-2", "18/07/2026 21:00"),
        *("not a time", "1\u202f234", "something new", "newer"),
    ):
        assert told in page, told


def test_an_incident_is_closed_by_whoever_saw_to_it(house: House) -> None:
    with house.hub.database.write() as connection:
        incidents.tell(connection, [Trouble(kind="clock", subject="x")], utc_text(NOW))
    browser = house.at_work("henri")
    assert "A till’s clock is off" in browser.text("/")
    assert browser.send("/incidents/1/close", {}, form_at="/").status_code == 303
    assert "A till’s clock is off" not in browser.text("/")
    assert "closed just now by henri" in browser.text("/incidents")


def test_the_first_page_shows_the_day_by_stand_and_what_is_only_on_tills(house: House) -> None:
    house.sell("GS", 2500)
    house.sell("GS", 3500, pieces=2)
    house.sell("PB", 1000)
    house.till("GS", "1", seen_at=utc_text(NOW), waiting=2, amount_at_risk_minor=4000)
    page = house.at_work(language="fr").text("/")
    assert "70,00\u00a0€" in page
    assert "60,00\u00a0€" in page
    assert "40,00\u00a0€" in page
    assert "3 ventes" in page
    assert "4 pièces" in page
    assert "2 entrées" in page
    assert "1 sur 1" in page


def test_a_till_s_state_is_a_word_and_a_shape(house: House) -> None:
    house.till("GS", "1", seen_at=utc_text(NOW))
    browser = house.at_work()
    for minutes, word, shape in (
        (0, "in contact", "circle"),
        (5, "silent", "path"),
        (60, "no contact", "path"),
    ):
        house.clock.pass_time(minutes=minutes)
        state = re.search(r'(?s)<span class="state[^"]*"><svg.*?</span>', browser.text("/tills"))
        assert state is not None
        assert word in state[0]
        assert f"<{shape}" in state[0]


def test_a_night_belongs_to_the_evening_before(house: House) -> None:
    house.sell("GS", 2500)
    house.clock.pass_time(hours=6)  # four in the morning
    assert "€25.00" in house.at_work().text("/")
    house.clock.pass_time(hours=3)
    assert "€25.00" not in house.at_work().text("/")


def test_what_looks_the_same_is_not_sent_again(house: House) -> None:
    browser = house.at_work()
    seen = re.search(r'hx-get="(/now\?seen=\w+)"', browser.text("/"))
    assert seen is not None
    assert browser.get(seen[1]).status_code == 204
    house.sell("GS", 2500)
    assert "€25.00" in browser.text(seen[1])


def test_files_are_kept_by_browsers_under_an_address_that_changes_with_them(
    still_house: House,
) -> None:
    browser = still_house.browser()
    page = browser.text("/login")
    files = re.findall(r'(?:href|src)="(/static/([^"?]+)\?v=\w+)"', page)
    assert {name for _, name in files} <= set(STATIC)
    for path, name in files:
        answer = browser.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(STATIC[name])
        assert "immutable" in answer.headers["cache-control"]
    assert browser.get("/static/hub.py").status_code == 404
    assert browser.get("/static/..%2Fpages.py").status_code == 404


def test_every_word_is_in_the_table_and_every_word_of_the_table_is_used() -> None:
    sources = [*(WEB / "templates").glob("*.html"), *WEB.glob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources if "words_of" not in path.name)
    used = set(re.findall(r'\bt\(\s*["\']([a-z_.:]+)["\']\s*[,)]', text))
    used |= set(re.findall(r'say\(\s*(?:language, |self\.language, )?["\']([a-z_.:]+)["\']', text))
    unknown = used - WORDS.keys()
    assert not unknown, unknown
    quoted = set(re.findall(r'["\']([a-z_]+(?:\.[a-z_:]+)*)["\']', text))
    made_of_parts = {"account", "accounts", "csv", "fact", "incident", "team", "tokens", "why"}
    idle = {key for key in WORDS if key not in quoted and key.split(".")[0] not in made_of_parts}
    assert not idle, idle


def test_french_keeps_its_spaces_and_both_languages_the_same_blanks_to_fill() -> None:
    for key, (english, french) in WORDS.items():
        assert not re.search(r" [;:!?»]|« ", french), (key, french)
        blanks = [sorted(set(re.findall(r"\{(\w+)\}", one))) for one in (english, french)]
        assert blanks[0] == blanks[1], key
        assert ("|" in english) == ("|" in french), key


def test_one_and_several_are_told_apart_as_each_language_does() -> None:
    assert [say("en", "today.sales", n=n) for n in (0, 1, 2)] == ["0 sales", "1 sale", "2 sales"]
    assert [say("fr", "today.sales", n=n) for n in (0, 1, 2)] == [
        *("0 vente", "1 vente", "2 ventes")
    ]


def test_a_page_that_does_not_exist_is_a_sentence(still_house: House) -> None:
    browser = still_house.at_work()
    for path in ("/tills/nobody/revoke", "/products/none", "/sales/9/9", "/team/staff/NO"):
        answer = browser.get(path)
        assert (answer.status_code, "There is no such page" in answer.text) == (404, True), path


@pytest.mark.parametrize(
    "number", ["9" * 16, "99999999999999999999999", "9" * 5000, "-1", "1.0", "x", "١"]
)
def test_a_number_that_no_row_has_is_no_page(still_house: House, number: str) -> None:
    browser = still_house.at_work()
    said = [browser.get(f"/sales/{number}/1"), browser.get(f"/sales/1/{number}")]
    said.append(browser.send(f"/incidents/{number}/close", {}, form_at="/me"))
    assert [one.status_code for one in said] == [404] * 3
    assert all("There is no such page" in one.text for one in said)


def test_a_day_that_is_none_is_today(house: House) -> None:
    house.sell("GS", 2500)
    browser = house.at_work()
    for day in ("", "x", "2026-13-01", "0001-01-01", "9999-12-31", "2026-07-18"):
        assert "€25.00" in browser.text(f"/sales?day={day}&page=x"), day
    assert DAY == "2026-07-18"


def test_a_stand_of_training_says_so_on_every_page(house: House) -> None:
    with house.hub.database.write() as connection:
        connection.execute(organisation.update().values(mode="training"))
    assert "nothing here is real" in house.at_work().text("/")
    assert "Formation" in house.at_work(language="fr").text("/")


def test_training_has_the_word_that_it_has_at_the_till() -> None:
    told = [french for english, french in WORDS.values() if "training" in english.lower()]
    assert len(told) == 3
    assert all("formation" in french.lower() for french in told), told


def test_a_till_that_was_never_enrolled_is_no_row(house: House) -> None:
    with house.hub.database.write() as connection:
        connection.execute(insert(stand).values(stand="ZZ", name="Closed", is_active=False))
    assert "Closed" not in house.at_work().text("/")

"""Head office's pages in a real browser, served by a real server on loopback."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import cast

import httpx2
import msgspec
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from pos.clock import utc_text
from sync.enrolment_code import read_invitation
from sync.enrolment_protocol import Enrolled, JournalClaim
from sync.hub.meaning import Trouble
from sync.hub.store import catalogue, incidents
from tests.sync.hub.house import SellingTill
from tests.sync.hub.serving import Device, request_to_join
from tests.sync.hub.web.goods import EVIL, product
from tests.sync.hub.web.house import NOW, PASSWORD, House
from tests.sync.hub.web.served import chromium, served
from tests.sync.journals import a_key
from ui.theme.palette import DAY, NIGHT

HANG_GUARD_MS = 60_000
SHIRT = product("T-shirt Tournée", ("S", "M"))
expect.set_options(timeout=HANG_GUARD_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def address(house: House) -> Iterator[str]:
    with served(house.hub) as address:
        yield address


class Desk:
    """Somebody of head office at a browser; what it complains of is kept."""

    def __init__(self, browser: Browser, address: str, **looks: object) -> None:
        looks = {"locale": "en", "viewport": {"width": 1440, "height": 900}} | looks
        self.context = browser.new_context(**looks)  # type: ignore[arg-type]  # playwright's own
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(HANG_GUARD_MS)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address = address

    def log_in(self, name: str = "odile") -> Desk:
        self.page.goto(f"{self.address}/login")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.press("#password", "Enter")
        self.page.wait_for_url(f"{self.address}/")
        return self

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    desk = Desk(browser, address).log_in()
    yield desk
    desk.context.close()
    unexpected = [one for one in desk.complaints if "more info" not in one.lower()]
    assert not unexpected, "the browser complains"


def mark(page: Page) -> None:
    """Leave a mark that goes away when the page is loaded again."""
    page.evaluate("window.stillHere = true")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.stillHere === true"))


def read_code(page: Page) -> str:
    """Read the QR code as a scanner would: from a picture of the page."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def join(address: str, code: str, house: House) -> Device:
    """Enrol a till over the network, with the code that somebody scanned or typed."""
    client = httpx2.Client(base_url=address)
    key = a_key(4_711)
    asked = request_to_join(code, key, fingerprint=b"")
    answer = client.post("/v1/enrol", content=msgspec.json.encode(asked))
    assert answer.status_code == 200, answer.text
    enrolled = msgspec.json.decode(answer.content, type=Enrolled)
    return Device(
        client=cast("TestClient", client),
        key=key,
        enrolled=enrolled,
        clock=house.clock,  # type: ignore[arg-type]  # both are called for the time
    )


def test_a_till_joins_by_the_code_on_the_page_and_its_sale_arrives_without_reloading(
    house: House, desk: Desk, address: str
) -> None:
    page = desk.go("/tills/enrol")
    page.get_by_label("Grande Scène").check()
    page.get_by_role("button", name="Show the code").click()
    expect(page.locator("#code-state")).to_contain_text("Waiting for the till")
    invitation = read_invitation(read_code(page))
    assert invitation.address == "https://hub.example:8443"
    assert page.locator("#code").inner_text() == invitation.code
    assert invitation.code not in page.url
    mark(page)
    till = join(address, invitation.code, house)
    expect(page.locator("#code-state")).to_contain_text("Till GS-1 is here")
    assert is_marked(page)

    page = desk.go("/")
    mark(page)
    expect(page.locator("#turnover")).to_have_text("€0.00")
    journal = SellingTill(stand="GS")
    journal.sell(2)
    claim = JournalClaim(public_key=a_key(1).public.hex(), mode="live")
    path = f"/v1/journals/{journal.journal_id}"
    assert till.ask("PUT", path, msgspec.json.encode(claim)).status_code == 204
    assert till.send(journal.journal_id, journal.batch()).status_code == 200
    while house.hub.step_jobs():
        pass
    expect(page.locator("#turnover")).to_have_text("€50.00")
    expect(page.locator("#sales-count")).to_have_text("1 sale")
    assert is_marked(page), "the page was loaded again"
    cast("httpx2.Client", till.client).close()


def test_the_code_can_be_scanned_at_night_and_from_a_phone(
    house: House, browser: Browser, address: str
) -> None:
    looks = {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}
    desk = Desk(browser, address, **looks).log_in()
    page = desk.go("/tills/enrol?stand=GS")
    page.get_by_role("button", name="Show the code").click()
    page.locator("#qr").scroll_into_view_if_needed()
    assert read_invitation(read_code(page)).code == page.locator("#code").inner_text()
    desk.context.close()


def test_a_price_is_changed(house: House, desk: Desk) -> None:
    with house.hub.database.write() as connection:
        catalogue.put_products(connection, [SHIRT], utc_text(NOW))
    page = desk.go("/products")
    page.get_by_label("Name, artist, SKU or barcode").fill("shirt")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="T-shirt Tournée").click()
    page.get_by_label("Price of M").fill("27.50")
    page.get_by_role("button", name="Change prices").click()
    expect(page.get_by_role("status")).to_contain_text("1 price changed")
    expect(page.get_by_label("Price of M")).to_have_value("27.50")
    expect(page.get_by_label("Price of S")).to_have_value("25.00")


def test_a_till_is_revoked_after_a_question(house: House, desk: Desk) -> None:
    house.till("GS", "1", seen_at=utc_text(NOW), waiting=3, amount_at_risk_minor=12400)
    page = desk.go("/tills")
    page.get_by_role("link", name="Revoke GS-1").click()
    expect(page.get_by_role("alert")).to_contain_text("€124.00 is still only on this till")
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("tbody .state")).to_have_text("in contact")
    page.get_by_role("link", name="Revoke GS-1").click()
    page.get_by_role("button", name="Revoke this till").click()
    expect(page.get_by_role("status")).to_contain_text("Till GS-1 is revoked")
    expect(page.locator("tbody .state")).to_have_text("revoked")


def test_a_file_is_looked_at_and_imported_on_one_page(house: House, desk: Desk) -> None:
    page = desk.go("/products/import")
    mark(page)
    content = "Handle,Title,Option1 Name,Option1 Value,Variant Price\nmug,Mug,Title,Default,8.00\n"
    file = {"name": "shop.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.set_input_files("#file", file)  # type: ignore[arg-type]  # playwright's own kind of dict
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator("#outcome")).to_contain_text("Nothing is changed yet")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#outcome")).to_contain_text("Imported.")
    assert is_marked(page)
    expect(desk.go("/products").get_by_role("link", name="Mug")).to_be_visible()


def test_an_incident_is_closed_and_the_focus_of_the_keyboard_outlives_news(
    house: House, desk: Desk
) -> None:
    with house.hub.database.write() as connection:
        incidents.tell(connection, [Trouble(kind="clock", subject="x")], utc_text(NOW))
    page = desk.go("/")
    page.locator("#close-1").focus()
    house.sell("GS", 2500)
    expect(page.locator("#turnover")).to_have_text("€25.00")
    assert page.evaluate("document.activeElement.id") == "close-1"
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing to look at")).to_be_visible()


def test_figures_that_grow_old_are_not_passed_off_as_new(house: House, browser: Browser) -> None:
    with served(house.hub) as address:
        desk = Desk(browser, address).log_in()
        expect(desk.page.locator("#lost")).to_be_hidden()
    expect(desk.page.locator("#lost")).to_contain_text("The hub does not answer")
    desk.context.close()


def test_a_session_that_is_over_leads_to_the_login_by_itself(house: House, desk: Desk) -> None:
    house.clock.pass_time(hours=13)
    expect(desk.page.locator("#password")).to_be_visible()
    desk.complaints.clear()  # of the 401 that told it


def test_a_product_called_script_runs_nothing(house: House, desk: Desk) -> None:
    with house.hub.database.write() as connection:
        catalogue.put_products(connection, [product(EVIL, ("S",))], utc_text(NOW))
    desk.page.on("dialog", lambda dialog: desk.complaints.append(dialog.message))
    expect(desk.go("/products").get_by_role("link", name=EVIL)).to_be_visible()


def test_without_a_mouse_one_comes_to_everything(house: House, desk: Desk) -> None:
    page = desk.go("/")
    reached = set()
    for _ in range(40):  # all the way round: browsers do not agree on where it begins
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid" or page.evaluate("document.activeElement === document.body")
    everything = {"/", "/tills", "/products", "/stock", "/sales", "/team", "/accounts"}
    assert {"#content", *everything} <= reached


PATHS = (
    *("/", "/tills", "/tills/enrol", "/tills/till-GS-1/revoke", "/incidents", "/products"),
    *(f"/products/{SHIRT.product_id}", "/products/import", "/stock", "/sales", "/sales/1/1"),
    *("/team", "/team/staff/new", "/team/stands/GS", "/accounts", "/me", "/unmatched"),
)


def a_busy_house(house: House) -> None:
    house.till("GS", "1", seen_at=utc_text(NOW), machine_name="a-machine-with-a-very-long-name")
    house.till("PB", "1")
    house.sell("GS", 123_456_00, label="A product with a very long name, in every language · XXL")
    with house.hub.database.write() as connection:
        catalogue.put_products(connection, [SHIRT], utc_text(NOW))
        troubles = [Trouble(kind="fork", subject="x", stand="GS", detail={"why": "forked"})]
        incidents.tell(connection, troubles, utc_text(NOW))


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("fr", 360, "dark"),
        ("en", 1440, "light"),
        pytest.param("fr", 360, "light", marks=pytest.mark.soak),
        pytest.param("en", 1440, "dark", marks=pytest.mark.soak),
    ],
)
def test_every_page_fits_and_can_be_read(
    house: House, browser: Browser, address: str, scheme: str, language: str, width: int
) -> None:
    a_busy_house(house)
    looks = {
        "locale": language,
        "color_scheme": scheme,
        "viewport": {"width": width, "height": 800},
    }
    desk = Desk(browser, address, **looks).log_in()
    for path in PATHS:
        page = desk.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        faint = page.evaluate(FAINT)
        assert not faint, (path, faint)
        unnamed = page.evaluate(UNNAMED)
        assert not unnamed, (path, unnamed)
        small = page.evaluate(SMALL)
        assert not small, (path, small)
    desk.context.close()


# Contrast as WCAG 2 has it: 7 for figures and names, 4.5 for what comes second.
FAINT = """() => {
  const light = (c) => { const v = c.map(x => { x /= 255; return x <= .04045 ? x / 12.92
    : ((x + .055) / 1.055) ** 2.4 }); return .2126 * v[0] + .7152 * v[1] + .0722 * v[2] };
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (e) => { for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c }
    return [255, 255, 255] };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), e = walker.currentNode.parentElement;
    if (!text || !e.checkVisibility() || e.closest('.aside-from-sight, .skip, option')) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
    const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const second = e.closest(
      'a, .soft, .hint, .plain, dt, thead, .over, .over-row, .below, .bad, .said');
    if (contrast < (second ? 4.5 : 7)) found.push([text.slice(0, 40), contrast.toFixed(2)]);
  }
  return found;
}"""

UNNAMED = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select')]
  .filter(e => !(e.labels && e.labels.length) && !e.ariaLabel && !e.textContent.trim())
  .map(e => e.outerHTML.slice(0, 80))"""

SMALL = """() => [...document.querySelectorAll('button, .key, input:not([type=hidden]), select')]
  .filter(e => e.checkVisibility() && !['checkbox', 'radio'].includes(e.type))
  .filter(e => e.getBoundingClientRect().height < 40)
  .map(e => e.outerHTML.slice(0, 80))"""


def test_the_colours_are_those_of_the_till() -> None:
    from sync.hub.web.pages import static_file

    css = static_file("hub.css").decode()
    blocks = re.findall(r":root \{(.*?)\n\s*\}", css, re.DOTALL)
    for palette, block in zip((DAY, NIGHT), blocks, strict=True):
        colours = dict(re.findall(r"--([a-z-]+): (#\w{6});", block))
        assert len(colours) > 12
        for name, value in colours.items():
            assert getattr(palette, name.replace("-", "_")) == value, (palette.name, name)

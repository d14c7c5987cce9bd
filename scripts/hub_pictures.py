"""Make the pictures of head office's pages: python -m scripts.hub_pictures, into docs/pictures/.

The hub is a real one on loopback, with a festival's evening in it; the browser is Chromium.
Whoever changes a page opens its pictures (`--all`, into pictures-out/)
before saying that it is done.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from pos.clock import utc_text
from pos.domain.feed import StaffListed
from pos.ids import OperatorCode
from sync.hub.meaning import Movement, Trouble
from sync.hub.store import aliases, catalogue, incidents, people, stock, tills
from tests.sync.hub.web.goods import product
from tests.sync.hub.web.house import NOW, ORGANISATION_ID, PASSWORD, House, built
from tests.sync.hub.web.served import chromium, served

ROOT = Path(__file__).parent.parent
DOCS, ALL = ROOT / "docs" / "pictures", ROOT / "pictures-out"
COLOURS, BYTES_MAX = 128, 150_000
SEED = 18


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    scheme: str
    language: str
    width: int
    height: int

    @property
    def name(self) -> str:
        theme = "day" if self.scheme == "light" else "night"
        return f"{theme}-{self.language}-{self.width}"


LOOKS = (
    *(Look(scheme, "fr", 1440, 900) for scheme in ("light", "dark")),
    *(Look(scheme, "en", 390, 844) for scheme in ("light", "dark")),
)
PAGES = {
    "today": "/",
    "tills": "/tills",
    "where": "/tills/enrol",
    "products": "/products",
    "stock": "/stock",
    "sales": "/sales",
    "team": "/team",
    "accounts": "/accounts",
    "incidents": "/incidents",
    "unmatched": "/unmatched",
    "import": "/products/import",
}
SHOWN = (
    ("today", Look("light", "en", 1440, 900)),
    ("today", Look("dark", "fr", 390, 844)),
    ("enrol", Look("light", "fr", 1440, 900)),
    ("stock", Look("dark", "en", 1440, 900)),
)


def fill(house: House) -> None:
    """Let it be nine in the evening of a good day, with a till that nobody reaches."""

    def ago(**passed: int) -> str:
        return utc_text(NOW - timedelta(**passed))

    shelf = (
        product("T-shirt Goéland", ("S", "M", "L", "XL")),
        product("Hoodie Nuit blanche", ("S", "M", "L"), minor=5500, artist="Vespérine"),
        product("Vinyle Marée haute", ("LP",), minor=3000),
        product("Tote bag Chevreuil", ("Unique",), minor=1500, artist="Chevreuils"),
    )
    with house.hub.database.write() as connection:
        tills.add_stand(connection, "CA", "Camping")
        catalogue.put_products(connection, shelf, ago(days=1))
        catalogue.put_staff(connection, [_somebody(*one) for one in _STAFF])
        variants = [one.variant_id for each in shelf for one in each.variants]
        for place, code in enumerate(("GS", "PB", "CA")):
            pieces = {one: (at * 7 + place * 3) % 23 + 2 for at, one in enumerate(variants)}
            pieces[variants[1]] = -2 if code == "GS" else 14
            stock.bring(connection, ORGANISATION_ID, code, pieces, ago(hours=2))
        stock.add_to_journal(connection, 1, {("CA", "other"): Movement(pieces=-1)})
        labels = {"other": "T-shirt Goéland · XXL"}
        aliases.note_moved(connection, labels.keys(), labels, ago(minutes=40))
        fork: dict[str, str | int] = {"why": "forked", "entries": 12, "seq": 814}
        trouble = Trouble(kind="fork", subject="j", stand="PB", till_id="till-PB-1", detail=fork)
        incidents.tell(connection, [trouble], ago(minutes=12))
        people.make_token(connection, "Comptabilité", ["sales:read"], NOW)
    house.till("GS", "1", seen_at=ago(seconds=4))
    house.till("GS", "2", seen_at=ago(seconds=20), waiting=2, amount_at_risk_minor=5500)
    house.till("CA", "1", seen_at=ago(minutes=3))
    house.till("PB", "1", seen_at=ago(minutes=64), waiting=41, amount_at_risk_minor=124000)
    dice = random.Random(SEED)  # noqa: S311 so that the pictures stay as they are
    for _ in range(240):
        stand = dice.choice(("GS", "GS", "GS", "PB", "CA"))
        house.sell(stand, dice.choice((2500, 2500, 3000, 1500, 5500)), pieces=dice.randint(1, 2))


_STAFF = (("MGR1", "Manon Verdier", "manager"), ("A1", "Adèle", "cashier"), ("B2", "Bo", "clerk"))


def _somebody(code: str, name: str, role: str) -> StaffListed:
    return StaffListed(code=OperatorCode(code), name=name, role=role, pin_hash="")


def logged_in(browser: Browser, address: str, look: Look) -> Page:
    """Return a browser's page of somebody who has logged in."""
    page = browser.new_page(
        color_scheme="dark" if look.scheme == "dark" else "light",
        locale=look.language,
        viewport={"width": look.width, "height": look.height},
    )
    page.goto(f"{address}/login")
    page.fill("#name", "odile")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def picture(page: Page, address: str, name: str, *, whole: bool) -> bytes:
    """Return a picture of a page; `enrol` is the one with the code."""
    page.goto(address + PAGES.get(name, "/tills/enrol?stand=GS"))
    if name == "enrol":
        page.locator("button.go").click()
        page.locator("#qr").wait_for()
    page.wait_for_function("document.fonts.status === 'loaded'")
    return page.screenshot(full_page=whole)


def keep(png: bytes, path: Path) -> None:
    """Write a picture in few colours: the manual is small."""
    small = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size} bytes")
    if size > BYTES_MAX:
        raise SystemExit(f"{path.name} is larger than {BYTES_MAX} bytes")


def main() -> None:
    """Make the pictures of the manual, or of every page in every look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every page, into pictures-out/")
    is_all = parser.parse_args().all
    wanted = [(name, look) for look in LOOKS for name in (*PAGES, "enrol")] if is_all else SHOWN
    folder = ALL if is_all else DOCS
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        built(Path(data)) as house,
        served(house.hub) as address,
        chromium() as browser,
    ):
        fill(house)
        pages = {look: logged_in(browser, address, look) for look in {look for _, look in wanted}}
        for name, look in wanted:
            png = picture(pages[look], address, name, whole=is_all)
            if is_all:
                (folder / f"hub-{name}-{look.name}.png").write_bytes(png)
            else:
                keep(png, folder / f"hub-{name}-{look.name}.png")


if __name__ == "__main__":
    main()

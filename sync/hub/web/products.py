"""Products: finding them, changing their prices, bringing a file in after a look at it."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from starlette.datastructures import UploadFile
from starlette.responses import Response

from pos.clock import utc_text
from pos.domain.catalogue import Product
from pos.importers.import_request import ImportSummary
from pos.importers.messages import sentence_of, sentence_of_file
from pos.importers.notices import Notice, UnreadableFile
from pos.money import Money
from sync.hub import catalogue
from sync.hub.store.browsing import product_of, products_found
from sync.hub.store.catalogue import ProductTooLarge, all_stands
from sync.hub.web.shown import read_amount
from sync.hub.web.visit import Visit

PAGE = 40
UPLOAD_BYTES_MAX = 32 * 1024 * 1024
NOTICES_MAX = 100


def products_page(visit: Visit) -> Response:
    """Show products by name, or those that fit what was typed."""
    asked, number = visit.query.get("q", "").strip(), visit.page_number
    with visit.hub.database.read() as connection:
        count, found = products_found(connection, asked, start=(number - 1) * PAGE, limit=PAGE)
    return visit.page(
        "products.html",
        count=count,
        has_more=number * PAGE < count,
        number=number,
        prices=prices,
        products=found,
        q=asked,
    )


def prices(product: Product) -> tuple[int, int]:
    """Return the lowest and the highest price of a product."""
    minor = [one.price.minor for one in product.variants] or [0]
    return min(minor), max(minor)


def product_page(visit: Visit) -> Response:
    with visit.hub.database.read() as connection:
        product = product_of(connection, visit.part("product_id"))
    if product is None:
        return visit.not_found()
    return visit.page("product.html", product=product, problem="", said="")


def change_prices(visit: Visit) -> Response:
    """Change the prices that somebody typed over; what they left alone stays as it is now.

    A page may have been open while somebody else changed a price or added a size: only what was
    typed counts.
    """
    product_id = visit.part("product_id")
    with visit.hub.database.read() as connection:
        product = product_of(connection, product_id)
    if product is None:
        return visit.not_found()
    wanted: dict[str, Money] = {}
    for one in product.variants:
        if f"price-{one.variant_id}" not in visit.form:
            continue  # it came after the page was opened
        typed = visit.typed(f"price-{one.variant_id}")
        minor = read_amount(typed, visit.currency)
        if minor is None:
            problem = visit.say("products.bad_price", value=typed[:40])
            response = visit.page("product.html", product=product, problem=problem, said="")
            response.status_code = 422
            return response
        if str(minor) != visit.typed(f"was-{one.variant_id}"):
            wanted[one.variant_id] = Money(minor, visit.currency)
    product = _change(visit, product, wanted)
    visit.hub.wake()
    said = "products.changed" if wanted else "products.unchanged"
    said = visit.say(said, n=len(wanted))
    return visit.page("product.html", product=product, problem="", said=said)


def _change(visit: Visit, product: Product, wanted: dict[str, Money]) -> Product:
    with visit.hub.database.write() as connection:
        for variant_id, price in wanted.items():
            product = catalogue.set_price(
                connection, product.product_id, variant_id, price, utc_text(visit.now)
            )
    return product


@dataclass(slots=True)
class Heard:
    """What an import says while it runs; the first of each kind of notice are kept."""

    notices: list[Notice] = field(default_factory=list)
    count: int = 0

    def notice(self, notice: Notice) -> None:
        self.count += 1
        if len(self.notices) < NOTICES_MAX:
            self.notices.append(notice)

    def progress(self, phase: Literal["check", "apply"], done: int, total: int) -> None:
        """Nobody watches: the answer comes when all is done."""


def import_page(visit: Visit) -> Response:
    return visit.page("import.html", **_import_context(visit))


def import_file(visit: Visit) -> Response:
    """Say what a file would do, or do it, if it is the one that was looked at."""
    file = visit.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _outcome(visit, problem=visit.say("import.no_file"))
    is_import = visit.typed("do") == "go"
    with _kept(file) as path:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if is_import and visit.typed("looked_at") != digest:
            return _outcome(visit, problem=visit.say("import.differs"))
        return _take(visit, path, file.filename, digest if not is_import else "")


@contextmanager
def _kept(file: UploadFile) -> Iterator[Path]:
    """An import reads its file twice, from the disk."""
    with tempfile.TemporaryDirectory(prefix="echoppe-") as folder:
        path = Path(folder) / "products.csv"
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        yield path


def _take(visit: Visit, path: Path, name: str, looked_at: str) -> Response:
    """Import a file; with the digest of one that is only looked at, say what would happen."""
    heard = Heard()
    request = catalogue.Request(
        stand=visit.typed("stand"), skip_bad_rows=visit.typed("skip") == "yes"
    )
    database = visit.hub.database
    try:
        if looked_at:
            summary = catalogue.check_products(database, path, request, heard)
        else:
            summary = catalogue.import_products(database, path, request, heard, now=visit.hub.clock)
            visit.hub.wake()
    except UnreadableFile as problem:
        return _outcome(visit, problem=sentence_of_file(problem, name, visit.language))
    except ProductTooLarge:
        return _outcome(visit, problem=visit.say("import.too_large"))
    except catalogue.NotFound:
        return visit.not_found()
    return _outcome(visit, summary=summary, heard=heard, looked_at=looked_at)


def _import_context(visit: Visit) -> dict[str, object]:
    with visit.hub.database.read() as connection:
        stands = [one for one in all_stands(connection) if one.is_active]
    empty: dict[str, object] = {"problem": "", "summary": None, "looked_at": ""}
    return {"stands": stands, "sentences": [], "more": 0} | empty


def _outcome(
    visit: Visit,
    *,
    problem: str = "",
    summary: ImportSummary | None = None,
    heard: Heard | None = None,
    looked_at: str = "",
) -> Response:
    heard = heard or Heard()
    sentences = [sentence_of(notice, visit.language) for notice in heard.notices]
    said = {
        "looked_at": looked_at,
        "more": heard.count - len(sentences),
        "problem": problem,
        "sentences": sentences,
        "summary": summary,
    }
    if visit.is_of_htmx:
        return visit.page("import_outcome.html", **said)
    return visit.page("import.html", **(_import_context(visit) | said))

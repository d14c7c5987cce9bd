"""`echoppe demo --scripted`: a stand day, played, looked at and added up."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtWidgets import QApplication

from pos.ids import SaleId
from pos.money import Money, total
from pos.reports.sales import DayTotals, FindSale, SaleRecord, TotalsOn
from pos.verification import verify_journals
from ui import format as text_of
from ui.cli_verify import lines_of
from ui.demo.beside import SecondTill
from ui.demo.day import Day
from ui.demo.festival import Festival
from ui.demo.hub import DemoHub
from ui.demo.player import Scene, expect
from ui.demo.playing import Failure, Performance, perform, scripted_settings
from ui.demo.plug import DiedOtherwise, play_until_the_cut
from ui.demo.stage import NumberedAlbum, Stage
from ui.demo.stand import DemoFolder, lock_demo
from ui.demo.words import Language, say


@dataclass(slots=True)
class _Book:
    """What the till itself says of the day, asked at its end."""

    acknowledged: list[SaleId] = field(default_factory=list)
    sales: list[SaleRecord] = field(default_factory=list)
    day: DayTotals | None = None


def play_a_day(
    demo: DemoFolder,
    language: Language,
    echo: Callable[[str], None],
    hub: DemoHub | None = None,
) -> int:
    """Play the day on a stand that is set up; return the exit status: 0 if all was as scripted.

    With a hub, which runs, a second till stands beside the first.
    """
    album = NumberedAlbum(demo.pictures).emptied()
    printed_before = set(demo.receipts.glob("*.escpos"))

    def told(scene: str) -> None:
        echo(say(language, "did", what=say(language, scene)))

    try:
        first_half = play_until_the_cut(demo, language, told)
    except DiedOtherwise as ending:
        first_half = Failure("unplugged", str(ending), "")
    if isinstance(first_half, Failure):
        return _failed(first_half, language, echo)
    book = _Book(acknowledged=list(first_half))
    second = SecondTill(demo, language) if hub is not None else None
    performance = Performance(
        demo=demo,
        settings=scripted_settings(demo, language),
        album=album,
        scenes=lambda stage: _second_half(stage, book, hub, second),
        told=lambda scene: told(scene) if scene != "books" else None,
    )
    try:
        failure = perform(_application(), performance, lock_demo(demo))
    finally:
        if second is not None:
            second.close()
    if failure is not None:
        return _failed(failure, language, echo)
    printed = len(set(demo.receipts.glob("*.escpos")) - printed_before)
    for line in _summary(demo, book, printed, language):
        echo(line)
    return _verify(demo, language, echo)


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def _second_half(
    stage: Stage, book: _Book, hub: DemoHub | None, second: SecondTill | None
) -> Iterator[tuple[str, Scene]]:
    yield from Day(stage).after_the_cut()
    if hub is not None and second is not None:
        yield from Festival(stage, hub, second).scenes()
    yield "books", _ask_for_the_books(stage, book)


def _ask_for_the_books(stage: Stage, book: _Book) -> Scene:
    """Ask the till for every sale that a screen acknowledged, before the cut and after."""
    book.acknowledged += [sale.sale_id for sale in stage.sales]
    for sale_id in book.acknowledged:
        found: list[SaleRecord | None] = []
        yield stage.asked(FindSale(sale_id=sale_id), found)
        record = found[0]
        expect(record is not None, f"sale {sale_id}, acknowledged on the screen, is in the journal")
        assert record is not None
        book.sales.append(record)
    numbers = [record.sale.number for record in book.sales]
    expect(
        numbers == list(range(numbers[0], numbers[0] + len(numbers))),
        f"receipt numbers are without gaps: {numbers}",
    )
    days: list[DayTotals] = []
    last = book.sales[-1].sale
    yield stage.asked(TotalsOn(business_date=last.business_date), days)
    book.day = days[0]


def _failed(failure: Failure, language: Language, echo: Callable[[str], None]) -> int:
    echo(say(language, "failed", scene=say(language, failure.scene or "open"), what=failure.what))
    if failure.picture:
        echo(say(language, "photo_of_failure", path=failure.picture))
    return 1


def _summary(demo: DemoFolder, book: _Book, printed: int, language: Language) -> Iterator[str]:
    assert book.day is not None
    sales = [record.sale for record in book.sales]
    currency = sales[0].total.currency
    yield ""
    for sale in sales:
        amount = text_of.money(sale.total, language)
        yield say(language, "sold", number=sale.receipt_number, amount=amount)
    yield say(
        language,
        "played",
        sales=len(sales),
        pieces=sum(line.quantity for sale in sales for line in sale.lines),
        total=text_of.money(total((sale.total for sale in sales), currency), language),
    )
    methods = ", ".join(
        f"{say(language, method)} {text_of.money(Money(minor, currency), language)}"
        for method, minor in book.day.by_method
    )
    yield say(
        language,
        "day",
        date=book.day.business_date,
        sales=book.day.sales,
        total=text_of.money(Money(book.day.total_minor, currency), language),
        methods=methods,
    )
    album = NumberedAlbum(demo.pictures)
    yield say(language, "pictures", count=len(album.pictures()), path=album.folder)
    yield say(language, "receipts", count=printed, path=demo.receipts)
    yield say(language, "journal", path=demo.folders.training)


def _verify(demo: DemoFolder, language: Language, echo: Callable[[str], None]) -> int:
    found = verify_journals(demo.folders)
    for verification in found:
        for line in lines_of(verification, demo.folders, language):
            echo(line)
    return 0 if found and all(verification.is_whole for verification in found) else 1

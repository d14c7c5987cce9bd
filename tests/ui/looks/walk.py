"""A walk through every screen of the till, in every state that shows words of its own.

Who adds a page, adds its states here; `test_texts` says when one was never seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.tender import Method, TakenSoFar, Tender
from pos.errors import JournalBroken, PrinterUnavailable, TrainingOnly
from pos.ids import BasketId, SaleId
from pos.importers.messages import Language, sentence_of, sentence_of_file
from pos.importers.notices import Notice as RowNotice
from pos.importers.notices import NotInFile, RowProblem, RowWarning, UnreadableFile
from pos.reports.catalogue import CountCatalogue
from tests.builders import an_import_summary, euros
from tests.ui.looks.stand import WAIT_MS
from tests.ui.sampled_errors import PRINTER_REASONS, REFUSALS, TROUBLES, UNRATED, UNSAVED
from tests.ui.sync.hubs import (
    APART,
    HUB,
    HUB_STATES,
    HUB_TROUBLES,
    JOIN_PROBLEMS,
    PEERS,
    FakeEngine,
)
from ui import format as text_of
from ui import wording
from ui.app import TillApp
from ui.demo import CATALOGUE
from ui.first_start import preview_of
from ui.main_window import MainWindow
from ui.scanning.calibration import Calibration
from ui.screens.catalogue_choice import CataloguePreview
from ui.screens.done.wording import received
from ui.screens.join import wording as joining
from ui.screens.payment import doubts
from ui.screens.payment.wording import (
    not_before_it_is_known,
    note_unread,
    paid_too_much,
    taken_is_not_known,
)
from ui.screens.rows import Notice, PaymentText
from ui.screens.settings import wording as settings_text
from ui.screens.sync.state import HubStatus
from ui.screens.welcome import wording as first_start
from ui.screens.welcome.presenter import FIELDS, STEPS, WelcomePresenter
from ui.syncing import Tells, Till
from ui.widgets.banner import BannerText
from ui.widgets.receipt_window import ReceiptWindow
from ui.widgets.size_key import SizeKey

HUGE = (1_234_567, 1_235_000, 1_240_000, 1_250_000, 1_260_000)
"""An amount that hardly ever comes, and the next sums of notes; cents."""

UNKNOWN_CODE = "4006381333931"
ELSEWHERE = {
    "en": "Grande scène has 4, 3 min ago",
    "fr": "Grande scène en a 4, il y a 3\N{NO-BREAK SPACE}min",
}
FIELD_PROBLEMS = ("length", "format", "check_digit", "mismatch", "conflict", "differs", "else")
EXACT_PROBLEMS = (
    ("length", first_start.Typed("registration", "1234567820001", "FR")),
    ("format", first_start.Typed("registration", "12345678A00010", "FR")),
    ("length", first_start.Typed("registration", "012345674", "BE")),
    ("format", first_start.Typed("registration", "2123456749", "BE")),
    ("format", first_start.Typed("vat_number", "12345678", "FR")),
    ("format", first_start.Typed("vat_number", "0123456749", "BE")),
    ("length", first_start.Typed("name", "x" * 99, "FR")),
)
SET_UP = {
    "country": "FR",
    "vat_exemption": "",
    "stand_code": "GS",
    "till_code": "1",
    "manager_code": "ZOE",
    "name": "Les Disques du Quai",
    "legal_form": "SARL",
    "street": "12 rue des Ateliers",
    "town": "44000 Nantes",
    "registration": "12345678200010",
    "vat_number": "FR11123456782",
    "stand_name": "Grande scène",
    "manager_name": "Zoé",
    "pin": "314159",
    "pin_again": "314159",
}


def import_sentences(language: Language) -> tuple[str, ...]:
    """Return what is said of a file that cannot be read, and of the rows of one that can."""
    rows: tuple[RowNotice, ...] = (
        RowProblem(line=12, column="Variant Price", kind="too_many_decimals", value="25,999"),
        RowProblem(line=14, column="Variant Barcode", kind="barcode_number", value="3,76E+12"),
        RowWarning(line=0, column="", kind="no_quantities"),
        NotInFile(name="T-shirt manches longues Lune rousse"),
    )
    unreadable = sentence_of_file(UnreadableFile("spreadsheet"), "produits-2026.csv", language)
    return (unreadable, *(sentence_of(row, language) for row in rows))


@dataclass(slots=True)
class Walk:
    """Goes from state to state; `states` yields the name of each on arrival.

    What is on the screen then is `top`: the till's window, or one that stands before it.
    """

    qtbot: QtBot
    till: TillApp
    top: QWidget = field(init=False)
    seen: set[str] = field(default_factory=set)

    @property
    def window(self) -> MainWindow:
        return self.till.window

    def states(self) -> Iterator[str]:
        """Visit every state, one after the other."""
        self.top = self.window
        for stage in (
            self._checkout,
            self._notices,
            self._payment,
            self._done,
            self._preview,
            self._lights,
            self._banners,
            self._trouble,
            self._welcome,
            self._settings,
            self._hub,
            self._help,
            self._pages_without_states,
        ):
            for name in stage():
                _settle()
                self.seen |= {type(page).__name__ for page in self._pages()}
                self.seen |= {type(self.top).__name__}
                yield f"{stage.__name__.strip('_')}: {name}"

    def _pages(self) -> list[QWidget]:
        """Return the pages of all stacks that are in front."""
        stacks = self.top.findChildren(QStackedWidget)
        return [
            page
            for stack in stacks
            if stack.isVisibleTo(self.top) and (page := stack.currentWidget()) is not None
        ]

    def _is_answered(self) -> Callable[[], bool]:
        """Return what says whether all that was asked so far is answered."""
        answers: list[object] = []
        self.till.bridge.ask(CountCatalogue(), done=answers.append)
        return lambda: bool(answers)

    def _press(self, within: QWidget, icon_name: str) -> None:
        found = [
            button
            for button in within.findChildren(QPushButton)
            if button.isVisibleTo(within) and button.property("icon_name") == icon_name
        ]
        found[0].click()

    def _keys(self) -> list[SizeKey]:
        return [key for card in self.window.checkout.grid.cards for key in card.keys]

    # States --------------------------------------------------------------------------------------

    def _checkout(self) -> Iterator[str]:
        checkout, page = self.till.checkout, self.window.checkout
        self.qtbot.waitUntil(lambda: len(self._keys()) > 20, timeout=WAIT_MS)
        yield "an empty basket"
        alive = [key for key in self._keys() if not key.is_sold_out]
        for key in (alive[0], alive[0], alive[9], alive[-1]):
            key.click()
        yield "a filled basket"
        checkout.choose_line(1)
        yield "the stepper of another line"
        dead = next(key for key in self._keys() if key.is_sold_out)
        dead.click()
        yield "a sold-out key that asks"
        self.qtbot.waitUntil(lambda: dead.takes_yes, timeout=WAIT_MS)
        dead.click()
        yield "a line that is sold without stock"
        places = range(len(checkout.basket.lines))
        for place in places:
            checkout.choose_line(place)
            self.qtbot.waitUntil(self._is_answered(), timeout=WAIT_MS)
            yield f"the sizes of line {place}"
        checkout.type_digit("1")
        checkout.type_digit("2")
        yield "a typed quantity"
        checkout.escape()
        page.searched.emit("zzyzx")
        self.qtbot.waitUntil(lambda: not self._keys(), timeout=WAIT_MS)
        yield "nothing found"
        page.searched.emit("")
        self.qtbot.waitUntil(lambda: len(self._keys()) > 20, timeout=WAIT_MS)
        page.show_nothing_found("")
        yield "no catalogue yet"
        checkout.choose_category("Vinyles")
        self.qtbot.waitUntil(lambda: 0 < len(self._keys()) < 20, timeout=WAIT_MS)
        yield "one category"
        checkout.choose_category("")
        self.qtbot.waitUntil(lambda: len(self._keys()) > 20, timeout=WAIT_MS)

    def _notices(self) -> Iterator[str]:
        checkout, page = self.till.checkout, self.window.checkout
        checkout.scanned((UNKNOWN_CODE,))
        self.qtbot.waitUntil(lambda: UNKNOWN_CODE in page.notice.text, timeout=WAIT_MS)
        yield "an unknown code"
        label = "T-shirt manches longues Lune rousse · Femme · XXL"
        sentences = {
            "sold out": Notice(wording.sold_out(label), action=wording.take_out()),
            "a large number": Notice(
                wording.so_many(999, label, 999), action=wording.add_so_many(999)
            ),
            "more than are left": Notice(
                wording.so_many(45, label, 37), action=wording.add_so_many(45)
            ),
            "an ambiguous code": Notice(wording.ambiguous_code(UNKNOWN_CODE)),
            "a full basket": Notice(wording.basket_full(500), is_trouble=True),
            "a full line": Notice(wording.line_full(label, 999, 201), is_trouble=True),
            "no sale yet": Notice(wording.no_sale_yet()),
        }
        for error, _ in REFUSALS:
            text = wording.sentence(error, self.till.language())
            sentences[repr(error)] = Notice(text, is_trouble=True)
        for name, notice in sentences.items():
            page.show_notice(notice)
            yield name
        page.show_notice(None)

    def _payment(self) -> Iterator[str]:
        payment, page, due = self.till.payment, self.window.payment, self.till.checkout.basket.total
        self.till.selling.pay()
        yield "what is due"
        for char in "1234,5":
            payment.type_text(char)
        yield "a typed amount"
        payment.pay("card")
        yield "more than is due by card"
        payment.back()
        page.show_notice(Notice(wording.not_an_amount("12,345"), is_trouble=True))
        yield "not an amount"
        page.show_notice(None)
        for method in ("voucher", "cash"):
            payment.type_text("7")
            payment.pay(method)
            payment.confirm_terminal("")
        yield "two tenders"
        payment.type_text("3")
        payment.pay("wristband")
        payment.confirm_terminal("")
        yield "three tenders, and coins rounded"
        payment.pay("card")
        yield "the terminal's turn"
        payment.say_stopped()
        yield "the terminal's turn, after the till stopped"
        payment.cancel_terminal()
        payment.pay("other")
        payment.say_stopped()
        yield "another way, after the till stopped"
        payment.cancel_terminal()
        language = self.till.language()
        yield from self._doubtful_payment()
        yield from self._stuck_payment()
        huge = text_of.money(euros(HUGE[0]), language)
        quick = tuple(text_of.short_money(euros(n), language) for n in HUGE)
        page.show_payment(PaymentText(due=huge, typed="12345,67", quick=quick))
        yield "a huge amount"
        page.show_payment(PaymentText(due=huge, card_waiting=huge))
        yield "a huge amount on the terminal"
        payment.back()
        self.till.selling.pay()
        assert due == self.till.checkout.basket.total

    def _doubtful_payment(self) -> Iterator[str]:
        payment = self.till.payment
        payment.remove_tender(0)
        yield "whether a voucher is given back"
        payment.answer(is_yes=False)
        payment.type_text("9000")
        payment.pay("cash")
        yield "whether so much cash was handed over"
        payment.answer(is_yes=False)
        payment.back()
        yield "the basket of which a part is paid"
        huge = text_of.money(euros(HUGE[0]), self.till.language())
        self.window.basket.show_taken(huge, huge, goes_back=True)
        yield "the basket for which too much is paid"
        self.till.selling.pay()
        for place in (2, 1, 0):
            payment.remove_tender(place)
            payment.answer(is_yes=True)

    def _stuck_payment(self) -> Iterator[str]:
        page, language = self.window.payment, self.till.language()
        for why in (*(error for error, _ in UNSAVED), None):
            text = doubts.not_saved(wording.sentence(why, language)) if why else ""
            failed = text or doubts.not_saved_by_mistake()
            page.show_payment(PaymentText(due="…", failed=failed))
            yield f"a sale that is not saved: {why!r}"
        several: tuple[tuple[Method, ...], ...] = (("card", "wristband"), ("voucher",))
        for methods in several:
            paid = [Tender(method=name, amount=euros(8800)) for name in methods]
            said = doubts.amounts(paid, language)
            failed = paid_too_much(paid, said, text_of.money(euros(7200), language))
            page.show_payment(PaymentText(due="…", failed=failed, can_retry=False))
            yield f"too much was paid: {methods}"
        refused = wording.sentence(UNRATED, language)
        page.show_payment(PaymentText(due="…", failed=refused, can_retry=False))
        yield "a sale that is refused for good"
        amounts = wording.method("card") + " " + text_of.money(euros(HUGE[0]), language)
        page.show_payment(PaymentText(due="…", question=doubts.really_abandon(amounts)))
        yield "whether to abandon it"

    def _done(self) -> Iterator[str]:
        done, page = self.till.done, self.window.done
        self.till.payment.quick(1)
        self.qtbot.waitUntil(lambda: done.is_open, timeout=WAIT_MS)
        yield "change to give"
        amount = text_of.money(euros(HUGE[0]), self.till.language())
        number = wording.receipt_line("GS1-2026-000042", amount)
        each = " + ".join(f"{wording.method(name)} {amount}" for name in ("card", "cash"))
        page.show_change(amount, received(each, amount), number)
        yield "a huge change"
        page.show_paid(amount, number)
        yield "paid exactly"
        with self.qtbot.waitSignal(self.till.bridge.recorded, timeout=WAIT_MS):
            done.receipt("screen")
        shown = page.findChildren(QStackedWidget)[0]
        self.qtbot.waitUntil(lambda: shown.currentIndex() == 1, timeout=WAIT_MS)
        yield "the receipt on the screen"
        done.next_sale()

    def _preview(self) -> Iterator[str]:
        with self.qtbot.waitSignal(self.till.bridge.recorded, timeout=WAIT_MS):
            self.till.done.last_receipt("print")
        self.qtbot.waitUntil(lambda: self._previews() != [], timeout=WAIT_MS)
        self.top = self._previews()[0]
        yield "a receipt in a window of its own"
        self.top.close()
        self.top = self.window
        self.window.activateWindow()

    def _previews(self) -> list[ReceiptWindow]:
        return [shown for shown in self.window.findChildren(ReceiptWindow) if shown.isVisible()]

    def _lights(self) -> Iterator[str]:
        light = self.window.printer
        for reason in PRINTER_REASONS:
            light.show_state("trouble", wording.sentence(PrinterUnavailable(reason=reason), ""))
            yield f"printer: {reason}"

    def _banners(self) -> Iterator[str]:
        banners = self.window.banners
        for error, _ in TROUBLES:
            text = wording.sentence(error, self.till.language())
            banners.show_banner("storage", BannerText(text, is_trouble=True))
            yield repr(error)
        banners.show_banner("storage", None)
        self.till.crash.crashed.emit("4F2A99")
        yield "a mistake of ours"
        banners.show_banner("crash", None)
        methods: tuple[Method, ...] = ("card", "voucher")
        for method in methods:
            tender = Tender(method=method, amount=euros(HUGE[0]))
            taken = TakenSoFar(
                basket_id=BasketId("b"), sale_id=SaleId("s"), tenders=(tender,), on_terminal=tender
            )
            said = doubts.owed_of_no_basket(taken, self.till.language())
            banners.show_banner("owed b", BannerText(said, can_close=True))
            yield f"what goes back: {method}"
        banners.show_banner("owed b", None)
        banners.show_banner("unread", BannerText(note_unread(), is_trouble=True, can_close=True))
        yield "money whose note cannot be read"
        banners.show_banner("unread", None)
        banners.show_banner("taken", BannerText(taken_is_not_known(), is_trouble=True))
        self.window.checkout.show_notice(Notice(not_before_it_is_known(), is_trouble=True))
        yield "a payment that cannot begin yet"
        self.window.checkout.show_notice(None)
        banners.show_banner("taken", None)

    def _trouble(self) -> Iterator[str]:
        page = self.window.trouble
        page.show_opening()
        self.window.show_page(page)
        yield "opening"
        for error in (*(error for error, _ in TROUBLES), TrainingOnly()):
            page.show_trouble(error, self.till.language())
            yield repr(error)
        page.show_trouble(JournalBroken(seq=12_345, reason="digest"), self.till.language())
        self._press(page, "sparkles")
        yield "asked whether to go on with a new journal"
        self.window.show_page(self.window.checkout)

    def _welcome(self) -> Iterator[str]:
        page = self.window.welcome
        presenter = WelcomePresenter(page, lambda _path, _country: None)
        self.window.show_page(page)
        presenter.begin()
        yield "three doors"
        yield from self._join(presenter)
        presenter.begin({"stand_name": "Grande scène"})
        yield "three doors, and what was typed another time"
        presenter.begin()
        presenter.set_up()
        for step in STEPS[1:]:
            fields = FIELDS.get(step, {})
            if fields:
                presenter.next()
            yield f"{step}, with what is missing" if fields else step
            for kind in FIELD_PROBLEMS if fields else ():
                page.show_problems(dict.fromkeys(fields, first_start.field_problem(kind)))
                yield f"{step}, {kind}"
            for kind, typed in EXACT_PROBLEMS if step == "seller" else ():
                page.show_problems({typed.field: first_start.field_problem(kind, typed)})
                yield f"{typed.field}, {kind}: {typed.text}"
            if step == "catalogue":
                yield from self._catalogue_of_the_first_start(presenter)
            for name in fields:
                presenter.change(name, SET_UP[name])
            presenter.next()
        self.window.show_page(self.window.checkout)

    def _join(self, presenter: WelcomePresenter) -> Iterator[str]:
        """Show the door to a hub with everything that may be said there."""
        card = self.window.welcome.join
        presenter.join()
        yield "a hub's code to be scanned or typed"
        card.show_typed("10.0.0.2:8443", "ABCD-EFGH-JKMN")
        card.show_join(joining.asking("10.0.0.2:8443"), is_wrong=False, is_busy=True)
        yield "a hub is asked"
        for kind in (*JOIN_PROBLEMS, *HUB_TROUBLES):
            card.show_join(joining.problem(kind), is_wrong=True, is_busy=False)
            yield f"a hub that did not take this till: {kind}"
        for said in (joining.damaged_code(), joining.another_code(), joining.no_code()):
            card.show_join(said, is_wrong=True, is_busy=False)
            yield f"a code that is none: {said}"
        card.show_typed("", "")
        card.show_join("", is_wrong=False, is_busy=False)
        presenter.back()

    def _until_heard(self, status: HubStatus) -> None:
        syncing = self.till.syncing
        self.qtbot.waitUntil(
            lambda: replace(syncing.status, products=status.products) == status, timeout=WAIT_MS
        )

    def _hub(self) -> Iterator[str]:
        """Show the light and the page as a hub and this till may stand."""
        till, engines = self.till, list[FakeEngine]()

        def make(of_till: Till, tell: Tells) -> FakeEngine:
            engines.append(FakeEngine(of_till, tell))
            return engines[0]

        till.syncing.begin(till.bridge, HUB, make)
        yield "the light before the first contact"
        for name, status in HUB_STATES.items():
            engines[0].says(status)
            self._until_heard(status)
            yield f"the light: {name}"
            till.selling.show_sync()
            till.syncing.show_peers(PEERS)
            yield f"the page: {name}"
            if name == "forked":
                self._press(self.window.sync, "sparkles")
                yield "the page: asked whether to go on with a new journal"
            till.selling.show_sync()
        for kind in HUB_TROUBLES:
            status = replace(APART, state="trouble", trouble=kind)
            engines[0].says(status)
            self._until_heard(status)
            till.selling.show_sync()
            yield f"the page: trouble: {kind}"
            till.selling.show_sync()
        till.strips.may_close()
        yield "closing with what is not sent"
        self.window.banners.show_banner("unsent", None)
        self.window.checkout.show_notice(Notice(till.syncing.what_of_a_code(), is_trouble=True))
        yield "a hub's code on a till that has one"
        key = self._keys()[0].key
        self.window.checkout.say_sold_out(key)
        self.window.checkout.show_elsewhere(key, ELSEWHERE[till.language()])
        yield "where else a size is left"
        self.window.checkout.show_notice(None)
        till.selling.show_settings()
        yield "the settings of a till with a hub"
        till.selling.show_settings()

    def _catalogue_of_the_first_start(self, presenter: WelcomePresenter) -> Iterator[str]:
        language: Language = "fr" if self.till.language() == "fr" else "en"
        presenter.catalogue.choose(CATALOGUE)
        yield "catalogue, being read"
        sentences = import_sentences(language)
        presenter.catalogue.previewed(CataloguePreview(CATALOGUE, None, sentences[:1]))
        yield "catalogue, unreadable"
        summary = an_import_summary("refused", products=50, variants=313, bad_rows=2, warnings=1)
        presenter.catalogue.previewed(CataloguePreview(CATALOGUE, summary, sentences[1:]))
        yield "catalogue, with bad rows"
        presenter.catalogue.previewed(preview_of(CATALOGUE, "FR", language))
        yield "catalogue, with books"

    def _settings(self) -> Iterator[str]:
        """Show every card with everything that it can say."""
        self.till.selling.show_settings()
        assert self.till.preferences is not None
        presenter = self.till.preferences.presenter
        yield "as they are"
        for kind in ("network", "file"):
            presenter.change("kind", kind)
            yield f"receipts by {kind}"
        presenter.change("folder", "")
        presenter.change("kind", "network")
        presenter.change("port", "99999")
        yield "a port that is none"
        presenter.change("port", "9100")
        presenter.change("kind", "preview")
        for result in ("printed", "shown", "filed"):
            presenter.tested(result, "")
            yield f"a test page that was {result}"
        for reason in PRINTER_REASONS:
            presenter.tested("failed", reason)
            yield f"a test page that failed: {reason}"
        for source in ("us", "as typed", "as typed, Caps Lock undone", "calibrated"):
            presenter.scanned(UNKNOWN_CODE, source, is_barcode=True)
            yield f"a scan {source}"
        presenter.calibration_refused()
        yield "a calibration that was refused"
        self.till.scans.calibrated.emit(Calibration({"q": "a"}))
        yield "a calibrated scanner"
        presenter.forget_calibration()
        presenter.catalogue.choose(CATALOGUE)
        language: Language = "fr" if self.till.language() == "fr" else "en"
        presenter.catalogue.previewed(preview_of(CATALOGUE, "BE", language))
        yield "a catalogue with books"
        page = self.window.settings
        page.show_import(settings_text.importing(CATALOGUE.name), can_import=False)
        yield "an import"
        page.show_import(settings_text.imported(1_234, 56, 7), can_import=False)
        yield "an import that is done"
        self.till.selling.show_settings()

    def _help(self) -> Iterator[str]:
        page = self.window.help
        self.window.show_page(page)
        yield "how to sell"
        bar = page.area.verticalScrollBar()
        bar.setValue(bar.maximum())
        yield "the last keys"
        self.window.show_page(self.window.checkout)

    def _pages_without_states(self) -> Iterator[str]:
        """Show what else can come to the front, such as it is."""
        before = self.window.page
        for stack in self.window.findChildren(QStackedWidget):
            if stack.parentWidget() is not self.window.centralWidget():
                continue
            for place in range(stack.count()):
                page = stack.widget(place)
                assert page is not None
                if type(page).__name__ not in self.seen:
                    self.window.show_page(page)
                    yield type(page).__name__
        self.window.show_page(before)


def _settle() -> None:
    """Let layouts come to rest, as they do before the next picture."""
    for _ in range(10):  # a few levels of layouts, each asks the one around it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

"""The first start's widgets: doors, then one short form a step. It computes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos.seller_file import STAND_CODE_MAX
from ui.screens.catalogue_choice import RateQuestion
from ui.screens.welcome import wording
from ui.screens.welcome.form import Form, door
from ui.screens.welcome.presenter import PAGES, Step
from ui.theme.palette import GAP, PAD
from ui.widgets.catalogue_card import CatalogueCard, choose_catalogue
from ui.widgets.controls import button, enlarge, label
from ui.widgets.join_card import JoinCard

NAME_MAX = 120
PROBLEM_HEIGHT = 20


class WelcomePage(QWidget):
    """Shows the steps of setting a till up and reports what was typed and pressed.

    Signals:
        demo_wanted, set_up_wanted, join_wanted, training_wanted: the doors.
        language_wanted: the next language, please. forget_wanted: empty fields, please.
        changed: a field's name and its text. next_wanted, back_wanted: the ways.
        catalogue_chosen: a `Path`, or None to do without.
        books_answered: a product type, and whether it is taxed as books.
    """

    demo_wanted = Signal()
    set_up_wanted = Signal()
    join_wanted = Signal()
    training_wanted = Signal()
    language_wanted = Signal()
    forget_wanted = Signal()
    changed = Signal(str, str)
    next_wanted = Signal()
    back_wanted = Signal()
    catalogue_chosen = Signal(object)
    books_answered = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._fields: dict[str, QLineEdit] = {}
        self._choices: dict[str, dict[str, QPushButton]] = {}
        self._problems: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        self._firsts: dict[Step, QWidget] = {}
        self._pages = QStackedWidget()
        makers = {
            "doors": self._make_doors,
            "seller": self._make_seller,
            "stand": self._make_stand,
            "manager": self._make_manager,
            "catalogue": self._make_catalogue,
            "ready": self._make_ready,
            "join": self._make_join,
        }
        for step in PAGES:
            self._pages.addWidget(makers[step]())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._make_ways())

    # What the presenter shows --------------------------------------------------------------------

    def show_step(self, step: Step, number: int, count: int) -> None:
        """Show a step."""
        self._pages.setCurrentIndex(PAGES.index(step))
        self._ways.setVisible(step != "doors")
        progress = self.tr("Step {number} of {count}").format(number=number, count=count)
        self._progress.setText(progress if number else "")
        self._next.setVisible(step != "join")  # its key stands beside the code
        self._next.setText(self.tr("Open the till") if step == "ready" else self.tr("Next"))
        first = self._firsts.get(step)
        if step == "join":
            self.join.focus_first()
        elif first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step != "doors":
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fields(self, values: dict[str, str]) -> None:
        """Show what was typed before."""
        for name, field in self._fields.items():
            if field.text() != values.get(name, ""):
                field.blockSignals(True)
                field.setText(values.get(name, ""))
                field.blockSignals(False)
        number = wording.registration_name(values.get("country", ""))
        self._names["registration"].setText(number)
        self._fields["registration"].setAccessibleName(number)
        for name, choices in self._choices.items():
            for value, choice in choices.items():
                choice.setChecked(values.get(name) == value)

    def show_problems(self, problems: dict[str, str], *, focuses: bool = True) -> None:
        """Show what is wrong, under each field; the first wrong one may get the cursor."""
        for name, shown in self._problems.items():
            shown.setText(problems.get(name, ""))
        for name in self._fields if focuses else ():
            if name in problems:
                self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def show_other_language(self, name: str) -> None:
        """Show which language a press on its key brings, in that language."""
        self._language.setText(name)

    def show_draft(self, *, is_there: bool) -> None:
        """Offer to go on with what was typed another time, or to forget it."""
        self._set_up.setText(self.tr("Continue set-up") if is_there else self._set_up_text)
        self._forget.setVisible(is_there)

    def show_catalogue(self, text: str, sentences: tuple[str, ...], *, is_good: bool) -> None:
        """Show what a file would bring."""
        self._file.show_catalogue(text, sentences, is_good=is_good)

    def show_book_types(self, questions: tuple[RateQuestion, ...]) -> None:
        """Ask, type by type, at which rate it is taxed."""
        self._file.show_book_types(questions)

    def show_summary(self, lines: tuple[str, ...]) -> None:
        """Show everything once more."""
        self._summary.setText("\n".join(line for line in lines if line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._ways.isVisible():
            self.next_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self._ways.isVisible():
            self.back_wanted.emit()
        else:
            event.ignore()

    # Pages ---------------------------------------------------------------------------------------

    def _make_doors(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(PAD)
        self._language = button(
            self.tr("Language"), self.language_wanted.emit, role="surface", icon_name="languages"
        )
        layout.addWidget(self._language, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(2)
        title = label("Échoppe", role="huge")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(title)
        said = label(self.tr("The till of your merch stand. It sells with or without a network."))
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(said)
        layout.addSpacing(PAD)
        layout.addLayout(self._make_row_of_doors())
        layout.addSpacing(GAP)
        layout.addLayout(self._make_side_doors())
        layout.addStretch(3)
        return page

    def _make_side_doors(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        train = button(
            self.tr("Training only"), self.training_wanted.emit, role="quiet", icon_name="lock"
        )
        train.setToolTip(self.tr("Learn on an empty till. Receipts say that they are not real."))
        self._forget = button(
            self.tr("Forget what was typed last time"),
            self.forget_wanted.emit,
            role="quiet",
            icon_name="trash-2",
        )
        row.addStretch(1)
        row.addWidget(train)
        row.addWidget(self._forget)
        row.addStretch(1)
        return row

    def _make_row_of_doors(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(PAD)
        row.addStretch(1)
        for icon_name, text, more, pressed in (
            (
                "sparkles",
                self.tr("Try the demo"),
                self.tr("A made-up festival, ready to sell. Nothing is real."),
                self.demo_wanted,
            ),
            (
                "store",
                self.tr("Set up this till"),
                self.tr("Who sells, at which stand, with which catalogue: five minutes."),
                self.set_up_wanted,
            ),
            (
                "plug",
                self.tr("Join a hub"),
                self.tr("Head office has set everything up: scan its code, and sell."),
                self.join_wanted,
            ),
        ):
            made, key = door(icon_name, text, more, pressed.emit)
            row.addWidget(made)
            if pressed is self.set_up_wanted:
                self._set_up, self._set_up_text = key, text
        row.addStretch(1)
        return row

    def _make_seller(self) -> QWidget:
        form = Form(
            self,
            self.tr("Who sells?"),
            self.tr("As it must appear on each receipt. It cannot be changed later."),
        )
        form.choice(
            "country", self.tr("Country"), (("FR", self.tr("France")), ("BE", self.tr("Belgium")))
        )
        form.pair(("name", self.tr("Legal name")), ("legal_form", self.tr("Legal form")))
        form.pair(("street", self.tr("Street and number")), ("town", self.tr("Postcode and town")))
        form.field("registration", wording.registration_name(""))
        form.pair(
            ("vat_number", self.tr("VAT number")),
            ("vat_exemption", self.tr("… or why there is none")),
        )
        self._firsts["seller"] = self._fields["name"]
        return form.page()

    def _make_stand(self) -> QWidget:
        form = Form(
            self,
            self.tr("Where does it sell?"),
            self.tr("Both are part of each receipt number."),
        )
        form.field("stand_name", self.tr("Name of the stand"))
        form.pair(
            (
                "stand_code",
                self.tr("Code of the stand (A–Z, 0–9, at most {most})").format(most=STAND_CODE_MAX),
            ),
            ("till_code", self.tr("Number of this till (from 1)")),
        )
        self._firsts["stand"] = self._fields["stand_name"]
        return form.page()

    def _make_manager(self) -> QWidget:
        form = Form(
            self,
            self.tr("Who manages it?"),
            self.tr("The code is written to the journal; the name is not."),
        )
        form.pair(("manager_name", self.tr("Name")), ("manager_code", self.tr("Short code")))
        form.pair(
            ("pin", self.tr("PIN, at least 6 digits")), ("pin_again", self.tr("Confirm the PIN"))
        )
        for name in ("pin", "pin_again"):
            self._fields[name].setEchoMode(QLineEdit.EchoMode.Password)
            self._fields[name].setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._firsts["manager"] = self._fields["manager_name"]
        return form.page()

    def _make_catalogue(self) -> QWidget:
        form = Form(
            self,
            self.tr("What does it sell?"),
            self.tr(
                "A product export of your shop (CSV). Later, it is imported in the settings, F10."
            ),
        )
        choose = button(
            self.tr("Choose a file"), self.choose_file, role="surface", icon_name="hard-drive"
        )
        enlarge(choose)
        form.widget(choose)
        self._file = CatalogueCard()
        self._file.books_answered.connect(self.books_answered)
        form.widget(self._file)
        return form.page()

    def _make_ready(self) -> QWidget:
        form = Form(
            self,
            self.tr("All set?"),
            self.tr("Check once more: seller and codes cannot be changed later."),
        )
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        self._summary = label("", wrap=True)
        layout.addWidget(self._summary)
        form.widget(card)
        return form.page()

    def _make_join(self) -> QWidget:
        form = Form(
            self,
            self.tr("Which hub?"),
            self.tr("It says who sells, at which stand, and brings the catalogue."),
        )
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        self.join = JoinCard()
        layout.addWidget(self.join)
        form.widget(card)
        return form.page()

    def _make_ways(self) -> QWidget:
        self._ways = QWidget()
        row = QHBoxLayout(self._ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        back = button(
            self.tr("Back"), self.back_wanted.emit, role="surface", icon_name="chevron-left"
        )
        self._progress = label("", role="soft")
        self._next = button("", self.next_wanted.emit, role="accent")
        self._next.setMinimumWidth(220)
        for way in (back, self._next):
            enlarge(way)
        row.addStretch(1)
        row.addWidget(back)
        row.addSpacing(PAD)
        row.addWidget(self._progress)
        row.addSpacing(PAD)
        row.addWidget(self._next)
        row.addStretch(1)
        return self._ways

    def choose_file(self) -> None:
        """Ask for the catalogue."""
        choose_catalogue(self, self.catalogue_chosen.emit)

    # For the forms -------------------------------------------------------------------------------

    def make_field(self, name: str, text: str) -> QWidget:
        """Return a field under its name, over what is wrong with it."""
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        field = QLineEdit()
        field.setAccessibleName(text)
        field.setMaxLength(NAME_MAX)
        field.textEdited.connect(lambda typed, n=name: self.changed.emit(n, typed))
        wrong = label("", role="wrong", wrap=True)
        wrong.setMinimumHeight(PROBLEM_HEIGHT)  # its line is kept free: nothing moves
        wrong.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._names[name] = label(text, role="soft")
        layout.addWidget(self._names[name])
        layout.addWidget(field)
        layout.addWidget(wrong)
        layout.addStretch(1)
        self._fields[name], self._problems[name] = field, wrong
        return box

    def make_choice(self, name: str, choices: tuple[tuple[str, str], ...]) -> QWidget:
        """Return keys of which one is chosen."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self._choices[name] = {}
        for value, text in choices:
            key = button(text, role="chip")
            key.setCheckable(True)
            key.clicked.connect(lambda _checked=False, v=value: self.changed.emit(name, v))
            self._choices[name][value] = key
            row.addWidget(key)
        row.addStretch(1)
        return box

"""The settings' widgets: cards in two columns. They compute nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.screens.catalogue_choice import RateQuestion
from ui.theme.palette import GAP, PAD
from ui.widgets.catalogue_card import CatalogueCard, choose_catalogue
from ui.widgets.controls import button, card, label
from ui.widgets.fields import Fields
from ui.widgets.join_card import JoinCard

HOST_MAX, FOLDER_MAX = 255, 255


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What can be chosen on this till, and what it is."""

    languages: Sequence[tuple[str, str]]  # letters and name
    receipt_languages: Sequence[tuple[str, str]]  # those of the country
    lines: Sequence[tuple[str, str]]  # what, and its value
    has_hub: bool = False  # then the catalogue comes from there


class SettingsPage(QWidget):
    """Shows the settings and reports what was changed and pressed.

    Signals:
        left: back to the checkout.
        changed: a field's name and its value.
        test_page_wanted, calibration_unwanted, import_wanted: the keys.
        sync_wanted: the page about the hub.
        catalogue_chosen: a `Path`.
        books_answered: a product type, and whether it is taxed as books.
    """

    left = Signal()
    changed = Signal(str, str)
    test_page_wanted = Signal()
    calibration_unwanted = Signal()
    catalogue_chosen = Signal(object)
    import_wanted = Signal()
    sync_wanted = Signal()
    books_answered = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(self.tr("Settings"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what shows the focus
        self._fields = Fields(self.changed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, GAP)  # no key is cut off close to the foot
        layout.setSpacing(PAD)
        layout.addLayout(self._make_head())
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self._scroll, 1)

    def build(self, about: About) -> None:
        """Make the cards, once it is known what can be chosen."""
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, PAD)
        row.setSpacing(PAD)
        # About the same height, with a scan in sight on the smallest screen.
        catalogue = self._catalogue = self._make_catalogue()
        left = (self._make_printer(about), self._make_hub(), self._make_about(about))
        right = (catalogue, self._make_scanner(), self._make_screen(about))
        for cards in (left, right):
            column = QVBoxLayout()
            column.setSpacing(PAD)
            for one in cards:
                column.addWidget(one)
            column.addStretch(1)
            row.addLayout(column, 1)
        self._scroll.setWidget(columns)
        # Not before they have their places: shown without one, each would be a window of its own.
        catalogue.setHidden(about.has_hub)
        self.join.setHidden(about.has_hub)
        self._hub_box.setHidden(not about.has_hub)

    # What the presenter shows --------------------------------------------------------------------

    def show_values(self, values: dict[str, str]) -> None:
        """Show what is chosen, and the fields that belong to it."""
        self._fields.show_values(values)
        self._network.setVisible(values["kind"] == "network")
        self._files.setVisible(values["kind"] == "file")
        self._hardware.setVisible(values["kind"] != "preview")

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show what is wrong, under each field."""
        self._fields.show_problems(problems)

    def show_test(self, text: str, *, is_good: bool | None) -> None:
        """Show how the test page went; None: nobody knows yet."""
        _show(self._test, text, role="wrong" if is_good is False else "")

    def show_scan(self, code: str, details: str) -> None:
        """Show the last code, and what is known of it."""
        _show(self._code, code, role="title")
        _show(self._scan, details, role="soft")

    def show_calibration(self, text: str, *, can_forget: bool) -> None:
        """Show whether the scanner is calibrated."""
        self._calibration.setText(text)
        self._forget.setVisible(can_forget)

    def show_catalogue(self, text: str, sentences: tuple[str, ...], *, is_good: bool) -> None:
        """Show what a file would bring."""
        self._file.show_catalogue(text, sentences, is_good=is_good)

    def show_book_types(self, questions: tuple[RateQuestion, ...]) -> None:
        """Ask, type by type, at which rate it is taxed."""
        self._file.show_book_types(questions)

    def show_import(self, text: str, *, can_import: bool) -> None:
        """Show how the import goes, and its key when it can begin."""
        _show(self._imported, text, role="")
        self._import.setVisible(can_import)

    def show_join(self) -> None:
        """Bring the card of the hub into sight: a code of one was scanned."""
        self._scroll.ensureWidgetVisible(self.join)

    def show_hub(self, lines: Sequence[str]) -> None:
        """Show which hub this till belongs to; there is no way to leave it from here."""
        self._hub.setText("\n".join(lines))
        self.join.hide()
        self._catalogue.hide()  # it comes from there
        self._hub_box.show()

    def focused(self) -> str:
        """Return the field whose key has the focus, to go on there in a window built anew."""
        return self._fields.name_of(self.focusWidget())

    def focus_on(self, field: str) -> None:
        """Give the focus to what is chosen of a field."""
        self._fields.focus_on(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    # Cards ---------------------------------------------------------------------------------------

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        back = button(
            "", self.left.emit, role="surface", icon_name="chevron-left", name=self.tr("Back")
        )
        head.addWidget(back)
        head.addSpacing(GAP)
        head.addWidget(label(self.tr("Settings"), role="title"))
        head.addSpacing(PAD)
        head.addWidget(label(self.tr("Settings for this machine, saved at once."), role="soft"))
        head.addStretch(1)
        return head

    def _make_printer(self, about: About) -> QFrame:
        made, layout = card(self.tr("Receipts"))
        kinds = (
            ("preview", self.tr("Window")),
            ("file", self.tr("Files")),
            ("network", self.tr("Network printer")),
        )
        layout.addWidget(self._fields.choice("kind", self.tr("Where receipts go"), kinds))
        self._network = QWidget()
        row = QHBoxLayout(self._network)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        host = self._fields.text("host", self.tr("Name or address"), length_max=HOST_MAX)
        row.addWidget(host, 3)
        row.addWidget(self._fields.text("port", self.tr("Port"), length_max=5), 1)
        layout.addWidget(self._network)
        self._files = self._fields.text("folder", self.tr("Folder"), length_max=FOLDER_MAX)
        layout.addWidget(self._files)
        self._test = label("", wrap=True)
        layout.addWidget(
            button(
                self.tr("Test page"),
                self.test_page_wanted.emit,
                icon_name="printer",
            )
        )
        layout.addWidget(self._test)
        self._hardware = self._make_hardware()
        layout.addWidget(self._hardware)
        if len(about.receipt_languages) > 1:
            text = self.tr("Language of the receipts")
            layout.addWidget(self._fields.choice("receipt_language", text, about.receipt_languages))
        return made

    def _make_hardware(self) -> QWidget:
        """Return what matters where there is paper."""
        hardware = QWidget()
        more = QVBoxLayout(hardware)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(GAP)
        widths = (("48", "48"), ("42", "42"), ("32", "32"))
        more.addWidget(self._fields.choice("columns", self.tr("Characters in a line"), widths))
        codes = (("on", self.tr("By the printer")), ("off", self.tr("As a picture")))
        more.addWidget(self._fields.choice("native_qr", self.tr("QR codes"), codes))
        more.addWidget(self._switch("drawer", self.tr("Cash drawer on the printer")))
        return hardware

    def _make_screen(self, about: About) -> QFrame:
        made, layout = card(self.tr("Screen and sound"))
        themes = (("day", self.tr("Day")), ("night", self.tr("Night")))
        layout.addWidget(self._fields.choice("theme", self.tr("Colours"), themes))
        layout.addWidget(self._fields.choice("language", self.tr("Language"), about.languages))
        layout.addWidget(self._switch("sound", self.tr("Sound of a scan")))
        return made

    def _make_scanner(self) -> QFrame:
        made, layout = card(self.tr("Scanner test"))
        self._code = label("", role="title", wrap=True)
        self._scan = label("", role="soft", wrap=True)
        self._calibration = label("", role="soft", wrap=True)
        self._forget: QPushButton = button(
            self.tr("Forget the calibration"),
            self.calibration_unwanted.emit,
            icon_name="undo-2",
        )
        for widget in (self._code, self._scan, self._calibration, self._forget):
            layout.addWidget(widget)
        return made

    def _make_catalogue(self) -> QFrame:
        made, layout = card(self.tr("Catalogue"))
        layout.addWidget(
            label(
                self.tr(
                    "A product export of your shop (CSV). Import it again to update the catalogue."
                ),
                role="soft",
                wrap=True,
            )
        )
        layout.addWidget(button(self.tr("Choose a file"), self._choose, icon_name="hard-drive"))
        self._file = CatalogueCard(margin=0)
        self._file.books_answered.connect(self.books_answered)
        layout.addWidget(self._file)
        self._import = button(
            self.tr("Import"), self.import_wanted.emit, role="accent", icon_name="check"
        )
        self._imported = label("", wrap=True)
        layout.addWidget(self._import)
        layout.addWidget(self._imported)
        return made

    def _make_hub(self) -> QFrame:
        made, layout = card(self.tr("Hub"))
        self.join = JoinCard()
        layout.addWidget(self.join)
        self._hub_box = QWidget()
        column = QVBoxLayout(self._hub_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._hub = label("", wrap=True)
        column.addWidget(self._hub)
        column.addWidget(
            button(self.tr("What is sent"), self.sync_wanted.emit, icon_name="cloud-upload")
        )
        column.addWidget(
            label(
                self.tr("A till leaves a hub at the hub: head office revokes it there."),
                role="soft",
                wrap=True,
            )
        )
        layout.addWidget(self._hub_box)
        return made

    def _make_about(self, about: About) -> QFrame:
        made, layout = card(self.tr("About"))
        for name, value in about.lines:
            layout.addWidget(label(name, role="small"))
            shown = label(_breakable(value), wrap=True)
            shown.setAccessibleName(f"{name}, {value}")
            layout.addWidget(shown)
        return made

    def _switch(self, name: str, text: str) -> QWidget:
        return self._fields.choice(name, text, (("on", self.tr("On")), ("off", self.tr("Off"))))

    def _choose(self) -> None:
        choose_catalogue(self, self.catalogue_chosen.emit)


def _show(shown: QLabel, text: str, *, role: str) -> None:
    """Show a text in a role, or take its place away."""
    shown.setText(_breakable(text))
    if shown.property("role") != role:
        shown.setProperty("role", role)
        shown.style().unpolish(shown)
        shown.style().polish(shown)
    shown.setVisible(bool(text))


def _breakable(text: str) -> str:
    """Let a long path or code wrap: Qt breaks only where there is a space, or this."""
    return text if len(text) < 40 else text.replace("/", "/\u200b").replace("\\", "\\\u200b")

"""What lasts across the top of the window: troubles, warnings, and what closing would leave."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from pos.errors import PosError
from pos.machine import MachineWarning
from ui import wording
from ui.printing import Receipts
from ui.syncing import Syncing
from ui.unprinted import Why
from ui.watch import show_warnings
from ui.widgets.banner import Banners, BannerText


class Strips(QObject):
    """Says what lasts on the window that is there, in its language."""

    def __init__(
        self,
        banners: Callable[[], Banners],
        language: Callable[[], str],
        receipts: Receipts,
        syncing: Syncing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._banners, self._language = banners, language
        self._receipts, self._syncing = receipts, syncing
        self._warned_of: tuple[str, ...] = ()
        self._warned_unsent = ""

    # Troubles ------------------------------------------------------------------------------------

    @Slot(object)
    def trouble(self, error: PosError, subject: str = "storage") -> None:
        """Say what is wrong until it is right again."""
        said = BannerText.said(lambda: wording.sentence(error, self._language()), is_trouble=True)
        self._banners().show_banner(subject, said)

    def hub_trouble(self, error: PosError) -> None:
        """Say what keeps this machine from knowing its hub."""
        self.trouble(error, "hub")

    def storage_works(self) -> None:
        """Say nothing of the disk any more."""
        self._banners().show_banner("storage", None)

    @Slot(str)
    def import_failed(self, name: str) -> None:
        """Say that the first catalogue did not come along."""
        said = BannerText.said(lambda: self._import_text(name), can_close=True)
        self._banners().show_banner("import", said)

    def _import_text(self, name: str) -> str:
        text = self.tr("{file} was not imported. The till is ready; import it later.")
        return text.format(file=name)

    @Slot()
    def drawer_failed(self) -> None:
        """Say that the drawer is shut."""
        said = BannerText.said(lambda: self.tr("The drawer did not open."), can_close=True)
        self._banners().show_banner("drawer", said)

    @Slot(str)
    def unprinted(self, why: Why) -> None:
        """Say which receipts are not on paper; a person decides."""
        self._banners().show_banner(why, self._receipts.unprinted.banner(why))

    @Slot(str)
    def crashed(self, number: str) -> None:
        """Say that we made a mistake, and where it is written down."""
        said = BannerText.said(lambda: self._crash_text(number), is_trouble=True, can_close=True)
        self._banners().show_banner("crash", said)

    def _crash_text(self, number: str) -> str:
        text = self.tr("The last action was not saved. The basket is kept. Report {number}.")
        return text.format(number=number)

    @Slot(object)
    def warned(self, warnings: tuple[MachineWarning, ...]) -> None:
        """Say what is about to go wrong with the machine."""
        show_warnings(warnings, self._banners(), self._language)

    # Closing -------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Say once what would stay unprinted or unsent; again while that is read, it is meant.

        That the hub takes an entry meanwhile changes the words and asks nothing anew.
        """
        printed, sent = self._is_printed_or_read(), self._is_sent_or_read()
        return printed and sent

    def _is_printed_or_read(self) -> bool:
        waiting = self._receipts.waiting
        is_read = self._closing_text(self._warned_of) in self._banners().texts()
        if not waiting or (waiting == self._warned_of and is_read):
            return True
        self._warned_of = waiting
        said = BannerText.said(lambda: self._closing_text(waiting), can_close=True)
        self._banners().show_banner("closing", said)
        return False

    def _closing_text(self, waiting: tuple[str, ...]) -> str:
        text = self.tr("Not printed yet: {receipts}. Close once more to leave all the same.")
        return text.format(receipts=self._receipts.unprinted.named(waiting))

    def _is_sent_or_read(self) -> bool:
        text = self._syncing.closing_text()
        is_read = bool(self._warned_unsent) and self._warned_unsent in self._banners().texts()
        if not text or is_read:
            return True
        self._warned_unsent = text
        said = BannerText(text, can_close=True, again=self._unsent_again)
        self._banners().show_banner("unsent", said)
        return False

    def _unsent_again(self) -> str:
        self._warned_unsent = self._syncing.closing_text() or self._warned_unsent
        return self._warned_unsent

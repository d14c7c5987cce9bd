"""Where this till stands, and who works with it: the words at the foot of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from pos.domain.facts import JournalOpened
from pos.founding import TRAINING_STAND
from pos.reports.sales import StaffMember
from ui.main_window import MainWindow
from ui.widgets.banner import BannerText


def show_place(window: MainWindow, opened: JournalOpened, staff: Sequence[StaffMember]) -> None:
    """Show stand, till and who works here, as far as they are known; and whether all is play."""
    identity = opened.identity
    till = QCoreApplication.translate("wording", "till {number}").format(number=identity.till)
    stand = identity.stand_name
    if identity.stand == TRAINING_STAND:
        stand = QCoreApplication.translate("wording", "Training")
    window.show_till(f"{stand} · {till}", staff[0].name if staff else "")
    if opened.mode == "training":
        text = QCoreApplication.translate("wording", "TRAINING: nothing here is a real sale.")
        window.banners.show_banner("training", BannerText(text))

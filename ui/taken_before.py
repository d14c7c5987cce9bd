"""What was taken before the till stopped: nobody pays until the disk has said it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from pos.commands import ForgetUnreadTenders
from pos.domain.tender import TakenSoFar
from pos.reports.sales import SavedTenders, UnreadTenders
from ui.bridge import TillBridge
from ui.main_window import MainWindow
from ui.screens.payment import wording as texts
from ui.screens.payment.asked_until import AskedUntilAnswered
from ui.screens.rows import Notice
from ui.widgets.banner import BannerText

ASK_AGAIN_MS = 2_000
SUBJECT = "taken"


class TakenBefore(QObject):
    """Asks for it until the disk answers, and says meanwhile why no payment begins.

    A note that cannot be read is said until somebody has understood it, and kept until then.
    """

    def __init__(
        self,
        window: MainWindow,
        bridge: TillBridge,
        found: Callable[[tuple[TakenSoFar, ...]], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._found = found
        self._is_closed = self._has_failed = self._is_pay_pressed = False
        self._unread = AskedUntilAnswered(bridge, UnreadTenders())
        self._taken = AskedUntilAnswered(bridge, SavedTenders())
        self._again = QTimer(self, singleShot=True, interval=ASK_AGAIN_MS)
        self._again.timeout.connect(self.ask)
        for asked in (self._unread, self._taken):
            asked.answered, asked.failed = self._answered, self._failed
        self.pay_again: Callable[[], None] = lambda: None

    @property
    def is_known(self) -> bool:
        """Say whether payments may begin."""
        return self._unread.is_answered and self._taken.is_answered

    def ask(self) -> None:
        """Ask for what is not known yet."""
        self._unread.ask()
        self._taken.ask()

    def know(self) -> None:
        """Ask nothing: another window has heard it."""
        self._unread.is_answered = self._taken.is_answered = True

    def close(self) -> None:
        """Hear no answer any more; another window asks."""
        self._is_closed = True
        self._again.stop()

    def pay_pressed(self) -> None:
        """Say why no payment begins; in the moment before the first answer, wait for that."""
        if self._has_failed:
            notice = Notice(texts.not_before_it_is_known(), is_trouble=True)
            self._window.checkout.show_notice(notice)
        else:
            self._is_pay_pressed = True

    def _failed(self) -> None:
        if self._is_closed:
            return
        self._has_failed = True
        strip = BannerText.said(texts.taken_is_not_known, is_trouble=True)
        self._window.banners.show_banner(SUBJECT, strip)
        if self._is_pay_pressed:
            self._is_pay_pressed = False
            self.pay_pressed()
        self._again.start()

    def _answered(self) -> None:
        if self._is_closed or not self.is_known:
            return
        self._window.banners.show_banner(SUBJECT, None)
        if self._has_failed and self._window.checkout.notice.text == texts.not_before_it_is_known():
            self._window.checkout.show_notice(None)
        if self._unread.answer:
            self._tell_unread()
        self._found(self._taken.answer or ())
        if self._is_pay_pressed:
            self.pay_again()

    def _tell_unread(self) -> None:
        strip = BannerText(
            texts.note_unread(),
            is_trouble=True,
            can_close=True,
            again=texts.note_unread,
            closed=self._forget_unread,
        )
        self._window.banners.show_banner("unread", None)  # one of before asks a till that is closed
        self._window.banners.show_banner("unread", strip)

    def _forget_unread(self) -> None:
        """Forget it; if the disk does not, it is said again at the next start."""
        self._bridge.execute(
            ForgetUnreadTenders(), done=lambda _nothing: None, refused=lambda _refused: None
        )

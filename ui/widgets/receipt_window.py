"""A receipt as a picture inside the till's window: the printer of a stand without one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QMouseEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollBar, QStackedWidget, QWidget

from ui.theme.palette import PAD
from ui.widgets.controls import button, centred, enlarge
from ui.widgets.receipt_sight import ReceiptSight

PAGES = "pages"
"""The name of the window's stack of pages: a receipt covers what is in front there."""


class ReceiptWindow(QFrame):
    """Shows the receipt that was asked for last; never in the way of the basket and its keys.

    It covers the page of the tiles, and nothing else, and is gone with the page it came over, or
    when somebody touches anything beside it.  It never takes the keyboard; while it is there, the
    first Escape closes it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._till = parent
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Receipt"))
        layout = centred(self)
        layout.setSpacing(PAD)
        self._sight = ReceiptSight()
        layout.addWidget(self._sight, 1)
        self._close = button(self.tr("Close"), self.close, role="accent", icon_name="x")
        enlarge(self._close)
        layout.addWidget(self._close)
        # The till's page keeps the keyboard: Escape reaches this one from there.
        self._escape = QShortcut(QKeySequence("Esc"), parent, self.close)
        self._escape.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self._escape.activatedAmbiguously.connect(self.close)  # a key asks as well: one by one
        self._escape.setEnabled(False)
        pages = parent.findChild(QStackedWidget, PAGES)
        assert pages is not None
        self._pages = pages
        pages.currentChanged.connect(self.hide)
        self.hide()

    def show_receipt(self, title: str, png: bytes) -> None:
        """Show a receipt, with its total and its code in sight."""
        self._cover()
        self.show()
        self.raise_()
        self._sight.show_png(png, title)

    def showEvent(self, event: QShowEvent) -> None:
        """Listen for Escape, and for a finger beside it."""
        self._escape.setEnabled(True)
        self._application().installEventFilter(self)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave Escape to the till."""
        self._escape.setEnabled(False)
        self._application().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page that is covered, and close when something else is touched."""
        kind = event.type()
        if isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseButtonPress:
            if isinstance(watched, QWidget) and self._is_beside(watched, event):
                self.close()  # what was touched there is pressed all the same
        elif watched is self._pages and kind in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._cover()
        return super().eventFilter(watched, event)

    def _is_beside(self, touched: QWidget, press: QMouseEvent) -> bool:
        """Say whether a press is in the till's window, but neither on the paper nor on a key."""
        here = self.childAt(self.mapFromGlobal(press.globalPosition().toPoint()))
        is_kept = here in (self._sight.paper, self._close) or isinstance(here, QScrollBar)
        return touched.window() is self._till and not is_kept

    def _cover(self) -> None:
        place = self._pages.mapTo(self._till, QPoint())
        self.setGeometry(QRect(place, self._pages.size()))

    def _application(self) -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application

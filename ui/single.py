"""One window a till: a second start brings the first one to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MAX_MS = 1_000


class FirstWindow(QObject):
    """Listens for second starts on the same data folder.

    Signals:
        called: somebody started the till again.
    """

    called = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = _name(data_dir)
        QLocalServer.removeServer(name)  # of a till that was killed; we hold its lock now
        self._server.listen(name)
        self._server.newConnection.connect(self._answer)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _answer(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.disconnected.connect(connection.deleteLater)
            connection.disconnectFromServer()
            self.called.emit()


def call_first_window(data_dir: Path) -> bool:
    """Ask the till that has this folder open to come to the front; say whether it answered."""
    socket = QLocalSocket()
    socket.connectToServer(_name(data_dir))
    answered = socket.waitForConnected(ANSWER_MAX_MS)
    socket.abort()
    return answered


def _name(data_dir: Path) -> str:
    digest = hashlib.sha256(str(data_dir.absolute()).encode()).hexdigest()
    return f"echoppe-{digest[:24]}"

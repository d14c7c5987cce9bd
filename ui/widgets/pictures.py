"""Product pictures: decoded off the UI thread, kept small, never waited for."""

from __future__ import annotations

import time
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

CACHE_MAX = 400
SIDE_MAX_PX = 4_096  # a picture from outside may claim any size
SETTLED_NS = 2_000_000_000  # FAT tells the time in steps of two seconds
_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
_FORMATS = {b"png", b"jpeg", b"webp"}  # by what is in the file, whatever its name says


class _Relay(QObject):
    decoded = Signal(object, object)


class _Decoding(QRunnable):
    def __init__(self, name: str, files: list[Path], side_px: int, relay: _Relay) -> None:
        super().__init__()
        self._name, self._files, self._side_px, self._relay = name, files, side_px, relay

    def run(self) -> None:
        """Decode the first file that is a picture; None if there is none."""
        images = (_read(file, self._side_px) for file in self._files)
        found = next((image for image in images if not image.isNull()), None)
        self._relay.decoded.emit(self._name, found)


class _Folder:
    """Which files are there. Read again when one came or went: its own time of change tells."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: frozenset[str] = frozenset()
        self._stems: frozenset[str] = frozenset()
        self._changed_ns = 0

    def files(self, name: str) -> list[Path]:
        """Return the files that may be the picture of a name, the best first."""
        try:
            changed_ns = self._folder.stat().st_mtime_ns
            if changed_ns != self._changed_ns:
                self._names = frozenset(file.name for file in self._folder.iterdir())
                self._stems = frozenset(name.rpartition(".")[0] for name in self._names)
                # Another file in the same tick of the file system's clock would not be noticed.
                is_settled = time.time_ns() - changed_ns > SETTLED_NS
                self._changed_ns = changed_ns if is_settled else 0
        except OSError:  # no folder, no pictures
            return []
        names = [one for one in _from_special_to_general(name) if one in self._stems]
        files = (f"{one}{suffix}" for one in names for suffix in _SUFFIXES)
        return [self._folder / file for file in files if file in self._names]


def _from_special_to_general(name: str) -> list[str]:
    """Return `id--ecru--femme`, `id--ecru` and `id` for the first of these."""
    parts = name.split("--")
    return ["--".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _read(path: Path, side_px: int) -> QImage:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    if reader.format().data() not in _FORMATS:  # a drawing is a program, not pixels
        return QImage()
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > SIDE_MAX_PX:
        return QImage()
    reader.setScaledSize(
        size.scaled(QSize(side_px, side_px), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    )
    return reader.read()


class Pictures(QObject):
    """Hands out pictures by name (product id, options); says when one has arrived.

    Signals:
        arrived: the name whose picture can be painted now; a product's id for all its options.
    """

    arrived = Signal(str)

    def __init__(self, folder: Path, side_px: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._side_px = _Folder(folder), side_px
        self._kept: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._asked: set[str] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._relay = _Relay(self)
        self._relay.decoded.connect(self._keep)

    def get(self, name: str) -> QPixmap | None:
        """Return the picture if it is here; otherwise ask for it and return None."""
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        if name not in self._asked and (files := self._folder.files(name)):
            self._asked.add(name)
            self._pool.start(_Decoding(name, files, self._side_px, self._relay))
        return None

    @Slot(str)
    def came(self, product_id: str) -> None:
        """Hear that a product has another picture now, in all its options."""
        for name in [one for one in self._kept if one.partition("--")[0] == product_id]:
            del self._kept[name]
        self.arrived.emit(product_id)

    def finish(self) -> None:
        """Wait for what is being decoded; for the end of the program and for pictures of it."""
        self._pool.waitForDone()

    @Slot(object, object)
    def _keep(self, name: str, image: QImage | None) -> None:
        self._asked.discard(name)
        self._kept[name] = QPixmap.fromImage(image) if image is not None else None
        while len(self._kept) > CACHE_MAX:
            self._kept.popitem(last=False)
        if image is not None:
            self.arrived.emit(name)

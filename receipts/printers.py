"""Where documents go: a preview window, files, a printer on the network."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pos.errors import PrinterUnavailable
from receipts.document import Document, Width
from receipts.escpos_renderer import Abilities, render_escpos
from receipts.network_printer import NetworkPrinter, Timeouts
from receipts.text_renderer import render_text

Show = Callable[[Document, bytes], None]
"""Shows a document that was printed; the bytes are a PNG of it.  Called on the printer's thread."""

FILES_OF_ONE_NAME_MAX = 10_000


class Printer(Protocol):
    """Something that documents can be printed on, one at a time and from one thread."""

    columns: Width

    def print(self, document: Document) -> None:
        """Print a document; it waits for the device, within the device's timeouts.

        Raises:
            PrinterUnavailable: it is not on paper.  Only with the reason `write` may a part of it
                be: then `detail` says what happened, and printing again may print twice.
        """
        ...

    def check(self) -> None:
        """Say nothing if a document could be printed now.

        Raises:
            PrinterUnavailable: it could not, for this reason.
        """
        ...


class PreviewPrinter:
    """Shows receipts on the screen: for a stand without hardware, and for training."""

    def __init__(self, show: Show, *, columns: Width = 48) -> None:
        self.columns = columns
        self._show = show

    def print(self, document: Document) -> None:
        """Hand the document and its picture over; a pulse for a drawer shows nothing."""
        if document.is_blank:
            return
        from receipts.image_renderer import render_png  # Pillow: on this thread, not at start

        self._show(document, render_png(document))

    def check(self) -> None:
        """Is always ready."""


class FilePrinter:
    """Writes each document into files of its own: `.txt` to read, `.escpos` to send elsewhere."""

    def __init__(
        self, folder: Path, *, columns: Width = 48, abilities: Abilities | None = None
    ) -> None:
        self.columns = columns
        self._folder = folder
        self._abilities = abilities or Abilities()

    def print(self, document: Document) -> None:
        """Write the two files; those that are there already stay as they are."""
        if document.is_blank:
            return
        text = render_text(document).encode("utf-8")
        job = render_escpos(document, self._abilities)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(_file_name(document.title), {".txt": text, ".escpos": job})
        except OSError as error:
            raise PrinterUnavailable("unreachable", str(error)) from error

    def check(self) -> None:
        """Make the folder if it is missing."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PrinterUnavailable("unreachable", str(error)) from error

    def _write(self, name: str, contents: dict[str, bytes]) -> None:
        written: list[Path] = []
        try:
            stem = self._unused(name)
            for suffix, content in contents.items():
                path = self._folder / f"{stem}{suffix}"
                with path.open("xb") as file:
                    written.append(path)
                    file.write(content)
        except OSError:
            for path in written:  # half a receipt is worse than none, and is tried again
                path.unlink(missing_ok=True)
            raise

    def _unused(self, name: str) -> str:
        for number in range(1, FILES_OF_ONE_NAME_MAX):
            stem = name if number == 1 else f"{name}-{number}"
            taken = any((self._folder / f"{stem}{kind}").exists() for kind in (".txt", ".escpos"))
            if not taken:
                return stem
        raise FileExistsError(f"{FILES_OF_ONE_NAME_MAX} files are called {name}")


class PrinterOptions(Protocol):
    """The settings of a printer, as far as they matter here: `pos.settings.PrinterSettings`."""

    @property
    def kind(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def folder(self) -> str: ...
    @property
    def columns(self) -> Width: ...
    @property
    def native_qr(self) -> bool: ...
    @property
    def drawer(self) -> bool: ...
    @property
    def connect_timeout_s(self) -> float: ...
    @property
    def write_timeout_s(self) -> float: ...


def make_printer(settings: PrinterOptions, *, show: Show, folder: Path) -> Printer:
    """Return the printer that the settings describe.

    Args:
        settings: `kind` is preview, file or network.
        show: where a preview goes.
        folder: where files go unless the settings name an absolute folder; a relative one is
            within it.
    """
    abilities = Abilities(native_qr=settings.native_qr, drawer=settings.drawer)
    match settings.kind:
        case "network":
            return NetworkPrinter(
                (settings.host, settings.port),
                columns=settings.columns,
                abilities=abilities,
                timeouts=Timeouts(
                    connect_s=settings.connect_timeout_s, write_s=settings.write_timeout_s
                ),
            )
        case "file":
            target = folder / settings.folder
            return FilePrinter(target, columns=settings.columns, abilities=abilities)
        case "preview":
            return PreviewPrinter(show, columns=settings.columns)
        case other:
            raise AssertionError(f"settings let no printer of kind {other!r} through")


def _file_name(title: str) -> str:
    """Return a title as the name of a file on any system."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", title)[:80].strip("_") or "document"

"""Settings of the device, kept in `till.toml` in the config folder.

What is policy (prices, rights, staff) is not here: it comes by the feed.  Each field has a
sentence in `SENTENCES`; a test wants one for each.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class PrinterSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How receipts leave the till."""

    kind: Literal["preview", "file", "network"] = "preview"
    host: str = ""
    port: int = 9100
    folder: str = ""  # for `file`: where each receipt becomes a file
    columns: Literal[32, 42, 48] = 48
    native_qr: bool = True
    drawer: bool = False  # a cash drawer is plugged into the printer
    connect_timeout_s: float = 3.0
    write_timeout_s: float = 10.0


class ScannerSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of the scanner's keyboard layout."""

    calibration: dict[str, str] = msgspec.field(default_factory=dict)  # arrived → meant


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of `till.toml`; each field may be missing."""

    language: str = "auto"  # or the letters of a file in ui/translations
    theme: Literal["day", "night"] = "day"
    sound: bool = True
    receipt_language: str = "auto"  # or two letters that the country allows; auto: its first one
    printer: PrinterSettings = msgspec.field(default_factory=PrinterSettings)
    scanner: ScannerSettings = msgspec.field(default_factory=ScannerSettings)


SENTENCES = {
    "language": "Language of the screens (fr, en, …); auto follows the machine.",
    "theme": "Colours of the screens: day for the sun, night for the dark.",
    "sound": "Whether scans are heard.",
    "receipt_language": "Language of receipts, of those that the country allows; auto: its first.",
    "printer.kind": "Where receipts go: a window, files in a folder, or a network printer.",
    "printer.host": "Name or address of the network printer.",
    "printer.port": "TCP port of the network printer, usually 9100.",
    "printer.folder": "Folder in which receipts become files.",
    "printer.columns": "Characters in a line of the printer's paper.",
    "printer.native_qr": "Whether the printer draws QR codes itself.",
    "printer.drawer": "Whether a cash drawer is plugged into the printer.",
    "printer.connect_timeout_s": "Seconds until a printer that does not answer counts as off.",
    "printer.write_timeout_s": "Seconds until a printer that takes no data counts as stuck.",
    "scanner.calibration": "Characters that the scanner's layout garbles, from the calibration.",
}

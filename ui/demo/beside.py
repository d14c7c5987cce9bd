"""The second till of the scripted day, in a process of its own, as it stands beside the first.

    python -m ui.demo.beside DEMO-OUT LANGUAGE

On its standard input it hears, one JSON object a line, what to look for; on its standard output it
says when it sees that, and at the end what was not as scripted.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import msgspec
from PySide6.QtWidgets import QApplication

from pos.ids import ProductId, VariantId
from ui.demo.player import Scene, Until, expect
from ui.demo.playing import Failure, Performance, perform, scripted_settings
from ui.demo.stage import NumberedAlbum, Stage
from ui.demo.stand import DemoFolder, lock_demo
from ui.demo.words import Language

PATIENCE_MS = 180_000
"""Between two things to look for, the other till has its own scenes, and the hub a power cut."""


class Look(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to look for: a number of pieces left, or a price."""

    variant_id: VariantId = VariantId("")
    left: int = 0
    product_id: ProductId = ProductId("")
    price_minor: int = 0


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line from the second till."""

    what: str = ""  # open, stock, price
    failed: Failure | None = None


class SecondTill:
    """The process, as the first till's scenes see it."""

    def __init__(self, demo: DemoFolder, language: Language) -> None:
        self.seen: list[Seen] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ui.demo.beside", str(demo.out), language],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        threading.Thread(target=self._listen, name="beside", daemon=True).start()

    def look_for(self, look: Look) -> None:
        """Say what to look for next."""
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(look).decode() + "\n")
        self._process.stdin.flush()

    def has_seen(self, what: str) -> Until:
        """Wait until it says so; what went wrong there goes wrong here."""

        def is_so() -> bool:
            for seen in self.seen:
                expect(seen.failed is None, f"the second till: {seen.failed}")
            return any(seen.what == what for seen in self.seen)

        return Until(f"the second till sees the {what}", is_so, PATIENCE_MS)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.seen.append(msgspec.json.decode(line, type=Seen))


class Beside:
    """The scenes of the second till."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._looks: list[Look] = []
        threading.Thread(target=self._listen, name="looks", daemon=True).start()

    def scenes(self) -> Iterator[tuple[str, Scene]]:
        """Return them."""
        yield "beside", self._open()
        yield "beside", self._see_stock()
        yield "beside", self._see_price()

    def _open(self) -> Scene:
        stage = self._stage
        yield Until("the second till is ready", lambda: stage.is_ready, PATIENCE_MS)
        yield Until("its catalogue is here", lambda: bool(stage.cards()), PATIENCE_MS)
        _tell(Seen(what="open"))

    def _see_stock(self) -> Scene:
        yield from self._hear(1)
        look = self._looks[0]

        def is_fewer() -> bool:
            keys = [key.key for card in self._stage.cards() for key in card.keys]
            levels = [one.on_hand for one in keys if one.variant.variant_id == look.variant_id]
            return bool(levels) and levels[0] <= look.left

        yield Until("fewer are left", is_fewer, PATIENCE_MS)
        yield from self._stage.photograph("second-till-sees-the-sale")
        _tell(Seen(what="stock"))

    def _see_price(self) -> Scene:
        yield from self._hear(2)
        look = self._looks[1]

        def is_new() -> bool:
            return any(
                key.key.variant.price.minor == look.price_minor
                for card in self._stage.cards()
                for key in card.keys
                if card.product_id == look.product_id
            )

        yield Until("the new price is here", is_new, PATIENCE_MS)
        yield from self._stage.photograph("second-till-sees-the-price")
        _tell(Seen(what="price"))

    def _hear(self, count: int) -> Scene:
        yield Until("there is something to see", lambda: len(self._looks) >= count, PATIENCE_MS)

    def _listen(self) -> None:
        for line in sys.stdin:
            self._looks.append(msgspec.json.decode(line, type=Look))


def _tell(seen: Seen) -> None:
    sys.stdout.write(msgspec.json.encode(seen).decode() + "\n")
    sys.stdout.flush()


def main(out: str, language: str) -> int:
    """Play the second till's scenes."""
    app = QApplication(sys.argv[:1])
    demo = DemoFolder(Path(out))
    performance = Performance(
        demo=demo.beside,
        settings=scripted_settings(demo.beside, cast(Language, language)),
        album=NumberedAlbum(demo.pictures),
        scenes=lambda stage: Beside(stage).scenes(),
    )
    failure = perform(app, performance, lock_demo(demo.beside))
    if failure is not None:
        _tell(Seen(failed=failure))
    return 0 if failure is None else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

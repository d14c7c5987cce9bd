"""The first half of the scripted day, in a process of its own, because it is killed.

    python -m ui.demo.plug DEMO-OUT LANGUAGE

It says on its standard output, one JSON object a line, which scene begins and, at the end, which
sales the screen had acknowledged; then it kills itself as a power cut would, in mid-basket.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, cast

import msgspec
from PySide6.QtWidgets import QApplication

from pos.ids import SaleId
from ui.demo.day import Day
from ui.demo.playing import Failure, Performance, perform, scripted_settings
from ui.demo.stage import NumberedAlbum, Stage
from ui.demo.stand import DemoFolder, lock_demo
from ui.demo.words import Language

PULL = getattr(signal, "SIGKILL", signal.SIGTERM)  # on Windows, SIGTERM cannot be caught either


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line from the process that will be killed."""

    scene: str = ""
    sold: tuple[SaleId, ...] = ()
    failed: Failure | None = None


class DiedOtherwise(Exception):
    """The first half did not end by having its plug pulled."""


def play_until_the_cut(
    demo: DemoFolder, language: Language, told: Callable[[str], None]
) -> tuple[SaleId, ...] | Failure:
    """Play the first half in another process; return the sales that it acknowledged.

    Raises:
        DiedOtherwise: it ended in another way; what it said about that is on standard error.
    """
    command = [sys.executable, "-m", "ui.demo.plug", str(demo.out), language]
    sold: tuple[SaleId, ...] = ()
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        for line in process.stdout:
            said = msgspec.json.decode(line, type=Told)
            if said.failed is not None:
                return said.failed
            if said.scene:
                told(said.scene)
            sold += said.sold
    if process.returncode not in {-PULL, PULL}:
        raise DiedOtherwise(f"exit status {process.returncode}")
    return sold


def main(out: str, language: str) -> int:
    """Play the first half; come back only if it was not as scripted."""
    app = QApplication(sys.argv[:1])
    demo = DemoFolder(Path(out))
    performance = Performance(
        demo=demo,
        settings=scripted_settings(demo, cast(Language, language)),
        album=NumberedAlbum(demo.pictures),
        scenes=lambda stage: Day(stage).until_the_cut(),
        told=lambda scene: _tell(Told(scene=scene)),
        done=_pull_the_plug,
    )
    failure = perform(app, performance, lock_demo(demo))
    _tell(Told(failed=failure))
    return 1


def _tell(told: Told) -> None:
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    sys.stdout.flush()


def _pull_the_plug(stage: Stage) -> NoReturn:
    _tell(Told(sold=tuple(sale.sale_id for sale in stage.sales)))
    os.kill(os.getpid(), PULL)
    raise AssertionError("nobody survives this")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

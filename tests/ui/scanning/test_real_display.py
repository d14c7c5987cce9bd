"""A real window on a real X server, scanned into by a program that types as scanners do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import IO

import pytest

from tests.ui.scanning.scan_window import GAP_MS
from tests.ui.scanning.wedge import codes
from ui.scanning.layouts import LAYOUTS

ROOT = Path(__file__).parents[3]
PROGRAMS = ("Xvfb", "xdotool", "setxkbmap")
HANG_S = 60  # ten times what the slowest of these waits takes
X11_OFFSET, SHIFT, RETURN = 8, "50", "36"

PICKUP = "FP1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2$B/-%:"
EAN = "3760001234565"


class Display:
    """An X server of its own with a till window, and hands that type there."""

    def __init__(self, number: str) -> None:
        self._env = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        self._said: Queue[dict[str, object]] = Queue()
        self._till: subprocess.Popen[str] | None = None

    def run(self, *command: str) -> None:
        subprocess.run(command, env=self._env, check=True, timeout=HANG_S)

    def open_till(self, *, focus: str = "field", stall: bool = False) -> None:
        self._till = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.ui.scanning.scan_window"),
                *(focus, "stall" if stall else ""),
            ],
            env=self._env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._till.stdout
        self._listener = threading.Thread(target=self._listen, args=(self._till.stdout,))
        self._listener.start()
        assert self.hear() == {"ready": True, "name": "Zoé"}

    def _listen(self, stdout: IO[str]) -> None:
        with stdout:
            for line in stdout:
                self._said.put(json.loads(line))

    def hear(self) -> dict[str, object]:
        """Return what the window says next."""
        try:
            return self._said.get(timeout=HANG_S)
        except Empty:
            pytest.fail("the window says nothing")

    def scan(self, *texts: str, pause_ms: int = 5) -> None:
        """Send codes, as a scanner does that is set to the keyboard of this display."""
        command: list[str] = []
        for text in texts:
            command += ["type", "--delay", str(pause_ms), "--args", "1", text]
            command += ["key", "--delay", "0", RETURN]
        self.run("xdotool", *command)

    def type(self, *keys: str) -> None:
        """Type as a person does; keys as X11 calls them."""
        pause = ("sleep", str(2 * GAP_MS / 1000))
        for key in keys:
            self.run("xdotool", *pause, "key", key, *pause)

    def scan_as_us(self, text: str) -> None:
        """Press the keys that a scanner set to the US keyboard presses, whatever is set here."""
        places = {meant: place for place, meant in LAYOUTS["us"].items()}
        pause = ("--delay", "2")
        command: list[str] = []
        for code, shifted in (places[character] for character in text):
            key = ("key", *pause, str(code + X11_OFFSET))
            if shifted:
                command += ["keydown", *pause, SHIFT, *key, "keyup", *pause, SHIFT]
            else:
                command += key
        self.run("xdotool", *command, "key", RETURN)

    def close(self) -> None:
        if self._till:
            self._till.terminate()
            self._till.wait(HANG_S)
            self._listener.join(HANG_S)


@pytest.fixture
def display() -> Iterator[Display]:
    lacking = [program for program in PROGRAMS if shutil.which(program) is None]
    if lacking:
        pytest.fail(f"{', '.join(lacking)} not found: run scripts/system-packages run test")
    readable, writable = os.pipe()
    # -noreset: the keyboard stays as it was set when the program that set it ends.
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writable), "-noreset", "-nolisten", "tcp"),
            *("-screen", "0", "640x480x24"),
        ],
        pass_fds=[writable],
        stderr=subprocess.DEVNULL,
    )
    os.close(writable)
    with os.fdopen(readable) as numbers:
        display = Display(numbers.readline().strip())
    yield display
    display.close()
    server.terminate()
    server.wait(HANG_S)


def test_a_scan_into_a_field_of_a_real_window_is_heard_and_leaves_no_trace(
    display: Display,
) -> None:
    display.open_till()
    display.scan(EAN)
    assert display.hear() == {"scanned": EAN, "name": "Zoé"}
    display.scan(PICKUP)
    assert display.hear() == {"scanned": PICKUP, "name": "Zoé"}


def test_a_person_types_and_a_scan_comes_between(display: Display) -> None:
    display.open_till()
    display.type("m")
    display.scan(EAN)
    assert display.hear() == {"scanned": EAN, "name": "m"}
    display.type("a", "e", "Return")
    assert display.hear() == {"pressed": "pay", "name": "mae"}


def test_a_scan_onto_a_button_presses_nothing(display: Display) -> None:
    display.open_till(focus="button")
    display.scan(f" +{PICKUP}")
    assert display.hear()["scanned"] == f" +{PICKUP}"
    display.type("plus", "space")
    assert [display.hear()["pressed"] for _ in range(2)] == ["+", "pay"]


def test_scans_without_a_pause_are_all_heard_though_the_window_stalls(display: Display) -> None:
    """Ten codes as fast as X takes them, while each one keeps the window busy for 300 ms."""
    display.open_till(stall=True)
    sent = list(codes(10))
    display.scan(*sent, pause_ms=1)
    assert [display.hear()["scanned"] for _ in sent] == sent


@pytest.mark.parametrize("focus", ["field", "button"])
@pytest.mark.parametrize("caps_lock", [False, True])
@pytest.mark.parametrize("keyboard", ["us", "fr", "be", "de"])
def test_a_us_scanner_is_understood_on_any_keyboard(
    display: Display, keyboard: str, caps_lock: bool, focus: str
) -> None:
    """In Germany "+" is a dead accent, which swallows the key after it into one letter."""
    display.run("setxkbmap", keyboard)
    if caps_lock:
        display.type("Caps_Lock")
    display.open_till(focus=focus)
    for code in (PICKUP, EAN):
        display.scan_as_us(code)
        assert display.hear() == {"scanned": code, "name": "Zoé"}
    display.type("Return")
    assert display.hear() == {"pressed": "pay", "name": "Zoé"}

"""Which keys are a scan: a pure state machine over key events and their time stamps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

GAP_MAX_MS = 35
"""Longest pause between two key events of one scan.

A USB scanner sends two reports a character (key down, all keys up) every 1 to 10 ms; with the
pause that slow hosts are given (10 to 30 ms) it is still inside. The fastest roll of a person's
fingers is some 50 ms from key to key, and a person holds each key for 60 ms and more.

So presses count, and all of Shift, and the release of the key pressed last: it comes soon from a
scanner and late from a person. The release of an earlier key does not count: fingers that overlap
would otherwise seem twice as fast as they are.
"""

CHARS_MIN = 4
"""Fewer characters are typing: "12", Enter at full speed is a quantity. No barcode is shorter."""

CHARS_MAX = 4296
"""What the largest QR code holds. More is something else, a macro or a paste."""


class Kind(Enum):
    """What a key is to a scan."""

    CHARACTER = auto()
    MODIFIER = auto()  # Shift, AltGr, Caps Lock …
    TERMINATOR = auto()  # what the scanner is set to send after a code
    OTHER = auto()  # arrows, function keys, Ctrl with a letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key event.

    Args:
        at_ms: when it happened, on the clock of `Timeline`.
        name: a number by which a release finds its press.
        text: what the keyboard layout of this machine made of it.
        code: the key's place on the keyboard as evdev number (PC set 1), 0 if unknown.
        repeated: made by a key that is held down.
        composed: committed by an input method; the keys themselves were eaten.
    """

    at_ms: int
    kind: Kind
    name: int = 0
    pressed: bool = True
    text: str = ""
    code: int = 0
    shifted: bool = False
    repeated: bool = False
    composed: bool = False


class Verdict(Enum):
    """What a key event turned out to be."""

    TYPED = auto()  # no part of a burst
    STARTS = auto()  # perhaps the first key of a scan: what is now may have to come back
    SPLITS = auto()  # the second; the first is still down, so it may have been a person's
    CONTINUES = auto()
    SCANNED = auto()  # the terminator of a scan
    TRAILS = auto()  # a further terminator right after it (CR LF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The verdict on one event.

    Args:
        refuted: an earlier burst has just proved to be typing.
        strokes: with SCANNED, the characters of the code.
        typed_first: with SCANNED, the first key of the burst, if a person had typed it.
    """

    verdict: Verdict
    refuted: bool = False
    strokes: tuple[Key, ...] = ()
    typed_first: Key | None = None


class Timeline:
    """One clock for events with a time stamp and for those without (0)."""

    def __init__(self) -> None:
        self._last_ms = 0
        self._stamp = 0  # of the last event that had one, and when that was
        self._stamped_ms = 0
        self._now_ms = 0

    def at_ms(self, stamp: int, now_ms: int) -> int:
        """Return when an event happened.

        Args:
            stamp: the event's own time in ms. X11 starts again at 0 after 2**32 ms.
            now_ms: a monotonic clock, used as far as stamps are missing.
        """
        if stamp:
            at_ms = self._stamped_ms + (stamp - self._stamp) % 2**32
            self._stamp, self._stamped_ms = stamp, at_ms
        else:
            at_ms = self._last_ms + now_ms - self._now_ms
        self._now_ms = now_ms
        self._last_ms = max(at_ms, self._last_ms)
        return self._last_ms


class Burst:
    """Feed it every key event in order; it says what each one is.

    A burst is proved by its terminator and refuted by a pause. It never looks at a clock: an
    event that is handled late, because the program was busy, still has its own time.
    """

    def __init__(self, *, gap_max_ms: int = GAP_MAX_MS, chars_min: int = CHARS_MIN) -> None:
        self._gap_max_ms = gap_max_ms
        self._chars_min = chars_min
        self._last_ms = 0
        self._down: set[int] = set()  # keys whose press was seen, and not yet their release
        self._latest = 0  # the key that was pressed last
        self._scanned = False  # the last thing of weight was a proved scan
        self._clear()

    def _clear(self) -> None:
        self._strokes: list[Key] = []
        self._unreleased: set[int] = set()  # characters of this burst that are still down
        self._first_overlaps = False  # the first key was down when the second came
        self._others_overlap = False

    @property
    def is_open(self) -> bool:
        """A burst is under way that may yet become a scan."""
        return bool(self._strokes)

    def feed(self, key: Key) -> Step:
        """Return what this event is, given all before it."""
        paused = self._pauses_before(key)
        refuted = paused and self.is_open
        if paused:
            self._scanned = False
            self._clear()
        if not key.pressed:
            return Step(verdict=self._release(key), refuted=refuted)
        self._down.add(key.name)
        self._latest = key.name
        if key.kind is Kind.TERMINATOR:
            return self._terminate(refuted=refuted)
        if key.kind is Kind.CHARACTER:
            return Step(verdict=self._add(key), refuted=refuted)
        return Step(verdict=self._continued(), refuted=refuted)

    def compose(self, text: str) -> None:
        """Add what an input method made of dead keys. It has no time and no key of its own."""
        if self.is_open:
            self._strokes.append(
                Key(at_ms=self._last_ms, kind=Kind.CHARACTER, text=text, composed=True)
            )

    def _pauses_before(self, key: Key) -> bool:
        is_of_earlier_key = key.name in self._down and key.name != self._latest
        if not key.pressed and is_of_earlier_key and key.kind is not Kind.MODIFIER:
            return False
        paused = key.at_ms - self._last_ms > self._gap_max_ms
        self._last_ms = key.at_ms
        return paused

    def _continued(self) -> Verdict:
        return Verdict.CONTINUES if self.is_open else Verdict.TYPED

    def _release(self, key: Key) -> Verdict:
        self._unreleased.discard(key.name)
        if key.name in self._down:
            self._down.discard(key.name)
        elif self.is_open and key.code and key.kind is not Kind.MODIFIER:
            # An input method ate the press: a dead key, or the letter after one. What it means on
            # this machine comes by `compose`; where it lies on the keyboard is known from here.
            self._strokes.append(replace(key, pressed=True, text=""))
        return self._continued()

    def _add(self, key: Key) -> Verdict:
        self._scanned = False
        if not self.is_open:
            if key.repeated:
                return Verdict.TYPED
            verdict = Verdict.STARTS
        else:
            verdict = self._overlap(key)
        self._strokes.append(key)
        self._unreleased.add(key.name)
        return verdict

    def _overlap(self, key: Key) -> Verdict:
        """Note which keys are still down. A scanner lets go of one before it presses the next."""
        first = self._strokes[0].name
        if self._unreleased - {first, key.name}:
            self._others_overlap = True
        if len(self._strokes) == 1 and first in self._unreleased and not key.repeated:
            self._first_overlaps = True
            return Verdict.SPLITS
        return Verdict.CONTINUES

    def _terminate(self, *, refuted: bool) -> Step:
        if self._scanned:
            return Step(verdict=Verdict.TRAILS)
        strokes, typed_first = tuple(self._strokes), self._typed_first()
        is_open = self.is_open
        self._clear()
        if typed_first:
            strokes = strokes[1:]
        if not self._is_scan(strokes):
            return Step(verdict=Verdict.TYPED, refuted=refuted or is_open)
        self._scanned = True
        return Step(verdict=Verdict.SCANNED, strokes=strokes, typed_first=typed_first)

    def _typed_first(self) -> Key | None:
        """Return the first key if it was down across others, which themselves never overlap.

        So the cashier's "2" is told from the code, although the scan came within a blink of it.
        """
        if not self._first_overlaps or self._others_overlap:
            return None
        first = self._strokes[0]
        return None if self._unreleased - {first.name} else first

    def _is_scan(self, strokes: tuple[Key, ...]) -> bool:
        held_down = all(key.repeated for key in strokes[1:])
        return self._chars_min <= len(strokes) <= CHARS_MAX and not held_down

"""Which keys are a scan, decided without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.scanning.burst import (
    CHARS_MAX,
    CHARS_MIN,
    GAP_MAX_MS,
    Burst,
    Key,
    Kind,
    Timeline,
    Verdict,
)

ENTER, SHIFT = 1, 2
CHARACTERS = "0123456789ABCDEF:/ $-abcé&"


def press(text: str, at_ms: int, **more: bool) -> Key:
    return Key(at_ms=at_ms, kind=Kind.CHARACTER, name=ord(text), text=text, **more)


def enter(at_ms: int) -> Key:
    return Key(at_ms=at_ms, kind=Kind.TERMINATOR, name=ENTER)


def shift(at_ms: int) -> Key:
    return Key(at_ms=at_ms, kind=Kind.MODIFIER, name=SHIFT)


def release(key: Key, at_ms: int) -> Key:
    return replace(key, pressed=False, at_ms=at_ms)


def a_scan(text: str, at_ms: int, *, pause_ms: int = 3) -> list[Key]:
    """Return what a scanner sends: each key goes up before the next goes down."""
    keys = []
    for down in (*(press(character, 0) for character in text), enter(0)):
        steps = [down, release(down, 0)]
        if down.text.isupper():
            steps = [shift(0), *steps, release(shift(0), 0)]
        for key in steps:
            keys.append(replace(key, at_ms=at_ms))
            at_ms += pause_ms
    return keys


@dataclass
class Field:
    """A text field that gets every key at once and goes back when it was a scan."""

    text: str = ""
    scans: list[str] = field(default_factory=list)
    burst: Burst = field(default_factory=Burst)
    before: str = ""
    before_second: str = ""

    def play(self, keys: Iterable[Key]) -> Field:
        for key in keys:
            step = self.burst.feed(key)
            if step.verdict is Verdict.STARTS:
                self.before = self.before_second = self.text
            elif step.verdict is Verdict.SPLITS:
                self.before_second = self.text
            elif step.verdict is Verdict.SCANNED:
                self.text = self.before_second if step.typed_first else self.before
                self.scans.append("".join(stroke.text for stroke in step.strokes))
            if key.pressed and step.verdict not in {Verdict.SCANNED, Verdict.TRAILS}:
                self.text += "⏎" if key.kind is Kind.TERMINATOR else key.text
        return self


def test_a_scan_is_read_and_leaves_nothing_in_the_field() -> None:
    played = Field(text="Anna").play(a_scan("3760001234567", 1000))
    assert (played.text, played.scans) == ("Anna", ["3760001234567"])


@pytest.mark.parametrize("pause_ms", [0, 1, 10, 30, GAP_MAX_MS])
def test_a_slow_scanner_is_a_scanner(pause_ms: int) -> None:
    assert Field().play(a_scan("R1:A/B", 1000, pause_ms=pause_ms)).scans == ["R1:A/B"]


def test_keys_that_come_slower_than_any_scanner_are_typing() -> None:
    played = Field().play(a_scan("12345", 1000, pause_ms=GAP_MAX_MS + 1))
    assert (played.text, played.scans) == ("12345⏎", [])


def test_a_quantity_and_enter_are_typing_however_fast() -> None:
    played = Field().play(a_scan("1" * (CHARS_MIN - 1), 1000, pause_ms=0))
    assert (played.text, played.scans) == ("111⏎", [])


def test_a_code_longer_than_any_code_is_typing() -> None:
    played = Field().play(a_scan("1" * (CHARS_MAX + 1), 1000, pause_ms=1))
    assert (len(played.text), played.scans) == (CHARS_MAX + 2, [])


def test_the_longest_code_is_a_scan() -> None:
    assert Field().play(a_scan("12" * (CHARS_MAX // 2), 1000)).scans == ["12" * (CHARS_MAX // 2)]


def test_scans_that_follow_without_a_pause_are_two_scans() -> None:
    first = a_scan("11111111", 1000, pause_ms=1)
    played = Field().play([*first, *a_scan("22222222", first[-1].at_ms, pause_ms=1)])
    assert (played.text, played.scans) == ("", ["11111111", "22222222"])


def test_a_scanner_that_ends_with_two_terminators_presses_nothing() -> None:
    keys = a_scan("12345678", 1000)
    last_ms = keys[-1].at_ms
    again = enter(last_ms + 5)
    played = Field().play([*keys, again, release(again, last_ms + 6)])
    assert (played.text, played.scans) == ("", ["12345678"])


def test_enter_pressed_after_a_scan_is_pressed() -> None:
    keys = a_scan("12345678", 1000)
    assert Field().play([*keys, enter(keys[-1].at_ms + 200)]).text == "⏎"


def test_a_finger_on_a_key_is_no_scan() -> None:
    """Whatever the repetition rate; X11 repeats at 25 a second and can be told to do it faster."""
    first = press("7", 1000)
    repeats = [press("7", 1500 + 20 * n, repeated=True) for n in range(20)]
    played = Field().play([first, *repeats, enter(1900)])
    assert (played.text, played.scans) == ("7" * 21 + "⏎", [])


def test_a_finger_on_a_key_is_no_scan_even_if_it_repeats_without_delay() -> None:
    keys = [press("7", 1000 + 20 * n, repeated=n > 0) for n in range(9)]
    assert Field().play([*keys, enter(1180)]).scans == []


def test_twin_characters_that_the_system_takes_for_repetition_are_scanned() -> None:
    """X11 says "repeated" when a release and a press bear the same millisecond."""
    keys = a_scan("3311223344", 1000, pause_ms=0)
    twins = [
        replace(key, repeated=n > 1 and key.pressed and key.text == keys[n - 2].text)
        for n, key in enumerate(keys)
    ]
    assert sum(key.repeated for key in twins) == 5
    assert Field().play(twins).scans == ["3311223344"]


def test_a_digit_typed_a_blink_before_the_scan_stays_a_quantity() -> None:
    """The finger is still on the key when the scanner begins; a scanner's keys never overlap."""
    two = press("2", 1000)
    played = Field().play([two, *a_scan("12345678", 1020, pause_ms=2), release(two, 1080)])
    assert (played.text, played.scans) == ("2", ["12345678"])


def test_keys_without_any_release_are_one_scan() -> None:
    """Some remote desktops tell of presses only: then overlapping proves nothing."""
    presses = [key for key in a_scan("12345678", 1000) if key.pressed]
    assert Field().play(presses).scans == ["12345678"]


def test_fingers_that_roll_over_the_keys_are_no_scan() -> None:
    """50 ms from key to key, each down for 75 ms: between any two events there are only 25 ms."""
    downs = [press(character, 1000 + 50 * n) for n, character in enumerate("clearly")]
    ups = [release(key, key.at_ms + 75) for key in downs]
    keys = sorted([*downs, *ups, enter(1350)], key=lambda key: key.at_ms)
    assert all(b.at_ms - a.at_ms <= GAP_MAX_MS for a, b in pairwise(keys[1:]))
    played = Field().play(keys)
    assert (played.text, played.scans) == ("clearly⏎", [])


def test_what_an_input_method_made_of_dead_keys_is_part_of_the_scan() -> None:
    """It eats the presses and lets the releases pass; where the keys lie is known from those."""
    burst = Burst()
    burst.feed(press("1", 1000))
    for n, code in enumerate((27, 31)):
        burst.feed(Key(at_ms=1002 + n, kind=Kind.OTHER, name=100 + n, code=code, pressed=False))
    burst.compose("ŝ")
    burst.feed(press("2", 1005))
    strokes = burst.feed(enter(1006)).strokes
    assert "".join(stroke.text for stroke in strokes) == "1ŝ2"
    assert [stroke.code for stroke in strokes if not stroke.composed] == [0, 27, 31, 0]


def test_composed_text_alone_starts_no_scan() -> None:
    burst = Burst()
    burst.compose("ê")
    assert not burst.is_open


@st.composite
def a_day_at_the_till(draw: st.DrawFn) -> tuple[list[Key], str, list[str]]:
    """Return what happens, what a person typed of it, and what was scanned."""
    keys: list[Key] = []
    typed, scans, at_ms = "", [], 1000
    for _ in range(draw(st.integers(0, 12))):
        if draw(st.booleans()):
            at_ms = max(at_ms + draw(st.integers(0, 300)), keys[-1].at_ms if keys else 0)
            code = draw(st.text(CHARACTERS, min_size=CHARS_MIN, max_size=40))
            keys += a_scan(code, at_ms, pause_ms=draw(st.integers(0, 30)))
            scans.append(code)
            at_ms = keys[-1].at_ms
        else:
            at_ms += draw(st.integers(50, 400))
            key = draw(st.sampled_from([press(c, at_ms) for c in CHARACTERS] + [enter(at_ms)]))
            keys += [key, release(key, at_ms + draw(st.integers(60, 200)))]
            typed += key.text or "⏎"
    return sorted(keys, key=lambda key: key.at_ms), typed, scans


@given(a_day_at_the_till())
def test_every_scan_is_read_once_and_no_typed_key_is_lost(
    day: tuple[list[Key], str, list[str]],
) -> None:
    """Keys typed at a person's speed and scans, in any order and at any distance."""
    keys, typed, scans = day
    played = Field().play(keys)
    assert (played.scans, played.text) == (scans, typed)


def test_time_stamps_go_on_after_x11_starts_again_at_zero() -> None:
    timeline = Timeline()
    before = timeline.at_ms(2**32 - 5, now_ms=100)
    assert timeline.at_ms(7, now_ms=112) - before == 12


def test_events_without_a_time_stamp_are_dated_by_the_clock() -> None:
    timeline = Timeline()
    at_ms = [timeline.at_ms(stamp, now_ms) for stamp, now_ms in ((5000, 10), (0, 14), (5009, 19))]
    assert [later - at_ms[0] for later in at_ms] == [0, 4, 9]


def test_time_never_runs_backwards() -> None:
    timeline = Timeline()
    first = timeline.at_ms(5000, now_ms=10)
    late = timeline.at_ms(0, now_ms=40)
    assert first < late <= timeline.at_ms(5004, now_ms=41)

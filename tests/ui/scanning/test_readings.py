"""What a scan means, when the scanner and the computer disagree about the keyboard."""

from __future__ import annotations

import ctypes
import ctypes.util
import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.scanning.burst import Key, Kind
from ui.scanning.calibration import (
    CALIBRATED,
    CALIBRATION_TEXT,
    Calibration,
    RefusedCalibration,
    is_plausible,
    judge_calibration,
)
from ui.scanning.layouts import LAYOUTS, read_as
from ui.scanning.readings import Reader, has_check_digit

PICKUP = "FP1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2$BBRW1*70HS8WY04AC*WIF-0AHCD8K/97TK0QWZM%G7X+AQB9"
EAN = "3760001234565"
SIGNS = [sign for sign in CALIBRATED if not sign.isalnum() and sign != " "]


def strokes(text: str, *, set_to: str, host: str, caps_lock: bool = False) -> list[Key]:
    """Return the keys that a scanner set to one layout presses on a host with another."""
    places = {meant: place for place, meant in LAYOUTS[set_to].items()}
    keys = []
    for code, shifted in (places[character] for character in text):
        typed = LAYOUTS[host].get((code, shifted), "")
        typed = typed.swapcase() if caps_lock else typed
        keys.append(
            Key(at_ms=0, kind=Kind.CHARACTER, name=code, text=typed, code=code, shifted=shifted)
        )
    return keys


def without_codes(keys: list[Key]) -> list[Key]:
    return [Key(at_ms=0, kind=key.kind, name=ord(key.text), text=key.text) for key in keys]


@pytest.mark.parametrize("caps_lock", [False, True])
@pytest.mark.parametrize("host", LAYOUTS)
@pytest.mark.parametrize("set_to", LAYOUTS)
@pytest.mark.parametrize("code", [PICKUP, EAN, "40170725", "036000291452"])
def test_our_codes_and_barcodes_are_read_first_time(
    code: str, set_to: str, host: str, caps_lock: bool
) -> None:
    keys = strokes(code, set_to=set_to, host=host, caps_lock=caps_lock)
    assert Reader().read(keys).text == code


@pytest.mark.parametrize("caps_lock", [False, True])
@pytest.mark.parametrize("host", LAYOUTS)
@pytest.mark.parametrize("set_to", LAYOUTS)
@pytest.mark.parametrize("sku", ["TEE-BLK-XL", "a1b2c3", "MUG/RED.2", "QWERTY"])
def test_any_sku_is_among_the_candidates(sku: str, set_to: str, host: str, caps_lock: bool) -> None:
    keys = strokes(sku, set_to=set_to, host=host, caps_lock=caps_lock)
    assert sku in Reader().read(keys).candidates


def test_a_scanner_that_agrees_with_its_computer_is_believed() -> None:
    """Even where another layout would make something decent of the keys."""
    keys = strokes("QAZWSX", set_to="fr", host="fr")
    assert Reader().read(keys).candidates[:2] == ("QAZWSX", "qazwsx")


@pytest.mark.parametrize("certain", [PICKUP, EAN])
def test_a_code_that_is_certain_teaches_how_to_read_the_next(certain: str) -> None:
    """AZERTY may be QWERTY, and is once a pickup code has shown what the scanner is set to."""
    reader = Reader()
    assert reader.read(strokes("QWERTY", set_to="us", host="fr")).text == "AZERTY"
    reader.read(strokes(certain, set_to="us", host="fr"))
    assert reader.read(strokes("QWERTY", set_to="us", host="fr")).text == "QWERTY"


def test_a_check_digit_decides_between_decent_readings() -> None:
    """On a French keyboard the keys of 6 and 8 type characters that a SKU may have."""
    keys = strokes("68686888", set_to="us", host="fr")
    assert Reader().read(keys).candidates[:2] == ("68686888", "-_-_-___")


def test_caps_lock_is_noticed_by_capitals_without_shift() -> None:
    keys = strokes("Tee-Blk", set_to="us", host="us", caps_lock=True)
    assert Reader().read(keys).candidates[:2] == ("Tee-Blk", "tEE-bLK")


def test_a_reading_that_is_the_same_is_offered_once() -> None:
    scan = Reader().read(strokes(EAN, set_to="us", host="us"))
    assert len(set(scan.candidates)) == len(scan.candidates)


@pytest.mark.parametrize("wrong", ["3760001234561", "376000123456", "12345678901234567", "１２"])
def test_a_wrong_check_digit_is_noticed(wrong: str) -> None:
    assert not has_check_digit(wrong)


@pytest.mark.parametrize("host", ["fr", "be"])
def test_after_calibration_codes_are_read_without_knowing_the_keys(host: str) -> None:
    """On a computer that does not say where on the keyboard a key lies."""
    calibration = calibrated(strokes(CALIBRATION_TEXT, set_to="us", host=host))
    reader = Reader(Calibration.from_dict(calibration.to_dict()))
    for code in (PICKUP, EAN, "TEE-BLK_xl"):
        assert reader.read(without_codes(strokes(code, set_to="us", host=host))).text == code


def test_caps_lock_after_calibration_is_undone() -> None:
    keys = strokes(CALIBRATION_TEXT, set_to="us", host="fr")
    calibration = calibrated(keys)
    garbled = without_codes(strokes(PICKUP, set_to="us", host="fr", caps_lock=True))
    assert Reader(calibration).read(garbled).text == PICKUP


@given(st.permutations(string.ascii_lowercase), st.permutations(SIGNS))
def test_the_calibration_code_is_known_however_letters_and_signs_lie(
    letters: list[str], signs: list[str]
) -> None:
    seen_as = {digit: digit for digit in string.digits} | {" ": " "}
    seen_as |= dict(zip(string.ascii_lowercase, letters, strict=True))
    seen_as |= {plain.upper(): seen.upper() for plain, seen in seen_as.items() if plain.isalpha()}
    seen_as |= dict(zip(SIGNS, signs, strict=True))
    calibration = judge_calibration("".join(seen_as[sign] for sign in CALIBRATION_TEXT), [])
    assert isinstance(calibration, Calibration)
    assert calibration.undo("".join(seen_as[character] for character in PICKUP)) == PICKUP


@pytest.mark.parametrize("caps_lock", [False, True])
@pytest.mark.parametrize("host", ["us", "fr", "be"])
@pytest.mark.parametrize("set_to", ["us", "fr", "be"])
def test_every_layout_that_is_known_can_be_calibrated(
    set_to: str, host: str, caps_lock: bool
) -> None:
    keys = strokes(CALIBRATION_TEXT, set_to=set_to, host=host, caps_lock=caps_lock)
    arrived = "".join(key.text for key in keys)
    judged = judge_calibration(arrived, [key.code for key in keys])
    assert not isinstance(judged, RefusedCalibration)


def swapped(one: str, other: str) -> str:
    """Return the calibration code of somebody who wants one character read as another."""
    return CALIBRATION_TEXT.translate(str.maketrans(one + other, other + one))


HOSTILE = {
    "a digit for another": swapped("1", "2"),
    "a digit for a letter": swapped("0", "O"),
    "a capital for a small letter of another key": swapped("a", "B"),
    "a space for a sign": swapped(" ", "-"),
    "a control character": CALIBRATION_TEXT.replace("-", "\x1b"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_code_that_claims_what_no_keyboard_does_teaches_nothing(name: str) -> None:
    assert judge_calibration(HOSTILE[name], []) == RefusedCalibration()


@pytest.mark.parametrize("knows_codes", [True, False])
def test_a_code_that_exchanges_digits_on_a_french_keyboard_teaches_nothing(
    knows_codes: bool,
) -> None:
    """There they arrive as signs; what betrays the exchange is where they lie."""
    keys = strokes(swapped("1", "2"), set_to="us", host="fr")
    codes = [key.code if knows_codes else 0 for key in keys]
    judged = judge_calibration("".join(key.text for key in keys), codes)
    assert judged == RefusedCalibration()


def test_digits_from_unknown_signs_count_only_from_where_digits_lie() -> None:
    keys = strokes(swapped("1", "2"), set_to="us", host="us")
    arrived = "".join(key.text for key in keys).translate(str.maketrans("0123456789", "абвгдежзик"))
    assert judge_calibration(arrived, [key.code for key in keys]) == RefusedCalibration()


EXCHANGED = {
    "some of a row in another order": {"1": "é", "2": "&", "3": "'", "4": '"', "5": "-"},
    "two signs": {"1": "é", "2": "&"},
    "one sign in its place": {"1": "&"},
    "some of a row, the other digits as they are": {"1": "é", "2": "&"}
    | {digit: digit for digit in "34567890"},
}


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_part_of_a_known_row_teaches_no_digit_where_no_keys_are_known(name: str) -> None:
    """The rest may be signs of any keyboard: what counts is that é is nobody's 1."""
    signs = EXCHANGED[name]
    seen_as = dict(zip(string.digits, "абвгдежзик", strict=True))
    seen_as |= {"&": "л", "-": "м"}  # no character arrives for two
    seen_as |= signs
    arrived = "".join(seen_as.get(character, character) for character in CALIBRATION_TEXT)
    assert judge_calibration(arrived, [0] * len(arrived)) == RefusedCalibration()
    assert Calibration.from_dict({seen: digit for digit, seen in signs.items()}).undo("é&") == "é&"


def test_a_keyboard_whose_zero_alone_is_elsewhere_can_be_calibrated() -> None:
    """In Hungary the key right of 9 is ö."""
    arrived = CALIBRATION_TEXT.replace("0", "ö")
    judged = judge_calibration(arrived, [0] * len(arrived))
    assert isinstance(judged, Calibration)
    assert judged.undo("1ö2") == "102"


def test_a_settings_file_that_exchanges_digits_teaches_nothing() -> None:
    assert not is_plausible({"1": "2", "2": "1"})
    assert Calibration.from_dict({"1": "2", "2": "1"}).undo("12") == "12"
    assert Calibration.from_dict({"&": "12"}).undo("&") == "&"


@pytest.mark.parametrize("length", [1, 4296])
def test_a_huge_code_is_no_calibration(length: int) -> None:
    assert judge_calibration("a" * length, [30] * length) is None


@pytest.mark.parametrize(
    "other",
    [
        PICKUP,
        CALIBRATION_TEXT[:-1],
        CALIBRATION_TEXT.lower(),  # two characters became one: of no use
        "é" + CALIBRATION_TEXT[1:],
    ],
)
def test_other_codes_are_no_calibration(other: str) -> None:
    assert judge_calibration(other, []) is None


def calibrated(keys: list[Key]) -> Calibration:
    judged = judge_calibration("".join(key.text for key in keys), [key.code for key in keys])
    assert isinstance(judged, Calibration)
    return judged


def test_a_key_that_no_layout_knows_gives_no_reading() -> None:
    keys = [*strokes("123", set_to="us", host="us"), Key(at_ms=0, kind=Kind.CHARACTER, text="ß")]
    assert read_as("us", keys) is None
    assert Reader().read(keys).candidates == ("123ß",)


class Xkb:
    """The keyboard tables of the system, by the library through which Qt itself reads them."""

    def __init__(self, layout: str) -> None:
        self._lib = ctypes.CDLL(ctypes.util.find_library("xkbcommon") or "libxkbcommon.so.0")
        for name in ("xkb_context_new", "xkb_keymap_new_from_names", "xkb_state_new"):
            getattr(self._lib, name).restype = ctypes.c_void_p
        context = self._lib.xkb_context_new(0)
        # rules, model, layout, variant, options
        names = (ctypes.c_char_p * 5)(b"evdev", b"pc105", layout.encode(), b"", b"")
        keymap = self._lib.xkb_keymap_new_from_names(ctypes.c_void_p(context), names, 0)
        self._state = ctypes.c_void_p(self._lib.xkb_state_new(ctypes.c_void_p(keymap)))

    def meaning(self, code: int, *, shifted: bool) -> str:
        """Return the character of an evdev key, with Num Lock on; "" for a dead key."""
        num_lock = 0 if shifted else 1 << 4
        self._lib.xkb_state_update_mask(self._state, int(shifted), 0, num_lock, 0, 0, 0)
        buffer = ctypes.create_string_buffer(16)
        self._lib.xkb_state_key_get_utf8(self._state, code + 8, buffer, 16)
        return buffer.value.decode()


def _letters() -> Iterator[int]:
    yield from (*range(2, 14), *range(16, 28), *range(30, 42), *range(43, 54), 57)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_layouts_are_those_of_the_system(layout: str) -> None:
    xkb, ours = Xkb(layout), LAYOUTS[layout]
    for code in _letters():
        for shifted in (False, True):
            theirs = xkb.meaning(code, shifted=shifted)
            assert ours.get((code, shifted), theirs) == theirs, (code, shifted)
            if theirs.isascii() and theirs.isprintable():
                assert ours.get((code, shifted), "") == theirs, (code, shifted)
    for code in (*range(71, 83), 55, 98):
        assert ours[code, False] == xkb.meaning(code, shifted=False), code

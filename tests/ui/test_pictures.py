"""Pictures from outside: small ones are shown, bad ones cost nothing."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from ui.widgets.pictures import CACHE_MAX, SIDE_MAX_PX, Pictures

HANG_GUARD_MS = 30_000
SIDE = 96


class Album:
    """A folder of pictures, and what arrived of them."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        self.folder = folder
        self.pictures = Pictures(folder, SIDE)
        self.arrived: list[str] = []
        self._fetched = 0
        self.pictures.arrived.connect(self.arrived.append)

    def draw(self, name: str, size: tuple[int, int] = (300, 200), *, suffix: str = ".png") -> Path:
        path = self.folder / f"{name}{suffix}"
        Image.new("RGB", size, (200, 30, 30)).save(path)
        return path

    def fetch(self, name: str) -> QPixmap | None:
        """Return the picture once it was looked for."""
        self.pictures.get(name)
        self.pictures.finish()
        # A picture that is there arrives behind the ones that are not.
        self._fetched += 1
        last = f"last-{self._fetched}"
        self.draw(last)
        self.pictures.get(last)
        self._qtbot.waitUntil(lambda: last in self.arrived, timeout=HANG_GUARD_MS)
        self.arrived.remove(last)
        return self.pictures.get(name)


@pytest.fixture
def album(qtbot: QtBot, tmp_path: Path) -> Album:
    return Album(qtbot, tmp_path)


def png_that_claims(width: int, height: int) -> bytes:
    """Return a small file that says that it is a large picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".jpeg", ".webp"])
def test_a_picture_arrives_as_small_as_it_is_shown(album: Album, suffix: str) -> None:
    album.draw("shirt", (300, 200), suffix=suffix)
    assert album.pictures.get("shirt") is None  # nobody waits for it
    picture = album.fetch("shirt")
    assert picture is not None
    assert (picture.width(), picture.height()) == (144, 96)
    assert album.arrived == ["shirt"]


def test_a_picture_that_comes_later_is_shown(album: Album) -> None:
    assert album.fetch("late") is None
    album.draw("late")
    assert album.fetch("late") is not None


def test_a_picture_of_a_folder_that_comes_later_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    """The first import makes the folder."""
    album = Album(qtbot, tmp_path / "not-yet")
    assert album.pictures.get("shirt") is None
    album.folder.mkdir()
    album.draw("shirt")
    assert album.fetch("shirt") is not None


def test_a_picture_is_asked_for_once_however_often_it_is_painted(album: Album) -> None:
    album.draw("shirt")
    for _ in range(10):
        album.pictures.get("shirt")
    album.fetch("shirt")
    assert album.arrived == ["shirt"]


@pytest.mark.parametrize(
    ("width", "height"), [(60_000, 60_000), (SIDE_MAX_PX + 1, 10), (10, 2**31 - 1)]
)
def test_a_picture_that_claims_to_be_huge_is_not_decoded(
    album: Album, width: int, height: int
) -> None:
    """A few bytes may ask for ten gigabytes of memory."""
    (album.folder / "bomb.png").write_bytes(png_that_claims(width, height))
    assert album.fetch("bomb") is None


@pytest.mark.qt_log_ignore("JPEG")  # what the decoder says about it
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"<svg width='9' height='9'/>",
    ],
    ids=["empty", "text", "only a signature", "only the start of a JPEG", "a drawing"],
)
def test_what_is_no_picture_is_none(album: Album, content: bytes) -> None:
    (album.folder / "fake.png").write_bytes(content)
    assert album.fetch("fake") is None


@pytest.mark.qt_log_ignore("JPEG")
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_a_picture_that_was_cut_off_breaks_nothing(album: Album, suffix: str) -> None:
    path = album.draw("half", (900, 900), suffix=suffix)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    picture = album.fetch("half")
    assert picture is None or picture.width() <= SIDE


def test_a_picture_of_another_kind_than_its_name_says_is_shown(album: Album) -> None:
    """Shops rename files; what counts is what is in them."""
    album.draw("shirt", suffix=".jpg").rename(album.folder / "shirt.png")
    assert album.fetch("shirt") is not None


def test_a_folder_of_that_name_is_no_picture(album: Album) -> None:
    (album.folder / "shirt.png").mkdir()
    assert album.fetch("shirt") is None


def test_where_one_file_is_bad_the_next_kind_is_tried(album: Album) -> None:
    (album.folder / "shirt.png").write_bytes(b"not a picture")
    album.draw("shirt", suffix=".jpg")
    assert album.fetch("shirt") is not None


def test_no_more_are_kept_than_fit(album: Album) -> None:
    """A catalogue of thousands does not fill the memory; what was seen longest ago goes."""
    album.draw("first")
    assert album.fetch("first") is not None
    for number in range(CACHE_MAX):
        (album.folder / f"none-{number}.png").write_bytes(b"not a picture")
        album.pictures.get(f"none-{number}")
    album.fetch("another")
    album.arrived.clear()
    assert album.pictures.get("first") is None
    assert album.fetch("first") is not None


def test_a_colour_without_a_picture_shows_the_designs(album: Album) -> None:
    album.draw("cap", (96, 96))
    album.draw("cap--noir", (200, 96))
    black = album.fetch("cap--noir--femme")
    assert black is not None
    other = album.fetch("cap--ecru--femme")
    assert other is not None
    assert (black.width(), other.width()) == (200, 96)
    assert album.arrived == ["cap--noir--femme", "cap--ecru--femme"]

"""Pictures from a folder, named by handle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.ids import product_id
from pos.importers import pictures
from pos.importers.pictures import PictureFolder, UnreadablePicture
from pos.importers.product_import import import_products
from pos.till import Till
from tests.builders import a_till
from tests.pos.importers.shop_files import Heard, a_shirt, options, write

PNG = b"\x89PNG\r\n\x1a\n and the rest"
JPEG = b"\xff\xd8\xff and the rest"
WEBP = b"RIFF\x00\x00\x00\x00WEBP and the rest"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    opened = a_till(tmp_path)
    yield opened
    opened.close()


def _copy(source: Path, handle: str) -> int:
    return PictureFolder(source, source.parent / "kept").copy(handle, product_id(handle))


def _kept(source: Path) -> list[str]:
    return sorted(path.name for path in (source.parent / "kept").glob("*"))


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("cap.png", PNG, "png"),
        ("cap.jpg", JPEG, "jpg"),
        ("cap.JPEG", JPEG, "jpg"),
        ("Cap.webp", WEBP, "webp"),
    ],
)
def test_a_picture_is_kept_under_the_products_id(
    source: Path, name: str, content: bytes, extension: str
) -> None:
    (source / name).write_bytes(content)
    assert _copy(source, "cap")
    assert _kept(source) == [f"{product_id('cap')}.{extension}"]


def test_a_product_without_picture_is_no_problem(source: Path) -> None:
    assert not _copy(source, "cap")
    assert _kept(source) == []


def test_the_same_picture_is_copied_once(source: Path) -> None:
    (source / "cap.png").write_bytes(PNG)
    assert _copy(source, "cap")
    assert not _copy(source, "cap")


def test_another_picture_takes_the_place_of_the_first(source: Path) -> None:
    (source / "cap.png").write_bytes(PNG)
    _copy(source, "cap")
    (source / "cap.png").unlink()
    (source / "cap.jpg").write_bytes(JPEG)
    assert _copy(source, "cap")
    assert _kept(source) == [f"{product_id('cap')}.jpg"]


@pytest.mark.parametrize("handle", ["../secret", "secret/../../secret", "", "."])
def test_a_handle_reaches_no_file_outside_the_folder(source: Path, handle: str) -> None:
    (source.parent / "secret.png").write_bytes(PNG)
    assert not _copy(source, handle)
    assert _kept(source) == []


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", JPEG])
def test_what_is_no_picture_is_not_copied(source: Path, content: bytes) -> None:
    (source / "cap.png").write_bytes(content)
    with pytest.raises(UnreadablePicture):
        _copy(source, "cap")
    assert _kept(source) == []


def test_a_film_is_no_picture(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PICTURE_BYTES_MAX", len(PNG) - 1)
    (source / "cap.png").write_bytes(PNG)
    with pytest.raises(UnreadablePicture):
        _copy(source, "cap")


def test_an_import_brings_the_pictures_and_names_the_bad_ones(
    till: Till, tmp_path: Path, source: Path
) -> None:
    (source / "wildfire.png").write_bytes(PNG)
    (source / "cap.png").write_bytes(b"no")
    path = write(tmp_path, a_shirt(), a_shirt("cap"), a_shirt("mug"))
    heard = Heard()
    summary = import_products(till, path, options(pictures=source), heard)
    assert (summary.pictures, summary.warnings) == (1, 1)
    assert heard.warnings == [(0, "picture_unreadable")]
    assert _kept(source) == [f"{product_id('wildfire')}.png"]


def test_a_colour_may_have_a_picture_of_its_own(source: Path) -> None:
    for name in ("cap.png", "cap--Gris orage.png", "cap--Écru--Femme.png", "capuche--noir.png"):
        (source / name).write_bytes(PNG)
    cap = product_id("cap")
    assert _copy(source, "cap") == 3
    assert _kept(source) == [f"{cap}--ecru--femme.png", f"{cap}--gris-orage.png", f"{cap}.png"]
    assert _copy(source, "cap") == 0, "they are there already"


def test_a_handle_with_two_dashes_keeps_its_picture(source: Path) -> None:
    (source / "cap--limited.png").write_bytes(PNG)
    assert _copy(source, "cap--limited") == 1
    assert _kept(source) == [f"{product_id('cap--limited')}.png"]


def test_a_colour_cannot_name_a_file_elsewhere(source: Path) -> None:
    (source / "cap--...png").write_bytes(PNG)
    (source / ("cap--" + "long" * 40 + ".png")).write_bytes(PNG)
    assert _copy(source, "cap") == 2
    assert all(len(name) < 100 for name in _kept(source))

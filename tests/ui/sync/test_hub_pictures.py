"""Pictures that the hub brings: whole, in their places, and only pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pos.errors import StorageUnavailable
from pos.ids import ProductId
from pos.till import Till
from tests.builders import a_product, a_till, fill
from ui.hub_pictures import KeptPictures

PNG, JPEG = b"\x89PNG and more", b"\xff\xd8\xff and more"


def digest_of(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    till = a_till(tmp_path)
    yield till
    till.close()


class Shelf:
    """A folder of pictures, and who was told of them."""

    def __init__(self, folder: Path, till: Till) -> None:
        self.folder, self.saved = folder, list[ProductId]()
        self.kept = KeptPictures(folder, till, self.saved.append)


@pytest.fixture
def shelf(tmp_path: Path, till: Till) -> Shelf:
    return Shelf(tmp_path / "pictures", till)


CAP = ProductId("8d1f")


def test_a_picture_is_kept_under_its_product_and_told(shelf: Shelf) -> None:
    assert not shelf.kept.has(CAP, digest_of(PNG))
    shelf.kept.save(CAP, digest_of(PNG), PNG)
    assert (shelf.folder / f"{CAP}.png").read_bytes() == PNG
    assert shelf.kept.has(CAP, digest_of(PNG))
    assert shelf.saved == [CAP]


def test_another_picture_of_another_kind_takes_its_place(shelf: Shelf) -> None:
    shelf.kept.save(CAP, digest_of(PNG), PNG)
    shelf.kept.save(CAP, digest_of(JPEG), JPEG)
    assert [path.name for path in shelf.folder.iterdir()] == [f"{CAP}.jpg"]
    assert not shelf.kept.has(CAP, digest_of(PNG))


@pytest.mark.parametrize("content", [b"<html>", b"", b"RIFF"])
def test_what_is_no_picture_is_not_kept(shelf: Shelf, content: bytes) -> None:
    shelf.kept.save(CAP, digest_of(content), content)
    assert shelf.saved == []


def test_a_picture_that_is_not_the_one_that_was_named_is_not_kept(shelf: Shelf) -> None:
    shelf.kept.save(CAP, digest_of(JPEG), PNG)
    assert shelf.saved == []


def test_a_product_whose_id_leads_elsewhere_has_no_picture(shelf: Shelf) -> None:
    escaping = ProductId("../evil")
    assert not shelf.kept.has(escaping, digest_of(PNG))
    shelf.kept.save(escaping, digest_of(PNG), PNG)
    assert shelf.saved == []


def test_a_disk_that_says_no_is_told(shelf: Shelf) -> None:
    shelf.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(StorageUnavailable):
        shelf.kept.save(CAP, digest_of(PNG), PNG)


def test_what_the_catalogue_names_and_nobody_has_is_wanted(till: Till, shelf: Shelf) -> None:
    named = [
        msgspec.structs.replace(a_product(handle, name=handle), picture=f"sha256:{digest_of(PNG)}")
        for handle in ("cap", "poster")
    ]
    other = msgspec.structs.replace(a_product("pin", name="pin"), picture="https://shop/pin.png")
    fill(till, *named, other)
    cap, poster = (product.product_id for product in named)
    assert shelf.kept.wanted() == [(cap, digest_of(PNG)), (poster, digest_of(PNG))]
    shelf.kept.save(cap, digest_of(PNG), PNG)
    assert shelf.kept.wanted() == [(poster, digest_of(PNG))]

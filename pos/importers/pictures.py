"""Pictures of products, from a folder of files named by handle.

`cap.png` is the picture of the product `cap`; `cap--bleu-nuit.png` that of its versions whose
first option is `Bleu nuit`.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pos.domain.search import slug
from pos.ids import ProductId

PICTURE_BYTES_MAX = 20_000_000
VERSION = "--"
"""What stands between a handle (or product id) and each option value."""
_EXTENSIONS = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".webp": "webp"}
_SIGNATURES = {"png": (b"\x89PNG\r\n\x1a\n", 0), "jpg": (b"\xff\xd8\xff", 0), "webp": (b"WEBP", 8)}


class UnreadablePicture(Exception):
    """A file is named like a picture and is none; `name` is its own name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PictureFolder:
    """Copies pictures to where the till looks for them, named by product id.

    The folder is listed once and a handle only looked up in that list, so that a handle such as
    `../x` reaches no other file.
    """

    def __init__(self, source: Path, target: Path) -> None:
        self._target = target
        self._files = {
            _key(path.stem): path
            for path in sorted(source.iterdir())
            if path.suffix.lower() in _EXTENSIONS and path.is_file()
        }
        self._versions: dict[str, list[str]] = {}
        for name in self._files:
            handle, sign, _ = name.partition(VERSION)
            if sign:
                self._versions.setdefault(handle, []).append(name)

    def copy(self, handle: str, product_id: ProductId) -> int:
        """Copy a product's pictures, if there are any; return how many changed.

        Raises:
            UnreadablePicture: a file is no picture of its kind, too large, or cannot be read.
        """
        key = _key(handle)
        return sum(
            self._copy(self._files[name], VERSION.join((str(product_id), *_versions(name, key))))
            for name in [key, *self._versions.get(key, ())]
            if name in self._files
        )

    def _copy(self, source: Path, name: str) -> bool:
        extension = _EXTENSIONS[source.suffix.lower()]
        try:
            picture = _read(source, extension)
        except OSError as error:
            raise UnreadablePicture(source.name) from error
        target = self._target / f"{name}.{extension}"
        if target.exists() and target.read_bytes() == picture:
            return False
        self._target.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".new")
        draft.write_bytes(picture)
        draft.replace(target)
        for other in set(_EXTENSIONS.values()) - {extension}:
            (self._target / f"{name}.{other}").unlink(missing_ok=True)
        return True


def _read(source: Path, extension: str) -> bytes:
    with source.open("rb") as file:
        picture = file.read(PICTURE_BYTES_MAX + 1)
    signature, at = _SIGNATURES[extension]
    if len(picture) > PICTURE_BYTES_MAX or picture[at : at + len(signature)] != signature:
        raise UnreadablePicture(source.name)
    return picture


def _versions(name: str, handle: str) -> list[str]:
    values = name.removeprefix(handle).removeprefix(VERSION)
    return [slug(value) for value in values.split(VERSION)] if values else []


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

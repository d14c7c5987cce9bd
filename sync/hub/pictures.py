"""Pictures of products: what tills can show, named by their content."""

from __future__ import annotations

import io
import unicodedata
import warnings
from pathlib import Path
from typing import Literal

from PIL import Image, UnidentifiedImageError

from pos.importers.import_request import Watcher
from pos.importers.notices import RowWarning

PICTURE_BYTES_MAX = 2 * 1024 * 1024
PIXELS_MAX = 40_000_000

_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")


class BadPicture(Exception):
    """Bytes that are no picture, or one that tills cannot take; `why` says so."""

    def __init__(self, why: Literal["too_large", "format", "damaged"]) -> None:
        super().__init__(why)
        self.why = why


def media_type_of(body: bytes) -> str:
    """Return what kind of picture it is, having looked at all of it.

    Raises:
        BadPicture: it is none, too large, or damaged.
    """
    if len(body) > PICTURE_BYTES_MAX:
        raise BadPicture("too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a bomb is refused by its size below
            with Image.open(io.BytesIO(body), formats=tuple(_FORMATS)) as picture:
                if picture.width * picture.height > PIXELS_MAX:
                    raise BadPicture("too_large")
                kind = picture.format or ""
                picture.load()
    except UnidentifiedImageError as error:
        raise BadPicture("format") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadPicture("damaged") from error
    return _FORMATS[kind]


class PictureFolder:
    """Pictures in a folder, named by handle; it is listed once, so that `../x` reaches nothing."""

    def __init__(self, folder: Path, watcher: Watcher) -> None:
        self.unreadable = 0
        self._watcher = watcher
        self._files = {
            _key(path.stem): path
            for path in sorted(folder.iterdir())
            if path.suffix.lower() in _SUFFIXES and path.is_file()
        }

    def of(self, handle: str) -> tuple[bytes, str] | None:
        """Return a product's picture and its media type; one that cannot be used is told of."""
        path = self._files.get(_key(handle))
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                body = file.read(PICTURE_BYTES_MAX + 1)
            return body, media_type_of(body)
        except (BadPicture, OSError):
            self.unreadable += 1
            self._watcher.notice(
                RowWarning(line=0, column="", kind="picture_unreadable", value=path.name)
            )
            return None


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

"""Pictures that the hub brings, kept where the till looks for them: named by product id."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from pos.disk import reason_of
from pos.errors import StorageUnavailable
from pos.ids import ProductId
from pos.reports.pictures import PicturesNamed
from pos.reports.question import Question

AnswerT = TypeVar("AnswerT")

_SIGNATURES = {"png": (0, b"\x89PNG"), "jpg": (0, b"\xff\xd8\xff"), "webp": (8, b"WEBP")}


class Asks(Protocol):
    """An open till, asked from another thread."""

    def ask(self, question: Question[AnswerT], /) -> AnswerT: ...


class KeptPictures:
    """The till's folder of pictures, as `sync.pictures` wants it."""

    def __init__(self, folder: Path, till: Asks, saved: Callable[[ProductId], None]) -> None:
        self._folder, self._till, self._saved = folder, till, saved

    def wanted(self) -> list[tuple[ProductId, str]]:
        """Return which pictures the catalogue names and the folder has not got."""
        missing: list[tuple[ProductId, str]] = []
        after = 0
        while page := self._till.ask(PicturesNamed(after=after)):
            after = page[-1].number
            missing += [
                (one.product_id, one.digest)
                for one in page
                if not self.has(one.product_id, one.digest)
            ]
        return missing

    def has(self, product_id: ProductId, digest: str) -> bool:
        """Say whether the picture that is there is this one."""
        for file in self._files(product_id):
            try:
                if hashlib.sha256(file.read_bytes()).hexdigest() == digest:
                    return True
            except OSError:
                continue
        return False

    def save(self, product_id: ProductId, digest: str, picture: bytes) -> None:
        """Keep a picture in place of another; what is none the screen could show is left out."""
        kind = next((name for name, at in _SIGNATURES.items() if _is(picture, *at)), None)
        if (
            kind is None
            or not self._files(product_id)
            or hashlib.sha256(picture).hexdigest() != digest
        ):
            return
        target = self._folder / f"{product_id}.{kind}"
        draft = target.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(picture)
            draft.replace(target)
            for other in self._files(product_id):
                if other != target:
                    other.unlink(missing_ok=True)
        except OSError as error:
            raise StorageUnavailable(reason=reason_of(error)) from error
        self._saved(product_id)

    def _files(self, product_id: ProductId) -> list[Path]:
        # A product's id comes from outside: it must not lead to another folder.
        if Path(product_id).name != product_id:
            return []
        return [self._folder / f"{product_id}.{kind}" for kind in _SIGNATURES]


def _is(picture: bytes, at: int, signature: bytes) -> bool:
    return picture[at : at + len(signature)] == signature

"""Pictures of products, fetched one after the other when nothing else is to be done."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from pos.ids import ProductId
from sync.protocol import NoAnswer, NotOurMessage

PREFIX = "sha256:"
FETCH_S = 1.0
"""How long pictures are fetched before the hub is asked again what is new."""

REST_S = 30.0
Fetch = Callable[[str], bytes | None]
"""Returns a picture by its digest in hex, or None if the hub has none."""


class PictureFolder(Protocol):
    """Where a till keeps pictures.

    Raises:
        Unavailable: the disk says no.
    """

    def wanted(self) -> list[tuple[ProductId, str]]:
        """Return which pictures the catalogue names, by digest, and the folder has not got."""
        ...

    def has(self, product_id: ProductId, digest: str) -> bool: ...

    def save(self, product_id: ProductId, digest: str, picture: bytes) -> None: ...


class PictureQueue:
    """What is still to be fetched; it belongs to the thread that fetches."""

    def __init__(
        self, folder: PictureFolder | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._waiting: deque[tuple[ProductId, str]] = deque()
        self._has_looked = False
        self._rests_until = float("-inf")

    @property
    def is_waiting(self) -> bool:
        """Return whether there is anything to fetch now, or to look for."""
        if self._folder is None or self._clock() < self._rests_until:
            return False
        return not self._has_looked or bool(self._waiting)

    def add(self, product_id: ProductId, picture: str) -> None:
        """Note the picture that a product names, if it is one of the hub's."""
        digest = picture.removeprefix(PREFIX)
        if self._folder is not None and picture.startswith(PREFIX) and digest:
            self._waiting.append((product_id, digest))

    def fetch(self, fetch: Fetch) -> None:
        """Fetch for a moment; after a failure, rest for a while: something else may work.

        Raises:
            Unavailable: the disk says no.
        """
        assert self._folder is not None, "who has no folder waits for nothing"
        if not self._has_looked:
            self._waiting.extend(self._folder.wanted())
            self._has_looked = True
        until = self._clock() + FETCH_S
        try:
            while self._waiting and self._clock() < until:
                self._fetch_one(self._folder, fetch, *self._waiting[0])
                self._waiting.popleft()
        except (NoAnswer, NotOurMessage):
            self._waiting.rotate(-1)
            self._rests_until = self._clock() + REST_S

    @staticmethod
    def _fetch_one(folder: PictureFolder, fetch: Fetch, product_id: ProductId, digest: str) -> None:
        if folder.has(product_id, digest):
            return
        picture = fetch(digest)
        if picture is not None:
            folder.save(product_id, digest, picture)

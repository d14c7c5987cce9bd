"""Waking those who wait for something new in the feed: no thread, one event each."""

from __future__ import annotations

import asyncio
import threading


class News:
    """Where the feed is, and who waits for it to move."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._place = ("", 0)
        self._is_over = False
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    @property
    def is_anybody_waiting(self) -> bool:
        """Say whether it is worth looking where the feed is."""
        return bool(self._waiting)

    def tell(self, feed_id: str, position: int) -> None:
        """Say where the feed is now; from any thread."""
        with self._lock:
            if (feed_id, position) == self._place:
                return
            self._place = (feed_id, position)
            self._wake()

    def end(self) -> None:
        """Let everybody go, and nobody wait any more: the hub closes."""
        with self._lock:
            self._is_over = True
            self._wake()

    async def wait_beyond(self, feed_id: str, position: int, *, seconds: float) -> None:
        """Return when the feed is elsewhere than here, or the time is up."""
        event = asyncio.Event()
        with self._lock:
            self._waiting[event] = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                while not self._is_over and self._is_old(feed_id, position):
                    await event.wait()
                    event.clear()
        except TimeoutError:
            return
        finally:
            with self._lock:
                del self._waiting[event]

    def _is_old(self, feed_id: str, position: int) -> bool:
        """Say whether what we heard last is nothing new; what was read since may be newer."""
        return self._place[0] in ("", feed_id) and self._place[1] <= position

    def _wake(self) -> None:
        for event, loop in self._waiting.items():
            loop.call_soon_threadsafe(event.set)

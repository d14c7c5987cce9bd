"""The background of a hub's process: one thread that steps all jobs, and is not stopped by any.

Other processes of the same hub do the same beside it; each job sees to that by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from pos.errors import Unavailable
from sync.hub.log import log_trouble

PAUSE_S = 0.25
"""How long what another process wrote may go unnoticed."""

GATHER_S = 0.1
"""What comes within this time is looked at together: each look costs a transaction or two."""

PAUSE_AFTER_TROUBLE_S = 5.0

REST_MAX_S = 0.5
"""After work the thread rests as long as it took, up to this: who brings entries shares the
interpreter with it, and on SQLite the one writer."""


class Background:
    """A thread that goes through jobs while they have something to do, then waits."""

    def __init__(self, jobs: Callable[[], Iterable[Callable[[], int]]]) -> None:
        self._jobs = jobs
        self._event = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hub-jobs", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something to do."""
        self._event.set()

    def stop(self) -> None:
        """End, once the step that is being done is done."""
        self._over.set()
        self._event.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            begun = time.monotonic()
            done, is_in_trouble = self.step()
            if done and not is_in_trouble:
                self._over.wait(min(time.monotonic() - begun, REST_MAX_S))
                continue
            if self._event.wait(PAUSE_AFTER_TROUBLE_S if is_in_trouble else PAUSE_S):
                self._over.wait(GATHER_S)
            self._event.clear()

    def step(self) -> tuple[int, bool]:
        """Do each job once; return how much was done and whether one of them could not."""
        done, is_in_trouble = 0, False
        for job in self._jobs():
            if self._over.is_set():
                break
            try:
                done += job()
            except Unavailable as error:  # the database is away, full or busy
                log_trouble("job", error)
                is_in_trouble = True
            except Exception as error:  # noqa: BLE001 because one job's bug must not stop the rest
                log_trouble("job", error)
                is_in_trouble = True
        return done, is_in_trouble

"""How long to wait before trying again, so that three hundred tills do not come back at once.

Full jitter: a random part of a limit that doubles with each failure up to a cap (M. Brooker,
"Exponential Backoff And Jitter", 2015: the least work for a server that comes back to a crowd).
"""

from __future__ import annotations

import random

FIRST_WAIT_MAX_S = 1.0
WAIT_MAX_S = 60.0

_DOUBLINGS_MAX = 32  # beyond any cap; a till that is offline for years must not overflow


class Backoff:
    """Counts failures and draws waits; it knows no clock and waits for nobody."""

    def __init__(
        self,
        chance: random.Random,
        *,
        first_max_s: float = FIRST_WAIT_MAX_S,
        wait_max_s: float = WAIT_MAX_S,
    ) -> None:
        self._chance = chance
        self._first_max_s = first_max_s
        self._wait_max_s = wait_max_s
        self._failures = 0

    def failed(self) -> float:
        """Count a failure and return how many seconds to wait now."""
        doublings = min(self._failures, _DOUBLINGS_MAX)
        self._failures += 1
        return self._chance.uniform(0, min(self._wait_max_s, self._first_max_s * 2**doublings))

    def succeeded(self) -> None:
        """Begin with short waits again: the other side has answered."""
        self._failures = 0

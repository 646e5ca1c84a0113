"""When finds and misses of a person add up to somebody near, and to nobody."""

from __future__ import annotations

LOOK_MS = 400  # finds count at most this often, so that one lucky moment is not two finds
KEEP_MS = 1500  # whoever is near need not be found that often
TWICE_MS = 2000
GONE_MS = 8000


class Nearness:
    """Somebody is near after two finds within TWICE_MS, nobody after none for GONE_MS."""

    def __init__(self) -> None:
        self.near = False
        self._looked_ms: int | None = None
        self._found_ms: int | None = None

    def due(self, t_ms: int) -> bool:
        """Whether it is time to look again."""
        wait_ms = KEEP_MS if self.near else LOOK_MS
        return self._looked_ms is None or t_ms - self._looked_ms >= wait_ms

    def tell(self, found: bool, t_ms: int) -> None:
        """Takes the answer of a look; times must not fall."""
        self._looked_ms = t_ms
        silent_ms = None if self._found_ms is None else t_ms - self._found_ms
        if found:
            self.near = self.near or (silent_ms is not None and silent_ms <= TWICE_MS)
            self._found_ms = t_ms
        elif silent_ms is not None and silent_ms >= GONE_MS:
            self.near = False

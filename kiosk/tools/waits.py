"""Waits for a core: what a shared machine adds to a time, and one of its own would not."""

from pathlib import Path


def waited_ms() -> float:
    """How long this thread was ready to run and had no core, since it began (Linux, from the
    scheduler's `schedstat`)."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e6

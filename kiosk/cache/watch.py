"""Notices that a file in use was removed, replaced or cut, and passes on a reader's suspicion.

Looks only at what the folder says: opening and closing the file beside SQLite would drop the locks
that SQLite holds in this process ("How To Corrupt An SQLite Database File", section 2.2).
"""

import contextlib
import os
from pathlib import Path

from kiosk.cache.files import side_files


class Watch:
    """Of a file that its writer has just opened; two microseconds a look."""

    def __init__(self, file: Path) -> None:
        self._files = (file, *side_files(file))
        self._opened = tuple(_stat(each) for each in self._files)
        self._size = 0

    def wrong(self) -> str:
        """What happened to the file since it was opened; "" when nothing did."""
        for each, opened in zip(self._files, self._opened, strict=True):
            now = _stat(each)
            if opened is not None and (now is None or not os.path.samestat(now, opened)):
                return f"{each.name} was removed or replaced"
        now = _stat(self._files[0])
        if now is None or now.st_size < self._size:
            return f"{self._files[0].name} became shorter"
        self._size = now.st_size
        return ""


def suspect(file: Path) -> None:
    """A reader came upon damage: asks the writer to look. Never fails."""
    with contextlib.suppress(OSError):
        _note(file).touch()


def suspected(file: Path) -> bool:
    """Whether a reader has asked since the last time."""
    try:
        _note(file).unlink()
    except OSError:
        return False
    return True


def _note(file: Path) -> Path:
    return file.with_name(file.name + ".suspect")


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None

"""Space on the disk that is kept for orders and audit records, and given up when it is full.

On a full disk SQLite can't even delete or checkpoint; a file can still be cut. Any process may cut
a step off; only the process that writes the ledger fills the reserve again.
"""

import errno
import os
from pathlib import Path

STEP = 1 << 20  # bytes; some thousand orders or audit records
_FULL_CODES = (13, 10)  # SQLITE_FULL, SQLITE_IOERR: a quota or a limit is told as the latter
_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def give_up_a_step(file: Path) -> bool:
    """Frees STEP bytes or what is left; False when nothing is."""
    try:
        size = file.stat().st_size
        os.truncate(file, max(0, size - STEP))
    except OSError:
        return False
    return size > 0


def is_full(error: BaseException) -> bool:
    """Whether an error of SQLite or of the system means that there is no space."""
    cause = getattr(error, "orig", error)
    if isinstance(cause, OSError):
        return cause.errno in _FULL_ERRNOS
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _FULL_CODES


class Reserve:
    """Kept whole by its owner. `size` in bytes; 0 keeps none."""

    def __init__(self, file: Path, size: int) -> None:
        self._file = file
        self._size = size

    def whole(self) -> bool:
        """Whether nothing of it has been given up."""
        return self._now() >= self._size

    def scarce(self) -> bool:
        """Whether a part is given up, or the disk has less left than a step."""
        return not self.whole() or self._free() < STEP

    def keep(self) -> None:
        """Fills it up when there is twice the space for it, so that it does not come and go."""
        if self.whole() or self._free() < 2 * self._size - self._now():
            return
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, self._size)
        except OSError as error:
            if not is_full(error):
                raise
        finally:
            os.close(descriptor)

    def give(self) -> bool:
        """Frees a step; False when nothing is left."""
        return give_up_a_step(self._file)

    def _now(self) -> int:
        try:
            return self._file.stat().st_size
        except FileNotFoundError:
            return 0

    def _free(self) -> int:
        found = os.statvfs(self._file.parent)
        return found.f_bavail * found.f_frsize

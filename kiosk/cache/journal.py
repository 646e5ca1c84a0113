"""The way of an audit record from the ui process to the ledger, whatever dies in between.

The ui appends a line to a file and never waits for the ledger. Sync moves the file away, writes its
lines to the ledger and then deletes it; after a crash it does so again, which adds nothing twice. A
lock on the file keeps a line from being written to a file that has been read already.
"""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.cache.files import RESERVE
from kiosk.cache.reserve import give_up_a_step, is_full
from kiosk.core.audit import AuditRecord

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(AuditRecord).decode


class AuditJournal:
    """The writing end; an AuditLog of the dispatcher. About 50 microseconds a record."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def append(self, record: AuditRecord) -> None:
        """On a full disk the reserve gives way. Raises OSError when the disk fails; the file is
        then as it was before.
        """
        line = _encode(record) + b"\n"
        while True:
            try:
                return self._append(line)
            except OSError as error:
                if not (is_full(error) and give_up_a_step(self._file.with_name(RESERVE))):
                    raise

    def _append(self, line: bytes) -> None:
        with _locked_for_append(self._file) as descriptor:
            size = os.fstat(descriptor).st_size
            written = 0
            try:
                written = os.write(descriptor, line)
            finally:
                if written != len(line):
                    os.ftruncate(descriptor, size)
        if written != len(line):
            raise OSError(
                errno.ENOSPC, f"only {written} of {len(line)} bytes were written", str(self._file)
            )


class JournalReader:
    """The reading end, in the process that writes the ledger."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._taken = file.with_name(f"{file.stem}.taken{file.suffix}")
        self._refused = file.with_name(f"{file.stem}.refused{file.suffix}")

    def take(self) -> tuple[AuditRecord, ...]:
        """Records that wait; they stay on the disk until `done`."""
        if not self._taken.exists():
            if not self._file.exists():
                return ()
            self._file.rename(self._taken)
        with self._taken.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            lines = file.read().splitlines()
        records = []
        for line in lines:
            try:
                records.append(_decode(line))
            except (msgspec.ValidationError, msgspec.DecodeError):
                self._refuse(line)
        return tuple(records)

    def done(self) -> None:
        """The taken records are in the ledger."""
        self._taken.unlink(missing_ok=True)

    def _refuse(self, line: bytes) -> None:
        """A line that is no record is kept beside the ledger, never dropped."""
        if not line.strip():
            return
        with self._refused.open("ab") as file:
            file.write(line + b"\n")


@contextlib.contextmanager
def _locked_for_append(file: Path) -> Iterator[int]:
    """The file at this path, locked; tried again when it was moved away in between."""
    while True:
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _still_there(descriptor, file):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def _still_there(descriptor: int, file: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), file.stat())
    return False

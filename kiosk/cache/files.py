"""Whether a file is whole and ours, and what happens when it is not."""

import contextlib
from collections.abc import Callable
from pathlib import Path

CACHE = "cache.db"
LEDGER = "ledger.db"
JOURNAL = "audit-journal.jsonl"
_SIDE_FILES = ("-wal", "-shm")


def identity(file: Path) -> tuple[int, int] | None:
    """(application id, version) of a database that passes SQLite's quick check.

    None when there is no file. Raises DamagedFile when it is no whole database; an empty file is
    damaged too, although SQLite takes it for a new one.
    """
    if not file.exists():
        return None
    import pysqlite3.dbapi2  # not at the top: the ui process needs only the names of the files

    if file.stat().st_size == 0:
        raise DamagedFile(file, "the file is empty")
    try:
        with contextlib.closing(pysqlite3.dbapi2.connect(str(file))) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except pysqlite3.dbapi2.DatabaseError as error:
        raise DamagedFile(file, str(error)) from error
    if problems != ["ok"]:
        raise DamagedFile(file, str(problems[0]))
    return int(application), int(version)


class DamagedFile(Exception):  # noqa: N818 - a finding about a file
    """A file that is no whole database; says which one and why."""

    def __init__(self, file: Path, why: str) -> None:
        self.file = file
        self.why = why
        super().__init__(f"{file}: {why}")


def create_whole(file: Path, make: Callable[[Path], None]) -> None:
    """Makes a new database under another name and moves it into place when it is complete.

    A process that is killed meanwhile leaves no half-made file that would look damaged.
    """
    unfinished = file.with_name(file.name + ".new")
    remove(unfinished)
    make(unfinished)
    unfinished.rename(file)


def set_aside(file: Path, t_ms: int) -> Path:
    """Renames a database and its side files; nothing is deleted. Returns the new name."""
    aside = file.with_name(f"{file.name}.damaged-{t_ms}")
    for suffix in _SIDE_FILES:
        side = file.with_name(file.name + suffix)
        if side.exists():
            side.rename(aside.with_name(aside.name + suffix))
    file.rename(aside)
    return aside


def aside_files(file: Path) -> tuple[Path, ...]:
    """Files that were set aside earlier, oldest first."""
    found = file.parent.glob(f"{file.name}.damaged-*")
    return tuple(sorted(f for f in found if not f.name.endswith(_SIDE_FILES)))


def remove(file: Path) -> None:
    """Deletes a database and its side files."""
    for suffix in ("", *_SIDE_FILES):
        file.with_name(file.name + suffix).unlink(missing_ok=True)

"""Whether a file is whole and ours, and what happens when it is not."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

CACHE = "cache.db"
LEDGER = "ledger.db"
JOURNAL = "audit-journal.jsonl"
RESERVE = "reserve.bin"
SIDE_FILES = ("-wal", "-shm")
# Primary result codes, sqlite.org/rescode.html
_ERROR, _CORRUPT, _NOT_A_DATABASE = 1, 11, 26


def identity(file: Path) -> tuple[int, int] | None:
    """(application id, version) of a database that passes SQLite's quick check.

    None when there is no file. Raises DamagedFile when it is no whole database; an empty file is
    damaged too, although SQLite takes it for a new one, and so is a log without its file. Raises
    OSError when the file can't be looked at now, which says nothing against it.
    """
    if not os.path.lexists(file):
        if any(side.exists() for side in side_files(file)):
            raise DamagedFile(file, "only its log is left")
        return None
    _check_openable(file)
    import pysqlite3.dbapi2  # not at the top: the ui process needs only the names of the files

    try:
        with contextlib.closing(pysqlite3.dbapi2.connect(str(file))) as connection:
            problems = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except pysqlite3.dbapi2.DatabaseError as error:
        if is_damage(error):
            raise DamagedFile(file, str(error)) from error
        raise OSError(f"{file}: {error}") from error
    if problems != ["ok"]:
        raise DamagedFile(file, str(problems[0]))
    return int(application), int(version)


def _check_openable(file: Path) -> None:
    """Gives itself back the right to a file of its own. Raises DamagedFile."""
    if not file.is_file():
        raise DamagedFile(file, "it is no file")
    if file.stat().st_size == 0:
        raise DamagedFile(file, "the file is empty")
    if not os.access(file, os.R_OK | os.W_OK):
        try:
            file.chmod(0o600)
        except PermissionError as error:
            raise DamagedFile(file, "it may not be read") from error


def is_damage(error: BaseException) -> bool:
    """Whether an error of SQLite speaks against the file itself, not against the disk or a lock.

    A table that is not there counts: every file gets all of its tables before it has its name.
    """
    cause = getattr(error, "orig", error)
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == _ERROR:
        return str(cause).startswith("no such table")
    return code in (_CORRUPT, _NOT_A_DATABASE)


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
    """Renames a database and its side files; nothing is deleted. Returns the new name.

    The file goes first: if the process is killed in between, what is left over is a log without
    its file, which is found and set aside in its turn.
    """
    aside = file.with_name(f"{file.name}.damaged-{t_ms}")
    while os.path.lexists(aside):
        t_ms += 1
        aside = file.with_name(f"{file.name}.damaged-{t_ms}")
    if os.path.lexists(file):
        file.rename(aside)
    else:
        aside.touch()
    for side, side_aside in zip(side_files(file), side_files(aside), strict=True):
        if side.exists():
            side.rename(side_aside)
    return aside


def aside_files(file: Path) -> tuple[Path, ...]:
    """Files that were set aside earlier, oldest first."""
    found = file.parent.glob(f"{file.name}.damaged-*")
    return tuple(sorted(f for f in found if not f.name.endswith(SIDE_FILES)))


def side_files(file: Path) -> tuple[Path, ...]:
    """Names of the write-ahead log and its index."""
    return tuple(file.with_name(file.name + suffix) for suffix in SIDE_FILES)


def remove(file: Path) -> None:
    """Deletes a database and its side files, whatever took their names."""
    for each in (file, *side_files(file)):
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink(missing_ok=True)

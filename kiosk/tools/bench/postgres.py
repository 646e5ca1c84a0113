"""A real PostgreSQL from Debian for a bench or a test: a cluster of its own on a Unix socket."""

import os
import pwd
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

BINARIES = Path("/usr/lib/postgresql")
OWNER = "postgres"  # the server refuses to run as root


def server_binaries() -> Path | None:
    """Where initdb and pg_ctl lie; None when Debian's `postgresql` is not installed."""
    found = sorted(BINARIES.glob("*/bin/pg_ctl"))
    return found[-1].parent if found else None


class NoPostgres(Exception):  # noqa: N818 - what the machine lacks, for a person
    """Says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL is not installed on this machine; on Debian: "
            "sudo apt-get install --no-install-recommends postgresql"
        )


CLEAR_TRIES, CLEAR_S = 50, 0.1


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """Address of a fresh, empty database `city`; the server is gone when the block ends.

    `durable`: every commit is on the disk, as in earnest; else it is only as good as this process.
    Raises NoPostgres.
    """
    binaries = server_binaries()
    if binaries is None:
        raise NoPostgres
    # Named before it is there: an interruption in between would leave it behind.
    folder = Path(gettempdir()) / f"pg-{secrets.token_hex(4)}"
    try:
        folder.mkdir(mode=0o700)
        user, data = _owner(folder), folder / "data"

        def run(*command: str, check: bool = True) -> None:
            environment = _environment()
            subprocess.run(
                command, check=check, user=user, cwd=folder, capture_output=True, env=environment
            )

        run(str(binaries / "initdb"), "-D", str(data), "-U", OWNER, "-A", "trust", "--no-sync")
        fsync = "on" if durable else "off"
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync={fsync}"
        control = (str(binaries / "pg_ctl"), "-D", str(data), "-w")
        try:
            run(*control, "-l", str(folder / "log"), "-o", settings, "start")
            run(str(binaries / "createdb"), "-h", str(folder), "-U", OWNER, "city")
            yield f"postgresql://{OWNER}@/city?host={folder}"
        finally:
            # whoever is interrupted while it starts may leave a server, or none
            run(*control, "-m", "immediate", "stop", check=False)
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    """Removes it; what initdb started goes on writing for a moment when initdb is interrupted."""
    for _ in range(CLEAR_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(CLEAR_S)


def _owner(folder: Path) -> str | int:
    if os.geteuid() != 0:
        return os.geteuid()
    account = pwd.getpwnam(OWNER)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return OWNER


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}

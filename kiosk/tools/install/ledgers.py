"""Orders and audit log over an update: copied before it, and put back when an older release comes
back that can't read what the newer one made of them."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.cache.chain import ANCHOR
from kiosk.cache.files import LEDGER, DamagedFile, identity, set_aside, side_files
from kiosk.tools.install.actions import Action, InstallError, System

KEPT = "before-update"


@dataclass(frozen=True)
class KeepLedger(Action):
    """A copy of the ledger, of a service that rests. Without it there is no update: the service is
    started again as it was."""

    data: Path
    service: str

    @property
    def title(self) -> str:
        return f"copy {self.data / LEDGER} to {self.data / KEPT}"

    def run(self, system: System) -> None:
        data = system.at(self.data)
        kept, fresh = data / KEPT, data / f"{KEPT}.new"
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            for file in _files(data):
                _copy(file, fresh / file.name)
            shutil.rmtree(kept, ignore_errors=True)
            fresh.rename(kept)
        except OSError as error:
            system.command(["systemctl", "start", self.service])
            raise InstallError(
                f"{kept}: the ledger can't be copied ({error.strerror}), so nothing is updated"
            ) from error


@dataclass(frozen=True)
class RestoreLedger(Action):
    """The ledger of before, where a newer release has changed its form since. What that one wrote
    is set aside beside it, and taken in when it runs again."""

    data: Path

    @property
    def title(self) -> str:
        return f"put {self.data / KEPT / LEDGER} back, where its form has been changed since"

    def run(self, system: System) -> None:
        data = system.at(self.data)
        kept, ledger = data / KEPT, data / LEDGER
        before = _version(kept / LEDGER)
        if before is None or before == _version(ledger):
            return
        try:
            set_aside(ledger, time.time_ns() // 1_000_000)
            for file in _files(kept):
                _copy(file, data / file.name)
        except OSError as error:
            raise InstallError(
                f"{ledger}: can't be put back ({error.strerror}); it lies in {kept}"
            ) from error


def _files(folder: Path) -> Iterator[Path]:
    ledger = folder / LEDGER
    for file in (ledger, *side_files(ledger), folder / ANCHOR):
        if file.is_file():
            yield file


def _copy(file: Path, target: Path) -> None:
    """With its owner: the service's user reads it later."""
    shutil.copy2(file, target)
    owner = file.stat()
    if os.geteuid() == 0:
        os.chown(target, owner.st_uid, owner.st_gid)


def _version(ledger: Path) -> int | None:
    """The form of a ledger; None when there is none, or it is damaged."""
    try:
        found = identity(ledger)
    except DamagedFile:
        return None
    return None if found is None else found[1]

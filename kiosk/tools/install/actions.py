"""What a plan is made of. Each action says what it does and does it, twice over with no harm."""

import os
import shlex
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

LEFT_BEHIND = (".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache")
"""What of a checkout is no part of a release; the environment is built where it will stand."""


class InstallError(Exception):
    """What went wrong, where, and what to do."""


def run_command(command: list[str]) -> tuple[int, str]:
    """Exit code and what was written; the output of what takes long is shown as it comes."""
    try:
        done = subprocess.run(command, text=True, stdout=subprocess.PIPE, check=False)
    except OSError as error:
        return 127, str(error)
    return done.returncode, done.stdout


@dataclass(frozen=True)
class System:
    """The machine that is worked on; tests hand in a folder and a recorder."""

    root: Path = Path("/")
    command: Callable[[list[str]], tuple[int, str]] = run_command
    is_root: Callable[[], bool] = field(default=lambda: os.geteuid() == 0)

    def at(self, path: Path) -> Path:
        return self.root / path.relative_to("/")


class Action(ABC):
    """One thing to do."""

    @property
    @abstractmethod
    def title(self) -> str:
        """In one line, as a person would type it where that is possible."""

    def told(self) -> str:
        """All that `--dry-run` prints of it."""
        return self.title

    @abstractmethod
    def run(self, system: System) -> None:
        """Raises InstallError."""


@dataclass(frozen=True)
class Run(Action):
    """A command. fine: exit codes that are as good as 0; None is any. hint: what to do when it
    fails, where the command itself does not say."""

    command: tuple[str, ...]
    fine: tuple[int, ...] | None = (0,)
    hint: str = ""

    @property
    def title(self) -> str:
        return shlex.join(self.command)

    def run(self, system: System) -> None:
        code, out = system.command(list(self.command))
        if self.fine is not None and code not in self.fine:
            last = (out.strip().splitlines() or [f"exit code {code}"])[-1]
            hint = f"; {self.hint}" if self.hint else ""
            raise InstallError(f"{self.title}: {last}{hint}")


@dataclass(frozen=True)
class Write(Action):
    """A file with this text. keep: one that is there already stays."""

    path: Path
    text: str
    mode: int = 0o644
    keep: bool = False

    @property
    def title(self) -> str:
        return (
            f"write {self.path} (mode {self.mode:o}{', unless it is there' if self.keep else ''})"
        )

    def told(self) -> str:
        lines = "".join(f"    {line}\n" for line in self.text.splitlines())
        return f"{self.title}\n{lines}"

    def run(self, system: System) -> None:
        path = system.at(self.path)
        if self.keep and path.exists():
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f"{path.name}.new")
            fresh.touch(mode=self.mode)
            fresh.chmod(self.mode)
            fresh.write_text(self.text, encoding="utf-8")
            fresh.replace(path)
        except OSError as error:
            raise InstallError(f"{path}: can't be written ({error.strerror})") from error


@dataclass(frozen=True)
class CopyProgram(Action):
    """The program without what a checkout has beside it; whole or not at all."""

    source: Path
    target: Path

    @property
    def title(self) -> str:
        return f"copy {self.source} to {self.target}"

    def run(self, system: System) -> None:
        target = system.at(self.target)
        if target.exists():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            half = Path(mkdtemp(prefix=".half-", dir=target.parent))
            half.chmod(0o755)
            ignore = shutil.ignore_patterns(*LEFT_BEHIND)
            shutil.copytree(self.source, half / "it", ignore=ignore, symlinks=True)
            (half / "it").rename(target)
            half.rmdir()
        except OSError as error:
            raise InstallError(f"{target}: can't be copied ({error})") from error


@dataclass(frozen=True)
class Link(Action):
    """A link that from now on leads somewhere else, in one step."""

    path: Path
    to: Path

    @property
    def title(self) -> str:
        return f"ln -sfn {self.to} {self.path}"

    def run(self, system: System) -> None:
        path = system.at(self.path)
        fresh = path.with_name(f"{path.name}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(self.to)
            fresh.replace(path)
        except OSError as error:
            raise InstallError(f"{path}: can't be linked ({error.strerror})") from error


@dataclass(frozen=True)
class Remove(Action):
    """A file or folder and all that is in it, where it is there."""

    path: Path

    @property
    def title(self) -> str:
        return f"rm -rf {self.path}"

    def run(self, system: System) -> None:
        path = system.at(self.path)
        try:
            if path.is_symlink() or path.is_file():
                path.unlink()
            elif path.is_dir():
                shutil.rmtree(path)
        except OSError as error:
            raise InstallError(f"{path}: can't be removed ({error.strerror})") from error


@dataclass(frozen=True)
class RemoveEmpty(Action):
    """A folder that we made, where nothing of others is in it."""

    path: Path

    @property
    def title(self) -> str:
        return f"rmdir --ignore-fail-on-non-empty {self.path}"

    def run(self, system: System) -> None:
        path = system.at(self.path)
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


@dataclass(frozen=True)
class Settle(Action):
    """Waits until the service has run for a while; otherwise the release before comes back, with
    the ledger as it was (`ledger` sees to that)."""

    service: str
    current: Path
    back_to: Path | None
    ledger: Action
    seconds: int = 45

    @property
    def title(self) -> str:
        back = f", else back to {self.back_to.name}" if self.back_to else ""
        return f"wait until {self.service} has run for {self.seconds} s{back}"

    def run(self, system: System) -> None:
        asked = ["systemctl", "is-active", self.service]
        for _ in range(self.seconds // 5):
            system.command(["sleep", "5"])
            code, _out = system.command(asked)
            if code != 0:
                self._back(system)

    def _back(self, system: System) -> None:
        where = f"journalctl -u {self.service} says why"
        if self.back_to is None:
            raise InstallError(f"the service does not stay up; {where}")
        system.command(["systemctl", "stop", self.service])
        try:
            self.ledger.run(system)
        finally:
            Link(self.current, self.back_to).run(system)
            system.command(["systemctl", "restart", self.service])
        raise InstallError(
            f"the new release does not stay up, so {self.back_to.name} runs again; {where}"
        )

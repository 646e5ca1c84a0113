"""Installing, updating, going back and removing, on a machine that is a folder."""

import contextlib
import errno
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cache.files import aside_files
from kiosk.cache.ledger import Ledger
from kiosk.tools import install
from kiosk.tools.install.actions import InstallError, System
from kiosk.tools.install.places import NAME, Places
from kiosk.tools.install.plans import install_plan, remove_plan, rollback_plan
from kiosk.tools.install.texts import calibrate_service, command, service
from kiosk.wire.orders import Order

PLACES = Places()


class Machine:
    """A root folder, its users and its services."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.users: set[str] = set()
        self.masked: set[str] = {"hibernate.target"}
        self.enabled: set[str] = set()
        self.default = "multi-user.target"
        self.ran: list[list[str]] = []
        self.broken: Callable[[Path], bool] = lambda release: False
        self.started: Callable[[Path], object] = lambda release: None
        for folder in ("etc/pam.d", "etc/systemd/system", "opt", "var/lib", "usr/local/bin"):
            (root / folder).mkdir(parents=True)
        (root / "etc/pam.d/login").write_text("other")

    @property
    def system(self) -> System:
        return System(self.root, self.command, lambda: True)

    def command(self, words: list[str]) -> tuple[int, str]:
        self.ran.append(words)
        match words:
            case ["useradd", *_, name]:
                code = 9 if name in self.users else 0
                self.users.add(name)
                return code, ""
            case ["userdel", name]:
                self.users.discard(name)
            case ["install", "-d", *_, folder] | ["mkdir", "-p", folder]:
                (self.root / folder.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case ["systemctl", "get-default"]:
                return 0, f"{self.default}\n"
            case ["systemctl", "is-enabled", name]:
                return 1, "masked\n" if name in self.masked else "static\n"
            case ["systemctl", "mask", *names]:
                self.masked.update(names)
            case ["systemctl", "unmask", *names]:
                self.masked.difference_update(names)
            case ["systemctl", "set-default", name]:
                self.default = name
            case ["systemctl", "enable", name]:
                self.enabled.add(name)
            case ["systemctl", "disable", "--now", name]:
                self.enabled.discard(name)
            case ["systemctl", "restart", _]:
                self.started(self.current())
            case ["systemctl", "is-active", _]:
                return (3, "failed\n") if self.broken(self.current()) else (0, "active\n")
        return 0, ""

    def current(self) -> Path:
        return (self.root / PLACES.current.relative_to("/")).readlink()

    def state(self) -> tuple[object, ...]:
        files = {
            path.relative_to(self.root): path.read_bytes() if path.is_file() else b""
            for path in self.root.rglob("*")
        }
        return files, frozenset(self.users), frozenset(self.masked), self.default, self.enabled


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "machine")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    source = tmp_path / "checkout"
    (source / "requirements").mkdir(parents=True)
    (source / "requirements/apt-runtime.txt").write_text("# Qt\nlibegl1\n")
    (source / "kiosk.sh").write_text("#!/bin/sh\n")
    (source / ".git").mkdir()
    (source / ".venv/bin").mkdir(parents=True)
    return source


def do(machine: Machine, program: Path, version: str, site: Path | None = None) -> None:
    set_up(machine.system, program, version, site)


def set_up(system: System, program: Path, version: str, site: Path | None = None) -> None:
    for action in install_plan(PLACES, system, program, version, site):
        action.run(system)


def test_what_is_installed_runs_as_nobody_special(machine: Machine, program: Path) -> None:
    do(machine, program, "aaa")
    assert machine.users == {NAME}
    assert machine.enabled == {NAME}
    assert machine.current() == PLACES.releases / "aaa"
    release = machine.root / "opt/city-kiosk/releases/aaa"
    assert sorted(path.name for path in release.iterdir()) == ["kiosk.sh", "requirements"]
    unit = service(PLACES)
    for line in (f"User={NAME}", "NoNewPrivileges=yes", "Restart=always", "WatchdogSec=30"):
        assert line in unit.splitlines()
    (apt,) = [words for words in machine.ran if words[:2] == ["apt-get", "install"]]
    assert {"cage", "libegl1"} <= set(apt)


def test_a_python_that_the_walls_user_cannot_start_is_named(
    machine: Machine, program: Path
) -> None:
    def refuse(words: list[str]) -> tuple[int, str]:
        return (126, "Permission denied\n") if words[0] == "runuser" else machine.command(words)

    system = System(machine.root, refuse, lambda: True)
    with pytest.raises(InstallError, match=r"Permission denied; .*python3-venv"):
        set_up(system, program, "aaa")
    assert not (machine.root / "opt/city-kiosk/current").exists()


def test_removing_leaves_nothing(machine: Machine, program: Path) -> None:
    before = machine.state()
    do(machine, program, "aaa")
    do(machine, program, "bbb")
    (machine.root / "var/lib/city-kiosk/ledger.db").write_text("orders")
    assert machine.state() != before
    for action in remove_plan(PLACES, machine.system, keep_data=False):
        action.run(machine.system)
    # the folder for drop-ins of logind was not there before, and is gone again
    assert machine.state() == before


def test_data_can_be_kept(machine: Machine, program: Path) -> None:
    do(machine, program, "aaa")
    ledger = machine.root / "var/lib/city-kiosk/ledger.db"
    ledger.write_text("orders")
    for action in remove_plan(PLACES, machine.system, keep_data=True):
        action.run(machine.system)
    assert ledger.read_text() == "orders"
    assert not (machine.root / "opt/city-kiosk").exists()
    assert machine.users == {NAME}


def test_an_update_keeps_the_site_and_one_release(machine: Machine, program: Path) -> None:
    do(machine, program, "aaa")
    site = machine.root / "etc/city-kiosk/site.toml"
    site.write_text("[ui]\nlanguage = 'en'\n")
    do(machine, program, "bbb")
    do(machine, program, "ccc")
    assert site.read_text() == "[ui]\nlanguage = 'en'\n"
    assert machine.current() == PLACES.releases / "ccc"
    releases = machine.root / "opt/city-kiosk/releases"
    assert sorted(path.name for path in releases.iterdir()) == ["bbb", "ccc"]
    for action in rollback_plan(PLACES, machine.system):
        action.run(machine.system)
    assert machine.current() == PLACES.releases / "bbb"
    for action in rollback_plan(PLACES, machine.system):
        action.run(machine.system)
    assert machine.current() == PLACES.releases / "ccc"


def test_a_release_that_does_not_stay_up_goes_back_by_itself(
    machine: Machine, program: Path
) -> None:
    do(machine, program, "aaa")
    machine.broken = lambda release: release.name == "bbb"
    with pytest.raises(InstallError, match="aaa runs again"):
        do(machine, program, "bbb")
    assert machine.current() == PLACES.releases / "aaa"
    assert machine.ran[-1] == ["systemctl", "restart", NAME]


ORDER = Order("o-1", 5, "wall", "fire", "현장 확인 뒤 보고", "incidents/fire-1")
LATER = Order("o-2", 6, "wall", "fire", "새 판에서 내린 지시", "")


@pytest.fixture
def ledger(machine: Machine) -> Path:
    """That of a wall which has given an order, in this release's form."""
    file = machine.root / "var/lib/city-kiosk/ledger.db"
    file.parent.mkdir()
    opened = Ledger.open(file, 1)
    opened.orders.write_order(ORDER)
    opened.close()
    return file


def change_form(file: Path) -> None:
    """A release to come: it writes an order, and its form can't be read by this one."""
    opened = Ledger.open(file, 2)
    opened.orders.write_order(LATER)
    opened.close()
    with contextlib.closing(sqlite3.connect(file)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version + 1}")


def orders(file: Path) -> list[str]:
    opened = Ledger.open(file, 3)
    try:
        assert opened.broken is None  # nobody is accused of having edited the audit log
        return [given.order.id for given in opened.given().orders]
    finally:
        opened.close()


def test_an_update_that_fails_gives_the_old_release_its_ledger_back(
    machine: Machine, program: Path, ledger: Path
) -> None:
    do(machine, program, "aaa")
    machine.broken = lambda release: release.name == "bbb"
    machine.started = lambda release: change_form(ledger) if release.name == "bbb" else None
    with pytest.raises(InstallError, match="aaa runs again"):
        do(machine, program, "bbb")
    assert machine.current() == PLACES.releases / "aaa"
    assert orders(ledger) == ["o-1"]
    (aside,) = aside_files(ledger)  # what the new one wrote is not lost
    assert b"o-2" in aside.read_bytes()


def test_what_was_ordered_since_stays_where_the_form_is_the_same(
    machine: Machine, program: Path, ledger: Path
) -> None:
    def order(release: Path) -> None:
        if release.name == "bbb":
            opened = Ledger.open(ledger, 2)
            opened.orders.write_order(LATER)
            opened.close()

    do(machine, program, "aaa")
    machine.broken = lambda release: release.name == "bbb"
    machine.started = order
    with pytest.raises(InstallError, match="aaa runs again"):
        do(machine, program, "bbb")
    assert sorted(orders(ledger)) == ["o-1", "o-2"]
    assert aside_files(ledger) == ()


def test_going_back_by_hand_gives_the_ledger_back_too(
    machine: Machine, program: Path, ledger: Path
) -> None:
    do(machine, program, "aaa")
    do(machine, program, "bbb")
    change_form(ledger)
    for action in rollback_plan(PLACES, machine.system):
        action.run(machine.system)
    assert orders(ledger) == ["o-1"]
    assert len(aside_files(ledger)) == 1


def test_without_a_copy_of_the_ledger_there_is_no_update(
    machine: Machine, program: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    do(machine, program, "aaa")
    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(InstallError, match="No space left"):
        do(machine, program, "bbb")
    assert machine.current() == PLACES.releases / "aaa"
    assert machine.ran[-1] == ["systemctl", "start", NAME]  # the wall does not stay dark


def test_the_first_one_has_nothing_to_go_back_to(machine: Machine, program: Path) -> None:
    with pytest.raises(InstallError, match="no release before"):
        rollback_plan(PLACES, machine.system)
    machine.broken = lambda release: True
    with pytest.raises(InstallError, match="journalctl"):
        do(machine, program, "aaa")


def test_a_site_can_be_given(machine: Machine, program: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[ui]\ntheme = 'light'\n")
    do(machine, program, "aaa", own)
    assert "light" in (machine.root / "etc/city-kiosk/site.toml").read_text()


def test_what_the_machine_was_like_is_noted_once(machine: Machine, program: Path) -> None:
    do(machine, program, "aaa")
    do(machine, program, "bbb")
    noted = json.loads((machine.root / "etc/city-kiosk/before.json").read_text())
    assert noted == {"default": "multi-user.target", "masked": ["hibernate.target"]}


# ---- the command


def test_a_dry_run_does_nothing_and_prints_all(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    before = machine.state()
    assert install.main(["--dry-run"], machine.system) == 0
    out = capsys.readouterr().out
    for line in service(PLACES).splitlines():
        assert f"    {line}" in out
    for word in ("useradd", "pam_systemd", "IdleAction=ignore", "mask sleep.target", "copy "):
        assert word in out
    assert machine.state() == before
    assert {tuple(words[:2]) for words in machine.ran} == {
        ("systemctl", "get-default"),
        ("systemctl", "is-enabled"),
    }
    assert install.main(["--remove", "--dry-run"], machine.system) == 0
    assert "rm -rf /var/lib/city-kiosk" in capsys.readouterr().out


def test_only_root_may(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    plain = System(machine.root, machine.command, lambda: False)
    assert install.main([], plain) == 2
    assert "root" in capsys.readouterr().err
    assert install.main(["--rollback"], plain) == 2
    assert install.main(["--site", "/no/such.toml"], plain) == 2
    assert "no such file" in capsys.readouterr().err


def test_removing_asks(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert install.main(["--remove"], machine.system) == 2
    assert "--yes" in capsys.readouterr().err
    assert install.main(["--remove", "--yes"], machine.system) == 0


def test_the_command_is_a_shell_script(tmp_path: Path) -> None:
    script = tmp_path / "city-kiosk"
    script.write_text(command(PLACES))
    subprocess.run(["sh", "-n", str(script)], check=True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
@pytest.mark.parametrize("make", [service, calibrate_service])
def test_systemd_understands_the_services(tmp_path: Path, make: Callable[[Places], str]) -> None:
    true = shutil.which("true")
    assert true is not None
    text = make(PLACES)
    # what is not installed on this machine is stood in for: only the words are looked at
    for program in ("/usr/bin/cage", "/usr/bin/chvt"):
        text = text.replace(program, true)
    unit = tmp_path / f"{NAME}.service"
    unit.write_text(text.replace(f"User={NAME}", "User=daemon"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [line for line in done.stderr.splitlines() if unit.name in line]
    assert wrong == []

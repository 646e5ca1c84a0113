"""What is done to install, to go back, to remove. Removing undoes every action of installing."""

import json
from pathlib import Path

from kiosk.tools.install import texts
from kiosk.tools.install.actions import (
    Action,
    CopyProgram,
    InstallError,
    Link,
    Remove,
    RemoveEmpty,
    Run,
    Settle,
    System,
    Write,
)
from kiosk.tools.install.ledgers import KeepLedger, RestoreLedger
from kiosk.tools.install.places import NAME, Places

# Debian's cage does not start without Xwayland, and does not ask for it.
PACKAGES = ("cage", "xwayland", "kbd", "libpam-systemd", "dbus", "avahi-daemon", "util-linux")
ANOTHER_PYTHON = (
    "the wall's user can't start the Python that it was built with, as one in a home folder: "
    "install Debian's python3 and python3-venv, and see that python3 is that one"
)
GROUPS = "video,audio,render,input"
SLEEPS = ("sleep.target", "suspend.target", "hibernate.target", "hybrid-sleep.target")
USER_IS_THERE = 9  # of useradd
NO_SUCH_USER = 6  # of userdel


def install_plan(
    places: Places, system: System, source: Path, version: str, site: Path | None
) -> list[Action]:
    """From a copy of the program, `version` its sum. Over an installed one this is an update."""
    release = places.releases / version
    running = _target(places.current, system)
    updates = running is not None and running != release
    own = site.read_text(encoding="utf-8") if site else texts.SITE
    lists = source / "requirements" / "apt-runtime.txt"
    packages = [line.strip() for line in lists.read_text("utf-8").splitlines()]
    wanted = [*PACKAGES, *(name for name in packages if name and not name.startswith("#"))]
    plan: list[Action] = [
        Run(("apt-get", "update"), fine=None),  # old lists may still be good enough
        Run(("apt-get", "install", "--yes", "--no-install-recommends", *wanted)),
        Run(
            (
                *("useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin"),
                *("--home-dir", str(places.data), "--groups", GROUPS, NAME),
            ),
            fine=(0, USER_IS_THERE),
        ),
        Run(("install", "-d", "-o", NAME, "-g", NAME, "-m", "0700", str(places.data))),
        Run(("install", "-d", "-o", NAME, "-g", NAME, "-m", "0750", str(places.settings))),
        Write(places.before, _before(system), keep=True),
        Write(places.site, own, 0o640, keep=site is None),
        Run(("chown", f"{NAME}:{NAME}", str(places.site))),
        CopyProgram(source, release),
        Run((str(release / "kiosk.sh"), "doctor", "--help")),  # builds what it runs with
        Run(
            ("runuser", "-u", NAME, "--", str(release / ".venv/bin/python"), "-c", ""),
            hint=ANOTHER_PYTHON,
        ),
        Run(
            (
                *(str(release / ".venv/bin/python"), "-m", "compileall", "-q"),
                *(str(release / room) for room in ("gestures", "kiosk", "voice")),
            )
        ),
        Write(places.session, texts.SESSION),
        Write(places.logind, texts.LOGIND),
        Write(places.unit, texts.service(places)),
        Write(places.calibrate_unit, texts.calibrate_service(places)),
        Write(places.command, texts.command(places), 0o755),
        Run(("systemctl", "mask", *SLEEPS)),
        Run(("systemctl", "set-default", "graphical.target")),
        Run(("systemctl", "daemon-reload")),
    ]
    if updates:
        assert running is not None
        plan += [
            Run(("systemctl", "stop", NAME)),
            KeepLedger(places.data, NAME),
            Link(places.previous, running),
        ]
        plan += _older(places, system, keep=(release, running))
    plan += [
        Link(places.current, release),
        Run(("systemctl", "enable", NAME)),
        Run(("systemctl", "restart", NAME)),
        Settle(NAME, places.current, running if updates else None, RestoreLedger(places.data)),
    ]
    return plan


def rollback_plan(places: Places, system: System) -> list[Action]:
    """The release before runs again. Raises InstallError when there is none."""
    running, before = _target(places.current, system), _target(places.previous, system)
    if running is None or before is None or not system.at(before).is_dir():
        raise InstallError(f"{places.previous}: there is no release before this one")
    return [
        Run(("systemctl", "stop", NAME)),
        RestoreLedger(places.data),
        Link(places.current, before),
        Link(places.previous, running),
        Run(("systemctl", "restart", NAME)),
        Settle(NAME, places.current, None, RestoreLedger(places.data)),
    ]


def remove_plan(places: Places, system: System, *, keep_data: bool) -> list[Action]:
    """Everything that `install_plan` did is undone; packages of the system stay, as others may
    use them by now."""
    before = _read_before(places, system)
    plan: list[Action] = [
        Run(("systemctl", "disable", "--now", NAME), fine=None),
        Run(("systemctl", "stop", f"{NAME}-calibrate"), fine=None),
        Remove(places.unit),
        Remove(places.calibrate_unit),
        Remove(places.session),
        Remove(places.logind),
        RemoveEmpty(places.logind.parent),
        Remove(places.command),
        Run(("systemctl", "unmask", *(name for name in SLEEPS if name not in before["masked"]))),
        Run(("systemctl", "set-default", before["default"])),
        Run(("systemctl", "daemon-reload")),
        Remove(places.program),
    ]
    if not keep_data:
        plan += [Remove(places.settings), Remove(places.data)]
        plan.append(Run(("userdel", NAME), fine=(0, NO_SUCH_USER)))
    return plan


def _before(system: System) -> str:
    """What will be changed of the machine, as it is now."""
    _, default = system.command(["systemctl", "get-default"])
    masked = []
    for name in SLEEPS:
        _, state = system.command(["systemctl", "is-enabled", name])
        if state.strip() == "masked":
            masked.append(name)
    return json.dumps({"default": default.strip() or "multi-user.target", "masked": masked}) + "\n"


def _read_before(places: Places, system: System) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(system.at(places.before).read_text("utf-8"))
    except (OSError, ValueError):
        return {"default": "multi-user.target", "masked": ""}
    return found


def _target(link: Path, system: System) -> Path | None:
    """Where one of our links leads."""
    path = system.at(link)
    return path.readlink() if path.is_symlink() else None


def _older(places: Places, system: System, keep: tuple[Path, ...]) -> list[Action]:
    """Releases that nobody goes back to."""
    folder = system.at(places.releases)
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return [Remove(places.releases / n) for n in names if places.releases / n not in keep]

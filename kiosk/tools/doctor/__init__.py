"""`doctor [--json] [--bundle FILE] [--site FILE]`: what this machine has and lacks, each with the
mend.

A check is a function from Machine to Finding, listed in its family's CHECKS.
"""

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from kiosk.commands import make_registry
from kiosk.inputs.configured import read_bindings
from kiosk.pack import load_here
from kiosk.settings import Settings, SettingsError, load, site_file
from kiosk.tools.doctor import (
    calibration,
    camera,
    certificate,
    city,
    conference,
    microphone,
    models,
    network,
    presence,
    records,
    resources,
    screen,
    software,
    video,
)
from kiosk.tools.doctor.bundle import write_bundle
from kiosk.tools.doctor.machine import ROOT, Machine
from kiosk.tools.finding import Check, Finding
from kiosk.tools.findings_table import table
from kiosk.wire.text import Text

FAMILIES = (
    *(software, camera, video, presence, microphone, models, screen),
    *(resources, records, network, certificate, conference, city, calibration),
)
CHECKS: tuple[Callable[[Machine], Finding], ...] = tuple(
    check for family in FAMILIES for check in family.CHECKS
)
CONFIGURATION = Check("configuration", Text("설정", "Configuration"))


def main(argv: list[str]) -> int:
    """Exit code 0 when nothing fails, else 1."""
    parser = argparse.ArgumentParser(
        prog="kiosk.sh doctor", description="What this machine has and lacks, and the mend."
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument(
        "--bundle",
        type=Path,
        metavar="FILE.zip",
        help="write what a helper far away needs to see, without keys, passwords and names",
    )
    parser.add_argument("--site", metavar="NAME|FILE.toml", help="settings of this site")
    options = parser.parse_args(argv)
    configuration, settings = read_settings(ROOT, options.site)
    findings = [configuration, *examine(Machine(settings=settings))]
    if options.bundle:
        return _bundle(options.bundle, settings, findings)
    healthy = all(finding.state != "fail" for finding in findings)
    if options.json:
        answer = {"healthy": healthy, "findings": findings}
        sys.stdout.write(msgspec.json.encode(answer).decode() + "\n")
    else:
        sys.stdout.write(table(findings))
    return 0 if healthy else 1


def _bundle(file: Path, settings: Settings, findings: list[Finding]) -> int:
    try:
        names = write_bundle(file, Machine(settings=settings), findings)
    except OSError as error:
        sys.stderr.write(f"{file}: can't be written ({error.strerror})\n")
        return 2
    inside = "\n".join(f"  {name}" for name in names)
    sys.stdout.write(f"{file}:\n{inside}\n")
    return 0


def read_settings(root: Path, site: str | None) -> tuple[Finding, Settings]:
    """The site's settings, or the built-in ones and a failed finding when they can't be used."""
    try:
        file = site_file(root / "config", site)
        settings = load((root / "config/kiosk.toml", *((file,) if file else ())))
        load_here(settings)
        _, wrong = read_bindings(root / "config", make_registry(), settings.bindings)
        for error in wrong:
            raise error
    except SettingsError as error:
        found = f"{error.file}: {error.field} = {error.value!r}"
        expected = error.expected
        mend = Text(f"고치십시오. 기대한 것: {expected}", f"Correct it. Expected: {expected}")
        return CONFIGURATION.fail(Text(found, found), mend), Settings()
    name = file.name if file else "kiosk.toml"
    return CONFIGURATION.ok(name, name), settings


def examine(machine: Machine) -> list[Finding]:
    """All checks at once: most of them wait for a process or a network."""
    with ThreadPoolExecutor(len(CHECKS)) as pool:
        return list(pool.map(lambda check: check(machine), CHECKS))

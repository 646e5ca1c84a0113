"""The support bundle: what a helper far away needs to see, with everything secret taken out.

Taken in by name, never by "all but": findings, versions, settings, the site's calibration, sizes of
the data's files, and the journal of the service. No picture, sound, database, key, order or audit
record. What is taken in is cleaned of every known secret, and of whatever looks like one.
"""

import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from kiosk.settings import SettingsError
from kiosk.settings.secrets import HIDDEN, Secrets, secrets_file
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.doctor.resources import data_folder
from kiosk.tools.finding import Finding
from kiosk.tools.findings_table import table

SERVICE = "city-kiosk"
JOURNAL_LINES = 3000
LONGEST = 2_000_000  # characters of a part: the end of it is kept

# What looks like a secret, whoever wrote it; group 1 stays.
_LOOKS_SECRET = (
    re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/\s\"'@]+@", re.IGNORECASE),
    re.compile(
        r"([?&;](?:[\w-]*(?:key|token|secret|password|passwd|pwd|signature|sig|auth)[\w-]*)=)"
        r"[^&;\s\"']+",
        re.IGNORECASE,
    ),
    re.compile(r"(\b(?:authorization|cookie|set-cookie|x-api-key)\"?\s*[:=]\s*)[^\r\n]+", re.I),
    re.compile(
        r"(\b[\w-]*(?:password|passwd|secret|token|api_?key|service_?key|pin)[\w-]*\"?\s*[:=]\s*)"
        r"(?!\*\*\*)(?:\"[^\"]*\"|'[^']*'|[^\s,;}\]]+)",
        re.IGNORECASE,
    ),
)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END[^\n]*|\Z)", re.DOTALL)
_KEPT_WORDS = re.compile(r"(?:_file|secrets)\"?\s*[:=]\s*$", re.IGNORECASE)


def write_bundle(file: Path, machine: Machine, findings: list[Finding]) -> tuple[str, ...]:
    """Writes a zip file readable by its owner only, and returns the names of its parts. Raises
    OSError."""
    clean = cleaner(machine)
    parts = {name: clean(text)[-LONGEST:] for name, text in _parts(machine, findings)}
    file.touch(mode=0o600)
    file.chmod(0o600)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in parts.items():
            bundle.writestr(name, text)
    return tuple(parts)


def cleaner(machine: Machine) -> Callable[[str], str]:
    """Takes the known secrets of this site out of a text, and what looks like one."""
    known = _known(machine)

    def clean(text: str) -> str:
        text = known.clean(text)
        text = _PRIVATE_KEY.sub(HIDDEN, text)
        for pattern in _LOOKS_SECRET:
            text = pattern.sub(_hidden, text)
        home = str(Path.home())
        return text.replace(home, "~") if len(home) > 1 else text

    return clean


def _hidden(found: re.Match[str]) -> str:
    if _KEPT_WORDS.search(found.group(1)):
        return found.group()  # the name of a file is no secret, and helps
    after = "@" if found.group().endswith("@") else ""
    return f"{found.group(1)}{HIDDEN}{after}"


def _known(machine: Machine) -> Secrets:
    """The values of the secrets' file, of password files, and of logins inside addresses."""
    settings, values = machine.settings, {}
    named = secrets_file(settings.backend.secrets)
    try:
        loaded = Secrets.load(named)
        values.update({name: loaded.value(name) for name in loaded.names})
    except SettingsError:
        if named is not None and named.is_file():  # unusable as it is, and secret all the same
            words = re.findall(r"[\"']([^\"']{4,})[\"']", named.read_text("utf-8", "replace"))
            values.update({f"line {i}": word for i, word in enumerate(words)})
    files = {"mqtt": settings.presence.mqtt_password_file, "sfu": settings.calls.sfu_secret_file}
    for name, file in files.items():
        if file and Path(file).is_file():
            values[name] = Path(file).read_text("utf-8", "replace").strip()
    return Secrets({name: value for name, value in values.items() if len(value) >= 4})


def _parts(machine: Machine, findings: list[Finding]) -> Iterator[tuple[str, str]]:
    yield "findings.txt", table(findings)
    yield "findings.json", _pretty(findings)
    yield "versions.json", _pretty(_versions(machine))
    yield "settings.json", _pretty(machine.settings)
    for file in sorted((machine.root / "config/sites").glob("*.toml")):
        yield f"sites/{file.name}", file.read_text("utf-8", "replace")
    folder = data_folder(machine)
    for file in sorted((folder / "calibration").glob("*.json")):
        yield f"calibration/{file.name}", file.read_text("utf-8", "replace")
    yield "data.txt", "\n".join(_sizes(folder)) + "\n"
    yield "journal.txt", _journal(machine)


def _pretty(what: object) -> str:
    text = json.dumps(msgspec.to_builtins(what), ensure_ascii=False, indent=1)
    return f"{text}\n"


def _versions(machine: Machine) -> dict[str, str]:
    text = (machine.root / "requirements/runtime.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)
    found = {name: machine.installed_version(name) for name in names}
    release = machine.at("/etc/os-release")
    system = release.read_text("utf-8") if release.is_file() else ""
    pretty = re.search(r'^PRETTY_NAME="(.*)"', system, re.MULTILINE)
    return {
        "python": ".".join(map(str, machine.python)),
        "system": pretty.group(1) if pretty else "",
        "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(machine.wall_s())),
        **found,
    }


def _sizes(folder: Path) -> Iterator[str]:
    """Names and sizes of what lies in the data folder; not what is in it. Names of recordings and
    pictures may tell of people: only how many there are."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file():
            yield f"{path.stat().st_size:>12} {path.name}"
        elif path.is_dir():
            inside = [file for file in path.rglob("*") if file.is_file()]
            yield f"{sum(file.stat().st_size for file in inside):>12} {path.name}/ ({len(inside)})"


def _journal(machine: Machine) -> str:
    command = ["journalctl", "--no-pager", "-o", "short-iso", "-n", str(JOURNAL_LINES)]
    answer = machine.run([*command, "-u", SERVICE], {})
    if answer.code != 0 or not answer.out.strip():
        return f"no journal: {answer.err.strip() or 'the service has written nothing'}\n"
    return answer.out

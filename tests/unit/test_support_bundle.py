"""The support bundle holds what a helper needs, and not one secret: every part is searched."""

import base64
import urllib.parse
import zipfile
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from kiosk.settings import Settings
from kiosk.tools.calibrate.walk import Walk, file_of, keep
from kiosk.tools.doctor.bundle import cleaner, write_bundle
from kiosk.tools.doctor.machine import Answer, Machine
from kiosk.tools.finding import Check
from kiosk.wire.text import Text

KEY, PASSWORD, BROKER = "3f9aQ7+/x==", "hunter2&seoul", "brokerpass"
URL_PASSWORD, TOKEN = "in-the-address", "abcdef0123456789"
SECRETS = (KEY, PASSWORD, BROKER, URL_PASSWORD, TOKEN)
JOURNAL = f"""\
2026-11-22T20:00:01 kiosk sync WARNING GET https://data.example.kr/{KEY}/json/bike/1/1000 failed
2026-11-22T20:00:02 kiosk video WARNING rtsp://viewer:{URL_PASSWORD}@10.0.0.7/live is lost
2026-11-22T20:00:03 kiosk backend WARNING GET http://a.example/x?serviceKey={TOKEN}&page=2: 403
2026-11-22T20:00:04 kiosk backend DEBUG Authorization: Bearer {TOKEN}
2026-11-22T20:00:05 kiosk backend DEBUG X-Api-Key: {TOKEN}
2026-11-22T20:00:06 kiosk backend DEBUG {{"access_token": "{TOKEN}", "page": 2}}
2026-11-22T20:00:07 kiosk backend DEBUG password={TOKEN}, user=x
2026-11-22T20:00:08 kiosk remote WARNING a tablet has gone
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg{TOKEN}
-----END PRIVATE KEY-----
2026-11-22T20:00:09 the last line
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    secrets = tmp_path / "keys.toml"
    secrets.write_text(f'SEOUL = "{KEY}"\nCAMERA = "viewer:{PASSWORD}"\n')
    secrets.chmod(0o600)
    broker = tmp_path / "broker"
    broker.write_text(f"{BROKER}\n")
    data = tmp_path / "data"
    (data / "certificates").mkdir(parents=True)
    (data / "certificates" / "leaf.key").write_text(TOKEN)
    (data / "ledger.db").write_text(f"orders and {TOKEN}")
    keep(Walk("hall"), file_of(data, "hall"))
    root = tmp_path / "program"
    (root / "config/sites").mkdir(parents=True)
    (root / "requirements").mkdir()
    (root / "requirements/runtime.txt").write_text("numpy==1 \\\n")
    (root / "config/sites/hall.toml").write_text(
        f'[camera]\nsource = "rtsp://cam:{URL_PASSWORD}@10.0.0.9/1" # {BROKER}\n'
    )
    settings = msgspec.convert(
        {
            "backend": {
                "secrets": str(secrets),
                "store": f"postgresql://kiosk:{URL_PASSWORD}@db/city?passfile=/x&sslkey={TOKEN}",
            },
            "camera": {"source": f"rtsp://cam:{URL_PASSWORD}@10.0.0.9/1"},
            "presence": {"mqtt_password_file": str(broker), "mqtt_host": "10.0.0.8"},
            "paths": {"data_dir": str(data)},
        },
        Settings,
    )
    return Machine(
        settings=settings,
        root=root,
        system=tmp_path,
        run=lambda command, _environment: Answer(0, JOURNAL, ""),
        installed_version=lambda _name: "1",
    )


def parts(machine: Machine, file: Path) -> dict[str, str]:
    finding = Check("camera", Text("카메라", "Camera")).fail(
        Text("없음", f"rtsp://cam:{URL_PASSWORD}@10.0.0.9/1 does not answer"),
        Text("", "plug it in"),
    )
    write_bundle(file, machine, [finding])
    with zipfile.ZipFile(file) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_no_secret_is_in_any_part(machine: Machine, tmp_path: Path) -> None:
    found = parts(machine, tmp_path / "bundle.zip")
    for name, text in found.items():
        for secret in SECRETS:
            for spelling in (
                secret,
                urllib.parse.quote(secret, safe=""),
                base64.b64encode(secret.encode()).decode(),
            ):
                assert spelling not in text, f"{spelling} in {name}"


def test_what_helps_is_there(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    found = parts(machine, file)
    assert set(found) == {
        *("findings.txt", "findings.json", "versions.json", "settings.json", "data.txt"),
        *("sites/hall.toml", "calibration/hall.json", "journal.txt"),
    }
    assert "rtsp://***@10.0.0.9/1 does not answer" in found["findings.txt"]
    assert "a tablet has gone" in found["journal.txt"]
    assert "the last line" in found["journal.txt"]
    assert "&page=2: 403" in found["journal.txt"]
    settings = msgspec.json.decode(found["settings.json"])
    assert settings["presence"]["mqtt_host"] == "10.0.0.8"
    assert settings["presence"]["mqtt_password_file"].endswith("broker")
    assert "ledger.db" in found["data.txt"]
    assert "certificates/ (1)" in found["data.txt"]
    assert file.stat().st_mode & 0o077 == 0


def test_a_secrets_file_that_can_not_be_used_is_secret_all_the_same(
    machine: Machine, tmp_path: Path
) -> None:
    (tmp_path / "keys.toml").chmod(0o644)
    assert KEY not in cleaner(machine)(f"GET /{KEY}/x")
    (tmp_path / "keys.toml").write_text(f'SEOUL = "{KEY}"\nbroken = ')
    assert KEY not in cleaner(machine)(f"GET /{KEY}/x")


def test_without_a_journal_it_says_so(machine: Machine, tmp_path: Path) -> None:
    silent = replace(machine, run=lambda command, _environment: Answer(127, "", "no journalctl"))
    assert parts(silent, tmp_path / "b.zip")["journal.txt"] == "no journal: no journalctl\n"


@pytest.mark.parametrize(
    "text",
    [
        "the key of the map is at the left",
        "voice.wake = x",
        "token ring",
        "https://data.example.kr/a/b?page=2",
        '"mqtt_password_file": "/etc/kiosk/broker"',
    ],
)
def test_what_is_no_secret_stays(machine: Machine, text: str) -> None:
    assert cleaner(machine)(text) == text

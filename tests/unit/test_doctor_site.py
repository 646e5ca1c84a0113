"""The doctor on the city's systems, certificates and the calibration."""

import datetime
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.settings import Settings
from kiosk.tools.calibrate.step import all_steps, find_step
from kiosk.tools.calibrate.walk import Walk, file_of, keep
from kiosk.tools.doctor import calibration, certificate, city
from kiosk.tools.doctor.machine import Machine

NOW_S = 1_790_000_000.0
DAY = datetime.timedelta(days=1)


def settings(data: Path, **sections: dict[str, object]) -> Settings:
    return msgspec.convert({**sections, "paths": {"data_dir": str(data)}}, Settings)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(settings=settings(tmp_path), wall_s=lambda: NOW_S)


def write_certificate(file: Path, left: datetime.timedelta) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "kiosk")])
    now = datetime.datetime.fromtimestamp(NOW_S, datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(min(now, now + left) - 30 * DAY)
        .not_valid_after(now + left)
        .sign(key, hashes.SHA256())
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))


@pytest.mark.parametrize(
    ("name", "days", "state"),
    [
        ("site.pem", 200, "ok"),
        ("site.pem", 10, "poor"),
        ("site.pem", -3, "fail"),
        ("leaf.pem", 10, "ok"),
        ("leaf.pem", -3, "fail"),
    ],
)
def test_certificates_run_out(
    machine: Machine, tmp_path: Path, name: str, days: int, state: str
) -> None:
    write_certificate(tmp_path / "certificates" / name, days * DAY)
    assert certificate.check_certificate(machine).state == state


def test_certificates_missing_and_broken(machine: Machine, tmp_path: Path) -> None:
    assert certificate.check_certificate(machine).state == "ok"
    (tmp_path / "certificates").mkdir()
    (tmp_path / "certificates" / "site.pem").write_text("no certificate")
    assert certificate.check_certificate(machine).state == "fail"
    named = settings(tmp_path, remote={"certificate": str(tmp_path / "none.pem")})
    found = certificate.check_certificate(replace(machine, settings=named))
    assert (found.state, "none.pem" in found.found.en) == ("fail", True)


def test_sources_that_want_a_key(machine: Machine, tmp_path: Path) -> None:
    found = city.check_sources(machine)
    assert found.state == "poor"
    assert "for want of a key" in found.found.en
    away = settings(tmp_path, backend={"url": "https://city.example"})
    assert city.check_sources(replace(machine, settings=away)).state == "ok"
    open_file = tmp_path / "keys.toml"
    open_file.write_text('A = "12345"\n')
    open_file.chmod(0o644)
    wrong = settings(tmp_path, backend={"secrets": str(open_file)})
    found = city.check_sources(replace(machine, settings=wrong))
    assert found.state == "fail"
    assert "12345" not in repr(found)


CAMERA = """\
[[camera]]
id = "c1"
number = 1
name = {ko = "가", en = "a"}
lat = 37.5
lon = 127.0
url = "rtsp://10.0.0.7/live"
login = "CAMERA"
"""


def test_cameras_that_want_a_login(machine: Machine, tmp_path: Path) -> None:
    assert city.check_cameras(machine).state == "ok"
    file = tmp_path / "cameras.toml"
    file.write_text(CAMERA)
    keys = tmp_path / "keys.toml"
    keys.touch(mode=0o600)
    listed = settings(tmp_path, backend={"cameras": str(file), "secrets": str(keys)})
    found = city.check_cameras(replace(machine, settings=listed))
    assert (found.state, "CAMERA" in found.found.en) == ("poor", True)
    keys.write_text('CAMERA = "user:password"\n')
    assert city.check_cameras(replace(machine, settings=listed)).state == "ok"
    file.write_text("[[camera]]\nid = 3\n")
    assert city.check_cameras(replace(machine, settings=listed)).state == "fail"


def test_calibration(machine: Machine, tmp_path: Path) -> None:
    assert calibration.check_calibration(machine).state == "poor"
    file = file_of(tmp_path, "hall")
    walk = Walk("hall")
    for step in all_steps():
        walk = walk.without(step)
    ghosts = find_step("ghosts")
    assert ghosts is not None
    walk = walk.with_done(ghosts, {}, [{"ghosts": 0, "seconds": 15.0}], 0)
    keep(walk, file)
    assert "not finished" in calibration.check_calibration(machine).found.en
    keep(walk.finished(1), file)
    assert calibration.check_calibration(machine).state == "ok"
    bad = walk.with_done(ghosts, {}, [{"ghosts": 3, "seconds": 15.0}], 0).finished(1)
    keep(bad, file)
    assert "1 to mend" in calibration.check_calibration(machine).found.en
    file.write_text("{")
    assert calibration.check_calibration(machine).state == "fail"

"""The doctor on machines that have and lack things; every probe is handed in."""

import json
import os
import wave
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from gestures.errors import ModelError as HandModelError
from kiosk.settings import Settings
from kiosk.tools import doctor
from kiosk.tools.doctor import (
    camera,
    microphone,
    models,
    network,
    resources,
    screen,
    software,
    video,
)
from kiosk.tools.doctor.machine import Answer, Machine
from kiosk.tools.finding import Finding
from kiosk.tools.findings_table import table, width

GIB = 1 << 30


def settings(section: str, **values: object) -> Settings:
    return msgspec.convert({section: values}, Settings)


def answering(code: int, out: str = "", err: str = "") -> Callable[..., Answer]:
    def run(_command: list[str], _environment: Mapping[str, str]) -> Answer:
        return Answer(code, out, err)

    return run


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine whose files lie under tmp_path; no probe leaves it."""
    (tmp_path / "dev").mkdir()
    (tmp_path / "proc").mkdir()
    return Machine(
        system=tmp_path,
        environment={},
        run=answering(127),
        connect=lambda _host, _port: "refused",
        can_listen=lambda _host, _port: True,
        installed_version=lambda _name: "",
        clock_synchronised=lambda: True,
        free_bytes=lambda _folder: 10 * GIB,
        sleep_s=lambda _s: None,
    )


def states(finding: Finding) -> tuple[str, bool]:
    return finding.state, finding.mend is not None


def test_python(machine: Machine) -> None:
    assert software.check_python(replace(machine, python=(3, 11, 2))).state == "ok"
    assert states(software.check_python(replace(machine, python=(3, 10, 1)))) == ("fail", True)


def test_pins(machine: Machine, root: Path) -> None:
    pins = {
        line.split("==")[0]: line.split("==")[1].split()[0]
        for line in (root / "requirements/runtime.txt").read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    right = replace(machine, installed_version=lambda name: pins.get(name, ""))
    assert software.check_pins(right).state == "ok"
    other = {**pins, "numpy": "0.1"}
    wrong = software.check_pins(
        replace(machine, installed_version=lambda name: other.get(name, ""))
    )
    assert wrong.state == "fail"
    assert f"numpy 0.1 ≠ {pins['numpy']}" in wrong.found.en
    rival = {**pins, "opencv-contrib-python": "4.0"}
    twice = software.check_pins(
        replace(machine, installed_version=lambda name: rival.get(name, ""))
    )
    assert "opencv-contrib-python" in twice.found.en


def test_system_packages(machine: Machine, root: Path) -> None:
    lines = (root / "requirements/apt-runtime.txt").read_text().splitlines()
    names = [line for line in lines if not line.startswith("#")]
    all_there = "".join(f"installed {name}\n" for name in names)
    full = replace(machine, run=answering(0, all_there))
    assert software.check_system_packages(full).state == "ok"
    lacking = all_there.replace("installed libgles2", "not-installed libgles2")
    finding = software.check_system_packages(replace(machine, run=answering(1, lacking)))
    assert finding.state == "fail"
    assert finding.mend is not None
    assert finding.mend.en.endswith("--no-install-recommends libgles2")
    assert software.check_system_packages(machine).state == "poor"  # no dpkg here


def test_camera_absent_and_turned_off(machine: Machine) -> None:
    assert camera.check_camera(machine).found.en == "there is no /dev/video0"
    (machine.system / "dev/video2").touch()
    assert "video2" in camera.check_camera(machine).found.en
    off = replace(machine, settings=settings("camera", source="none"))
    assert camera.check_camera(off).state == "ok"


def test_a_node_that_gives_no_pictures(machine: Machine) -> None:
    (machine.system / "dev/video0").touch()
    name = machine.system / "sys/class/video4linux/video0/name"
    name.parent.mkdir(parents=True)
    name.write_text("Desk camera\n")
    finding = camera.check_camera(machine)
    assert finding.found.en == "/dev/video0 gives no pictures (Desk camera)"


@pytest.mark.parametrize(("holder", "state"), [(False, "ok"), (True, "poor")])
def test_a_camera_that_works(
    machine: Machine, holder: bool, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = machine.system / "dev/video0"
    device.touch()
    monkeypatch.setattr(camera, "_captures", lambda _device: True)
    if holder:
        descriptors = machine.system / "proc/77/fd"
        descriptors.mkdir(parents=True)
        (descriptors / "5").symlink_to(device)
        (machine.system / "proc/77/comm").write_text("cheese\n")
    finding = camera.check_camera(machine)
    assert finding.state == state
    assert ("cheese (77)" in finding.found.en) is holder


def test_a_camera_we_may_not_open(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine.system / "dev/video0").touch()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert camera.check_camera(machine).mend == camera.RIGHTS


def test_camera_address_and_file(machine: Machine, tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    def connect(host: str, port: int) -> str:
        asked.append((host, port))
        return ""

    source = settings("camera", source="rtsp://10.0.0.9/main")
    assert camera.check_camera(replace(machine, settings=source, connect=connect)).state == "ok"
    assert asked == [("10.0.0.9", 554)]
    assert camera.check_camera(replace(machine, settings=source)).state == "fail"
    clip = tmp_path / "clip.jsonl"
    of_file = replace(machine, settings=settings("camera", source=str(clip)))
    assert camera.check_camera(of_file).state == "fail"
    clip.touch()
    assert camera.check_camera(of_file).state == "ok"


@pytest.mark.parametrize(
    ("known", "devices", "words"),
    [
        (["cuda"], [], "no graphics processor to use, and no VAAPI in this FFmpeg"),
        (["vaapi"], [], "no graphics processor to use"),
        (["cuda"], ["dri/renderD128"], "built without VAAPI"),
        (["vaapi"], ["dri/renderD128"], "VAAPI (renderD128)"),
        (["vaapi", "cuda"], ["nvidiactl"], "NVIDIA"),
    ],
)
def test_what_decodes_the_cameras(
    machine: Machine, known: list[str], devices: list[str], words: str
) -> None:
    for name in devices:
        node = machine.at(f"/dev/{name}")
        node.parent.mkdir(parents=True, exist_ok=True)
        node.touch()
    finding = video.check_video(replace(machine, run=answering(0, json.dumps(known))))
    assert finding.state == "ok"
    assert words in finding.found.en


def test_a_decoder_that_does_not_load(machine: Machine) -> None:
    broken = replace(machine, run=answering(1, err="ImportError"))
    assert video.check_video(broken).state == "fail"


def test_microphones(machine: Machine) -> None:
    there = answering(0, json.dumps({"names": ["ReSpeaker 4", "HDA"], "default": "HDA"}))
    assert microphone.check_microphone(replace(machine, run=there)).found.en == "HDA"
    named = replace(machine, run=there, settings=settings("microphone", source="respeaker"))
    assert microphone.check_microphone(named).found.en == "ReSpeaker 4"
    absent = replace(machine, run=there, settings=settings("microphone", source="Yeti"))
    assert "ReSpeaker 4, HDA" in microphone.check_microphone(absent).found.en
    none = replace(machine, run=answering(0, '{"names": [], "default": ""}'))
    assert microphone.check_microphone(none).mend == microphone.PLUG_IN
    library = replace(machine, run=answering(1, err="OSError: PortAudio library not found"))
    assert microphone.check_microphone(library).mend == microphone.LIBRARY
    off = replace(machine, settings=settings("microphone", source="none"))
    assert microphone.check_microphone(off).state == "ok"


def test_a_source_of_the_sound_server_needs_the_server(machine: Machine) -> None:
    source = "pulse:room.monitor"
    there = answering(0, json.dumps({"names": ["HDA", "pulse"], "default": "HDA"}))
    absent = answering(0, json.dumps({"names": ["HDA"], "default": "HDA"}))
    named = replace(machine, settings=settings("microphone", source=source))
    assert microphone.check_microphone(replace(named, run=there)).found.en == source
    assert microphone.check_microphone(replace(named, run=absent)).state == "fail"


def test_the_recording_of_the_walls_own_sound(machine: Machine) -> None:
    assert microphone.check_echo(machine).state == "ok"
    absent = answering(0, json.dumps({"names": ["HDA"], "default": "HDA"}))
    wanted = replace(machine, run=absent, settings=settings("voice", echo_device="Loopback"))
    mend = microphone.check_echo(wanted).mend
    assert mend is not None
    assert "echo_device" in mend.en


def test_a_recording_for_the_microphone(machine: Machine, tmp_path: Path) -> None:
    sound = tmp_path / "a.wav"
    of_file = replace(machine, settings=settings("microphone", source=str(sound)))
    assert microphone.check_microphone(of_file).state == "fail"
    sound.write_bytes(b"no sound")
    assert "no sound" in microphone.check_microphone(of_file).found.en
    with wave.open(str(sound), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16_000)
        writer.writeframes(bytes(3200))
    assert microphone.check_microphone(of_file).state == "ok"


def test_models(machine: Machine, tmp_path: Path) -> None:
    def broken() -> Path:
        raise HandModelError("sha256 is wrong")

    assert models.check_hand_model(machine).state == "ok"
    assert "sha256 is wrong" in models.check_hand_model(machine, broken).found.en
    assert models.check_speech_model(machine).state == "ok"
    assert models.check_speech_model(machine, lambda: tmp_path).found.en == "0 MB"
    assert models.check_boundaries(machine).state == "ok"


def test_a_model_of_english_is_a_sites_own(machine: Machine, tmp_path: Path) -> None:
    assert models.check_english_model(machine).state == "poor"
    of_site = replace(machine, settings=settings("voice", models={"en": str(tmp_path)}))
    assert models.check_english_model(of_site).state == "fail"
    for part in ("am", "conf", "graph"):
        (tmp_path / part).mkdir()
    for file in ("am/final.mdl", "conf/model.conf"):
        (tmp_path / file).touch()
    assert models.check_english_model(of_site).state == "ok"


def test_screen(machine: Machine) -> None:
    assert screen.check_screen(machine).state == "poor"
    wall = replace(machine, environment={"DISPLAY": ":0"})
    big = replace(wall, run=answering(0, '[["VGA",800,600,60],["HDMI-1",3840,2160,60]]'))
    assert screen.check_screen(big).found.en == "HDMI-1 3840x2160, 60 Hz"
    small = replace(wall, run=answering(0, '[["VGA",800,600,60]]'))
    assert screen.check_screen(small).state == "poor"
    closed = replace(wall, run=answering(134, err="could not connect to display :0\naborting"))
    assert "could not connect to display :0" in screen.check_screen(closed).found.en


def test_font(machine: Machine, tmp_path: Path) -> None:
    assert screen.check_font(Machine()).state == "ok"  # the product's own, through Qt
    bare = replace(machine, root=tmp_path)
    assert screen.check_font(bare).found.en == "assets/fonts is empty"
    fonts = tmp_path / "assets/fonts"
    fonts.mkdir(parents=True)
    (fonts / "Broken.otf").write_bytes(b"OTTO")
    assert "Broken.otf" in screen.check_font(replace(Machine(), root=tmp_path)).found.en


@pytest.mark.parametrize(("free", "state"), [(10 * GIB, "ok"), (GIB, "poor"), (GIB // 8, "fail")])
def test_disk(machine: Machine, tmp_path: Path, free: int, state: str) -> None:
    stored = settings("paths", data_dir=str(tmp_path / "not/yet/there"))
    finding = resources.check_disk(
        replace(machine, settings=stored, free_bytes=lambda _folder: free)
    )
    assert finding.state == state
    assert str(tmp_path) in finding.found.en


@pytest.mark.parametrize(("free_gib", "state"), [(8, "ok"), (2, "poor"), (1, "fail")])
def test_memory(machine: Machine, free_gib: int, state: str) -> None:
    text = f"MemTotal: {16 << 20} kB\nMemAvailable: {free_gib << 20} kB\nHugePages_Total: 0\n"
    (machine.system / "proc/meminfo").write_text(text)
    finding = resources.check_memory(machine)
    assert finding.state == state
    assert finding.found.en == f"{free_gib}.0 of 16.0 GiB available"


@pytest.mark.parametrize(
    ("synchronised", "state", "words"),
    [(True, "ok", "synchronised"), (None, "ok", "unknown"), (False, "poor", "not synchronised")],
)
def test_clock(machine: Machine, synchronised: bool | None, state: str, words: str) -> None:
    finding = resources.check_clock(replace(machine, clock_synchronised=lambda: synchronised))
    assert finding.state == state
    assert words in finding.found.en


def test_a_clock_that_jumps_or_is_in_the_past(machine: Machine) -> None:
    times = iter([4e9, 4e9, 4e9 + 60])
    jumping = replace(machine, wall_s=lambda: next(times), monotonic_s=lambda: 0.0)
    assert resources.check_clock(jumping).found.en == "it jumps (+60000 ms)"
    assert resources.check_clock(replace(machine, wall_s=lambda: 0.0)).state == "fail"


def test_backend(machine: Machine) -> None:
    assert network.check_backend(machine).state == "ok"
    far = replace(machine, settings=settings("backend", url="https://city.example/api"))
    finding = network.check_backend(far)
    assert (finding.state, finding.found.en) == (
        "poor",
        "city.example:443 does not answer (refused)",
    )
    near = replace(far, connect=lambda _host, _port: "")
    assert network.check_backend(near).state == "ok"


def test_tablets(machine: Machine) -> None:
    fixed = replace(machine, settings=settings("remote", host="10.1.2.3", port=8443))
    assert network.check_tablets(fixed).found.en == "https://10.1.2.3:8443"
    taken = replace(fixed, can_listen=lambda _host, _port: False)
    assert "the port is in use" in network.check_tablets(taken).found.en
    alone = replace(machine, settings=settings("remote", host="127.0.0.1"))
    assert network.check_tablets(alone).state == "poor"
    named = replace(machine, settings=settings("remote", host="10.1.2.3", name="kiosk.local"))
    assert network.check_tablets(named).found.en == "nobody announces kiosk.local"
    off = replace(machine, settings=settings("remote", enabled=False))
    assert network.check_tablets(off).state == "ok"


def test_a_broken_configuration_is_a_finding(tmp_path: Path, root: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text("[remote]\nport = 99999999\n")
    finding, used = doctor.read_settings(root, str(site))
    assert finding.state == "fail"
    assert "remote.port = 99999999" in finding.found.en
    assert used == Settings()


def test_a_binding_that_can_not_be_used_is_a_finding(tmp_path: Path, root: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text('[[bindings]]\ninput = "gesture"\non = "wave"\ncommand = "nav.home"\n')
    finding, _ = doctor.read_settings(root, str(site))
    assert finding.state == "fail"
    assert "bindings[0].on = 'wave'" in finding.found.en


def test_a_site_without_sensors_is_healthy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site.toml"
    site.write_text('[camera]\nsource = "none"\n[microphone]\nsource = "none"\n')
    code = doctor.main(["--json", "--site", str(site)])
    answer = json.loads(capsys.readouterr().out)
    names = [finding["check"] for finding in answer["findings"]]
    assert len(set(names)) == len(names) == len(doctor.CHECKS) + 1
    failed = [finding for finding in answer["findings"] if finding["state"] == "fail"]
    assert code == (1 if failed else 0)
    assert answer["healthy"] is (not failed)
    for finding in answer["findings"]:
        assert (finding["mend"] is None) is (finding["state"] == "ok")


def test_a_missing_camera_fails_the_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site.toml"
    site.write_text(f'[camera]\nsource = "{tmp_path}/gone.mp4"\n')
    assert doctor.main(["--site", str(site)]) == 1
    printed = capsys.readouterr().out
    assert "안 됨" in printed
    assert f"no such file: {tmp_path}/gone.mp4" in printed


def test_columns_of_the_table_stand_below_one_another() -> None:
    check = camera.CAMERA
    lines = table([check.ok("가", "a"), microphone.MICROPHONE.ok("나", "b")]).splitlines()
    starts = {width(line[: line.rindex(" ") + 1]) for line in lines[:2] + lines[3:5]}
    assert len(starts) == 1

"""The camera that sees the hands: is it there, ours to open, giving pictures? None is taken."""

import contextlib
import fcntl
import os
import struct
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

CAMERA = Check("camera", Text("카메라", "Camera"))
PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}

# linux/videodev2.h: VIDIOC_QUERYCAP fills driver, card, bus, version, capabilities, device_caps
_QUERYCAP = 0x80685600
_CAPABILITY = struct.Struct("16s32s32sIII12x")
_CAPTURES = 0x1 | 0x1000  # single- and multi-planar video capture

PLUG_IN = Text(
    "USB 카메라를 꽂으십시오. 꽂는 즉시 인식됩니다. 카메라 없이 쓰려면 --camera none.",
    "Plug in a USB camera; it is found by itself. Without one: --camera none.",
)
RIGHTS = Text(
    "이 사용자를 video 그룹에 넣고 다시 로그인하십시오: sudo usermod -aG video $USER",
    "Put this user into the group video and log in again: sudo usermod -aG video $USER",
)


def check_camera(machine: Machine) -> Finding:
    source = machine.settings.camera.source
    if source == "none":
        return CAMERA.ok("설정에서 끔 (none)", "turned off in the settings (none)")
    if "://" in source:
        return _address(machine, source)
    if source.isdigit():
        return _device(machine, machine.at(f"/dev/video{source}"))
    if source.startswith("/dev/"):
        return _device(machine, machine.at(source))
    return _file(Path(source))


def _device(machine: Machine, device: Path) -> Finding:
    name = f"/dev/{device.name}"
    if not device.exists():
        others = sorted(path.name for path in machine.at("/dev").glob("video*"))
        has = f" ({', '.join(others)})" if others else ""
        return CAMERA.fail(Text(f"{name} 없음{has}", f"there is no {name}{has}"), PLUG_IN)
    if not os.access(device, os.R_OK | os.W_OK):
        return CAMERA.fail(Text(f"{name} 을 열 권한 없음", f"no right to open {name}"), RIGHTS)
    title = machine.at(f"/sys/class/video4linux/{device.name}/name")
    card = title.read_text(encoding="utf-8").strip() if title.is_file() else name
    if not _captures(device):
        return CAMERA.fail(
            Text(f"{name} 은 영상을 주지 않음 ({card})", f"{name} gives no pictures ({card})"),
            Text(
                "--camera 로 다른 번호를 주십시오 (예: --camera 2).",
                "Name another one with --camera, such as --camera 2.",
            ),
        )
    holder = _holder(machine, device)
    if holder:
        return CAMERA.poor(
            Text(f"{card} ({name}), {holder} 이 사용 중", f"{card} ({name}), in use by {holder}"),
            Text(
                f"키오스크 자신이 아니라면 {holder} 을 끝내십시오.",
                f"Close {holder}, unless it is the kiosk itself.",
            ),
        )
    return CAMERA.ok(f"{card} ({name})", f"{card} ({name})")


def _captures(device: Path) -> bool:
    buffer = bytearray(_CAPABILITY.size)
    try:
        with device.open("rb", buffering=0) as opened:
            fcntl.ioctl(opened, _QUERYCAP, buffer)
    except OSError:
        return False
    *_, capabilities, device_caps = _CAPABILITY.unpack(buffer)
    return bool((device_caps or capabilities) & _CAPTURES)


def _holder(machine: Machine, device: Path) -> str:
    """Name and pid of a process that has the device open, as far as we may see."""
    for entry in machine.at("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(link.readlink() == device for link in (entry / "fd").iterdir()):
                return f"{(entry / 'comm').read_text().strip()} ({entry.name})"
    return ""


def _address(machine: Machine, source: str) -> Finding:
    url = urlsplit(source)
    host, port = url.hostname or "", url.port or PORTS.get(url.scheme, 554)
    reason = machine.connect(host, port)
    if not reason:
        return CAMERA.ok(f"{host}:{port} 응답함", f"{host}:{port} answers")
    return CAMERA.fail(
        Text(f"{host}:{port} 응답 없음 ({reason})", f"{host}:{port} does not answer ({reason})"),
        Text(
            "카메라의 전원과 네트워크 케이블, 주소를 확인하십시오.",
            "Check the camera's power, its network cable and its address.",
        ),
    )


def _file(path: Path) -> Finding:
    if path.exists():
        return CAMERA.ok(f"녹화 {path.name}", f"recording {path.name}")
    return CAMERA.fail(
        Text(f"파일 없음: {path}", f"no such file: {path}"),
        Text("--camera 의 경로를 확인하십시오.", "Check the path given with --camera."),
    )


CHECKS = (check_camera,)

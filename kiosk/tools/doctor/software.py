"""Python, pinned packages, Debian packages."""

import re

from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

PYTHON = Check("python", Text("파이썬", "Python"))
PINS = Check("pins", Text("파이썬 패키지", "Python packages"))
SYSTEM = Check("system-packages", Text("시스템 패키지", "System packages"))
OLDEST = (3, 11)
RIVALS = ("opencv-contrib-python", "opencv-python-headless", "opencv-contrib-python-headless")
"""Packages that overwrite the cv2/ of opencv-python."""
REBUILD = Text(
    ".venv 폴더를 지우고 ./kiosk.sh run 을 다시 실행하십시오.",
    "Remove the folder .venv and start ./kiosk.sh run again.",
)


def check_python(machine: Machine) -> Finding:
    version = ".".join(map(str, machine.python))
    if machine.python[:2] >= OLDEST:
        return PYTHON.ok(version, version)
    return PYTHON.fail(
        Text(f"{version} (3.11 이상 필요)", f"{version}, 3.11 or newer is needed"),
        Text("python3.11 을 설치하십시오.", "Install python3.11."),
    )


def check_pins(machine: Machine) -> Finding:
    text = (machine.root / "requirements/runtime.txt").read_text(encoding="utf-8")
    pins: dict[str, str] = dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE))
    wrong = [
        f"{name} {machine.installed_version(name) or '-'} ≠ {pin}"
        for name, pin in pins.items()
        if machine.installed_version(name) != pin
    ]
    wrong += [f"{name} (cv2!)" for name in RIVALS if machine.installed_version(name)]
    if not wrong:
        return PINS.ok(f"{len(pins)}개 모두 고정된 판", f"all {len(pins)} at their pinned version")
    some = ", ".join(wrong[:4]) + (" …" if len(wrong) > 4 else "")
    return PINS.fail(Text(f"다름: {some}", f"differing: {some}"), REBUILD)


def check_system_packages(machine: Machine) -> Finding:
    lines = (machine.root / "requirements/apt-runtime.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n"]
    answer = machine.run([*query, *wanted], {})
    if answer.code == 127:
        return SYSTEM.poor(
            Text("데비안 계열이 아니어서 알 수 없음", "unknown: this is not a Debian system"),
            Text(
                "requirements/apt-runtime.txt 의 라이브러리를 설치하십시오.",
                "Install the libraries named in requirements/apt-runtime.txt.",
            ),
        )
    present = {line.split()[1] for line in answer.out.splitlines() if line.startswith("installed ")}
    missing = [name for name in wanted if name not in present]
    if not missing:
        return SYSTEM.ok(f"{len(wanted)}개 모두 있음", f"all {len(wanted)} are there")
    line = f"apt-get install --no-install-recommends {' '.join(missing)}"
    return SYSTEM.fail(
        Text(f"없음: {', '.join(missing)}", f"missing: {', '.join(missing)}"),
        Text(f"관리자로 실행: {line}", f"As root: {line}"),
    )


CHECKS = (check_python, check_pins, check_system_packages)

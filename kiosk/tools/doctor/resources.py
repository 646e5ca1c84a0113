"""Disk, memory, clock."""

import os
from pathlib import Path

from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

DISK = Check("disk", Text("디스크", "Disk"))
MEMORY = Check("memory", Text("메모리", "Memory"))
CLOCK = Check("clock", Text("시계", "Clock"))

GIB = 1 << 30
DISK_POOR_BYTES = 2 * GIB
DISK_FAIL_BYTES = GIB // 4
MEMORY_POOR_BYTES = 3 * GIB
MEMORY_FAIL_BYTES = 3 * GIB // 2
"""The processes together take about 1.2 GiB, speech alone half of it."""
CLOCK_LOOK_S = 0.2
CLOCK_OFF_S = 0.02


def data_folder(machine: Machine) -> Path:
    """Where cache and ledger will lie, or its nearest folder that exists."""
    home = machine.environment.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    folder = Path(machine.settings.paths.data_dir or f"{home}/city-kiosk").absolute()
    while not folder.exists():
        folder = folder.parent
    return folder


def check_disk(machine: Machine) -> Finding:
    folder = data_folder(machine)
    if not os.access(folder, os.W_OK):
        return DISK.fail(
            Text(f"{folder} 에 쓸 수 없음", f"{folder} can't be written"),
            Text("폴더의 주인을 바꾸거나 --data 를 쓰십시오.", "Change its owner, or use --data."),
        )
    free = machine.free_bytes(folder)
    found = Text(f"{folder} 에 {free / GIB:.1f} GiB 남음", f"{free / GIB:.1f} GiB free at {folder}")
    mend = Text("오래된 파일을 지워 2 GiB 이상 비우십시오.", "Delete files until 2 GiB are free.")
    if free < DISK_FAIL_BYTES:
        return DISK.fail(found, mend)
    return DISK.poor(found, mend) if free < DISK_POOR_BYTES else DISK.ok(found.ko, found.en)


def check_memory(machine: Machine) -> Finding:
    lines = machine.at("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    kib = {name: int(rest.split()[0]) for name, rest in (line.split(":") for line in lines)}
    free = kib["MemAvailable"] * 1024
    total_gib = kib["MemTotal"] / (1 << 20)
    found = Text(
        f"{total_gib:.1f} GiB 중 {free / GIB:.1f} GiB 사용 가능",
        f"{free / GIB:.1f} of {total_gib:.1f} GiB available",
    )
    mend = Text(
        "다른 프로그램을 끝내거나 메모리를 늘리십시오. 음성을 끄면 0.6 GiB 줄어듭니다.",
        "Close other programs or add memory. Without voice it takes 0.6 GiB less.",
    )
    if free < MEMORY_FAIL_BYTES:
        return MEMORY.fail(found, mend)
    return MEMORY.poor(found, mend) if free < MEMORY_POOR_BYTES else MEMORY.ok(found.ko, found.en)


def check_clock(machine: Machine) -> Finding:
    newest = (machine.root / "requirements/runtime.txt").stat().st_mtime
    set_it = Text(
        "시각 동기화를 켜십시오: sudo timedatectl set-ntp true",
        "Turn time synchronisation on: sudo timedatectl set-ntp true",
    )
    if machine.wall_s() < newest:
        return CLOCK.fail(
            Text("프로그램이 설치되기 전의 시각", "it is earlier than the installation"),
            set_it,
        )
    wall_s, monotonic_s = machine.wall_s(), machine.monotonic_s()
    machine.sleep_s(CLOCK_LOOK_S)
    off_s = (machine.wall_s() - wall_s) - (machine.monotonic_s() - monotonic_s)
    if abs(off_s) > CLOCK_OFF_S:
        return CLOCK.poor(
            Text(f"벽시계가 튐 ({off_s * 1000:+.0f} ms)", f"it jumps ({off_s * 1000:+.0f} ms)"),
            set_it,
        )
    synchronised = machine.clock_synchronised()
    if synchronised is False:
        return CLOCK.poor(Text("동기화되지 않음", "not synchronised"), set_it)
    if synchronised is None:
        return CLOCK.ok("고르게 감, 동기화 여부는 모름", "runs evenly; synchronisation unknown")
    return CLOCK.ok("동기화됨", "synchronised")


CHECKS = (check_disk, check_memory, check_clock)

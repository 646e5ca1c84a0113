"""The screen and the Korean face, asked of Qt in a process of its own."""

import sys

import msgspec

from kiosk.tools.doctor.machine import Machine
from kiosk.tools.finding import Check, Finding
from kiosk.wire.text import Text

SCREEN = Check("screen", Text("화면", "Screen"))
FONT = Check("font", Text("한글 글꼴", "Korean face"))
SAMPLE = "서울특별시"
SMALLEST_PX = (1920, 1080)

ASK_SCREEN = """
import json
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
print(json.dumps([[s.name(), round(s.size().width() * s.devicePixelRatio()),
                   round(s.size().height() * s.devicePixelRatio()), round(s.refreshRate())]
                  for s in app.screens()]))
"""
ASK_FONT = """
import json, sys
from PySide6.QtGui import QFontDatabase, QGuiApplication, QRawFont
app = QGuiApplication([])
answer = {}
for file in sys.argv[2:]:
    raw = QRawFont(file, 16.0)
    good = raw.isValid() and all(raw.supportsCharacter(ord(c)) for c in sys.argv[1])
    answer[file] = raw.familyName() if good else ""
print(json.dumps(answer))
"""


def check_screen(machine: Machine) -> Finding:
    if not machine.has_screen():
        return SCREEN.poor(
            Text(
                "없음. 벽면은 화면 없이 그려지고 태블릿은 쓸 수 있음",
                "none: the wall is drawn off screen, tablets work",
            ),
            Text(
                "화면을 연결하고 그 세션에서 시작하십시오 (DISPLAY).",
                "Connect a screen and start from its session (DISPLAY).",
            ),
        )
    answer = machine.run([sys.executable, "-c", ASK_SCREEN], {})
    if answer.code != 0 or not answer.out:
        lines = [line for line in answer.err.splitlines() if line.strip()] or [str(answer.code)]
        return SCREEN.fail(
            Text(f"열 수 없음: {lines[0]}", f"can't be opened: {lines[0]}"),
            Text(
                "DISPLAY 와 로그인한 사용자를 확인하고 libxcb-cursor0 를 설치하십시오.",
                "Check DISPLAY and who is logged in, and install libxcb-cursor0.",
            ),
        )
    screens = msgspec.json.decode(answer.out, type=list[tuple[str, int, int, int]])
    name, width_px, height_px, rate_hz = max(screens, key=lambda screen: screen[1] * screen[2])
    what = f"{name} {width_px}x{height_px}, {rate_hz} Hz"
    if width_px < SMALLEST_PX[0] or height_px < SMALLEST_PX[1]:
        return SCREEN.poor(
            Text(f"{what}: 작음", f"{what}: small"),
            Text("1920x1080 이상을 쓰십시오.", "Use 1920x1080 or more."),
        )
    return SCREEN.ok(what, what)


def check_font(machine: Machine) -> Finding:
    files = sorted((machine.root / "assets/fonts").glob("*.otf"))
    mend = Text(
        "assets/fonts 를 원본에서 다시 가져오십시오.", "Restore assets/fonts from the original."
    )
    if not files:
        return FONT.fail(Text("assets/fonts 가 비어 있음", "assets/fonts is empty"), mend)
    answer = machine.run(
        [sys.executable, "-c", ASK_FONT, SAMPLE, *map(str, files)], {"QT_QPA_PLATFORM": "offscreen"}
    )
    if answer.code != 0:
        reason = (answer.err.strip().splitlines() or [str(answer.code)])[-1]
        return FONT.fail(Text(f"Qt 오류: {reason}", f"Qt failed: {reason}"), mend)
    families = msgspec.json.decode(answer.out, type=dict[str, str])
    broken = [file.name for file in files if not families.get(str(file))]
    if broken:
        names = ", ".join(broken)
        return FONT.fail(Text(f"한글을 못 그림: {names}", f"draws no Korean: {names}"), mend)
    family = families[str(files[0])]
    return FONT.ok(f"{family}, {len(files)}가지 굵기", f"{family}, {len(files)} weights")


CHECKS = (check_screen, check_font)

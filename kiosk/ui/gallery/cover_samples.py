"""Sample questions, answers, help, lock, processes and tablets."""

from kiosk.ui.components.choice_sheet import ChoiceSheetView
from kiosk.ui.components.confirm_sheet import ConfirmSheetView
from kiosk.ui.components.dim_cover import DimView
from kiosk.ui.components.lock_screen import LockView
from kiosk.ui.components.pairing import (
    CheckCodeView,
)
from kiosk.ui.components.system_health import ProcessRowView, SystemHealthView
from kiosk.ui.components.toast import ToastView
from kiosk.ui.gallery.content_samples import NOW_MS, action
from kiosk.wire.text import Text

CONFIRM = ConfirmSheetView(
    Text("현장 지휘관에게 전화할까요?", "Call the officer on site?"),
    Text(
        "손짓으로 요청하셨습니다. 손짓은 잘못 인식될 수 있어 통화와 지시는 한 번 더 확인합니다.",
        "Asked by gesture. A hand can be misread, so calls and orders are confirmed once more.",
    ),
    NOW_MS + 8000,
    action("전화하기", "Call", "confirm.accept"),
    action("취소", "Cancel", "confirm.cancel"),
)
CHOICE = ChoiceSheetView(
    "성북구 인구",
    (
        action("강북구 인구", "Gangbuk", "choice.take", trigger="choice.1"),
        action("성북구 인구", "Seongbuk", "choice.take", trigger="choice.2"),
    ),
    NOW_MS + 10_000,
    action("아무것도 아님", "Neither", "choice.drop"),
)
TOASTS: dict[str, ToastView] = {
    "done": ToastView(Text("송파구를 열었습니다", "Songpa-gu is open")),
    "refused": ToastView(
        Text("전화를 걸지 않았습니다", "No call was made"),
        done=False,
        reason=Text("8초 동안 확인이 없었습니다", "Nobody confirmed within 8 seconds"),
    ),
    "long": ToastView(
        Text("이 화면에서는 할 수 없습니다", "Not possible on this screen"),
        done=False,
        reason=Text(
            "‘태블릿 연결’은 손짓으로 할 수 없습니다. 화면을 눌러서 하거나 담당자에게 "
            "요청해 주세요. 요청은 모두 기록됩니다",
            "Tablets can't be paired by gesture. Touch the screen, or ask the person in charge",
        ),
    ),
}
LOCK = LockView(
    Text("서울특별시 시장실", "Mayor's office, Seoul"),
    action("화면을 눌러 푸세요", "Touch to unlock", "system.unlock"),
    Text("한동안 사람이 없어 잠갔습니다", "Locked: nobody was here for a while"),
)
DIM = DimView(
    action("가까이 오시거나 화면을 누르면 켜집니다", "Come near, or touch, to wake", "system.wake")
)
PROCESSES = SystemHealthView(
    (
        ProcessRowView(Text("화면", "Screen"), "ui", "running"),
        ProcessRowView(Text("손짓 인식", "Gestures"), "gestures", "use"),
        ProcessRowView(
            Text("음성 인식", "Voice"),
            "voice",
            "degraded",
            Text(
                "마이크를 찾을 수 없습니다. 꽂으면 저절로 이어집니다",
                "No microphone. It goes on by itself when one is plugged in",
            ),
            2,
        ),
        ProcessRowView(
            Text("CCTV 영상", "Cameras"),
            "video",
            "failed",
            Text("1분에 5번 멈춰 꺼 두었습니다", "Died five times in a minute; left off"),
            5,
            action("다시 시작", "Restart", "system.restart", trigger="system.restart.video"),
        ),
        ProcessRowView(Text("태블릿 서버", "Tablet server"), "remote", "stopped"),
    )
)
STEPS = (
    Text("태블릿 카메라로 QR을 비춥니다", "Point the tablet's camera at the QR code"),
    Text("태블릿에 뜬 번호와 아래 번호가 같은지 봅니다", "Compare the two numbers"),
    Text("같으면 태블릿과 벽에서 한 번씩 눌러 마칩니다", "Press once on both when equal"),
)
CODE = CheckCodeView(
    "482 913",
    Text("비서실 태블릿이 기다립니다", "The secretary's tablet waits"),
    NOW_MS + 102_000,
    120_000,
)

"""Every component in every state, with sample words and figures."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from gestures.events import EngageState, GestureKind, GestureStatus, Refusal
from kiosk.ui.component import Component
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import Button, ButtonKind
from kiosk.ui.components.choice_sheet import ChoiceSheet, ChoiceSheetView
from kiosk.ui.components.confirm_sheet import ConfirmSheet, ConfirmSheetView
from kiosk.ui.components.dock import Dock, DockItem, DockView
from kiosk.ui.components.figure_tile import FigureTile, FigureTileView
from kiosk.ui.components.gesture_hud import GestureHud, GestureHudView, gesture_hud_view
from kiosk.ui.components.help_sheet import HelpRow, HelpSheet, HelpSheetView
from kiosk.ui.components.issue_row import IssueRow, IssueRowView
from kiosk.ui.components.lock_screen import LockScreen, LockView
from kiosk.ui.components.pairing import (
    CheckCode,
    CheckCodeView,
    DeviceRow,
    DeviceRowView,
    PairingSteps,
    QrCode,
)
from kiosk.ui.components.segmented import Segmented, SegmentedView
from kiosk.ui.components.sparkline import Sparkline, SparklineView
from kiosk.ui.components.system_health import ProcessRowView, SystemHealth, SystemHealthView
from kiosk.ui.components.toast import Toast, ToastView
from kiosk.ui.components.top_bar import LampView, TopBar, TopBarView
from kiosk.ui.components.voice_hud import (
    VoiceHud,
    VoiceHudView,
    quoted,
    refused_voice_view,
    voice_hud_view,
)
from kiosk.ui.notice import Notice, NoticeView
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text
from voice.events import ListeningState, NoMatch, NoMatchReason, VoiceStatus

# Monday 20 July 2026, 14:32:10 in Seoul.
NOW_MS = 1_784_525_530_000
MINUTE = 60_000


@dataclass(frozen=True)
class Case:
    """A component in a state, and the size in u at which it is used."""

    name: str
    width_u: float
    height_u: float
    make: Callable[[Theme], Component]


def action(ko: str, en: str, command: str = "panel.open", **more: str) -> Action:
    """A labelled wish for samples; `icon` and `trigger` may be given."""
    return Action(Text(ko, en), command, {}, **more)  # type: ignore[arg-type]


def day(level: float, swing: float, count: int, phase: float = 0.0) -> tuple[float, ...]:
    """A smooth made-up day."""
    return tuple(
        level + swing * (math.sin(i / 4 + phase) + 0.35 * math.sin(i / 1.7 + 2 * phase))
        for i in range(count)
    )


SPARK = SparklineView(today=day(50, 9, 16), ghost=day(48, 8, 24, 0.2), slots=24)
TILE = FigureTileView(
    label=Text("119 출동, 오늘 누계", "119 calls today"),
    value="1,284",
    unit=Text("건", "calls"),
    measured_ms=NOW_MS - 2 * MINUTE,
    simulated=True,
    spark=SPARK,
    key=Text("회색은 지난 월요일, 오늘 +6%", "Grey: last Monday; today +6%"),
)
BEDS = replace(
    TILE,
    label=Text("응급실 빈 병상, 서울 전체", "Free emergency beds, Seoul"),
    value="348",
    unit=Text("개", "beds"),
    measured_ms=NOW_MS - 47 * MINUTE,
    quality="late",
    key=Text("13시 45분 뒤 7곳 자료 없음", "7 hospitals silent since 13:45"),
)
TILES: dict[str, FigureTileView] = {
    "fresh": replace(TILE, simulated=False, value="17.6", unit="km/h"),
    "simulated": TILE,
    "late": BEDS,
    "stale": replace(BEDS, quality="stale", value="4", measured_ms=NOW_MS - 112 * MINUTE),
    "absent": replace(
        TILE,
        quality="absent",
        reason=Text("13시부터 점검", "Under repair since 13:00"),
        label=Text("초미세먼지, 측정소 점검", "PM2.5, station under repair"),
    ),
    "over": replace(
        TILE,
        label=Text("한강 수위, 잠수교", "Han river at Jamsu bridge"),
        value="5.62",
        unit="m",
        over="warning",
        spark=replace(SPARK, ghost=(), threshold=58.0),
        key=Text("점선은 보행 통제 5.50 m", "Dashes: closed to walkers at 5.50 m"),
    ),
    "percent": replace(TILE, value="-4.2", unit="%", as_of=Text("2025년 2분기", "2025 Q2")),
    "loading": replace(TILE, loading=True),
    "error": replace(
        TILE,
        error=Text("중앙응급의료센터 응답 없음", "Emergency centre does not answer"),
        error_facts=Text(
            "13:45부터, 담당 응급의료팀\n2분마다 다시 시도",
            "Since 13:45, emergency team\nTried again every 2 minutes",
        ),
    ),
}
ISSUES = (
    IssueRowView(
        1,
        "critical",
        Text("중구 을지로5가 상가 화재", "Fire in a market, Euljiro 5-ga"),
        Text("대응 1단계, 인명 피해 확인 중", "Level 1, casualties being checked"),
        NOW_MS - 8 * MINUTE,
        action("상황 열기", "Open", trigger="issue.1"),
        state="new",
        primary=True,
    ),
    IssueRowView(
        2,
        "warning",
        Text("서초구 잠수교, 보행 통제 임박", "Jamsu bridge about to close"),
        Text("수위 5.10 m, 한 시간에 0.25 m 상승", "5.10 m, rising 0.25 m an hour"),
        NOW_MS - 3 * MINUTE,
        action("한강 보기", "See river", trigger="issue.2"),
    ),
    IssueRowView(
        3,
        "caution",
        Text("은평구 응암동, 악취 민원 급증", "Odour complaints, Eungam-dong"),
        Text("2시간에 41건, 평소의 6배", "41 in two hours, six times normal"),
        NOW_MS - 78 * MINUTE,
        action("지시하기", "Give order", trigger="issue.3"),
        state="assigned",
        assigned_to=Text("생활환경과", "Environment"),
    ),
    IssueRowView(
        4,
        "notice",
        Text("응급실 7곳, 병상 자료 지연", "Beds of 7 hospitals are late"),
        Text("47분째 갱신 없음, 자동 재시도 중", "47 min without news, retrying"),
        NOW_MS - 47 * MINUTE,
        action("출처 보기", "See source", trigger="issue.4"),
    ),
)
LAMPS = (
    LampView(Text("카메라", "Camera"), "use", Text("손 인식 중", "seeing hands")),
    LampView(Text("마이크", "Microphone"), "use", Text("듣는 중", "listening")),
    LampView(Text("동기화", "Sync"), "degraded", Text("14건 대기", "14 waiting")),
    LampView(Text("백엔드", "Backend"), "running"),
)
TOP = TopBarView(
    Text("시정 상황판", "City board"),
    Text("서울특별시", "Seoul"),
    Text("시연 모드, ‘모의’ 표시는 실제 값이 아닙니다", "Demo: marked values are not real"),
    lamps=LAMPS,
    system=action("시스템 상태", "System", trigger="lamps"),
)
DOCK = DockView(
    (
        DockItem(action("처음으로", "Home", "nav.home", icon="home"), compact=True),
        DockItem(
            action("시정 지표", "Indicators", trigger="dock.indicators"),
            Text("지표 · 자치구 비교", "Figures · districts"),
        ),
        DockItem(action("CCTV", "CCTV", trigger="dock.cctv"), Text("카메라 9대", "9 cameras")),
        DockItem(
            action("태블릿", "Tablets", trigger="dock.tablets"),
            Text("연결 · 권한", "Pairing · rights"),
        ),
        DockItem(
            action("시스템", "System", trigger="dock.system"),
            Text("상태 · 복구", "Health · recovery"),
        ),
    ),
    selected="nav.home",
)
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
HELP = HelpSheetView(
    Text("할 수 있는 일", "What you can do"),
    tuple(
        HelpRow(
            Text(f"{place} 열기", f"Open {place_en}"),
            Text("지도에서 누르기", "Press on the map"),
            Text("가리키고 집기", "Point and pinch") if i % 2 else Text("", ""),
            Text(f"“{place} 보여 줘”", f"“Show {place_en}”"),
        )
        for i, (place, place_en) in enumerate(
            [("송파구", "Songpa"), ("강북구", "Gangbuk"), ("시정 지표", "indicators")] * 9
        )
    ),
    action("닫기", "Close", "nav.close"),
)
LOCK = LockView(
    Text("서울특별시 시장실", "Mayor's office, Seoul"),
    action("화면을 눌러 푸세요", "Touch to unlock", "system.unlock"),
    Text("한동안 사람이 없어 잠갔습니다", "Locked: nobody was here for a while"),
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
DEVICES = (
    DeviceRowView(
        Text("시장 집무실 태블릿", "Mayor's tablet"),
        Text("모든 권한, 지금 조작 중", "All rights, in use now"),
        "use",
        action("끊기", "End", "remote.revoke", trigger="device.1"),
    ),
    DeviceRowView(
        Text("현장 방문용 태블릿", "Field tablet"),
        Text("보기만, 어제 17:40 사용", "View only, used yesterday 17:40"),
        "stopped",
    ),
)


def hand() -> tuple[tuple[float, float], ...]:
    """An upright hand that points with its index finger, 21 points in a unit box."""
    palm = ((0.50, 1.0), (0.36, 0.88), (0.28, 0.74), (0.33, 0.64), (0.43, 0.62))
    index = ((0.40, 0.58), (0.38, 0.36), (0.37, 0.18), (0.36, 0.02))
    middle = ((0.52, 0.55), (0.55, 0.42), (0.53, 0.58), (0.51, 0.66))
    ring = ((0.62, 0.58), (0.65, 0.46), (0.62, 0.61), (0.60, 0.68))
    little = ((0.71, 0.64), (0.74, 0.54), (0.71, 0.66), (0.69, 0.72))
    return (*palm, *index, *middle, *ring, *little)


def gesture_views() -> dict[str, GestureHudView]:
    base = GestureStatus(
        t_ms=NOW_MS,
        state=EngageState.ENGAGED,
        candidate=GestureKind.POINT,
        skeleton=hand(),
        side="right",
    )
    meaning = Text("송파구를 가리킴", "Pointing at Songpa-gu")
    return {
        "searching": gesture_hud_view(replace(base, state=EngageState.SEARCHING)),
        "resting": gesture_hud_view(replace(base, state=EngageState.RESTING, progress=0.4)),
        "engaged": gesture_hud_view(base, meaning),
        "dwell": gesture_hud_view(replace(base, progress=0.65), meaning),
        "refused": gesture_hud_view(replace(base, refused=Refusal.TOO_SMALL)),
        "off": GestureHudView(
            "off",
            Text("손짓 쉼", "Gestures off"),
            Text("화면을 눌러 주세요", "Please touch the screen"),
        ),
    }


def voice_views() -> dict[str, VoiceHudView]:
    base = VoiceStatus(NOW_MS, ListeningState.HEARING, -18.0, "송파구 인구", 5.0)
    refused = NoMatch("예산 바꿔 줘", NoMatchReason.UNKNOWN, ("예산 보여 줘",), NOW_MS)
    return {
        "resting": voice_hud_view(
            replace(base, state=ListeningState.RESTING), action("말하기", "Speak", "voice.listen")
        ),
        "listening": voice_hud_view(base),
        "heard": voice_hud_view(replace(base, state=ListeningState.DECIDING)),
        "accepted": VoiceHudView(
            "accepted", Text("실행", "Done"), Text("송파구를 열었습니다", "Songpa-gu is open")
        ),
        "refused": refused_voice_view(refused),
        "choice": VoiceHudView(
            "choice", Text("어느 쪽입니까?", "Which one?"), quoted("강북” 또는 “성북")
        ),
        "off": voice_hud_view(replace(base, state=ListeningState.UNAVAILABLE)),
    }


def _buttons() -> list[Case]:
    kinds: tuple[tuple[str, ButtonKind, Action], ...] = (
        ("primary", "primary", action("상황 열기", "Open", icon="check")),
        ("normal", "normal", action("CCTV 전체 화면", "All cameras")),
        ("secondary", "secondary", action("보조", "Secondary")),
        ("disabled", "normal", replace(action("쓸 수 없음", "Disabled"), enabled=False)),
    )
    return [
        Case(f"button {name}", 220, 56, lambda t, k=kind, a=asked: Button(t, a, k))  # type: ignore[misc]
        for name, kind, asked in kinds
    ]


def _cases() -> list[Case]:
    made: list[Case] = []
    for name, tile in TILES.items():
        made.append(Case(f"tile {name}", 288, 180, lambda t, v=tile: FigureTile(t, v)))  # type: ignore[misc]
    made.append(Case("sparkline", 288, 60, lambda t: Sparkline(t, SPARK)))
    made.append(Case("sparkline cut", 288, 60, lambda t: Sparkline(t, replace(SPARK, cut=True))))
    made += _buttons()
    choices = tuple(
        action(ko, en, trigger=f"metric.{en}")
        for ko, en in (
            ("인구", "People"),
            ("대기질", "Air"),
            ("교통", "Traffic"),
            ("민원", "Calls"),
        )
    )
    made.append(Case("segmented", 340, 48, lambda t: Segmented(t, SegmentedView(choices, 1))))
    for issue in ISSUES:
        made.append(
            Case(f"issue {issue.severity}", 912, 82, lambda t, v=issue: IssueRow(t, v))  # type: ignore[misc]
        )
    made.append(Case("issue narrow", 600, 82, lambda t: IssueRow(t, ISSUES[0])))
    made.append(Case("top bar", 1848, 60, lambda t: TopBar(t, TOP)))
    offline = replace(TOP, offline=Text("오프라인, 저장된 자료", "Offline, stored figures"))
    made.append(Case("top bar offline", 1848, 60, lambda t: TopBar(t, offline)))
    made.append(Case("top bar narrow", 1008, 60, lambda t: TopBar(t, TOP)))
    ill = replace(
        TOP,
        lamps=(
            LampView(
                Text("카메라", "Camera"),
                "degraded",
                Text(
                    "카메라를 찾을 수 없습니다. 꽂으면 저절로 이어집니다",
                    "No camera found. It goes on by itself when one is plugged in",
                ),
            ),
            LampView(
                Text("마이크", "Microphone"),
                "failed",
                Text(
                    "다른 프로그램이 마이크를 쓰고 있습니다. 그 프로그램을 닫거나 다른 마이크를 "
                    "골라 주세요. 30초마다 다시 시도합니다",
                    "Another program holds the microphone. Close it or choose another one; it is "
                    "tried again every thirty seconds",
                ),
            ),
            *LAMPS[2:],
        ),
    )
    made.append(Case("top bar ill", 1848, 60, lambda t: TopBar(t, ill)))
    made.append(Case("top bar ill narrow", 1008, 60, lambda t: TopBar(t, ill)))
    made.append(Case("dock", 1224, 84, lambda t: Dock(t, DOCK)))
    made.append(Case("dock narrow", 1008, 84, lambda t: Dock(t, DOCK)))
    for name, seen in gesture_views().items():
        made.append(Case(f"gesture {name}", 288, 84, lambda t, v=seen: GestureHud(t, v)))  # type: ignore[misc]
    for name, said in voice_views().items():
        made.append(Case(f"voice {name}", 288, 84, lambda t, v=said: VoiceHud(t, v)))  # type: ignore[misc]
    for state in ("waiting", "done", "expired"):
        asked = replace(CONFIRM, state=state)
        made.append(
            Case(f"confirm {state}", 900, 420, lambda t, v=asked: ConfirmSheet(t, v))  # type: ignore[misc]
        )
    made.append(Case("choice", 960, 440, lambda t: ChoiceSheet(t, CHOICE)))
    for name, toast in TOASTS.items():
        made.append(Case(f"toast {name}", 640, 124, lambda t, v=toast: Toast(t, v)))  # type: ignore[misc]
    made.append(Case("help", 1800, 1000, lambda t: HelpSheet(t, HELP)))
    made.append(Case("lock", 1800, 1000, lambda t: LockScreen(t, LOCK)))
    made.append(Case("system", 1200, 400, lambda t: SystemHealth(t, PROCESSES)))
    url = "https://kiosk.local:8443/pair#Qm9uYSBmaWRlcyBzYW1wbGU"
    made.append(Case("qr", 420, 420, lambda t: QrCode(t, url)))
    made.append(Case("qr empty", 200, 200, lambda t: QrCode(t)))
    steps = (
        Text("태블릿 카메라로 QR을 비춥니다", "Point the tablet's camera at the QR code"),
        Text("태블릿에 뜬 번호와 아래 번호가 같은지 봅니다", "Compare the two numbers"),
        Text("같으면 태블릿과 벽에서 한 번씩 눌러 마칩니다", "Press once on both when equal"),
    )
    made.append(Case("pairing steps", 600, 192, lambda t: PairingSteps(t, steps)))
    code = CheckCodeView(
        "482 913",
        Text("비서실 태블릿이 기다립니다", "The secretary's tablet waits"),
        NOW_MS + 102_000,
        120_000,
    )
    made.append(Case("check code", 600, 270, lambda t: CheckCode(t, code)))
    made.append(
        Case(
            "check code expired",
            600,
            270,
            lambda t: CheckCode(t, replace(code, expires_ms=NOW_MS - 1)),
        )
    )
    for i, device in enumerate(DEVICES):
        made.append(Case(f"device {i}", 600, 96, lambda t, v=device: DeviceRow(t, v)))  # type: ignore[misc]
    empty = NoticeView(
        Text("지금 확인할 현안이 없습니다", "Nothing needs a look now"),
        Text("마지막 확인 14:30", "Last checked 14:30"),
    )
    made.append(Case("notice", 900, 130, lambda t: Notice(t, empty)))
    made.append(Case("notice loading", 600, 130, lambda t: Notice(t)))
    return made


CASES: tuple[Case, ...] = tuple(_cases())

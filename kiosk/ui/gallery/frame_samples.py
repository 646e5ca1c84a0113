"""Sample top bars, docks, hands and voices."""

from msgspec.structs import replace

from gestures.events import EngageState, GestureKind, GestureStatus, Refusal
from kiosk.ui.components.dock import DockItem, DockView
from kiosk.ui.components.gesture_hud import GestureHudView, gesture_hud_view
from kiosk.ui.components.top_bar import LampView, TopBarView
from kiosk.ui.components.voice_hud import (
    VoiceHudView,
    quoted,
    refused_voice_view,
    voice_hud_view,
)
from kiosk.ui.gallery.content_samples import NOW_MS, action
from kiosk.wire.text import Text
from voice.events import IntentMatch, ListeningState, NoMatch, NoMatchReason, VoiceStatus

LAMPS = (
    LampView(Text("카메라", "Camera"), "use", Text("손 인식 중", "seeing hands")),
    LampView(Text("마이크", "Microphone"), "use", Text("듣는 중", "listening")),
    LampView(Text("동기화", "Sync"), "degraded", Text("14건 대기", "14 waiting")),
    LampView(Text("백엔드", "Backend"), "running"),
)
TOP = TopBarView(
    Text("시정 상황판", "City board"),
    note=Text("시연 모드, ‘모의’ 표시는 실제 값이 아닙니다", "Demo: marked values are not real"),
    lamps=LAMPS,
    system=action("시스템 상태", "System", trigger="lamps"),
    crumbs=(
        action("서울특별시", "Seoul", "district.clear", trigger="crumb.city"),
        action("송파구", "Songpa-gu", "district.select", trigger="crumb.district"),
        action("잠실본동", "Jamsilbon-dong", trigger="crumb.neighbourhood"),
    ),
)
ILL_TOP = replace(
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
DOCK = DockView(
    (
        DockItem(action("처음으로", "Home", "nav.home", icon="home"), compact=True),
        DockItem(action("실시간 도시 현황", "City now", trigger="dock.city")),
        DockItem(action("시민 의견, 도시 데이터", "Citizens, urban data", trigger="dock.citizens")),
        DockItem(action("행정 현황", "City hall", trigger="dock.administration")),
        DockItem(action("계획과 사업", "Plans and projects", trigger="dock.programmes")),
        DockItem(
            action("지시", "Orders", trigger="dock.orders"),
            Text("지시와 처리 상황", "orders, how far they are"),
        ),
        DockItem(action("찾기", "Search", trigger="dock.search", icon="search"), compact=True),
        DockItem(action("시스템", "System", trigger="dock.system", icon="system"), compact=True),
        DockItem(action("도움말", "Help", trigger="dock.help", icon="help"), compact=True),
    ),
    selected="nav.home",
)
FEW_DOCK = DockView((*DOCK.items[:2], *DOCK.items[5:6], *DOCK.items[-2:]), "dock.city")


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
    refused = NoMatch(
        "예산 바꿔 줘",
        NoMatchReason.UNKNOWN,
        (IntentMatch("panel.open", {}, "예산 보여 줘", "", 0.6, 0),),
        NOW_MS,
    )
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

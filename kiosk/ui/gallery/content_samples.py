"""Sample tiles and issues; every figure carries the mark of a simulated value."""

import math

from msgspec.structs import replace

from kiosk.ui.components.action import Action
from kiosk.ui.components.figure_tile import FigureTileView
from kiosk.ui.components.issue_row import IssueRowView
from kiosk.ui.components.sparkline import SparklineView
from kiosk.wire.text import Text

# Monday 20 July 2026, 14:32:10 in Seoul.
NOW_MS = 1_784_525_530_000
MINUTE = 60_000


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

"""Incidents of every kind of story: a fire with engines, an alert of a system, one without a place,
one that is over."""

from kiosk.wire.city import Incident, Unit
from kiosk.wire.orders import Acknowledgement, Given
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS, MemoryRepositories

MINUTE_MS = 60_000
REPORT_MS = NOW_MS - 730_000
FIRE, ALERT, AREA, OVER = "fire-9", "site/cap:A", "site/cap:B", "crash-3"


def fire(**changes: object) -> Incident:
    """Reported 12 min 10 s ago, the first engine there after 6 min 31 s, one still on its way."""
    dispatched_ms = REPORT_MS + 52_000
    came = (391_000, 415_000, 490_000, 520_000)
    stations = ("nfa-1052", "nfa-1053", "nfa-1051", "nfa-1057")
    units = [
        Unit(station, Text("펌프 2, 구급 1", "2 pumps, 1 ambulance"), dispatched_ms, at, at)
        for station, at in zip(stations, (REPORT_MS + ms for ms in came), strict=True)
    ]
    late = Unit(
        "nfa-1056", Text("지휘 1, 사다리 1", "1 command, 1 ladder"), dispatched_ms, NOW_MS + 180_000
    )
    fields: dict[str, object] = {
        "id": FIRE,
        "number": 9,
        "kind": "fire",
        "severity": "critical",
        "headline": Text("을지로5가 상가 화재", "Shop fire, Euljiro 5-ga"),
        "facts": Text(
            "대응 1단계, 소방차 12대·43명 진화 중, 18명 대피",
            "Response level 1, 12 engines and 43 crew fighting, 18 people out",
        ),
        "district": "11140",
        "lat": 37.5668,
        "lon": 127.0045,
        "t_ms": REPORT_MS,
        "updated_ms": NOW_MS - MINUTE_MS,
        "simulated": True,
        "address": Text("중구 을지로5가", "Euljiro 5-ga, Jung-gu"),
        "dispatched_ms": dispatched_ms,
        "arrived_ms": units[0].arrived_ms,
        "goal_s": 420,
        "units": (*units, late),
        "police": Text("을지로5가 양방향 2개 차로 통제 중", "Two lanes closed both ways"),
    }
    return Incident(**{**fields, **changes})  # type: ignore[arg-type]


def alert(**changes: object) -> Incident:
    """What a system of the city tells in an alert: a place, and nobody who was sent."""
    fields: dict[str, object] = {
        "id": ALERT,
        "number": 0,
        "kind": "alert.fire",
        "severity": "warning",
        "headline": Text("종로구 공장 화재 경보", "종로구 공장 화재 경보"),
        "facts": Text("유독 가스 주의, 창문을 닫으십시오", "유독 가스 주의, 창문을 닫으십시오"),
        "district": "11110",
        "lat": 37.5704,
        "lon": 126.992,
        "t_ms": NOW_MS - 25 * MINUTE_MS,
        "updated_ms": NOW_MS - 25 * MINUTE_MS,
        "simulated": False,
        "address": Text("종로구 창신동", "종로구 창신동"),
    }
    return Incident(**{**fields, **changes})  # type: ignore[arg-type]


def area_alert() -> Incident:
    advice = "내일 아침 영하 12도, 수도 계량기 보온"
    return alert(
        id=AREA,
        kind="alert.met",
        severity="caution",
        headline=Text("서울 한파 주의보", "서울 한파 주의보"),
        facts=Text(advice, advice),
        district="",
        lat=None,
        lon=None,
        address=Text("서울 전역", "서울 전역"),
    )


def over() -> Incident:
    return alert(
        id=OVER,
        kind="crash",
        severity="notice",
        headline=Text("신촌 추돌 사고", "Collision, Sinchon"),
        facts=Text("차로 열림, 정체 풀리는 중", "Lanes open, queue going"),
        district="11410",
        lat=37.5565,
        lon=126.9369,
        t_ms=NOW_MS - 90 * MINUTE_MS,
        updated_ms=NOW_MS - 40 * MINUTE_MS,
        ended_ms=NOW_MS - 40 * MINUTE_MS,
        simulated=True,
        address=Text("서대문구 신촌", "Sinchon, Seodaemun-gu"),
    )


def put(city: MemoryRepositories) -> None:
    for row in (fire(), alert(), area_alert(), over()):
        city.put(row)


def noted() -> Given:
    """Somebody at the wall has taken note of the fire."""
    note = Acknowledgement("n-1", NOW_MS - 2 * MINUTE_MS, "wall", FIRE)
    return Given(acknowledgements=(note,))

"""Asking about a figure, and finding districts by one: what is answered, and what is refused."""

import msgspec
import pytest

from kiosk.core.errors import Unavailable
from kiosk.core.invocation import Outcome, Status
from kiosk.core.world import Entry, Topic
from kiosk.panels.asked import ANSWERS
from kiosk.panels.spoken import Figures
from kiosk.wire.city import CITY_AREA, Indicator, Observation, Source, Threshold
from kiosk.wire.text import Text
from tests.helpers.city import indicator, observation, text
from tests.helpers.heart import Heart, SmallCity
from voice.events import IntentMatch

NOW_MS = 1_795_325_520_000
MINUTE_MS = 60_000
NAMES = {code: text(code) for code in ("11110", "11140", "11710")}
DUST = msgspec.structs.replace(
    indicator("pm10"),
    title=text("미세먼지"),
    period_s=3600,
    unit=text("µg/m³"),
    better="lower",
    goal=30.0,
    thresholds=(Threshold(80.0, "warning", text("나쁨")),),
    owner=text("대기정책과"),
    method=text("시간 평균"),
    sdg=(3, 11),
    source_id="air",
)
AIR = Source("air", text("대기환경정보"), text("연구원"), "", "", 3600)


THREE = {"11110": 90.0, "11140": 20.0, "11710": 45.0}


def figures(areas: dict[str, float], about: Indicator = DUST) -> Figures:
    """Of the city 40."""
    rows: dict[tuple[str, str], Observation] = {}
    for area, value in ({CITY_AREA: 40.0} | areas).items():
        row = observation("pm10", NOW_MS - 5 * MINUTE_MS, value, simulated=False)
        rows["pm10", area] = msgspec.structs.replace(row, area=area)
    return Figures({"pm10": about}, rows, {"air": AIR}, NAMES)


def told(topic: Topic, district: str | None = None, about: Indicator = DUST) -> str:
    return figures(THREE, about).told(topic, "pm10", district, NOW_MS).ko


@pytest.mark.parametrize(
    ("topic", "district", "words"),
    [
        ("now", None, "40 µg/m³입니다"),
        ("now", "11140", "20 µg/m³입니다"),
        ("source", None, "출처는 대기환경정보, 1시간마다 갱신"),
        ("when", None, "14:27 값, 5분 전"),
        ("owner", None, "담당 대기정책과"),
        ("method", None, "산출 방법: 시간 평균"),
        ("goal", None, "목표 30 µg/m³까지 10 µg/m³ 남았습니다"),
        ("goal", "11140", "목표 30 µg/m³, 이루었습니다"),
        ("limit", None, "나쁨 80 µg/m³, 40 µg/m³ 남았습니다"),
        ("limit", "11110", "나쁨 80 µg/m³, 넘었습니다"),
        ("rank", None, "가장 높은 곳 11110 90 µg/m³, 가장 낮은 곳 11140 20 µg/m³"),
        ("rank", "11710", "11710 45 µg/m³, 3곳 가운데 2번째로 높음"),
        ("city", "11710", "11710 45 µg/m³, 서울보다 +5"),
        ("spread", None, "11110 90 µg/m³, 11140 20 µg/m³, 차이 70 µg/m³"),
        ("past", None, "기준을 넘은 곳 1: 11110"),
        ("goals", None, "지속가능발전목표 3, 11번"),
        ("direction", None, "낮을수록 좋은 지표입니다"),
        ("origin", None, "실제 자료입니다"),
    ],
)
def test_what_is_asked_is_answered(topic: Topic, district: str | None, words: str) -> None:
    assert told(topic, district) == f"미세먼지: {words}"


BARE = msgspec.structs.replace(
    DUST,
    goal=None,
    thresholds=(),
    owner=Text("", ""),
    method=Text("", ""),
    sdg=(),
    source_id="x",
    better="neither",
)


@pytest.mark.parametrize(
    "topic", ["source", "owner", "method", "goal", "limit", "past", "goals", "city"]
)
def test_what_is_not_known_is_refused_with_the_reason(topic: Topic) -> None:
    with pytest.raises(Unavailable) as refused:
        told(topic, None, BARE)
    assert refused.value.reason.ko
    assert refused.value.reason.en


@pytest.mark.parametrize("topic", ["when", "goal", "limit", "rank", "spread", "past", "origin"])
def test_without_a_figure_nothing_is_made_up(topic: Topic) -> None:
    nothing = Figures({"pm10": DUST}, {}, {}, NAMES)
    with pytest.raises(Unavailable):
        nothing.told(topic, "pm10", None, NOW_MS)


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(Unavailable):
        Figures().told("now", "pm10", None, NOW_MS)


def test_a_simulated_figure_is_said_to_be_one() -> None:
    row = observation("pm10", NOW_MS, 40.0, simulated=True)
    found = Figures({"pm10": DUST}, {("pm10", CITY_AREA): row})
    assert "모의" in found.told("origin", "pm10", None, NOW_MS).ko
    assert "모의" in found.told("now", "pm10", None, NOW_MS).ko


def test_districts_are_ranked_by_their_figures_and_the_city_is_none_of_them() -> None:
    assert figures(THREE).ranked("pm10") == ("11110", "11710", "11140")
    assert figures({}).ranked("pm10") == ()


# ---- the commands


def ask(heart: Heart, command: str, **args: str | int) -> Outcome:
    return heart.intake.voice(IntentMatch(command, dict(args), "said", "heard", 1.0, 0))


def test_every_topic_has_an_answer_and_a_command() -> None:
    heart = Heart()
    for topic in ANSWERS:
        assert ask(heart, f"figure.{topic}", indicator="pm25").done
        assert heart.records[-1].reason.ko == f"{topic}, pm25, city"


def test_the_figure_that_the_wall_is_about_is_meant() -> None:
    heart = Heart()
    assert ask(heart, "figure.now").reason.ko == "now, population, city", "what colours the map"
    heart.intake.touch("map.metric", {"indicator": "pm25"}, "x")
    heart.intake.touch("district.select", {"district": "송파구"}, "x")
    assert ask(heart, "figure.now").reason.ko == "now, pm25, 11710"
    heart.intake.touch("indicator.open", {"indicator": "pm25"}, "x")
    assert ask(heart, "figure.now").reason.ko == "now, pm25, 11710"
    assert ask(heart, "figure.rank", district="중구").reason.ko == "rank, pm25, 11140"
    heart.intake.touch("panel.open", {"panel": "help"}, "x")
    refused = ask(heart, "figure.now")
    assert (refused.status, refused.reason.ko) == (Status.UNAVAILABLE, "지표를 먼저 열어 주세요")


class RankedCity(SmallCity):
    """The small city with a good and a bad way, and districts that lie somewhere."""

    def indicators(self) -> tuple[Entry, ...]:
        dust, people = super().indicators()
        return msgspec.structs.replace(dust, better="lower"), people

    def districts(self) -> tuple[Entry, ...]:
        at = ((37.60, 127.00), (37.55, 127.00), (37.54, 127.10))
        return tuple(
            msgspec.structs.replace(entry, at=place)
            for entry, place in zip(super().districts(), at, strict=True)
        )

    def neighbourhoods(self) -> tuple[Entry, ...]:
        places = {"11140590": (37.55, 127.00), "11710650": (37.55, 127.05)}
        return tuple(
            msgspec.structs.replace(e, at=places.get(e.id)) for e in super().neighbourhoods()
        )


@pytest.fixture
def ranked() -> Heart:
    heart = Heart()
    heart.world.catalogue = RankedCity()
    heart.intake.touch("map.metric", {"indicator": "pm25"}, "x")
    heart.world.order = {
        "pm25": ("11110", "11140", "11710"),
        "population": ("11710", "11110", "11140"),
    }
    return heart


@pytest.mark.parametrize(
    ("command", "args", "district"),
    [
        ("district.worst", {}, "11110"),
        ("district.best", {}, "11710"),
        ("district.highest", {}, "11110"),
        ("district.lowest", {}, "11710"),
        ("district.highest", {"indicator": "등록 인구"}, "11710"),
        ("district.ranked", {"rank": 1}, "11710"),
        ("district.ranked", {"rank": 1, "indicator": "population"}, "11710"),
        ("district.ranked", {"rank": 3}, "11110"),
    ],
)
def test_a_district_is_found_by_its_figure(
    ranked: Heart, command: str, args: dict[str, str | int], district: str
) -> None:
    assert ask(ranked, command, **args).done
    assert ranked.store.state.place.district == district
    assert ranked.store.state.panel == "home"


def test_no_district_is_the_worst_where_neither_way_is_better(ranked: Heart) -> None:
    refused = ask(ranked, "district.worst", indicator="population")
    assert refused.status is Status.UNAVAILABLE
    assert "좋고 나쁨" in refused.reason.ko
    assert ask(ranked, "district.ranked", rank=4).status is Status.BAD_ARGUMENTS
    ranked.world.order = {}
    assert ask(ranked, "district.highest").status is Status.UNAVAILABLE


def test_the_district_beside_is_the_nearest_in_that_direction(ranked: Heart) -> None:
    assert ask(ranked, "district.beside", way="north").status is Status.UNAVAILABLE
    ranked.intake.touch("district.select", {"district": "중구"}, "x")
    assert ask(ranked, "district.beside", way="north").done
    assert ranked.store.state.place.district == "11110"
    assert ask(ranked, "district.beside", way="north").status is Status.UNAVAILABLE
    assert ask(ranked, "district.beside", way="south").done
    assert ask(ranked, "district.beside", way="east").done
    assert ranked.store.state.place.district == "11710"


def test_the_neighbourhood_beside_may_lie_in_another_district(ranked: Heart) -> None:
    ranked.intake.touch("neighbourhood.select", {"neighbourhood": "11140590"}, "x")
    assert ask(ranked, "neighbourhood.beside", way="east").done
    place = ranked.store.state.place
    assert (place.district, place.neighbourhood) == ("11710", "11710650")
    assert ask(ranked, "neighbourhood.beside", way="east").status is Status.UNAVAILABLE

"""What is said of a figure: its age when it is not fresh, why there is none, what it is of."""

import msgspec

from kiosk.panels.spoken import Figures, sentence
from kiosk.wire.city import CITY_AREA
from tests.helpers.city import indicator, observation, text
from tests.helpers.heart import Heart

NOW_MS = 1_795_325_520_000
HOUR_MS = 3_600_000
DUST = msgspec.structs.replace(indicator("pm10"), period_s=3600, unit=text("µg/m³"))


def said(age_ms: int, value: float | None = 31.0, **changes: object) -> str:
    row = observation("pm10", NOW_MS - age_ms, value, simulated=False)
    return sentence(DUST, msgspec.structs.replace(row, **changes), NOW_MS).ko


def test_a_figure_that_is_not_fresh_is_said_with_its_age() -> None:
    assert said(HOUR_MS) == "31 µg/m³입니다"
    assert said(2 * HOUR_MS) == "31 µg/m³, 2시간 전 값입니다. 갱신이 늦습니다"
    assert said(5 * 24 * HOUR_MS) == "31 µg/m³, 5일 전 값입니다. 오래된 값입니다"
    assert said(HOUR_MS, simulated=True) == "31 µg/m³, 모의입니다"


def test_no_figure_is_said_with_the_reason() -> None:
    assert said(0, None, note=text("점검 중")) == "점검 중입니다"
    assert sentence(DUST, None, NOW_MS).ko == "자료 없음입니다"


def test_a_published_figure_is_said_with_what_it_is_of() -> None:
    yearly = msgspec.structs.replace(DUST, period_s=31_557_600)
    row = observation("pm10", NOW_MS - 300 * 24 * HOUR_MS, 31.0, simulated=False)
    assert sentence(yearly, row, NOW_MS).ko == "31 µg/m³, 2026년 값입니다"


def test_a_district_without_a_figure_is_answered_for_the_city() -> None:
    city = observation("pm10", NOW_MS, 31.0, simulated=False)
    own = msgspec.structs.replace(city, area="11110", value=40.0)
    figures = Figures({"pm10": DUST}, {("pm10", CITY_AREA): city, ("pm10", "11110"): own})
    for district, value in ((None, "31"), ("11110", "40"), ("11140", "31")):
        found = figures.say("pm10", district, NOW_MS)
        assert found is not None
        assert found.ko == f"{value} µg/m³입니다"
    assert figures.say("other", None, NOW_MS) is None


def test_asking_for_an_indicator_is_answered_with_the_figure() -> None:
    heart = Heart()
    known = heart.world.catalogue.indicators()[0]
    heart.world.figures[known.id] = text("31, 2시간 전 값입니다")
    heart.intake.touch("indicator.open", {"indicator": known.id}, "tile")
    assert heart.records[-1].reason.ko == f"{known.name.ko} 31, 2시간 전 값입니다"

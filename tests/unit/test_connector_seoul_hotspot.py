"""One place with all its blocks, whether they are lists, objects, wrapped, empty or broken."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.backend.connectors.normal import (
    Incident,
    NotUnderstood,
    Observation,
    Parsed,
    Place,
    SourceRefused,
)
from kiosk.backend.connectors.registry import Context, all_connectors
from kiosk.backend.connectors.row import Row

PEOPLE = {
    "AREA_CONGEST_LVL": "여유",
    "AREA_PPLTN_MIN": "1200",
    "AREA_PPLTN_MAX": 1400,
    "FEMALE_PPLTN_RATE": "51.5",
    "PPLTN_RATE_70": "101.5",
    "REPLACE_YN": "N",
    "PPLTN_TIME": "2026-01-01 23:55",
    "FCST_PPLTN": [
        {"FCST_TIME": "2026-01-01 24:00", "FCST_PPLTN_MIN": "900"},
        {"FCST_TIME": "soon"},
    ],
}
CITY: dict[str, Any] = {
    "AREA_NM": "시험 광장",
    "AREA_CD": "POI900",
    "LIVE_PPLTN_STTS": [PEOPLE],
    "ROAD_TRAFFIC_STTS": {
        "AVG_ROAD_DATA": {"ROAD_TRAFFIC_SPD": 21, "ROAD_TRAFFIC_TIME": "2026-01-01 23:50"},
        "ROAD_TRAFFIC_STTS": [
            {"LINK_ID": "77", "ROAD_NM": "시험로", "SPD": "18", "START_ND_XY": "126.98_37.57"}
        ],
    },
    "PRK_STTS": [
        {"PRK_CD": "5", "PRK_NM": "광장 주차장", "CPCTY": "50", "CUR_PRK_YN": "N"},
        {"PRK_CD": "5", "CPCTY": "50", "CUR_PRK_YN": "Y", "CUR_PRK_CNT": "60", "LAT": "37.5"},
    ],
    "SUB_STTS": [
        {
            "SUB_STN_NM": "시험",
            "SUB_STN_LINE": "3",
            "SUB_STN_X": "126.99",
            "SUB_STN_Y": "37.55",
            "SUB_DETAIL": {"SUB_ORD": "01", "SUB_ARVTIME": "0", "SUB_ARVINFO": "도착"},
            "SUB_FACIINFO": [{"ELVTR_NM": "엘리베이터 1", "USE_YN": "보수중"}],
        }
    ],
    "LIVE_SUB_PPLTN": {"SUB_5WTHN_GTOFF_PPLTN_MAX": "30", "SUB_STN_CNT": "1"},
    "BUS_STN_STTS": [{"BUS_STN_ID": "100", "BUS_STN_NM": "정류장"}],
    "LIVE_BUS_PPLTN": {"BUS_STN_CNT": "-"},
    "ACDNT_CNTRL_STTS": {
        "ACDNT_INFO": "차로 통제",
        "ACDNT_OCCR_DT": "2026-01-01 22:00",
        "EXP_CLR_DT": "2026-01-02 04:00",
        "ACDNT_X": "126.97",
        "ACDNT_Y": "37.53",
    },
    "CHARGER_STTS": [
        {
            "STAT_ID": "C1",
            "CHARGER_DETAILS": [{"CHARGER_ID": "01", "CHARGER_STAT": "충전대기", "OUTPUT": "50"}],
        }
    ],
    "SBIKE_STTS": [
        {"SBIKE_SPOT_ID": "ST-1", "SBIKE_PARKING_CNT": "12", "SBIKE_RACK_CNT": "10"},
        "점검중",
    ],
    "WEATHER_STTS": [
        {
            "WEATHER_TIME": "2026-01-01 23:45",
            "TEMP": "-3.5",
            "PRECIPITATION": "-",
            "PM10": "31",
            "NEWS_LIST": [{"WARN_VAL": "한파", "WARN_STRESS": "주의보", "ANNOUNCE_TIME": "x"}],
            "FCST24HOURS": [{"FCST_DT": "202601020000", "TEMP": "-4", "RAIN_CHANCE": "10"}],
        }
    ],
    "EVENT_STTS": [{"EVENT_NM": "전시", "EVENT_X": "126.9", "EVENT_Y": "37.5"}],
    "CULTURALEVENTINFO": "",
    "LIVE_CMRCL_STTS": {
        "CMRCL_TIME": "20260101 2340",
        "AREA_SH_PAYMENT_CNT": "15",
        "CMRCL_60_RATE": "12.5",
        "CMRCL_RSB": [{"RSB_MID_CTGR": "커피", "RSB_SH_PAYMENT_CNT": "4"}],
    },
    "LIVE_DST_MESSAGE": [
        {"MSG_CN": "대피하세요", "DST_SE_NM": "호우", "CRT_DT": "2026-01-01 21:00"}
    ],
}


def parse(service: str, body: object, **options: str) -> Parsed:
    raw = json.dumps(body, ensure_ascii=False).encode()
    return all_connectors()[service].parse(raw, Context(options=options))


def value(parsed: Parsed, identity: str) -> tuple[object, str]:
    [found] = [item for item in parsed.items if item.id == identity]
    return found.value, found.quality


def test_every_block_is_read() -> None:
    parsed = parse("citydata", {"CITYDATA": CITY})
    told = {
        "hotspot/POI900/people.min": (1200.0, "good"),
        "hotspot/POI900/people.max": (1400.0, "good"),
        "hotspot/POI900/people.share/female/all": (51.5, "good"),
        "hotspot/POI900/people.share/all/70+": (101.5, "suspect"),
        "hotspot/POI900/people.share/male/all": (None, "missing"),
        "hotspot/POI900/forecast/people.min": (900.0, "estimated"),
        "hotspot/POI900/road.speed": (21.0, "good"),
        "citydata/77/road.speed": (18.0, "good"),
        "citydata/5/parking.capacity": (50.0, "good"),
        "citydata/5/parking.count": (60.0, "over_capacity"),
        "citydata/시험/3/01/subway.arrival": (0.0, "good"),
        "citydata/시험/3/엘리베이터 1/subway.lift": ("보수중", "good"),
        "hotspot/POI900/subway.alighted.5min.max": (30.0, "good"),
        "citydata/C1/01/charger.output": (50.0, "good"),
        "citydata/ST-1/bike.parked": (12.0, "over_capacity"),
        "hotspot/POI900/weather.temperature": (-3.5, "good"),
        "hotspot/POI900/weather.rain": (None, "missing"),
        "hotspot/POI900/air.pm10": (31.0, "good"),
        "hotspot/POI900/forecast/weather.temperature": (-4.0, "estimated"),
        "hotspot/POI900/commerce.payments": (15.0, "good"),
        "hotspot/POI900/커피/commerce.payments": (4.0, "good"),
    }
    assert {identity: value(parsed, identity) for identity in told} == told
    assert {item.kind for item in parsed.items if isinstance(item, Place)} == {
        *("hotspot", "road.link", "parking.lot", "subway.station", "bus.stop"),
        *("charger.station", "bike.station", "event"),
    }
    assert {item.kind for item in parsed.items if isinstance(item, Incident)} == {
        *("road.incident", "weather.warning", "disaster.message"),
    }
    assert [rejected.reason for rejected in parsed.rejected] == [
        "LIVE_PPLTN_STTS/FCST_PPLTN: no time: 'soon'",
        "SBIKE_STTS: not an object with fields",
    ]


def test_times_are_those_of_the_block() -> None:
    parsed = parse("citydata", {"CITYDATA": CITY})
    forecasts = [i for i in parsed.items if isinstance(i, Observation) and i.issued]
    assert {(item.kind.partition(".")[0], item.issued, item.time) for item in forecasts} == {
        ("people", "2026-01-01T23:55:00+09:00", "2026-01-02T00:00:00+09:00"),
        ("weather", "2026-01-01T23:45:00+09:00", "2026-01-02T00:00:00+09:00"),
    }
    times = {item.id: item.time for item in parsed.items}
    assert times["citydata/77/road.speed"] == "2026-01-01T23:50:00+09:00"
    assert times["hotspot/POI900/commerce.payments"] == "2026-01-01T23:40:00+09:00"


def test_objects_lists_wrappers_and_envelopes_change_nothing() -> None:
    objects = {
        key: block[0] if isinstance(block, list) and len(block) == 1 else block
        for key, block in CITY.items()
    }
    wrapped = {
        key: {key: block} if isinstance(block, list) else block for key, block in CITY.items()
    }
    plain = parse("citydata", {"CITYDATA": CITY})
    ok = {"RESULT.CODE": "INFO-000", "RESULT.MESSAGE": ""}
    for body in (
        {"CITYDATA": objects},
        {"CITYDATA": wrapped},
        {"SeoulRtd.citydata": {"RESULT": ok, "CITYDATA": CITY}},
        {"list_total_count": 1, "RESULT": ok, "CITYDATA": CITY},
        {"CITYDATA": {key.lower(): block for key, block in CITY.items()}},
    ):
        assert parse("citydata", body) == plain


@pytest.mark.parametrize(
    "body",
    [
        {"SeoulRtd.citydata_ppltn": [{"AREA_NM": "시험 광장", "AREA_CD": "POI900", **PEOPLE}]},
        {
            "SeoulRtd.citydata_ppltn": [
                {"RESULT": {"RESULT.CODE": "INFO-000"}},
                {"AREA_NM": "시험 광장", "AREA_CD": "POI900", **PEOPLE},
            ]
        },
    ],
)
def test_people_alone_are_the_people_of_the_whole(body: object) -> None:
    whole = parse("citydata", {"CITYDATA": CITY}).items
    people = [item for item in whole if item.kind == "hotspot" or item.kind.startswith("people")]
    assert list(parse("citydata_ppltn", body).items) == people


def test_commerce_comes_flat_and_in_rows() -> None:
    flat = {key: CITY[key] for key in ("AREA_NM", "AREA_CD", "LIVE_CMRCL_STTS")}
    ok = {"resultCode": "INFO-000", "resultMsg": ""}
    parsed = parse("citydata_cmrcl", {"RESULT": ok, **flat})
    assert value(parsed, "hotspot/POI900/commerce.share/all/60+") == (12.5, "good")
    assert parse("citydata_cmrcl", {"citydata_cmrcl": {"RESULT": ok, "row": [flat]}}) == parsed


def test_another_place_than_the_one_asked_for_is_refused() -> None:
    body = {"CITYDATA": CITY}
    for same in ("POI900", "시험광장", "시험 광장"):
        assert parse("citydata", body, place=same).items
    with pytest.raises(SourceRefused, match="강남역 was asked for, the answer is about 시험 광장"):
        parse("citydata", body, place="강남역")


def test_an_answer_about_no_place_is_not_understood() -> None:
    nested: object = {"AREA_NM": "a"}
    for _ in range(20):
        nested = {"CITYDATA": nested}
    for body in ({"CITYDATA": {"LIVE_PPLTN_STTS": []}}, {"CITYDATA": "x"}, nested):
        with pytest.raises(NotUnderstood):
            parse("citydata", body)


def test_every_field_of_the_official_list_is_read(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = (shared / "city/data/api/seoul/citydata_fields.tsv").read_text().splitlines()[1:]
    fields = {line.split("\t")[1] for line in listed}
    asked: set[str] = set()
    read = Row.raw

    def noting(row: Row, *names: str) -> object:
        asked.update(names)
        return read(row, *names)

    monkeypatch.setattr(Row, "raw", noting)
    parse("citydata", {"CITYDATA": CITY})
    assert len(fields) > 200
    assert fields - asked == {"FCST_YN"}  # says only whether there are forecasts

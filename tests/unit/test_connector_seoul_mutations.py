"""Broken responses: nothing crashes, nothing hangs, no figure is made up.

`--mutations 10000` for the long run; it ends with a table of how each sample fared.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.backend.connectors.normal import Observation, Parsed
from kiosk.backend.connectors.plane import SEOUL
from kiosk.backend.connectors.registry import Context, all_connectors
from kiosk.backend.connectors.seoul.incidents import EAST_M, NORTH_M
from tests.helpers.mutations import Numbers, check_invents_nothing, is_difference, mutations
from tests.helpers.survival import fares, survive

pytestmark = pytest.mark.timeout(3600)

SAMPLES = [
    ("RealtimeCityAir", "realtime-city-air.json"),
    ("RealtimeCityAir", "RealtimeCityAir_20230504_oldnames.json"),
    ("bikeList", "bikeList_202008_5rows.json"),
    ("GetParkingInfo", "GetParkingInfo_20251213_row.json"),
    ("TbPublicWifiInfo", "TbPublicWifiInfo_202302_swapped.json"),
    ("TbPublicWifiInfo", "TbPublicWifiInfo_202403.json"),
    ("TrafficInfo", "TrafficInfo_1220003800.xml"),
    ("SPOP_LOCAL_RESD_DONG", "SPOP_LOCAL_RESD_DONG_row.json"),
    ("ListPublicReservationInstitution", "ListPublicReservationInstitution_1_3.json"),
    ("culturalEventInfo", "cultural-event-info.json"),
    ("SearchParkInfoService", "search-park-info-service.json"),
    ("realtimeStationArrival", "realtimeStationArrival_seoul_20211014.json"),
    ("realtimeStationArrival", "seoul_subway_sample.json"),
    ("citydata", "citydata_accident_row.json"),
    ("citydata", "citydata_blocks_measured_2026.json"),
    ("citydata", "seoul_hotspot_list_live_only.json"),
    ("citydata", "seoul_hotspot_real_sample.json"),
    ("citydata_ppltn", "citydata_ppltn_POI003_20260827.json"),
]
ERRORS = [
    ("bikeList", "seoul_bare_code.json"),
    ("RealtimeCityAir", "seoul_bare_result.json"),
    ("citydata", "seoul_citydata_no_data.json"),
    ("realtimeStationArrival", "subway_no_data.json"),
]
INCIDENT = {
    "acc_id": "1",
    "occr_date": "20260101",
    "occr_time": "0830",
    "exp_clr_date": "20260101",
    "exp_clr_time": "180000",
    "grs80tm_x": "198985.6",
    "grs80tm_y": 449446.7,
    "acc_info": "차로 통제",
}
TRAIN = {
    "subwayId": "1001",
    "trainNo": "0150",
    "statnId": "1001000133",
    "statnNm": "서울",
    "recptnDt": "2026-01-01 08:00:00",
}
LOT = {"PKLT_CD": "7", "PKLT_NM": "주차장", "TPKCT": 30, "LAT": "37.5", "LOT": 127.1}
DAY = {"STDR_DE_ID": "20260101", "SIGNGU_CODE_SE": "11110", "TOT_LVPOP_CO": "350000.5"}
COMMERCE = {
    "AREA_NM": "시험 광장",
    "AREA_CD": "POI900",
    "LIVE_CMRCL_STTS": {
        "CMRCL_TIME": "20260101 1230",
        "AREA_SH_PAYMENT_CNT": "15",
        "CMRCL_RSB": [{"RSB_MID_CTGR": "커피", "RSB_SH_PAYMENT_CNT": "4"}],
    },
}
# For those services of which there is no captured response.
WRITTEN: dict[str, object] = {
    "AccInfo": {"AccInfo": {"row": [INCIDENT]}},
    "realtimePosition": {"errorMessage": {"code": "INFO-000"}, "realtimePositionList": [TRAIN]},
    "GetParkInfo": {"GetParkInfo": {"list_total_count": 1, "row": [LOT]}},
    "SPOP_DAILYSUM_JACHI": {"SPOP_DAILYSUM_JACHI": {"row": [DAY]}},
    "citydata_cmrcl": {"RESULT": {"resultCode": "INFO-000"}, **COMMERCE},
}
WHOLE = json.dumps(
    {
        "GetParkingInfo": {
            "RESULT": {"CODE": "INFO-000", "MESSAGE": ""},
            "row": [{"PKLT_CD": "7", "TPKCT": 100, "NOW_PRK_VHCL_CNT": "30"}],
        }
    }
).encode()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def is_on_plane(number: float, numbers: Numbers) -> bool:
    """Whether it is a coordinate of a point whose two numbers in the plane grid are given."""
    return any(
        number in SEOUL.degrees(east, north)
        for east in numbers
        for north in numbers
        if EAST_M[0] <= east <= EAST_M[1] and NORTH_M[0] <= north <= NORTH_M[1]
    )


DERIVED = {"GetParkingInfo": is_difference, "AccInfo": is_on_plane}


def survived(service: str, raw: bytes) -> str:
    return survive(service, raw, DERIVED.get(service))


@pytest.mark.slow
@pytest.mark.parametrize(("service", "name"), SAMPLES)
def test_mutations_of_every_sample(
    shared: Path, mutation_count: int, service: str, name: str
) -> None:
    sample = (shared / "city/data/api/seoul" / name).read_bytes()
    assert survived(service, sample) == "understood"
    seed = SAMPLES.index((service, name))
    broken = mutations(sample, seed, mutation_count)
    told = fares(service, name, (survived(service, raw) for raw in broken))
    assert told.total() == mutation_count
    assert {"understood", "NotUnderstood"} <= set(told)


@pytest.mark.slow
@pytest.mark.parametrize(("service", "name"), ERRORS)
def test_mutations_of_every_error(
    shared: Path, mutation_count: int, service: str, name: str
) -> None:
    sample = (shared / "city/data/api/errors" / name).read_bytes()
    broken = mutations(sample, 1, mutation_count)
    told = fares(service, name, (survived(service, raw) for raw in broken))
    assert {"SourceRefused", "NotUnderstood"} & set(told)


@pytest.mark.slow
def test_mutations_of_every_code(shared: Path, mutation_count: int) -> None:
    name = "seoul_all_codes.json"
    answers = json.loads((shared / "city/data/api/errors" / name).read_text()).values()
    samples = [json.dumps(answer, ensure_ascii=False).encode() for answer in answers]
    each = -(-mutation_count // len(samples))
    broken = (raw for sample in samples for raw in mutations(sample, 1, each))
    told = fares("RealtimeCityAir", name, (survived("RealtimeCityAir", raw) for raw in broken))
    assert told["SourceRefused"]


@pytest.mark.parametrize("service", WRITTEN)
def test_mutations_of_every_written_answer(mutation_count: int, service: str) -> None:
    sample = json.dumps(WRITTEN[service], ensure_ascii=False).encode()
    assert survived(service, sample) == "understood"
    broken = mutations(sample, 1, mutation_count)
    told = fares(service, "(written)", (survived(service, raw) for raw in broken))
    assert told["understood"] > mutation_count / 4


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200) | JSON.map(lambda tree: json.dumps(tree).encode()))
def test_no_bytes_at_all_crash_a_connector(data: bytes) -> None:
    for service in ("bikeList", "citydata", "realtimeStationArrival", "AccInfo", "GetParkingInfo"):
        survived(service, data)


@settings(max_examples=60, deadline=None)
@given(value=JSON, key=st.sampled_from(("PKLT_CD", "TPKCT", "NOW_PRK_VHCL_CNT", "ADDR", "TELNO")))
def test_no_value_of_a_field_crashes_a_connector(key: str, value: object) -> None:
    answer = json.loads(WHOLE)
    answer["GetParkingInfo"]["row"][0][key] = value
    survived("GetParkingInfo", json.dumps(answer).encode())


def test_mutations_are_the_same_for_the_same_seed() -> None:
    assert list(mutations(WHOLE, 3, 50)) == list(mutations(WHOLE, 3, 50))
    assert list(mutations(WHOLE, 3, 50)) != list(mutations(WHOLE, 4, 50))


@pytest.mark.parametrize(
    "item",
    [
        Observation(id="a", kind="b", value=31.0),
        Observation(id="a", kind="b", lat=37.5),
        Observation(id="a", kind="b", time="2026-01-01T00:00:00+09:00"),
    ],
)
def test_a_figure_that_is_made_up_is_found(item: Observation) -> None:
    with pytest.raises(AssertionError, match=r"made up|doesn't say"):
        check_invents_nothing(WHOLE, Parsed((item,)))


def test_a_figure_that_is_derived_is_none_that_is_made_up() -> None:
    parsed = all_connectors()["GetParkingInfo"].parse(WHOLE, Context())
    check_invents_nothing(WHOLE, parsed, is_difference)
    with pytest.raises(AssertionError):
        check_invents_nothing(WHOLE, parsed)

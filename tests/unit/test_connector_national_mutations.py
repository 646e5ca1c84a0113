"""Broken answers of the national systems: nothing crashes, nothing hangs, nothing is made up.

`--mutations 10000` for the long run; it ends with a table of how each sample fared.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.mutations import mutations
from tests.helpers.survival import fares, survive

pytestmark = pytest.mark.timeout(3600)

SAMPLES = [
    ("getCtprvnRltmMesureDnsty", "airkorea/ctprvn_20260516_16h.json"),
    ("getCtprvnRltmMesureDnsty", "airkorea/three_seoul_stations.json"),
    ("getHospBasisList", "hira/hospital_search.json"),
    ("cctvInfo", "its/cctvInfo_hls_5.json"),
    ("getVilageFcst", "kma/forecast_gangnam_20260419_0500.json"),
    ("getUltraSrtNcst", "kma/kma_obs_success.json"),
    ("getPwnStatus", "kma/kma_alert_success.json"),
    ("getPwnStatus", "kma/kma_alert_empty.json"),
    ("getWthrPwnList", "kma/kma_pre_warning_success.json"),
    ("getVilageFcst", "kma/kma_short_term_forecast_error.json"),
    ("getRestFrequentzoneLg", "koroad/accident_hazard_11_2023.json"),
    ("getEmgencyActivityInfo", "nfa119/nfa_emergency_info_service.json"),
    ("getEmgVehicleDispatchInfo", "nfa119/nfa_vehicle_dispatch.json"),
    ("getEmgVehicleInfo", "nfa119/nfa_vehicle_info.json"),
    ("getEgytAedManageInfoInqire", "nmc/aed_manage.xml"),
    ("getEmrrmRltmUsefulSckbdInfoInqire", "nmc/er_beds_fresh.json"),
    ("getSttnAcctoArvlPrearngeInfoList", "tago/bus_arrival.xml"),
    ("getSttnAcctoArvlPrearngeInfoList", "tago/bus_arrival_variant.xml"),
]
REFUSED = ("getVilageFcst", "errors/datagokr_gateway_30.json")
SERVICES = [
    *dict.fromkeys(service for service, _ in SAMPLES),
    *("eventInfo", "getEgytListInfoInqire", "getEmgPatientTransferInfo", "getWthrWrnList"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("service", "name"), [*SAMPLES, REFUSED])
def test_mutations_of_every_sample(
    shared: Path, mutation_count: int, service: str, name: str
) -> None:
    sample = (shared / "city/data/api" / name).read_bytes()
    as_it_is = "SourceRefused" if (service, name) == REFUSED else "understood"
    assert survive(service, sample) == as_it_is
    broken = mutations(sample, 1, mutation_count)
    told = fares(service, name, (survive(service, raw) for raw in broken))
    assert told.total() == mutation_count
    assert {as_it_is, "NotUnderstood"} <= set(told)


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=200))
def test_no_bytes_at_all_crash_a_connector(raw: bytes) -> None:
    for service in SERVICES:
        survive(service, raw)
        survive(service, b'{"response":{"body":{"items":[{"a":"' + raw + b'"}]}}}')

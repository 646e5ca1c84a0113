"""What Prometheus reads: every asked source, in its text format, without a key."""

import msgspec
from prometheus_client.parser import text_string_to_metric_families

from kiosk.backend.metrics import Metrics
from kiosk.core.clock import ManualClock
from kiosk.wire.city import Source
from tests.helpers.city import text


def test_the_figures_of_sources_and_store() -> None:
    clock = ManualClock()
    good = Source("air", text("대기"), text("과"), "", "", 60, clock.now_ms() - 90_000)
    good = msgspec.structs.replace(good, calls_today=7, rejected=2, items=40)
    rows = {
        "air": good,
        "bike": Source("bike", text("자전거"), text("과"), "", "", 60, idle=text("no key")),
        "open": Source("open", text("x"), text("과"), "", "", 60, failures=6, circuit="open"),
    }
    said = Metrics(lambda: rows, lambda: 1, lambda: 412, clock).text().decode()
    found = {
        (sample.name, sample.labels.get("source", "")): sample.value
        for family in text_string_to_metric_families(said)
        for sample in family.samples
    }
    assert found["kiosk_source_last_success_age_seconds", "air"] == 90
    assert ("kiosk_source_last_success_age_seconds", "bike") not in found
    assert found["kiosk_source_asked", "bike"] == 0
    assert found["kiosk_source_calls_today", "air"] == 7
    assert found["kiosk_source_rejected_rows", "air"] == 2
    assert found["kiosk_source_failures", "open"] == 6
    assert found["kiosk_source_circuit_open", "open"] == 1
    assert found["kiosk_pulls_in_flight", ""] == 1
    assert found["kiosk_store_revision", ""] == 412

"""What Prometheus is told: how the sources do and how far the store is. Labels hold source ids and
names of keys, never a key."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from kiosk.core.clock import Clock
from kiosk.wire.city import Source

if TYPE_CHECKING:
    from prometheus_client.core import Metric

CONTENT_TYPE = "text/plain; version=0.0.4"
PREFIX = "kiosk_"


class Metrics:
    """The figures as they are when asked. prometheus_client is imported then: it takes 0.1 s."""

    def __init__(
        self,
        sources: Callable[[], Mapping[str, Source]],
        in_flight: Callable[[], int],
        revision: Callable[[], int],
        clock: Clock,
    ) -> None:
        self._sources = sources
        self._in_flight = in_flight
        self._revision = revision
        self._clock = clock

    def text(self) -> bytes:
        """In the text format of Prometheus. Reads the store."""
        from prometheus_client import CollectorRegistry, generate_latest

        registry = CollectorRegistry(auto_describe=False)
        registry.register(self)
        return generate_latest(registry)

    def collect(self) -> Iterator["Metric"]:
        """The figures; called by prometheus_client."""
        from prometheus_client.core import GaugeMetricFamily

        rows = tuple(self._sources().values())
        for name, about, value in _OF_A_SOURCE:
            family = GaugeMetricFamily(f"{PREFIX}source_{name}", about, labels=("source",))
            for row in rows:
                if (found := value(row, self._clock.now_ms())) is not None:
                    family.add_metric((row.id,), found)
            yield family
        yield GaugeMetricFamily(
            f"{PREFIX}pulls_in_flight", "Sources that are being asked", self._in_flight()
        )
        yield GaugeMetricFamily(
            f"{PREFIX}store_revision", "Newest revision of the store", self._revision()
        )


def _age_s(row: Source, now_ms: int) -> float | None:
    if row.last_success_ms is None:
        return None
    return max(0.0, (now_ms - row.last_success_ms) / 1000)


def _asked(row: Source, _now_ms: int) -> float:
    return float(row.idle is None)


def _circuit_open(row: Source, _now_ms: int) -> float:
    return float(row.circuit == "open")


def _of(field: str) -> Callable[[Source, int], float]:
    return lambda row, _now_ms: float(getattr(row, field))


_OF_A_SOURCE: tuple[tuple[str, str, Callable[[Source, int], float | None]], ...] = (
    ("asked", "1 where it is asked, 0 where key or address are missing", _asked),
    ("last_success_age_seconds", "Seconds since its last good answer", _age_s),
    ("period_seconds", "How often it is asked", _of("period_s")),
    ("failures", "Failures in a row", _of("failures")),
    ("circuit_open", "1 while it is left alone after many failures", _circuit_open),
    ("calls_today", "Calls of its key since midnight in Korea", _of("calls_today")),
    ("items", "Items of its last good answer", _of("items")),
    ("rejected_rows", "Rows of its last good answer that were rejected", _of("rejected")),
    ("unsent", "Answers and reports that wait to be sent to it", _of("unsent")),
    ("link_troubles", "How many of sending and subscription do not work", _of("link_troubles")),
)

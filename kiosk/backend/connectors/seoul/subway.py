"""The subway's own host: trains that arrive at a station, and trains on a line.

Of a train that comes twice the row that was received later counts. `barvlDt` 0 is a time only when
the train enters or has arrived; else it means that the time is not known. The seconds count from
`time`, when the train was seen: what is left now is value - (now - time).
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from kiosk.backend.connectors.moment import moment
from kiosk.backend.connectors.normal import Observation, Parsed
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows
from kiosk.backend.connectors.seoul.envelope import rows_of
from kiosk.backend.connectors.seoul.table import Subject, figure, observe, word

Read = Callable[[Row], Iterator[Observation]]
ARRIVAL, POSITION = "realtimeStationArrival", "realtimePosition"
ETA = figure("barvlDt", "subway.arrival", "s", high=3 * 3600)
MESSAGE = word("arvlMsg2", "subway.message")
STATION = word("statnNm", "subway.position")
AT_STATION = frozenset({"0", "1"})  # arvlCd: entering, arrived
STATES = {"0": "진입", "1": "도착", "2": "출발", "3": "전역출발"}  # trainSttus
SPECIAL = {"directAt": "급행", "lstcarAt": "막차"}


def read_arrival(row: Row) -> Iterator[Observation]:
    """The seconds until a train arrives, and the source's own words for it."""
    eta, message = observe(row, (ETA, MESSAGE), _arriving(row))
    yield from (known_eta(eta, row.text("arvlCd")), message)


def known_eta(eta: Observation, state: str) -> Observation:
    """Without a value when it says 0 s of a train that is not at the station."""
    if eta.value == 0 and state not in AT_STATION:
        return replace(eta, value=None, quality="missing", note="0 s, but not at the station")
    return eta


def read_position(row: Row) -> Iterator[Observation]:
    """The station where a train is, or that it has just left."""
    return observe(row, (STATION,), _running(row))


def _arriving(row: Row) -> Subject:
    train = f"{row.need('subwayId')}/{row.need('statnId')}/{row.need('btrainNo')}"
    return Subject(
        id=f"{ARRIVAL}/{train}",
        place=row.text("statnId"),
        name=row.text("trainLineNm"),
        time=_seen(row),
    )


def _running(row: Row) -> Subject:
    heading = f"{row.text('statnTnm')}행" if row.text("statnTnm") else ""
    state = STATES.get(row.text("trainSttus"), "")
    special = [name for key, name in SPECIAL.items() if row.text(key) == "1"]
    return Subject(
        id=f"{POSITION}/{row.need('subwayId')}/{row.need('trainNo')}",
        place=row.need("statnId"),
        name=" ".join(filter(None, (row.text("subwayNm"), row.text("updnLine"), heading))),
        time=_seen(row),
        note=" ".join(filter(None, (state, *special))),
    )


def _seen(row: Row) -> str:
    time = moment(row.need("recptnDt"))
    if time is None:
        raise RowRejected(f"no time: {row.text('recptnDt')[:40]!a}")
    return time


class _Newest:
    """Of all rows about one train, only the one that was received last passes."""

    def __init__(
        self, read: Callable[[Row], Iterator[Observation]], rows: Sequence[object]
    ) -> None:
        self._read = read
        self._newest: dict[str, str] = {}
        for item in read_rows(rows, read).items:
            self._newest[item.id] = max(item.time or "", self._newest.get(item.id, ""))

    def read(self, row: Row) -> list[Observation]:
        items = list(self._read(row))
        if self._newest.get(items[0].id) != items[0].time:
            raise RowRejected("the same train comes again, and was seen later there")
        self._newest[items[0].id] = ""
        return items


def _connector(service: str, title: str, block: str, read: Read) -> Connector:
    def parse(raw: bytes, _context: Context) -> Parsed:
        rows = rows_of(raw, block, service)
        return read_rows(rows, _Newest(read, rows).read)

    return Connector(service, title, parse)


CONNECTORS = (
    _connector(ARRIVAL, "지하철 실시간 도착정보", "realtimeArrivalList", read_arrival),
    _connector(POSITION, "지하철 실시간 열차 위치정보", "realtimePositionList", read_position),
)

"""The subway's own host: trains that arrive at a station, and trains on a line.

Of a train that comes twice the row that was received later counts. `barvlDt` 0 is a time only when
the train enters or has arrived; else it means that the time is not known. The seconds count from
`time`, when the train was seen: what is left now is value - (now - time).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace as replace_subject

from msgspec.structs import replace

from kiosk.backend.connectors.normal import Observation, Parsed, Place
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.connectors.row import Row, RowRejected, read_rows
from kiosk.backend.connectors.seoul.envelope import rows_of
from kiosk.backend.connectors.seoul.table import Subject, Table, figure, observe, word

Read = Callable[[Row], Iterator[Observation]]
ARRIVAL, POSITION = "realtimeStationArrival", "realtimePosition"
ARRIVING = Table(identity=("subwayId", "statnId statnNm"), name="trainLineNm", time="recptnDt")
RUNNING = Table(identity=("subwayId", "trainNo"), name="subwayNm", time="recptnDt lastRecptnDt")
STOP = "subway.station"
ETA = figure("barvlDt", "subway.arrival", "s", high=3 * 3600)
MESSAGE = word("arvlMsg2", "subway.message")
STATION = word("statnNm", "subway.position")
AT_STATION = frozenset({"0", "1", "진입", "도착"})  # entering, arrived; as code and as word
STATES = {"0": "진입", "1": "도착", "2": "출발", "3": "전역출발"}  # trainSttus
CIRCLE = "1002"  # line 2, on which no train goes up or down
DIRECTIONS = {  # updnLine
    (False, "0"): "상행",
    (False, "1"): "하행",
    (True, "0"): "내선",
    (True, "1"): "외선",
}
SPECIAL = {("directAt", "1"): "급행", ("directAt", "7"): "특급", ("lstcarAt", "1"): "막차"}


def read_arrival(row: Row) -> Iterator[Observation]:
    """The seconds until a train arrives, and the source's own words for it."""
    eta, message = observe(row, (ETA, MESSAGE), _arriving(row))
    yield from (known_eta(eta, row.text("arvlCd")), message)


def stations(rows: Sequence[object]) -> tuple[Place, ...]:
    """The stations that rows of arrivals are about, each once."""
    named = (Row(row) for row in rows if isinstance(row, dict))
    names = {row.text("statnId", "statnNm"): row.text("statnNm") for row in named}
    return tuple(
        Place(id=f"{ARRIVAL}/{key}", kind=STOP, place=key, name=_station(name))
        for key, name in names.items()
        if key and name
    )


def _station(name: str) -> str:
    """The service leaves the last syllable out that lists of stations have."""
    return name if name.endswith("역") else f"{name}역"


def known_eta(eta: Observation, state: str) -> Observation:
    """Without a value when it says 0 s of a train that is not at the station."""
    if eta.value == 0 and state not in AT_STATION:
        return replace(eta, value=None, quality="missing", note="0 s, but not at the station")
    return eta


def read_position(row: Row) -> Iterator[Observation]:
    """The station where a train is, or that it has just left."""
    return observe(row, (STATION,), _running(row))


def _arriving(row: Row) -> Subject:
    train = row.need("btrainNo")
    subject = ARRIVING.subject(row, ARRIVAL, None)
    station = row.need("statnId", "statnNm")
    return _seen(replace_subject(subject, id=f"{subject.id}/{train}", place=station))


def _running(row: Row) -> Subject:
    direction = DIRECTIONS.get((row.text("subwayId") == CIRCLE, row.text("updnLine")), "")
    state = STATES.get(row.text("trainSttus"), "")
    special = [name for (key, code), name in SPECIAL.items() if row.text(key) == code]
    subject = RUNNING.subject(row, POSITION, None)
    return _seen(
        replace_subject(
            subject,
            place=row.need("statnId", "statnNm"),
            name=_words(subject.name, direction, row.text("statnTnm")),
            note=_words(state, *special),
        )
    )


def _seen(subject: Subject) -> Subject:
    """Suspect when it doesn't say when the train was seen: nothing tells how old it is."""
    if subject.time is not None:
        return subject
    return replace_subject(subject, quality="suspect", note="no time")


def _words(*words: str) -> str:
    return " ".join(filter(None, words))


class _Newest:
    """Of all rows about one train, only the one that was received last passes."""

    def __init__(
        self, read: Callable[[Row], Iterator[Observation]], rows: Sequence[object]
    ) -> None:
        self._read = read
        self._newest: dict[str, str | None] = {}
        for item in read_rows(rows, read).items:
            self._newest[item.id] = max(item.time or "", self._newest.get(item.id) or "")

    def read(self, row: Row) -> list[Observation]:
        items = list(self._read(row))
        if self._newest.get(items[0].id) != (items[0].time or ""):
            raise RowRejected("the same train comes again, and was seen later there")
        self._newest[items[0].id] = None
        return items


def _connector(
    service: str,
    title: str,
    block: str,
    read: Read,
    about: Callable[[Sequence[object]], tuple[Place, ...]] = lambda rows: (),
) -> Connector:
    def parse(raw: bytes, _context: Context) -> Parsed:
        rows = rows_of(raw, block, service)
        parsed = read_rows(rows, _Newest(read, rows).read)
        return replace(parsed, items=(*about(rows), *parsed.items)) if parsed.items else parsed

    return Connector(service, title, parse)


CONNECTORS = (
    _connector(
        ARRIVAL, "지하철 실시간 도착정보", "realtimeArrivalList", read_arrival, stations
    ),
    _connector(POSITION, "지하철 실시간 열차 위치정보", "realtimePositionList", read_position),
)

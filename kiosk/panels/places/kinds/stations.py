"""Subway stations: the trains that come next."""

from collections.abc import Sequence

from kiosk.panels.outline.model import Amount
from kiosk.panels.places.kinds.kind import UNKNOWN, Facts, PlaceKind, Told
from kiosk.ui.charts.map_model import Press
from kiosk.wire.city import TRAIN, Place
from kiosk.wire.text import Text

MOST = 8
EACH = 3  # of one way
NEXT = Text("다음 열차", "Next train")
ALL_GONE = Text("지금 다니는 열차 없음", "no train now")


def trains(place: Place, now_ms: int) -> list[tuple[str, str, float]]:
    """Line, where it goes and seconds until it is there, of those that have not come yet."""
    found = []
    for key, at_s in place.readings.items():
        mark, _, rest = key.partition("/")
        if mark != TRAIN or not isinstance(at_s, int | float):
            continue
        line, _, rest = rest.partition("/")
        way = rest.rpartition("/")[0]
        left_s = at_s - now_ms / 1000
        if left_s > -30:  # it stands at the platform for as long
            found.append((line, way, max(0.0, left_s)))
    return sorted(found, key=lambda train: train[2])


def wait_words(left_s: float) -> Text:
    """ "곧", "3분"."""
    minutes = int(left_s // 60)
    return Text(f"{minutes}분", f"{minutes} min") if minutes else Text("곧", "now")


def tell(place: Place, now_ms: int) -> Told:
    coming = trains(place, now_ms)
    if not coming:
        known = place.simulated or any(key.startswith(f"{TRAIN}/") for key in place.readings)
        said = ALL_GONE if known else UNKNOWN
        return Told("faint", words=said)
    _, way, left_s = coming[0]
    amount = Amount(*_split(wait_words(left_s)), NEXT)
    return Told(
        "full",
        amount,
        words=_way(way),
        figures=(amount,),
        facts=_board(coming),
    )


def _split(words: Text) -> tuple[Text, Text]:
    """Digits and their unit apart, as a figure is drawn."""
    number = words.en.removesuffix(" min")
    if number == words.en:
        return words, Text("", "")
    return Text(number, number), Text("분", "min")


def _board(coming: Sequence[tuple[str, str, float]]) -> Facts:
    """Each way with its next trains, the soonest way first."""
    ways: dict[tuple[str, str], list[float]] = {}
    for line, way, left_s in coming:
        ways.setdefault((line, way), []).append(left_s)
    return tuple(
        (_label(line, way), _waits(waits[:EACH]))
        for (line, way), waits in list(ways.items())[:MOST]
    )


def _label(line: str, way: str) -> Text:
    named = _way(way)
    return Text(f"{line} {named.ko}".strip(), f"{_LINES.get(line, line)} {named.en}".strip())


def _way(way: str) -> Text:
    """A platform's general name in both languages; where a train goes as its source says it."""
    return Text(way, _WAYS.get(way, way))


def _waits(waits: Sequence[float]) -> Text:
    said = [wait_words(left_s) for left_s in waits]
    return Text(", ".join(w.ko for w in said), ", ".join(w.en for w in said))


_WAYS = {"상행": "up", "하행": "down", "내선": "inner circle", "외선": "outer circle"}
_LINES = {f"{n}호선": f"Line {n}" for n in range(1, 10)}

KIND = PlaceKind(
    word="stations",
    kind="subway.station",
    title=Text("지하철역", "Stations"),
    counted=lambda n: Text(f"지하철역 {n:,}곳", f"{n:,} stations"),
    tell=tell,
    period_s=600,
    indicator=Press("indicator.open", {"indicator": "subway-crowding"}),
)
